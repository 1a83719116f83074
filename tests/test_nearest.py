import numpy as np
import pytest

from index.nearest import approximate_index
from index.vectors import VectorIndex

RANDOM = np.random.default_rng(5)
CENTRES = RANDOM.normal(size=(40, 32))
VECTORS = (CENTRES[RANDOM.integers(0, 40, 3000)] + 0.5 * RANDOM.normal(size=(3000, 32))).astype(
    np.float32
)
VECTORS /= np.linalg.norm(VECTORS, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def large():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.vectors.APPROXIMATE_FROM", 3000)
        patch.setattr("index.nearest.DIMENSIONS", 24)
        return VectorIndex.from_vectors(VECTORS)


def test_most_of_the_exact_best_are_found(large):
    exact = VectorIndex.from_vectors(VECTORS)  # below the size from which it pays
    assert (large.is_approximate, exact.is_approximate) == (True, False)
    queries = VECTORS[:50] + 0.1 * RANDOM.normal(size=(50, 32)).astype(np.float32)
    shared = [
        len({*large.search(query, 10)[0]} & {*exact.search(query, 10)[0]}) for query in queries
    ]
    assert np.mean(shared) >= 9.7


@pytest.mark.parametrize("scale", [1, 10])
def test_a_vector_finds_itself_first_with_score_one(large, scale):
    for position in (0, 1234, 2999):
        positions, scores = large.search(VECTORS[position] * np.float32(scale), 3)
        assert positions[0] == position
        assert scores[0] == pytest.approx(1.0, abs=1e-6)
        assert list(scores) == sorted(scores, reverse=True)


def test_scores_are_exact_cosines(large):
    positions, scores = large.search(VECTORS[7], 100)
    assert scores == pytest.approx(VECTORS[positions] @ VECTORS[7], abs=1e-6)


def test_saved_and_opened_it_finds_the_same(large, tmp_path):
    large.save(tmp_path / "vectors.faiss")
    again = VectorIndex.load(tmp_path / "vectors.faiss")
    assert again.is_approximate
    assert np.array_equal(again.vector(17), VECTORS[17])
    for query in VECTORS[:5]:
        assert np.array_equal(again.search(query, 20)[0], large.search(query, 20)[0])
    assert again.spread(VECTORS[0]) == large.spread(VECTORS[0])


def test_fewer_vectors_than_are_trained_for():
    index = approximate_index(VECTORS[:5])
    _, found = index.search(VECTORS[:1], 5)
    assert sorted(found[0]) == [0, 1, 2, 3, 4]
