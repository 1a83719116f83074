import json

import pytest
from fake_assistant import answer_of, evidence

from rag import memory
from rag.conversation import Turn


def turn(language="en", **more):
    found = evidence(language)
    return Turn("R&D?", evidence=found, answer=answer_of("R&D?", language, found), **more)


def test_a_conversation_comes_back_as_it_was():
    turns = [turn(report="r", vote="up"), Turn("x", notice="Stopped."), turn("zh")]
    data = json.loads(json.dumps(memory.to_plain(turns)))
    back = memory.from_plain(data)
    assert [(t.question, t.notice, t.report, t.vote) for t in back] == [
        ("R&D?", "", "r", "up"), ("x", "Stopped.", "", ""), ("R&D?", "", "", "")
    ]  # fmt: skip
    assert back[0].answer == turns[0].answer
    assert back[2].evidence == turns[2].evidence


def test_what_is_not_finished_is_not_kept():
    assert memory.to_plain([Turn("waiting")]) == []
    assert memory.from_plain([{"question": "waiting"}]) == []


def test_only_as_much_is_kept_as_fits(monkeypatch):
    turns = [Turn(str(n), notice="Stopped.") for n in range(memory.MOST + 5)]
    kept = memory.to_plain(turns)
    assert [t["question"] for t in kept] == [t.question for t in turns[5:]]
    size = len(json.dumps(memory.to_plain([turn()]), ensure_ascii=False))
    monkeypatch.setattr(memory, "LONGEST", int(size * 2.5))
    assert len(memory.to_plain([turn()] * 5)) == 2


@pytest.mark.parametrize("data", [None, "x", 3, {}, [3], [{"question": 3}], [{"answer": {}}]])
def test_damaged_data_is_no_conversation(data):
    assert memory.from_plain(data) == []
