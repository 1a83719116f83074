"""Several: a question that asks several things is answered part by part."""

import pytest
from fakes import FakeLanguageModel, assistant_of, small_index


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
    text = ask("2023年营业收入是多少？它主要生产什么？").text
    assert text.startswith("报告原文：")  # and not a figure, with a quote for the rest


def test_what_the_report_does_not_tell_of_one_part_is_said(ask):
    answer = ask("2023年营业收入是多少？公司的净资产是多少？")
    assert answer.answered
    assert "123,600.00 万元 [1]" in answer.text
    assert answer.text.endswith("“公司的净资产是多少?”：报告没有披露这一点。")
    text = ask("What was the revenue in 2023? What were the net assets?").text
    assert text.endswith("“What were the net assets?” The report does not say.")


def test_a_figure_of_something_near_is_no_part_of_an_answer(ask):
    text = ask("2023年男性员工有多少？女性员工的流失率是多少？").text
    assert "1,032 人" in text
    assert "892" not in text
    text = ask("2023年营业收入是多少？2023年每股研发投入是多少？").text
    assert "123,600" in text
    assert "2,702" not in text


def test_the_evidence_comes_before_the_model_translates_a_quote(tmp_path, monkeypatch):
    monkeypatch.setattr("rag.several.CLEAR_PART", 0.0)
    monkeypatch.setattr("rag.several.EVEN", 0.0)
    said = "The company set up a supplier audit system and audits suppliers on site every year."
    model = FakeLanguageModel(said)
    question = "What was the revenue in 2023? Are suppliers audited on site every year?"
    steps = assistant_of(small_index(tmp_path), model).stream(question)
    first = next(steps)
    assert first
    assert not model.asked
    *_, answer = steps
    assert model.asked
    assert "RMB 1,236.0000 million" in answer.text
    assert said in answer.text
    assert [citation.number for citation in answer.citations][:2] == [1, 2]
