"""Search by words: BM25 over the entries' tokens."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]


class KeywordIndex:
    """BM25 (package bm25s) whose query terms may have weighted alternatives."""

    def __init__(self, retriever: Any) -> None:
        self._retriever = retriever

    @classmethod
    def from_tokens(cls, tokens: Sequence[Sequence[str]]) -> "KeywordIndex":
        """Index the tokens of each entry."""
        import bm25s

        if not tokens:
            raise ValueError("There are no entries to index")
        retriever = bm25s.BM25()
        # bm25s cannot index a corpus without a single token
        filled = [list(entry) or [""] for entry in tokens]
        retriever.index(filled, show_progress=False)
        return cls(retriever)

    @classmethod
    def load(cls, folder: Path) -> "KeywordIndex":
        """Read from a folder."""
        import bm25s

        return cls(bm25s.BM25.load(str(folder), show_progress=False))

    def save(self, folder: Path) -> None:
        """Write into a folder."""
        self._retriever.save(str(folder), show_progress=False)

    def __len__(self) -> int:
        return int(self._retriever.scores["num_docs"])

    @property
    def vocabulary(self) -> list[str]:
        """All tokens of the corpus."""
        return [token for token in self._retriever.vocab_dict if token]

    def document_frequency(self, token: str) -> int:
        """Return how many entries hold the token."""
        return len(self._postings(token)[0])

    def scores(self, terms: Sequence[Mapping[str, float]]) -> Scores:
        """Return every entry's score.

        A term counts once, by its best alternative: otherwise a word with many translations
        would outweigh the rest of the question (cf. Pirkola 1998, structured queries). Only the
        entries that hold a token are touched, so that a large corpus costs what its hits cost.
        """
        total = np.zeros(len(self), dtype=np.float32)
        best = np.zeros(len(self), dtype=np.float32)  # of the alternatives of one term
        for term in terms:
            postings = [(*self._postings(token), np.float32(w)) for token, w in term.items()]
            postings = [posting for posting in postings if len(posting[0])]
            if len(postings) == 1:
                entries, scores, weight = postings[0]
                total[entries] += weight * scores
                continue
            for entries, scores, weight in postings:
                best[entries] = np.maximum(best[entries], weight * scores)
            for entries, _, _ in postings:  # an entry that holds two alternatives is cleared once
                total[entries] += best[entries]
                best[entries] = 0
        return total

    def highest(self, terms: Sequence[Mapping[str, float]]) -> float:
        """Return the score of an entry that held each term, and that as well as any entry does."""
        return sum(max(map(self._most, term, term.values()), default=0.0) for term in terms)

    def _most(self, token: str, weight: float) -> float:
        column = self._retriever.vocab_dict.get(token)
        if not token or column is None or column >= len(self._best_of_token):
            return 0.0
        return weight * float(self._best_of_token[column])

    @cached_property
    def _best_of_token(self) -> Scores:
        matrix = self._retriever.scores
        starts, scores = matrix["indptr"], matrix["data"]
        best = np.zeros(len(starts) - 1, dtype=np.float32)
        held = np.flatnonzero(np.diff(starts))  # tokens that some entry holds
        if len(held):
            best[held] = np.maximum.reduceat(scores, starts[held])
        return best

    def search(
        self, terms: Sequence[Mapping[str, float]], k: int
    ) -> tuple[npt.NDArray[np.int64], Scores]:
        """Return the positions and scores of the ``k`` best entries, best first."""
        scores = self.scores(terms)
        positions = best_positions(scores, k)
        return positions, scores[positions]

    def _postings(self, token: str) -> tuple[npt.NDArray[np.int32], Scores]:
        """Return the entries that hold the token, each once, and what it is worth there."""
        matrix = self._retriever.scores  # one compressed sparse column for each token
        column, starts = self._retriever.vocab_dict.get(token), matrix["indptr"]
        if not token or column is None or column + 1 >= len(starts):
            return np.empty(0, np.int32), np.empty(0, np.float32)
        rows = slice(starts[column], starts[column + 1])
        return matrix["indices"][rows], matrix["data"][rows]


def best_positions(scores: Scores, k: int) -> npt.NDArray[np.int64]:
    """Return the positions of the ``k`` highest scores, best first; of equal ones the earlier."""
    k = max(0, min(k, len(scores)))
    if k == 0:
        return np.empty(0, np.int64)
    bar = np.partition(scores, len(scores) - k)[len(scores) - k]  # the k-th best score
    above = np.flatnonzero(scores > bar)
    level = np.flatnonzero(scores == bar)[: k - len(above)]
    found = np.concatenate([above, level])
    return found[np.argsort(-scores[found], kind="stable")].astype(np.int64)
