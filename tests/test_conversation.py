import threading

import pytest
from fake_assistant import REPORT, FakeAssistant

from index.errors import ReportError
from rag.conversation import BackgroundAssistant, Turn, answer_last, history


def test_evidence_comes_first_then_the_text_grows_then_the_answer():
    steps = [turns[-1] for turns in answer_last(FakeAssistant(), [Turn("研发投入多少？")])]
    assert len(steps[0].evidence) == 3
    assert (steps[0].text, steps[0].answer) == ("", None)
    lengths = [len(step.text) for step in steps]
    assert lengths == sorted(lengths)
    assert steps[-1].answer.text == steps[-1].text
    assert all(step.pending for step in steps[:-1])
    assert not steps[-1].pending


@pytest.mark.parametrize(
    ("question", "notice"),
    [("error please", "The index is missing: build it."), ("错误", "缺少索引：请先建立索引。")],
)
def test_an_error_is_told_in_the_language_of_the_question(question, notice):
    (turns,) = answer_last(FakeAssistant(), [Turn(question)])
    assert turns[-1].notice == notice
    assert turns[-1].question == question
    assert not turns[-1].pending


def test_a_bug_is_not_swallowed():
    with pytest.raises(KeyError):
        list(answer_last(FakeAssistant(), [Turn("bug")]))


def test_closing_closes_the_assistant():
    assistant = FakeAssistant()
    turns = answer_last(assistant, [Turn("slow")])
    next(turns), next(turns)
    assert not assistant.closed.is_set()
    turns.close()
    assert assistant.closed.is_set()


def test_a_follow_up_is_asked_with_the_answered_turns_before_it():
    assistant = FakeAssistant()
    first = list(answer_last(assistant, [Turn("研发投入多少？")]))[-1]
    list(answer_last(assistant, [*first, Turn("slow", notice="Stopped."), Turn("那占比呢？")]))
    answer = first[-1].answer.text
    assert assistant.histories == [
        [],
        [{"role": "user", "content": "研发投入多少？"}, {"role": "assistant", "content": answer}],
    ]
    assert history([]) == []


def test_an_assistant_opens_in_the_background_once():
    opened, gate = [], threading.Event()

    def open_assistant():
        gate.wait(10)
        opened.append(FakeAssistant())
        return opened[-1]

    assistant = BackgroundAssistant(open_assistant)
    assistant.start()
    assert opened == []
    gate.set()
    assert assistant.report_title == REPORT
    assert len(list(assistant.stream("研发？"))) > 2
    assert len(opened) == 1


def test_opening_is_tried_again_after_an_error():
    replies = [ReportError("no index", "没有索引"), FakeAssistant()]

    def open_assistant():
        reply = replies.pop(0)
        if isinstance(reply, ReportError):
            raise reply
        return reply

    assistant = BackgroundAssistant(open_assistant)
    with pytest.raises(ReportError, match="no index"):
        next(assistant.stream("研发？"))
    assert assistant.report_title == REPORT


def test_closing_reaches_through_the_background():
    inner = FakeAssistant()
    stream = BackgroundAssistant(lambda: inner).stream("slow")
    next(stream), next(stream)
    stream.close()
    assert inner.closed.is_set()
