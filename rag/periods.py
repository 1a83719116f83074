"""The times that a question asks about: years, parts of a year, how long something lasts."""

import re

from rag.asked import growth
from rag.dates import find_dates

_TREND = re.compile(
    r"趋势|近[三3两二]年|历年|各年|逐年|按年(?!报|度|龄)|每年(?:分别|各|多少|几|的)|三年|哪一?年"
    r"|\b(?:trend|(?:each|every) year|each of the (?:[\w-]+ ){0,3}years|year by year"
    r"|years? on record|by year|over the years|(?:three|multi)-year"
    r"|(?:past|last|three|several|all|these) (?:(?:report(?:ed|ing)|fiscal|financial) )?years"
    r"|which (?:of the )?years?)\b",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"哪一?天|几[日号]|几月几|具体(?:日期|时间|哪一?[天日])|\b(?:wh(?:at|ich) (?:exact )?da(?:y|te)"
    r"|exact(?:ly)? (?:da(?:y|te)|when)|when exactly|(?:exact|actual|precise) da(?:y|te))\b",
    re.IGNORECASE,
)
_YEAR_ASKED = re.compile(
    r"哪一?年(?![^，,。？?]{0,12}最)|何年|(?:何时|什么时候)(?:开始|起)|从(?:何时|什么时候)"
    r"|\b(?:what|which) year\b(?![^?]*\b(?:most|more|[a-z]+est)\b)|\bsince when\b"
    r"|\bwhen (?:did|does|do|will) [^?]{1,60}? (?:begin|start)\b",
    re.IGNORECASE,
)
_TELLS_YEAR = re.compile(r"(?:19|20)\d\d|报告期|[本当今全]年|年内|\d+ ?年")
_SINCE = re.compile(
    r"\bsince (?:19|20)\d{2}|自\s*(?:19|20)\d{2}|年\s*(?:以来|至今|到现在)"
    r"|[比较]\s*(?:19|20)\d{2}\s*年|[与和跟同]\s*(?:19|20)\d{2}\s*年\s*相?比"
    r"|\b(?:compared (?:with|to)|than(?: in)?) (?:19|20)\d{2}",
    re.IGNORECASE,
)
# How long something lasts or may take; since when it goes on is told by a date.
_DURATION = re.compile(
    r"多久(?!了|.{0,4}一次|以?前)|多长时间(?!了)|(?:多少|几)个?(?:天|工作日|周|星期|月(?!份)|分钟)"
    r"|\bhow long(?! (?:has|have|had|ago)\b)"
    r"|\bhow (?:quickly|fast|soon) (?:must|should|will|can|do|does|are|is|has to|have to)\b"
    r"|\bhow many (?:\w+ )?(?:days|weeks|months|minutes)\b",
    re.IGNORECASE,
)
_TELLS_DURATION = re.compile(
    r"(?<![\d.])(?!(?:19|20)\d{2}\s*年)[\d一二两三四五六七八九十半][\d.,]*\s*个?"
    r"(?:工作日|小时|[课学]时|分钟|[天日周年]|星期|季度|月)|时长|每[天日周月季年]|当[天日]|即[时刻]|立即|随时"
)
_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November"  # not the last
)
# A part of a year: a half, a quarter, a month that is no end of the year.
_PART_OF_YEAR = re.compile(
    r"[上下前后]半年|半年[度报]|季度|[一二三四1-4]季"
    r"|(?<![\d第])(?:[1-9]|1[01]|十?[一二三四五六七八九]|十)\s*月(?:份|(?!\s*\d))"
    r"|(?:各|分|逐)月|每个?月(?=[^，,。；;？?]{0,10}(?:多少|几|各))|月[度均]"
    r"|\b(?:quarter(?:s|ly)?(?! (?:\w+ )?(?:reports?|reporting|results?|filings?))"
    r"|monthly|(?:per|each|every) month|half[- ]year(?:ly)?"
    rf"|(?:first|second) half|Q[1-4]|H[12])\b|\b(?:in|for|during) (?:{_MONTHS})\b",
    re.IGNORECASE,
)
_YEAR_ENDS = re.compile(r"12\s*月\s*31\s*日|(?<!\d)1\s*月\s*1\s*日")
_TELLS_PART = re.compile(r"半年|季度|[一二三四1-4]季|\d\s*月|每月|月度", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_RANGE = re.compile(
    r"((?:19|20)\d{2})\s*年?\s*(?:至|到|[-–—~]|to|through|thru|till|until|and|与|和)\s*((?:19|20)\d{2})",
    re.IGNORECASE,
)
# All there is up to a day, of which one year is a part.
_TO_DATE = re.compile(
    r"累计|截[至止到]|[到至]\s*(?:19|20)\d{2}\s*年?[底末]|历年|[至迄]今"
    r"|\b(?:cumulative(?:ly)?|to date|so far|ever|over the years|all[- ]time"
    r"|(?:by|at|as of|as at|until) (?:the )?(?:year[- ]end|end of|31 December|December 31))\b",
    re.IGNORECASE,
)
_UP_TO = re.compile(r"截[至止到]")
_ONE_YEAR = re.compile(
    r"光[是算]|(?<!不)仅|只[算看计]|单[是论看]|当年|新(?:拿|获|取|增|评|领|授|认)"
    r"|\b(?:alone|only|newly|just (?:in|during|for))\b",
    re.IGNORECASE,
)
_RECENT = re.compile(r"(?:最?近|过去|连续)([2两二3三4四5五])年")
_COUNT = {"2": 2, "两": 2, "二": 2, "3": 3, "三": 3, "4": 4, "四": 4, "5": 5, "五": 5}
_SENTENCE_ENDS = re.compile(r"(?<=[。！!？?])|(?<=\.)\s+")
_SPANS = re.compile(r"[至到~–—-]|\bto\b|thr(?:ough|u)|\b(?:un)?till?\b|between|from", re.IGNORECASE)
_QUARTER = re.compile(  # 前三季度 and 一年四季 name none
    r"(?<![前年\d至到~～—–-])第?([一二三四1-4])\s?季度?"
    r"|\bQ([1-4])\b|\b(first|second|third|fourth)[- ]quarter",
    re.IGNORECASE,
)
_QUARTERS = [*"一二三四1234", "first", "second", "third", "fourth"]


def day(question: str) -> bool:
    """Whether it asks for a date to the day."""
    return _DAY.search(question) is not None


def tells_day(text: str) -> bool:
    """Whether it gives a date to the day."""
    return any(date.day for date in find_dates(text))


def year_asked(question: str) -> bool:
    """Whether it asks in which year something was, or since when it is."""
    return _YEAR_ASKED.search(question) is not None


def tells_year(text: str) -> bool:
    """Whether a text of the report tells of a year, be it that of the report."""
    return _TELLS_YEAR.search(text) is not None


def trend(question: str) -> bool:
    """Whether it asks for all years."""
    return _TREND.search(question) is not None


def since(question: str) -> bool:
    """Whether the year that it names is the first of several: since 2021, 2021年以来, 比2021年."""
    return _SINCE.search(question) is not None


def duration(question: str) -> bool:
    """Whether it asks how long something lasts or may take."""
    return _DURATION.search(question) is not None and not growth(question)


def tells_duration(text: str) -> bool:
    """Whether a text of the report tells a length of time."""
    return _TELLS_DURATION.search(text) is not None


def to_date(text: str) -> bool:
    """Whether it speaks of all there is up to a day, and not of one year."""
    return _TO_DATE.search(text) is not None


def tells_one_year(question: str, text: str) -> bool:
    """Whether a text may tell of one year by itself, where a question asks for no more: what there
    is up to a day does not.
    """
    alone = _ONE_YEAR.search(question) and years(question) and not to_date(question)
    return not alone or _UP_TO.search(text) is None


def part_of_year(question: str) -> bool:
    """Whether it asks for a half, a quarter or a month of a year."""
    return _PART_OF_YEAR.search(question) is not None


def tells_part_of_year(text: str) -> bool:
    """Whether a text speaks of a part of a year; a date at its end or beginning does not."""
    return _TELLS_PART.search(_YEAR_ENDS.sub(" ", text)) is not None


def quarters(text: str) -> list[int]:
    """Return the quarters of a year that a text names, in its order, each once."""
    found = (match[1] or match[2] or match[3] for match in _QUARTER.finditer(text))
    return list(dict.fromkeys(_QUARTERS.index(name.casefold()) % 4 + 1 for name in found))


def years(question: str) -> list[str]:
    """Return the years it asks about, ranges filled up, in order.

    Of several sentences those with a question mark ask; what the asker adds ("I want to compare
    it with 2023") counts where these name no year.
    """
    sentences = _SENTENCE_ENDS.split(question)
    asking = " ".join(sentence for sentence in sentences if sentence.endswith(("?", "？")))
    return _years(asking) or _years(question)


def recent_years(text: str, report_year: str) -> set[str]:
    """Return the years that a text of a report speaks of by 近三年."""
    counts = [_COUNT[match[1]] for match in _RECENT.finditer(text)]
    last = int(report_year) if counts and report_year else 0
    return {str(last - back) for count in counts for back in range(count) if last}


def _years(question: str) -> list[str]:
    named = set(_YEAR.findall(question))
    for match in _RANGE.finditer(question):
        if _SPANS.search(question[max(0, match.start() - 10) : match.end()]):
            named |= {str(year) for year in range(int(match[1]), int(match[2]) + 1)}
    return sorted(named)
