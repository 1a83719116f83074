"""Figures that a report prints elsewhere with digits changed round, or one of them another."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from index.passage import Entry, FigureEntry
from index.store import Index
from index.terms import tokens
from rag.amounts import Amount, find_amounts
from rag.conflicts import ADDS_NOTHING
from rag.units import RATIOS

_FEWEST = 4  # digits: shorter figures are near others by chance
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_PRINTED = re.compile(r"[\d,，.]*\d")


@dataclass(frozen=True, slots=True)
class _Told:
    """An amount that a sentence of the report tells, as it is ``printed`` without its unit."""

    amount: Amount
    printed: str
    entry: Entry


class Transposed:
    """The amounts that the sentences of a report tell, looked through for slips of its cells."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def of(self, cell: FigureEntry) -> Iterator[tuple[Amount, Entry]]:
        """Yield the amounts of other passages, each with its sentence, that tell the figure of a
        cell, by all words of its label, with two neighbours among the digits changed round, or one
        digit another: 4,680 and 4,860.
        """
        figure = cell.figure
        value = f"{figure.value:,}"
        stated = find_amounts(f"{value} {figure.unit}")
        label = _words(figure.metric) or _words(figure.group)
        if not label or len(stated) != 1 or stated[0].unit in RATIOS:
            return
        for told in self._told:
            alike = told.amount.unit == stated[0].unit and _same_scale(told.amount, stated[0])
            if told.entry.passage == cell.passage or not alike:
                continue
            years = set(_YEAR.findall(told.entry.quote)) or {self._index.manifest.year}
            of_year = not figure.period or figure.period in years
            slipped = of_year and _differ_by_a_slip(value, told.printed)
            if slipped and label <= _words(told.entry.quote):
                yield told.amount, told.entry

    @cached_property
    def _told(self) -> list[_Told]:
        sentences = (entry for entry in self._index.entries if entry.quote and entry.kind != "row")
        return [
            _Told(amount, match[0], entry)
            for entry in sentences
            for amount in find_amounts(entry.quote)
            if (match := _PRINTED.match(amount.text))
        ]


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
