"""What a question demands of its evidence: a figure, in a unit, for each, apart from something."""

import re
from collections.abc import Sequence

from index.terms import tokens
from rag import asked, periods
from rag.amounts import find_amounts
from rag.counted import FIRMS, MONEY_UNITS, has_amount, units
from rag.coverage import Coverage
from rag.deeds import untold
from rag.evidence import Evidence, lists
from rag.kinds import CAUSE, lacks_kind
from rag.telling import DID_NOT_HAPPEN, tells
from rag.told_of import (
    is_meant,
    tells_of_another,
    tells_of_parts,
    tells_of_place,
    tells_rate,
    words_of,
)

_AS_NEAR = 0.2  # of fused score
_SPREAD = 0.4  # a piece that covers this much less of the question is not what it asks about

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
    r"哪[些几](?!年|个?月)|列[出举明].{0,8}名"
    r"|\b(?:which (?:[\w&-]+ ){0,2}?(?!years\b)[\w-]+[^su\W]s|(?:kinds|types|sorts|names) of)\b",
    re.IGNORECASE,
)
_NAMED_LIST = re.compile(r"名单|清单")
_HOW_OFTEN = re.compile(
    r"多久(?:[\u4e00-\u9fff]{0,4})一次|频率|频次|\bhow (?:often|frequently)\b", re.IGNORECASE
)
_HOW_MUCH = re.compile(r"多少|几|\bhow (?:many|much)\b", re.IGNORECASE)
_ASKS_RATE = re.compile(
    r"(?<![功频效])率(?:是|为|有|多[少高大]|[？?]|$)|\b(?:rates?|ratio)\b", re.IGNORECASE
)
# How many classes there are is told by naming them.
_HOW_MANY_CLASSES = re.compile(
    r"(?:多少|几)(?:[种类级档层]|个(?:档次|[等层]级|级别|类别|方面|部分|阶段|步骤|环节|维度))"
    r"|\bhow many (?:[\w-]+ ){0,2}?(?:levels|types|kinds|categories|grades|tiers|classes|stages"
    r"|steps|groups|dimensions|pillars|parts|committees|areas|themes|principles)\b",
    re.IGNORECASE,
)
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
    # a sentence may lean on those around it
    if not tells_of_place(question, [f"{p.title} {p.passage.text}" for p in near], coverage):
        return "not-given"
    if asked.for_each(question) and not any(asked.tells_each(p.words) for p in left):
        return "not-given"
    beside = [p for p in left if p in near or p.passage.id == near[0].passage.id]
    denied = any(DID_NOT_HAPPEN.search(piece.words) for piece in near)
    if not denied and (reason := lacks_kind(question, beside, coverage.names)):
        return reason
    if reason := _unmet_in_words(question, near):
        return reason
    if asked.foreign_money(question):
        held = {amount.unit for piece in near for amount in find_amounts(piece.words)}
        if "CNY" in held and not held & (MONEY_UNITS - {"CNY"}):
            return "yuan-only"
    if periods.duration(question) and not any(periods.tells_duration(p.words) for p in near):
        return "not-given" if any(has_amount(p.words, ()) for p in near) else "no-figure"
    if _LARGEST.search(question) and not any(_LARGEST_TOLD.search(p.words) for p in near):
        return "not-given"  # one of several does not tell which is the largest
    alone = asked.share(question) and not asked.several(question)
    if alone and not any(_tells_share(p) or _tells_part_and_whole(p) for p in near):
        return "no-figure"
    if _ASKS_RATE.search(question) and not any(tells_rate(p.told) for p in near):
        return "no-figure"
    return _unmet_figure(question, near, left, coverage)


def _unmet_in_words(question: str, near: Sequence[Evidence]) -> str:
    """Whether a reason is asked for, and none of the evidence has it."""
    if asked.why(question) and untold(question, near):  # nothing says that it was done at all
        return "not-given"
    if asked.premise(question) and not any(CAUSE.search(p.words) for p in near):
        return "not-given"  # a row tells that a figure fell, and not why
    return ""


def _unmet_figure(
    question: str, near: Sequence[Evidence], evidence: Sequence[Evidence], coverage: Coverage
) -> str:
    """Whether a figure is asked for, and neither what is near has it, nor what goes on from the
    best of it with another word of the question.
    """
    wanted = units(question)
    lists_named = not wanted and _NAMED_LIST.search(question)
    if (_WHICH.search(question) or lists_named) and not asked.several(question):
        return ""
    often = _HOW_OFTEN.search(question) is not None
    figure = asked.figure(_TARGET.sub(" ", question)) and not _WHEN.search(question)
    if not (wanted or often or figure):
        named = not asked.names_alone(question) or tells_of_parts(question, near, coverage)
        return "" if named else "not-given"
    telling = [p for p in near if tells(p, question, wanted, often=often)]
    telling = telling or [
        piece
        for piece in evidence
        if piece.passage.id == near[0].passage.id
        and tells(piece, question, wanted, often=often)
        and coverage.covered(words_of(piece)) - coverage.covered(words_of(near[0]))
    ]
    if not telling:
        told = _HOW_MANY_CLASSES.search(question) and any(map(lists, near))
        return "" if told else "no-figure"
    texts = [piece.told for piece in telling]
    if wanted and tells_of_another(near, telling, coverage):
        return "not-given"
    # what did not happen did not happen in any part
    denied = any(DID_NOT_HAPPEN.search(piece.words) for piece in telling)
    if not denied and not tells_of_parts(question, telling, coverage):
        return "not-given"
    if not tells_of_place(question, texts, coverage):
        return "not-given"
    if FIRMS.search(question):  # a row below 母子公司员工 counts no subsidiaries
        named = any(coverage.covered(tokens(piece.words)) for piece in telling)
    else:
        named = any(coverage.covered(words_of(piece)) for piece in telling)
    if _HOW_MUCH.search(question) and coverage.terms and not named:
        return "no-figure"  # they are figures of something else
    return _unmet_period(question, near, coverage)


def _tells_share(piece: Evidence) -> bool:
    return _TELLS_SHARE.search(piece.words) is not None


def _tells_part_and_whole(piece: Evidence) -> bool:
    """Whether a sentence has two counts in one unit, of which one may be a part of the other."""
    counts = {(amount.unit, amount.value) for amount in find_amounts(piece.words) if amount.unit}
    units = [unit for unit, _ in counts]
    return piece.kind != "row" and any(units.count(unit) > 1 for unit in units)


def _unmet_period(question: str, evidence: Sequence[Evidence], coverage: Coverage) -> str:
    """Whether the figures are of a whole year, or of one year, where that is not what is asked."""
    words = [piece.told for piece in evidence]
    if not any(periods.tells_one_year(question, text) for text in words):
        return "not-given"
    if periods.part_of_year(question) and not any(map(periods.tells_part_of_year, words)):
        return "whole-year"
    if asked.growth(question) and not any(_tells_growth(p, coverage) for p in evidence):
        return "one-year" if any(is_meant(p, coverage) for p in evidence) else "not-given"
    return ""


def _tells_growth(piece: Evidence, coverage: Coverage) -> bool:
    """Whether it speaks of a change or gives several years; a row only of what is asked for."""
    if asked.change(piece.words):
        return True
    named = piece.kind != "row" or is_meant(piece, coverage)
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
    """Return the pieces that hold about as much of the question as the best of them, or that the
    search finds about as near, in whatever words.
    """
    held = [coverage.weight(coverage.covered(words_of(piece))) for piece in evidence]
    best = max((piece.score for piece in evidence), default=0.0)
    return [
        piece
        for piece, share in zip(evidence, held, strict=True)
        if share >= max(held) - _SPREAD or piece.score >= best - _AS_NEAR
    ]
