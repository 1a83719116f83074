"""ask() and search(): the names and signatures that others build on."""

import dataclasses
import inspect
import threading
import time

import pytest
from conftest import FakeEmbedder
from fakes import small_index

import rag
from index import embed
from index.errors import ReportError
from rag import api


@pytest.fixture
def settings(tmp_path, monkeypatch):
    """The settings of a small index without a model; api opens it afresh."""
    small_index(tmp_path)
    monkeypatch.setenv("RAG_INDEX", str(tmp_path / "index"))
    monkeypatch.setenv("RAG_LLM", "none")
    monkeypatch.setenv("RAG_EMBEDDER", "bigrams")
    monkeypatch.setattr(embed, "open_embedder", lambda name, cache: FakeEmbedder())
    api._opened.cache_clear()
    yield monkeypatch
    api._opened.cache_clear()


def test_the_public_names_are_there():
    assert set(rag.__all__) >= {"ask", "search", "Assistant", "Answer", "Citation", "Passage"}
    for name in rag.__all__:
        assert getattr(rag, name).__name__ == name
    with pytest.raises(AttributeError):
        rag.nothing  # noqa: B018


def test_the_signatures_are_those_of_the_contract():
    ask, search = inspect.signature(rag.ask), inspect.signature(rag.search)
    assert list(ask.parameters) == ["question", "history"]
    assert ask.parameters["history"].kind is inspect.Parameter.KEYWORD_ONLY
    assert ask.parameters["history"].default == ()
    assert list(search.parameters) == ["question", "k"]
    assert search.parameters["k"].kind is inspect.Parameter.KEYWORD_ONLY
    assert search.parameters["k"].default == 8
    assert list(inspect.signature(rag.Assistant.open).parameters) == ["index_dir", "llm"]
    assert list(inspect.signature(rag.Assistant.stream).parameters) == [
        "self", "question", "history",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (rag.Answer, {"text", "answered", "language", "citations", "checks"}),
        (rag.Citation, {"number", "passage", "quote", "translation"}),
        (rag.Check, {"name", "passed", "detail"}),
        (rag.Passage, {"id", "report", "text", "section", "page", "lines", "score"}),
    ],
)
def test_the_fields_are_those_of_the_contract_and_cannot_be_changed(kind, fields):
    assert {field.name for field in dataclasses.fields(kind)} >= fields
    assert kind.__dataclass_params__.frozen


def test_a_citation_needs_no_translation():
    assert rag.Citation(1, None, "原文").translation is None


def test_ask_answers_in_the_language_of_the_question(settings):
    chinese = rag.ask("2022年的研发投入是多少？")
    assert (chinese.answered, chinese.language) == (True, "zh")
    assert "2,310.50" in chinese.text
    history = [{"role": "user", "content": "2022年的研发投入是多少？"}]
    english = rag.ask("in English please", history=history)
    assert (english.answered, english.language) == (True, "en")
    assert "23.105" in english.text


def test_search_gives_passages_best_first(settings):
    found = rag.search("供应商审核", k=2)
    assert len(found) == 2
    assert "供应商" in found[0].text
    assert len(rag.search("供应商审核")) <= 8


def test_without_an_index_there_is_a_readable_error(settings, tmp_path):
    settings.setenv("RAG_INDEX", str(tmp_path / "nowhere"))
    with pytest.raises(ReportError, match="python -m index"):
        rag.ask("公司有多少名员工？")


def test_none_needs_no_model_at_all(settings):
    settings.setattr("rag.llm.weights.fetch", lambda *_: pytest.fail("a model was fetched"))
    assert rag.ask("公司如何审核供应商？").text


def test_threads_that_ask_at_once_open_one_assistant(settings):
    opened = []
    opens = rag.Assistant.open

    def slow():
        opened.append(1)
        time.sleep(0.1)
        return opens()

    settings.setattr(rag.Assistant, "open", slow)
    threads = [threading.Thread(target=rag.search, args=("研发投入",)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(opened) == 1
