from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.numerals import NUMBER, read_number


def read(text: str) -> tuple[str, str] | None:
    """The value (without trailing zeros) of the first numeral, and the unit that it implies."""
    match = NUMBER.search(text)
    assert match
    number, unit, power = read_number(match) or (None, "", 0)
    return None if number is None else (f"{(number * 10**power).normalize():f}", unit)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12,345.60", "12345.6"),
        ("2,023", "2023"),
        ("十二", "12"),
        ("两亿", "200000000"),
        ("三千五百万", "35000000"),
        ("两亿五千万", "250000000"),
        ("三点五", "3.5"),
        ("twelve", "12"),
        ("Twenty-one", "21"),
        ("ninety", "90"),
        ("one hundred and twenty", "120"),
        ("two hundred thousand", "200000"),
        ("two thousand three hundred", "2300"),
        ("twelve thousand, three hundred and forty-five", "12345"),
    ],
)
def test_numbers_in_digits_and_words(text: str, value: str) -> None:
    assert read(text) == (value, "")


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("百分之三十", "30", "%"),
        ("百分之九十九点八", "99.8", "%"),
        ("百分之百", "100", "%"),
        ("百分之 30", "30", "%"),
        ("千分之五", "5", "‰"),
        ("四分之三", "0.75", ""),
        ("3/4", "0.75", ""),
    ],
)
def test_parts_of_a_whole(text: str, value: str, unit: str) -> None:
    assert read(text) == (value, unit)


@pytest.mark.parametrize("text", ["24/7", "5/2", "5000分之1", "二百五", "千万万"])
def test_what_only_looks_like_a_number_is_not_read(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize("text", ["weight", "someone", "often", "第三", "之一", "GB"])
def test_parts_of_words_are_no_numbers(text: str) -> None:
    assert NUMBER.search(text) is None


ONES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


@given(st.integers(1, 9), st.integers(2, 9), st.integers(1, 9))
def test_english_words_agree_with_digits(hundreds: int, tens: int, ones: int) -> None:
    words = f"{ONES[hundreds]} hundred and {TENS[tens - 2]}-{ONES[ones]}"
    number = 100 * hundreds + 10 * tens + ones
    assert read(words) == read(str(number)) == (str(number), "")
    assert read(f"{words} thousand") == (f"{number}000", "")


@given(st.decimals(0, 10**9, places=2))
def test_thousands_separators_do_not_matter(number: Decimal) -> None:
    assert read(f"{number:,}") == read(str(number))
