"""Find, compare and reword the figures of Chinese and English text, exactly."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import NamedTuple

from rag.dates import blank, chinese_number, dates_outside_codes, halfwidth, without_codes

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
    "kWh": ("千瓦时", "kwh"),
    "MWh": ("兆瓦时", "mwh"),
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
        "批次|[件项个份起次台家种套股场期门座款部条宗笔辆支间所张篇处]",
        "shares?|times|items?|cases?|sessions?|meetings?|patents?|pieces?|units?",
    ),
}
_UNITS = list(_UNIT_WORDS)
_MONEY = {"CNY": "元", "USD": "美元", "HKD": "港元", "EUR": "欧元", "GBP": "英镑", "JPY": "日元"}
_SYMBOLS = {"人民币": "CNY", "RMB¥": "CNY", "RMB": "CNY", "CN¥": "CNY", "¥": "CNY", "US$": "USD"}
_SYMBOLS |= {"$": "USD", "HK$": "HKD", "€": "EUR", "£": "GBP"} | {code: code for code in _MONEY}
_COUNTS = {"", "item", "person", "person-time"}
_RATIOS = {"%": "%", "‰": "‰", "pp": "个百分点"}
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
_SCALES = {word: power for power, words in _SCALE_WORDS.items() for word in words.split()}
_NAMES = re.findall(
    "[a-z]+",
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety",
)
_NAMED = {name: place if place < 20 else place * 10 - 180 for place, name in enumerate(_NAMES)}

_TENS = rf"(?:{'|'.join(_NAMES[20:])})(?:[\s-](?:{'|'.join(_NAMES[1:10])})\b)?"
_SMALL = rf"\b(?:{_TENS}|{'|'.join(_NAMES[:20])})\b"
_HUNDREDS = rf"{_SMALL}(?:[\s-]hundred\b(?:(?:\sand)?[\s-]{_SMALL})?)?"
_ZH = "[零〇一二两三四五六七八九十百千万亿]+(?:点[零〇一二三四五六七八九]+)?"
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_NUMBER = re.compile(
    rf"""(?=[-–+\d负人A-Za-z¥$€£零〇一二两三四五六七八九十百千]) (?:    # quickly past the rest
      (?P<parts>百|千|{_ZH}|(?<![\d.,])\d+)\s?分之\s?(?P<of>{_ZH}|{_DIGITS})
    | (?<![A-Za-z\d_.])(?<![A-Za-z]-)
      (?:(?P<sign>(?<![\d\0%)])[-–+]|负\s?|(?i:minus\s))?
         (?:(?P<currency>(?i:{"|".join(map(re.escape, _SYMBOLS))}))\s*)?(?P<inner>[-–])?
         (?:(?P<fraction>\d{{1,3}}/\d{{1,3}}(?![\d/%]))|(?P<digits>{_DIGITS}))
       | (?i:(?P<words>{_HUNDREDS}(?:[\s-]thousand\b(?:,?(?:\sand)?\s{_HUNDREDS})?)?)))
    | (?<![第每某初之几数周双零〇一二两三四五六七八九十百千万亿])(?P<zh>{_ZH}) )""",
    re.VERBOSE,
)
_UNIT = re.compile(
    "|".join(f"({zh}|(?:{en})(?![a-z]))" for zh, en in _UNIT_WORDS.values()), re.IGNORECASE
)
_SCALE = (
    r"万亿|亿|千万|百万|十万|万|千(?![瓦克米])|百(?!分)|(?<=\d)(?:[bmt]n|Bn|BN|[mMkB])(?![A-Za-z\d²³])"
    r"|(?i:trillion|billion|(?:hundred[ -])?million|(?:(?:ten|hundred)[ -])?thousand|wan|hundred)"
    r"(?![A-Za-z])"
)
_GAP = r"[ *]*(?:-(?=[a-z]))?"
_MORE = r"[ *]*(?:[余+]|多(?![样元]))"
_TAIL = re.compile(
    rf"(?P<more>{_MORE})?(?:{_GAP}(?P<scale>{_SCALE}))?(?P<again>{_MORE})?(?P<gap>{_GAP})"
)
_ONE = re.compile("[人名天年]|次(?!性)|批次|个?小时|个月|个百分点")  # 一家, 一个: mere articles
_RANGE = re.compile(r"[ *]*(?:[-–—~]+|至|到|to)[ *]*")
_TABLE_UNIT = re.compile(
    rf"(?:^|[\t|(])\s*(?P<scale>{_SCALE})?(?P<unit>{_UNIT.pattern})\s*\)?\s*(?=[\t|])", re.I
)
_TABLE_CAPTION = re.compile(
    rf"单位\s*:\s*(?:人民币)?(?P<scale>{_SCALE})?(?P<unit>{_UNIT.pattern})", re.I
)
_APPROXIMATE_BEFORE = re.compile(
    r"(?:近|约|超过?|逾|至少|不少于|[不高大低小少多]于|不超过|最[多少]|[≥≤><≈]"
    r"|\b(?i:about|around|approximately|nearly|almost|over|above|(?:more|less|fewer) than"
    r"|at (?:least|most)|up to|roughly|under|below|exceed(?:s|ed|ing)?))[ *了]*$"
)
_APPROXIMATE_AFTER = re.compile(r"[ *]*(?:左右|上下|以[上下内]|or (?:so|more|less)\b)")
_BY = r"(?:[了约近逾为 *]|超过|幅度|\b(?i:by|of|about|nearly|over|approximately|more than)\b)*$"
_DIRECTIONS = [  # the words before and after a figure that say that something fell or rose by it
    (way, re.compile(rf"(?:{zh}|\b(?i:{en})){_BY}"), re.compile(rf"[ -](?:point )?(?:{en})\b"))
    for way, zh, en in (
        (
            -1,
            "下[降滑跌]|减少|降低|回落",
            "(?:decreas|declin|drop|reduc|fall)[a-z]*|fell|lower|down",
        ),
        (
            1,
            "增[长加]|上[升涨]|提[高升]",
            "(?:increas|grow|gain)[a-z]*|grew|ris(?:e[ns]?|ing)|rose|higher|up",
        ),
    )
]


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure with its unit and its place in the text; 2 万元 has the value 20,000."""

    value: Decimal
    unit: str  # "CNY", "%", "pp", "person", "hour", ...; "" where the text gives none we know
    scale: Decimal  # 10,000 for 万
    decimals: int  # digits after the point, as written
    text: str
    start: int
    end: int
    approximate: bool = False
    direction: int = 0  # -1 after "fell by" or 下降, 1 after "rose by"; never part of the value


class _TableUnit(NamedTuple):
    """The unit that a table states once for the bare numbers from `start` to `end`."""

    start: int
    end: int
    scale: Decimal
    unit: str
    in_row: bool


def find_amounts(text: str) -> list[Amount]:
    """Return the figures of `text` in order, without dates, ordinals, codes and list numbers.

    In a table row, bare numbers have the unit of the row's unit cell, or of 单位：万元 above it.
    """
    plain = without_codes(halfwidth(text))
    tables = list(_table_units(plain))
    counted = [(table.start, table.end) for table in tables if table.in_row]
    dates = [
        (date.start, date.end)
        for date in dates_outside_codes(plain, text)
        if not (date.text.isdecimal() and any(a <= date.start < b for a, b in counted))
    ]
    plain = blank(plain, dates)
    found: list[Amount] = []
    position = 0
    while match := _NUMBER.search(plain, position):
        amount = _amount(plain, match, found[-1].end if found else -1)
        position = amount.end if amount else match.end()
        if amount:
            found.append(amount)
    found = [_with_table_unit(amount, tables) for amount in _with_range_units(found, plain)]
    return [replace(amount, text=text[amount.start : amount.end]) for amount in found]


def states(claim: Amount, source: Amount) -> bool:
    """Tell whether `claim` is `source`, or `source` rounded or cut to two digits or more.

    A rise is no fall, a percentage is no count, and what is not quite 100% is not 100%.
    """
    if not _comparable(claim, source) or not _same_direction(claim, source):
        return False
    said, stands = abs(claim.value), abs(source.value)
    if said == stands:
        return True
    last_digit = claim.scale.scaleb(-claim.decimals)
    if said < 10 * last_digit or (claim.unit == "%" and said == 100):
        return False
    kept = stands / last_digit
    return said / last_digit in {kept.to_integral_value(r) for r in (ROUND_HALF_UP, ROUND_DOWN)}


def to_english(amount: Amount) -> str:
    """Word the amount in English with the digits it was written with: RMB 1.970 billion."""
    steps = ((9, " billion"), (6, " million")) if amount.scale > 1 else ()
    number = _written(amount, steps, most_places=4)
    if amount.unit in _MONEY:
        return f"{'RMB' if amount.unit == 'CNY' else amount.unit} {number}"
    ratio = " percentage points" if amount.unit == "pp" else amount.unit
    return number + (ratio if amount.unit in _RATIOS else "")


def to_chinese(amount: Amount) -> str:
    """Word the amount in Chinese, in the largest of 亿 and 万 that keeps it short: 21,361万元."""
    steps = () if amount.unit in _RATIOS else ((8, "亿"), (4, "万"))
    return _written(amount, steps, most_places=2) + (_MONEY | _RATIOS).get(amount.unit, "")


def annotate_english(text: str) -> str:
    """Follow each Chinese sum of money and each count in 万 or 亿 by its English in brackets."""
    pieces, done = [], 0
    for amount in find_amounts(text):
        large = amount.scale >= 10**4 and amount.unit not in _RATIOS
        said = re.match(r"[ *]*[(（](?:over )?(?:[A-Z]{3}|[\d,.]+)", text[amount.end :])
        if (large or amount.unit in _MONEY) and not said and not re.search("[A-Za-z]", amount.text):
            over = "over " if re.search("[余多+]", amount.text) else ""
            pieces += [text[done : amount.end], f" ({over}{to_english(amount)})"]
            done = amount.end
    return "".join([*pieces, text[done:]])


def _amount(plain: str, match: re.Match[str], previous_end: int) -> Amount | None:
    read, tail = _number(match), _TAIL.match(plain, match.end())
    if read is None or tail is None:
        return None
    number, unit, power = read
    word = _UNIT.match(plain, tail.end())
    end = word.end() if word else max(match.end(), *map(tail.end, ("more", "scale", "again")))
    if tail["scale"]:
        power += _power(tail["scale"])
    if match["currency"]:
        unit = _SYMBOLS[match["currency"].upper()]
    elif word and word.lastindex:
        unit = unit or _UNITS[word.lastindex - 1]
    if not _is_figure(plain, match, end, counted=bool(unit or power or word)):
        return None
    start, sign = match.start(), (match["sign"] or "") + (match["inner"] or "")
    if sign in {"-", "–"} and start == previous_end:
        start, sign = start + 1, ""  # 5 万元-10 万元: a dash between two amounts
    before, after = plain[max(0, start - 40) : start], plain[end : end + 20]
    about = _APPROXIMATE_BEFORE.search(before) or _APPROXIMATE_AFTER.match(after)
    moves = [way for way, by, noun in _DIRECTIONS if by.search(before) or noun.match(after)]
    return Amount(
        value=(number if sign in {"", "+"} else -number) * 10**power,
        unit=unit,
        scale=Decimal(10**power),
        decimals=max(0, -int(number.as_tuple().exponent)),
        text="",
        start=start,
        end=end,
        approximate=bool(about or tail["more"] or tail["again"]),
        direction=moves[0] if moves else 0,
    )


def _number(match: re.Match[str]) -> tuple[Decimal, str, int] | None:
    """Read the figure: its number, the unit its form implies, the power of ten of its 万 or 亿."""
    if match["parts"]:
        implied = {"百": "%", "千": "‰"}.get(match["parts"], "")
        parts = Decimal(1) if implied else _spelled(match["parts"])
        of = Decimal(100) if match["of"] == "百" else _spelled(match["of"])
        return (of / parts, implied, 0) if of is not None and parts and parts < 100 else None
    if match["fraction"]:
        part, whole = map(int, match["fraction"].split("/"))
        return (Decimal(part) / whole, "", 0) if 0 < part < whole < 100 else None  # not 24/7
    if match["digits"]:
        return Decimal(match["digits"].replace(",", "")), "", 0
    if match["words"]:
        return _english_number(match["words"]), "", 0
    base = match["zh"].rstrip("万亿")
    scale = match["zh"][len(base) :]
    if scale not in _SCALES or re.search("[万亿]", base):
        base, scale = match["zh"], ""  # 两亿五千万 is read as a whole
    number = _spelled(base)
    return None if number is None else (number, "", _power(scale))


def _power(scale: str) -> int:
    return _SCALES[scale.lower().replace(" ", "-")] if scale else 0


def _spelled(numeral: str) -> Decimal | None:
    if numeral[0].isdecimal():
        return Decimal(numeral.replace(",", ""))
    whole, _, decimals = numeral.partition("点")
    number = chinese_number(whole)
    places = "".join(str(chinese_number(digit)) for digit in decimals)
    return None if number is None else Decimal(f"{number}.{places}")


def _english_number(words: str) -> Decimal:
    total = section = 0
    for word in re.findall("[a-z]+", words.lower()):
        if word == "hundred":
            section *= 100
        elif word == "thousand":
            total, section = total + section * 1000, 0
        else:
            section += _NAMED.get(word, 0)
    return Decimal(total + section)


def _is_figure(plain: str, match: re.Match[str], end: int, *, counted: bool) -> bool:
    """Sort out what only looks like a figure: 5G, phone numbers, one-stop, two-thirds, 一家."""
    after = plain[end : end + 10]
    if re.match("[A-Za-z]{1,2}(?![A-Za-z])", after) and plain[end - 1].isdecimal():
        return False  # 5G, 1st, 3D
    if digits := match["digits"]:
        return len(digits) < 10 if digits.isdecimal() and not counted else len(digits) < 25
    if words := match["words"]:
        compound = re.match(r"-[a-z]|[- ](?:half|halves|third|quarter|fifth|tenth)", after)
        return counted or not (compound or words.lower() == "one")
    if numeral := match["zh"]:
        before, noun = plain[: match.start()][-1:], plain[match.end() :].lstrip(" *")
        if numeral == "一":
            return bool(_ONE.match(noun)) and before not in set("的这那上下同另任新统唯")
        return len(numeral) > 1 or (counted and not re.match("[元分期]|位一体", noun))
    return True


def _with_range_units(amounts: list[Amount], plain: str) -> Iterator[Amount]:
    """Let the ends of a range share currency, unit and scale: 3-5 次, RMB 5 to 10 million."""
    for place, amount in enumerate(amounts):
        after = amounts[place + 1] if place + 1 < len(amounts) else None
        before = amounts[place - 1] if place else None
        if after and _RANGE.fullmatch(plain, amount.end, after.start):
            scale = after.scale if plain[amount.end - 1].isdecimal() else amount.scale
            value, unit = amount.value * scale / amount.scale, amount.unit or after.unit
            yield replace(amount, value=value, scale=scale, unit=unit)
        elif before and _RANGE.fullmatch(plain, before.end, amount.start):
            yield replace(amount, unit=amount.unit or before.unit)
        else:
            yield amount


def _table_units(plain: str) -> Iterator[_TableUnit]:
    start, caption = 0, None
    for line in plain.split("\n"):
        end = start + len(line)
        if stated := _TABLE_CAPTION.search(line):
            caption = stated
        elif "\t" not in line and "|" not in line:
            caption = None if line.strip() else caption
        else:
            if caption:
                yield _table_unit(caption, start, end, in_row=False)
            for stated in _TABLE_UNIT.finditer(line):
                yield _table_unit(stated, start + stated.end(), end, in_row=True)
        start = end + 1


def _table_unit(stated: re.Match[str], start: int, end: int, *, in_row: bool) -> _TableUnit:
    word = _UNIT.match(stated["unit"])
    scale = Decimal(10 ** _power(stated["scale"] or ""))
    return _TableUnit(start, end, scale, _UNITS[((word and word.lastindex) or 1) - 1], in_row)


def _with_table_unit(amount: Amount, tables: list[_TableUnit]) -> Amount:
    for table in reversed(tables):  # the nearest on the left
        if not amount.unit and table.start <= amount.start < table.end:
            value, scale = amount.value * table.scale, amount.scale * table.scale
            return replace(amount, value=value, scale=scale, unit=table.unit)
    return amount


def _comparable(claim: Amount, source: Amount) -> bool:
    units = {claim.unit, source.unit}
    if len(units) == 1 or units <= _COUNTS:
        return True
    # A table may state the unit far from its cells; yet a whole bare number is no percentage.
    bare = claim if claim.unit == "" else source
    return "" in units and (bare.decimals > 0 or not units & _RATIOS.keys())


def _same_direction(claim: Amount, source: Amount) -> bool:
    """-5% is "fell by 5%", and neither "5%" nor "rose by 5%"; a plain 5% fits both."""
    if (claim.value < 0) == (source.value < 0):
        return claim.direction * source.direction >= 0
    return (claim if source.value < 0 else source).direction < 0


def _written(amount: Amount, steps: tuple[tuple[int, str], ...], most_places: int) -> str:
    """Write the value in the largest step that needs few places; never a digit more or less."""
    if amount.decimals > 24:  # a third, which no digits write out
        return str(Fraction(amount.value).limit_denominator(99))
    for power, word in (*steps, (0, "")):
        number = amount.value.scaleb(-power)
        places = power + amount.decimals - amount.scale.adjusted()
        if not amount.decimals:  # 100 万元 is RMB 1 million: its zeros were not decimals
            places = -int(number.normalize().as_tuple().exponent)
        if not power or (places <= most_places and abs(number) >= 1):
            return f"{number:,.{max(0, places)}f}{word}"
    raise AssertionError("the last step takes every amount")
