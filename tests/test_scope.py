"""Scope: clear cases of what the report answers and what it does not."""

import pytest
from conftest import BANK
from fakes import FakeLanguageModel, assistant_of, evidence, small_index

from index.bridge import Bridge
from rag.coverage import Coverage
from rag.question import read_question
from rag.retrieve import Hit
from rag.rows import Table
from rag.scope import find_silence, find_stranger, names_a_row, unlikely
from rag.silence import Silence


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    model = FakeLanguageModel(*["公司建立了制度[1]。"] * 50)
    return assistant_of(small_index(tmp_path_factory.mktemp("report")), model)


@pytest.fixture(scope="module")
def bank_answers(tmp_path_factory):
    index = small_index(tmp_path_factory.mktemp("bank"), BANK.read_text("utf-8"))
    return index, Bridge(index.keywords.vocabulary)


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


def test_what_shares_words_with_the_evidence_is_not_called_off_topic(assistant):
    coverage = Coverage("供应商审核", assistant.retriever.bridge, assistant.index.keywords)
    asked = read_question("红烧肉")
    assert unlikely(asked, 0.01, evidence("公司审核供应商。"), coverage).reason == "not-given"
    assert unlikely(asked, 0.01, evidence("公司重视环保。"), coverage).reason == "off-topic"
    assert unlikely(asked, 0.9, evidence("公司重视环保。"), coverage).reason == "not-given"


def test_what_reports_speak_of_is_not_called_off_topic(assistant):
    asked = read_question("工伤有几起？")
    coverage = Coverage(asked.text, assistant.retriever.bridge, assistant.index.keywords)
    assert unlikely(asked, 0.01, evidence("公司重视环保。"), coverage).reason == "not-given"


def test_a_row_is_meant_where_the_question_names_its_whole_label(bank_answers):
    index, bridge = bank_answers
    for question, meant in (("拨备覆盖率", True), ("覆盖率的目标是什么？", False)):
        coverage = Coverage(question, bridge, index.keywords)
        entry = next(e for e in index.entries if e.text.startswith("拨备覆盖率"))
        hit = Hit(entry, index.passages[entry.passage], 2.0, 0.5, 1.0)
        assert names_a_row(Table(index), [hit], coverage) == meant


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("网址：www.haiyue-food.com。", "unknown-name"),
        ("Haiyue 是公司的英文名。网址：www.haiyue.com。", "other-company"),
    ],
)
def test_a_latin_name_is_a_strangers_only_where_the_report_prints_its_own(tmp_path, line, reason):
    own = "海岳食品股份有限公司"
    text = f"{own} 2023 年报告\n\n公司概况\n\n{own}的收入为 3 亿元。{line}"
    index = small_index(tmp_path, text)
    asked = read_question("What was Goldwind's revenue?")
    coverage = Coverage(asked.text, Bridge(index.keywords.vocabulary), index.keywords)
    silence = find_stranger(index, asked, coverage)
    assert silence == Silence(reason, "Goldwind")
