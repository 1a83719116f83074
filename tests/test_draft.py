"""Drafts: what the model is sent, which drafts give up, answers made of quotes."""

import re

import pytest
from fakes import FakeLanguageModel, evidence

from rag.draft import has_answer, quoted, read_ahead, refuses, stream_draft, stream_repair
from rag.question import Question, read_question

PIECES = evidence("研发投入 2,702.80 万元。", "**总部**位于\n青岛市。")
ZH = read_question("研发投入是多少？")
EN = Question("R&D?", "R&D?", "en")


@pytest.mark.parametrize(
    "draft",
    ["报告未披露。", "报告没有提及这一点。", "Not disclosed.", "It is not in the excerpts."],
)
def test_a_draft_that_gives_up_is_told_apart(draft):
    assert refuses(draft)


@pytest.mark.parametrize(
    "draft", ["公司总部位于青岛市[1]。", "The company is in Qingdao [1].", "", "研发投入 5 万元。"]
)
def test_a_draft_that_answers_is_none_that_gives_up(draft):
    assert not refuses(draft)


@pytest.mark.parametrize("asked", [ZH, EN])
def test_the_prompt_is_instructions_then_evidence_and_question(asked):
    model = FakeLanguageModel("青岛。")
    assert "".join(stream_draft(model, asked, PIECES)) == "青岛。"
    ((system, rules), (user, text)) = model.asked[0]
    assert (system, user) == ("system", "user")
    assert text.index("[1]") < text.index("[2]") < text.index(asked.text)
    assert asked.text not in rules
    assert PIECES[0].quote not in rules


def test_the_prefix_of_the_prompt_is_the_same_for_every_question():
    model = FakeLanguageModel("a", "b")
    for question in ("总部在哪里？", "有多少员工？"):
        list(stream_draft(model, read_question(question), PIECES))
    assert model.asked[0][0] == model.asked[1][0]


def test_the_model_reads_english_amounts_in_english():
    model = FakeLanguageModel("a", "b")
    list(stream_draft(model, EN, PIECES))
    assert "万" not in model.asked[0][1][1]
    assert "27.028" in model.asked[0][1][1]
    list(stream_draft(model, ZH, PIECES))
    assert "2,702.80 万元" in model.asked[1][1][1]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_quote_stands_on_a_line_with_its_mark(language):
    lines = quoted(PIECES, language).splitlines()
    marked = [line for line in lines if re.search(r"\[\d\]", line)]
    assert [re.findall(r"\[(\d)\]", line) for line in marked] == [["1"], ["2"]]
    assert "2,702.80 万元" in marked[0]


def test_a_year_as_heading_stands_before_what_happened_and_not_before_a_signature():
    assert "- 2012：“第一条生产线投产！” [1]" in quoted(
        evidence("第一条生产线投产！", title="概况 › 2012"), "zh"
    )
    assert "- “总经理 苏日娜” [1]" in quoted(
        evidence("总经理 **苏日娜**", title="概况 › 2012"), "zh"
    )


def test_a_formula_is_quoted_as_it_is_read():
    said = quoted(evidence("研发投入同比增长 $3.8\\%$。"), "en")
    assert "3.8%" in said
    assert "USD" not in said


class Listener(FakeLanguageModel):
    """Keeps what it is asked."""

    def agrees(self, messages):
        self.asked.append(messages)
        return 0.3


def test_in_chinese_whether_it_can_answer_is_asked_with_the_prompt_of_the_draft():
    """So that the model has read that prompt when it writes."""
    model = Listener("")
    assert has_answer(model, ZH, PIECES) == 0.3
    list(stream_draft(model, ZH, PIECES))
    (system, (_, first)), (other, (_, second)) = model.asked
    assert system == other
    assert first.rsplit("\n", 1)[0] == second.rsplit("\n", 1)[0]
    assert first != second


def test_in_english_it_is_asked_after_examples_of_both_answers():
    model = Listener("")
    assert has_answer(model, EN, PIECES) == 0.3
    list(stream_draft(model, EN, PIECES))
    (system, *turns, (role, last)), (_, (_, drafted)) = model.asked
    assert system[0] == "system"
    assert {said for role, said in turns if role == "assistant"} == {"Yes", "No"}
    assert [role for role, _ in turns] == ["user", "assistant"] * (len(turns) // 2)
    asked, closing = last.rsplit("\n", 1)
    assert role == "user"
    assert asked == drafted.rsplit("\n", 1)[0]
    assert {said.rsplit("\n", 1)[1] for role, said in turns if role == "user"} == {closing}


def test_an_english_draft_and_its_repair_are_written_without_chinese(monkeypatch):
    told = []

    def stream(_, __, *, latin=False):
        told.append(latin)
        return iter(["x"])

    monkeypatch.setattr(Listener, "stream", stream)
    for asked in (ZH, EN):
        list(stream_draft(Listener(""), asked, PIECES))
        list(stream_repair(Listener(""), asked, PIECES, "x", []))
    assert told == [False, False, True, True]


def test_what_was_read_ahead_is_how_all_prompts_begin(monkeypatch):
    model = Listener("")
    ahead = []
    monkeypatch.setattr(Listener, "hidden_state", lambda _, said: ahead.append(said))
    read_ahead(model)
    for asked in (ZH, EN):
        has_answer(model, asked, PIECES)
        list(stream_draft(model, asked, PIECES))
    assert len(model.asked) == len(ahead) == 4
    for prompt in model.asked:
        assert any(said[:-1] == prompt[:-1] for said in ahead)


def test_a_quote_is_verbatim_and_its_amounts_in_english_stand_behind_it():
    (piece,) = evidence("公司捐款 100 万元，用于教育。")
    said = quoted([piece], "en")
    assert "“公司捐款 100 万元，用于教育。” (100 万元: RMB 1 million) [1]" in said
    told = quoted([piece], "en", {1: "The company gave RMB 1 million to education."})
    assert "“公司捐款 100 万元，用于教育。”)" in told


def test_what_reads_the_same_in_both_languages_is_said_once():
    (piece,) = evidence("13800000001")
    assert quoted([piece], "en", {1: "13800000001"}).endswith("- “13800000001” [1]")


def test_where_a_line_of_chinese_is_broken_no_space_stands():
    (piece,) = evidence("全年售出\n绿证 392 万张，实现\n2,744 万元收入。")
    assert "“全年售出绿证 392 万张，实现 2,744 万元收入。” [1]" in quoted([piece], "zh")
