"""Premises: what a question takes for granted, held against a small report."""

import pytest
from fakes import assistant_of, evidence, small_index
from test_breakdown import TEXT

from rag.coverage import Coverage
from rag.premise import claim_of, corrects_year, dates_an_event
from rag.question import read_question
from rag.scope import find_silence
from rag.silence import Silence


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    return assistant_of(small_index(tmp_path_factory.mktemp("report"), TEXT)).ask


@pytest.mark.parametrize(
    ("question", "claim"),
    [
        ("研发投入是 6,050 万元，对吗？", "6,050 万元"),
        ("Is it true that revenue was RMB 2 billion?", "RMB 2 billion"),
        ("研发投入超过 6,050 万元了吗？", None),
        ("研发投入是多少？", None),
        ("Did R&D investment exceed 5 million yuan?", None),
        ("公司有员工吗？", None),
    ],
)
def test_the_amount_that_is_to_be_confirmed(question, claim):
    found = claim_of(question)
    assert (found.text if found else None) == claim


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("2023年研发投入是60.5亿元，对吗？", "不对"),
        ("2023年研发投入是6,050万元，对吗？", "是的"),
        ("2022年研发投入是6,050万元，对吗？", "不对"),
        ("Was R&D investment RMB 50 million in 2022?", "Yes."),
        ("Was R&D investment RMB 70 million in 2022?", "No, the report gives another figure."),
        ("客户投诉率为什么超过目标？", "低于目标"),
        ("Why did the customer complaint rate miss its target?", "the target was met"),
        ("What made the company cut its R&D investment in 2023?", "The premise does not hold"),
    ],
)
def test_a_premise_is_held_against_the_figure(ask, question, said):
    answer = ask(question)
    assert answer.answered
    assert said in answer.text
    assert answer.citations


@pytest.mark.parametrize(
    ("question", "dates"),
    [
        ("公司是2020年才上市的，对吧？", True),
        ("Was the company founded in 1998?", True),
        ("公司是哪年上市的？", False),
        ("公司 2020 年登陆科创板，具体是哪一天挂牌的？", True),
        ("Why did the company pick London for its 2020 IPO?", True),
        ("公司 2020 年获得了哪些荣誉？", False),
        ("Did the company have accidents in 2020?", False),
    ],
)
def test_the_year_of_an_event_is_to_be_confirmed(question, dates):
    assert dates_an_event(question) is dates


@pytest.mark.parametrize(
    ("question", "silence"),
    [
        ("公司是2020年才认定为高新技术企业的，对吧？", None),
        ("公司2020年有多少家高新技术企业？", Silence("other-year", "2020")),
        ("公司2020年是怎么认定高新技术企业的？", Silence("other-year", "2020")),
    ],
)
def test_an_event_of_another_year_is_no_silence(tmp_path, question, silence):
    assistant = assistant_of(small_index(tmp_path, TEXT))
    pieces = evidence("2012 年公司获批认定为高新技术企业 3 家。")
    asked = read_question(question)
    coverage = Coverage(question, assistant.retriever.bridge, assistant.index.keywords)
    assert find_silence(assistant.index, asked, pieces, coverage) == silence


@pytest.mark.parametrize(
    ("question", "silence"),
    [
        ("公司2022年是怎么处理泄密事件的？", None),
        ("公司2019年是怎么处理泄密事件的？", Silence("other-year", "2019")),
    ],
)
def test_the_last_three_years_are_those_of_the_report(tmp_path, question, silence):
    text = "海岳食品股份有限公司 2023 年度报告\n\n安全\n\n近三年，公司未发生泄密事件。\n"
    assistant = assistant_of(small_index(tmp_path, text))
    pieces = evidence("近三年，公司未发生泄密事件；2023 年也是。")
    asked = read_question(question)
    coverage = Coverage(question, assistant.retriever.bridge, assistant.index.keywords)
    assert find_silence(assistant.index, asked, pieces, coverage) == silence


def test_evidence_of_another_year_corrects_a_question():
    found = evidence("2012 年公司获批认定为高新技术企业。")
    assert corrects_year("公司是2020年才认定的，对吧？", found)
    assert not corrects_year("公司是2012年认定的，对吧？", found)
    assert not corrects_year("公司是哪年认定的？", found)
    assert not corrects_year("公司是2020年才认定的，对吧？", evidence("公司获批认定。"))
