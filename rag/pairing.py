"""Whether the figures of a claim have the year, the part and the label that their source gives."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.amounts import Amount, find_amounts, states
from rag.dates import Date, find_dates
from rag.evidence import Evidence

_CELL = re.compile(r"[；;]")
_CLAUSE = re.compile(
    r"[，；。;\n]|,\s|\b(?:and|while|but|whereas|compared (?:to|with)|from|versus)\b"
)
_TARGET, _RESULT = "target", "result"
_RESULT_ZH = re.compile(r"达成|实际|完成|实现")
_TARGET_ZH = re.compile(r"目标|计划")
_RESULT_WORDS = re.compile(r"达成|实际|完成|actual|achiev|result|reach|attain|realis|realiz", re.I)
_TARGET_WORDS = re.compile(r"目标(?!达成)|target|goal", re.I)
_NEAR, _BEHIND = 60, 6  # characters from the word that tells a figure's part to it, and back


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure of a source: the years that it may be of (none where the source names none), and
    whether it is a target or a result ("" where the source does not tell them apart).
    """

    amount: Amount
    years: frozenset[int]
    part: str


def stated_figures(piece: Evidence) -> list[Stated]:
    """Return the figures of a piece: of a row by its cells, of a sentence by the year before."""
    if piece.kind == "row":
        label, colon, cells = piece.words.partition("：")
        parts = [label + colon, *_CELL.split(cells)]
        names = [_part(cell) for cell in parts]
        both = {_TARGET, _RESULT} <= set(names)
        return [
            Stated(amount, _years(cell), part if both else "")
            for cell, part in zip(parts, names, strict=True)
            for amount in find_amounts(cell)
        ]
    dates = [date for date in find_dates(piece.words) if date.year]
    stated = []
    for amount in find_amounts(piece.words):
        before = [date.year for date in dates if date.start < amount.start and date.year]
        stated.append(Stated(amount, frozenset(before[-1:]), ""))
    return stated


def misplaced(
    claim: str, pieces: Sequence[Evidence], question: str, report_year: str
) -> list[tuple[str, Amount]]:
    """Return the figures of a claim that are right only for another year, or for the other of
    target and result: ("year" or "part", figure).

    A claim that names no year is of the question's, or else of the report's, where the evidence
    has figures of that year.
    """
    sources = [stated for piece in pieces for stated in stated_figures(piece)]
    dates = [date for date in find_dates(claim) if date.year]
    implied = frozenset(d.year for d in find_dates(question) if d.year) or _year(report_year)
    figures = [(a, [s for s in sources if states(a, s.amount)]) for a in find_amounts(claim)]
    figures = [(amount, stated) for amount, stated in figures if stated]
    implied &= frozenset(year for stated in sources for year in stated.years)
    in_order = _in_order(figures, dates)
    wrong = []
    for amount, stated in figures:
        years = _years_at(claim, amount, dates) if dates else implied
        dated = [s for s in stated if not s.years or not years or s.years & years]
        if not dated and not in_order:
            wrong.append(("year", amount))
        part = _part_at(claim, amount)
        if part and all(s.part and s.part != part for s in dated or stated):
            wrong.append(("part", amount))
    return wrong


def _part(cell: str) -> str:
    """A column such as 目标达成情况 gives results, although it speaks of targets."""
    if _RESULT_ZH.search(cell):
        return _RESULT
    return _TARGET if _TARGET_ZH.search(cell) else ""


def _years(text: str) -> frozenset[int]:
    return frozenset(date.year for date in find_dates(text) if date.year)


def _year(report_year: str) -> frozenset[int]:
    return frozenset({int(report_year)}) if report_year.isdecimal() else frozenset()


def _years_at(text: str, amount: Amount, dates: Sequence[Date]) -> frozenset[int]:
    """The years that a figure may be of: the nearest before it, and the nearest behind it that
    no other clause begins before.
    """
    before = [date.year for date in dates if date.start < amount.start and date.year]
    behind = [
        date.year
        for date in dates
        if date.year
        and date.start >= amount.end
        and not _CLAUSE.search(text, amount.end, date.start)
    ]
    return frozenset([*before[-1:], *behind[:1]])


def _in_order(figures: Sequence[tuple[Amount, list[Stated]]], dates: Sequence[Date]) -> bool:
    """Whether figures and years stand in the same order: in 2021, 2022 and 2023 it was 1, 2, 3."""
    years = list(dict.fromkeys(date.year for date in dates if date.year))
    own = [
        [y for s in stated for y in s.years]
        for _, stated in figures
        if any(s.years for s in stated)
    ]
    if len(years) < 2 or len(own) < 2 or years not in (sorted(years), sorted(years, reverse=True)):
        return False
    step = 1 if years[0] < years[-1] else -1
    last: int | None = None
    for choices in own:
        fitting = [
            y
            for y in choices
            if min(years) <= y <= max(years) and (last is None or (y - last) * step >= 0)
        ]
        if not fitting:
            return False
        last = min(fitting) if step > 0 else max(fitting)
    return True


def _part_at(text: str, amount: Amount) -> str:
    """Whether the word nearest to a figure makes it a target or a result; "" where none is near.

    The word stands before the figure, or close behind it ("the 99% target").
    """
    before, behind = [], []
    others = [a.end for a in find_amounts(text) if a.end <= amount.start]
    for part, words in ((_TARGET, _TARGET_WORDS), (_RESULT, _RESULT_WORDS)):
        for match in words.finditer(text, max([0, *others, amount.start - _NEAR]), amount.start):
            before.append((amount.start - match.end(), part))
        for match in words.finditer(text, amount.end, amount.end + _BEHIND + 6):
            gap = text[amount.end : match.start()]
            if len(gap) <= _BEHIND and not re.search("[，,；;。]", gap):
                behind.append((len(gap), part))
    return min(before or behind or [(0, "")])[1]


_MET = re.compile(
    r"\b(?:met|meet|meets|meeting|achieved?|reached?|attained?|fulfilled|satisfied)\b|达标|达成|达到|完成",
    re.I,
)
_LOWER_IS_BETTER = re.compile(
    r"返[修工]|投诉|事故|事件|流失|损耗|能耗|缺陷|不良|不合格|退货|伤亡|违规|泄漏|排放|离职"
)


def judged(claim: str, pieces: Sequence[Evidence], *, known: bool = False) -> list[str]:
    """Return the words that say a target was met, or was not, where the figures say otherwise.

    With ``known`` return those that the figures bear out.
    """
    match = _MET.search(claim)
    rows = [piece for piece in pieces if piece.kind == "row"]
    if not match or not re.search("目标|target|goal", claim, re.IGNORECASE):
        return []
    denied = re.search(r"\b(?:not|fail\w*|short|below|miss\w*)\b|n['’]t\b|未|没有?|不", claim)
    for piece in rows:
        cells = stated_figures(piece)
        targets = [c for c in cells if c.part == _TARGET]
        for result in (c for c in cells if c.part == _RESULT):
            target = next((t for t in targets if t.years == result.years), None)
            if target is None or not find_amounts(claim):
                continue
            lower = bool(_LOWER_IS_BETTER.search(piece.words.partition("：")[0]))
            gap = result.amount.value - target.amount.value
            met = gap <= 0 if lower else gap >= 0
            if (met != bool(denied)) is known:
                return [match[0]]
    return []
