"""Slips in the English words of a question."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.spelling import recognise

LETTERS = "abcdefghijklmnopqrstuvwxyz"


@pytest.mark.parametrize(
    "word",
    [
        "maternity",
        "employees",
        "shanghai",
        "governance",
        "iso27001",
        "processes",
        "companies",
        "causes",
        "changes",
        "valves",  # of a word in -e that no dictionary has in the plural
        "absences",
    ],
)
def test_known_words_and_codes_are_trusted(word: str) -> None:
    assert recognise(word) == (word, 1.0)


@pytest.mark.parametrize(
    ("slip", "word"),
    [
        ("maternty", "maternity"),
        ("matrenity", "maternity"),
        ("maternitty", "maternity"),
        ("emploiees", "employees"),
        ("govenrance", "governance"),
        ("employes", "employees"),  # no form of employ
        ("comittee", "committee"),
        ("accidentes", "accidents"),
    ],
)
def test_a_slip_is_mended_and_trusted_less(slip: str, word: str) -> None:
    mended, trust = recognise(slip)
    assert mended == word
    assert 0 < trust < 1


@pytest.mark.parametrize("word", ["xqzzyk", "biocv", "laev"])
def test_what_is_like_no_word_or_short_stays(word: str) -> None:
    assert recognise(word) == (word, 1.0)


@settings(deadline=None)  # the first example loads the dictionary
@given(st.data())
def test_any_wrong_letter_in_the_stem_of_a_long_word_is_mended(data: st.DataObject) -> None:
    word = "biodiversity"
    place = data.draw(st.integers(1, len("biodivers") - 1))
    letter = data.draw(st.sampled_from(LETTERS))
    slip = word[:place] + letter + word[place + 1 :]
    assert recognise(slip)[0] == word
