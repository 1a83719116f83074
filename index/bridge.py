"""Turn the words of a question into search terms of a Chinese corpus.

English goes through the glossary, what is left through CC-CEDICT and, for the names of places and
people, through pinyin.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import groupby, product

from index.cedict import Entry, english_words, entries, lookup, readings
from index.glossary import (
    chinese_terms,
    content_words,
    everyday,
    glossary,
    phrase_length,
    singular,
    stem_key,
    synonyms,
)
from index.pieces import CHINESE_STOP_WORDS, ENGLISH_STOP_WORDS, is_chinese, normalise, pieces, stem
from index.spelling import recognise
from index.spoken import spelt_out
from index.terms import LONGEST_NAME, in_dictionary, tokens, word_bounds

_ALTERNATIVES = 12
_SHARE = 0.25  # the least part of a Chinese term that may stand for it
_DEFINING = 0.4  # the least part of a definition that a word may be
_RELATED = 0.7  # the trust in a word of the same stem: production, product
_QUOTED = 0.5  # an English word of the corpus that the glossary translates: often only a heading
_ALIKE = 0.7  # the trust in a Chinese word of the same meaning: 离职率, 流失率
_NAMED = 0.9  # the trust in a word that is read as an English name: Xiamen, 厦门
_NAME_LETTERS = 5  # a shorter name is read like too many words
_HEARD = 0.8  # the trust in a Chinese word that only sounds the same
_NAME_WORDS = 3  # Chen Shu-kai
# Words of every question and every report: they say something inside a phrase only.
_GENERIC = """
company report year number amount total figure figures data information detail name list give
get make take use show say state describe mention explain find provide include including
available under over above below before after per up down out off have way kind type main
various certain currently during new used using go come per much many long big old hold offer
"""
_GENERIC_WORDS = frozenset(_GENERIC.split())
_GENERIC_STEMS = frozenset(map(stem, _GENERIC_WORDS))
_NO_MEANING = re.compile(r"CL:|(?:old |erhua )?variant of|see (?:also )?[^a-z]|surname ")


class Bridge:
    """The search terms of questions, for a corpus with the given vocabulary (its tokens)."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._vocabulary = frozenset(vocabulary)

    @property
    def vocabulary(self) -> frozenset[str]:
        """The tokens of the corpus."""
        return self._vocabulary

    def query_terms(self, question: str) -> list[dict[str, float]]:
        """Return a dict of corpus tokens and weights in (0, 1] for each term of the question.

        The tokens of one dict are alternatives for one another; no dict is empty.
        """
        distinct: list[dict[str, float]] = []
        for term in self._terms(question):
            if term and term not in distinct:
                distinct.append(term)
        return distinct

    def lacking(self, question: str) -> int:
        """Return for how many words of the question the corpus has none at all."""
        return sum(not term for term in self._terms(question))

    def _terms(self, question: str) -> list[dict[str, float]]:
        """Return the terms of all words; they are empty for words that the corpus lacks."""
        found: list[dict[str, float]] = []
        for chinese, group in groupby(pieces(spelt_out(normalise(question))), key=is_chinese):
            words = list(group)
            found += self._chinese(words) if chinese else self._english(words)
        return found

    def _chinese(self, runs: Iterable[str]) -> list[dict[str, float]]:
        words = [token for run in runs for token in _words(run)]
        alike = {word: terms for word in words if (terms := self._synonyms(word))}
        slips = {w: heard for w in words if w not in alike and (heard := self._sounds_like(w))}
        single = {character for slip in slips for character in slip}
        known = [word for word in words if word in self._vocabulary and word not in single]
        meant = {w: t for w, t in (alike | slips).items() if w not in self._vocabulary}
        unknown = [
            word
            for word in words
            if not any(part in word for part in [*known, *meant])
            and not any(word in other for other in meant)
        ]
        return [
            *({word: 1.0} | alike.get(word, {}) for word in known),
            *meant.values(),
            # jieba may have left the characters of an unknown word single in the corpus
            *({c: 1 / len(word) for c in word if c in self._vocabulary} for word in unknown),
        ]

    def _synonyms(self, word: str) -> dict[str, float]:
        return {term: _ALIKE for term in synonyms(word) if term in self._vocabulary}

    def _sounds_like(self, word: str) -> dict[str, float]:
        """Return the corpus words that are read like an unknown one: who types by sound slips so.

        A word of the dictionary is no slip; it is only not in this corpus.
        """
        short = 2 <= len(word) <= LONGEST_NAME and is_chinese(word)
        if not short or word in self._vocabulary or in_dictionary(word) or lookup(word):
            return {}
        if any(character in CHINESE_STOP_WORDS for character in word):  # 几类 is no name
            return {}
        heard = self._by_sound
        return {w: _HEARD for reading in readings(word) for w in heard.get(reading, ())}

    @cached_property
    def _by_sound(self) -> dict[str, list[str]]:
        """How the corpus words are read, in letters alone -> these words."""
        by_sound: defaultdict[str, list[str]] = defaultdict(list)
        for word in sorted(self._vocabulary):
            if 2 <= len(word) <= LONGEST_NAME and is_chinese(word):
                for reading in readings(word):
                    by_sound[reading].append(word)
        return dict(by_sound)

    def _english(self, words: Iterable[str]) -> list[dict[str, float]]:
        words = self._join_names([word for word in words if word not in ENGLISH_STOP_WORDS])
        known = [(word, 1.0) if self._named(word) else recognise(word) for word in words]
        spelt = tuple(word for word, _ in known)
        found: list[dict[str, float]] = []
        start = 0
        while start < len(spelt):
            end = start + phrase_length(spelt[start:])
            trust = min(trust for _, trust in known[start:end])
            if end - start > 1:
                terms = list(filter(None, self._phrase(spelt[start:end]))) or [{}]
            else:
                terms = [] if _is_generic(spelt[start]) else [self._word(spelt[start])]
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
                part |= {} if _is_generic(word) else self._translate((word,))
            parts.append(part)
        explained = {token for part in parts for token in part}
        return [{t: w for t, w in whole.items() if t not in explained}, *parts]

    def _word(self, word: str) -> dict[str, float]:
        found = self._translate((word,))
        if max(found.values(), default=0) == 1:
            found = {token: weight for token, weight in found.items() if weight == 1}
        literal = _QUOTED if found else 1.0
        found = found or self._define(word)
        if max(found.values(), default=0) < _NAMED:
            found = found | self._named(word)
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

    def _join_names(self, words: Sequence[str]) -> list[str]:
        """Join the words of names, surname first: shukai chen becomes chenshukai."""
        joined: list[str] = []
        start = 0
        while start < len(words):
            for size in range(_NAME_WORDS, 0, -1):
                run = words[start : start + size]
                orders = ("".join(run), "".join([*run[-1:], *run[:-1]]))
                name = next(filter(self._named, orders), None)
                if name or size == 1:
                    joined.append(name or run[0])
                    start += len(run)
                    break
        return joined

    def _named(self, name: str) -> dict[str, float]:
        """Return the corpus words that a name in Latin letters may stand for."""
        words = self._by_pinyin.get(name, ())
        if name in english_words():  # a place: no word will do that only sounds the same
            words = [word for word in words if word in self._entries]
        return dict.fromkeys(words, _NAMED)

    @cached_property
    def _by_pinyin(self) -> dict[str, list[str]]:
        """How corpus words that may be names are read, in letters alone -> these words."""
        by_pinyin: defaultdict[str, list[str]] = defaultdict(list)
        for word in sorted(self._vocabulary):
            if 2 <= len(word) <= LONGEST_NAME and is_chinese(word):
                for pinyin in self._name_readings(word):
                    if len(pinyin) >= _NAME_LETTERS:
                        by_pinyin[pinyin].append(word)
        return dict(by_pinyin)

    def _name_readings(self, word: str) -> set[str]:
        """Return how a place of the dictionary is read, or any word that the dictionary lacks."""
        if word in self._entries:
            return {entry.pinyin for entry in self._entries[word] if entry.is_name}
        characters = ({entry.pinyin for entry in self._entries.get(c, ())} for c in word)
        return {"".join(syllables) for syllables in product(*characters)}

    @cached_property
    def _entries(self) -> dict[str, list[Entry]]:
        """The dictionary's entries of the corpus words and of the characters in short ones."""
        short = (word for word in self._vocabulary if len(word) <= LONGEST_NAME)
        return entries(self._vocabulary.union(*short))

    @cached_property
    def _definitions(self) -> dict[str, dict[str, float]]:
        """An English word or its stem -> the corpus words that the dictionary defines by it."""
        weights: defaultdict[str, dict[str, float]] = defaultdict(dict)
        for chinese in sorted(self._vocabulary & self._entries.keys()):
            senses = [d for entry in self._entries[chinese] for d in entry.definitions]
            definitions = [d for d in senses if not _NO_MEANING.match(d.strip())]
            for rank, definition in enumerate(definitions):
                words = content_words(definition)
                weight = 1 / (len(words) or 1) / (1 + rank / 4)  # later senses are rarer ones
                if weight < _DEFINING:
                    continue
                for key in {key(word) for word in words for key in (singular, stem_key)}:
                    weights[key][chinese] = max(weight, weights[key].get(chinese, 0))
        return dict(weights)


def _is_generic(word: str) -> bool:
    """Whether a word says something inside a phrase only; a company that is listed is no list."""
    return stem(word) in _GENERIC_STEMS and (word in _GENERIC_WORDS or not _in_glossary(word))


def _in_glossary(word: str) -> bool:
    return any(word in map(str.casefold, forms) for forms in glossary().values())


def _words(run: str) -> list[str]:
    """The tokens of a run of Chinese, and everyday words that the dictionary cuts to pieces."""
    cut, bounds = tokens(run), word_bounds(run)
    return cut + [
        said
        for said, meant in everyday().items()
        if (start := run.find(said)) in bounds and start + len(said) in bounds  # 管事 in 监管事项
        if not any(word in cut for word in (said, *meant))
    ]


def _strongest(weights: dict[str, float]) -> dict[str, float]:
    ranked = sorted(weights.items(), key=lambda item: (-item[1], len(item[0]), item[0]))
    return dict(ranked[:_ALTERNATIVES])
