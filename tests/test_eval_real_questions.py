from pathlib import Path

import pytest
from eval_fakes import answer, question

import index.reports
from eval.check import problems
from eval.questions import KINDS, NEAR_NAMES, NEWCOMERS, QUESTIONS, STRANGERS, load_questions
from eval.score import score_answer
from index.source import read_lines

REPORT = Path(index.reports.__file__).with_name("zkteco-2023-esg.txt")
LINES = ["研发投入为 21,361.34 万元，2,562.96 未列", "", "指标\t单位\t2023 年", "人数\t人\t1,226"]


def fact(figure, span):
    return question("q?", (figure, [span]))


def test_a_question_that_fits_has_no_problem():
    assert problems([fact("21,361.34 万元", [1, 1])], LINES) == []
    assert problems([fact("2.14 亿元", [1, 1])], LINES) == []
    assert problems([fact("1,226 人", [4, 4])], LINES) == []
    assert problems([fact("R&D", [1, 1])], LINES) == []  # words may be a translation


@pytest.mark.parametrize(
    ("figure", "span", "problem"),
    [
        ("21,361.35 万元", [1, 1], "does not stand in"),
        ("21,361.34 万元", [4, 4], "does not stand in"),
        ("21,361.34 万元", [2, 2], "is not in the report"),
        ("21,361.34 万元", [1, 5], "is not in the report"),
    ],
)
def test_evidence_that_does_not_fit_is_told(figure, span, problem):
    (found,) = problems([fact(figure, span)], LINES)
    assert found.startswith("a001: ")
    assert problem in found


def test_what_is_computed_need_not_stand_there():
    facts = [{"any": ["99 人"], "evidence": [[4, 4]]}]
    assert problems([question(facts=facts, answerable=True, kind="arithmetic")], LINES) == []
    facts[0]["computed"] = True
    assert problems([question(facts=facts, answerable=True)], LINES) == []


def test_ids_and_pairs():
    zh, en = question(id="1", pair="p"), question(id="2", pair="p", language="en")
    assert problems([zh, en], LINES) == []
    assert "used by 2" in problems([zh, zh.model_copy(update={"pair": None})], LINES)[0]
    assert "not one Chinese" in problems([zh], LINES)[0]
    assert "differ in" in problems([zh, en.model_copy(update={"split": "held-out"})], LINES)[0]


@pytest.fixture(scope="module")
def questions():
    if not QUESTIONS.exists():
        pytest.skip("the questions are not written yet")
    return load_questions()


def test_the_questions_fit_the_report(questions):
    assert problems(questions, read_lines(REPORT)) == []
    for file in (STRANGERS, NEWCOMERS, NEAR_NAMES):
        more = load_questions(file)
        assert problems(more, read_lines(REPORT)) == []
        assert {each.split for each in more} == {"dev", "held-out"}


def test_there_are_questions_of_every_kind_in_both_languages(questions):
    assert len(questions) >= 300
    assert {each.kind for each in questions} == set(KINDS)
    for language in ("zh", "en"):
        assert sum(each.language == language for each in questions) >= 0.4 * len(questions)
    for split in ("dev", "held-out"):
        assert sum(each.split == split for each in questions) >= 0.4 * len(questions)


def test_stating_every_fact_is_right_and_stating_nothing_is_wrong(questions):
    for each in filter(lambda question: question.answerable, questions):
        facts = "；".join(fact.alternatives[0] for fact in each.facts)
        assert score_answer(each, answer(facts)).measures["right_answer"] == 1.0, each.id
        assert score_answer(each, answer("。")).measures["right_answer"] == 0.0, each.id


def test_every_table_of_the_report_is_asked_about(questions):
    lines = read_lines(REPORT)
    asked = {
        line
        for each in questions
        for fact in each.facts
        for first, last in fact.evidence
        for line in range(first, last + 1)
    }
    rows = [number for number, line in enumerate(lines, 1) if "\t" in line]
    tables = [[rows[0]]]
    for row in rows[1:]:
        if row == tables[-1][-1] + 1:
            tables[-1].append(row)
        else:
            tables.append([row])
    contents = lines.index("报告前言", 20)  # the lists of contents have tabs, too
    unasked = [table for table in tables if table[0] > contents and not asked & set(table)]
    # the actions for the SDGs stand in one table that a page break cuts in two
    assert unasked == [[370, 371, 372, 373]]


def test_what_one_half_asks_the_other_does_not_ask_again(questions):
    def expected(each):
        return frozenset("".join(fact.alternatives[0].split()) for fact in each.facts)

    halves = {
        split: {expected(each) for each in questions if each.split == split and len(each.facts) > 1}
        for split in ("dev", "held-out")
    }
    assert halves["dev"] & halves["held-out"] == set()
