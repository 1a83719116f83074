"""Search by meaning: the entries' vectors in a FAISS index."""

from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.embed import Vectors
from index.nearest import approximate_index

# From this size on, an exact search costs as much as embedding the question: python -m eval scale
APPROXIMATE_FROM = 50_000
RERANKED = 1000  # entries that the approximate index finds, ranked again by their exact cosines
_SAMPLE = 4096  # vectors, evenly spaced, that the spread of the scores is taken from

Positions = npt.NDArray[np.int64]


class VectorIndex:
    """Search by inner product; on unit vectors that is the cosine, and scores are always exact.

    Small indexes look at every vector. Large ones let ``near``, an approximate index, choose
    which vectors to look at.
    """

    def __init__(self, exact: Any, near: Any = None) -> None:
        self._exact = exact
        self._near = near

    @classmethod
    def from_vectors(cls, vectors: Vectors) -> "VectorIndex":
        """Index vectors of shape (number of entries, dimension)."""
        import faiss

        if vectors.ndim != 2:
            raise ValueError(f"Vectors of shape {vectors.shape}, not (entries, dimension)")
        vectors = np.ascontiguousarray(vectors, dtype=np.float32)
        exact = faiss.IndexFlatIP(vectors.shape[1])
        exact.add(vectors)
        large = len(vectors) >= APPROXIMATE_FROM
        return cls(exact, approximate_index(vectors) if large else None)

    @classmethod
    def load(cls, path: Path) -> "VectorIndex":
        """Read from a file; raises RuntimeError where it is damaged.

        The vectors of a large index stay on the disk: only those that are looked at are read.
        """
        import faiss

        near = _beside(path)
        if not near.exists():
            return cls(faiss.read_index(str(path)))
        exact = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
        return cls(exact, faiss.read_index(str(near)))

    def save(self, path: Path) -> None:
        """Write to a file, and an approximate index to one beside it."""
        import faiss

        faiss.write_index(self._exact, str(path))
        if self._near is not None:
            faiss.write_index(self._near, str(_beside(path)))

    def __len__(self) -> int:
        return int(self._exact.ntotal)

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return int(self._exact.d)

    @property
    def is_approximate(self) -> bool:
        """Whether a search looks at a part of the vectors only."""
        return self._near is not None

    def vector(self, position: int) -> Vectors:
        """Return the vector of one entry."""
        return np.asarray(self._exact.reconstruct(position), dtype=np.float32)

    def search(self, vector: Vectors, k: int) -> tuple[Positions, npt.NDArray[np.float32]]:
        """Return the positions and scores of the ``k`` nearest entries, best first."""
        if vector.shape != (self.dimension,):
            raise ValueError(f"Vector of shape {vector.shape} for dimension {self.dimension}")
        k = min(k, len(self))
        if k < 1:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        if self._near is None:
            scores, positions = self._exact.search(_unit(vector)[None, :], k)
            return positions[0], scores[0]
        _, found = self._near.search(_unit(vector)[None, :], min(max(k, RERANKED), len(self)))
        near = np.sort(found[0][found[0] >= 0])  # in the order of the disk; -1 stands for none
        exact = self.similarities(vector, near)
        best = np.argsort(-exact, kind="stable")[:k]
        return near[best], exact[best]

    def similarities(self, vector: Vectors, positions: Positions) -> npt.NDArray[np.float32]:
        """Return the cosines of some entries, in the order of their positions."""
        if len(self) <= _SAMPLE:  # all are at hand
            whole: npt.NDArray[np.float32] = self._sample @ _unit(vector)
            return whole[positions]
        scores: npt.NDArray[np.float32] = self._exact.reconstruct_batch(positions) @ _unit(vector)
        return scores

    def spread(self, vector: Vectors) -> tuple[float, float]:
        """Return mean and standard deviation of all entries' cosines; of many, by a sample."""
        scores = (self._sample @ _unit(vector)).astype(np.float64)
        return float(scores.mean()), float(scores.std())

    @cached_property
    def _sample(self) -> Vectors:
        count = min(len(self), _SAMPLE)
        positions = np.arange(count, dtype=np.int64) * len(self) // max(count, 1)
        return np.asarray(self._exact.reconstruct_batch(positions), dtype=np.float32)


def _beside(path: Path) -> Path:
    return path.with_name(f"near-{path.name}")


def _unit(vector: Vectors) -> Vectors:
    unit: Vectors = (vector / max(float(np.linalg.norm(vector)), 1e-12)).astype(np.float32)
    return unit
