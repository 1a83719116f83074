import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.vectors import VectorIndex


def unit(rows):
    vectors = np.asarray(rows, dtype=np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


VECTORS = unit(np.random.default_rng(7).normal(size=(40, 8)))


@pytest.fixture(scope="module")
def index():
    return VectorIndex.from_vectors(VECTORS)


@pytest.mark.parametrize("scale", [1, 10, 0.001])
@pytest.mark.parametrize("position", [0, 17, 39])
def test_a_vector_finds_itself_first_with_score_one(index, position, scale):
    positions, scores = index.search(VECTORS[position] * np.float32(scale), 3)
    assert positions[0] == position
    assert scores[0] == pytest.approx(1.0, abs=1e-6)
    assert list(scores) == sorted(scores, reverse=True)


def test_scores_are_cosines_worked_by_hand():
    index = VectorIndex.from_vectors(unit([[1, 0], [3, 4], [0, 1], [-1, 0]]))
    positions, scores = index.search(np.array([2, 0], dtype=np.float32), 4)
    assert list(positions) == [0, 1, 2, 3]
    assert scores == pytest.approx([1, 0.6, 0, -1], abs=1e-6)


@given(st.integers(0, 2**32 - 1), st.integers(1, 50))
def test_the_same_as_all_products_sorted(seed, k):
    query = np.random.default_rng(seed).normal(size=8)
    positions, scores = VectorIndex.from_vectors(VECTORS).search(query, k)
    cosines = VECTORS @ (query / np.linalg.norm(query))
    assert scores == pytest.approx(np.sort(cosines)[::-1][:k], abs=1e-5)
    assert cosines[positions] == pytest.approx(scores, abs=1e-5)


def test_size_dimension_and_vectors_again(index):
    assert (len(index), index.dimension) == (40, 8)
    assert np.array_equal(index.vector(5), VECTORS[5])


def test_no_more_than_there_are_and_none_for_none(index):
    assert [len(part) for part in index.search(VECTORS[0], 999)] == [40, 40]
    assert [len(part) for part in index.search(VECTORS[0], 0)] == [0, 0]


def test_a_query_of_zeros_is_like_nothing(index):
    assert not index.search(np.zeros(8, dtype=np.float32), 2)[1].any()


@pytest.mark.parametrize("shape", [(7,), (9,), (1, 8), ()])
def test_a_query_of_the_wrong_shape(index, shape):
    with pytest.raises(ValueError, match=r"shape \(.*\) for dimension 8") as caught:
        index.search(np.ones(shape, dtype=np.float32), 1)
    assert str(shape) in str(caught.value)


def test_vectors_of_the_wrong_shape():
    with pytest.raises(ValueError, match=r"shape \(8,\)"):
        VectorIndex.from_vectors(VECTORS[0])


def test_round_trip(index, tmp_path):
    index.save(tmp_path / "vectors")
    again = VectorIndex.load(tmp_path / "vectors")
    assert np.array_equal(again.vector(39), VECTORS[39])
    assert list(again.search(VECTORS[3], 5)[0]) == list(index.search(VECTORS[3], 5)[0])


def test_a_damaged_file(index, tmp_path):
    (tmp_path / "vectors").write_bytes(b"no index")
    with pytest.raises(RuntimeError):
        VectorIndex.load(tmp_path / "vectors")
