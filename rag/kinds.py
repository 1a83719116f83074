"""Whether evidence has the kind of thing that is asked for: a name, a place, a day, a reason."""

import re
from collections.abc import Collection, Sequence

from rag import asked, periods
from rag.amounts import find_amounts, states
from rag.dates import find_dates
from rag.evidence import Evidence, question_parts
from rag.naming import places
from rag.people import asks_firm, asks_name, names_firm, names_person

_ASKS_PLACE = re.compile(
    r"哪(?:一个|[一几些两]|[几]?个)?[个座]?(?:国家|国|省份?|城市|[地州]区|市)(?![场面])"
    r"|\b(?:which|what) (?:[\w-]+ ){0,2}?(?:countr(?:y|ies)|provinces?|cit(?:y|ies)|continents?)\b",
    re.IGNORECASE,
)
_ASKS_STANDARD = re.compile(
    r"\b(?:which|what)\b (?:[\w'’-]+ ){0,2}?(?:ISO|IEC)\b|哪[个项些几]{0,2}\s?(?:ISO|IEC)",
    re.IGNORECASE,
)
_STANDARD = re.compile(r"(?:ISO|IEC|GB|OHSAS|SA)(?:/[A-Z]+)? ?\d{3,}")
CAUSE = re.compile(
    r"因|由于|受|导致|致使|所致|使得|为了|为[^，。]{2,12}，|随着|得益|基于|鉴于|结果|主要[系是]|[源缘]于"
    r"|拖累|带动"
)
# What else may tell why something was done: its aim, what it goes by, or by what it was brought.
_AIM = re.compile(
    r"以(?![上下及内外])|使|从而|旨在|便于|目的|确保|避免|防[止范]|保[障证]|促进|推动|提[高升]|降低|减少|增强|助力|实现"
    r"|根据|依据|按照|针对|面对|响应|需要|要求|必须|通过|来自|[引招]致|；.*；"
)
_YEAR = re.compile(r"(?:19|20)\d{2}(?:\s*年)?")
_MONTH = re.compile(r"哪一?个?月|几月|\b(?:which|what) month\b", re.IGNORECASE)
_TELLS_MONTH = re.compile(
    r"(?<!\d)(?:1[0-2]|[1-9]) ?月|(?<!\d)(?:19|20)\d\d[./-](?:0?[1-9]|1[0-2])"
)


def lacks_kind(question: str, near: Sequence[Evidence], names: Collection[str]) -> str:
    """Return the reason of a silence where none of the evidence has the kind of thing that is
    asked for, else "". ``names`` are the company's own, which name no other.
    """
    words = [piece.words for piece in near]
    if asks_name(question) and not any(map(names_person, words)):
        return "no-name"
    several = question_parts(question)  # the others may be answered
    if asks_firm(question) and not several and not any(names_firm(text, names) for text in words):
        return "no-name"
    whole = [piece.told for piece in near]
    if _ASKS_PLACE.search(question) and not any(map(_names_place, whole)):
        return "no-name"
    if _ASKS_STANDARD.search(question) and not any(map(_STANDARD.search, whole)):
        return "not-given"
    if _MONTH.search(question) and not any(map(_TELLS_MONTH.search, words)):
        return "not-given"
    if periods.year_asked(question) and not several and not any(map(periods.tells_year, whole)):
        return "not-given"
    if periods.day(question) and not any(map(periods.tells_day, words)):
        # a year by itself is part of the answer, unless the question says it
        told = {date.year for text in words for date in find_dates(text)}
        if told <= {date.year for date in find_dates(question)}:
            return "not-given"
    in_words = all(piece.kind != "row" for piece in near)
    reasons = [text for text in whole if CAUSE.search(text) or _AIM.search(text)]
    if asked.why(question) and in_words and not several and not reasons:
        return "not-given"
    if asked.why(question) and _holds(question, near):
        return "not-given"  # the figures tell that it is so, and not why
    return ""


def _holds(question: str, near: Sequence[Evidence]) -> bool:
    """Whether there are only rows of figures, and they have the figures that the question states;
    others put it right.
    """
    stated = [a for a in find_amounts(question) if not _YEAR.fullmatch(a.text)]
    rows = all(piece.kind == "row" and "，" not in piece.words for piece in near)
    given = [amount for piece in near for amount in find_amounts(piece.words)]
    return rows and bool(stated) and all(any(states(a, told) for told in given) for a in stated)


def _names_place(text: str) -> bool:
    return bool(set(places(text).values()) - {"China"})
