import pytest
from fake_assistant import HOSTILE, FakeAssistant
from markdown_it import MarkdownIt
from test_prose import Seen

from rag.conversation import Turn, answer_last
from rag.export import answer_as_markdown, conversation_as_markdown


def turns_of(*questions):
    turns = []
    for question in questions:
        turns = list(answer_last(FakeAssistant, [*turns, Turn(question)], "en"))[-1]
    return turns


def test_an_answer_has_its_quotes_and_places():
    answer = turns_of("研发投入多少？")[0].answer
    text = answer_as_markdown(answer)
    assert "21,361.34 万元" in text
    assert "[1] 示例科技 2023 年度环境、社会及治理 (ESG) 报告 · 创智纳新" in text
    assert "第 39 页 · 第 748–756 行" in text
    assert "> 研发投入金额 万元 18,798.38 21,361.34" in text
    assert "第 120 行" in text
    assert "译文" not in text


def test_a_translation_is_marked_as_one():
    text = answer_as_markdown(turns_of("How much R&D?")[0].answer)
    assert "Translation of the quote (by machine; the original counts): R&D" in text
    assert "page 39 · lines 748–756" in text


def test_a_conversation_has_all_its_turns():
    turns = [*turns_of("研发投入多少？", "And in English?"), Turn("later?", notice="Stopped.")]
    text = conversation_as_markdown("报告", turns)
    assert text.startswith("# 报告\n")
    assert "## 问: 研发投入多少？" in text
    assert "## Question: And in English?" in text
    assert text.rstrip().endswith("Stopped.")


@pytest.mark.parametrize("report", [HOSTILE, "a\n# b"])
def test_hostile_text_stays_text(report):
    text = conversation_as_markdown(report, turns_of("hostile"))
    seen = Seen(MarkdownIt("commonmark").enable("table").render(text))
    assert not set(seen.tags) & {"img", "a", "script", "code", "pre", "b", "svg"}
    assert sum(line.startswith("# ") for line in text.splitlines()) == 1
    assert "<script>" in seen.text


def test_what_is_copied_reads_well_as_it_stands():
    text = answer_as_markdown(turns_of("研发投入多少？")[0].answer)
    assert "公司研发投入 **21,361.34 万元** [1]，同比增长 13.63% [2]：" in text
