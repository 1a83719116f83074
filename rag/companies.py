"""Find a company that a question names and that the report does not know."""

import re
from collections.abc import Collection
from difflib import get_close_matches
from functools import cache, lru_cache

from index.cedict import entries
from index.glossary import everyday, glossary
from index.spelling import recognise
from index.store import Index
from index.terms import in_dictionary, tokens
from rag.coverage import Coverage

_HAN = "\u4e00-\u9fff"
_RUN = re.compile(f"[{_HAN}]+")
_CLOSE = 0.7  # the ratio of difflib above which a name is a slip of another
_LONGEST = 6  # characters of a company's short name
_KINDS = (
    "股份|科技|技术|集团|控股|电子|电器|汽车|银行|证券|乳业|食品|药业|能源|航运|安防|医药|制药|生物"
    "|物业|地产|置业|化工|材料|电力|钢铁|保险|基金|信托|传媒|通信|软件|矿业|重工|航空|物流"
)
# Where a Chinese question names whom it is about: at its head, or compared with the company.
_HEAD = re.compile(
    rf"(?:请问|那么?|和|与)?([{_HAN}]{{2,8}}?)(?:的|在|是|有|和，|与，|跟，|比，|去年|今年|\s*(?:19|20)\d{{2}})"
)
_BESIDE = re.compile(
    rf"(?:^|[,，]|公司|我们)(?:和|与|跟|同|比|对比|不如|超过|vs\.?)\s*([{_HAN}]{{2,8}}?)"
    rf"(?:相比|相较|比较|对比|比|谁|哪|的|[高低多少大小强]|[,，？?]|$)"
)
_OF_A_KIND = re.compile(rf"(?<![{_HAN}])([{_HAN}]{{2,4}}?)(?:{_KINDS})")
# Whoever has such a word behind its name is a company, however common the name is as a word.
_COMPANY_KINDS = ("银行", "证券", "乳业", "航运")
_FUNCTION = frozenset(
    "在从由向对于是和与的说讲要想听觉以被让都各"
)  # characters that no short name has
_OWN = re.compile(r"[本我该]$|[本我该](?=集团|公司|行|银行)")
_YEAR = re.compile(r"((?:19|20)\d{2})\s*年?度?")
_ASKING = re.compile(
    r"谁|什么|怎|哪|几|多少|如何|请|是否|给|帮|把|为何|今天|明天|现在|[我你您没不]|有无|咱"
)
# Where an English question does: a capitalised word behind these, one all in capitals before others
# (ENN Natural Gas), or one that owns something.
_LATIN = re.compile(
    r"\b(?:did|does|do|has|have|had|is|was|were|will|would|can|at|by|of|for|about|than|with|versus"
    r"|vs\.?|against|from|and|or|like|to) "
    r"(?:([A-Z][A-Za-z]{2,})\b"
    r"(?! (?!(?:Technolog|Group|Inc|Corp|Ltd|Co\b|Holding|Motor|Bank|Electronic|System))[A-Z\d])"
    r"|([A-Z]{3,}) (?=[A-Z][a-z]))"
    r"|\b([A-Z][A-Za-z]{2,})['’]s\b"
)
# Such a word owns or does something: it is a name, however near a word it is spelt (Suprema).
_LATIN_DOER = re.compile(r"\w ([A-Z][a-z]{2,})['’]s\b|\b(?:did|does) ([A-Z][a-z]{2,})\b")
_COMPANY = re.compile(
    r"\b(?:company|brand|corporation|conglomerate|manufacturer|retailer|portal)\b|公司"
)


def other_company(index: Index, asked: str, question: str, coverage: Coverage) -> str:
    """Return the name of a company that the report does not mention, or "".

    ``asked`` is the question with the capitals that were typed, ``question`` its normal form.
    """
    return _chinese(index, question) or _latin(index, asked, coverage)


def _chinese(index: Index, question: str) -> str:
    for name in (name for name in index.manifest.names if not name.isascii()):
        question = question.replace(name, "，")  # it separates as a comma does
    # 2023年本集团: neither 年 nor "our" is a name; the year itself ends the name before it
    question = _YEAR.sub(r"\1，", _OWN.sub("，", question))
    head = _HEAD.match(question)
    placed = [head[1]] if head else []
    placed += [match[1] for match in _BESIDE.finditer(question)]
    for name in placed:
        if _strange(index, name):
            return name
    for match in _OF_A_KIND.finditer(question):
        named = match[0].endswith(_COMPANY_KINDS) and not _in_report(index, match[1])
        strange = _strange(index, match[1]) or (named and not _ASKING.search(match[1]))
        strange = strange and _FUNCTION.isdisjoint(match[1])  # 在上海证券（交易所）
        if strange and not _misspelt(match[0], index.manifest.names):
            return match[0]
    runs = tuple(_RUN.findall(question))
    known = next((name for name in _known_companies(runs) if not _in_report(index, name)), "")
    return _whole_name(index, known, question) if known else ""


def _whole_name(index: Index, known: str, question: str) -> str:
    """Return a known name with what goes on after it and is no word: 海康 with 威视."""
    end = question.find(known) + len(known)
    rest = question[end : end + 2]
    if not _RUN.fullmatch(rest) or len(rest) < 2 or in_dictionary(rest) or _in_report(index, rest):
        return known
    return known + rest


def _strange(index: Index, name: str) -> bool:
    """Whether neither the report nor, as a common word, the dictionary has any part of it."""
    pairs = {name[i : i + 2] for i in range(len(name) - 1)}
    if (
        _misspelt(name, index.manifest.names)
        or _ASKING.search(name)
        or any(_in_report(index, pair) for pair in pairs)
        or name in everyday()  # 董秘 is in no dictionary, and is no company
    ):
        return False
    if not _FUNCTION.isdisjoint(name):
        return False
    return all(any(entry.is_name for entry in found) for found in entries(pairs).values())


def _in_report(index: Index, words: str) -> bool:
    return any(words in passage.text for passage in index.passages)


@lru_cache(maxsize=256)
def _known_companies(runs: tuple[str, ...]) -> Collection[str]:
    """Return the names in the text that the dictionary explains as a company's, long ones first."""
    parts = {
        run[start:end]
        for run in runs
        for start in range(len(run))
        for end in range(start + 2, min(start + _LONGEST, len(run)) + 1)
    }
    names = [
        word
        for word, found in entries(parts).items()
        if word not in everyday()  # 老板 is a brand of kitchens, too
        and any(e.is_name and any(map(_COMPANY.search, e.definitions)) for e in found)
    ]
    return sorted(names, key=len, reverse=True)


@cache
def _abbreviations() -> frozenset[str]:
    """The abbreviations that reports and those who read them use: SASB, CDP."""
    forms = (" ".join((chinese, *english)) for chinese, english in glossary().items())
    return frozenset(found for form in forms for found in re.findall(r"[A-Z]{3,}", form))


def _misspelt(name: str, own: Collection[str]) -> bool:
    """Whether it is one of the company's own names, or close to one."""
    name = name.casefold()
    for other in map(str.casefold, own):
        if name in other or other in name or get_close_matches(name, [other], 1, _CLOSE):
            return True
    return False


def _latin(index: Index, asked: str, coverage: Coverage) -> str:
    unknown = set(coverage.unknown)
    for match in _LATIN.finditer(asked):
        typed = match[1] or match[2] or match[3]
        if typed in _abbreviations() or _misspelt(typed, index.manifest.names):
            continue
        if set(tokens(typed)) & unknown:
            return typed
    for match in _LATIN_DOER.finditer(asked):
        typed = match[1] or match[2]
        slip = recognise(typed.lower())[0] != typed.lower()
        if slip and not _misspelt(typed, index.manifest.names):
            return typed
    return ""
