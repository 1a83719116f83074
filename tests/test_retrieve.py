"""Searching by meaning and by words, and fusing the two."""

from dataclasses import replace

import numpy as np
import pytest
from conftest import FakeEmbedder
from fakes import assistant_of, small_index
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.bridge import Bridge
from index.embed import NAMES
from index.keywords import KeywordIndex
from index.store import load, save
from index.terms import tokens
from index.vectors import VectorIndex
from rag.retrieve import (
    ALL_WORDS,
    WEIGHTS,
    Retriever,
    Weights,
    best_passages,
    fuse,
    section_entries,
    standardised,
)


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    return small_index(tmp_path_factory.mktemp("report"))


@pytest.fixture(scope="module")
def retriever(index):
    return Retriever(index, FakeEmbedder(), Bridge(index.keywords.vocabulary))


def test_standard_scores_by_hand():
    np.testing.assert_allclose(standardised([1.0, 3.0, 2.5], 2.0, 0.5), [-2, 2, 1])
    assert not standardised([0.7, 0.7], 0.7, 0.0).any()  # all alike: nothing stands out


def test_an_entry_is_scored_with_its_section_by_hand():
    meaning, words, sections = np.array([4.0, 1.0]), np.array([0.0, 8.0]), np.array([0, 0])
    # own scores 3 and 2.75, both in the section of the first: (own + .5 * 3) / 1.5
    fused = fuse(meaning, words, sections, Weights(words=0.25, section=0.5))
    np.testing.assert_allclose(fused, [3, 4.25 / 1.5])


def test_without_a_section_entry_the_only_entry_stands_for_it(index):
    own = section_entries(index.entries)
    for position, entry in enumerate(index.entries):
        section = index.entries[own[position]]
        alone = sum(other.passage == entry.passage for other in index.entries) == 1
        assert section.passage == entry.passage
        assert section.kind == "section" or (alone and section == entry)


def test_every_embedder_has_weights():
    assert set(WEIGHTS) == set(NAMES)
    assert all(0 <= w.words <= 1 and w.section >= 0 for w in WEIGHTS.values())


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


def test_the_score_adds_both_searches_and_the_section(index, retriever):
    hits = retriever.hits("供应商审核", len(index.entries))
    position = {entry: number for number, entry in enumerate(index.entries)}
    numbers = [position[hit.entry] for hit in hits]
    order = np.argsort(numbers)
    by_meaning = np.array([hit.similarity for hit in hits])[order]
    by_words = np.array([hit.keywords for hit in hits])[order]
    expected = fuse(
        standardised(by_meaning, by_meaning.mean(), by_meaning.std()),
        ALL_WORDS * by_words,
        section_entries(index.entries),
        WEIGHTS["embeddinggemma-300m"],
    )
    np.testing.assert_allclose([hit.score for hit in hits], expected[numbers], atol=1e-5)


def test_an_entry_has_a_share_of_the_words_of_a_question(index, retriever):
    known = retriever.keyword_shares("研发投入")
    assert known.shape == (len(index.entries),)
    assert 0 < known.max() <= 1
    padded = retriever.keyword_shares("研发投入，鳄梨 blockbuster")  # words that the report lacks
    np.testing.assert_allclose(padded, known * 2 / 4, rtol=0.35)
    assert not retriever.keyword_shares("鳄梨").any()
    assert not retriever.keyword_shares("").any()


def test_few_candidates_rank_as_many_do(index, retriever, monkeypatch):
    everything = retriever.hits("公司如何审核供应商", 3)
    monkeypatch.setattr("rag.retrieve.CANDIDATES", 4)
    few = retriever.hits("公司如何审核供应商", len(index.entries))
    assert len(few) < len(index.entries)
    assert [hit.entry for hit in few[:3]] == [hit.entry for hit in everything]
    np.testing.assert_allclose(
        [hit.score for hit in few[:3]], [hit.score for hit in everything], atol=1e-5
    )


@given(st.randoms(use_true_random=False))
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_order_of_the_corpus_does_not_change_the_ranking(index, retriever, chance):
    order = list(range(len(index.entries)))
    chance.shuffle(order)
    entries = [index.entries[i] for i in order]
    mixed = replace(
        index,
        entries=tuple(entries),
        vectors=VectorIndex.from_vectors(np.stack([index.vectors.vector(i) for i in order])),
        keywords=KeywordIndex.from_tokens([tokens(f"{e.title} {e.text}") for e in entries]),
    )
    again = Retriever(mixed, FakeEmbedder(), retriever.bridge)
    for question in ("公司如何审核供应商？", "How many employees are there?"):
        one = {hit.entry: hit.score for hit in retriever.hits(question, 1000)}
        other = {hit.entry: hit.score for hit in again.hits(question, 1000)}
        assert one.keys() == other.keys()
        assert [one[e] for e in one] == pytest.approx([other[e] for e in one], abs=1e-5)


def test_an_index_saved_and_opened_ranks_the_same(index, retriever, tmp_path):
    save(index, tmp_path / "again")
    opened = load(tmp_path / "again")
    again = Retriever(opened, FakeEmbedder(), Bridge(opened.keywords.vocabulary))
    for question in ("公司如何审核供应商？", "How many employees are there?"):
        assert again.hits(question, 1000) == retriever.hits(question, 1000)


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


def test_the_own_latin_name_is_no_search_word(tmp_path):
    text = (
        "Lingang 临港银行股份有限公司 2023 年度报告\n\n第一章 概况\n\n"
        "网址 www.lingang.com\n\n公司有员工 300 人。\n\nLingang Lingang Lingang 的标识为蓝色。\n"
    )
    index = small_index(tmp_path, text)
    index = replace(index, manifest=replace(index.manifest, names=("临港银行", "Lingang")))
    search = Retriever(index, FakeEmbedder(), Bridge(index.keywords.vocabulary))
    with_name, without = search.hits("Lingang employees", 99), search.hits("employees", 99)
    assert {h.entry.text: round(h.keywords, 6) for h in with_name} == {
        h.entry.text: round(h.keywords, 6) for h in without
    }
