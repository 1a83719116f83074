"""A question as typed: what can be asked, its language, and what a follow-up leaves out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import ReportError
from rag.question import LONGEST, QuestionError, language_of, read_question


def asked(*questions):
    """A conversation in which these were asked, each answered."""
    turns = []
    for question in questions:
        turns += [
            {"role": "user", "content": question},
            {"role": "assistant", "content": "2019 年，没有。"},
        ]
    return turns


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("公司有多少名员工？", "zh"),
        ("R&D投入是多少？", "zh"),
        ("ISO 9001 认证有哪些", "zh"),
        ("公司 has 多少 employees?", "zh"),
        ("谁是 CEO", "zh"),
        ("How many employees are there?", "en"),
        ("What is 海岳食品?", "en"),
        ("Who founded 海岳食品股份有限公司?", "en"),
        ("How many employees (员工) does the company have?", "en"),
        ("Tell me about 海岳食品", "en"),
        ("Combien d'employés ?", "en"),
        ("2023?", "en"),
        ("", "en"),
    ],
)
def test_the_language_is_that_of_the_sentence_not_of_the_names_in_it(text, language):
    assert language_of(text) == language


@pytest.mark.parametrize(
    "text",
    ["", " \n\t ", "\u3000", "\u200f\u200e", "\x00\x00", "\u2028"],
    ids=["nothing", "spaces", "wide space", "marks", "NUL", "line separator"],
)
def test_an_empty_question_says_so_in_both_languages(text):
    with pytest.raises(QuestionError) as error:
        read_question(text)
    assert "empty" in error.value.message("en")
    assert "空" in error.value.message("zh")


@pytest.mark.parametrize(
    "text",
    [
        "😀😀🎉",
        "？！。",
        "\ud800",
        "\u202e\u202d",
        "\x01\x02\x03\x04ab",
        "\ufffd\ufffdPNG",
        "\u0301",
    ],
    ids=["emoji", "stops", "surrogate", "direction", "control", "replaced", "accent"],
)
def test_what_is_no_text_is_refused_in_both_languages(text):
    with pytest.raises(QuestionError) as error:
        read_question(text)
    assert error.value.message("en").isascii()
    assert language_of(error.value.message("zh")) == "zh"


def test_a_question_that_is_too_long_is_told_both_lengths():
    with pytest.raises(QuestionError) as error:
        read_question("多少" * 10_000)
    for language in ("en", "zh"):
        assert "20,000" in error.value.message(language)
        assert f"{LONGEST:,}" in error.value.message(language)
    assert error.value.message("en").isascii()
    assert read_question("多少" * (LONGEST // 2)).text


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("公司\x00有多少名员工，他们都在哪里工作？", "公司 有多少名员工,他们都在哪里工作?"),
        ("\ud800公司有多少名员工", "?公司有多少名员工"),
        ("公司有多少名員工", "公司有多少名员工"),
        ("ｈｏｗ　ｍａｎｙ", "how many"),
        ("  a\n\n b\t c ", "a b c"),
        ("公司咋样，送了点啥", "公司怎么样,送了点什么"),
    ],
    ids=["NUL", "surrogate", "traditional", "full width", "spaces", "spoken"],
)
def test_the_text_is_in_normal_form_and_what_was_typed_is_kept(typed, text):
    question = read_question(typed)
    assert question.text == text
    assert question.asked == typed


ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)


@given(ANY_TEXT, st.lists(ANY_TEXT, max_size=3))
def test_any_text_is_a_question_or_an_error_for_the_user(typed, before):
    try:
        question = read_question(typed, asked(*before), "2023")
    except ReportError:
        return
    question.text.encode("utf-8")
    question.understood.encode("utf-8")
    assert question.text.strip()
    assert "\x00" not in question.text
    assert question.language in ("zh", "en")


@pytest.mark.parametrize(
    ("before", "follow_up", "text", "language"),
    [
        ("2023年的研发投入是多少", "那2022年呢？", "2022年的研发投入是多少", "zh"),
        ("2023年的研发投入是多少", "2022年？", "2022年的研发投入是多少", "zh"),
        ("2023年的研发投入是多少", "上一年呢？", "2022年的研发投入是多少", "zh"),
        ("R&D spending in 2023", "And in 2022?", "R&D spending in 2022", "en"),
        ("R&D spending in 2022", "the year before?", "R&D spending in 2021", "en"),
        ("R&D spending in 2022", "And the year before?", "R&D spending in 2021", "en"),
        ("R&D spending in 2022", "And the year after?", "R&D spending in 2023", "en"),
        ("公司有多少名员工", "那女性呢？", "公司有多少名员工，其中女性呢？", "zh"),
        ("公司有多少名员工", "And women?", "公司有多少名员工: women?", "en"),
        ("公司有多少名员工", "in English please", "公司有多少名员工", "en"),
        ("公司有多少名员工", "In English, please.", "公司有多少名员工", "en"),
        ("公司有多少名员工", "English please", "公司有多少名员工", "en"),
        ("公司有多少名员工", "请用英文回答", "公司有多少名员工", "en"),
        ("How many staff are there", "用中文", "How many staff are there", "zh"),
        ("How many staff are there", "in Chinese please", "How many staff are there", "zh"),
    ],
)
def test_a_follow_up_is_completed_from_the_question_before(before, follow_up, text, language):
    question = read_question(follow_up, asked(before))
    assert question.text == text
    assert question.language == language


@pytest.mark.parametrize("follow_up", ["the year before?", "上一年呢？"])
def test_the_year_before_counts_from_the_report_where_no_year_was_named(follow_up):
    assert "2022" in read_question(follow_up, asked("研发投入是多少"), "2023").text
    assert "20" not in read_question(follow_up, asked("研发投入是多少")).text


def test_follow_ups_add_up():
    history = asked("公司2023年有多少名员工", "那2022年呢？")
    assert read_question("那女性呢？", history).text == "公司2022年有多少名员工，其中女性呢？"


def test_a_follow_up_says_what_it_adds():
    assert read_question("那女性呢？", asked("公司有多少名员工")).focus == "女性"
    assert read_question("公司有多少名员工").focus == ""


@pytest.mark.parametrize(
    "question", ["总部在哪里？", "What products does the company make?", "英语培训有多少场？"]
)
def test_a_question_that_stands_alone_is_left_alone(question):
    assert read_question(question, asked("2023年的研发投入是多少")) == read_question(question)


@pytest.mark.parametrize("follow_up", ["那2022年呢？", "in English please", "the year before?"])
def test_a_follow_up_to_nothing_is_a_question_of_its_own(follow_up):
    assert read_question(follow_up).text == follow_up.replace("？", "?")


def test_what_the_assistant_said_is_no_question():
    history = [{"role": "assistant", "content": "2023年的研发投入是多少"}]
    assert read_question("那2022年呢？", history) == read_question("那2022年呢？")


@pytest.mark.parametrize(
    "turn",
    [
        {},
        {"role": "user"},
        {"role": "user", "content": None},
        {"role": "user", "content": 5},
        {"role": "user", "content": {"path": "a.png"}},
        {"role": "user", "content": [{"type": "image", "url": "x"}]},
        {"role": "user", "content": [{"type": "text", "text": None}, 7]},
        {"role": "user", "content": "\ud800"},
        {"role": "user", "content": "😀"},
        {"role": "user", "content": " \x00 "},
        {"role": "tool", "content": "2019年的用水量"},
        {"role": ["user"], "content": "2019年的用水量"},
        {"content": "2019年的用水量"},
        "2019年的用水量",
        ("2019年的用水量", None),
        None,
    ],
    ids=str,
)
def test_a_malformed_turn_changes_nothing(turn):
    history = asked("2023年的研发投入是多少")
    expected = read_question("那2022年呢？", history)
    assert read_question("那2022年呢？", [turn, *history, turn]) == expected


def test_a_turn_may_be_a_list_of_parts():
    parts = [{"type": "text", "text": "2023年的研发投入"}, {"type": "text", "text": "是多少"}]
    history = [{"role": "user", "content": parts}]
    assert read_question("那2022年呢？", history).text == "2022年的研发投入 是多少"


def test_a_long_turn_is_cut():
    history = asked("员工人数" * 5000)
    assert len(read_question("那女性呢？", history).text) < LONGEST + 100
