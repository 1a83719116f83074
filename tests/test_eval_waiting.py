from eval_fakes import FakeAssistant, answer, passage, question

import eval.waiting as waiting
from eval.waiting import measure_waiting

FIRST, SECOND = question("一？", ["1", [[1, 1]]]), question("二？", ["2", [[1, 1]]])


def record(seconds, tokens):
    return type("Record", (), {"seconds": seconds, "measures": {"prompt_tokens": tokens}})()


def test_the_median_of_ours_is_set_beside_the_plain_whole_answer(monkeypatch):
    plain, ours = object(), object()
    taken = {
        (ours, FIRST): record({"evidence": 0.1, "end": 0.2}, None),
        (ours, SECOND): record({"evidence": 0.3, "end": 4.0}, 250.0),
        (plain, FIRST): record({"evidence": 0.1, "end": 10.0}, 1100.0),
        (plain, SECOND): record({"evidence": 0.1, "end": 30.0}, 1100.0),
    }
    monkeypatch.setattr(waiting, "ask", lambda way, each: taken[way, each])
    rows = {row[0]: row[1:] for row in measure_waiting(ours, plain, [FIRST, SECOND])}
    assert rows["whole answer"] == ["2", "20.00", "2.100", "0.105"]
    assert rows["first evidence"] == ["2", "20.00", "0.200", "0.010"]
    assert rows["answer without the model"] == ["1", "10.00", "0.200", "0.020"]


def test_both_are_really_asked():
    page = passage("研发投入 1 元。")
    ways = [FakeAssistant([page], {"一？": answer("1 元 [1]", page)}) for _ in range(2)]
    rows = measure_waiting(*ways, [FIRST])
    assert [row[1] for row in rows[1:]] == ["1", "1", "1"]
    assert all(way.asked == ["一？", "一？"] for way in ways)  # once to load the models
