"""Answers for which a model is asked: refused, quoted or worded, by what it holds of evidence."""

from dataclasses import replace

import pytest
from fakes import FakeLanguageModel, assistant_of, evidence, small_index

from rag.answer import Answer
from rag.compose import with_lists
from rag.llm import LanguageModelError
from rag.writing import Draft

QUESTION = "公司对供应商有没有审核？"


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    return small_index(tmp_path_factory.mktemp("report"))


def test_a_model_that_finds_no_answer_writes_none(index):
    model = FakeLanguageModel("公司每年审核供应商[1]。")
    model.agreement = 0.05
    answer = assistant_of(index, model).ask(QUESTION)
    assert not answer.answered
    assert not model.asked


def test_what_takes_several_sentences_is_quoted_in_chinese(index):
    model = FakeLanguageModel("公司主要生产汽车和飞机[1]。")
    model.is_embedded = True
    steps = list(assistant_of(index, model).stream("公司如何审核供应商？公司主要生产什么产品？"))
    answer = steps[-1]
    assert "现场审核" in answer.text
    assert "海产罐头" in answer.text
    assert not model.asked
    assert [type(step) for step in steps] == [tuple, str, Answer]


@pytest.mark.parametrize(
    ("question", "is_quoted"),
    [
        ("How many people were trained, and how many of them were women?", True),
        ("How many suppliers did the company audit in 2023?", False),
    ],
)
def test_several_figures_are_not_left_to_a_small_model(tmp_path, question, is_quoted):
    text = (
        "海岳食品 2023 年报告\n\n培训\n\n公司培训 1,924 人，其中女性 612 人。\n\n"
        "供应商\n\n因质量问题，公司 2023 年审核了供应商 35 家。\n"
    )
    said = "The company trained 1,924 people, of whom 612 were women."
    model = FakeLanguageModel(said if is_quoted else "The company audited 35 suppliers in 2023.")
    model.is_embedded = True
    model.agreement = 0.99
    answer = assistant_of(small_index(tmp_path, text), model).ask(question)
    assert answer.answered
    assert answer.text.startswith("The report says") is is_quoted


def test_a_denial_answers_whatever_the_model_holds_of_it(tmp_path):
    text = "海岳食品 2023 年报告\n\n安全\n\n报告期内，公司未发生员工因工死亡事件。\n"
    model = FakeLanguageModel("报告未披露。")
    model.agreement = 0.02
    answer = assistant_of(small_index(tmp_path, text), model).ask(
        "报告期内，公司发生员工因工死亡事件了吗？"
    )
    assert answer.answered
    assert "未发生员工因工死亡事件" in answer.text


def test_a_row_of_several_years_is_quoted(tmp_path):
    text = (
        "海岳食品 2023 年报告\n\n客户\n\n公司重视客户。\n\n指标\t单位\t2022 年\t2023 年\n"
        "客户回访完成情况\t%\t92.1\t93.4\n"
    )
    model = FakeLanguageModel("客户回访完成情况为 93.4%[1]。")
    answer = assistant_of(small_index(tmp_path, text), model).ask(
        "2022年和2023年回访顾客都完成了吗？"
    )
    assert "92.1" in answer.text
    assert "93.4" in answer.text


@pytest.mark.parametrize(
    "question", ["Which 委员会 groups does 董事会 have?", "董事会下设哪些委员会?"]
)
def test_a_sentence_that_lists_what_is_asked_for_is_quoted(tmp_path, question):
    text = (
        "海岳食品 2023 年报告\n\n治理\n\n公司重视治理。\n\n"
        "董事会下设战略委员会、审计委员会、提名委员会和薪酬委员会。\n"
    )
    model = FakeLanguageModel("The board has an audit committee [1].")
    answer = assistant_of(small_index(tmp_path, text), model).ask(question)
    assert "战略委员会、审计委员会、提名委员会和薪酬委员会" in answer.text


def test_another_list_that_is_as_near_is_quoted_too():
    half, whole, far, plain = (
        replace(piece, score=score)
        for piece, score in zip(
            evidence("设甲、乙、丙会。", "下设甲、乙、丙、丁会。", "有子、丑、寅。", "有甲会。"),
            (4, 3.5, 1, 3.9),
            strict=True,
        )
    )
    assert with_lists([half], [half, plain, whole, far]) == [half, whole]


@pytest.mark.parametrize(("certain", "answered"), [(0.0, True), (1.1, False)])
def test_where_the_search_is_certain_the_embedded_model_is_not_asked(
    index, monkeypatch, certain, answered
):
    monkeypatch.setattr("rag.answering.CERTAIN", certain)
    model = FakeLanguageModel("The company audits its suppliers.")
    model.agreement, model.is_embedded = 0.02, True
    assert assistant_of(index, model).ask("Does it audit 供应商 at all?").answered is answered
    model.is_embedded = False  # a larger one is believed
    assert not assistant_of(index, model).ask("Does it audit 供应商 at all?").answered


@pytest.mark.parametrize(
    ("question", "small", "quoted"),
    [
        ("Does it audit 供应商 at all?", True, True),
        ("Does it audit 供应商 at all?", False, False),
        ("公司对供应商有没有审核？", True, False),
    ],
)
def test_a_small_model_words_figures_and_in_english_quotes_the_rest(index, question, small, quoted):
    said = "Suppliers are audited on site every year [1]."
    model = FakeLanguageModel(
        said if question.endswith("?") else "公司每年对供应商进行现场审核[1]。"
    )
    model.is_embedded = small
    answer = assistant_of(index, model).ask(question)
    assert answer.answered
    assert answer.text.startswith(("The report says", "报告原文")) is quoted


def test_what_has_no_translation_is_worded_for_who_reads_no_chinese(index):
    model = FakeLanguageModel("99 audits.", "Suppliers are audited on site every year [1].")
    model.is_embedded = True
    answer = assistant_of(index, model).ask("Does it audit 供应商 at all?")
    assert answer.text == "Suppliers are audited on site every year [1]."
    none = FakeLanguageModel("99 audits.")
    none.is_embedded = True
    assert "in Chinese:" in assistant_of(index, none).ask("Does it audit 供应商 at all?").text


def test_a_small_model_words_figures_in_english(tmp_path, monkeypatch):
    monkeypatch.setattr("rag.unworded.stands_out", lambda *_: True)
    text = "海岳食品 2023 年报告\n\n供应链\n\n公司每年对 37 家供应商进行现场审核。\n"
    model = FakeLanguageModel("The company audits 37 suppliers on site every year [1].")
    model.is_embedded = True
    assistant = assistant_of(small_index(tmp_path, text), model)
    answer = assistant.ask("How many 供应商 are audited on site?")
    assert answer.text == model.replies[0]


@pytest.mark.parametrize(("agreement", "answered"), [(0.99, True), (None, True), (0.02, False)])
def test_what_the_model_holds_of_the_evidence_decides(index, agreement, answered):
    model = FakeLanguageModel("公司每年对供应商进行现场审核[1]。")
    model.agreement = agreement
    answer = assistant_of(index, model).ask(QUESTION)
    assert answer.answered is answered
    assert bool(model.asked) is answered


@pytest.mark.parametrize(("certain", "shown"), [(0.0, True), (1.1, False)])
def test_in_chinese_it_is_asked_while_what_the_search_is_certain_of_is_shown(
    index, monkeypatch, certain, shown
):
    monkeypatch.setattr("rag.answering.CERTAIN", certain)
    model = FakeLanguageModel("公司每年对供应商进行现场审核[1]。")
    model.agreement, model.is_embedded = 0.02, True
    *steps, answer = assistant_of(index, model).stream_with_drafts(QUESTION)
    drafts = [step.text for step in steps if isinstance(step, Draft)]
    assert any("现场审核" in draft for draft in drafts) is shown
    assert not answer.answered


def test_what_is_shown_of_quotes_stays_when_the_model_breaks_off(index):
    down = LanguageModelError("It is down.", "无法连接。")
    model = FakeLanguageModel("Suppliers are audited every year on site.", down)
    model.is_embedded = True
    *steps, answer = assistant_of(index, model).stream("How does it audit 供应商, and the goods?")
    shown = "".join(step for step in steps if isinstance(step, str))
    assert "Suppliers are audited every year on site." in shown
    assert answer.text == shown
