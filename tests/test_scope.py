"""Scope: clear cases of what the report answers and what it does not."""

import pytest
from fakes import FakeLanguageModel, assistant_of, evidence, small_index

from rag.coverage import Coverage
from rag.question import read_question
from rag.scope import find_silence


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    model = FakeLanguageModel(*["公司建立了制度[1]。"] * 50)
    return assistant_of(small_index(tmp_path_factory.mktemp("report")), model)


@pytest.mark.parametrize("question", ["公司如何审核供应商？", "公司总部位于哪里？"])
def test_what_the_report_says_is_in_scope(assistant, question):
    assert assistant.ask(question).answered


@pytest.mark.parametrize("question", ["What is the capital of Peru?", "qwertz", "谁发明了电灯？"])
def test_what_has_nothing_to_do_with_the_report_is_refused(assistant, question):
    assert not assistant.ask(question).answered


@pytest.mark.parametrize(
    ("question", "words", "reason"),
    [
        ("公司的用水量是多少？", "公司重视节约用水。", "no-figure"),
        ("What was the water consumption?", "公司重视节约用水。", "no-figure"),
        ("公司的用水量是多少？", "公司用水量为 5.2 万吨。", None),
        ("发生了几起安全事故？", "报告期内，公司未发生安全事故。", None),
        ("公司如何节约用水？", "公司重视节约用水。", None),
    ],
)
def test_a_figure_that_is_only_spoken_of_in_words(assistant, question, words, reason):
    asked, index = read_question(question), assistant.index
    coverage = Coverage(question, assistant.retriever.bridge, index.keywords)
    silence = find_silence(index, asked, evidence(words), coverage)
    assert (silence.reason if silence else None) == reason


def test_a_year_must_stand_in_what_bears_on_the_question(assistant):
    asked, index = read_question("2019年的用水量是多少？"), assistant.index
    coverage = Coverage(asked.text, assistant.retriever.bridge, index.keywords)
    pieces = evidence("公司用水量为 5.2 万吨。", "公司 2019 年迁入新址，有 3 栋楼。")
    silence = find_silence(index, asked, pieces, coverage)
    assert (silence.reason, silence.detail) == ("other-year", "2019")
