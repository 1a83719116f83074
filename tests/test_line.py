import threading

import pytest

from rag.line import LeftError, Line, LineFullError, Visit


def started(work):
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def waiting(visit, place):
    """Wait until the visit has this place."""
    for _ in range(500):
        if visit.place == place:
            return True
        threading.Event().wait(0.01)
    return False


def test_whoever_comes_first_is_let_through_first_and_places_move_up():
    line, order, gates = Line(), [], [threading.Event() for _ in range(3)]
    visits = [Visit() for _ in gates]

    def work(n):
        with visits[n], line.turn():
            order.append(n)
            gates[n].wait(10)

    threads = []
    for n in range(3):
        threads.append(started(lambda n=n: work(n)))
        assert waiting(visits[n], n)
    assert order == [0]
    gates[0].set()
    assert waiting(visits[2], 1)
    gates[1].set()
    gates[2].set()
    for thread in threads:
        thread.join(10)
    assert order == [0, 1, 2]


def test_a_visit_keeps_its_place_until_it_ends():
    line, visit, others = Line(), Visit(), []
    with visit:
        with line.turn():
            pass
        thread = started(lambda: others.append(line.turn().__enter__()))
        with line.turn():  # at once, though another waits
            assert others == []
    thread.join(10)
    assert others == [None]


def test_whoever_leaves_makes_room():
    line, visit, told = Line(), Visit(), []
    turn = line.turn()
    turn.__enter__()

    def wait():
        try:
            with visit, line.turn():
                told.append("through")
        except LeftError:
            told.append("left")

    thread = started(wait)
    assert waiting(visit, 1)
    visit.leave()
    thread.join(10)
    assert told == ["left"]
    turn.__exit__(None, None, None)
    with line.turn():
        pass


def test_a_wide_line_lets_several_through_and_a_full_one_nobody_in():
    line = Line(width=2, longest=2)
    with line.turn(), line.turn(), pytest.raises(LineFullError), line.turn():
        pass
    with line.turn():
        pass
