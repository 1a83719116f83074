"""Years told by the report's own, such as "the latest year", FY23, 23年 -> the year in full."""

import re

from rag.periods import trend

_LATEST = {
    "en": re.compile(
        r"(?:\b(?:at|in|for|during|of|as of|as at) )?(?:\bthe )?"
        r"\b(?:latest|most recent|last reported)(?: (?:reporting|reported|fiscal|financial))?"
        r" (?:year(?:[- ]end)?|period)\b",
        re.IGNORECASE,
    ),
    "zh": re.compile(r"(?:最近的?|最新)(?:一年|一?个?年度)"),
}
_PRIOR = r"(?:(?:previous|prior|preceding) year(?:[- ]end)?|year (?:before|earlier|ago|prior))\b"
_BEFORE = {
    "zh": re.compile(r"(?<=[比较跟与和])(?:上一?|前一|去)年(?:度|底|末|年末)?"),
    "en": re.compile(
        r"\b(?:over|on|than|from|since|versus|vs\.?|against|(?:as )?compared (?:with|to))"
        rf"(?: in)?(?: (?:the|a))?(?: that of)? {_PRIOR}",
        re.IGNORECASE,
    ),
}
# A change since the year before, of a year that is not named: that of the report.
_YEAR_ON_YEAR = {
    "zh": re.compile(
        r"同比|(?:增长|增加|减少|下降|上升|提高|降低|下滑|[涨跌])了?(?:多少|几|百分之)|[增降涨跌]幅|增速|增长率"
    ),
    "en": re.compile(
        r"\byear[- ](?:on|over)[- ]year\b|\bYoY\b|\by/y\b|\bgrowth rate\b"
        r"|\bby (?:how (?:much|many)|what percentage)\b"
        r"|\bhow much (?:did|has) [^?]{1,60}\b(?:gr[eo]w|grown|increased?|ris[en]+|f[ae]ll|fallen"
        r"|decreased?|drop(?:ped)?|declined?)\b",
        re.IGNORECASE,
    ),
}
_AND_BEFORE = re.compile(rf"\band (?:(?:in|for|during|of) )?(?:the )?{_PRIOR}", re.IGNORECASE)
# A year by its last two digits, no length of time: FY23, '23, 23年, 比23年多; not 近23年, 23年来.
_SHORT = re.compile(
    r"(?:\bFY ?|(?<![\w'])['’])(?P<en>\d\d)\b"
    r"|(?<=[比较跟和与同])(?P<beside>\d\d)(?=\s?年)"
    r"|(?<![\d.近过第满约超达共于长龄])(?P<zh>\d\d)(?=\s?年(?![来间内以前后多中之]|的?(?:历史|经验|工龄)))",
    re.IGNORECASE,
)
_SHORT_RANGE = re.compile(
    r"(?<![\d.])(?P<first>\d\d)年?\s*(?P<to>[到至~—–-])\s*(?P<last>\d\d)(?=\s?年|这[三几]年)"
)
_SHORT_LIST = re.compile(r"(?<![\d.])\d\d(?:年?[、，,]\d\d)+(?=\s?年|\s?这[两三四几]年)")
SHORT_BEFORE, SHORT_AFTER = 4, 2  # years around the report's that two digits may stand for
_END = re.compile(r"(?=[?.!]*\s*$)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


def with_years(question: str, report_year: str) -> str:
    """Return a question with its years named that count from another: from the one that it names,
    or from the year of the report.
    """
    if not report_year.isdigit():
        return question
    now = int(report_year)
    question = _SHORT_RANGE.sub(lambda match: _range_in_full(match, now), question)
    question = _SHORT_LIST.sub(lambda match: _list_in_full(match, now), question)
    question = _SHORT.sub(lambda match: _in_full(match, now), question)
    question = _LATEST["en"].sub(f" in {report_year}", question)
    question = _LATEST["zh"].sub(f"{report_year}年", question)
    named = set(_YEAR.findall(question))
    if len(named) <= 1:
        year = int(next(iter(named), report_year))
        own = "" if named else f"in {year} "
        question = _AND_BEFORE.sub(f"{own}and {year - 1}", question)
        question = _BEFORE["en"].sub(f"from {year - 1} to {year}", question)
        before = _BEFORE["zh"].sub(f"{year - 1}年", question)
        question = before if named or before == question else f"{year}年{before}"
        if not (_YEAR.search(question) or trend(question)):
            if _YEAR_ON_YEAR["zh"].search(question):
                question = f"{year}年{question}"
            elif _YEAR_ON_YEAR["en"].search(question):
                question = _END.sub(f" in {year}", question, count=1)
    return re.sub(r"\s+", " ", question).strip()


def _range_in_full(match: re.Match[str], report_year: int) -> str:
    first, last = (report_year // 100 * 100 + int(match[end]) for end in ("first", "last"))
    if report_year - SHORT_BEFORE <= first < last <= report_year + SHORT_AFTER:
        return f"{first}年{match['to']}{last}"
    return match[0]


def _list_in_full(match: re.Match[str], report_year: int) -> str:
    years = [report_year // 100 * 100 + int(year) for year in re.findall(r"\d\d", match[0])]
    near = all(report_year - SHORT_BEFORE <= year <= report_year + SHORT_AFTER for year in years)
    return "年、".join(map(str, years)) if near else match[0]


def _in_full(match: re.Match[str], report_year: int) -> str:
    """Return a year of two digits in four, where it is near the year of the report."""
    year = report_year // 100 * 100 + int(match["en"] or match["beside"] or match["zh"])
    near = report_year - SHORT_BEFORE <= year <= report_year + SHORT_AFTER
    if match["zh"] and year % 10 == 0:  # 20年 is as likely a length of time
        return match[0]
    return str(year) if near else match[0]
