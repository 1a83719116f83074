"""Follow-ups that compare: "than last year?", "what was the change?", "what share of revenue?"."""

import re
from collections.abc import Sequence

from index.pieces import is_chinese

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_COMPARES = re.compile(
    r"(?:(?:和|与|跟|同|比).{0,8}比?较?)?(?:同比|相比|比较|对比|变化)(?:如何|怎么?样|大吗|多少)?"
    r"|(?:和|与|跟|同|比|较)\s*(?:上一?年度?|去年|前一年|同期)?\s*(?:相?比)?\s*(?:的|是|又)?"
    r"(?:变化|增长|增加|减少|下降|上升|提高|降低|[涨跌升降多少高低])?出?[了来]*"
    r"(?:多少|几个?[人家件项次]?|百分之几|百分之多少|如何|怎么?样|吗)?"
    r"|(?:增长|增加|减少|下降|上升|[涨跌升降])了?(?:多少|百分之几|百分之多少)"
    r"|(?:compared?|versus|vs\.?|relative)(?: (?:with|to))?"
    r"|how (?:has|did) (?:it|that) change(?: from| since)?|by how much"
    r"(?: (?:did|has) (?:it|that) \w+)?"
    r"|(?:what (?:is|was) )?the (?:change|difference|growth|increase|decrease|decline)"
    r"|how much (?:did|has) (?:it|that|this) (?:chang|gr[eo]w|ris|f[ae]ll|increas|decreas|drop)\w*"
    r"|(?:up|down) by how much|how much (?:more|less|fewer) (?:is|was) (?:that|it)",
    re.IGNORECASE,
)
_COMPARED = re.compile(  # what comparing puts behind a question
    r"，(?:与\d{4}年相比|同比)变化了多少？?$|, and how did it change compared with [\w ]+\??$"
)
_IS_SHARE_OF = re.compile(
    r"占(?:了)?(?!比)[\u4e00-\u9fff]{1,10}?的?(?:多少|几成|百分之几|百分之多少|多大(?:比例|比重)|比[例重](?:是多少)?)"
)
_WHAT_IS = re.compile(r"([^，,？?]{2,30}?)(?:是|为)(?:多少|几)[^，,？?]{0,3}[？?]?")


def compares(core: str) -> bool:
    """Whether a follow-up only asks how the figure of the question before compares."""
    return _COMPARES.fullmatch(core) is not None


def compared(before: str, years: Sequence[str], report_year: str) -> str:
    """Return the question before, asked how its figure changed since the first of the years; where
    none is named, since the year before its own, or the report's.
    """
    known = _YEAR.findall(_COMPARED.sub("", before)) or _YEAR.findall(report_year)
    now = known[-1] if known else ""
    then = years[0] if years and years[0] != now else str(int(now) - 1) if now else ""
    stem = _COMPARED.sub("", before).rstrip(" ?？。.")
    if is_chinese(before):
        return f"{stem}，与{then}年相比变化了多少？" if then else f"{stem}，同比变化了多少？"
    return f"{stem}, and how did it change compared with {then or 'the year before'}?"


def share_of(core: str, before: str) -> str:
    """Return of what it is asked to be a share, behind "X是多少": X占营收多少."""
    asked = _WHAT_IS.fullmatch(before.strip())
    return f"{asked[1]}{core}？" if asked and _IS_SHARE_OF.fullmatch(core) else ""
