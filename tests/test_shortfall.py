"""Figures that are not all of what is asked for: said so, or completed from beside the table."""

import pytest
from fakes import assistant_of, small_index

from rag.rows import FigureAnswer
from rag.shortfall import leaves_out

TEXT = """澄江仪器股份有限公司 2023 年度报告

目录

第一章 客户	03

第一章 客户

客户满意度调查

公司的客户满意度调查目标为 90 分，每年调查一次。

指标	单位	2022 年	2023 年
客户满意度得分	分	92	93
回收问卷	份	300	320
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    return assistant_of(small_index(tmp_path_factory.mktemp("report"), TEXT)).ask


@pytest.mark.parametrize(
    "question",
    [
        "2023年客户满意度得分达到目标了吗？",
        "Did the customer satisfaction score meet its target in 2023?",
    ],
)
def test_the_target_beside_a_table_is_quoted(ask, question):
    answer = ask(question)
    assert "93" in answer.text
    assert "目标为 90 分" in answer.text
    assert [citation.number for citation in answer.citations] == [1, 2]


@pytest.mark.parametrize(
    "question", ["2023年客户满意度得分是多少？", "2023年回收问卷的目标达成了吗？"]
)
def test_no_target_is_added_where_none_is_asked_for_or_of_that_kind(ask, question):
    assert "目标为 90 分" not in ask(question).text


def test_a_half_of_the_year_is_refused_and_the_year_stated(ask):
    answer = ask("2023年上半年回收问卷多少份？")
    assert not answer.answered
    assert "320" in answer.text


@pytest.mark.parametrize(
    ("said", "parts", "expected"),
    [
        ("获得专利总数：124 件 [1]。", ["公司有多少专利", "新增多少专利"], True),
        ("获得专利总数：124 件；累计 858 件 [1]。", ["公司有多少专利", "新增多少专利"], False),
        ("获得专利总数：124 件 [1]。", ["公司有多少专利", "为什么要申请专利"], False),
        ("客户投诉解决率：100% [1]。", ["客户投诉多少次？", "解决率呢？"], True),
        ("R&D: RMB 27.0 million (2,702.80 万元) [1].", ["how much is R&D", "how many labs"], True),
        ("R&D: RMB 27.0 million (2,702.80 万元) [1].", ["how much is R&D"], False),
    ],
)
def test_one_figure_is_no_answer_to_two_questions(said, parts, expected):
    assert leaves_out(FigureAnswer(said, ()), parts) is expected
    assert not leaves_out(FigureAnswer(said, (), answered=False), parts)
