import time

import pytest
from fake_assistant import FakeAssistant

from index.errors import ReportError
from rag.conversation import Turn, answer_last, history


def answered(assistant, turns, language="en"):
    return list(answer_last(lambda: assistant, turns, language))


def test_evidence_comes_first_then_the_text_grows_then_the_answer():
    steps = [turns[-1] for turns in answered(FakeAssistant(), [Turn("研发投入多少？")])]
    assert len(steps[0].evidence) == 3
    assert (steps[0].text, steps[0].answer) == ("", None)
    lengths = [len(step.text) for step in steps]
    assert lengths == sorted(lengths)
    assert steps[-1].answer.text == steps[-1].text
    assert all(step.pending is (step.answer is None) for step in steps)
    assert not steps[-1].pending


def test_what_goes_with_an_answer_comes_after_it():
    *_, before, last = answered(FakeAssistant(), [Turn("研发投入多少？")])
    assert before[-1].answer is not None
    assert before[-1].more.chart is None
    assert [point.label for point in last[-1].more.chart.points] == ["2022", "2023"]
    assert last[-1].more.following == ("2023 年营业收入是多少？",)


@pytest.mark.parametrize(
    ("language", "notice"),
    [("en", "The index is missing: build it."), ("zh", "缺少索引：请先建立索引。")],
)
@pytest.mark.parametrize("question", ["error please", "错误"])
def test_an_error_is_told_in_the_language_of_the_page(question, language, notice):
    (turns,) = answered(FakeAssistant(), [Turn(question)], language)
    assert turns[-1].notice == notice
    assert turns[-1].question == question
    assert not turns[-1].pending


def test_an_assistant_that_cannot_be_opened_is_told():
    def fail():
        raise ReportError("no index", "没有索引")

    ((turn,),) = list(answer_last(fail, [Turn("R&D?")], "en"))
    assert turn.notice == "no index"


def test_a_bug_is_not_swallowed():
    with pytest.raises(KeyError):
        answered(FakeAssistant(), [Turn("bug")])


def test_closing_closes_the_assistant():
    assistant = FakeAssistant()
    turns = answer_last(lambda: assistant, [Turn("slow")], "en")
    next(turns), next(turns)
    assert not assistant.closed.is_set()
    turns.close()
    assert assistant.closed.wait(5)


def test_whoever_waits_for_the_model_is_told_their_place():
    assistant = FakeAssistant()
    with assistant.line.turn():
        turns = answer_last(lambda: assistant, [Turn("queue")], "en")
        assert next(turns)[-1].evidence
        assert next(turns)[-1].place == 1
        started = time.monotonic()
    assistant.gate.set()
    last = list(turns)[-1][-1]
    assert (last.place, last.pending) == (0, False)
    assert time.monotonic() - started < 5


def test_a_follow_up_is_asked_with_the_answered_turns_before_it():
    assistant = FakeAssistant()
    first = answered(assistant, [Turn("研发投入多少？")])[-1]
    answered(assistant, [*first, Turn("slow", notice="Stopped."), Turn("那占比呢？")])
    answer = first[-1].answer.text
    assert assistant.histories == [
        [],
        [{"role": "user", "content": "研发投入多少？"}, {"role": "assistant", "content": answer}],
    ]
    assert history([]) == []


def test_what_was_asked_of_another_report_is_no_part_of_a_follow_up():
    assistant = FakeAssistant()
    first = answered(assistant, [Turn("研发投入多少？", report="a")])[-1]
    answered(assistant, [*first, Turn("那占比呢？", report="b")])
    assert assistant.histories[-1] == []


def test_a_draft_is_there_until_its_words_are_checked():
    steps = [turns[-1] for turns in answered(FakeAssistant(), [Turn("研发投入多少？")])]
    drafts = [step for step in steps if step.draft]
    assert drafts
    assert all(step.pending for step in drafts)
    assert not any(step.draft in step.text for step in drafts)
    assert steps[-1].draft == ""
