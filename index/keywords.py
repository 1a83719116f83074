"""Search by words: BM25 over the entries' tokens."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt


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
        position = self._retriever.vocab_dict.get(token)
        starts = self._retriever.scores["indptr"]
        if position is None or position + 1 >= len(starts):
            return 0
        return int(starts[position + 1] - starts[position])

    def scores(self, terms: Sequence[Mapping[str, float]]) -> npt.NDArray[np.float32]:
        """Return every entry's score.

        A term counts once, by its best alternative: otherwise a word with many translations
        would outweigh the rest of the question (cf. Pirkola 1998, structured queries).
        """
        total = np.zeros(len(self), dtype=np.float32)
        for term in terms:
            best = np.zeros(len(self), dtype=np.float32)
            for token, weight in term.items():
                if token and token in self._retriever.vocab_dict:
                    np.maximum(best, weight * self._retriever.get_scores([token]), out=best)
            total += best
        return total

    def search(
        self, terms: Sequence[Mapping[str, float]], k: int
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
        """Return the positions and scores of the ``k`` best entries, best first."""
        scores = self.scores(terms)
        best = np.argsort(-scores, kind="stable")[: min(k, len(scores))]
        return best.astype(np.int64), scores[best]
