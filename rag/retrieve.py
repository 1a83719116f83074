"""A question -> the entries and passages that bear on it, by meaning and by words together."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from index import embed
from index.bridge import Bridge
from index.embed import Embedder, Vectors
from index.keywords import Scores as KeywordScores
from index.keywords import best_positions
from index.passage import Entry, Passage
from index.store import Index

CANDIDATES = 1000  # entries that each of the two searches hands to the fusion
ALL_WORDS = 20.0  # what an entry with every word of a question counts, in spreads of the cosine

Positions = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts how much: ``words`` is the share of the keywords in an entry's own score, and
    ``section`` how much the entry of its whole section adds to that.
    """

    words: float
    section: float


# Chosen on the development questions, each from the middle of a plateau: python -m eval experiment
WEIGHTS = {
    embed.DEFAULT: Weights(words=0.2, section=0.2),
    embed.LIGHT: Weights(words=0.5, section=0.3),
}


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that was found: its fused score, its cosine and its share of the keyword score."""

    entry: Entry
    passage: Passage
    score: float
    similarity: float
    keywords: float


class Retriever:
    """Searches an index by vectors and keywords, and fuses the two."""

    def __init__(self, index: Index, embedder: Embedder, bridge: Bridge) -> None:
        self.index = index
        self.embedder = embedder
        self.bridge = bridge
        self._weights = WEIGHTS.get(index.manifest.embedder, WEIGHTS[embed.DEFAULT])
        self._sections = section_entries(index.entries)
        names = "|".join(re.escape(name) for name in index.manifest.names if name.isascii())
        self._own_names = re.compile(rf"\b(?:{names})\b", re.IGNORECASE) if names else None

    def hits(self, question: str, k: int = 50) -> list[Hit]:
        """Return the ``k`` best entries, best first."""
        return self.hits_of([question], k)[0]

    def hits_of(self, questions: Sequence[str], k: int = 50) -> list[list[Hit]]:
        """Return the hits of each question; embedding them together is faster than one by one."""
        vectors = self.embedder.encode_questions(questions)
        return [self._fused(text, v, k) for text, v in zip(questions, vectors, strict=True)]

    def keyword_shares(self, question: str) -> KeywordScores:
        """Return for every entry how much it has, from 0 to 1, of the highest keyword score that
        the question could give: that of an entry with all its words, were there one.

        Unlike the highest score found, that does not make much of little (Bruch 2023, An Analysis
        of Fusion Functions). A word that the report lacks weighs as much as the others.
        """
        # whose report it is tells nothing apart; its web address is not what is asked for
        subject = self._own_names.sub(" ", question) if self._own_names else question
        terms = self.bridge.query_terms(subject)
        highest = self.index.keywords.highest(terms)
        if not highest:
            return np.zeros(len(self.index.entries), dtype=np.float32)
        lacking = self.bridge.lacking(subject) / len(terms)
        return self.index.keywords.scores(terms) / np.float32(highest * (1 + lacking))

    def _fused(self, question: str, vector: Vectors, k: int) -> list[Hit]:
        vectors = self.index.vectors
        words = self.keyword_shares(question)
        found = np.union1d(vectors.search(vector, CANDIDATES)[0], best_positions(words, CANDIDATES))
        # a section's score is needed for each of its entries, found or not
        found = np.union1d(found, self._sections[found])
        similarities = vectors.similarities(vector, found)
        fused = fuse(
            standardised(similarities, *vectors.spread(vector)),
            ALL_WORDS * words[found].astype(np.float64),
            np.searchsorted(found, self._sections[found]),
            self._weights,
        )
        return [
            Hit(
                entry := self.index.entries[found[i]],
                self.index.passages[entry.passage],
                float(fused[i]),
                float(similarities[i]),
                float(words[found[i]]),
            )
            for i in np.argsort(-fused, kind="stable")[:k]
        ]


def section_entries(entries: Sequence[Entry]) -> Positions:
    """Return for each entry the position of its passage's section entry.

    Where a passage has none, its only entry stands for the section.
    """
    own = {entry.passage: position for position, entry in enumerate(entries)}
    own |= {e.passage: position for position, e in enumerate(entries) if e.kind == "section"}
    return np.array([own[entry.passage] for entry in entries], dtype=np.int64)


def standardised(scores: npt.ArrayLike, mean: float, spread: float) -> Scores:
    """Return how many times the spread each score lies above the mean of all entries."""
    distance = np.asarray(scores, dtype=np.float64) - mean
    return distance / spread if spread > 0 else np.zeros_like(distance)


def fuse(meaning: Scores, words: Scores, sections: Positions, weights: Weights) -> Scores:
    """Return one score per entry: its own two, and those of its section (at ``sections``)."""
    own = (1 - weights.words) * meaning + weights.words * words
    fused: Scores = (own + weights.section * own[sections]) / (1 + weights.section)
    return fused


def best_passages(hits: Sequence[Hit], k: int) -> list[Passage]:
    """Return ``k`` passages, each with the score of its best entry."""
    best: dict[str, Passage] = {}
    for hit in hits:
        if hit.passage.id not in best:
            best[hit.passage.id] = replace(hit.passage, score=hit.score)
    return list(best.values())[: max(0, k)]
