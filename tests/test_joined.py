"""Figures are joined as a source joins them, and are of the names that it gives."""

from dataclasses import replace

import pytest
from fakes import evidence

from index.bridge import Bridge
from index.terms import tokens
from rag.joined import (
    listed_names,
    mixed_rows,
    said_twice,
    wrongly_dated,
    wrongly_joined,
    wrongly_paired,
    wrongly_related,
    wrongly_shared,
)
from rag.support import Support

PIECES = evidence(
    "报告期内，公司成立了 7 家海外控股子公司。",
    "境外共设立 47 家控股子公司，位于全球 31 个国家及地区。",
    "我们的满意度目标为 90 分。",
    "满意度得分为 93 分。",
)
GIFT, BOARDS = evidence("公司向兰州大学捐款 100 万元。", "董事会、监事会和经理层共 19 人。")
TEXTS = [p.words for p in (*PIECES, GIFT, BOARDS)]
SUPPORT = Support(
    Bridge({token for text in [*TEXTS, "慈善日 上市公司协会"] for token in tokens(text)})
)


@pytest.mark.parametrize(
    ("claim", "wrong"),
    [
        ("It has 7 overseas subsidiaries, located in 31 countries", True),
        ("It has 7 overseas subsidiaries in 31 countries", True),
        ("It has 47 overseas subsidiaries, located in 31 countries", False),
        ("It founded 7 overseas subsidiaries, and it is present in 31 countries", False),
        ("有 7 家海外子公司，分布在 31 个国家和地区", True),
        ("有 47 家海外子公司，分布在 31 个国家和地区", False),
        ("成立了 7 家海外子公司，公司产品销往 31 个国家", False),
        ("得分为 93 分，高于目标的 90 分", False),
        ("The score of 93 points is above the target of 90 points", False),
    ],
)
def test_figures_of_one_statement_stand_in_one_sentence(claim, wrong):
    assert bool(wrongly_joined(claim, PIECES)) is wrong


@pytest.mark.parametrize(
    ("claim", "mixed"),
    [
        ("万松年走了，傅之桓新来", ["万松年, 傅之桓"]),
        ("傅之桓离任，万松年当选独立董事", ["傅之桓, 万松年"]),  # as it is, and not to be known
        ("变动的有傅之桓、万松年和纪鸿涛", []),
        ("傅之桓离任", []),
        ("傅之桓离任，任期 6 年，万松年当选", []),  # other checks hold figures to their rows
    ],
)
def test_rows_without_figures_are_not_told_in_one_claim(claim, mixed):
    rows = evidence(
        "变动情况 傅之桓：变动情形 离任", "变动情况 万松年：变动情形 选举", "纪鸿涛：离任"
    )
    rows = [replace(row, kind="row") for row in rows]
    assert mixed_rows(claim, rows) == mixed
    assert mixed_rows(claim, [replace(row, kind="sentence") for row in rows]) == []


@pytest.mark.parametrize(
    ("claim", "wrong"),
    [
        ("The stake is 6 billion shares, which represents 46.8% of the total", True),
        ("公司总股本 60 亿股，占 46.8%", True),
        ("It has 6 billion shares; the stake is 46.8%", False),
        ("研发投入 2.1 亿元，占营业收入的 10.84%", False),
        ("R&D investment of RMB 210 million accounts for 10.84% of revenue", False),
    ],
)
def test_an_amount_is_the_percentage_that_its_source_gives_for_it(claim, wrong):
    pieces = evidence(
        "公司总股本 60 亿股，控股股东为江源集团，持股比例 46.8%。",
        "研发投入 2.1 亿元，占营业收入的 10.84%。",
    )
    assert bool(wrongly_related(claim, pieces)) is wrong


@pytest.mark.parametrize(
    ("claim", "question", "twice"),
    [
        ("110 were examined and 110 passed", "", ["110"]),
        ("体检 110 人，合格 110 人", "", ["110 人"]),
        ("113 were examined and 110 passed", "", []),
        ("110 passed", "", []),
        ("It needs 97.3% and had 97.3%", "Did it have the 97.3% that it needs?", []),
    ],
)
def test_one_figure_is_not_that_of_two_things(claim, question, twice):
    (piece,) = evidence("2023 年公司参与体检人数为 113 人，合格人数为 110 人，合格率为 97.3%。")
    assert said_twice(claim, [piece], question) == twice


def test_rows_say_themselves_what_they_are_of():
    rows = [replace(piece, kind="row") for piece in PIECES]
    assert wrongly_joined("有 7 家海外子公司，分布在 31 个国家和地区", rows) == []


@pytest.mark.parametrize(
    ("claim", "piece", "wrong"),
    [
        ("公司一共给兰州大学、慈善日和上市公司协会捐了 100 万元", GIFT, True),
        ("兰州大学和上市协会一共收到捐款 100 万元", GIFT, True),
        ("公司给兰州大学捐了 100 万元", GIFT, False),
        ("It gave the university, the charity day and the association RMB 1 million", GIFT, True),
        ("It gave Lanzhou University RMB 1 million", GIFT, False),
        ("董事会、监事会和经理层共 19 人", BOARDS, False),
        ("董事会、监事会和工会共 19 人", BOARDS, True),
        ("3 个部门是研发部、采购部和内审部", evidence("公司有 3 个部门。")[0], False),
    ],
)  # fmt: skip
def test_a_figure_is_shared_by_those_whom_its_source_names(claim, piece, wrong):
    assert bool(wrongly_shared(claim, [piece], SUPPORT)) is wrong


def test_the_names_of_a_list():
    assert list(listed_names("包括大连、厦门和印度")) == [["包括大连", "厦门", "印度"]]
    assert list(listed_names("Dalian, Xiamen and India")) == [["Dalian", "Xiamen", "India"]]


@pytest.mark.parametrize(
    ("claim", "wrong"),
    [
        ("参加了连锁协会、产业联盟和经营协会，身份分别为会员单位和理事单位", True),
        ("参加了连锁协会和产业联盟，身份分别为会员单位和理事单位", False),
        ("参加了连锁协会、产业联盟和经营协会", False),
    ],
)
def test_lists_that_are_paired_are_equally_long(claim, wrong):
    assert bool(wrongly_paired(claim)) is wrong


def test_a_list_may_have_names_of_several_words():
    assert [
        len(names) for names in listed_names("They are: pay and review board、 audit board、 c")
    ] == [3]


ALL_PATENTS, NEW_PATENTS, STAFF = evidence(
    "截至 2023 年 12 月 31 日，公司累计获得专利 858 件，其中发明专利 149 件。",
    "2023 年，公司共获得专利 124 件，其中发明专利 39 件。",
    "公司共有员工 4,106 人。",
)


@pytest.mark.parametrize(
    ("claim", "cited", "wrong"),
    [
        ("By the end of 2023 it had 124 patents cumulatively", [NEW_PATENTS], ["124 patents"]),
        ("As of 31 December 2023 it had 858 patents", [ALL_PATENTS], []),
        ("In 2023 it obtained 858 patents", [ALL_PATENTS], ["858 patents"]),
        ("In 2023 it obtained 124 patents", [NEW_PATENTS], []),
        ("It has 858 patents", [ALL_PATENTS], []),
        ("截至 2023 年底，公司累计拥有 124 件专利", [NEW_PATENTS], ["124 件"]),
        ("2023 年获得专利 858 件", [ALL_PATENTS], ["858 件"]),
        ("As of the end of 2023 it had 4,106 employees", [STAFF], []),  # nothing else counts people
    ],
)
def test_a_figure_of_one_year_is_not_that_of_all_up_to_a_day(claim, cited, wrong):
    assert wrongly_dated(claim, cited, [ALL_PATENTS, NEW_PATENTS, STAFF]) == wrong


def test_what_english_counts_without_a_measure_is_of_one_year_too():
    told = evidence("2023 年，获发明专利 39 件。", "截至 2023 年末，累计获发明专利 149 件。")
    assert wrongly_dated("It obtained 149 invention patents in 2023.", told[1:], told) == ["149"]
    assert not wrongly_dated("It obtained 39 invention patents in 2023.", told[:1], told)
