"""A question -> the entries and passages that bear on it, by meaning and by words together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from index.bridge import Bridge
from index.embed import Embedder, Vectors
from index.passage import Entry, Passage
from index.store import Index

# Weights of the two searches: measured, `python -m eval` on the development questions.
MEANING, WORDS = 0.8, 0.2
CANDIDATES = 1000  # entries taken from the search by meaning

Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that was found: its fused score, its cosine and its keyword score."""

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

    def hits(self, question: str, k: int = 50) -> list[Hit]:
        """Return the ``k`` best entries, best first."""
        return self.hits_of([question], k)[0]

    def hits_of(self, questions: Sequence[str], k: int = 50) -> list[list[Hit]]:
        """Return the hits of each question; embedding them together is faster than one by one."""
        vectors = self.embedder.encode_questions(questions)
        return [self._fused(text, v, k) for text, v in zip(questions, vectors, strict=True)]

    def _fused(self, question: str, vector: Vectors, k: int) -> list[Hit]:
        found, similarities = self.index.vectors.search(vector, CANDIDATES)
        terms = self.bridge.query_terms(question)
        by_words = self.index.keywords.scores(terms).astype(np.float64)
        # entries beyond the candidates are at most as similar as the last of them
        by_meaning = np.full(len(self.index.entries), similarities[-1], dtype=np.float64)
        by_meaning[found] = similarities
        fused = MEANING * standardised(by_meaning) + WORDS * standardised(by_words)
        best = np.argsort(-fused, kind="stable")[:k]
        return [
            Hit(
                entry := self.index.entries[i],
                self.index.passages[entry.passage],
                float(fused[i]),
                float(by_meaning[i]),
                float(by_words[i]),
            )
            for i in best
        ]


def standardised(scores: Scores) -> Scores:
    """Return the scores with mean 0 and standard deviation 1, so that two searches compare."""
    spread = float(scores.std())
    return (scores - scores.mean()) / spread if spread > 0 else np.zeros_like(scores)


def best_passages(hits: Sequence[Hit], k: int) -> list[Passage]:
    """Return ``k`` passages, each with the score of its best entry."""
    best: dict[str, Passage] = {}
    for hit in hits:
        if hit.passage.id not in best:
            best[hit.passage.id] = replace(hit.passage, score=hit.score)
    return list(best.values())[: max(0, k)]
