"""The words that units, and scales such as 万, go by in Chinese and in English."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

_UNIT_WORDS = {  # canonical unit: its Chinese and its English words; the first that fits counts
    "CNY": ("元人民币|人民币元?|元", "yuan|renminbi|rmb|cny"),
    "USD": ("美[元金]", r"(?:u\.?s\.? )?dollars?|usd"),
    "HKD": ("港[元币]", "hong kong dollars?|hkd"),
    "EUR": ("欧元", "eur(?:os?)?"),
    "GBP": ("英镑", "pounds|gbp"),
    "JPY": ("日元", "yen|jpy"),
    "pp": ("个?百分点", "percentage[ -]points?|ppts?|pp"),
    "%": ("%", "per ?cent|pct"),
    "‰": ("‰", "per mille"),
    "hour": ("个?(?:小时|[课学]时)", "hours?|hrs?"),
    "minute": ("分钟", "minutes?"),
    "day": ("天", "days?"),
    "week": ("周(?![年期边])", "weeks?"),
    "month": ("个月", "months?"),
    "year": ("[年岁]", "years?"),
    "tonne": ("吨", "tonnes?|tons?|tco2e?"),
    "kg": ("公斤|千克", "kilograms?|kg"),
    "kWh": ("千瓦时", "kwh|kilowatt[ -]?hours?"),
    "MWh": ("兆瓦时", "mwh|megawatt[ -]?hours?"),
    "kW": ("千瓦", "kw|kilowatts?"),
    "MW": ("兆瓦", "mw|megawatts?"),
    "GJ": ("吉焦", "gj|gigajoules?"),
    "dB": ("分贝", "db|decibels?"),
    "m2": ("平方米|㎡|m²", "square met(?:re|er)s?"),
    "m3": ("立方米|m³", "cubic met(?:re|er)s?"),
    "km": ("公里|千米", "kilomet(?:re|er)s?|km"),
    "point": ("分(?![之公子别布类店部支行析为成])", "points?"),
    "person-time": ("人·?次", "person[ -]times?|participa(?:tion|nt)s?|attend(?:ance|ee)s?"),
    "person": ("[人名位]", "people|persons?|employees?|directors?|supervisors?|staff"),
    "item": (
        "[批台车班架航家艘]次|[件项个份起次台家种套股场期门座款部条宗笔辆支间所张篇处棵株枚幅颗]|通(?!过|[常用知])|封(?!闭)",
        "shares?|times|items?|cases?|sessions?|meetings?|patents?|pieces?|units?",
    ),
}
_UNITS = list(_UNIT_WORDS)
MONEY = {"CNY": "元", "USD": "美元", "HKD": "港元", "EUR": "欧元", "GBP": "英镑", "JPY": "日元"}
SYMBOLS = {"人民币": "CNY", "RMB¥": "CNY", "RMB": "CNY", "CN¥": "CNY", "¥": "CNY", "US$": "USD"}
SYMBOLS |= {"$": "USD", "HK$": "HKD", "€": "EUR", "£": "GBP"} | {code: code for code in MONEY}
COUNTS = {"", "item", "person", "person-time"}
RATIOS = {"%": "%", "‰": "‰", "pp": "个百分点"}
_SCALE_WORDS = {
    12: "万亿 trillion tn",
    9: "billion bn b",
    8: "亿 hundred-million",
    7: "千万",
    6: "百万 million mn m",
    5: "十万 hundred-thousand",
    4: "万 ten-thousand wan",
    3: "千 thousand k",
    2: "百 hundred",
}
SCALES = {word: power for power, words in _SCALE_WORDS.items() for word in words.split()}
UNIT = re.compile(
    "|".join(f"({zh}|(?:{en})(?![a-z]))" for zh, en in _UNIT_WORDS.values()), re.IGNORECASE
)
SCALE = (
    r"万亿|亿|千万|百万|十万|万|千(?![瓦克米])|百(?!分)|(?<=\d)(?:[bmt]n|Bn|BN|[mMkB])(?![A-Za-z\d²³])"
    r"|(?i:trillion|billion|(?:hundred[ -])?million|(?:(?:ten|hundred)[ -])?thousand|wan|hundred)"
    r"(?![A-Za-z])"
)
_TABLE_UNIT = re.compile(
    rf"(?:^|[\t|(])\s*(?P<scale>{SCALE})?(?P<unit>{UNIT.pattern})\s*\)?\s*(?=[\t|])", re.I
)
_TABLE_CAPTION = re.compile(
    rf"单位\s*:\s*(?:人民币)?(?P<scale>{SCALE})?(?P<unit>{UNIT.pattern})", re.I
)
_HEAD_UNIT = re.compile(
    rf"\(\s*(?:人民币)?(?P<scale>{SCALE})?(?P<unit>{UNIT.pattern})[^()]{{0,8}}\)\s*$", re.I
)


class TableUnit(NamedTuple):
    """The unit that a table states once for the bare numbers from `start` to `end`."""

    start: int
    end: int
    scale: Decimal
    unit: str
    in_row: bool


def unit_of(word: re.Match[str] | None) -> str:
    """Return the canonical unit of a match of `UNIT`; "" without one."""
    return _UNITS[word.lastindex - 1] if word and word.lastindex else ""


def power_of_ten(scale: str | None) -> int:
    """Return the power of ten of a scale word, 4 for 万; 0 without one."""
    return SCALES[scale.lower().replace(" ", "-")] if scale else 0


def table_units(plain: str) -> Iterator[TableUnit]:
    """Yield the units that table rows state in a cell, and those that stand above a table or in
    the head of a column.
    """
    start, caption = 0, None
    heads: list[re.Match[str] | None] = []
    for line in plain.split("\n"):
        end = start + len(line)
        if stated := _TABLE_CAPTION.search(line):
            caption, heads = stated, []
        elif "\t" not in line and "|" not in line:
            caption, heads = (None, []) if line.strip() else (caption, heads)
        else:
            if caption:
                yield _table_unit(caption, start, end, in_row=False)
            cells = list(_cells(line, start))
            for (first, last), head in zip(cells, heads, strict=False):
                if head:
                    yield _table_unit(head, first, last, in_row=False)
            heads = heads or [_HEAD_UNIT.search(plain[first:last]) for first, last in cells]
            for stated in _TABLE_UNIT.finditer(line):
                yield _table_unit(stated, start + stated.end(), end, in_row=True)
        start = end + 1


def _cells(line: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield where the cells of a row begin and end, in a text where the row begins at ``start``."""
    for cell in line.split("\t" if "\t" in line else "|"):
        yield start, start + len(cell)
        start += len(cell) + 1


def _table_unit(stated: re.Match[str], start: int, end: int, *, in_row: bool) -> TableUnit:
    scale = Decimal(10 ** power_of_ten(stated["scale"]))
    return TableUnit(start, end, scale, unit_of(UNIT.match(stated["unit"])), in_row)
