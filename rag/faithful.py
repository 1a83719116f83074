"""Whether an English translation keeps what its Chinese source says."""

import re
from collections import Counter

from index.glossary import content_words
from rag.amounts import find_amounts, states
from rag.claim import Claim, Failure
from rag.dates import date_states, find_dates
from rag.naming import places
from rag.sources import figures

_TITLE = re.compile("《[^》]*》")
_CODE = re.compile(
    r"(?<![A-Za-z])(?!(?:RMB|CNY|USD|HKD|EUR)\b)(?:ISO|IEC|GB/T|[A-Z]{2,})[ -]?\d+(?:\.\d+)*"
)
_ORDINAL = re.compile(r"\b\d+(?:st|nd|rd|th)\b")
_NTH = re.compile(r"第 ?[\d一二三四五六七八九十]|[日届]|季度|世纪|周年")  # may be worded so
_HALF_COMPARED = re.compile(
    r"\b(?:higher|lower|greater|larger|better) than (?:a |one )?(?:half|third|quarter)\b",
    re.IGNORECASE,
)
# What a model says of its task: 'the term "x" is translated as "y" in the given sentence'.
_OF_ITSELF = re.compile(r"\b(?:translat\w+|the (?:given )?sentence)\b", re.IGNORECASE)
_OF_LANGUAGE = re.compile("[译句]")
_ONE = re.compile(r"(?:一(?!百|千|万|亿)|1 ?(?=[次个]))\D")  # 一次, as little a figure as "a"
_STRANGE = 0.15  # share of words of a translation
_NUMERALS = "零一二三四五六七八九十"
_SHORTEST_STEM = 5  # letters of a place with the one that changes: China, Chinese


def keeps_figures(text: str, source: str) -> bool:
    """Whether every figure and every date of the source is in the translation."""
    said, dates = find_amounts(text), find_dates(text)
    told = [amount for amount in find_amounts(source) if not _ONE.match(amount.text)]
    return all(any(states(a, amount) for a in said) for amount in told) and all(
        any(date_states(date, d) and d.month == date.month for d in dates)
        for date in find_dates(source)
    )


def keeps_names(text: str, source: str) -> bool:
    """Whether the places of a source, if not those in titles of laws, and its codes as often, are
    in the translation.

    A certificate that is named twice is two companies', a place in a ranking is the place in one;
    more than half of the people is no comparison ("higher than half of their impression").
    """
    said, stand = Counter(_CODE.findall(text)), Counter(_CODE.findall(source))
    return (
        all(_has_place(text, place) for place in places(_TITLE.sub(" ", source)).values())
        and said >= stand
        and len(_ORDINAL.findall(text)) <= len(_NTH.findall(source))
        and not _HALF_COMPARED.search(text)
    )


def _has_place(text: str, place: str) -> bool:
    """Whether a text names a place, or calls something by it: Indian; of what has a long name (the
    People's Republic of China) the end will do.
    """
    name = place.rpartition(" of ")[2]
    stem = name[:-1] if len(name) >= _SHORTEST_STEM else name
    return re.search(rf"\b{re.escape(stem)}", text, re.IGNORECASE) is not None


def fails(claim: Claim, source: str) -> bool:
    """Whether a sentence of a translation fails a check that counts for one, or speaks of itself.

    What says which figure is which (of two, of a part) is meant for sentences that take something
    out; where all figures of a translation stand in the order of its source, none is swapped. A
    small number may stand before a noun without being an amount there (五险一金), and a word or
    two that the dictionaries miss are an accident of wording in a long sentence.
    """
    if _OF_ITSELF.search(claim.text) and not _OF_LANGUAGE.search(source):
        return True
    told = [a.value for a in figures(claim.text)]
    order = iter([a.value for a in figures(source)])
    apart = ("row", "twice") if all(value in order for value in told) else ()
    few = _STRANGE * len(content_words(claim.text))
    return any(
        failure.kind not in apart
        and not (failure.kind == "figure" and _numbers(failure, source))
        and not (failure.kind == "words" and len(content_words(failure.words)) <= few)
        for failure in claim.failures
    )


def _numbers(failure: Failure, source: str) -> bool:
    """Whether what is taken for a figure, a word, is the numeral of a Chinese noun."""
    found = find_amounts(failure.words) if failure.words.isalpha() else []
    return any(a.value < len(_NUMERALS) and _NUMERALS[int(a.value)] in source for a in found)
