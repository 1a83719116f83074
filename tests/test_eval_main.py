import json
import os
import sys
from types import SimpleNamespace

import pytest
from eval_fakes import FakeAssistant, answer, passage, question
from fakes import FakeLanguageModel

import eval.__main__ as command
from eval.judge import Judge
from eval.record import load_records
from index.errors import ReportError

RND = passage("研发投入\t21,361.34万元", (777, 777))
FACT = ("21,361.34万元", [[777, 777]])
QUESTIONS = [
    question("研发投入？", FACT, id="1"),
    question("不能看的问题", FACT, id="2", kind="list", split="held-out"),
]
ANSWERS = {each.question: answer("21,361.34万元[1]", RND) for each in QUESTIONS}


@pytest.fixture
def opened(monkeypatch):
    calls = []

    def open_fake(index_dir=None, *, llm=None):
        calls.append((index_dir, llm))
        return FakeAssistant([RND], ANSWERS)

    monkeypatch.setattr(command, "load_questions", lambda _: QUESTIONS)
    monkeypatch.setitem(
        sys.modules, "rag", SimpleNamespace(Assistant=SimpleNamespace(open=open_fake))
    )
    return calls


@pytest.mark.parametrize(
    ("option", "module", "name"),
    [
        (["--baseline"], "eval.baseline", "Baseline"),
        (["--peer", "llama-index"], "eval.llama", "LlamaIndex"),
    ],
)
def test_another_program_is_asked_the_same(opened, tmp_path, monkeypatch, option, module, name):
    asked = FakeAssistant([RND], ANSWERS)
    monkeypatch.setattr(f"{module}.{name}.open", lambda *given: asked)
    assert command.main([*option, "--llm", "local", "--out", str(tmp_path / "run")]) == 0
    assert [record.question.id for record in load_records(tmp_path / "run")] == ["1"]
    written = json.loads((tmp_path / "run" / "run.json").read_text())
    assert (written["system"], written["llm"]) == (option[-1].removeprefix("--"), "local")
    assert opened == []


def test_a_run_prints_the_table(opened, tmp_path, capsys):
    assert command.main(["--llm", "none", "--out", str(tmp_path / "run")]) == 0
    printed = capsys.readouterr().out
    assert "Right answers" in printed
    assert "1.000 [1.00, 1.00] /1" in printed
    assert "Kind (dev)" in printed
    assert opened == [(None, "none")]


def test_of_the_held_out_half_only_totals_are_printed(opened, tmp_path, capsys):
    assert command.main(["--split", "held-out", "--out", str(tmp_path / "run")]) == 0
    printed = capsys.readouterr()
    assert "Right answers" in printed.out
    assert "list" not in printed.out
    assert "不能看" not in printed.out + printed.err
    assert load_records(tmp_path / "run")[0].question.question == "不能看的问题"


def test_search_only_needs_no_model(opened, tmp_path):
    assert command.main(["--search-only", "--out", str(tmp_path / "run")]) == 0
    assert opened == [(None, "none")]


def test_the_embedder_is_set_for_the_run_and_written_down(opened, tmp_path, monkeypatch):
    monkeypatch.setenv("RAG_EMBEDDER", "embeddinggemma-300m")
    arguments = ["--out", str(tmp_path / "run"), "--resume"]
    assert command.main([*arguments, "--embedder", "e5-small"]) == 0
    assert os.environ["RAG_EMBEDDER"] == "e5-small"
    assert json.loads((tmp_path / "run" / "run.json").read_text())["embedder"] == "e5-small"
    assert command.main([*arguments, "--embedder", "embeddinggemma-300m"]) == 1


def test_the_embedder_of_the_settings_is_written_down(opened, tmp_path, monkeypatch):
    monkeypatch.delenv("RAG_EMBEDDER", raising=False)
    assert command.main(["--out", str(tmp_path / "run")]) == 0
    written = json.loads((tmp_path / "run" / "run.json").read_text())
    assert written["embedder"] == "embeddinggemma-300m"


def test_a_judge_is_asked_and_written_down(opened, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(command.Judge, "open", lambda name: Judge(FakeLanguageModel("no"), name))
    assert command.main(["--out", str(tmp_path / "run"), "--judge", "big"]) == 0
    assert json.loads((tmp_path / "run" / "run.json").read_text())["judge"] == "big"
    printed = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["Right", "answers,", "says", "the", "judge", "0.000"] in [row[:6] for row in printed]
    assert ["Right", "answers", "1.000"] in [row[:3] for row in printed]


def test_runs_are_compared_and_reported(opened, tmp_path, capsys):
    for name in ("a", "b"):
        assert command.main(["--out", str(tmp_path / name)]) == 0
    capsys.readouterr()
    assert command.main(["compare", str(tmp_path / "a"), str(tmp_path / "b")]) == 0
    assert "+0.000 [+0.00, +0.00] /1" in capsys.readouterr().out
    assert command.main(["report", str(tmp_path / "a")]) == 0
    assert (tmp_path / "a" / "report.html").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["--kind", "nothing"],
        ["--split", "test"],
        ["--limit", "0"],
        ["--limit", "many"],
        ["--embedder", "word2vec"],
        ["--judge", "big", "--search-only"],
        ["gate", "--limit", "3"],
        ["--resume"],
        ["compare", "a"],
        ["--peer", "llama-index", "--baseline"],
        ["--peer", "nobody"],
        ["surprise"],
    ],
)
def test_wrong_usage_ends_with_2(opened, arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        command.main(arguments)
    assert ended.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_what_the_user_can_mend_ends_with_1_and_a_message(opened, tmp_path, capsys):
    assert command.main(["report", str(tmp_path)]) == 1
    assert "There is no run in" in capsys.readouterr().err
    assert command.main(["--lang", "en"]) == 1
    assert "No question is left" in capsys.readouterr().err


def test_a_stopped_run_says_how_to_go_on(opened, tmp_path, capsys, monkeypatch):
    monkeypatch.setitem(ANSWERS, "研发投入？", KeyboardInterrupt())
    assert command.main(["--out", str(tmp_path / "run")]) == 1
    assert f"--resume --out {tmp_path / 'run'}" in capsys.readouterr().err
    monkeypatch.setitem(ANSWERS, "研发投入？", answer("21,361.34万元[1]", RND))
    assert command.main(["--out", str(tmp_path / "run"), "--resume"]) == 0


def test_a_bug_is_not_hidden(opened, tmp_path, monkeypatch):
    monkeypatch.setitem(ANSWERS, "研发投入？", RuntimeError("a bug"))
    with pytest.raises(RuntimeError, match="a bug"):
        command.main(["--out", str(tmp_path / "run")])
    monkeypatch.setitem(ANSWERS, "研发投入？", ReportError("mend this", "请修正"))
    assert command.main(["--out", str(tmp_path / "other")]) == 1
