"""Find and read numbers in digits and in Chinese and English words."""

import re
from decimal import Decimal

from rag.dates import chinese_number
from rag.units import SCALES, SYMBOLS, power_of_ten

_NAMES = re.findall(
    "[a-z]+",
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety",
)
_NAMED = {name: place if place < 20 else place * 10 - 180 for place, name in enumerate(_NAMES)}

_TENS = rf"(?:{'|'.join(_NAMES[20:])})(?:[\s-](?:{'|'.join(_NAMES[1:10])})\b)?"
_SMALL = rf"\b(?:{_TENS}|{'|'.join(_NAMES[:20])})\b"
_HUNDREDS = rf"{_SMALL}(?:[\s-]hundred\b(?:(?:\sand)?[\s-]{_SMALL})?)?"
_ENGLISH = rf"{_HUNDREDS}(?:[\s-]thousand\b(?:,?(?:\sand)?\s{_HUNDREDS})?)?"
_CHINESE = "[零〇一二两三四五六七八九十百千万亿]+(?:点[零〇一二三四五六七八九]+)?"
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
NUMBER = re.compile(
    rf"""(?=[-–+\d负人A-Za-z¥$€£零〇一二两三四五六七八九十百千]) (?:    # quickly past the rest
      (?P<parts>百|千|{_CHINESE}|(?<![\d.,])\d+)\s?分之\s?(?P<of>{_CHINESE}|{_DIGITS})
    | (?<![A-Za-z\d_.])(?<![A-Za-z]-)
      (?:(?P<sign>(?<![\d\0%)])[-–+]|负\s?|(?i:minus\s))?
         (?:(?P<currency>(?i:{"|".join(map(re.escape, SYMBOLS))}))\s*)?(?P<inner>[-–])?
         (?:(?P<fraction>\d{{1,3}}/\d{{1,3}}(?![\d/%]))|(?P<digits>{_DIGITS}))
       | (?i:(?P<words>{_ENGLISH})))
    | (?<![第每某初之几数周双零〇一二两三四五六七八九十百千万亿])(?P<zh>{_CHINESE}) )""",
    re.VERBOSE,
)


def read_number(match: re.Match[str]) -> tuple[Decimal, str, int] | None:
    """Read a match of `NUMBER`: its number, the unit its form implies, its power of ten."""
    if match["parts"]:
        implied = {"百": "%", "千": "‰"}.get(match["parts"], "")
        parts = Decimal(1) if implied else _value(match["parts"])
        of = Decimal(100) if match["of"] == "百" else _value(match["of"])
        return (of / parts, implied, 0) if of is not None and parts and parts < 100 else None
    if match["fraction"]:
        part, whole = map(int, match["fraction"].split("/"))
        return (Decimal(part) / whole, "", 0) if 0 < part < whole < 100 else None  # not 24/7
    if match["digits"]:
        return Decimal(match["digits"].replace(",", "")), "", 0
    if match["words"]:
        return _english_value(match["words"]), "", 0
    base = match["zh"].rstrip("万亿")
    scale = match["zh"][len(base) :]
    if scale not in SCALES or re.search("[万亿]", base):
        base, scale = match["zh"], ""  # 两亿五千万 is read as a whole
    number = _value(base)
    return None if number is None else (number, "", power_of_ten(scale))


def _value(numeral: str) -> Decimal | None:
    """Read a numeral in Chinese or in digits, such as 三点五 or 12,345; None if it is malformed."""
    if numeral[0].isdecimal():
        return Decimal(numeral.replace(",", ""))
    whole, _, decimals = numeral.partition("点")
    number = chinese_number(whole)
    places = "".join(str(chinese_number(digit)) for digit in decimals)
    return None if number is None else Decimal(f"{number}.{places}")


def _english_value(words: str) -> Decimal:
    """Read an English numeral below a million, such as "two thousand three hundred"."""
    total = section = 0
    for word in re.findall("[a-z]+", words.lower()):
        if word == "hundred":
            section *= 100
        elif word == "thousand":
            total, section = total + section * 1000, 0
        else:
            section += _NAMED.get(word, 0)
    return Decimal(total + section)
