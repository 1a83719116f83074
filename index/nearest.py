"""An approximate index: few dimensions, one byte each, in clusters of which a few are searched."""

from typing import Any

import numpy as np

from index.embed import Vectors

# Chosen by `python -m eval scale`: the exact ten best are among the first thousand.
DIMENSIONS = 256
SEARCHED = 64  # clusters
_FOR_AXES, _PER_CLUSTER, _ROUNDS = 20_000, 64, 10  # vectors and rounds of the training
_CHUNK = 50_000  # vectors added at a time


def approximate_index(vectors: Vectors) -> Any:
    """Return a FAISS index (IVF, 8 bit) over unit vectors turned onto their main axes.

    The axes are those of the second moments, not of the covariance, so that inner products keep
    their order. There are four times the square root of the number of vectors as clusters.
    """
    import faiss

    dimension = vectors.shape[1]
    kept = min(DIMENSIONS, dimension)
    turn = faiss.LinearTransform(dimension, kept)
    faiss.copy_array_to_vector(_main_axes(_spaced(vectors, _FOR_AXES), kept).ravel(), turn.A)
    turn.is_trained = True
    clusters = min(len(vectors), int(4 * np.sqrt(len(vectors))))
    coarse = faiss.IndexFlatIP(kept)
    inverted = faiss.IndexIVFScalarQuantizer(
        coarse, kept, clusters, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
    )
    inverted.cp.niter, inverted.cp.max_points_per_centroid = _ROUNDS, _PER_CLUSTER
    inverted.cp.min_points_per_centroid = 1
    inverted.nprobe = min(SEARCHED, clusters)
    index = faiss.IndexPreTransform(turn, inverted)
    index.train(_spaced(vectors, clusters * _PER_CLUSTER))
    for start in range(0, len(vectors), _CHUNK):
        index.add(np.ascontiguousarray(vectors[start : start + _CHUNK]))
    return index


def _main_axes(vectors: Vectors, count: int) -> Vectors:
    """Return the directions, one a row, along which the vectors are longest."""
    _, axes = np.linalg.eigh(vectors.T @ vectors)
    return np.ascontiguousarray(axes[:, ::-1][:, :count].T, dtype=np.float32)


def _spaced(vectors: Vectors, count: int) -> Vectors:
    step = max(1, -(-len(vectors) // count))
    return np.ascontiguousarray(vectors[::step])
