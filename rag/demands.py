"""What a question demands of its evidence: a figure, in a unit, for each, apart from something."""

import re
from collections.abc import Collection, Sequence

from index.terms import tokens
from rag import asked, periods
from rag.amounts import find_amounts
from rag.coverage import Coverage
from rag.dates import blank, find_dates
from rag.deeds import untold
from rag.evidence import Evidence, lists
from rag.people import asks_firm, asks_name, names_firm, names_person
from rag.units import COUNTS, UNIT, unit_of

_NAMED = 0.5  # share of a row's label that the question must name
_SPREAD = 0.4  # a piece that covers this much less of the question is not what it asks about

_DID_NOT_HAPPEN = re.compile(
    r"未(?:发生|出现|发现|存在)|没有(?:发生|出现)|不存在|为零|无(?:事故|伤亡)"
    r"|(?<![\d.,])0 ?[次起件例人名元](?!\d)"
)
_HOW_MANY = re.compile(
    rf"(?:多少|(?<![哪这那])几)(?:个)?(?:百万|千万|[万亿])?(?P<zh>{UNIT.pattern})"
    rf"|\b(?:how many|in) (?P<en>{UNIT.pattern})",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"多少(?:[万亿]?元|块钱?|钱|资金)|几(?:块钱?|元)|(?:(?<![评性代])价格?(?!值)|薪酬|工资|薪资|年薪|奖金)"
    r".{0,6}(?:多少|几|总额)"
    r"|花了多少"
    r"|\bhow much\b.{0,60}\b(?:money|paid|pay|earn|spend|spent|donated?|cost|invest(?:ed)?)\b"
    r"|\bwhat (?:fees?|prices?|budget|fines?)\b"
    r"|\b(?:salary|salaries|remuneration|wages?)\b",
    re.IGNORECASE,
)
_MONEY_UNITS = frozenset({"CNY", "USD", "HKD", "EUR", "GBP", "JPY"})
_NUMBER = re.compile(r"(?<![\w.,/-])(?!(?:19|20)\d{2}\b)\d+(?:[.,]\d+)*")
_LARGEST = re.compile(
    r"最[大高低小](?:的|一[笔项次家个])|\b(?:largest|biggest|highest|lowest|smallest)\b",
    re.IGNORECASE,
)
_LARGEST_TOLD = re.compile(r"最|首|第一|居|唯一|主要|；.*；")
_TELLS_SHARE = re.compile(r"[%％‰]|分之|过半|[一大]半|多数|全部|全体|所有|[一二三四五六七八九]成")
_TARGET = re.compile(r"目标|达成|\b(?:targets?|goals?)\b", re.IGNORECASE)  # may be words
_WHEN = re.compile(
    r"哪[一]?[天日年]|何时|什么时候|日期|\b(?:when|what date|which day)\b", re.IGNORECASE
)
# Items are asked for, whatever else is said: "into which groups, going by how much is spent".
_WHICH = re.compile(
    r"哪[些几](?!年|个?月)|名单|清单|列[出举明].{0,8}名"
    r"|\b(?:which (?:[\w&-]+ ){0,2}?(?!years\b)[\w-]+[^su\W]s|(?:kinds|types|sorts|names) of)\b",
    re.IGNORECASE,
)
# How many classes there are is told by naming them.
_HOW_MANY_CLASSES = re.compile(
    r"(?:多少|几)(?:[种类级档层]|个(?:档次|[等层]级|级别|类别|方面|部分|阶段|步骤|环节|维度))"
    r"|\bhow many (?:[\w-]+ ){0,2}?(?:levels|types|kinds|categories|grades|tiers|classes|stages"
    r"|steps|groups|dimensions|pillars|parts|committees|areas|themes|principles)\b",
    re.IGNORECASE,
)
_MEASURES = frozenset(
    ("hour", "tonne", "kg", "kWh", "MWh", "kW", "MW", "GJ", "dB", "m2", "m3", "km")
)
_COUNT = re.compile(
    r"(?:多少|(?<![哪这那])几)[个次件起人名家项]"
    r"|\bhow many\b(?! (?:days|weeks|months|years|minutes))",
    re.IGNORECASE,
)
# Companies are not counted as people are: "the last 5" (名) does not tell how many (几家) left.
_COUNTED = {"家": ("item", "")} | dict.fromkeys(("人", "名"), ("person", "person-time", ""))
_APART_FROM = re.compile(
    r"(?:不(?:包?括|含|计|算)|除(?:去|了)?|剔除)\s*([\u4e00-\u9fff]{2,8}?)(?:[)）,，的之]|以?外|$)"
    r"|\b(?:excluding|not (?:counting|including)|except(?: for)?|other than|apart from)"
    r" (?:the )?([a-z -]{3,30}?)(?=[),?.]|$)",
    re.IGNORECASE,
)


def unmet(question: str, evidence: Sequence[Evidence], coverage: Coverage) -> str:
    """Return "" where the evidence may hold what is demanded, else the reason of a silence."""
    left = without_excluded(question, evidence, coverage)
    if not left:
        return "not-given"
    near = bearing(left, coverage)
    if asked.for_each(question) and not any(asked.tells_each(p.words) for p in left):
        return "not-given"
    if asks_name(question) and not any(names_person(p.words) for p in near):
        return "no-name"
    if asks_firm(question) and not any(names_firm(p.words, coverage.names) for p in near):
        return "no-name"
    if asked.why(question) and untold(question, near):  # nothing says that it was done at all
        return "not-given"
    if asked.foreign_money(question):
        held = {amount.unit for piece in near for amount in find_amounts(piece.words)}
        if "CNY" in held and not held & (_MONEY_UNITS - {"CNY"}):
            return "yuan-only"
    if periods.duration(question) and not any(periods.tells_duration(p.words) for p in near):
        return "not-given" if any(_has_amount(p.words, ()) for p in near) else "no-figure"
    if _LARGEST.search(question) and not any(_LARGEST_TOLD.search(p.words) for p in near):
        return "not-given"  # one of several does not tell which is the largest
    alone = asked.share(question) and not asked.several(question)
    if alone and not any(_tells_share(p) or _tells_part_and_whole(p) for p in near):
        return "no-figure"
    wanted = units(question)
    items = _WHICH.search(question) is not None and not asked.several(question)
    words = _TARGET.sub(" ", question)
    if not items and (wanted or (asked.figure(words) and not _WHEN.search(question))):
        # "did not happen" answers "how many" as well
        counts = not wanted or "" in wanted or wanted is _MONEY_UNITS
        told = any(
            _has_amount(p.words, wanted) or (counts and _DID_NOT_HAPPEN.search(p.words))
            for p in near
        ) or (_HOW_MANY_CLASSES.search(question) and any(map(lists, near)))
        return _unmet_period(question, near, coverage) if told else "no-figure"
    return ""


def _tells_share(piece: Evidence) -> bool:
    return _TELLS_SHARE.search(piece.words) is not None


def _tells_part_and_whole(piece: Evidence) -> bool:
    """Whether a sentence has two counts in one unit, of which one may be a part of the other."""
    counts = {(amount.unit, amount.value) for amount in find_amounts(piece.words) if amount.unit}
    units = [unit for unit, _ in counts]
    return piece.kind != "row" and any(units.count(unit) > 1 for unit in units)


def _unmet_period(question: str, evidence: Sequence[Evidence], coverage: Coverage) -> str:
    """Whether the figures are of a whole year, or of one year, where that is not what is asked."""
    words = [f"{piece.title} {piece.words}" for piece in evidence]
    if periods.part_of_year(question) and not any(map(periods.tells_part_of_year, words)):
        return "whole-year"
    if asked.growth(question) and not any(_tells_growth(p, coverage) for p in evidence):
        return "one-year"
    return ""


def _tells_growth(piece: Evidence, coverage: Coverage) -> bool:
    """Whether it speaks of a change or gives several years; a row only of what is asked for."""
    if asked.change(piece.words):
        return True
    label = piece.words.partition("：")[0]
    named = piece.kind != "row" or coverage.named(label) >= _NAMED
    return named and len(periods.years(piece.words)) > 1


def without_excluded(
    question: str, evidence: Sequence[Evidence], coverage: Coverage
) -> list[Evidence]:
    """Leave out the pieces that speak of what the question is not about: "excluding the board";
    not those that leave it out themselves.
    """
    match = _APART_FROM.search(question)
    if not match:
        return list(evidence)
    apart = coverage.tokens_for(match[1] or match[2])

    def speaks_of_it(words: str) -> bool:  # 董事会 shuts out a row of 女性董事, too
        return any(word in token for token in apart for word in tokens(words) if word[1:])

    return [
        piece
        for piece in evidence
        if not speaks_of_it(piece.words)
        or ((own := _APART_FROM.search(piece.words)) and speaks_of_it(own[1] or own[2]))
    ]


def bearing(evidence: Sequence[Evidence], coverage: Coverage) -> list[Evidence]:
    """Return the pieces that hold about as much of the question as the best of them."""
    held = [coverage.weight(coverage.covered(_words(piece))) for piece in evidence]
    return [p for p, share in zip(evidence, held, strict=True) if share >= max(held) - _SPREAD]


def _words(piece: Evidence) -> set[str]:
    return set(tokens(f"{piece.title} {piece.words}"))


def units(question: str) -> Collection[str]:
    """Return the units that would answer; none where any figure would."""
    if _MONEY.search(question):
        return _MONEY_UNITS
    match = _HOW_MANY.search(question)
    word = (match["zh"] or match["en"]) if match else ""
    if word in _COUNTED and not asked.several(question):
        return _COUNTED[word]
    unit = unit_of(UNIT.search(word))
    return {unit} if unit in _MEASURES else ()


def asks_count(question: str) -> bool:
    """Whether it asks how many there are, and not for so many hours or tonnes."""
    return _COUNT.search(question) is not None and not units(question)


def tells_count(text: str) -> bool:
    """Whether a text counts something."""
    return any(amount.unit in COUNTS for amount in find_amounts(text))


def _has_amount(text: str, units: Collection[str]) -> bool:
    amounts = find_amounts(text)
    if units:
        return any(amount.unit in units for amount in amounts)
    plain = blank(text, [(date.start, date.end) for date in find_dates(text)])
    return bool(amounts) or _NUMBER.search(plain) is not None
