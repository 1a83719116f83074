"""Explain in English the terms of Chinese quotes that are not translated."""

from collections.abc import Sequence

from index.terms import glossary, is_chinese

SHORTEST, MOST = 3, 12  # characters of a term; terms that are explained
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
    known = {t: forms[0] for t, forms in glossary().items() if len(t) >= SHORTEST}
    found: dict[str, str] = {}
    for term, english in _terms_in("\n".join(texts), known | _SMALL_WORDS):
        if len(found) < MOST:
            found.setdefault(term, english)
    explained = "; ".join(f"{english} (“{term}”)" for term, english in found.items())
    return f"Terms: {explained}." if explained else ""


def _terms_in(text: str, known: dict[str, str]) -> list[tuple[str, str]]:
    """Return the terms in the order of the text, at each place the longest."""
    longest = max(map(len, known))
    found, at = [], 0
    while at < len(text):
        size = longest if is_chinese(text[at]) else 0
        while size and text[at : at + size] not in known:
            size -= 1
        if size:
            found.append((text[at : at + size], known[text[at : at + size]]))
        at += size or 1
    return found
