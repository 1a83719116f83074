"""Explain in English the terms of Chinese texts: to readers, and to the model that translates."""

from collections.abc import Sequence

from index.glossary import glossary
from index.pieces import is_chinese
from rag.naming import places
from rag.people import office_holders

SHORTEST = 3  # characters of a term
MOST, MOST_FOR_MODEL = 12, 8  # terms that are explained
# What is short and yet tells the most: how often, how long, and that something did not happen.
_SMALL_WORDS = {
    "每天": "every day", "每日": "every day", "每周": "every week", "每月": "every month",
    "每季度": "every quarter", "每半年": "every half year", "每年": "every year",
    "半年": "half a year", "未发生": "did not occur", "未出现": "did not occur",
    "未发现": "was not found", "不存在": "does not exist", "均未": "none of them",
}  # fmt: skip


def terms_note(texts: Sequence[str]) -> str:
    """Return the longer terms of Chinese texts with their English, in reading order; "" without
    any.
    """
    joined = "\n".join(texts)
    terms = _terms_in(joined, _longer_terms() | _SMALL_WORDS)
    found = list((office_holders(joined) | terms).items())
    explained = "; ".join(f"{english} (“{term}”)" for term, english in found[:MOST])
    return f"Terms: {explained}." if explained else ""


def terms_line(texts: Sequence[str]) -> str:
    """Return the line of a prompt that explains the places, the office holders and the longer terms
    of Chinese texts; "" without any.
    """
    joined = "\n".join(texts)
    named = places(joined) | office_holders(joined)
    found = list((named | _terms_in(joined, _longer_terms())).items())
    explained = "; ".join(f"{term} = {english}" for term, english in found[:MOST_FOR_MODEL])
    return f"Terms: {explained}\n" if explained else ""


def _longer_terms() -> dict[str, str]:
    return {term: forms[0] for term, forms in glossary().items() if len(term) >= SHORTEST}


def _terms_in(text: str, known: dict[str, str]) -> dict[str, str]:
    """Return the terms in the order of the text, at each place the longest."""
    longest = max(map(len, known))
    found: dict[str, str] = {}
    at = 0
    while at < len(text):
        size = longest if is_chinese(text[at]) else 0
        while size and text[at : at + size] not in known:
            size -= 1
        if size:
            term = text[at : at + size]
            found.setdefault(term, known[term])
        at += size or 1
    return found
