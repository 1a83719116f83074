from dataclasses import replace

import pytest
from fakes import assistant_of, small_index

from rag.suggest import MOST, suggestions


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    return assistant_of(small_index(tmp_path_factory.mktemp("report")))


def after(assistant, question):
    answer = assistant.ask(question)
    return suggestions(assistant.index, assistant.retriever.bridge, answer)


def test_other_years_come_first_then_rows_beside(assistant):
    found = after(assistant, "2023年研发投入是多少？")
    assert len(found) == MOST
    assert found[0] == "2023年研发投入比2022年变化了多少？"
    assert "2023年营业收入是多少？" in found
    assert "2023年研发投入是多少？" not in found


def test_suggestions_are_in_the_language_of_the_answer(assistant):
    found = after(assistant, "What was the R&D investment in 2023?")
    assert found
    assert all(question.isascii() for question in found)


@pytest.mark.parametrize("question", ["2023年研发投入是多少？", "How much water was used in 2023?"])
def test_no_suggestion_is_a_dead_end(assistant, question):
    for suggested in after(assistant, question):
        answer = assistant.ask(suggested)
        assert answer.answered
        assert answer.citations


def test_what_was_asked_is_not_suggested_again(assistant):
    question = after(assistant, "2023年研发投入是多少？")[0]
    assert question not in after(assistant, question)


def test_nothing_is_made_up_where_nothing_is_near(assistant):
    answer = replace(assistant.ask("2023年研发投入是多少？"), citations=())
    assert suggestions(assistant.index, assistant.retriever.bridge, answer) == []
