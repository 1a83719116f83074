"""Which of the evidence tells the amount that a question asks for."""

import re
from collections.abc import Collection, Sequence

from rag import asked
from rag.compose import ABOUT
from rag.counted import MONEY_UNITS, asks_number, has_amount, units
from rag.evidence import Evidence, question_parts

DID_NOT_HAPPEN = re.compile(
    r"未(?:发生|出现|发现|存在)|没有(?:发生|出现)|不存在|为零|无(?:事故|伤亡)"
    r"|(?<![\d.,])0 ?[次起件例人名元](?!\d)"
)
_TELLS_OFTEN = re.compile(
    r"[每各][一两半\d]?个?[天日周月季年]|定期|[月季年半]度|次|期|随时|不断|持续"
)
# What a row or a sentence says of an aim, or of a limit.
_AIM = re.compile(
    r"目标(?!达成|完成|实现)[^；。]*|(?:[≥≤＞＜<>]|不[大高小低少多]于|不超过|不得超过)\s*[\d.,]+"
)
_COUNTS_FIRMS = re.compile(r"(?:多少|几)家")
_TELLS_FIRMS = re.compile(r"[\d一二两三四五六七八九十百余多]\s*[家户所]")
# Sums that nobody paid where nothing happened.
_COST_OF_WHAT_HAPPENED = re.compile(
    r"罚|损失|赔|诉讼|违约金|滞纳金"
    r"|\b(?:fine[sd]?|penalt\w+|loss\w*|lost|damages?|compensat\w+|lawsuits?|settle\w*)\b",
    re.IGNORECASE,
)
# What came in a year is not what there is.
_ADDED = re.compile(
    r"新[增设建开]|(?<!自)成立了|(?:报告期|[当全本]年|年)内?[^，。]{0,6}(?:成立|设立|关闭)"
    r"|\b(?:new(?:ly)?|add(?:ed|itional)?|set up|founded|establish(?:ed)?|open(?:ed)?|closed)\b",
    re.IGNORECASE,
)


def telling(question: str, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Return what is about as near as the best and has an amount in the unit that is asked for, or
    denies that there was any; all of the evidence where no unit is asked for or one of several
    parts may ask for another, all that is near where nothing has one. What there is comes first, or
    what was added, where that is asked for.
    """
    wanted = units(question)
    if not wanted or question_parts(question):
        return list(evidence)
    near = [piece for piece in evidence if piece.score >= evidence[0].score - ABOUT]
    told = [p for p in near if tells(p, question, wanted, often=False)] or near
    added = bool(_ADDED.search(question))
    return sorted(told, key=lambda piece: bool(_ADDED.search(piece.words)) is not added)


def counts_differ(question: str, best: Sequence[Evidence]) -> bool:
    """Whether several pieces give how many there are: subsidiaries that were founded in the year,
    and all of them. A small model takes one of them for the whole.
    """
    wanted = units(question)
    if not (asks_number(question) and wanted) or question_parts(question):
        return False
    return sum(has_amount(piece.words, wanted) for piece in best) > 1


def tells(piece: Evidence, question: str, wanted: Collection[str], *, often: bool) -> bool:
    """Whether a piece has an amount that may be asked for, or tells that it did not happen, which
    answers "how many" as well.
    """
    text = piece.words
    if often and _TELLS_OFTEN.search(text):
        return True
    cost = wanted is MONEY_UNITS and _COST_OF_WHAT_HAPPENED.search(question)
    if (not wanted or "" in wanted or cost) and DID_NOT_HAPPEN.search(text):
        return True
    if piece.kind != "row" and _COUNTS_FIRMS.search(question) and not _TELLS_FIRMS.search(text):
        return False  # four kinds of suppliers do not tell how many there are
    if piece.kind != "row" and len(wanted) > 1:  # a row may do without its unit, a sentence not
        wanted = [unit for unit in wanted if unit]
    return has_amount(_AIM.sub(" ", text) if asked.actual(question) else text, wanted)
