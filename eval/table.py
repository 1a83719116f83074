"""Set the summary of a run as plain text or as Markdown."""

from collections.abc import Sequence

from eval.intervals import Estimate
from eval.summary import LOWER_IS_BETTER, MEASURES, SECONDS, Summary

GROUPS = {"zh": "Chinese", "en": "English", "gap": "Gap (zh - en)", "all": "All"}
KIND_MEASURES = {
    "hit@1": "hit@1",
    "hit@4": "hit@4",
    "right_answer": "right",
    "right_citation": "cited right",
    "right_refusal": "refused right",
    "answerable_refused": "refused wrong",
    "wrong_figure": "wrong figure",
    "language": "language",
}
LARGEST_SHARE = 1
Rows = list[list[str]]


def summary_rows(summary: Summary) -> Rows:
    """Measures down, languages across; the first row is the header."""
    rows = [["", *GROUPS.values()]]
    for measure, label in MEASURES.items():
        found = [summary.groups[group].get(measure) for group in GROUPS]
        if any(found):
            mark = " (lower is better)" if measure in LOWER_IS_BETTER else ""
            signed = [group == "gap" for group in GROUPS]
            cells = [cell(each, signed=gap) for each, gap in zip(found, signed, strict=True)]
            rows.append([label + mark, *cells])
    for name, label in SECONDS.items():
        taken = [summary.seconds.get(group, {}).get(name) for group in GROUPS]
        if any(taken):
            rows.append(
                [f"{label}, median / p90", *(_seconds(each.median, each.p90) if each else "-"
                                             for each in taken)]
            )  # fmt: skip
    return rows


def kind_rows(summary: Summary) -> Rows:
    """Kinds of question down, a few measures across; the dev half only."""
    rows = [["Kind (dev)", *KIND_MEASURES.values()]]
    for kind, row in sorted(summary.kinds.items()):
        cells = [row.get(measure) for measure in KIND_MEASURES]
        rows.append([kind, *(f"{each.mean:.2f} /{each.count}" if each else "-" for each in cells)])
    return rows


def split_rows(summary: Summary) -> Rows:
    """Measures down, the two halves by language across; totals only."""
    names = sorted(summary.splits)
    rows = [["By half", *names]]
    for measure, label in MEASURES.items():
        found = [summary.splits[name].get(measure) for name in names]
        if any(found):
            rows.append([label, *map(cell, found)])
    return rows


def cell(found: Estimate | None, *, signed: bool = False) -> str:
    """Set one estimate: mean, interval, number of values."""
    if found is None:
        return "-"
    sign = "+" if signed else ""
    if max(abs(found.low), abs(found.high)) > LARGEST_SHARE:  # tokens, characters
        interval = f"[{found.low:{sign}.0f}, {found.high:{sign}.0f}]"
        return f"{found.mean:{sign}.0f} {interval} /{found.count}"
    interval = f"[{found.low:{sign}.2f}, {found.high:{sign}.2f}]"
    return f"{found.mean:{sign}.3f} {interval} /{found.count}"


def text_table(rows: Sequence[Sequence[str]]) -> str:
    """Set rows in columns of even width."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def markdown_table(rows: Sequence[Sequence[str]]) -> str:
    """Set rows as a Markdown table."""
    lines = ["| " + " | ".join(text.replace("|", "\\|") for text in row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])


def _seconds(median: float, p90: float) -> str:
    return f"{median:.2f} / {p90:.2f} s"
