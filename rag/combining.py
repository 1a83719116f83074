"""How a question combines figures: gaps, ratios, sums, averages, classes and what divides them."""

import re

_AVERAGE = re.compile(
    r"(?:[三3两二]年|每年|历年|年度|年)的?平均|平均每年|年均(?!复合|增)"
    r"|\baverage(?:d)?\b.{0,40}\b(?:over|across|for|of|from|between) (?:the )?(?:\w+ )?(?:years|20)"
    r"|\b(?:annual|yearly) average|average (?:per|a|each) year|per year on average",
    re.IGNORECASE,
)
_COMPOUND = re.compile(r"复合增长|年均增[长速]|\b(?:cagr|compound)\b", re.IGNORECASE)
_END_OF_SCALE = re.compile(
    r"最[高低](?:等?级|级别|层级|一[级档])"
    r"|\b(?:highest|lowest|top|bottom|best|worst)[ -](?:[\w-]+ )?"
    r"(?:levels?|grades?|ranks?|tiers?|rungs?|class(?:es)?)\b",
    re.IGNORECASE,
)
_BREAKDOWN = re.compile(
    r"构成|分布|结构|分类|各(?:[\u4e00-\u9fff]{1,4})?(?:有|占|是|为)?(?:多少|几)|分别(?:有|是|占|为)?(?:多少|几)|按.{1,8}(?:划分|分|统计)"
    r"|\b(?:break ?down|broken down|composition|composed|distribut\w+|split|divided|made up)\b"
    r"|\bby (?:gender|sex|age|education|degree|function|job|region|rank|level|type)\b",
    re.IGNORECASE,
)
_GAP = re.compile(
    r"(?:比|较|与|和).{1,20}?(?:多|少|高|低)(?:出|了)?(?:多少|几)|相差|差多少|差距|差额"
    r"|\bhow (?:many|much) (?:more|fewer|less|higher|lower)\b|\b(?:outnumber|exceed)(?:s|ed)?\b"
    r"|\b(?:difference|gap) between\b",
    re.IGNORECASE,
)
_RATIO = re.compile(
    r"男女比|(?:[几多]少?|多少)倍|\bhow many times (?:as|more|larger|higher|the)\b"
    r"|.{1,10}(?:与|和|对|比).{1,12}的?(?:比例|比率|之比|比值)|几比几"
    r"|\bratio (?:of|between) .+ (?:to|and)\b|\b\w+[- ]to[- ]\w+ ratio\b",
    re.IGNORECASE,
)
_SEXES = re.compile(r"男女(?:员工|职工|人数)?(?:的|之)?比")
_TOGETHER = re.compile(
    r"合计|合起来|加起来|加总|总和|相加|一共|总共|之和|共(?:有|计)?多少|全都?算上|[加合]在?一[块起]"
    r"|\b(?:together|combined|altogether|in total|in all(?= ?[:?,.]|$)|sum of|add(?:ed|ing)? up"
    r"|total of"
    r"|total\b[^?]{0,40}\b(?:over|across|for) (?:the|all) (?:\w+ )?years)\b",
    re.IGNORECASE,
)
_COMPLEMENT = re.compile(
    r"非(?!常|洲|经常|流动|标|金融|执行|独立)[\u4e00-\u9fff]{2,4}(?:人员|员工|岗)"
    r"|\b(?:not|aren['’]t|isn['’]t) (?:in|on|of|part of|working in)\b"
    r"|\bnon-?(?=R&D|\w+ (?:staff|employees?|personnel|workers?))",
    re.IGNORECASE,
)
_JOINS = re.compile(
    r"[\u4e00-\u9fff]{2}[加和与及、][\u4e00-\u9fff]{2,10}(?:一共|合计|总共|加起来)"
    r"|\band\b[^,?]{2,40}\b(?:together|combined|altogether)\b",
    re.IGNORECASE,
)
# Not the 加 of 增加, 参加, 加强 and the like.
_PLUS = re.compile(
    r"(?<![增参附追更添])加上?(?![强快大入班工速盟深权起总])|\bplus\b", re.IGNORECASE
)
_OR_MORE = re.compile(
    r"(?:学历|学位)?[及或和]?以(?P<way>上|下)"
    r"|\b(?:or|and) (?P<more>higher|above|over|more|older|better)\b"
    r"|\b(?:or|and) (?P<less>lower|below|under|less|younger)\b|\bat least a\b",
    re.IGNORECASE,
)
# A class of numbers that is open to one side: 30岁以下, over 50.
BOUND = re.compile(
    r"(?P<number>\d+)\s*(?:岁|年|分)?[及或]?以(?P<way>上|下)"
    r"|\b(?:(?P<under>under|below|younger than|less than)|over|above|older than|more than)"
    r" (?P<of>(?!(?:19|20)\d{2}\b)\d+)\b"
    r"|\b(?P<to>(?!(?:19|20)\d{2}\b)\d+)(?: years)? (?:or|and)"
    r" (?:(?P<down>under|below|younger|less)|over|above|older|more)\b",
    re.IGNORECASE,
)
# What a table's groups divide by, and how it is asked for.
_CRITERIA = (
    (
        "性别",
        r"性别|男女|男性?.{0,4}女|gender|\bsex\b"
        r"|\b(?:wo)?men and (?:wo)?men\b|\b(?:fe)?male and",
    ),
    ("年龄", r"年龄|岁|\bage(?:s|d)?\b"),
    ("学历", r"学历|学位|文化程度|教育程度|\b(?:educat\w+|degrees?|qualifications?)\b"),
    (
        "专业|岗位|职能|职务|工种|类别",
        r"专业|岗位|职能|职务|工种|类别|\b(?:professions?|professional|functions?|jobs?|roles?"
        r"|occupations?|special\w+|disciplines?|departments?|categor\w+|staff types?"
        r"|(?:types?|kinds?|lines?) of (?:staff|employees?|workers?|jobs?|personnel|work))\b",
    ),
    ("地区|区域|地域", r"地区|区域|地域|\b(?:regions?|regional|areas?|geograph\w+)\b"),
    ("产品|品类", r"产品|品类|\b(?:products?|product lines?|goods)\b"),
    ("行业|业务", r"行业|业务|板块|\b(?:industr\w+|segments?|business(?:es)?)\b"),
    ("模式|渠道", r"模式|渠道|\b(?:channels?|sales models?)\b"),
    ("职级|级别|层级|职等", r"职级|级别|层级|职等|等级|\b(?:ranks?|grades?|levels?)\b"),
)


def average(question: str) -> bool:
    """Whether it asks for the average over several years."""
    return _AVERAGE.search(question) is not None


def compound(question: str) -> bool:
    """Whether it asks for a compound annual growth rate."""
    return _COMPOUND.search(question) is not None


def breakdown(question: str) -> bool:
    """Whether it asks how a whole divides."""
    return _BREAKDOWN.search(question) is not None


def end_of_scale(question: str) -> bool:
    """Whether it asks for the highest or lowest of some levels: not for the largest figure."""
    return _END_OF_SCALE.search(question) is not None


def gap(question: str) -> bool:
    """Whether it asks how much more one thing is than another."""
    return _GAP.search(question) is not None


def ratio(question: str) -> bool:
    """Whether it asks for the ratio of one thing to another."""
    return _RATIO.search(question) is not None


def sexes(question: str) -> bool:
    """Whether it asks for the ratio of men to women, in so many words: no share of a whole."""
    return _SEXES.search(question) is not None


def together(question: str) -> bool:
    """Whether it asks for a sum."""
    return _TOGETHER.search(question) is not None


def added(question: str) -> bool:
    """Whether it takes several things together: sales plus service staff."""
    return together(question) or _PLUS.search(question) is not None


def complement(text: str) -> bool:
    """Whether it speaks of all but some: non-R&D staff, 非研发人员."""
    return _COMPLEMENT.search(text) is not None


def joins(question: str) -> bool:
    """Whether it takes two things that it names together: 产假和陪产假一共."""
    return _JOINS.search(question) is not None


def or_more(question: str) -> int:
    """Return 1 where it asks for a class and those above it, -1 for those below, else 0."""
    match = _OR_MORE.search(question)
    if match is None:
        return 0
    return -1 if match["way"] == "下" or match["less"] else 1


def bound(text: str) -> tuple[str, int] | None:
    """Return the number that ages and the like are under (-1) or over (1): 30岁以下, over 50."""
    match = BOUND.search(text)
    if match is None:
        return None
    below = match["way"] == "下" or bool(match["under"] or match["down"])
    return match["number"] or match["of"] or match["to"], -1 if below else 1


def divides_by(question: str, criterion: str) -> bool:
    """Whether it speaks of what a table's group divides by: gender of 性别."""
    known = next((words for name, words in _CRITERIA if re.search(name, criterion)), None)
    return re.search(known or re.escape(criterion), question, re.IGNORECASE) is not None
