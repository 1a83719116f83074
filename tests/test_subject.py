"""Subject: what only asks is told from what a question is about."""

import pytest

from rag.subject import names_a_term, says_nothing, without_asking


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("2023年用电量是多少？", True),
        ("公司有没有碳中和目标？", True),
        ("Does the company use solar energy?", True),
        ("How many work-related injuries were there?", True),
        ("红烧肉怎么做？", False),
        ("Who won the world cup?", False),
    ],
)
def test_what_reports_speak_of_is_known_from_the_glossary(question, named):
    assert names_a_term(question) is named


def test_what_asks_and_measures_is_left_out():
    assert without_asking("2023年供应商有多少家？").split() == ["供应商有", "？"]
    assert says_nothing("数量")
    assert not says_nothing("供应商")


@pytest.mark.parametrize(
    ("question", "word", "left"),
    [
        ("How much did R&D investment increase?", "increase", False),
        ("What was done to increase satisfaction?", "increase", True),
        ("Which job type lost the most people?", "lost", False),
        ("Which job type lost the most people?", "type", False),
        ("What share of them hold a degree?", "hold", False),
    ],
)
def test_how_a_figure_moves_is_no_subject(question, word, left):
    assert (word in without_asking(question)) is left


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("How many people does Haiyue employ?", True),
        ("How many people work at Haiyue?", True),
        ("How many people visited the factory?", False),
    ],
)
def test_who_works_there_is_an_employee(question, says):
    assert ("employees" in without_asking(question)) is says
