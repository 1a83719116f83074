import json

import pytest

from eval.__main__ import main
from eval.candidates import as_lines, candidates
from eval.questions import load_questions
from index.errors import ReportError
from index.passage import Passage
from rag.answer import Answer, Citation
from rag.feedback import record

PASSAGE = Passage("p", "年度报告", "甲。", ("一",), 3, (7, 9))


@pytest.fixture
def file(tmp_path):
    file = tmp_path / "feedback.jsonl"
    for question, liked, answered in (
        ("甲？", True, True), ("乙？", False, True), ("甲？", True, True), ("丙？", False, False)
    ):  # fmt: skip
        cited = (Citation(1, PASSAGE, "甲。"),) if answered else ()
        answer = Answer("甲 [1]。", answered, "zh", cited, (), question)
        record(answer, liked=liked, reason="不对", file=file)
    return file


def test_each_question_once_and_the_disliked_first(file):
    found = candidates(file)
    assert [entry["question"] for entry in found] == ["乙？", "丙？", "甲？"]
    assert found[0]["facts"] == [{"any": [""], "evidence": [[7, 9]]}]
    assert (found[1]["answerable"], found[1]["facts"]) == (False, [])
    assert found[0]["reason"] == "不对"


def test_an_entry_is_taken_once_a_person_has_completed_it(file, tmp_path):
    entry = candidates(file)[0]
    questions = tmp_path / "questions.jsonl"
    questions.write_text(as_lines([entry]), encoding="utf-8")
    with pytest.raises(ReportError):
        load_questions(questions)
    for key in ("liked", "reason", "answer"):
        del entry[key]
    entry["facts"][0]["any"] = ["甲"]
    questions.write_text(as_lines([entry]), encoding="utf-8")
    assert load_questions(questions)[0].question == "乙？"


def test_the_command_prints_lines(file, capsys):
    assert main(["candidates", str(file)]) == 0
    assert len([json.loads(line) for line in capsys.readouterr().out.splitlines()]) == 3


@pytest.mark.parametrize("text", ["{", "[]", '{"liked": 1}'])
def test_a_damaged_line_is_named(tmp_path, text):
    file = tmp_path / "f.jsonl"
    file.write_text(f"\n{text}\n")
    with pytest.raises(ReportError, match="line 2"):
        candidates(file)


def test_a_missing_file_is_said(tmp_path):
    with pytest.raises(ReportError, match="Cannot read"):
        candidates(tmp_path / "missing")
