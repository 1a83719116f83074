from decimal import Decimal

import pytest
from fakes import assistant_of, small_index

from rag.ranges import Range, find_range

SCALE = """澄江仪器股份有限公司 2023 年度报告

供应商管理

供应商审核

供应商现场审核评分等级表

类别	等级	评分
优秀	A 级	90.1—100 分
良好	B 级	80.1—90 分
合格	C 级	60—80 分
不合格	D 级	60 分以下
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("良好：等级 B 级；评分 80.1—90 分", Range(Decimal("80.1"), Decimal(90), "分")),
        ("30岁至40岁：2023 年", Range(Decimal(30), Decimal(40), "岁")),
        ("60 分以下（含）", Range(None, Decimal(60), "分")),
        ("≥ 95%", Range(Decimal(95), None, "%")),
        ("大型：1,000 人以上", Range(Decimal(1000), None, "人")),
        ("员工总数 4,106 人", None),
        ("甲 1—2 个；乙 3—4 个", None),
    ],
)
def test_the_range_of_a_row(text, expected):
    assert find_range(text) == expected


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("供应商现场审核得85分是什么等级？", "B 级"),
        ("供应商现场审核评分90分属于哪个类别？", "B 级"),
        ("供应商审核评分55分属于哪个类别？", "D 级"),
        ("供应商审核评分95分是什么等级？只有55分的呢，是什么等级？", "D 级"),
    ],
)
def test_a_number_finds_its_row(tmp_path, question, row):
    answer = assistant_of(small_index(tmp_path, SCALE)).ask(question)
    assert row in answer.text
    assert [citation.quote.split("\t")[1] for citation in answer.citations] == [row]


def test_who_asks_for_the_class_may_speak_of_much_else(tmp_path):
    topics = ("消防", "环境", "卫生", "用工", "采购")
    others = "\n\n".join(f"{topic}\n\n公司重视{topic}。" for topic in topics)
    question = f"{'、'.join(topics)}都好，供应商审核得85分，归到哪一等？"
    text = f"{SCALE}\n{others}\n"
    answer = assistant_of(small_index(tmp_path, text)).ask(question)
    assert [citation.quote.split("\t")[1:2] for citation in answer.citations] == [["B 级"]]


def test_a_number_outside_the_scale_finds_none(tmp_path):
    answer = assistant_of(small_index(tmp_path, SCALE)).ask("供应商现场审核得120分是什么等级？")
    assert len(answer.citations) != 1 or "A 级" not in answer.text
