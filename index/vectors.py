"""Search by meaning: the entries' vectors in a FAISS index."""

from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.embed import Vectors

_SAMPLE = 4096  # vectors, evenly spaced, that the spread of the scores is taken from


class VectorIndex:
    """Exact search by inner product; on unit vectors that is the cosine."""

    def __init__(self, faiss_index: Any) -> None:
        self._index = faiss_index

    @classmethod
    def from_vectors(cls, vectors: Vectors) -> "VectorIndex":
        """Index vectors of shape (number of entries, dimension)."""
        import faiss

        if vectors.ndim != 2:
            raise ValueError(f"Vectors of shape {vectors.shape}, not (entries, dimension)")
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> "VectorIndex":
        """Read from a file; raises RuntimeError where it is damaged."""
        import faiss

        return cls(faiss.read_index(str(path)))

    def save(self, path: Path) -> None:
        """Write to a file."""
        import faiss

        faiss.write_index(self._index, str(path))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return int(self._index.d)

    def vector(self, position: int) -> Vectors:
        """Return the vector of one entry."""
        return np.asarray(self._index.reconstruct(position), dtype=np.float32)

    def search(
        self, vector: Vectors, k: int
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
        """Return the positions and scores of the ``k`` nearest entries, best first."""
        if vector.shape != (self.dimension,):
            raise ValueError(f"Vector of shape {vector.shape} for dimension {self.dimension}")
        if min(k, len(self)) < 1:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        scores, positions = self._index.search(_unit(vector)[None, :], min(k, len(self)))
        return positions[0], scores[0]

    def similarities(
        self, vector: Vectors, positions: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.float32]:
        """Return the cosines of some entries, in the order of their positions."""
        scores: npt.NDArray[np.float32] = self._index.reconstruct_batch(positions) @ _unit(vector)
        return scores

    def spread(self, vector: Vectors) -> tuple[float, float]:
        """Return mean and standard deviation of all entries' cosines; of many, by a sample."""
        scores = (self._sample @ _unit(vector)).astype(np.float64)
        return float(scores.mean()), float(scores.std())

    @cached_property
    def _sample(self) -> Vectors:
        count = min(len(self), _SAMPLE)
        positions = np.arange(count, dtype=np.int64) * len(self) // max(count, 1)
        return np.asarray(self._index.reconstruct_batch(positions), dtype=np.float32)


def _unit(vector: Vectors) -> Vectors:
    unit: Vectors = (vector / max(float(np.linalg.norm(vector)), 1e-12)).astype(np.float32)
    return unit
