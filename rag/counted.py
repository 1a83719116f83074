"""The amounts that a question asks for, by their units, and whether a text has one."""

import re
from collections.abc import Collection

from index.glossary import to_chinese
from rag import asked
from rag.amounts import find_amounts
from rag.dates import blank, find_dates
from rag.units import COUNTS, UNIT, unit_of

_HOW_MANY = re.compile(
    rf"(?:多少|(?<![哪这那])几)(?:个)?(?:百万|千万|[万亿])?(?P<zh>{UNIT.pattern})"
    rf"|\b(?:how many|in) (?P<en>{UNIT.pattern})",
    re.IGNORECASE,
)
_HOURS = re.compile(
    r"(?:多少|几)个?(?:小时|钟头|学时|课时)|总?(?:时长|工时|学时|课时)|[(（]小时[)）]"
    r"|\b(?:how many|(?:total|number of|overall|total number of)) (?:[\w-]+ )?hours\b"
    r"(?! (?:a|per|each|every) (?:day|week))",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"多少(?:[万亿]?元|块钱?|钱|资金)|几(?:块钱?|元)|(?:(?<![评性代])价格?(?!值)|薪酬|工资|薪资|[年月起底]薪|奖金|经费|分红|股利|派息)"
    r".{0,6}(?:多少|几|总额)"
    r"|花了多少|[花用投砸][在到][^，,。？?]{1,12}的?钱|的钱(?=[比是有，,])|多少.{0,4}(?:经费|费用)"
    r"|\bwhat (?:did|does|do|has|have) [^?]{1,60}?\b(?:pay(?! attention)|paid|cost|spend|spent)\b"
    r"|\bhow much\b.{0,60}\b(?:money|dividends?|paid|pay|earn|g[ai]ven?|raised?|spend|spent"
    r"|donated?|cost|invest(?:ed)?|borrow(?:ed)?|lend|lent)\b"
    r"|\bwhat (?:(?:was|is|were|are) (?:the )?)?(?:total |overall |average |exact )?"
    r"(?:fees?|prices?|budget|fines?|costs?|amount (?:paid|spent))\b"
    r"|\b(?:cash|money) (?:gifts?|donations?|awards?|prizes?)\b"
    r"|\b(?:salary|salaries|remuneration|wages?)\b|\b(?:in|how many) (?:yuan|RMB|CNY)\b",
    re.IGNORECASE,
)
_POWER = re.compile(
    r"(?:用|耗|发|购|售|外购)了?(?:多少|几)度?电|(?:用|耗|发|购|售)电量|电力消耗|耗电"
    r"|\b(?:how much|amount of|total) (?:[\w-]+ ){0,2}?electricity\b"
    r"|\b(?:electricity|power) (?:consumption|use|usage|consumed)\b",
    re.IGNORECASE,
)
_WATER = re.compile(
    r"(?:用|耗|取)了?(?:多少|几)吨?水|(?:用|耗|取)水[总]?量"
    r"|\bhow much (?:[\w-]+ ){0,2}?water\b|\bwater (?:consumption|use|usage|withdrawal)\b",
    re.IGNORECASE,
)
FIRMS = re.compile(
    r"(?:多少|几)家?(?:[\u4e00-\u9fff]{0,4}?)(?:公司|企业|供应商|供货商|经销商|代理商|工厂|门店|机构)(?!的|[人员])"
    r"|\bhow many (?:[\w-]+ ){0,2}?(?:subsidiaries|companies|suppliers|vendors|factories|plants"
    r"|branches|firms|distributors|dealers|stores)\b",
    re.IGNORECASE,
)
_NUMBER_OF = re.compile(r"有多少([\u4e00-\u9fff]{2,6})|\bhow many\b", re.IGNORECASE)
_OF_MONEY = re.compile(
    "[钱款税薪]|资[金产本]|[费效]用|经费|收入|营收|利润|投入|负债|分红|现金|补[贴助]|成本|支出|金额|工资|元"
    "|股[本利]|订单"
)
MONEY_UNITS = frozenset({"CNY", "USD", "HKD", "EUR", "GBP", "JPY"})
_NUMBER = re.compile(r"(?<![\w.,/-])(?!(?:19|20)\d{2}\b)\d+(?:[.,]\d+)*")
_HOW_MANY_OF = re.compile(
    r"多少(?P<zh>[\u4e00-\u9fff]{2,6})|\bhow many (?:[\w-]+ ){0,2}?(?P<en>[a-z]+s)\b", re.IGNORECASE
)
_HOW_MANY_PEOPLE = re.compile(
    r"\bhow many (?:[\w&-]+ ){0,2}?(?:people|persons|folks)\b", re.IGNORECASE
)
_PEOPLE = re.compile(r"(?:人员|员工|[者员师生]|工人)(?=$|[参在获是有来为被能没])")
# The number of a version or a standard counts nothing: LLM 3.0, ISO 9001.
_CODE = re.compile(
    r"(?<![A-Za-z])(?!RMB|CNY|USD|HKD|EUR)[A-Za-z]+[ -]?\d[\d.]*(?!\s*[%‰万亿元个项件名人次家])"
)
# Numbers to call and to write to, and those born in a decade, count nothing either.
_ADDRESS = re.compile(
    r"\S+@\S+|(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|[48]00-?\d{3}-?\d{4})(?!\d)|\d0 ?后"
)
_RANK = re.compile(r"(?:倒数|排名|[前第])\s*\d+\s*[名位强]")  # the last 5 are not 5 that there are
_MEASURES = frozenset(
    ("hour", "tonne", "kg", "kWh", "MWh", "kW", "MW", "GJ", "dB", "m2", "m3", "km")
)
_COUNT = re.compile(
    r"(?:多少|(?<![哪这那])几)[个次件起人名家项]"
    r"|\bhow many\b(?! (?:days|weeks|months|years|minutes))",
    re.IGNORECASE,
)
# Companies are not counted as people are: "the last 5" (名) does not tell how many (几家) left.
_COUNTED: dict[str, Collection[str]] = dict.fromkeys(("家", "通", "封"), ("item", ""))
_COUNTED |= dict.fromkeys(("台", "套", "辆"), ("item", ""))
_COUNTED["人次"] = ("person", "person-time", "")
_COUNTED |= dict.fromkeys(("人", "名", "位"), ("person", "person-time", ""))


def asks_money(question: str) -> bool:
    """Whether it asks for an amount of money."""
    return _MONEY.search(question) is not None


def asks_number(question: str) -> bool:
    """Whether it asks how many there are of something, which no amount of money tells."""
    match = _NUMBER_OF.search(question)
    return match is not None and not _OF_MONEY.search(match[1] or "")


def units(question: str) -> Collection[str]:
    """Return the units that would answer; none where any figure would, or several are asked for."""
    several = asked.several(question)
    if asks_money(question) and not several:
        return MONEY_UNITS
    match = _HOW_MANY.search(question)
    word = (match["zh"] or match["en"]) if match else ""
    if _HOURS.search(question) and not several:
        return {"hour"}
    used = not (several or asked.rate(question) or asked.growth(question))
    if used and _POWER.search(question):
        return {"kWh", "MWh", "GJ", ""}
    if used and _WATER.search(question):
        return {"tonne", "m3", ""}
    if word in _COUNTED and not several:
        return _COUNTED[word]
    if not several and FIRMS.search(question):
        return ("item", "")
    if not several and _counts_people(question):
        return _COUNTED["人"]
    unit = unit_of(UNIT.search(word))
    return {unit} if unit in _MEASURES else ()


def _counts_people(question: str) -> bool:
    """Whether those who are counted are people by the Chinese word for them: 志愿者, 讲师."""
    match = _HOW_MANY_OF.search(question)
    if _HOW_MANY_PEOPLE.search(question):
        return True
    named = [match["zh"]] if match and match["zh"] else to_chinese(match["en"]) if match else []
    return any(_PEOPLE.search(word) for word in named)


def asks_count(question: str) -> bool:
    """Whether it asks how many there are, and not for so many hours or tonnes."""
    return _COUNT.search(question) is not None and not units(question)


def tells_count(text: str) -> bool:
    """Whether a text counts something."""
    return any(amount.unit in COUNTS for amount in find_amounts(text))


def has_amount(text: str, units: Collection[str]) -> bool:
    """Whether a text has an amount in one of these units, or any number where none is given."""
    text = _RANK.sub(" ", _CODE.sub(" ", _ADDRESS.sub(" ", text)))
    amounts = find_amounts(text)
    if units:
        return any(amount.unit in units for amount in amounts)
    plain = blank(text, [(date.start, date.end) for date in find_dates(text)])
    return bool(amounts) or _NUMBER.search(plain) is not None
