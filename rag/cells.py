"""Which cells of a cited table row an answer states."""

import re
from collections.abc import Sequence

from index.sentences import sentence_spans
from index.table import Figure, figures, read_tables
from rag.amounts import Amount, find_amounts, states

_MARKS = re.compile(r"\[\d{1,4}\]")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


def stated_cells(text: str, quote: str, answer: str, number: int) -> frozenset[int]:
    """Return the columns, from 0, of the quoted row whose figures the answer states.

    ``text`` is the passage, ``number`` the citation's mark in the answer. Where sentences name
    years, a figure printed for several years counts in those alone. Empty where the quote is no
    row of a table, or none of its figures is stated.
    """
    row = _figures_of(text, quote)
    if not row:
        return frozenset()
    cited = [sentence for sentence in _sentences(answer) if f"[{number}]" in sentence]
    found: set[int] = set()
    for sentence in cited or [answer]:
        plain = _MARKS.sub("", sentence)
        said = find_amounts(plain)
        stated = [figure for figure in row if _is_stated(figure, said)]
        years = set(_YEAR.findall(plain))
        dated = [figure for figure in stated if figure.period in years]
        found |= {figure.column for figure in dated or stated}
    return frozenset(found)


def _figures_of(text: str, quote: str) -> list[Figure]:
    """The figures of the quoted row, read with the rest of its table."""
    start = text.find(quote) if "\t" in quote else -1
    if start < 0:
        return []
    lines = text.split("\n")
    at = text.count("\n", 0, start)
    first = last = at
    while first > 0 and "\t" in lines[first - 1]:
        first -= 1
    while last + 1 < len(lines) and "\t" in lines[last + 1]:
        last += 1
    tables = read_tables(lines[first : last + 1], first)
    return [figure for table in tables for figure in figures(table) if figure.line == at]


def _sentences(answer: str) -> list[str]:
    return [line[start:end] for line in answer.split("\n") for start, end in sentence_spans(line)]


def _is_stated(figure: Figure, said: Sequence[Amount]) -> bool:
    bare = figure.printed.endswith(figure.unit)
    printed = figure.printed if bare else f"{figure.printed} {figure.unit}"
    sources = find_amounts(printed) or find_amounts(figure.printed)
    return any(states(amount, source) for amount in said for source in sources)
