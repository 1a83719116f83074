"""Likelihood: a probability that grows with what the evidence covers."""

import json
from dataclasses import replace

import pytest
from fakes import assistant_of, small_index
from hypothesis import given
from hypothesis import strategies as st

from rag.coverage import Coverage
from rag.evidence import choose_evidence
from rag.likelihood import (
    EVEN,
    MODEL,
    SEARCH,
    SURE,
    TRUSTED,
    UNLIKELY,
    WEIGHTS,
    likelihood,
    probability,
    signals,
    stands_out,
)
from rag.question import read_question


@pytest.fixture(scope="module")
def inputs(tmp_path_factory):
    assistant = assistant_of(small_index(tmp_path_factory.mktemp("report")))
    index, retriever = assistant.index, assistant.retriever

    def read(text):
        asked = read_question(text)
        hits = retriever.hits(asked.text)
        evidence = choose_evidence(index, asked.text, hits)
        coverage = Coverage(asked.text, retriever.bridge, index.keywords, index.manifest.names)
        return asked, hits, evidence, coverage

    return read


def test_the_written_weights_are_those_of_the_signals(inputs):
    written = json.loads(WEIGHTS.read_text())
    assert {kind: set(names) for kind, names in written.items()} == {
        "search": {"bias", *SEARCH},
        "model": {"bias", *MODEL},
    }
    found = signals(*inputs("公司如何审核供应商？"))
    assert found.keys() == set(SEARCH)
    assert signals(*inputs("公司如何审核供应商？"), 0.5).keys() == {*SEARCH, *MODEL}
    assert 0 < UNLIKELY < EVEN < 1
    assert 0 < TRUSTED < SURE < 1


def test_what_the_report_says_is_likelier_than_what_it_does_not(inputs):
    said = likelihood(*inputs("公司如何审核供应商？"))
    assert said > likelihood(*inputs("公司如何审核会计师事务所？"))
    assert said > likelihood(*inputs("厦门有什么好吃的？"))


@pytest.mark.parametrize("question", ["公司如何审核供应商？", "How are suppliers audited?"])
def test_what_a_model_holds_of_it_counts(inputs, question):
    found = inputs(question)
    beliefs = [likelihood(*found, agrees) for agrees in (0.0, 0.2, 0.5, 0.8, 1.0)]
    assert beliefs == sorted(set(beliefs))


@given(st.floats(0, 1), st.floats(0, 1))
def test_more_of_a_good_signal_is_likelier(low, high):
    weights = {"bias": -1.0, "covered": 2.0}
    low, high = sorted((low, high))
    assert 0 < probability({"covered": low}, weights) <= probability({"covered": high}, weights) < 1


def test_a_piece_stands_out_by_its_score_and_by_what_it_is_above_the_rest(inputs):
    _, hits, evidence, _ = inputs("供应商现场审核")
    first, rest = replace(evidence[0], score=6.0), replace(hits[0], score=1.0)
    assert stands_out([rest] * 12, [first])
    assert not stands_out([replace(rest, score=4.0)] * 12, [first])
    assert not stands_out([rest] * 12, [replace(first, score=4.0)])
