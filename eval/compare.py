"""Compare two runs question by question."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.intervals import Estimate, estimate, mcnemar
from eval.record import Record, load_records
from eval.summary import LOWER_IS_BETTER, MEASURES
from eval.table import Rows, cell
from index.errors import ReportError


@dataclass(frozen=True, slots=True)
class Change:
    """How one measure changed from a run to another, over the questions both asked.

    ``p`` is McNemar's exact test where every value is 0 or 1; elsewhere the interval of the
    difference tells.
    """

    measure: str
    difference: Estimate
    better: tuple[str, ...]
    worse: tuple[str, ...]
    p: float | None


def compare(before: Path, after: Path) -> list[Change]:
    """Compare two run folders over the questions that both asked in the same words."""
    return compare_records(load_records(before), load_records(after))


def compare_records(before: Sequence[Record], after: Sequence[Record]) -> list[Change]:
    """Give the change of every measure that some question has in both."""
    earlier = {record.question: record for record in before}
    pairs = [(earlier[record.question], record) for record in after if record.question in earlier]
    if not pairs:
        raise ReportError(
            "The two runs have no question in common. Run both on the same questions.",
            "两次评测没有共同的问题。请用相同的问题评测。",
        )
    changes = [_change(measure, pairs) for measure in MEASURES]
    return [change for change in changes if change]


def _change(measure: str, pairs: Sequence[tuple[Record, Record]]) -> Change | None:
    clusters: dict[str, list[float]] = {}
    better: list[str] = []
    worse: list[str] = []
    values: list[float] = []
    for old, new in pairs:
        first, second = old.measures.get(measure), new.measures.get(measure)
        if first is None or second is None:
            continue
        question = new.question
        clusters.setdefault(question.pair or question.id, []).append(second - first)
        values += [first, second]
        gain = (second - first) * (-1 if measure in LOWER_IS_BETTER else 1)
        if gain:
            (better if gain > 0 else worse).append(question.id)
    difference = estimate(list(clusters.values()))
    if difference is None:
        return None
    p = mcnemar(len(better), len(worse)) if set(values) <= {0.0, 1.0} else None
    return Change(measure, difference, tuple(better), tuple(worse), p)


def change_rows(changes: Sequence[Change]) -> Rows:
    """Measures down; the difference, the counts and the significance across."""
    rows = [["", "Difference (B - A)", "Better", "Worse", "p (McNemar)"]]
    for change in changes:
        p = "-" if change.p is None else f"{change.p:.3f}"
        rows.append(
            [
                MEASURES[change.measure],
                cell(change.difference, signed=True),
                str(len(change.better)),
                str(len(change.worse)),
                p,
            ]
        )
    return rows


def changed_questions(before: Path, after: Path, changes: Sequence[Change]) -> list[str]:
    """List what got better and worse in the dev half; the held-out half stays unseen."""
    shown = {
        record.question.id: record.question.question
        for folder in (before, after)
        for record in load_records(folder)
        if record.question.split == "dev"
    }
    lines = []
    for change in changes:
        for sign, ids in (("+", change.better), ("-", change.worse)):
            lines += [f"{sign} {MEASURES[change.measure]}: {one} {shown[one]}"
                      for one in ids if one in shown]  # fmt: skip
    return lines
