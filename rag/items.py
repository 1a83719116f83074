"""Claims that list what nothing cited has, or say nothing that was not asked."""

import re
from collections.abc import Sequence

from index.glossary import content_words
from index.pieces import is_chinese, stem
from index.terms import tokens
from rag.amounts import find_amounts, states
from rag.dates import blank, find_dates
from rag.evidence import Evidence
from rag.support import Support, given_tokens

_LIST = re.compile(r"[^,.;:()]+(?:, [^,.;:()]+)+,? (?:and|or) [^,.;:()]+")
_ITEM = re.compile(r", (?:and |or )?| (?:and|or) ")
_LEAD = re.compile(
    r".*\b(?:including|includes?|such as|like|are|is|of|with|by|for|to)\b ", re.DOTALL
)
_ASKS = re.compile(
    r"\b(?:who|whom|what|which|where|when|how|why)\b|[谁何哪]|什么|怎[么样]", re.IGNORECASE
)
_QUESTION = re.compile(r"[?？]\s*$")
_QUOTED = re.compile(r"[\"“‘「《]")
# What opens a clause is no item: "In May, the company did this, and that".
_OPENS = re.compile(
    r"(?:in|on|at|of|due|after|before|during|among|since|because|as|for|with|by|to|from|while|when"
    r"|which|where|who|through|under|currently)\b",
    re.IGNORECASE,
)
_ASKS_FULL_NAME = re.compile(r"\bfull (?:\w+ )?name\b|\b(?:stands?|short) for\b", re.IGNORECASE)
_SORTS_EN = (
    r"(?:groups?|types?|categor(?:y|ies)|kinds?|class(?:es)?|stages?|phases?|steps?|dimensions?"
    r"|aspects?|pillars?|principles?|famil(?:y|ies)|grades?|tiers?)"
)
_SORTS_ZH = "[类种个项大]?(?:类别|类型|种类|等级|阶段|步骤|环节|维度|方面|原则|族类|类|种)"
_ASKS_SORTS = re.compile(
    rf"\b(?:which|what)\b (?:\w+ ){{0,3}}?{_SORTS_EN}\b|哪[些几]?(?:{_SORTS_ZH})", re.IGNORECASE
)
_COUNTS_SORTS = re.compile(
    rf"\b(?:two|three|four|five|six|seven|eight|nine|ten|\d+) (?:\w+ ){{0,3}}?{_SORTS_EN}\b"
    rf"|(?:\d+|[两二三四五六七八九十]) ?{_SORTS_ZH}",
    re.IGNORECASE,
)
_NAMED = re.compile(r"[:：、]|, | (?:namely|such as|including) |包括|分别是")
_SILENT = re.compile(
    r"(?:报告|摘录)?中?(?:未|没有)(?:披露|提及|说明)(?:这一点|相关信息)?[。.]?"
    r"|the (?:report|excerpts?) (?:does|do) not (?:say|disclose|mention)(?: this| it)?\.?",
    re.IGNORECASE,
)
_SHORTEST = 4  # letters that make two words alike


def invented_items(
    text: str, pieces: Sequence[Evidence], question: str, support: Support
) -> list[str]:
    """Return the items of a list of which neither what is cited nor the question has any word, nor
    what is cited the meaning.
    """
    told = [piece.told for piece in pieces]
    given = given_tokens([question, *told])
    found = []
    undated = blank(text, [(date.start, date.end) for date in find_dates(text)])
    for match in _LIST.finditer(undated.replace("(", ", ").replace(")", ",")):
        first, *rest = _ITEM.split(match[0])
        for item in (_LEAD.sub("", first), *rest):
            words = support.words(item)
            opens = _OPENS.match(item.strip()) is not None
            new = words and not opens and len(support.missing(words, given)) == len(words)
            if new and not (support.explains(words, given) or support.aligns(item.strip(), told)):
                found.append(item.strip())
    return found


def tells_nothing_new(text: str, question: str, own_names: Sequence[str] = ()) -> bool:
    """Whether a claim is a question itself, or only says one over that asks who, what, where, when,
    how or why ("The board is chaired by the chairman of the board"), or says that the report is
    silent, which is for the whole answer to say. What the report calls the company is no news where
    its full name is asked for.
    """
    if _QUESTION.search(text) or _SILENT.fullmatch(text):
        return True
    given = find_amounts(question)
    news = [a for a in find_amounts(text) if not any(states(a, each) for each in given)]
    if not _ASKS.search(question) or news or find_dates(text) or _QUOTED.search(text):
        return False
    if is_chinese(text):
        return set(tokens(text)) <= set(tokens(question))
    names = " ".join(own_names) if _ASKS_FULL_NAME.search(question) else ""
    asked = {stem(word) for word in content_words(f"{question} {names}")}
    return all(any(_alike(stem(word), other) for other in asked) for word in content_words(text))


def names_none(text: str, question: str) -> bool:
    """Whether a claim only counts what a question asks the names of: "into four groups"."""
    counts = _COUNTS_SORTS.search(text)
    behind = text[counts.end() :] if counts else ""
    named = _NAMED.search(behind) or _LIST.search(text) or "、" in text
    return bool(counts and _ASKS_SORTS.search(question)) and not named


def _alike(word: str, other: str) -> bool:
    """Whether one begins with the other: chair, chairman."""
    short, long = sorted((word, other), key=len)
    return word == other or (len(short) >= _SHORTEST and long.startswith(short))
