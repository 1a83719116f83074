"""How much of a question some text covers: its rare words count more than its common ones."""

import math
import re
from collections.abc import Collection, Mapping

from index.bridge import Bridge
from index.keywords import KeywordIndex
from index.pieces import normalise
from index.spoken import spelt_out
from rag import combining
from rag.subject import EXCLUDED, dull, says_nothing, without_asking
from rag.unknown import unknown_words

_GOOD = 0.4  # a weaker alternative of a term does not count as the term


class Coverage:
    """The weighted terms of one question."""

    def __init__(
        self,
        question: str,
        bridge: Bridge,
        keywords: KeywordIndex,
        names: Collection[str] = (),
        *,
        focus: str = "",
    ) -> None:
        self._keywords = keywords
        self._bridge = bridge
        self.names = names
        for name in names:
            question = re.sub(re.escape(name), " ", question, flags=re.IGNORECASE)
        question = spelt_out(question)
        self.terms: list[set[str]] = []
        self._weights: list[float] = []
        question = EXCLUDED.sub(" ", question)
        self._bound = combining.bound(
            question
        )  # a class of numbers is named by its bound, as a whole
        question = combining.BOUND.sub(
            lambda match: f" {match['number'] or match['of'] or match['to']} ", question
        )
        question = without_asking(question)
        found = [_good(term) for term in bridge.query_terms(question)]
        scraps = _scraps(found)
        for term in found:
            most = max(term.values(), default=0)
            said = [token for token, weight in term.items() if weight == most]
            if not all(token in scraps or says_nothing(token) for token in said):
                self.terms.append(set(term))
                self._weights.append(max(w * self._weight(t) for t, w in term.items()))
        self.focus = (
            frozenset(
                i
                for i, term in enumerate(self.terms)
                if any(not term.isdisjoint(other) for other in bridge.query_terms(focus))
            )
            if focus
            else frozenset()
        )
        self.unknown = unknown_words(question, bridge)
        self._total = sum(self._weights) + len(self.unknown) * self._weight("")

    @property
    def says_something(self) -> bool:
        """Whether the question has a word that could be covered."""
        return self._total > 0

    def covered(self, words: Collection[str]) -> frozenset[int]:
        """Return the positions of the terms that the words hold."""
        return frozenset(i for i, term in enumerate(self.terms) if not term.isdisjoint(words))

    def weight(self, covered: Collection[int]) -> float:
        """Return the share, from 0 to 1, that these terms have in the question."""
        return sum(self._weights[i] for i in covered) / self._total if self._total else 0.0

    def part(self, words: str) -> "Coverage":
        """Return the coverage of some words of the question, taken by themselves."""
        return Coverage(words, self._bridge, self._keywords, self.names)

    def tokens_for(self, words: str) -> set[str]:
        """Return the tokens of the report that such words stand for."""
        return {token for term in self._bridge.query_terms(words) for token in _good(term)}

    def named(self, label: str) -> float:
        """Return the share of a label's characters that stand in words of the question."""
        plain = re.sub(r"[\W_]+", " ", normalise(label).casefold())
        marked = bytearray(len(plain))  # 1: named, 2: says nothing of the subject
        for match in dull().finditer(plain):
            marked[match.start() : match.end()] = b"\2" * len(match[0])
        for token in (token for term in self.terms for token in term):
            start = plain.find(token)
            while start >= 0:
                marked[start : start + len(token)] = b"\1" * len(token)
                start = plain.find(token, start + 1)
        if self._bound and combining.bound(plain) == self._bound:
            for match in combining.BOUND.finditer(plain):
                marked[match.start() : match.end()] = b"\1" * len(match[0])
        letters = [m for char, m in zip(plain, marked, strict=True) if char != " " and m != 2]
        return letters.count(1) / len(letters) if letters else 0.0

    def _weight(self, token: str) -> float:
        """Inverse document frequency, as in BM25; a word the report lacks weighs most."""
        count, frequency = len(self._keywords), self._keywords.document_frequency(token)
        return math.log(1 + (count - frequency + 0.5) / (frequency + 0.5))


def _good(term: Mapping[str, float]) -> Mapping[str, float]:
    least = max(_GOOD, 0.6 * max(term.values(), default=0))  # a whole phrase rules its parts out
    return {token: weight for token, weight in term.items() if weight >= least} or term


def _scraps(terms: Collection[Mapping[str, float]]) -> set[str]:
    """Return the Chinese tokens that say nothing more: words made up of other terms (研发人员 of
    研发 and 人员), and what else is cut out of these (发人).
    """
    words = {token for term in terms for token in term if not token.isascii() and len(token) > 1}
    scraps = set()
    for word in words:
        parts = _parts(word, {other for other in words if len(other) < len(word)})
        if parts:
            scraps |= {word} | {other for other in words if other in word and other not in parts}
    return scraps


def _parts(word: str, known: Collection[str]) -> list[str]:
    """Return known words that make up the word, the shortest ones, or [] where there are none."""
    for part in sorted(known, key=lambda other: (len(other), other)):
        if word == part:
            return [part]
        if word.startswith(part) and (rest := _parts(word[len(part) :], known)):
            return [part, *rest]
    return []
