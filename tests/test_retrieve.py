"""Searching by meaning and by words, and fusing the two."""

import numpy as np
import pytest
from conftest import FakeEmbedder
from fakes import assistant_of, small_index
from hypothesis import given
from hypothesis import strategies as st

from index.bridge import Bridge
from rag.retrieve import MEANING, WORDS, Retriever, best_passages, standardised


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    return small_index(tmp_path_factory.mktemp("report"))


@pytest.fixture(scope="module")
def retriever(index):
    return Retriever(index, FakeEmbedder(), Bridge(index.keywords.vocabulary))


SCORES = st.lists(st.integers(-1000, 1000), min_size=2, max_size=50)


@given(SCORES, st.integers(1, 100), st.integers(-100, 100))
def test_standard_scores_have_mean_0_and_spread_1_whatever_the_scale(scores, scale, shift):
    standard = standardised(np.array(scores, dtype=np.float64))
    if len(set(scores)) == 1:
        assert not standard.any()
        return
    assert abs(standard.mean()) < 1e-9
    assert abs(standard.std() - 1) < 1e-9
    again = standardised(np.array(scores, dtype=np.float64) * scale + shift)
    np.testing.assert_allclose(again, standard, atol=1e-6)


def test_standard_scores_by_hand():
    np.testing.assert_allclose(standardised(np.array([1.0, 3.0])), [-1, 1])


def test_a_sentence_finds_itself_first(index, retriever):
    for entry in index.entries:
        if entry.kind == "sentence":
            assert retriever.hits(f"{entry.title} {entry.text}")[0].entry == entry


def test_hits_are_best_first_and_as_many_as_asked_for(index, retriever):
    hits = retriever.hits("研发投入", 5)
    assert len(hits) == 5
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len(retriever.hits("研发投入", 10_000)) == len(index.entries)


def test_a_hit_holds_its_own_passage(index, retriever):
    for hit in retriever.hits("员工"):
        assert hit.passage == index.passages[hit.entry.passage]
        assert hit.entry.quote in hit.passage.text


def test_the_score_is_the_weighted_sum_of_both_searches(index, retriever):
    hits = retriever.hits("供应商审核", len(index.entries))
    by_meaning = standardised(np.array([hit.similarity for hit in hits]))
    by_words = standardised(np.array([hit.keywords for hit in hits]))
    expected = MEANING * by_meaning + WORDS * by_words
    np.testing.assert_allclose([hit.score for hit in hits], expected, atol=1e-5)


def test_questions_together_find_what_each_finds_alone(retriever):
    questions = ["研发投入", "总部在哪里"]
    assert retriever.hits_of(questions) == [retriever.hits(question) for question in questions]


def test_a_question_that_shares_no_word_finds_something_with_finite_scores(retriever):
    hits = retriever.hits("qwertz 𠮷")
    assert hits
    assert all(np.isfinite(hit.score) for hit in hits)


def test_each_passage_comes_once_with_the_score_of_its_best_entry(index, retriever):
    hits = retriever.hits("员工", len(index.entries))
    passages = best_passages(hits, 100)
    assert len({passage.id for passage in passages}) == len(passages) == len(index.passages)
    for passage in passages:
        assert passage.score == max(hit.score for hit in hits if hit.passage.id == passage.id)


@pytest.mark.parametrize("k", [0, 1, 2, 3, 1000])
def test_a_search_returns_k_passages_or_all_there_are(index, k):
    found = assistant_of(index).search("员工", k=k)
    assert len(found) == min(k, len(index.passages))
    assert [p.score for p in found] == sorted((p.score for p in found), reverse=True)


def test_a_search_for_fewer_than_none_finds_none(index):
    assert assistant_of(index).search("员工", k=-1) == []
