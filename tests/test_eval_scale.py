import sys
from types import SimpleNamespace

import numpy as np
import pytest
from conftest import FakeEmbedder
from fakes import small_index

import eval.__main__ as command
from eval.scale import HEADER, grown, measure_scale, repeat, search_meaning, search_words
from index.bridge import Bridge
from index.vectors import VectorIndex
from rag.retrieve import Retriever

QUESTIONS = ["公司如何审核供应商？", "有多少女性员工？"]


@pytest.fixture(scope="module")
def retriever(tmp_path_factory):
    index = small_index(tmp_path_factory.mktemp("report"))
    return Retriever(index, FakeEmbedder(), Bridge(index.keywords.vocabulary))


@pytest.fixture
def here(monkeypatch):
    """Measure in this process: a new one would have to load everything again."""
    monkeypatch.setattr("eval.scale._apart", lambda measure, path, queries: measure(path, queries))


def test_a_made_corpus_is_of_unit_vectors_near_the_real_ones():
    real = np.eye(6, dtype=np.float32)
    chunks = list(grown(real, 45_000))
    assert [start for start, _ in chunks] == [0, 20_000, 40_000]
    made = np.concatenate([chunk for _, chunk in chunks])
    assert made.shape == (45_000, 6)
    np.testing.assert_allclose(np.linalg.norm(made, axis=1), 1, atol=1e-5)
    assert len(np.unique(made, axis=0)) == len(made)
    assert np.mean((made @ real.T).max(axis=1) > 0.6) > 0.95
    assert np.array_equal(chunks[0][1], next(grown(real, 45_000))[1])


def test_repeated_keywords_hold_each_word_in_the_same_share(retriever):
    keywords = retriever.index.keywords
    repeated = repeat(keywords, 3 * len(keywords) + 2)
    assert len(repeated) == 3 * len(keywords) + 2
    rare = next(word for word in keywords.vocabulary if keywords.document_frequency(word) == 1)
    assert repeated.document_frequency(rare) in (3, 4)
    once = keywords.scores([{rare: 1.0}])
    again = repeated.scores([{rare: 1.0}])[: len(once)]
    np.testing.assert_allclose(again, once, rtol=0.2)


def test_a_saved_index_is_opened_timed_and_searched(retriever, tmp_path):
    vectors = retriever.index.vectors
    vectors.save(tmp_path / "vectors")
    asked = np.stack([vectors.vector(place) for place in (3, 5)])
    cost = search_meaning(tmp_path / "vectors", asked)
    assert [found[0] for found in cost.found] == [3, 5]
    assert 0 < cost.p50 <= cost.p90
    retriever.index.keywords.save(tmp_path / "keywords")
    terms = [retriever.bridge.query_terms(each) for each in QUESTIONS]
    assert all(len(found) == 10 for found in search_words(tmp_path / "keywords", terms).found)


def test_a_row_for_each_search_and_size(retriever, here, monkeypatch):
    monkeypatch.setattr("eval.scale.APPROXIMATE_FROM", 500)
    terms = [retriever.bridge.query_terms(each) for each in QUESTIONS]
    queries = FakeEmbedder().encode_questions(QUESTIONS)
    tables = list(measure_scale(retriever.index, queries, terms, (200, 600)))
    rows = [row for rows in tables for row in rows]
    assert rows[0] == HEADER
    assert all(len(row) == len(HEADER) for row in rows)
    assert [row[1] for row in rows[1:]] == [
        "meaning, flat *", "meaning, IVF, 8 bit", "words, BM25",
        "meaning, flat", "meaning, IVF, 8 bit *", "words, BM25",
    ]  # fmt: skip
    assert [row[4] for row in rows if "flat" in row[1]] == ["1.000", "1.000"]
    assert all(float(row[4]) > 0.9 for row in rows if "IVF" in row[1])


def test_the_command(retriever, here, monkeypatch, capsys):
    opened = SimpleNamespace(open=lambda folder, *, llm: SimpleNamespace(retriever=retriever))
    monkeypatch.setitem(sys.modules, "rag", SimpleNamespace(Assistant=opened))
    assert command.main(["scale", "--largest", "1000"]) == 0
    printed = capsys.readouterr().out
    assert "1,000" in printed
    assert "10,000" not in printed


def test_in_a_process_of_its_own(retriever, tmp_path):
    from eval.scale import _apart

    VectorIndex.from_vectors(np.eye(3, dtype=np.float32)).save(tmp_path / "vectors")
    cost = _apart(search_meaning, tmp_path / "vectors", np.eye(3, dtype=np.float32))
    assert [found[0] for found in cost.found] == [0, 1, 2]
