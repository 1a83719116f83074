"""Several: a question that asks several things is answered part by part."""

import pytest
from fakes import assistant_of, small_index


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    return assistant_of(small_index(tmp_path_factory.mktemp("report"))).ask


def test_a_figure_of_one_part_and_a_quote_for_the_other(ask):
    answer = ask("2023年营业收入是多少？公司主要生产哪些产品？")
    assert answer.answered
    assert "123,600.00 万元 [1]" in answer.text
    assert "海产罐头" in answer.text
    assert [citation.number for citation in answer.citations] == [1, 2]
    assert "海产罐头" in answer.citations[1].quote


def test_the_year_of_one_part_is_that_of_all(ask):
    text = ask("2022年营业收入是多少？研发投入是多少？").text
    assert "114,230.00" in text
    assert "2,310.50" in text
    assert "2,702.80" not in text


def test_a_part_that_leans_on_another_is_not_asked_by_itself(ask):
    text = ask("公司投资了多少万元？它主要生产什么？").text
    assert text.startswith("报告原文：")  # and not a figure, with a quote for the rest


def test_what_is_silent_in_one_part_does_not_become_an_answer(ask):
    answer = ask("2023年营业收入是多少？公司的碳排放量是多少吨？")
    assert "吨" not in answer.text.replace("碳排放量是多少吨", "")
