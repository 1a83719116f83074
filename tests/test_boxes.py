"""Boxes that are ticked or not are told with the line that they are about."""

import pytest

from index.boxes import says_nothing
from index.passage import read_passages
from index.report import parse

TOLD = """一、环保

是否属于重点排污单位
{}

公司开展培训。"""


@pytest.fixture
def told():
    def read(text):
        entries = read_passages(parse(text.split("\n"))).entries
        return [entry.text for entry in entries if entry.kind == "sentence"]

    return read


@pytest.mark.parametrize("boxes", ["√是 □否", "□是  √否", "□适用 √不适用", "☑ 是  ☐ 否"])
def test_boxes_answer_the_line_above(told, boxes):
    assert told(TOLD.format(boxes)) == [f"是否属于重点排污单位{boxes}", "公司开展培训。"]


def test_boxes_stand_alone_behind_a_sentence_or_a_title(told):
    text = "一、环保\n\n公司遵守法规。\n\n□是 √否\n\n二、优先股\n\n□适用 √不适用"
    assert told(text) == ["公司遵守法规。", "□是 √否", "□适用 √不适用"]


def test_that_the_text_below_applies_says_nothing(told):
    assert told("一、环保\n\n√适用 □不适用\n\n公司开展培训。") == ["公司开展培训。"]


def test_boxes_are_no_caption_of_a_table():
    table = "指标\t2022年\t2023年\n收入\t1\t2"
    text = f"一、经营\n\n公司经营稳健。\n\n主要数据汇总\n\n√适用 □不适用\n{table}"
    entries = read_passages(parse(text.split("\n"))).entries
    assert [entry.text for entry in entries if entry.kind == "row"] == ["收入：2022年 1；2023年 2"]


@pytest.mark.parametrize("text", ["CLIMATE CHANGE", "346,633", "R&D, PEOPLE"])
def test_what_decorates_a_page_says_nothing(text):
    assert says_nothing(text)


@pytest.mark.parametrize("text", ["13518555484", "ISO 9001", "BioCV", "ZK", "346,633 吨"])
def test_numbers_and_names_say_something(text):
    assert not says_nothing(text)
