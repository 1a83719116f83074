"""Find and compare the dates of Chinese and English text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if code != ord("，")}
_HALF_WIDTH = _FULL_WIDTH | str.maketrans(
    "￥﹪−‐‑\u3000\xa0\u2009\u202f億萬兩個項幣餘點", "¥%---    亿万两个项币余点"
)
# Full-width commas that part thousands, as tools write them that read pictures: 11，700.
_GROUPED = re.compile(r"(?<![\d.，,])\d{1,3}(?:，\d{3})+(?!\d)")
_DIGITS = {numeral: digit for digit, numeral in enumerate("零一二三四五六七八九")}
_DIGITS |= {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
# 二百五 is 250 to some and 205 to others
_MALFORMED = re.compile("[百千万亿][一二三四五六七八九]$|[万亿]万|亿亿")

# What looks like a figure or a year, yet only names something.
_CODES = re.compile(
    r"""(?=[!-~\s第【附案工]) (?:
      (?a:https?://|www\.|tel:)[!-~]+ | (?a:[\w.+-]+@[\w-]+(?:\.[\w-]+)+)
    | [\[【]\s*\d{1,3}(?:\s*[,，、–-]\s*\d{1,3})*\s*[\]】]                 # citation mark
    | \(\d{1,2}\) | ^[ \t]*(?:[-*•]\s+)?\d{1,2}[.、)](?!\d)(?=[ \t]*\S)   # list number
    | (?<![A-Za-z])(?:ISO|IEC|IEEE|GB|OHSAS|IATF|SA|GRI|SDGs?|IFRS|IAS|HKFRS|QC)
      (?:[/ ]?[A-Z]{1,4})*[ -]?\d[\d.]*(?:\s?[:—–/-]\s?\d[\d.]*)*         # standard, topic
    | (?<![A-Za-z])(?!FY|RMB|CNY|USD|HKD|EUR)[A-Z]{1,6}(?:/[A-Z]{1,6})*[ -]?
      (?!(?:19|20)\d\d\b)\d{2,}[\d.]*\s?[:—–-]\s?(?:19|20)\d\d\b          # any other, with year
    | (?<![A-Za-z])(?!RMB|CNY|USD|HKD|EUR)[A-Z][A-Za-z-]*\ ?\d\.0
      (?!\d|[.,]\d|[ *]*(?:[%万亿元]|[a-z]))                                  # release: LLM 3.0
    | 工业\s?\d\.0 | (?<![A-Za-z])[Vv](?:er(?:sion)?)?\.?\s?\d+(?:\.\d+)*(?![\d%])
    | (?<![\d.])(?!(?:19|20)\d\d\.)\d+(?:\.\d+){2,}                                          # 1.2.3
    | (?<![\d.,%/-])(?!(?:19|20)\d\d[-/])(?:                              # 2-2/2-3, 201-1
        \d+(?:-\d+){2,} | \d+(?:-\d+)*(?:/\d+(?:-\d+)*){2,} | \d+-\d+/\d+(?:-\d+)*
      | \d{1,4}-\d{1,4}(?=\s*(?:[/\t\n|;；。)]|\d+-\d|$)) )(?![\d.%])
    | 第\s*(?:\d+|[零〇一二两三四五六七八九十百千]+)
    | (?:附[录注件]|案例)\s?(?:\d+|[一二三四五六七八九十]+)
    | (?<!\d)\d0\s?后(?!续)
    | \b(?:[Nn]o\.|[Tt]op|[Pp]ages?|[Ss]cope|[Gg]oal|[Tt]ier|[Pp]hase|[Cc]hapter|[Ss]ection|[Pp]art
      |[Aa]rticle|[Aa]ppendix|Figure|Table|Note|Level|Class)\s?\d{1,3}\b
      (?:(?:,\ \d)*(?:\ and\ |\ ?[–&-]\ ?)\d{1,3}\b)?(?![,.]\d|[ ]*%)
    | (?<!\d)\d{1,2}:\d\d(?::\d\d)?(?!\d)                                  # time of day
    | (?<!\d)(?:0\d{2,3}-\d{7,8}|400-?\d{3}-?\d{4}|1[3-9]\d{9})(?!\d) | \+\d[\d\ -]{7,}\d )
    """,
    re.VERBOSE | re.MULTILINE,
)

_NUMERAL = "[一二三四五六七八九十]{1,3}"
_YEAR = r"(?P<year>(?:19|20)\d\d|2100)"
_MONTH = rf"(?P<month>1[0-2]|0?[1-9]|{_NUMERAL})"
_DAY = rf"(?P<day>3[01]|[12]\d|0?[1-9]|{_NUMERAL})"
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_NAME = (
    r"(?P<name>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)(?![A-Za-z])\.?"
)
_EN_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d|[.,]\d)"
# 2007 people are no year: words that make a bare 1900-2100 a count.
_COUNTED = (
    r"(?:[万亿%个件次份吨套]|人(?![力民才工居文])|名(?!单)|位(?![列居于])|项(?!目)|家(?![电居具庭])"
    r"|元(?![旦宇])|股(?![东票市])|美元|场(?!馆)|小时|(?:employees|people|persons|staff|shares"
    r"|patents|hours|suppliers|customers|items|units|days|times|tonnes|tons|participants|yuan"
    r"|percent|thousand|million|billion)\b)"
)
_PATTERNS = [  # tried in this order; a later one sees only what the earlier ones left
    re.compile(pattern, re.ASCII)
    for pattern in (
        rf"(?<!\d)(?:{_YEAR}|(?P<numerals>[一二][零〇一二三四五六七八九]{{3}}))[ *]*年"
        rf"(?:[度 ]*{_MONTH}\s*月(?:份|\s*{_DAY}\s*[日号])?)?",
        rf"(?<![\d.]){_YEAR}(?:([-/.]){_MONTH}\2{_DAY}|[-/]{_MONTH.replace('month', 'only')})"
        r"(?![\d/-]|\.\d)",
        rf"(?<![\d.,]){_EN_DAY}\s+(?:of\s+)?{_NAME}(?:,?\s+{_YEAR}\b)?",
        rf"\b{_NAME}\s+{_EN_DAY}(?:,?\s+{_YEAR}\b)?",
        rf"\b{_NAME},?\s+(?:of\s+)?{_YEAR}\b",
        rf"(?<!\d){_MONTH}\s*月(?:份|\s*{_DAY}\s*[日号])?(?![饼])",
        r"(?<!\d)(?P<month>1[0-2]|[1-9])·(?P<day>3[01]|[12]\d|[1-9])(?!\d)",
        r"\bFY\s?(?P<year>20\d\d|\d\d)\b",
        rf"\b(?!May\b|Mar\b|March\b){_NAME}|(?<=\b[Ii]n ){_NAME.replace('name', 'named')}",
        r"(?<![A-Za-z\d_$¥€£])(?<!\d[.,:])(?<!RMB )(?<!CNY )(?<!USD )(?<!HKD )(?<!人民币)"
        rf"(?<!人民币 ){_YEAR}(?![\d_]|(?![HQ]\d)[A-Za-z]|[.,]\d|[ *]*{_COUNTED})",
    )
]
_JOIN = re.compile(r"\s*(?:至|到|[-–—~]|to|until|through|and|、|和|与)\s*")


@dataclass(frozen=True, slots=True)
class Date:
    """A date as far as the text gives it, with its place in the text."""

    year: int | None
    month: int | None
    day: int | None
    start: int
    end: int
    text: str


def halfwidth(text: str) -> str:
    """Return `text` in half width and simplified numerals; every character keeps its place."""
    grouped = _GROUPED.sub(lambda match: match[0].replace("，", ","), text)
    return grouped.translate(_HALF_WIDTH)


def blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Replace the spans by NUL characters, so that all other places stay the same."""
    pieces, done = [], 0
    for start, end in sorted(spans):
        pieces += [text[done:start], "\0" * (end - max(start, done))]
        done = max(end, done)
    return "".join([*pieces, text[done:]])


def without_codes(text: str) -> str:
    """Blank standards, versions, ordinals, list numbers, citation marks, phones and addresses."""
    return _CODES.sub(lambda match: "\0" * len(match[0]), text)


def chinese_number(numeral: str) -> int | None:
    """Read 21 in 二十一; None for what is not one well-formed numeral (十四五, 万一)."""
    if not 0 < len(numeral) < 20 or _MALFORMED.search(numeral):
        return None
    total = section = 0
    digit: int | None = None
    smallest = 10**5  # the last 十 / 百 / 千 of this section: they must fall
    for place, character in enumerate(numeral):
        if character in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[character]
        elif character in _TENS:
            ten_alone = character == "十" and not digit and (place == 0 or section)
            if not (digit or ten_alone) or _TENS[character] >= smallest:
                return None
            smallest = _TENS[character]
            section, digit = section + (digit or 1) * smallest, None
        else:
            section, digit = section + (digit or 0), None
            if not total + section:
                return None
            scale = _MYRIADS[character]
            # 万亿: the 亿 multiplies all that stands before it
            total = (total + section) * scale if character == "亿" else total + section * scale
            section, smallest = 0, 10**5
    return total + section + (digit or 0)


def find_dates(text: str) -> list[Date]:
    """Return the dates of `text` in order; a bare number is a year only from 1900 to 2100."""
    return dates_outside_codes(without_codes(halfwidth(text)), text)


def dates_outside_codes(rest: str, text: str) -> list[Date]:
    """Return the dates of `text`, given what `without_codes` leaves of it."""
    found: list[Date] = []
    for pattern in _PATTERNS:
        matches = list(pattern.finditer(rest))
        found += [_date(match, text) for match in matches]
        rest = blank(rest, [match.span() for match in matches])
    return _with_shared_years(sorted(found, key=lambda date: date.start), text)


def date_states(claim: Date, source: Date) -> bool:
    """Tell whether every part that the claim gives is the source's part."""
    pairs = [
        (claim.year, source.year),
        (claim.month, source.month),
        (claim.day, source.day),
    ]
    return all(said is None or said == stands for said, stands in pairs)


def _date(match: re.Match[str], text: str) -> Date:
    parts = {key: value for key, value in match.groupdict().items() if value}
    year = _integer(parts.get("year"))
    if numerals := parts.get("numerals"):
        year = int("".join(str(_DIGITS[numeral]) for numeral in numerals))
    if year is not None and year < 100:
        year += 2000  # FY23
    month = _integer(parts.get("month") or parts.get("only"))
    if name := parts.get("name") or parts.get("named"):
        month = _MONTHS.index(name[:3].lower()) + 1
    start, end = match.span()
    return Date(year, month, _integer(parts.get("day")), start, end, text[start:end])


def _integer(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) if text.isdecimal() else chinese_number(text)


def _with_shared_years(dates: list[Date], text: str) -> list[Date]:
    """Let both ends of a range have the year that only one names."""
    shared = dates[:1]
    for date in dates[1:]:
        before, after = shared[-1], date
        joined = _JOIN.fullmatch(text, before.end, after.start)
        if joined and before.month and after.month and before.month <= after.month:
            shared[-1] = replace(before, year=before.year or after.year)
            after = replace(after, year=after.year or before.year)
        shared.append(after)
    return shared
