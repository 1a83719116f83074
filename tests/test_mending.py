"""What is put right in a claim without a model."""

import pytest
from fakes import evidence

from rag.mending import with_dates, with_limits, with_names, with_words

PLAN = evidence("2022 年 9 月，公司正式发布 2022 年激励计划；2023 年 11 月 6 日完成首次归属。")


def test_a_limit_that_was_left_out_is_put_back():
    pieces = evidence("产品销往超过 100 个国家。")
    assert with_limits("It sells to 100 countries", pieces, "en") == (
        "It sells to more than 100 countries", ["100"],
    )  # fmt: skip
    assert with_limits("It sells to over 100 countries", pieces, "en")[1] == []


@pytest.mark.parametrize(
    ("text", "question", "language", "dated"),
    [
        ("The 2022 plan was published in 2022", "When?", "en",
         "The 2022 plan was published in September 2022"),
        ("It vested in 2023", "On what date?", "en", "It vested in 6 November 2023"),
        ("The plan was published in 2022", "What was published?", "en",
         "The plan was published in 2022"),
        ("2022年发布", "何时发布？", "zh", "2022年9月发布"),
        ("2022年激励计划于2023年完成归属", "何时完成归属？", "zh",
         "2022年激励计划于2023年11月6日完成归属"),
    ],
)  # fmt: skip
def test_who_asks_when_is_told_the_month(text, question, language, dated):
    assert with_dates(text, PLAN, question, language) == dated


@pytest.mark.parametrize(
    ("text", "worded"),
    [
        ("892 of them女性员工.", "892 of them female employees."),
        ("Profit (净利润) and “冷链” rose", "Profit (净利润) and “冷链” rose"),
        ("该公司的全体员工均已完成培训 and more", "该公司的全体员工均已完成培训 and more"),
        ("nothing", "nothing"),
    ],
)  # fmt: skip
def test_a_word_that_was_left_in_chinese_is_worded(text, worded):
    assert with_words(text) == worded


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ("The general manager is Mr. Jin Hai Ren.", "The general manager is Mr. Jin Hairong."),
        ("Jin Hai-rong signed it.", "Jin Hairong signed it."),
        ("Jin Hairong signed it.", "Jin Hairong signed it."),
        ("The report is signed by Jin Hairong Chairman.",) * 2,
        ("Jin Yong wrote it.",) * 2,
        ("Jinhua is a city.", "Jinhua is a city."),
        ("Jin signed it.", "Jin signed it."),
    ],
)
def test_names_of_office_holders_are_spelt_as_they_are_read(claim, said):
    assert with_names(claim, evidence("总经理 金海荣")) == said


def test_a_surname_that_several_have_is_left_alone():
    pieces = evidence("董事长 金海荣", "总经理 金小明")
    assert with_names("Jin Hai Ren", pieces) == "Jin Hai Ren"
