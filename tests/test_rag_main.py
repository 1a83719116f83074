"""The command line: exit codes, and what is printed where."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import FakeEmbedder
from fakes import FakeLanguageModel, small_index

from index import embed
from rag import assistant
from rag.__main__ import main
from rag.llm import LanguageModelError

ROOT = Path(__file__).parents[1]
FIGURE = "2022年的研发投入是多少？"


@pytest.fixture(autouse=True)
def _small_report(tmp_path, monkeypatch):
    small_index(tmp_path)
    monkeypatch.setenv("RAG_INDEX", str(tmp_path / "index"))
    monkeypatch.setenv("RAG_LLM", "none")
    monkeypatch.setenv("RAG_EMBEDDER", "bigrams")
    monkeypatch.setattr(embed, "open_embedder", lambda name, cache: FakeEmbedder())


def test_an_answer_is_0_and_shows_text_source_and_checks(capsys):
    assert main([FIGURE]) == 0
    out, err = capsys.readouterr()
    assert "2,310.50 万元 [1]" in out
    assert "[1] 海岳食品股份有限公司 2023 年度报告 › " in out
    assert "研发投入 万元 2,310.50 2,702.80" in out
    assert "✓" in out
    assert err == ""


def test_words_need_no_quotation_marks(capsys):
    assert main(["2022年的", "研发投入是多少？"]) == 0
    assert "2,310.50" in capsys.readouterr().out


def test_what_the_report_does_not_say_is_3(capsys):
    assert main(["What is the plan for space tourism?"]) == 3
    assert capsys.readouterr().out.isascii()


@pytest.mark.parametrize(
    ("question", "told"), [("", "empty"), ("😀", "text"), ("多" * 3000, "问题")]
)
def test_a_question_that_cannot_be_asked_is_1(capsys, question, told):
    assert main([question]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert told in err


def test_a_missing_index_is_1_in_the_language_of_the_question(capsys, tmp_path):
    assert main([FIGURE, "--index", str(tmp_path / "nowhere")]) == 1
    assert "没有索引" in capsys.readouterr().err
    assert main(["How many?", "--index", str(tmp_path / "nowhere")]) == 1
    assert "no index" in capsys.readouterr().err


def test_a_wrong_setting_is_1(capsys, monkeypatch):
    monkeypatch.setenv("RAG_LLM_TIMEOUT", "soon")
    assert main([FIGURE]) == 1
    assert "RAG_LLM_TIMEOUT=soon" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["--nonsense", "x"], ["x", "--index"]])
def test_wrong_use_is_2(capsys, arguments):
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_help_is_0_and_names_every_option(capsys):
    with pytest.raises(SystemExit) as stop:
        main(["--help"])
    assert stop.value.code == 0
    out = capsys.readouterr().out
    for option in ("QUESTION", "--index", "--llm", "--json"):
        assert option in out


def test_json_holds_the_whole_answer(capsys):
    assert main([FIGURE, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["answered"] is True
    assert answer["language"] == "zh"
    (citation,) = answer["citations"]
    assert citation["number"] == 1
    assert citation["quote"] in citation["passage"]["text"]
    assert {"text", "checks", "question"} <= answer.keys()


def test_a_model_without_an_address_costs_only_the_wording(capsys, monkeypatch):
    monkeypatch.delenv("RAG_LLM_BASE_URL", raising=False)
    assert main(["公司如何审核供应商？", "--llm", "some-name"]) == 0
    out = capsys.readouterr().out
    assert "现场审核" in out
    assert "✗ RAG_LLM=some-name" in out


def test_a_failed_check_is_shown(capsys, monkeypatch):
    model = FakeLanguageModel(LanguageModelError("It is down.", "模型无法连接。"))
    monkeypatch.setattr(assistant, "open_llm", lambda settings: model)
    assert main(["公司如何审核供应商？"]) == 0
    assert "✗ 模型无法连接。" in capsys.readouterr().out


def test_an_interruption_is_130(monkeypatch):
    def interrupt(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(assistant.Assistant, "ask", interrupt)
    assert main([FIGURE]) == 130


def test_a_console_without_chinese_is_no_reason_to_stop(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "rag", FIGURE, "--index", str(tmp_path / "nowhere")],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert done.stderr.startswith(b"Error: ")
