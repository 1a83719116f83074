from pathlib import Path

import pytest
from conftest import DAIRY, FakeEmbedder

from index import embed
from index.__main__ import main
from index.store import load

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def fake_models(monkeypatch, tmp_path):
    """No real model, and no folder but the test's own; the value is what was opened."""
    opened = []

    def open_embedder(name):
        opened.append(FakeEmbedder(name))
        return opened[-1]

    monkeypatch.setattr(embed, "open_embedder", open_embedder)
    monkeypatch.setenv("RAG_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    for name in ("RAG_INDEX", "RAG_EMBEDDER"):
        monkeypatch.delenv(name, raising=False)
    return opened


def test_help(capsys):
    with pytest.raises(SystemExit) as exit_:
        main(["--help"])
    assert exit_.value.code == 0
    assert "--out DIR" in capsys.readouterr().out


def test_an_index_is_built_and_then_up_to_date(tmp_path, capsys, fake_models):
    arguments = [str(DAIRY), "--out", str(tmp_path / "index")]
    assert main(arguments) == 0
    assert "passages" in capsys.readouterr().err
    assert load(tmp_path / "index").manifest.embedder == embed.DEFAULT
    assert main(arguments) == 0
    assert "is up to date" in capsys.readouterr().err
    assert len(fake_models) == 1
    assert main([*arguments, "--again"]) == 0
    assert len(fake_models) == 2


def test_settings_choose_folder_and_embedder(tmp_path, monkeypatch):
    assert main([str(DAIRY)]) == 0
    assert load(tmp_path / "cache" / "index" / embed.DEFAULT)
    monkeypatch.setenv("RAG_EMBEDDER", embed.LIGHT)
    monkeypatch.setenv("RAG_INDEX", str(tmp_path / "mine"))
    assert main([str(DAIRY)]) == 0
    assert load(tmp_path / "mine", embed.LIGHT)


def test_the_bundled_report_is_the_default(tmp_path):
    assert main(["--out", str(tmp_path / "index")]) == 0
    assert len(load(tmp_path / "index").passages) == 185


def test_show_prints_and_builds_nothing(tmp_path, capsys, fake_models):
    assert main([str(DAIRY), "--show"]) == 0
    shown = capsys.readouterr().out
    assert "    牧场管理  p. 11  lines 80-92" in shown
    assert "  row: 员工总人数：2022 年 9,860 人；2023 年 10,120 人" in shown
    assert "figure: 培训次数 | 包头 | 2023 = 4 次  (line 126 cell 8)  表头印作“2022”" in shown
    assert fake_models == []
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize(
    ("language", "word"), [("en_US.UTF-8", "Cannot read"), ("zh_CN", "无法读取")]
)
@pytest.mark.parametrize("more", [[], ["--show"]])
def test_a_missing_file(tmp_path, capsys, monkeypatch, language, word, more):
    monkeypatch.setenv("LANG", language)
    assert main([str(tmp_path / "missing.txt"), *more]) == 1
    message = capsys.readouterr().err
    assert word in message
    assert "missing.txt" in message
    assert "Traceback" not in message


def test_a_foreign_folder(tmp_path, capsys):
    (tmp_path / "letter.txt").write_text("mine")
    assert main([str(DAIRY), "--out", str(tmp_path)]) == 1
    assert "left as it is" in capsys.readouterr().err


def test_an_unknown_embedder(tmp_path, capsys, monkeypatch):
    monkeypatch.undo()
    monkeypatch.setenv("RAG_EMBEDDER", "bert")
    monkeypatch.setenv("LANG", "en")
    assert main([str(DAIRY), "--out", str(tmp_path / "index")]) == 1
    assert "RAG_EMBEDDER" in capsys.readouterr().err
    assert not (tmp_path / "index").exists()
