"""Figures that a report prints elsewhere with digits changed round, or one of them another."""

import re
from collections.abc import Iterator

from index.passage import Entry, FigureEntry
from index.store import Index
from index.terms import tokens
from rag.amounts import Amount, find_amounts
from rag.conflicts import ADDS_NOTHING
from rag.units import RATIOS

_FEWEST = 4  # digits: shorter figures are near others by chance
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_PRINTED = re.compile(r"[\d,，.]*\d")


def transposed(index: Index, cell: FigureEntry) -> Iterator[tuple[Amount, Entry]]:
    """Yield the amounts of other passages, each with its sentence, that tell the figure of a cell,
    by all words of its label, with two neighbours among the digits changed round, or one digit
    another: 4,680 and 4,860.
    """
    figure = cell.figure
    label = _words(figure.metric) or _words(figure.group)
    stated = find_amounts(f"{figure.value:,} {figure.unit}")
    if not label or len(stated) != 1 or stated[0].unit in RATIOS:
        return
    for entry in index.entries:
        if entry.kind == "row" or entry.passage == cell.passage or not entry.quote:
            continue
        years = set(_YEAR.findall(entry.quote)) or {index.manifest.year}
        if figure.period and figure.period not in years:
            continue
        for amount in find_amounts(entry.quote):
            said = _PRINTED.match(amount.text)
            if said is None or amount.unit != stated[0].unit or not _same_scale(amount, stated[0]):
                continue
            if _differ_by_a_slip(f"{figure.value:,}", said[0]) and label <= _words(entry.quote):
                yield amount, entry


def _words(text: str) -> frozenset[str]:
    return frozenset(tokens(ADDS_NOTHING.sub("", text)))


def _same_scale(amount: Amount, other: Amount) -> bool:
    """Whether both have as many digits before the point, in one unit."""
    return amount.value.adjusted() == other.value.adjusted()


def _differ_by_a_slip(one: str, other: str) -> bool:
    first, second = (re.sub(r"\D", "", each) for each in (one, other))
    if first == second or len(first) != len(second) or len(first) < _FEWEST:
        return False
    apart = [place for place, (a, b) in enumerate(zip(first, second, strict=True)) if a != b]
    swapped = len(apart) == 2 and apart[1] == apart[0] + 1 and sorted(first) == sorted(second)
    return len(apart) == 1 or swapped
