"""What a question about figures asks for: a cell, a change, a share, so much each, which years."""

import re

_FIGURE = re.compile(
    r"多少|几[个人次件名位项家份届场]|多大|多高|占比|比例|比率|比重|百分之几"
    r"|[率额量数](?:是|为|有|分别|[？?]|$)|金额|数量|总数|人数|次数|得分|时长|增长|增加|下降|减少|变化"
    r"|[用消耗放]量|能耗|水耗|相比|同比|差|趋势|目标|达成|合计|总共|哪一?年.{0,12}最"
    r"|\b(?:how (?:many|much|large|big|high)|number|amount|total|percentage|percent|share"
    r"|consumption|emissions|intensity|proportion|ratio|rate|score|figure|spend|spent|headcount|revenue|profit|target|increased?"
    r"|decreased?|grow|grew|growth|changed?|rise|rose|fall|fell|trend|compared?|hours)\b",
    re.IGNORECASE,
)
_WORDS = re.compile(
    r"为什么|为何|如何|怎么(?!样)|措施|政策|制度|什么地方|用途|哪些(?!年)|何时|及以[上下]"
    r"|\b(?:why|how (?:does|do|did|is|are)(?! the (?:number|amount|share|rate|ratio|total))"
    r"|polic(?:y|ies)|describe|explain|used for|when"
    r"|what (?:is|was|are) .* for|or (?:higher|above|below|lower|more|less)"
    r"|(?:under|over|above|below) (?!(?:19|20)\d{2}\b)\d+)\b",
    re.IGNORECASE,
)
_TREND = re.compile(
    r"趋势|近[三3两二]年|历年|各年|逐年|每年分别|三年|哪一?年"
    r"|\b(?:trend|each year|year by year|(?:past|last|three|several) years"
    r"|which (?:of the )?years?)\b",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"增长|增加|下降|减少|变化|相比|同比|相差|多了|少了|上升|提高|升高|降低|差额|差多少|增幅|降幅"
    r"|\b(?:increased?|decreased?|grow|grew|growth|changed?|rise|rose|fall|fell|drop(?:ped)?"
    r"|difference|compared?)\b",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"占.{0,20}(?:比|百分|多少|几成)|比例|比重|占比|百分之几"
    r"|\b(?:share|proportion|percentage|percent|what part|fraction)\b",
    re.IGNORECASE,
)
_RATE = re.compile(
    r"[比率]|百分|%|覆盖"
    r"|\b(?:share|proportion|percentages?|percent|rates?|ratio|coverage|target)\b",
    re.IGNORECASE,
)
_EACH = re.compile(r"平均每|人均|每[名人位次件]|\b(?:per|average)\b", re.IGNORECASE)
_WHY = re.compile(r"为什么|为何|原因|\bwhy\b", re.IGNORECASE)
_FALLS = re.compile(
    r"减少|下降|降低|下滑|\b(?:fall|fell|decreased?|drop(?:ped)?|declined?|shrink|shrank|lower)\b",
    re.IGNORECASE,
)
_RISES = re.compile(
    r"增加|增长|上升|提高|\b(?:rise|rose|increased?|grow|grew|jump(?:ed)?|higher)\b", re.IGNORECASE
)
_LEAST = re.compile(r"最[少低小]|\b(?:fewest|lowest|least|smallest|minimum)\b", re.IGNORECASE)
_MOST = re.compile(r"最[多高大]|\b(?:most|highest|largest|greatest|maximum|peak)\b", re.IGNORECASE)
_QUANTITY = re.compile(
    r"多少|几[个人次件名位项份]|占比|百分之几|比例"
    r"|\b(?:how (?:many|much|long)|what (?:percentage|share|proportion)|by what percentage)\b",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[？?，,、；;]|以及|[和及]|\band\b")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_RANGE = re.compile(
    r"((?:19|20)\d{2})\s*年?\s*(?:至|到|[-–—~]|to|through|and|与|和)\s*((?:19|20)\d{2})",
    re.IGNORECASE,
)
_SPANS = re.compile(r"[至到~–—-]|\bto\b|through|between|from", re.IGNORECASE)


def figure(question: str) -> bool:
    """Whether it asks for figures, and for nothing that only words can tell."""
    return _FIGURE.search(question) is not None and _WORDS.search(question) is None


def trend(question: str) -> bool:
    """Whether it asks for all years."""
    return _TREND.search(question) is not None


def change(question: str) -> bool:
    """Whether it asks how a figure changed from year to year."""
    return _CHANGE.search(question) is not None


def share(question: str) -> bool:
    """Whether it asks for the share of a whole."""
    return _SHARE.search(question) is not None


def rate(question: str) -> bool:
    """Whether a percentage may be the answer."""
    return _RATE.search(question) is not None


def each(text: str) -> bool:
    """Whether it speaks of so much for each."""
    return _EACH.search(text) is not None


def premise(question: str) -> int:
    """Return 1 or -1 where it asks why a figure rose or fell, else 0."""
    if not _WHY.search(question):
        return 0
    falls, rises = _FALLS.search(question), _RISES.search(question)
    return 0 if bool(falls) == bool(rises) else (-1 if falls else 1)


def extreme(question: str) -> int:
    """Return 1 where it asks for the largest of several, -1 for the smallest, else 0."""
    least, most = _LEAST.search(question), _MOST.search(question)
    return 0 if bool(least) == bool(most) else (-1 if least else 1)


def several(question: str) -> bool:
    """Whether it asks for more than one quantity."""
    return sum(1 for part in _PARTS.split(question) if _QUANTITY.search(part)) > 1


def years(question: str) -> list[str]:
    """Return the years it names, ranges filled up, in order."""
    named = set(_YEAR.findall(question))
    for match in _RANGE.finditer(question):
        if _SPANS.search(question[max(0, match.start() - 10) : match.end()]):
            named |= {str(year) for year in range(int(match[1]), int(match[2]) + 1)}
    return sorted(named)
