from pathlib import Path

import pytest

from index.paths import BUNDLED_REPORT, cache_folder, index_folder


@pytest.fixture(autouse=True)
def no_settings(monkeypatch):
    monkeypatch.delenv("RAG_CACHE", raising=False)
    monkeypatch.delenv("RAG_INDEX", raising=False)


def test_the_report_is_in_the_package():
    assert BUNDLED_REPORT.is_file()


def test_each_embedder_has_its_own_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("RAG_CACHE", str(tmp_path))
    assert index_folder("a") == tmp_path / "index" / "a"
    assert index_folder("a") != index_folder("b")


def test_the_settings_win_and_know_the_home_folder(monkeypatch):
    monkeypatch.setenv("RAG_CACHE", "~/c")
    monkeypatch.setenv("RAG_INDEX", "~/i")
    assert cache_folder() == Path.home() / "c"
    assert index_folder("a") == Path.home() / "i"


def test_an_empty_setting_is_none(monkeypatch):
    monkeypatch.setenv("RAG_CACHE", "")
    monkeypatch.setenv("RAG_INDEX", "")
    assert cache_folder() == Path.home() / ".cache" / "report-answers"
    assert index_folder("a").is_relative_to(cache_folder())
