"""The amounts of several things that a question names one by one, added up, wherever in the report
each of them stands: meetings of the shareholders, the board and the supervisors.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from index.pieces import is_chinese
from index.terms import tokens
from rag import combining
from rag.amounts import Amount, find_amounts, to_english
from rag.counted import MONEY_UNITS, asks_money
from rag.coverage import Coverage
from rag.periods import years
from rag.question import Question
from rag.retrieve import Hit
from rag.rows import FigureAnswer, evidence_of

NAMED = 0.6  # share of an item's words that what gives its amount must have
_FEWEST, _MOST = 2, 6  # items
_LONGEST = 12  # characters of a Chinese item
_LIST_ZH = re.compile(r"[^，,。；;：:？?()（）\[\]\d]+(?:、[^，,。；;：:？?()（）\[\]]+)+")
_LIST_EN = re.compile(
    r"\((?P<aside>[^()]+)(?=\))"
    r"|:\s*(?P<behind>[^:?.,]{2,60}(?:, [^:?.,]{2,60}?)*,? and [^:?.,]{2,60})(?=[.?]|$)"
    r"|(?P<plain>(?:the )?[\w'’&-]+(?: [\w'’&-]+)?(?:, (?:the )?[\w'’& -]{2,30}?)+,?"
    r" and (?:the )?[\w'’&-]+(?: [\w'’&-]+){0,3}?)"
    r"(?=[,?]|$"
    r"| (?:together|altogether|combined|in total|hold|held|have|had|do|did|make|made|get|got)\b)"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_CUT_ZH = re.compile(r"[、和与及]")
_CUT_EN = re.compile(r",\s*(?:and\s+)?|\s+and\s+")
_AROUND = re.compile(
    r"(?:19|20)\d{2}\s*年?|^(?:年|把|将|给|向|的|这?[两三四五六]?[笔项次]?)|(?:[那这]?[两三四五六几]?[笔次项场](?:捐款)?|这[几些].*|(?<=.)的)$"
    r"|(?:全都?算上|加[起一在上总].*|合[计起在].*|一共.*|总共.*)$"
)
_MEETINGS = ("次", "场", "回")
_MEASURES = (_MEETINGS, ("件", "项"), ("人", "名", "位"), ("家",), ("份",))
_MEASURE = re.compile(
    r"(?:多少|几)个?([次场回件项人名位家份])"
    r"|\bhow many (?:[\w-]+ )?"
    r"(?:(?P<met>meetings|times|sessions)|(?P<people>people|employees|staff))",
    re.IGNORECASE,
)


def sum_of_items(
    question: Question, hits: Sequence[Hit], coverage: Coverage, report_year: str
) -> FigureAnswer | None:
    """Return the sum of what the question names, or None where something of it is not found."""
    if not combining.added(question.text):
        return None
    items = _items(question.text)
    if not _FEWEST <= len(items) <= _MOST:
        return None
    named = years(question.text) or [report_year]
    if len(named) > 1:
        return None
    near = list(_of_year(hits, named[0], report_year))
    found = [_amount_of(coverage.part(item), question.text, near) for item in items]
    told = [each for each in found if each is not None]
    if len(told) < len(items) or len({(a.text, hit.entry.lines) for a, hit in told}) < len(items):
        return None
    first = told[0][0]
    if len({_unit(amount) for amount, _ in told}) > 1:
        return None
    zh = question.language == "zh"
    shown = [amount.text.strip(" *") if zh else to_english(amount) for amount, _ in told]
    colon = "：" if zh else ": "
    parts = [
        f"{item}{colon}{said} [{number}]"
        for number, (item, said) in enumerate(zip(items, shown, strict=True), 1)
    ]
    total = sum((amount.value for amount, _ in told), Decimal(0))
    working = " + ".join(f"{amount.value / amount.scale:,}" for amount, _ in told)
    working += f" = {total / first.scale:,}"
    money = first.unit in MONEY_UNITS
    working += f" {_unit(first)}" if zh or money else ""
    evidence = tuple(evidence_of(hit, n) for n, (_, hit) in enumerate(told, 1))
    if zh:
        return FigureAnswer(f"{'；'.join(parts)}。{working}。", evidence)
    whole = f" ({to_english(replace(first, value=total))})" if money else ""
    listed = "; ".join(parts)
    return FigureAnswer(f"{listed[0].upper()}{listed[1:]}. {working}{whole}.", evidence)


def _items(question: str) -> list[str]:
    """Return what a question lists, each without what only joins it to the rest."""
    if is_chinese(question):
        lists = [_CUT_ZH.split(match[0]) for match in _LIST_ZH.finditer(question)]
        named = [[_bare(item) for item in each] for each in lists]
        fitting = [each for each in named if all(0 < len(item) <= _LONGEST for item in each)]
    else:
        lists = [
            _CUT_EN.split(m["aside"] or m["behind"] or m["plain"])
            for m in _LIST_EN.finditer(question)
        ]
        fitting = [[item.strip() for item in each if item.strip()] for each in lists]
    return max(fitting, key=len, default=[])


def _bare(item: str) -> str:
    last = ""
    while item != last:
        last, item = item, _AROUND.sub("", item.strip())
    return item


def _of_year(hits: Sequence[Hit], year: str, report_year: str) -> Iterator[tuple[Hit, str]]:
    """Yield the hits that tell of a year, with what of them does; those without are of the
    report's.
    """
    for hit in hits:
        if hit.entry.kind not in ("row", "sentence"):
            continue
        text = hit.entry.text
        cells = text.split("；") if hit.entry.kind == "row" else [text]
        dated = [cell for cell in cells if _YEAR.search(cell)]
        of_year = [cell for cell in dated if year in cell]
        if of_year:
            yield hit, of_year[0]
        elif not dated and (year == report_year or year in hit.entry.title):
            yield hit, text


def _amount_of(
    item: Coverage, question: str, hits: Sequence[tuple[Hit, str]]
) -> tuple[Amount, Hit] | None:
    """Return the one amount that the best of the hits which name an item gives it."""
    best: tuple[float, float, Amount, Hit] | None = None
    for hit, text in hits if item.terms else ():
        share = item.weight(item.covered(set(tokens(f"{hit.entry.title} {hit.entry.text}"))))
        amounts = list(_fitting(text, question))
        own = item.weight(item.covered(set(tokens(hit.entry.text))))
        if share >= NAMED and own > 0 and len(amounts) == 1:
            fit = (share + own, hit.score, amounts[0], hit)
            best = max(best, fit, key=lambda each: each[:2]) if best else fit
    return (best[2], best[3]) if best else None


def _fitting(text: str, question: str) -> Iterator[Amount]:
    """Yield the amounts of a text in the unit that is asked for."""
    match = _MEASURE.search(question)
    said = (match[1] or ("次" if match["met"] else "人")) if match else ""
    measures = next((m for m in _MEASURES if said in m), ())
    for amount in find_amounts(text):
        if asks_money(question):
            if amount.unit in MONEY_UNITS:
                yield amount
        elif measures and amount.text.strip(" *").endswith(measures):
            yield amount


def _unit(amount: Amount) -> str:
    return re.sub(r"^[\d.,\s*]+|[\s*]+$", "", amount.text)
