"""The questions that reports tell the answer of or do not: they are sound, and the reports open."""

import csv

import pytest

from eval import told
from eval.told import BUNDLED, OTHERS, TOLD, load_told_questions
from index.build import build as build_index
from index.pieces import is_chinese
from index.report import read_report

REPORTS = (BUNDLED, *OTHERS)


def rows():
    with TOLD.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_every_question_is_on_a_known_report_in_its_language():
    for row in rows():
        assert row["report"] in REPORTS
        assert row["told"] in ("yes", "no")
        assert is_chinese(row["question"]) is (row["language"] == "zh")


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("split", ["dev", "held-out"])
def test_each_half_has_both_answers_in_both_languages(report, split):
    asked = load_told_questions(report, split)
    kinds = [(question.language, question.told) for question in asked]
    assert min(kinds.count((language, told)) for language in ("zh", "en") for told in (0, 1)) > 5
    assert asked != load_told_questions(report)


@pytest.mark.parametrize("report", [BUNDLED, "energy", "pharma", "annual"])
def test_the_lines_that_come_nearest_are_in_the_report(report):
    from index.paths import BUNDLED_REPORT

    last = len(read_report(OTHERS.get(report, BUNDLED_REPORT)).lines)
    for row in rows():
        if row["report"] == report:
            assert all(
                0 < int(end) <= last for span in row["lines"].split(",") for end in span.split("-")
            )


def test_the_other_reports_are_indexed_once(tmp_path, monkeypatch, embedder):
    made = []

    def build(*given):
        made.append(given)
        return build_index(*given)

    monkeypatch.setenv("RAG_CACHE", str(tmp_path))
    monkeypatch.setattr(told, "OTHERS", {"energy": OTHERS["energy"]})
    monkeypatch.setattr(told, "build", build)
    for _ in range(2):
        opened = told.open_others(embedder)
        assert opened["energy"].report_title
    assert len(made) == 1
