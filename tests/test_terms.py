"""One cut for text and question."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.pieces import CHINESE_STOP_WORDS, is_chinese, normalise
from index.terms import function_words, tokens


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("共12,345人", "12345"),
        ("共12，345人", "12345"),
        ("共１２，３４５人", "12345"),
        ("51,972,217.85 元", "51972217.85"),
        ("21361.34", "21361.34"),
        ("占比 29.86%", "29.86"),
        ("19.70亿元", "19.7"),
    ],
)
def test_numbers_are_one_token(text: str, number: str) -> None:
    assert number in tokens(text)


def test_commas_between_numbers_are_not_thousands_separators() -> None:
    assert tokens("2021,2022") == ["2021", "2022"]
    assert tokens("1,2,3") == ["1", "2", "3"]


@given(st.integers(min_value=0, max_value=10**15))
def test_thousands_separators_do_not_matter(number: int) -> None:
    assert tokens(f"约{number:,}元") == tokens(f"约{number}元")


@given(st.text(max_size=80))
def test_tokens_are_clean(text: str) -> None:
    for token in tokens(text):
        assert token
        assert token == token.strip()
        assert token not in CHINESE_STOP_WORDS
        assert is_chinese(token) or any(character.isalnum() for character in token)


@given(st.text(max_size=80))
def test_normalised_text_has_the_same_tokens(text: str) -> None:
    assert tokens(normalise(text)) == tokens(text)


def test_traditional_and_full_width_questions_have_the_same_tokens() -> None:
    assert tokens("員工總人數與研發投入是多少？") == tokens("员工总人数与研发投入是多少?")
    assert tokens("２０２３年ＩＳＯ認證") == tokens("2023年ISO认证")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ISO27001", "iso 27001"),
        ("ISO14001:2015", "ISO 14001-2015"),
        ("GB/T 42981-2023", "GBT42981—2023"),
        ("BioCV平台", "biocv 平台"),
        ("R&D", "r & d"),
        ("500kWh", "500 kWh"),
        ("2023.12.31", "2023-12-31"),
        ("the company’s employees", "employee of a company"),
    ],
)
def test_spellings_of_one_thing(one: str, other: str) -> None:
    assert sorted(tokens(one)) == sorted(tokens(other))


def test_short_codes_stay_whole() -> None:
    assert tokens("CO2 5G B2B") == ["co2", "5g", "b2b"]


def test_words_come_with_the_words_inside_them() -> None:
    assert {"信息", "信息安全", "信息安全管理体系", "管理体系"} <= set(tokens("信息安全管理体系"))


def test_a_long_word_is_found_across_the_cut() -> None:
    assert {"职业健康", "健康检查"} <= set(tokens("职业健康检查"))
    assert "职业健康检查" not in tokens("职业健康检查")


def test_question_words_and_function_words_are_dropped() -> None:
    assert tokens("公司的员工有多少？") == ["公司", "员工"]
    assert tokens("What is the total of it?") == ["total"]


def test_jieba_is_silent_and_loaded_late() -> None:
    code = (
        "import sys, index.bridge as b; assert 'jieba' not in sys.modules;"
        "b.Bridge(b.tokens('员工')).query_terms('staff')"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout + run.stderr == ""


def test_neighbouring_single_characters_are_a_word_too() -> None:
    assert sorted(tokens("陈书楷")) == sorted(["陈书楷", "陈", "书", "楷"])
    assert "陈书楷" in tokens("科学家陈书楷先生")
    assert "陈书楷" in tokens("陈书楷和林远")
    assert "陈书楷林远" not in tokens("陈书楷和林远")


def test_words_that_name_nothing() -> None:
    assert {"另外", "真正", "别的", "很少", "之前"} <= function_words()
    assert not {"员工", "本科", "第三方", "研发", "原因"} & function_words()
