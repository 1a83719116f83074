"""Give the terms of one language in the other, and those that mean the same, by the glossary."""

import re
from collections import defaultdict
from functools import cache
from pathlib import Path

from index.pieces import ENGLISH_STOP_WORDS, HAN, is_chinese, normalise, pieces, stem

GLOSSARY = Path(__file__).with_name("glossary.tsv")
EVERYDAY = Path(__file__).with_name("everyday.tsv")
_ASIDE = re.compile(r"\([^)]*\)|\[[^]]*\]")


@cache
def glossary() -> dict[str, tuple[str, ...]]:
    """Return the English forms of every Chinese term, the best one first."""
    entries: dict[str, tuple[str, ...]] = {}
    for line in GLOSSARY.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            chinese, english = line.split("\t")
            entries[chinese] = tuple(form.strip() for form in english.split(";"))
    return entries


@cache
def _same_in_english() -> dict[str, tuple[str, ...]]:
    """Return the Chinese terms of each best English form."""
    terms: defaultdict[str, list[str]] = defaultdict(list)
    for chinese, forms in glossary().items():
        terms[forms[0].lower()].append(chinese)
    return {form: tuple(alike) for form, alike in terms.items()}


def synonyms(chinese: str) -> tuple[str, ...]:
    """Return the other Chinese terms that the glossary words in English just the same, and what
    reports say for an everyday word.
    """
    forms = glossary().get(chinese)
    alike = _same_in_english()[forms[0].lower()] if forms else ()
    return *(term for term in alike if term != chinese), *everyday().get(chinese, ())


@cache
def everyday() -> dict[str, tuple[str, ...]]:
    """Return the words that reports have for everyday ones: 开支 is 支出."""
    lines = EVERYDAY.read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {said: tuple(words.split()) for said, words in pairs}


def chinese_terms(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the Chinese terms of a phrase; of one with the same stems where there are none."""
    terms = _by_english()
    exact = terms.get(tuple(map(singular, words)))
    return exact or terms.get(tuple(map(stem_key, words)), ())


def content_words(english: str) -> tuple[str, ...]:
    """Return the words of an English phrase, without what stands in brackets."""
    words = pieces(_ASIDE.sub(" ", english))
    return tuple(w for w in words if w not in ENGLISH_STOP_WORDS and not is_chinese(w))


def singular(word: str) -> str:
    """Return the singular by Harman's S-stemmer.

    A whole stem would make one word of governance and government.
    """
    if word.endswith("ies") and not word.endswith(("aies", "eies")):
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("us", "ss")):
        return word[:-1]
    return word


def stem_key(word: str) -> str:
    """Return the stem in a spelling that no whole word has."""
    return stem(word) + "-"


@cache
def longest_phrase() -> int:
    """Return how many words the longest English form has."""
    return max(map(len, _by_english()))


def phrase_length(words: tuple[str, ...]) -> int:
    """Return how many of the first words make the longest phrase of the glossary; 1 without any."""
    longest = min(len(words), longest_phrase())
    return next((size for size in range(longest, 1, -1) if chinese_terms(words[:size])), 1)


def glossary_phrases(question: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return the English words of a question that are terms of the glossary, the longest first at
    each place, each with its Chinese terms.
    """
    words = tuple(w for w in pieces(question) if w not in ENGLISH_STOP_WORDS and not is_chinese(w))
    found = []
    while words:
        size = phrase_length(words)
        if chinese := chinese_terms(words[:size]):
            found.append((words[:size], chinese))
        words = words[size:]
    return found


def to_english(chinese: str) -> str | None:
    """Return the English wording of a label, or None where the glossary does not cover all of it.

    Digits, Latin letters and brackets of the label are kept.
    """
    label = normalise(chinese).strip()
    if label in glossary():
        return glossary()[label][0]
    parts = [part for part in re.split(f"([{HAN}]+)", label) if part.strip()]
    wording = [_compose(part) if is_chinese(part) else part.strip() for part in parts]
    if not wording or not is_chinese(label) or None in wording:
        return None
    return re.sub(r"(?<=\() | (?=[),:;%])", "", " ".join(word for word in wording if word))


def to_chinese(english: str) -> list[str]:
    """Return the Chinese terms of an English word or phrase, in whatever inflection."""
    return list(chinese_terms(content_words(english)))


@cache
def _by_english() -> dict[tuple[str, ...], tuple[str, ...]]:
    """English words or stems -> Chinese terms, those first that it is the best form of."""
    ranked: defaultdict[tuple[str, ...], list[tuple[bool, str]]] = defaultdict(list)
    for chinese, forms in glossary().items():
        for form in forms:
            words = content_words(form)
            for key in (singular, stem_key) if words else ():
                ranked[tuple(map(key, words))].append((form != forms[0], chinese))
    return {
        words: tuple(dict.fromkeys(chinese for _, chinese in sorted(terms, key=lambda t: t[0])))
        for words, terms in ranked.items()
    }


def _compose(label: str) -> str | None:
    """Word a run of Chinese by the fewest glossary terms that make it up, long ones first."""
    best: list[list[str] | None] = [None] * len(label) + [[]]
    for start in reversed(range(len(label))):
        for end in range(len(label), start, -1):
            rest, forms = best[end], glossary().get(label[start:end])
            known = best[start]
            if rest is not None and forms and (known is None or len(rest) + 1 < len(known)):
                best[start] = [forms[0], *rest]
    return None if best[0] is None else " ".join(best[0])
