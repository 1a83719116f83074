"""Codes of standards: the rows of the index of contents that have one."""

import pytest
from fakes import assistant_of, small_index

from rag.codes import rows_with_code

TEXT = """# 示例股份有限公司 2023 年度报告

## 环境

公司全年用水 418 吨，第 2-27 号生产线停产。

## 指标索引

| 章节 | GRI Standards | CASS-ESG |
| --- | --- | --- |
| 客户权益 | 3-3/416-1/418-1 | S4.3/S4.5 |
| 信息安全 | 2-27/418-1 | S4.6 |
| 民主沟通 | 3-3 | S1.6 |
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    return small_index(tmp_path_factory.mktemp("report"), TEXT, "report.md")


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("Which sections does GRI 418-1 point to? I have to fill in 418-1.", ["客户", "信息"]),
        ("GRI 418-1 对应哪几节？", ["客户", "信息"]),
        ("S1.6 在报告哪一章？", ["民主"]),
        ("GRI 418-1, where is it covered?", ["客户", "信息"]),
        ("GRI 18-1 对应哪一节？", []),
        ("GRI 205-2 在哪一节？", []),
    ],
)
def test_rows_of_the_index_have_the_code(index, question, labels):
    rows = rows_with_code(index, question)
    assert [piece.words.partition("：")[0][:2] for piece in rows] == labels


@pytest.mark.parametrize("question", ["418-1 是什么意思？", "客户权益在哪一节？", "用水量是多少？"])
def test_who_does_not_ask_where_a_code_is(index, question):
    assert rows_with_code(index, question) is None


def test_a_report_without_an_index_of_contents(tmp_path):
    index = small_index(tmp_path)
    assert rows_with_code(index, "GRI 418-1 对应哪一节？") is None


def test_a_code_that_the_index_lacks_is_refused(index):
    answer = assistant_of(index).ask("GRI 205-2 在报告哪一节披露？")
    assert not answer.answered
    answer = assistant_of(index).ask("GRI 418-1 对应报告的哪几节？")
    assert len(answer.citations) == 2
