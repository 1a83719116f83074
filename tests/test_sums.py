"""Wording: every figure printed is the cell's, and every sum is right."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.passage import FigureEntry
from index.table import Figure
from rag import sums, wording
from rag.amounts import find_amounts, states
from rag.question import Question

LANGUAGES = ("zh", "en")


def figure(value, unit="万元", period="2023", metric="研发投入"):
    printed = f"{Decimal(value):,}"
    return Figure(metric, "", "", period, Decimal(value), unit, printed, 1, 2, "")


def cell(*args, **fields):
    found = figure(*args, **fields)
    return FigureEntry(found, 0, ("经营情况",), f"{found.metric}\t{found.printed}")


def asked(language):
    return Question("?", "?", language)


MONEY = st.decimals("0.01", "999999.99", places=2)


@pytest.mark.parametrize("language", LANGUAGES)
@given(value=MONEY)
def test_a_stated_cell_is_the_cell_with_its_mark(language, value):
    said = wording.state([cell(value)], 3, language)
    assert said.count("[3]") == 1
    assert "2023" in said
    (source,) = find_amounts(f"{value:,} 万元")
    assert any(states(amount, source) for amount in find_amounts(said.replace("[3]", "")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_several_cells_come_with_their_years(language):
    cells = [cell("2310.50", period="2022"), cell("2702.80", period="2023")]
    said = wording.state(cells, 1, language)
    assert said.index("2022") < said.index("2,310.50") < said.index("2023")
    assert "2,702.80" in said


@pytest.mark.parametrize("language", LANGUAGES)
@given(first=MONEY, last=MONEY)
def test_a_change_shows_a_working_that_is_right(language, first, last):
    said = sums.change(figure(first, period="2022"), figure(last), language)
    assert f"{abs(last - first):,}" in said
    rate = re.search(r"= ([+−]?)([\d.]+)%", said)
    expected = (last - first) / first * 100
    sign = -1 if rate[1] == "−" else 1
    assert abs(sign * Decimal(rate[2]) - expected) <= Decimal("0.005")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_change_of_a_percentage_is_in_points_without_a_rate(language):
    said = sums.change(figure("9.80", "%", "2022"), figure("10.84", "%"), language)
    assert "1.04" in said
    assert ("个百分点" if language == "zh" else "percentage points") in said
    assert "÷" not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_share_is_part_by_whole(language):
    part = figure("892", "人", metric="女性员工")
    whole = figure("1924", "人", metric="员工总数")
    said = sums.share(part, whole, 1, 2, asked(language))
    assert "892 ÷ 1,924 = 46.36%" in said
    assert {"[1]", "[2]"} <= set(re.findall(r"\[\d\]", said))


@pytest.mark.parametrize("language", LANGUAGES)
def test_so_much_for_each_is_amount_by_count(language):
    hours = figure("9620", "小时", metric="培训总时长")
    people = figure("1924", "人", metric="员工总数")
    said = sums.each(hours, people, 1, 2, asked(language))
    assert "9,620 ÷ 1,924 = 5" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_year_not_given_names_those_that_are(language):
    said = wording.not_given([cell("1", period="2022"), cell("2")], ["2019"], language)
    assert all(year in said for year in ("2019", "2022", "2023"))
    assert "[1]" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_is_kept(language):
    said = wording.state([cell("2702.80")], 1, language)
    outside = re.sub(r"\([^()]*\)|“[^”]*”", "", said)
    assert bool(re.search("[一-鿿]", outside)) is (language == "zh")
