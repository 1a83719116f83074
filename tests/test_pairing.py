"""Figures of a claim: their year, and whether they are targets or results."""

from dataclasses import replace

import pytest
from fakes import evidence

from rag.pairing import judged, misplaced, stated_figures

ROW, TARGETS, SENTENCE = evidence(
    "男性：2021 年 901 人；2022 年 884 人；2023 年 956 人",
    "返修率：2023 年目标 2.00%；2023 年目标达成情况 1.77%；2024 年目标 1.70%",
    "2022 年投资 300 万元；2023 年投资 500 万元。",
)
ROW, TARGETS = replace(ROW, kind="row"), replace(TARGETS, kind="row")


def wrong(claim, piece=ROW, question=""):
    return [amount.text for _, amount in misplaced(claim, [piece], question, "2023")]


def test_a_row_gives_each_figure_its_year_and_its_part():
    assert [(str(s.amount.value), *s.years, s.part) for s in stated_figures(TARGETS)] == [
        ("2.00", 2023, "target"), ("1.77", 2023, "result"), ("1.70", 2024, "target"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("claim", "piece", "figures"),
    [
        ("2021 年 901 人", ROW, []),
        ("2021 年 956 人", ROW, ["956 人"]),
        ("901 人", ROW, ["901 人"]),
        ("956 people", ROW, []),
        ("It rose from 884 people in 2022 to 956 people in 2023", ROW, []),
        ("It was 956 people in 2023, up from 884 in 2022", ROW, []),
        ("In 2021, 2022 and 2023 it was 901, 884 and 956 people", ROW, []),
        ("In 2021, 2022 and 2023 it was 956, 884 and 901 people", ROW, ["884", "901 people"]),
        ("2023 年投资 500 万元", SENTENCE, []),
        ("2023 年投资 300 万元", SENTENCE, ["300 万元"]),
        ("The actual rate in 2023 was 1.77%", TARGETS, []),
        ("The actual rate in 2023 was 2.00%", TARGETS, ["2.00%"]),
        ("2024 年目标为 1.70%", TARGETS, []),
        ("2024 年目标为 2.00%", TARGETS, ["2.00%"]),
    ],
)
def test_a_figure_of_another_year_or_part_is_misplaced(claim, piece, figures):
    assert wrong(claim, piece) == figures


def test_the_year_of_the_question_holds_where_the_claim_names_none():
    assert wrong("901 人", ROW, "2021年有多少男性？") == []
    assert wrong("956 人", ROW, "2021年有多少男性？") == ["956 人"]


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("The rate of 1.77% met the target of 2.00%", []),
        ("The rate of 1.77% did not meet the target of 2.00%", ["meet"]),
        ("返修率 1.77%，未达成目标 2.00%", ["达成"]),
        ("The company holds meetings", []),
    ],
)
def test_whether_a_target_was_met_is_reckoned(claim, words):
    assert judged(claim, [TARGETS]) == words
