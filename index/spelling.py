"""Correct slips in the English words of a question."""

import re
from collections import defaultdict
from functools import cache, lru_cache

from index.cedict import english_words
from index.glossary import glossary
from index.pieces import pieces, stem

_HISSES = re.compile("(?:[sxzoi]|ch|sh)$")  # has -es for more than one
_MISSPELT = 0.6  # the trust in a corrected word


@lru_cache(maxsize=4096)
def recognise(word: str) -> tuple[str, float]:
    """Return the word, or the word it is a slip of, and how far to trust it."""
    if len(word) < 5 or not word.isalpha() or _is_known(word):
        return word, 1.0
    if doubled := _by_single_letters().get(_single(word)):  # one of two letters is left out
        return doubled, _MISSPELT
    limit = 1 if len(word) < 8 else 2
    letters = _letters(word)
    best, closest = word, limit + 1
    for length in range(len(word) - limit, len(word) + limit + 1):
        for known, known_letters in _by_shape().get((word[0], length), ()):
            if (letters ^ known_letters).bit_count() <= 2 * (closest - 1):  # cheap, never wrong
                distance = _edit_distance(word, known, closest)
                if distance < closest:
                    best, closest = known, distance
    return best, 1.0 if best == word else _MISSPELT


@cache
def _known_words() -> frozenset[str]:
    """Return the correctly spelt words, those of the dictionary and of the glossary."""
    forms = (form for forms in glossary().values() for form in forms)
    return english_words() | {word for form in forms for word in pieces(form) if word.isalpha()}


@cache
def _known_stems() -> frozenset[str]:
    return frozenset(map(stem, _known_words()))


def _is_known(word: str) -> bool:
    """Whether it is a word or a form of one; employes is no form of employ."""
    if word in _known_words():
        return True
    return stem(word) in _known_stems() and not (
        word.endswith("es") and word[:-1] not in _known_words() and not _HISSES.search(word[:-2])
    )


@cache
def _by_single_letters() -> dict[str, str]:
    """Return the correctly spelt words by their letters, of two alike side by side but one."""
    return {_single(word): word for word in sorted(_known_words(), reverse=True)}


def _single(word: str) -> str:
    return re.sub(r"(.)\1", r"\1", word)


@cache
def _by_shape() -> dict[tuple[str, int], list[tuple[str, int]]]:
    """Return the correctly spelt words with their letters, by first letter and length."""
    by_shape: defaultdict[tuple[str, int], list[tuple[str, int]]] = defaultdict(list)
    for word in sorted(_known_words()):
        by_shape[word[0], len(word)].append((word, _letters(word)))
    return dict(by_shape)


def _letters(word: str) -> int:
    """Return the set of letters as bits."""
    return sum(1 << (ord(letter) % 64) for letter in set(word))


def _edit_distance(left: str, right: str, limit: int) -> int:
    """Count insertions, deletions, substitutions and swaps of neighbours, up to the limit."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        before, last, row = row, before, [i]
        for j, b in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and b == left[i - 2]:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) >= limit:
            return limit
    return row[-1]
