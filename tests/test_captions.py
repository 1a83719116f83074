import re

import pytest

from index.pieces import is_chinese
from rag.captions import CAPTIONS, EXAMPLES, caption, language_of


def test_both_languages_have_the_same_captions_with_the_same_gaps():
    chinese, english = CAPTIONS["zh"], CAPTIONS["en"]
    assert chinese.keys() == english.keys()
    for key in chinese:
        assert len(re.findall(r"\{}", chinese[key])) == len(re.findall(r"\{}", english[key])), key


def test_each_caption_is_in_its_language():
    assert [key for key, text in CAPTIONS["en"].items() if is_chinese(text)] == []
    same = {key for key, text in CAPTIONS["zh"].items() if not is_chinese(text)}
    assert same == {"tag"}


def test_there_are_three_examples_in_each_language():
    assert [is_chinese(example) for example in EXAMPLES["zh"]] == [True] * 3
    assert [is_chinese(example) for example in EXAMPLES["en"]] == [False] * 3


def test_captions_are_filled_in():
    assert caption("en", "page", 39) == "page 39"
    assert caption("zh", "lines", 1, 2) == "第 1–2 行"


@pytest.mark.parametrize(
    ("header", "language"),
    [("zh-CN,zh;q=0.9,en", "zh"), ("ZH-TW", "zh"), ("en-GB,zh", "en"), ("", "en"), (None, "en"),
     ("fr", "en")],
)  # fmt: skip
def test_the_language_is_the_one_the_browser_asks_for_first(header, language):
    assert language_of(header) == language
