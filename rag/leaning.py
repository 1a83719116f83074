"""Whether a question leans on the one before it: by a pronoun, its first word, or by saying too
little of its own.
"""

import re
from collections.abc import Sequence

from index.terms import tokens
from rag.subject import says_nothing, without_asking

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
# What a follow-up begins with, and says nothing.
LEAD = re.compile(
    r"^(?:那么?(?![边儿些家位款种项次场笔名段条个]|里(?!面))|还有|以及|另外|其中|再看|换成|同样的?)[,，]?|^(?:and|but|or|so|then|also|ok)\b[,]?"
    r"|^(?:what about|how about|(?:the )?same (?:\w+ )?for|what of)\b",
    re.IGNORECASE,
)
ASKS = re.compile(
    r"[谁哪几吗]|什么|多少|如何|怎|为何|是否|有没有"
    r"|\b(?:what|which|who|when|where|why|how|is|are|was|were|do|does|did|has|have)\b",
    re.IGNORECASE,
)
# A pronoun leans on the question before, unless its own question says whom it means.
_PRONOUN = re.compile(
    r"^(?:[它他她]|他们|她们|该(?!公司|报告)|此|这|上述|其|那[边儿些家位款种项次场笔名段条个]|那里(?!面)|那?占(?!比)|那?里面|当中|之中|都(?!是|有没有)|分别|各自)|(?<=[，,])(?:它|他们|她们|这些?)"
    r"|[这那](?:家|[笔次项个位座款批份起场所种](?!公司|报告))"
    r"|\b(?:it|they|them|that|those|this|these|he|she|him|her"
    # what there is, is not there
    r"|(?<!are )(?<!is )(?<!were )(?<!was )(?<!been )there(?! (?:are|is|was|were|has|have)))\b"
    r"(?! (?:report|company|year))|\bhow many (?:are|is|were|was) there\b",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"\b(?:its|their|his|her)\b", re.IGNORECASE)
_OWN_SUBJECT = re.compile(  # the company, by any name
    r"公司|报告|\b(?i:company|report|firm|group)\b|(?<=\w )[A-Z]\w+"
)
# "How much revenue did it make?" behind "What does the company do?": it is the company.
_DOES = (
    r"have|make|earn|spend|employ|own|emit|use|consume|produce|pay|donate|generate|invest|sell|buy"
    r"|hire|train|recycle|discharge|report|operate|hold|run|file|obtain|receive|win"
)
_COMPANY_DOES = re.compile(
    rf"\b(?:do|does|did|has|have|had) (?:it|they) (?:{_DOES})\b(?! (?:it|them|that)\b)"
    r"|\b(?:is|are|was|were) (?:it|they) (?:founded|established|set up|incorporated|based"
    r"|headquartered|located|listed)\b",
    re.IGNORECASE,
)
_OF_COMPANY = re.compile(
    r"\b(?:do|does|did|has|have|had|is|was) (?:(?:the|this) (?:company|group|firm)|it|they)\b",
    re.IGNORECASE,
)
_WHEN_OR_WHERE = re.compile("when|where", re.IGNORECASE)
_SELF_CONTAINED = 5  # content words; a longer question stands alone although it leans


def leans(text: str, core: str, years: Sequence[str], *, corrects: bool) -> bool:
    """Whether a question says too little without the one before it."""
    if corrects or not core:
        return bool(core or years)
    if pronoun_in(text) or only_asks(text):
        return True
    words = len(tokens(core))
    led = LEAD.search(text) is not None or re.search(r"呢\s*[？?]?$", text) is not None
    if not led:
        return False
    whole = ASKS.search(core) is not None
    return words < _SELF_CONTAINED and (not whole or LEAD.search(text) is not None)


def pronoun_in(text: str) -> bool:
    """Whether a pronoun of a question stands for what the one before was about."""
    match = _PRONOUN.search(text)
    if match is None:  # behind "then": 那它的毛利率是多少
        text = LEAD.sub("", text)
        match = _PRONOUN.search(text)
    if match:
        return not _OWN_SUBJECT.search(text[: match.start()])
    owner = _POSSESSIVE.search(text)
    return owner is not None and not tokens(LEAD.sub("", text[: owner.start()].strip()))


def of_company(text: str, before: str) -> bool:
    """Whether the pronoun of a whole question is the company, which the one before is about."""
    does = _COMPANY_DOES.search(text)
    if not does or not _OF_COMPANY.search(before):
        return False
    asks = text[: does.start()] + text[does.end() :]
    return not _PRONOUN.search(asks) and bool(tokens(asks) or _WHEN_OR_WHERE.match(text))


def only_asks(text: str) -> bool:
    """Whether a question has no word that says what it is about: "How long on average?"."""
    if _YEAR.search(text) or _OWN_SUBJECT.search(text):  # "What does the company do?" is about it
        return False
    return ASKS.search(text) is not None and all(map(says_nothing, tokens(without_asking(text))))
