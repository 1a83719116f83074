"""Find, compare and reword the figures of Chinese and English text, exactly."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

from rag.dates import blank, dates_outside_codes, halfwidth, without_codes
from rag.numerals import NUMBER, read_number
from rag.units import (
    COUNTS,
    MONEY,
    RATIOS,
    SCALE,
    SYMBOLS,
    UNIT,
    TableUnit,
    power_of_ten,
    table_units,
    unit_of,
)

_GAP = r"[ *]*(?:-(?=[a-z]))?"
_MORE = r"[ *]*(?:[余+]|多(?![样元]))"
_TAIL = re.compile(
    rf"(?P<more>{_MORE})?(?:{_GAP}(?P<scale>{SCALE}))?(?P<again>{_MORE})?(?P<gap>{_GAP})"
)
_ONE = re.compile("[人名天年]|次(?!性)|批次|个?小时|个月|个百分点")  # 一家, 一个: mere articles
_RANGE = re.compile(r"[ *]*(?:[-–—~]+|至|到|to)[ *]*")
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
_PERSON = re.compile(r"[人名位]\W*$")
_NO_PERSON = re.compile(r"[\u4e00-\u9fff](?<![个家])\W*$")


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


def find_amounts(text: str) -> list[Amount]:
    """Return the figures of `text` in order, without dates, ordinals, codes and list numbers.

    In a table row, bare numbers have the unit of the row's unit cell, or of 单位：万元 above it.
    """
    plain = without_codes(halfwidth(text))
    tables = list(table_units(plain))
    counted = [(table.start, table.end) for table in tables if table.in_row]
    dates = [
        (date.start, date.end)
        for date in dates_outside_codes(plain, text)
        if not (date.text.isdecimal() and any(a <= date.start < b for a, b in counted))
    ]
    plain = blank(plain, dates)
    found: list[Amount] = []
    position = 0
    while match := NUMBER.search(plain, position):
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
    if amount.unit in MONEY:
        return f"{'RMB' if amount.unit == 'CNY' else amount.unit} {number}"
    ratio = " percentage points" if amount.unit == "pp" else amount.unit
    return number + (ratio if amount.unit in RATIOS else "")


def to_chinese(amount: Amount) -> str:
    """Word the amount in Chinese, in the largest of 亿 and 万 that keeps it short: 21,361万元."""
    steps = () if amount.unit in RATIOS else ((8, "亿"), (4, "万"))
    return _written(amount, steps, most_places=2) + (MONEY | RATIOS).get(amount.unit, "")


def annotate_english(text: str) -> str:
    """Follow each Chinese sum of money and each count in 万 or 亿 by its English in brackets."""
    pieces, done = [], 0
    for amount, said in conversions(text):
        pieces += [text[done : amount.end], f" ({said})"]
        done = amount.end
    return "".join([*pieces, text[done:]])


def conversions(text: str) -> list[tuple[Amount, str]]:
    """Return each Chinese sum of money and each count in 万 or 亿 with its English, unless that
    stands behind it already.
    """
    found = []
    for amount in find_amounts(text):
        large = amount.scale >= 10**4 and amount.unit not in RATIOS
        said = re.match(r"[ *]*[(（](?:over )?(?:[A-Z]{3}|[\d,.]+)", text[amount.end :])
        if (large or amount.unit in MONEY) and not said and not re.search("[A-Za-z]", amount.text):
            over = "over " if re.search("[余多+]", amount.text) else ""
            found.append((amount, f"{over}{to_english(amount)}"))
    return found


def in_english(text: str) -> str:
    """Put the English of each Chinese sum of money and each count in 万 or 亿 in its place."""
    pieces, done = [], 0
    for amount in find_amounts(text):
        large = amount.scale >= 10**4 and amount.unit not in RATIOS
        if (large or amount.unit in MONEY) and not re.search("[A-Za-z]", amount.text):
            over = "over " if re.search("[余多+]", amount.text) else ""
            unit = "" if amount.unit in MONEY else re.sub(r"[\d.,\s*余多+万亿]", "", amount.text)
            pieces += [text[done : amount.start], f"{over}{to_english(amount)} {unit}".rstrip()]
            done = amount.end
    return "".join([*pieces, text[done:]])


def _amount(plain: str, match: re.Match[str], previous_end: int) -> Amount | None:
    read, tail = read_number(match), _TAIL.match(plain, match.end())
    if read is None or tail is None:
        return None
    number, unit, power = read
    power += power_of_ten(tail["scale"])
    word = UNIT.match(plain, tail.end())
    end = word.end() if word else max(match.end(), *map(tail.end, ("more", "scale", "again")))
    currency = SYMBOLS.get((match["currency"] or "").upper())
    unit = currency or unit or unit_of(word)
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


def _with_table_unit(amount: Amount, tables: list[TableUnit]) -> Amount:
    for table in reversed(tables):  # the nearest on the left
        if not amount.unit and table.start <= amount.start < table.end:
            value, scale = amount.value * table.scale, amount.scale * table.scale
            return replace(amount, value=value, scale=scale, unit=table.unit)
    return amount


def _comparable(claim: Amount, source: Amount) -> bool:
    units = {claim.unit, source.unit}
    if units == {"person", "item"}:
        # 80 位 are no 80 通; but 个 counts people, too, and reports have 5 名 for 5 家 companies
        item = claim if claim.unit == "item" else source
        person = claim if item is source else source
        return not (_PERSON.search(person.text) and _NO_PERSON.search(item.text))
    if len(units) == 1 or units <= COUNTS:
        return True
    # A table may state the unit far from its cells; yet a whole bare number is no percentage.
    bare = claim if claim.unit == "" else source
    return "" in units and (bare.decimals > 0 or not units & RATIOS.keys())


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
