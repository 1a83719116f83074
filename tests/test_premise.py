"""Premises: what a question takes for granted, held against a small report."""

import pytest
from fakes import assistant_of, small_index
from test_breakdown import TEXT

from rag.premise import claim_of


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    return assistant_of(small_index(tmp_path_factory.mktemp("report"), TEXT)).ask


@pytest.mark.parametrize(
    ("question", "claim"),
    [
        ("研发投入是 6,050 万元，对吗？", "6,050 万元"),
        ("Is it true that revenue was RMB 2 billion?", "RMB 2 billion"),
        ("研发投入超过 6,050 万元了吗？", None),
        ("研发投入是多少？", None),
        ("Did R&D investment exceed 5 million yuan?", None),
        ("公司有员工吗？", None),
    ],
)
def test_the_amount_that_is_to_be_confirmed(question, claim):
    found = claim_of(question)
    assert (found.text if found else None) == claim


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("2023年研发投入是60.5亿元，对吗？", "不对"),
        ("2023年研发投入是6,050万元，对吗？", "是的"),
        ("2022年研发投入是6,050万元，对吗？", "不对"),
        ("Was R&D investment RMB 50 million in 2022?", "Yes."),
        ("Was R&D investment RMB 70 million in 2022?", "No, the report gives another figure."),
        ("客户投诉率为什么超过目标？", "低于目标"),
        ("Why did the customer complaint rate miss its target?", "the target was met"),
    ],
)
def test_a_premise_is_held_against_the_figure(ask, question, said):
    answer = ask(question)
    assert answer.answered
    assert said in answer.text
    assert answer.citations
