"""Ratios that go by a name: what is divided by what, and whether it is the company's as a whole."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from index.terms import tokens
from rag import asked, periods, sums, wording
from rag.coverage import Coverage
from rag.question import Question
from rag.rows import FigureAnswer, Row, Table

RATIOS = Path(__file__).with_suffix(".tsv")

_CLAUSE = re.compile(r"[，。；？,;?()（）]")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_CAPITALS = re.compile(r"(?<=[a-z,] )[A-Z][a-z]\w+")  # a name in the middle of a sentence
# Whose ratio it is, where it is the company's as a whole.
_PLAIN = re.compile(
    r"(?:该|本|这家|整个|上市)?(?:公司|集团|企业)(?:整体)?|全公司|整体|大概|大约|约|具体|年?[末底]的?"
    r"|计?算(?:下来|出来|一下)?"
    r"|\b(?:overall|group|company|firm|consolidated|whole|listed|latest|reported?|approximate(?:ly)?)\b",
    re.IGNORECASE,
)


class _Ratio(NamedTuple):
    """A ratio that goes by a name: 净利率 is 净利润 ÷ 营业收入; all but the unit are patterns."""

    zh: str
    en: str
    numerator: str
    denominator: str
    unit: str


@cache
def _ratios() -> tuple[_Ratio, ...]:
    lines = RATIOS.read_text(encoding="utf-8").splitlines()
    fields = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return tuple(map(_Ratio._make, fields))


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)


def named_ratio(table: Table, question: Question, coverage: Coverage) -> FigureAnswer | None:
    """Work out a ratio that the question names; one that the report prints is stated.

    None where it is of what the report lacks: the net margin of a business in Chile.
    """
    years = periods.years(question.text) or [table.index.manifest.year]
    if len(years) != 1:
        return None
    for ratio in _ratios():
        match = _pattern(f"{ratio.zh}|{ratio.en}").search(question.text)
        if match is None:
            continue
        printed = table.named(_pattern(ratio.zh), years[0])[:1]
        parts = table.named(_pattern(ratio.numerator), years[0])[:1]
        parts += table.named(_pattern(ratio.denominator), years[0])[:1]
        if _of_something_else(match, coverage, printed or parts):
            continue
        if printed and asked.several(question.text):  # the rows tell both
            return None
        if printed:
            cells = [
                cell
                for cell in printed[0].cells
                if cell.figure.period == years[0] or periods.trend(question.text)
            ]
            said = wording.state(cells, 1, question.language)
            return FigureAnswer(said, (printed[0].evidence(1),))
        figures = [figure for row in parts if (figure := row.figure(years[0])) is not None]
        if len(figures) == 2 and figures[1].value:
            said = sums.quotient(figures[0], figures[1], match[0], ratio.unit, question)
            return FigureAnswer(said, tuple(r.evidence(n) for n, r in enumerate(parts, 1)))
    return None


def _of_something_else(match: re.Match[str], coverage: Coverage, rows: Sequence[Row]) -> bool:
    """Whether the ratio is said to be of what its rows do not have: beside its name, or by a name
    in capitals anywhere.
    """
    text = match.string
    end = max(match.end(group) for group in range(len(match.groups()) + 1))  # looked ahead to
    clause = f"{_CLAUSE.split(text[: match.start()])[-1]} {_CLAUSE.split(text[end:])[0]}"
    beside = coverage.part(_PLAIN.sub(" ", clause))
    # of English words the dictionary gives too many senses, of names it does not
    chinese = _HAN.findall(_PLAIN.sub(" ", clause))
    names = coverage.part(" ".join([*_CAPITALS.findall(text), *chinese]))
    held = set(tokens(" ".join(row.label for row in rows)))
    others = [term for term in names.terms if term.isdisjoint(held)]
    return bool(others or beside.unknown or names.unknown)


def lacks_ratio(table: Table, question: Question) -> bool:
    """Whether the question names a ratio that the report neither prints nor lets work out."""
    years = periods.years(question.text) or [table.index.manifest.year]
    for ratio in _ratios():
        if _pattern(f"{ratio.zh}|{ratio.en}").search(question.text):
            sources = (ratio.numerator, ratio.denominator)
            printed = table.named(_pattern(ratio.zh), years[-1]) or table.has_column(
                _pattern(ratio.zh)
            )
            if not printed and not all(
                table.named(_pattern(source), years[-1]) for source in sources
            ):
                return True
    return False
