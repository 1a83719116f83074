"""Limits and negations: whether a claim keeps the "nearly", "at most" and "not" of its source."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.amounts import Amount, find_amounts

AT_MOST, AT_LEAST, NEAR = "at most", "at least", "near"


@dataclass(frozen=True, slots=True)
class Limit:
    """How far a figure is a limit: its kind, and the words for it in Chinese and in English."""

    kind: str
    zh: str
    en: str


# What stands before a figure, and what behind it; the first that fits counts.
_LIMITS = (
    (Limit(AT_MOST, "不超过", "not more than"),
     r"不(?:得)?(?:超过|大于|高于|多于)|最多|至多|≤"
     r"|(?:no|not|never) (?:to )?(?:more|greater|higher|longer|later) than"
     r"|not (?:to )?exceed(?:ing)?"
     r"|(?:do|does|did|may|must|shall|should|will|can)(?:n['’]t| not) exceed|at most|up to|within"
     r"|(?:a )?maximum(?: number| value| target)?(?: of| is| was|:)?|capped at|limited to",
     r"[ *]*(?:[\u3400-\u9fff]{0,2}/[\u3400-\u9fff]{1,4})?(?:以[下内]"
     r"|or (?:less|fewer|below|lower|under)|and (?:below|under)|at (?:the )?most|(?:at )?maximum)"),
    (Limit(AT_LEAST, "不少于", "at least"),
     r"不(?:得)?(?:少于|低于|小于)|至少|最[少低]|≥"
     r"|(?:no|not) (?:less|fewer|lower) than|at least|(?:a )?minimum(?: of)?",
     r"[ *]*(?:or (?:more|above|higher|over)|at least)"),
    (Limit(AT_MOST, "低于", "less than"),
     r"小于|低于|少于|不足|不到|未满|＜|<|(?:less|fewer|lower|smaller) than|under|below", None),
    (Limit(AT_LEAST, "超过", "more than"),
     r"超过?|逾|大于|高于|多于|突破|＞|>"
     r"|(?:more|greater|higher|longer|larger) than|over|above|exceed(?:s|ed|ing)?"
     r"|surpass(?:es|ed|ing)?",
     r"[ *]*(?:以上|and (?:above|over|more)|plus\b)"),
    (Limit(NEAR, "近", "nearly"), r"接?近|nearly|almost|close to|approaching", None),
    (Limit(NEAR, "约", "about"),
     r"大?约|about|around|approximately|approx\.|roughly|some|circa|an estimated",
     r"[ *]*(?:左右|上下|or so\b|approximately)"),
)  # fmt: skip
_BEFORE = [
    (limit, re.compile(rf"(?:{before})[ *了为至到的]*$", re.I)) for limit, before, _ in _LIMITS
]
_AFTER = [(limit, re.compile(after, re.I)) for limit, _, after in _LIMITS if after]
_SPANS = ("year", "month", "week", "day")
_MORE = re.compile(r"[余多+]")

# "不断" and "unlimited" deny nothing.
_NOT_ZH = re.compile(
    r"未(?![来成])|没有|没(?=[能被])|不(?![断仅同限良锈动定久懈遗但只一]|可或缺|可抗力|少于|超过|大于|高于|低于|小于|多于)"
    r"|无(?![线论锡人障纸疑微缝感]|形资产|接触)|并非|零(?![售部件配食散])|(?<![\d.])0(?![\d.])"
)
_NOT_EN = re.compile(
    r"\b(?:not|no|never|none|neither|nor|nobody|nothing|without|zero|nil|cannot)\b|n['’]t\b"
    r"|(?<![\d.,])0(?![\d.,])",
    re.IGNORECASE,
)
DID_NOT_HAPPEN = re.compile(r"未(?:发生|出现|发现|存在|有)|没有|不存在|为零|无(?:事故|伤亡)")
_NO_DENIAL_EN = re.compile(
    r"\b(?:no|not) (?:later|more|less|fewer|greater|higher|lower|longer) than\b"
    r"|\bnot (?:only|just|merely|solely)\b"
    r"|\bno\. ?\d|\bnot (?:to )?exceed|\bno longer than\b|\bwhether or not\b|\bno doubt\b",
    re.IGNORECASE,
)
# What may be worded with a "not": the text need not have the word itself.
_FORBIDS = re.compile(
    r"禁|严防|防[止范]|避免|杜绝|拒绝|抵制|反(?:对|歧视)|免[除费税息于受]|缺[少乏陷]|停止|取消|终止|闲置|除外"
)
_ASIDE_ZH = re.compile(r"[，,；;。！!？?、\n]")


def limit_of(text: str, amount: Amount) -> Limit | None:
    """Return the limit that the text puts on one of its figures; None where it is just given."""
    before, after = (
        text[max(0, amount.start - 30) : amount.start],
        text[amount.end : amount.end + 16],
    )
    if amount.unit in _SPANS and re.search(r"近[ *]*$", before):
        return None  # 近三年: the last three
    for limit, pattern in _BEFORE:
        if pattern.search(before):
            return limit
    for limit, pattern in _AFTER:
        if pattern.match(after):
            return limit
    return Limit(AT_LEAST, "超过", "more than") if _MORE.search(amount.text) else None


def limit_kept(claim: Limit | None, said: Amount, source: Limit | None, stands: Amount) -> bool:
    """Whether a claim puts the same limit on a figure as its source does.

    "About" is true of a figure that is given exactly or as a lower limit; a limit on a rounded
    figure is true where the exact one keeps to it.
    """
    if claim is None or source is None:
        if source is not None:
            return False
        if claim is None or claim.kind == NEAR:
            return True
        below, above = abs(stands.value) < abs(said.value), abs(stands.value) > abs(said.value)
        return below if claim.kind == AT_MOST else above
    return claim.kind == source.kind or (claim.kind == NEAR and source.kind == AT_LEAST)


def names_limit(text: str, kind: str) -> bool:
    """Whether a text has words of a kind of limit anywhere ("the maximum number ... is 8")."""
    if kind == AT_MOST:
        return re.search(r"\bmaximum|\bat most|最[多高大]|上限", text, re.IGNORECASE) is not None
    return re.search(r"\bminimum|\bat least|最[少低]|下限", text, re.IGNORECASE) is not None


def with_limit(text: str, amount: Amount, limit: Limit, language: str) -> str:
    """Put the words of a limit before a figure of the text."""
    words = limit.zh if language == "zh" else f"{limit.en} "
    return text[: amount.start] + words + text[amount.start :]


def denials(text: str) -> Iterator[tuple[str, str]]:
    """Yield the negations of Chinese text, each with what it denies: 未, 发生员工因工死亡事件."""
    for clause in _ASIDE_ZH.split(text):
        match = _NOT_ZH.search(clause)
        if match and not find_amounts(match[0]):
            yield match[0], clause[match.end() :].strip()


def denies(text: str, language: str) -> bool:
    """Whether a text says "not" of anything; limits such as "not more than" do not count."""
    if language == "zh":
        return _NOT_ZH.search(text) is not None
    return _NOT_EN.search(_NO_DENIAL_EN.sub(" ", text)) is not None


def may_deny(sources: Sequence[str]) -> bool:
    """Whether Chinese sources can be worded with a "not": they deny, forbid or exclude."""
    return any(_NOT_ZH.search(text) or _FORBIDS.search(text) for text in sources)
