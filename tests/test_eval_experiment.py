from dataclasses import replace

import numpy as np
import pytest
from conftest import FakeEmbedder
from eval_fakes import question
from fakes import small_index

import eval.__main__ as command
from eval.experiment import Experiment, Variation, run_experiment
from index.bridge import Bridge
from rag.retrieve import Retriever, Weights, best_passages

NOW = Variation(Weights(words=0.25, section=0.3))


@pytest.fixture(scope="module")
def retriever(tmp_path_factory):
    index = small_index(tmp_path_factory.mktemp("report"))
    named = replace(index.manifest, embedder="embeddinggemma-300m")
    embedder = FakeEmbedder("embeddinggemma-300m")
    bridge = Bridge(index.keywords.vocabulary)
    return Retriever(replace(index, manifest=named), embedder, bridge)


@pytest.fixture
def asked(retriever):
    place = {entry.text: entry.lines for entry in retriever.index.entries if entry.quote}
    told = next(text for text in place if "供应商" in text)
    fact = ("每年", [list(place[told])])
    return [
        question("公司如何审核供应商？", fact, id="1"),
        question("How are suppliers audited?", fact, id="2", language="en"),
        question("供应商审核", fact, id="3", split="held-out"),
    ]


def test_the_first_row_is_what_the_product_does(retriever, asked, tmp_path):
    experiment = Experiment(retriever, asked, tmp_path)
    ranked = experiment._ranked(NOW)
    for each, lines in zip(asked, ranked, strict=True):
        found = best_passages(retriever.hits(each.question, 1000), 10)
        assert lines == [passage.lines for passage in found]


def test_tables_have_a_row_for_each_variation(retriever, asked, tmp_path):
    tables = list(run_experiment(retriever, asked, forms=True, kept=tmp_path))
    assert tables[0][0][:3] == ["Share of the keywords", "zh @1", "zh all @1"]
    assert all(len(row) == len(rows[0]) for rows in tables for row in rows)
    assert {rows[0][0] for rows in tables} >= {"Title of an entry", "Fusion"}
    assert all(rows[1] == ["as it is", *tables[0][1][1:]] for rows in tables)


def test_what_was_embedded_is_not_embedded_again(retriever, asked, tmp_path, monkeypatch):
    first = list(run_experiment(retriever, asked, forms=True, kept=tmp_path))
    monkeypatch.setattr(retriever, "embedder", FakeEmbedder("embeddinggemma-300m"))
    assert list(run_experiment(retriever, asked, forms=True, kept=tmp_path)) == first
    assert retriever.embedder.embedded == []


def test_a_vote_of_all_entries_by_hand():
    from eval.experiment import _vote
    from index.passage import Entry

    entries = [Entry("sentence", "", "", "", (1, 1), passage) for passage in (0, 0, 1)]
    scores = np.array([2.0, 4.0, 5.0])
    assert list(_vote(scores, entries, replace(NOW, vote=1))) == [4, 5]
    assert list(_vote(scores, entries, replace(NOW, vote=2, fade=0.5))) == [5, 5]


def test_the_command(retriever, asked, tmp_path, monkeypatch, capsys):
    class Opened:
        @staticmethod
        def open(index_dir=None, *, llm=None):
            assert (index_dir, llm) == (tmp_path, "none")
            return type("Assistant", (), {"retriever": retriever})

    monkeypatch.setattr("rag.Assistant", Opened)
    monkeypatch.setattr(command, "load_questions", lambda: asked)
    monkeypatch.setenv("RAG_CACHE", str(tmp_path))
    assert command.main(["experiment", "--index", str(tmp_path)]) == 0
    assert "Weight of the section" in capsys.readouterr().out
