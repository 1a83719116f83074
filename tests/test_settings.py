"""The settings: all optional, all from the environment, every mistake named."""

from pathlib import Path

import pytest

from index import paths
from index.errors import ReportError
from rag.settings import LOCAL, read_settings


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch):
    for name in ("INDEX", "EMBEDDER", "LLM", "LLM_BASE_URL", "LLM_API_KEY", "LLM_TIMEOUT", "CACHE"):
        monkeypatch.delenv(f"RAG_{name}", raising=False)


def test_nothing_needs_to_be_set():
    settings = read_settings()
    assert settings.llm == LOCAL
    assert settings.llm_base_url is None
    assert settings.index_folder == paths.index_folder(settings.embedder)


def test_each_setting_is_an_environment_variable(monkeypatch):
    monkeypatch.setenv("RAG_INDEX", "~/reports/index")
    monkeypatch.setenv("RAG_LLM", "some-model")
    monkeypatch.setenv("RAG_LLM_BASE_URL", "http://127.0.0.1:1/v1")
    monkeypatch.setenv("RAG_LLM_API_KEY", "key")
    monkeypatch.setenv("RAG_LLM_TIMEOUT", "2.5")
    monkeypatch.setenv("RAG_CACHE", "/somewhere")
    settings = read_settings()
    assert settings.index_folder == Path.home() / "reports/index"
    assert (settings.llm, settings.llm_base_url) == ("some-model", "http://127.0.0.1:1/v1")
    assert (settings.llm_api_key, settings.llm_timeout) == ("key", 2.5)
    assert settings.cache == Path("/somewhere")


def test_an_argument_takes_the_place_of_the_environment(monkeypatch):
    monkeypatch.setenv("RAG_LLM", "some-model")
    assert read_settings("none").llm == "none"


@pytest.mark.parametrize("name", ["RAG_LLM", "RAG_INDEX", "RAG_LLM_BASE_URL", "RAG_LLM_TIMEOUT"])
def test_an_empty_variable_is_as_good_as_none(monkeypatch, name):
    monkeypatch.setenv(name, "")
    assert read_settings() == read_settings()
    assert read_settings().llm == LOCAL
    assert read_settings().index is None
    assert read_settings().llm_base_url is None


@pytest.mark.parametrize("value", ["soon", "0", "-3", "nan", "inf"])
def test_a_wrong_value_is_an_error_that_names_the_variable(monkeypatch, value):
    monkeypatch.setenv("RAG_LLM_TIMEOUT", value)
    with pytest.raises(ReportError) as error:
        read_settings()
    for language in ("en", "zh"):
        assert f"RAG_LLM_TIMEOUT={value}" in error.value.message(language)
