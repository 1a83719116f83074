from dataclasses import replace

from eval_fakes import FakeAssistant, answer, passage, question

from eval.reliability import reliability
from eval.run import ask

FACT = ("5", [[1, 1]])


def record(number, score, *, answerable, answered, **changes):
    asked = question(f"问题{number}？", *([FACT] if answerable else []), id=str(number), **changes)
    found = replace(passage("5 次"), score=score)
    return ask(FakeAssistant([found], {asked.question: answer("5", answered=answered)}), asked)


def shares(records):
    return {
        label: tuple(each.mean for each in row.values())
        for label, row in reliability(records).items()
    }


def test_each_fifth_has_the_answerable_and_the_answered():
    records = [record(n, n / 10, answerable=n >= 5, answered=n >= 8) for n in range(10)]
    assert shares(records[::-1]) == {
        "score 0.00 to 0.10": (0.0, 0.0),
        "score 0.20 to 0.30": (0.0, 0.0),
        "score 0.40 to 0.50": (0.5, 0.0),
        "score 0.60 to 0.70": (1.0, 0.0),
        "score 0.80 to 0.90": (1.0, 1.0),
    }


def test_follow_ups_are_left_out():
    records = [record(n, n, answerable=True, answered=True) for n in range(5)]
    history = [{"role": "user", "content": "早"}]
    later = record(9, 9, answerable=False, answered=False, history=history, kind="follow-up")
    assert shares([*records, later]) == shares(records)
    assert len(shares(records)) == 5


def test_without_scores_there_is_no_plot():
    assert reliability([record(n, 0, answerable=True, answered=True) for n in range(9)]) == {}
    assert reliability([]) == {}
    assert reliability([record(n, n, answerable=True, answered=True) for n in range(4)]) == {}
