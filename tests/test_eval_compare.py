import pytest
from eval_fakes import question

from eval.compare import change_rows, changed_questions, compare, compare_records
from eval.record import Record, append_record
from index.errors import ReportError

FACT = ("1", [[1, 1]])


def record(number, right, wrong_figure=None, split="dev", text=None):
    asked = question(text or f"问题{number}", FACT, id=f"q{number}", split=split)
    measures = {"right_answer": right, "wrong_figure": wrong_figure, "mrr@10": right and right / 2}
    return Record(question=asked, ranked=(), reply=None, seconds={}, measures=measures)


BEFORE = [
    record(0, 0.0, 0.0),
    record(1, 0.0, 0.0),
    record(2, 1.0, 1.0),
    record(3, 0.0, 0.0, "held-out"),
]
AFTER = [
    record(0, 1.0, 1.0),
    record(1, 1.0, 0.0),
    record(2, 0.0, 0.0),
    record(3, 1.0, 0.0, "held-out"),
]


def changes(before=BEFORE, after=AFTER):
    return {change.measure: change for change in compare_records(before, after)}


def test_better_and_worse_are_told_question_by_question():
    change = changes()["right_answer"]
    assert change.better == ("q0", "q1", "q3")
    assert change.worse == ("q2",)
    assert change.difference.mean == pytest.approx((1 + 1 - 1 + 1) / 4)
    assert change.p == pytest.approx(2 * (1 + 4) / 16)


def test_fewer_wrong_figures_are_better():
    change = changes()["wrong_figure"]
    assert (change.better, change.worse) == (("q2",), ("q0",))


def test_mcnemar_only_where_all_is_0_or_1():
    assert changes()["mrr@10"].p is None


def test_what_does_not_apply_in_both_is_left_out():
    found = changes(BEFORE, [record(0, 1.0, None), record(1, None, None)])
    assert found["right_answer"].difference.count == 1
    assert "wrong_figure" not in found


def test_a_question_that_was_changed_is_not_compared():
    with pytest.raises(ReportError, match="no question in common"):
        compare_records(BEFORE[:1], [record(0, 1.0, text="另一个问题")])


def test_the_held_out_questions_are_not_listed(tmp_path):
    for name, records in (("a", BEFORE), ("b", AFTER)):
        (tmp_path / name).mkdir()
        for each in records:
            append_record(tmp_path / name, each)
    found = compare(tmp_path / "a", tmp_path / "b")
    lines = changed_questions(tmp_path / "a", tmp_path / "b", found)
    assert "+ Right answers: q0 问题0" in lines
    assert "- Right answers: q2 问题2" in lines
    assert not any("q3" in line or "问题3" in line for line in lines)


def test_the_table_counts_both_ways():
    rows = change_rows(compare_records(BEFORE, AFTER))
    (right,) = [row for row in rows if row[0] == "Right answers"]
    assert right[2:] == ["3", "1", "0.625"]
