import time
from types import SimpleNamespace

import pytest
from fake_assistant import FakeAssistant, FakeLibrary, closing_loops

from rag.conversation import Turn


@pytest.fixture
def page():
    from rag.page import Page

    library = FakeLibrary()
    with closing_loops():
        yield Page(lambda: library)


@pytest.fixture
def seat():
    from rag.widgets import Seat

    return Seat(visitor="v", language="en")


def pressed(**data):
    return SimpleNamespace(_data=data)


def test_a_question_waits_for_the_one_before_and_a_blank_one_is_none(page, seat):
    assert page.turns not in page.accept("again", False, seat, [Turn("first")])
    assert page.turns not in page.accept(" \n", False, seat, [])
    told = page.accept(" 第二问 ", False, seat, [Turn("a", notice="b")])
    assert [turn.question for turn in told[page.turns]] == ["a", "第二问"]


def test_an_edited_question_takes_the_place_of_the_last(page, seat):
    told = page.accept("b", True, seat, [Turn("x", notice="."), Turn("a", notice=".")])
    assert [turn.question for turn in told[page.turns]] == ["x", "b"]


def test_an_assistant_that_never_finishes_is_told_as_a_failure(seat):
    from rag.page import Page

    class Silent(FakeAssistant):
        def stream_with_drafts(self, question, history=()):
            yield ()

    with closing_loops():
        page = Page(lambda: FakeLibrary(Silent()))
    *_, last = page.respond(seat, [Turn("R&D?", report="report")])
    turns = last[page.turns]
    assert turns[-1].notice.startswith("Something went wrong")
    assert page.finish(seat, turns)[page.box]["value"] == "R&D?"


def test_a_stopped_answer_says_no_more_and_is_no_failure(page, seat):
    turns = [Turn("slow")]
    answer = page.respond(seat, turns)
    next(answer)
    stopped = page.stop(seat, turns)[page.turns]
    assert stopped[-1].notice == "Stopped."
    assert list(answer) == []
    started = time.monotonic()
    assert page.turns not in page.fail(seat, turns)
    assert time.monotonic() - started < 0.5
    # a piece that came later made it pending again: the next question is taken all the same
    told = page.accept("next", False, seat, turns)[page.turns]
    assert [turn.notice for turn in told] == ["Stopped.", ""]


def test_what_was_stopped_is_told_in_the_language_of_the_page(page):
    from rag.widgets import Seat

    told = page.stop(Seat(visitor="v", language="zh"), [Turn("slow")])[page.turns]
    assert told[-1].notice == "已停止。"


def test_a_failure_is_told_when_nobody_pressed_stop(page, seat, monkeypatch):
    monkeypatch.setattr("rag.asking.STOP_SECONDS", 0.1)
    turns = [Turn("R&D?")]
    told = page.fail(seat, turns)[page.turns]
    assert told[-1].notice.startswith("Too many people")  # it was not even begun
    next(page.respond(seat, turns))
    told = page.fail(seat, turns)[page.turns]
    assert told[-1].notice.startswith("Something went wrong")


@pytest.mark.parametrize("data", [None, [], {"ask": 3}, {"ask": "example", "text": ["x"]}])
def test_what_no_button_sends_asks_nothing(page, seat, data):
    assert page.turns not in page.ask(seat, [], SimpleNamespace(_data=data))


def test_the_last_question_is_asked_again_of_the_report_that_is_chosen_now(page, seat):
    told = page.ask(seat, [Turn("a", notice=".", report="old")], pressed(ask="retry"))
    assert [(turn.question, turn.report) for turn in told[page.turns]] == [("a", "report")]
    assert page.turns not in page.ask(seat, [], pressed(ask="retry"))
