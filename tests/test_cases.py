"""Cases: those told one by one under a heading are found together, each by its best piece."""

import re
from dataclasses import replace

import pytest
from fakes import assistant_of, small_index

from rag.cases import cases
from rag.evidence import choose_evidence

TOLD = """澄江仪器股份有限公司 2023 年度报告

目录

第一章 回馈社会	03
第二章 供应链	09

第一章 回馈社会

公司开展公益活动。

案例一：支教

公司在云南支教。学生 30 人。

案例二：献血

员工参加献血。

案例三：植树

公司在甘肃植树。

第二章 供应链

公司审核供应商。
"""


def told(tmp_path, text, question):
    assistant = assistant_of(small_index(tmp_path, text))
    hits = assistant.retriever.hits(question)
    return [piece.quote for piece in choose_evidence(assistant.index, question, hits)]


@pytest.mark.parametrize("numbered", [True, False])
def test_a_question_for_several_gets_every_case_in_its_order(tmp_path, numbered):
    text = TOLD if numbered else re.sub("案例[一二三]", "案例", TOLD)
    found = told(tmp_path, text, "公司做了哪些公益活动？")
    assert found == ["公司在云南支教。", "员工参加献血。", "公司在甘肃植树。"]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("公司在甘肃做了哪些公益活动？", ["公司在甘肃植树。"]),
        ("What are its charity activities in Gansu?", ["公司在甘肃植树。"]),
        (
            "公司在海南做了哪些公益活动？",
            ["公司在云南支教。", "员工参加献血。", "公司在甘肃植树。"],
        ),
    ],
)
def test_of_the_cases_those_in_the_place_that_is_named_are_meant(tmp_path, question, found):
    assert told(tmp_path, TOLD, question) == found


def test_another_question_gets_what_it_asks_for(tmp_path):
    assert told(tmp_path, TOLD, "公司如何审核供应商？")[0] == "公司审核供应商。"


def test_two_cases_are_no_row_of_them(tmp_path):
    two = TOLD.replace("案例三：植树\n\n公司在甘肃植树。\n\n", "")
    assert told(tmp_path, two, "公司做了哪些公益活动？")[0] == "公司开展公益活动。"


@pytest.mark.parametrize(("apart", "found"), [(0.5, 3), (2.5, 0)])
def test_one_case_far_above_the_others_is_the_one_that_is_meant(tmp_path, apart, found):
    hits = assistant_of(small_index(tmp_path, TOLD)).retriever.hits("献血")
    inside = [hit for hit in hits if hit.entry.quote and "案例" in hit.entry.title]
    scored = [replace(hit, score=8 - apart * (place > 0)) for place, hit in enumerate(inside)]
    assert len(cases(scored)) == found
