"""Printed numbers with their units, as Chinese reports write them -> exact values."""

import re
import unicodedata
from decimal import Decimal

_DIGITS = r"[-−+]?(?:\d{1,3}(?:[,，] ?\d{3})+|\d+)(?:\.\d+)?"
# "30岁以下" names a class of things and is no amount
_QUANTITY = re.compile(
    rf"(?P<number>{_DIGITS})\s*(?P<unit>%|‰|[^\d\s.,，。；以]{{1,5}}(?:\s*/\s*[^\d\s.,，。；以]{{1,4}})?)?"
)
_BRACKETED = re.compile(
    r"\((?P<number>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(?P<unit>%?)\)(?P<after>%?)"
)
_FOOTNOTE = re.compile(
    r"(?<=[\d%‰）)])\s*([⁰¹²³⁴-⁹*#※△▲①-⑳]+|[（(\[]?注\s*\d*[)）\]]?|\[\d{1,2}\])$"
)
_MONEY = r"(?:人民币|美|港|欧|日)?[万亿百千]*(?:美|港|欧|日)?[元币](?:人民币)?"
UNIT = re.compile(
    rf"[%‰人名位次件个项份起台套家户天年月日分时元吨度米升克场所座艘辆头只条门课张宗期床例]|{_MONEY}"
    r"|人次|小时|课时|学时|分钟|工时|人日|万吨[^\d\s]{0,8}|万[^\d\s]{1,4}|亿[^\d\s]{1,4}|百?分点|百分点|平方米|立方米|千克|公斤|公里|千米|公顷|亩"
    r"|[千兆吉太]?(?:瓦|焦|瓦时|伏|赫兹|卡|字节)(?:安|峰)?|百万千瓦时?|摄氏度|℃|分贝|海里|载重吨|总吨|基点|公升"
    r"|[毫微纳]?[克升米]|[枚支瓶盒粒片袋剂针株棵头匹册栋幢间处架列条根口亩股岁倍票桶罐箱辆部幅篇]"
    r"|人天|人时|工作日|家次|班次|架次|航次|车次|台次|台套|TEU|DWT|k?tCO2e?|[kg]?gCO2e?"
    r"|标准煤|标准箱|[kKMGT]?[wW][hp]?|[kKMGT]J|[kKmµ]?[gLVm]|m[23³²]|dB|ppm|bps?|t|吨[^\d\s]{0,8}|[^\d\s/]{1,6}\s*/\s*[^\d\s/]{1,6}|/"
)
_PRINTED_UNIT = re.compile(
    r"(?:单位\s*[：:]\s*|[（(])(?P<unit>[^\s（）()：:,，;；、]{1,8})(?:[,，;；、][^（）()]{0,20})?[）)]?$"
)
_BEHIND = re.compile(r"[（(](?P<parts>[^（）()]{1,40})[）)]$")
_NAMED_UNIT = re.compile(r"单位\s*[：:]\s*(?P<unit>[^\s（）()：:,，;；、]{1,8})")
_YEAR = re.compile(r"(19|20)\d{2}")


def number(text: str) -> Decimal:
    """Read a printed number: thousands separators and minus signs as Chinese reports write them."""
    plain = unicodedata.normalize("NFKC", text)
    return Decimal(re.sub(r"[,，\s]", "", plain).replace("−", "-").replace("+", ""))


def quantity(cell: str) -> tuple[Decimal, str] | None:
    """The value and unit of a text that is one amount and nothing else; ("12.5%") and the like.

    An amount in brackets is negative, as accountants write it; marks of footnotes are left out.
    A year, a date or a code of many digits is no amount.
    """
    if not cell or len(cell) > 60:
        return None
    plain = _FOOTNOTE.sub("", cell.strip())
    plain = unicodedata.normalize("NFKC", plain)
    negative = _BRACKETED.fullmatch(plain)
    if negative:
        return -number(negative["number"]), negative["unit"] or negative["after"]
    found = _QUANTITY.fullmatch(plain)
    if found is None or _is_code(found["number"]):
        return None
    unit = re.sub(r"\s*/\s*", "/", found["unit"] or "")
    if unit.startswith("年") and _YEAR.fullmatch(found["number"]):
        return None
    return number(found["number"]), unit


_ASIDE = re.compile(r"\s*[（(](?:不?含税|税[前后]|含其他方式|如有)[）)]\s*$")


def _is_code(digits: str) -> bool:
    """Whether digits are a code or a telephone number: many, without separators."""
    plain = len(digits) > 15 and not re.search("[,，]", digits)
    return plain or re.fullmatch(r"0\d+|1[3-9]\d{9}", digits) is not None


def is_amount(cell: str) -> bool:
    """Whether a cell shows an amount; a year may be the name of a column."""
    return quantity(cell) is not None and not _YEAR.fullmatch(cell.strip()[:4])


def is_unit(text: str) -> bool:
    """Whether a text is a unit that reports print."""
    return UNIT.fullmatch(unicodedata.normalize("NFKC", text)) is not None


def printed_unit(name: str) -> str:
    """The unit behind a name or in a caption: 营业收入（万元）, 单位：万元, 排放（范围一，吨）."""
    name = _ASIDE.sub("", name)
    match = _NAMED_UNIT.search(name) or _PRINTED_UNIT.search(name)
    if match and is_unit(match["unit"]):
        return match["unit"].removeprefix("人民币")
    last = re.split("[,，;；、]", found["parts"])[-1] if (found := _BEHIND.search(name)) else ""
    return last.strip() if is_unit(last.strip()) else ""


def without_unit(name: str) -> str:
    """A name without the unit printed behind it."""
    if not printed_unit(name):
        return name
    if aside := _ASIDE.search(name):  # 金额（元）（含税）
        return without_unit(name[: aside.start()]) + aside[0]
    if (match := _PRINTED_UNIT.search(name)) and is_unit(match["unit"]):
        return name[: match.start()].rstrip("（( ")
    if (match := _BEHIND.search(name)) and len(parts := re.split("[,，;；、]", match["parts"])) > 1:
        return f"{name[: match.start()].strip()}（{'，'.join(parts[:-1])}）"
    return name
