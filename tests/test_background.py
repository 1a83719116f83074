import threading

import pytest

from index.errors import ReportError
from rag.background import Opening, in_background


def test_it_opens_once_in_its_own_thread():
    opened, gate = [], threading.Event()

    def open_it():
        gate.wait(10)
        opened.append(threading.current_thread().name)
        return "open"

    opening = Opening(open_it)
    opening.start()
    gate.set()
    assert opening() == opening() == "open"
    assert len(opened) == 1


def test_what_is_to_come_then_is_done_in_the_same_thread():
    done = threading.Event()
    Opening(lambda: done).start(then=threading.Event.set)
    assert done.wait(10)


def test_a_failure_is_told_to_whoever_asks_and_tried_again():
    tries = []

    def open_it():
        tries.append(1)
        if len(tries) < 3:
            raise ReportError("no", "否")
        return "open"

    opening = Opening(open_it)
    opening.start()
    while not tries:
        threading.Event().wait(0.01)
    with pytest.raises(ReportError):
        opening()
    assert opening() == "open"


def test_what_is_told_comes_in_order_and_silence_is_seen():
    gate = threading.Event()

    def work(tell):
        tell(1)
        gate.wait(10)
        tell(2)

    pieces = in_background(work, seconds=0.01)
    assert next(pieces) == 1
    assert next(pieces) is None
    gate.set()
    assert [piece for piece in pieces if piece is not None] == [2]


def test_an_error_is_raised_to_whoever_looks():
    def work(tell):
        raise KeyError("bug")

    with pytest.raises(KeyError):
        list(in_background(work))


def test_closing_stops_the_work_and_does_not_wait_for_it():
    stopped, ended = threading.Event(), threading.Event()

    def work(tell):
        try:
            while True:
                tell(1)
        finally:
            ended.set()

    pieces = in_background(work, stopped.set)
    assert next(pieces) == 1
    pieces.close()
    assert stopped.is_set()
    assert ended.wait(10)
