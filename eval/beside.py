"""Set several runs side by side, over the questions that all of them asked."""

from collections.abc import Sequence
from pathlib import Path

from eval.intervals import quantile
from eval.record import Record, load_records
from eval.summary import LOWER_IS_BETTER, MEASURES, Row, means
from eval.table import Rows
from index.errors import ReportError

LANGUAGES = ("zh", "en")
SHOWN = (
    "hit@1", "hit@4", "any@1", "mrr@10", "ndcg@5", "right_answer", "right_citation",
    "citation_precision", "right_refusal", "answerable_refused", "wrong_figure", "language",
    "length", "prompt_tokens",
)  # fmt: skip
WHOLE = frozenset({"length", "prompt_tokens"})


def beside_rows(folders: Sequence[Path]) -> Rows:
    """Measures down, runs across; a cell is "Chinese / English", as means."""
    runs = shared([load_records(folder) for folder in folders])
    rows = [[f"{len(runs[0])} questions, Chinese / English", *(folder.name for folder in folders)]]
    groups = [
        [means(record for record in run if record.question.language == each) for each in LANGUAGES]
        for run in runs
    ]
    for measure in SHOWN:
        cells = [_cell(group, measure) for group in groups]
        if any(cell != "-" for cell in cells):
            mark = " (lower is better)" if measure in LOWER_IS_BETTER else ""
            rows.append([MEASURES[measure] + mark, *cells])
    times = [_times(run) for run in runs]
    if any(cell != "-" for cell in times):
        rows.append(["Time to the end, median", *times])
    return rows


def shared(runs: Sequence[Sequence[Record]]) -> list[list[Record]]:
    """Keep of every run the questions that all asked in the same words."""
    common = set.intersection(*({record.question for record in run} for run in runs))
    if not common:
        raise ReportError(
            "The runs have no question in common. Run all on the same questions.",
            "这些评测没有共同的问题。请用相同的问题评测。",
        )
    return [[record for record in run if record.question in common] for run in runs]


def _cell(groups: Sequence[Row], measure: str) -> str:
    places = 0 if measure in WHOLE else 2
    found = [row.get(measure) for row in groups]
    if not any(found):
        return "-"
    return " / ".join(f"{each.mean:.{places}f}" if each else "-" for each in found)


def _times(run: Sequence[Record]) -> str:
    taken = [
        [r.seconds["end"] for r in run if r.question.language == each and "end" in r.seconds]
        for each in LANGUAGES
    ]
    medians = [quantile(values, 0.5) for values in taken]
    if not any(medians):
        return "-"
    return " / ".join("-" if each is None else f"{each:.1f} s" for each in medians)
