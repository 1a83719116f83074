"""Whether English words mean what some words of a Chinese text do, by the embeddings of both.

So words are aligned without a dictionary (Jalili Sabet et al., SimAlign, 2020); here words and
pairs of neighbours are embedded out of their sentences, as most sentences are asked about often.
"""

from functools import lru_cache
from itertools import pairwise

from index.embed import ALIKE, Embedder, Vectors
from index.pieces import is_chinese, pieces
from index.terms import chinese_words

_KEPT = 64  # texts, and phrases, of which the vectors are kept


class Alignment:
    """Finds the Chinese for English words; nothing, with an embedder that does not tell."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._alike = ALIKE.get(embedder.name)
        self._vectors = lru_cache(maxsize=_KEPT)(self._embed)
        self._vector = lru_cache(maxsize=_KEPT)(lambda words: embedder.encode_words([words])[0])

    def finds(self, english: str, text: str) -> bool:
        """Whether some words of the text mean about what the English ones do together."""
        if self._alike is None or not is_chinese(text):
            return False
        return bool((self._vectors(text) @ self._vector(english)).max() >= self._alike)

    def _embed(self, text: str) -> Vectors:
        runs = [chinese_words(piece) for piece in pieces(text) if is_chinese(piece)]
        pairs = ("".join(pair) for words in runs for pair in pairwise(words))
        words = {*pairs, *(word for words in runs for word in words)}
        return self._embedder.encode_words(sorted(words))
