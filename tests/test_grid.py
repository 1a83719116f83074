import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.grid import html_grids, read_grids, split_cells


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("a\tb", ["a", "b"]),
        ("\ta\t", ["", "a", ""]),
        ("| a | **b** |", ["a", "b"]),
        ("||a|", ["", "a"]),
        ("| | a ||", ["", "a", ""]),
        ("|a|b", ["a", "b"]),
        ("**a**\t b ", ["a", "b"]),
        ("a | b", ["a | b"]),
    ],
)
def test_cells_of_a_line(line, cells):
    assert split_cells(line) == cells


@given(st.lists(st.text(st.sampled_from("ab 1,."), max_size=4), min_size=1, max_size=6))
def test_cells_survive_both_mark_ups(cells):
    expected = [cell.strip() for cell in cells]
    assert split_cells("|" + "|".join(cells) + "|") == expected
    if len(cells) > 1:
        assert split_cells("\t".join(cells)) == expected


def cells(html):
    return [row.cells for grid in html_grids(html, 1) for row in grid.rows]


def full(html):
    return [row.full for grid in html_grids(html, 1) for row in grid.rows]


def test_merged_cells_are_printed_once_and_read_everywhere():
    html = (
        "<table><tr><td rowspan='2'>指标</td><td colspan=2>2023</td></tr>"
        "<tr><td>甲</td><td>乙</td></tr>"
        "<tr><td>人数</td><td>1</td><td>2</td></tr></table>"
    )
    assert cells(html) == [("指标", "2023", ""), ("", "甲", "乙"), ("人数", "1", "2")]
    assert full(html) == [("指标", "2023", "2023"), ("指标", "甲", "乙"), ("人数", "1", "2")]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("1,234<sup>2</sup>", "1,234²"),
        ("CO<sub>2</sub>", "CO₂"),
        ("甲<br>乙", "甲 乙"),
        ("&lt;5&nbsp;吨", "<5 吨"),
        ("<b>3</b>", "3"),
        ("$29.7\\%$", "29.7%"),
        ("  ", ""),
        ("<img src='a' alt='达标'>", "达标"),
        ("<p>甲</p><p>乙</p>", "甲乙"),
    ],
)
def test_words_in_a_cell(cell, text):
    assert cells(f"<table><tr><td>x</td><td>{cell}</td></tr></table>") == [("x", text)]


def test_rows_know_their_lines_and_tables_the_words_before_them():
    grids = html_grids(
        "<div>表 1\n<table>\n<tr>\n<td>a</td>\n<td>b</td></tr>\n</table>注</div>", 10
    )
    assert [(g.before, g.lines, [r.lines for r in g.rows]) for g in grids] == [
        ("表 1", (10, 10), [(12, 14)]),
        ("注", (15, 15), []),
    ]


@pytest.mark.parametrize(
    "html",
    [
        "<table>",
        "<table><tr>",
        "</table>",
        "<td>a",
        "<table><tr><td>a<table><tr><td>b</table>c</table>",
        "<table><tr><td rowspan=99999999999 colspan=-3>a</td></tr></table>",
        "<table><tr><td colspan=9999>",
        "<table><tr><td rowspan='x'>a",
    ],
)
def test_broken_tables_are_read_without_an_error(html):
    for row in full(html):
        assert len(row) <= 200


PIECES = [
    "<table>",
    "</table>",
    "<tr>",
    "<td>",
    "</td>",
    "<td rowspan=2>",
    "<th colspan=2>",
    "<!--",
]


@given(st.lists(st.sampled_from([*PIECES, *'<>/="&;ab\n ']), max_size=40).map("".join))
def test_any_mark_up_is_read_and_its_words_are_kept(text):
    grids = html_grids(text, 1)
    for grid in grids:
        for row in grid.rows:
            assert row.text == "\t".join(row.cells)
            assert 1 <= row.lines[0] <= row.lines[1] <= text.count("\n") + 1


def test_a_table_goes_on_with_its_header_or_without_one():
    head, row = (
        "<tr><td>指标</td><td>2022</td><td>2023</td></tr>",
        "<tr><td>{}</td><td>1</td><td>2</td></tr>",
    )
    one, two = f"<table>{head}{row.format('a')}</table>", f"<table>{head}{row.format('b')}</table>"
    bare = f"<table>{row.format('c')}</table>"
    other = "<table><tr><td>部门</td><td>人数</td></tr><tr><td>甲</td><td>3</td></tr></table>"
    grids = read_grids([one, "9", two, "", bare, other], 1, skip={2})
    assert [len(grid.rows) for grid in grids] == [5, 2]
