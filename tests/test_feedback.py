import json
import threading

import pytest

from index.errors import ReportError
from index.passage import Passage
from rag.answer import Answer, Citation
from rag.feedback import LONGEST, feedback_file, record

PASSAGE = Passage("p", "年度报告", "甲。", ("一",), 3, (7, 9))
ANSWER = Answer("甲 [1]。", True, "zh", (Citation(1, PASSAGE, "甲。"),), (), "什么？")


def lines(file):
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def test_each_thumb_is_a_line(tmp_path):
    file = tmp_path / "new" / "feedback.jsonl"
    record(ANSWER, liked=True, file=file)
    record(ANSWER, liked=False, reason="数字\n不对", file=file)
    first, second = lines(file)
    assert first["liked"] is True
    assert (second["liked"], second["reason"]) == (False, "数字\n不对")
    assert second["question"] == "什么？"
    assert second["lines"] == [[7, 9]]
    assert second["report"] == "年度报告"


def test_fields_are_limited_and_can_be_written(tmp_path):
    file = tmp_path / "f"
    record(ANSWER, liked=True, reason="\ud800" + "x" * 10**6, file=file)
    assert len(lines(file)[0]["reason"]) == LONGEST
    assert file.stat().st_size < 10_000


def test_many_at_once_do_not_mix(tmp_path):
    file = tmp_path / "f"
    threads = [
        threading.Thread(target=record, args=(ANSWER,), kwargs={"liked": True, "file": file})
        for _ in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(lines(file)) == 20


def test_where_it_is_kept(tmp_path, monkeypatch):
    monkeypatch.setenv("RAG_CACHE", str(tmp_path))
    monkeypatch.delenv("RAG_FEEDBACK", raising=False)
    assert feedback_file() == tmp_path / "feedback.jsonl"
    monkeypatch.setenv("RAG_FEEDBACK", str(tmp_path / "a.jsonl"))
    record(ANSWER, liked=True)
    assert len(lines(tmp_path / "a.jsonl")) == 1


def test_a_file_that_cannot_be_written_is_said(tmp_path):
    with pytest.raises(ReportError, match="RAG_FEEDBACK"):
        record(ANSWER, liked=True, file=tmp_path)
