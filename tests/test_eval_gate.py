import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from eval_fakes import FakeAssistant, answer, passage, question

import eval.__main__ as command
from eval.gate import ANSWERED, Figure, answered_slice, hold, load_floors
from eval.questions import KINDS, load_questions
from eval.record import load_records
from eval.summary import MEASURES
from index.errors import ReportError

RND = passage("研发投入\t21,361.34万元", (777, 777))
FACT = ("21,361.34万元", [[777, 777]])
QUESTIONS = [
    question("研发投入？", FACT, id="1", pair="p"),
    question("R&D spending?", FACT, id="2", pair="p", language="en"),
    question("碳排放？", id="3", kind="not-disclosed"),
    question("不能看的问题", FACT, id="4", kind="list", split="held-out"),
]


@pytest.fixture
def opened(monkeypatch):
    """An assistant that gets all right; what it answers can be changed."""
    right = answer("21,361.34万元[1]", RND)
    assistant = FakeAssistant([RND], {each.question: right for each in QUESTIONS})
    assistant.answers["碳排放？"] = answer("报告没有说明。", answered=False)
    assistant.opened = []

    def open_fake(index_dir=None, *, llm=None):
        assistant.opened.append(llm)
        return assistant

    monkeypatch.setattr(command, "load_questions", lambda: QUESTIONS)
    rag = SimpleNamespace(Assistant=SimpleNamespace(open=open_fake))
    monkeypatch.setitem(sys.modules, "rag", rag)
    return assistant


def run_gate(folder):
    return command.main(["gate", "--out", str(folder)])


def test_the_gate_is_open_where_every_floor_is_kept(opened, tmp_path, capsys):
    assert run_gate(tmp_path / "gate") == 0
    printed = capsys.readouterr().out
    rows = [line.split() for line in printed.splitlines()]
    assert ["hit@3", "en", "1.000", ">=", "0.950", "ok"] in rows
    assert ["wrong_figure", "all", "0.000", "<=", "0.100", "ok"] in rows
    assert "BELOW" not in printed
    assert opened.opened == ["local"]


def test_a_ranking_that_fell_shuts_the_gate_and_is_named(opened, tmp_path, capsys):
    opened.passages = [passage("其他", (1, 1)), RND]
    assert run_gate(tmp_path / "gate") == 1
    printed = capsys.readouterr()
    assert ["hit@1", "zh", "0.000", ">=", "0.880", "BELOW"] in [
        line.split() for line in printed.out.splitlines()
    ]
    assert "hit@1 (zh) 0.000, must be >= 0.880" in printed.err
    assert "hit@3" not in printed.err


def test_wrong_figures_may_not_rise(opened, tmp_path, capsys):
    opened.answers["研发投入？"] = answer("21,361.34万元，共999万元[1]", RND)
    assert run_gate(tmp_path / "gate") == 1
    assert "wrong_figure (all) 1.000, must be <= 0.100" in capsys.readouterr().err


def test_what_was_not_measured_shuts_the_gate(opened, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(command, "load_questions", lambda: QUESTIONS[:2])
    assert run_gate(tmp_path / "gate") == 1
    assert "right_refusal (all) not measured" in capsys.readouterr().err


def test_all_are_ranked_and_the_dev_half_is_answered(opened, tmp_path):
    assert run_gate(tmp_path / "gate") == 0
    ranked = load_records(tmp_path / "gate" / "retrieval")
    assert [record.question.id for record in ranked] == ["1", "2", "3", "4"]
    assert all(record.reply is None for record in ranked)
    answered = load_records(tmp_path / "gate" / "answers")
    assert {record.question.split for record in answered} == {"dev"}


@pytest.mark.parametrize(
    ("measure", "value", "holds"),
    [
        ("hit@1", 0.82, True),
        ("hit@1", 0.819, False),
        ("hit@1", None, False),
        ("wrong_figure", 0.82, True),
        ("wrong_figure", 0.83, False),
    ],
)
def test_a_floor_is_kept_or_not(measure, value, holds):
    figure = Figure(measure, "zh", value, 0.82)
    assert figure.holds is holds
    if not holds:
        with pytest.raises(ReportError, match=f"{measure} .zh."):
            hold([figure], Path("folder"))


def test_the_slice_is_of_twenty_kinds_in_both_languages():
    questions = load_questions()
    taken = answered_slice(questions)
    assert len(taken) == len({each.kind for each in taken}) == ANSWERED <= len(KINDS)
    assert sum(each.language == "zh" for each in taken) in range(9, 12)
    assert sum(not each.answerable for each in taken) >= 3
    assert answered_slice(questions[::-1]) == taken


def test_the_committed_floors_can_be_used():
    floors = load_floors()
    assert {"hit@1", "hit@3", "hit@5"} == set(floors.retrieval["zh"]) == set(floors.retrieval["en"])
    assert set(floors.answers["all"]) <= set(MEASURES)


@pytest.mark.parametrize(
    ("floors", "message"),
    [
        ({"answers": {}}, "retrieval"),
        ({"retrieval": {"fr": {}}, "answers": {}}, "fr"),
        ({"retrieval": {"zh": {"hit@2": 0.5}}, "answers": {}}, "no measure 'hit@2'"),
        ({"retrieval": {"zh": {"hit@1": 82}}, "answers": {}}, "hit@1"),
    ],
)
def test_floors_that_cannot_be_used_are_told(tmp_path, floors, message):
    path = tmp_path / "floors.json"
    path.write_text(json.dumps(floors))
    with pytest.raises(ReportError, match=message):
        load_floors(path)
    with pytest.raises(ReportError, match="Cannot use the floors"):
        load_floors(tmp_path / "none.json")
