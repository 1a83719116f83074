import re

import pytest

from index.pdf_pieces import Piece
from index.pdf_tables import with_tables
from index.pdf_tiles import as_rows

SIZE = 10.0
PLACES = (50.0, 250.0, 330.0)


def piece(text: str, x0: float, y: float, size: float = SIZE) -> Piece:
    return Piece(x0, x0 + len(text) * size, y, y + size, text, size)


def laid(*lines: tuple[float, list[str]], places: tuple[float, ...] = PLACES) -> list[Piece]:
    return [
        piece(text, x, y) for y, row in lines for text, x in zip(row, places, strict=False) if text
    ]


def even(*rows: list[str], gap: float = 20.0) -> list[Piece]:
    return laid(*((100 + i * gap, row) for i, row in enumerate(rows)))


def read(pieces: list[Piece]) -> list[list[str]]:
    """The cells of the only table; spans are said as (2)."""
    found = with_tables(as_rows(pieces))
    (lines,) = [row[0].rows for row in found if row[0].rows]
    spans = [re.sub(r'<td colspan="(\d)">', r"<td>(\1)", line) for line in lines[1:-1]]
    return [re.findall("<td>(.*?)</td>", line) for line in spans]


HEAD = ["项目", "2024", "2023"]


@pytest.mark.parametrize("gap", [12.0, 15.0, 20.0, 25.0])
def test_a_row_that_names_others_and_an_empty_cell_keep_their_places(gap):
    rows = [HEAD, ["流动资产：", "", ""], ["现金", "", "98"], ["存货", "7", ""], ["应收", "5", "6"]]
    assert read(even(*rows, gap=gap)) == rows


@pytest.mark.parametrize("shift", [0.0, 6.5, 13.0])  # figures at the top, the middle, the end
def test_a_name_of_two_lines_is_one_wherever_its_figures_stand(shift):
    name = [piece("归属于上市公司的", 50, 140), piece("净利润", 50, 153)]
    figures = [piece("12", 250, 140 + shift), piece("98", 330, 140 + shift)]
    around = laid((100, HEAD), (120, ["收入", "1", "2"]), (173, ["资产", "3", "4"]))
    assert read([*around, *name, *figures]) == [
        HEAD, ["收入", "1", "2"], ["归属于上市公司的净利润", "12", "98"], ["资产", "3", "4"],
    ]  # fmt: skip


def test_where_lines_stand_alike_a_name_goes_on_that_the_edge_of_its_column_broke():
    rows = [HEAD, ["归属于上市公司的", "12", "98"], ["净利润", "", ""], ["资产", "3", "4"]]
    assert read(even(*rows)) == [HEAD, ["归属于上市公司的净利润", "12", "98"], rows[3]]
    rows[1][0] = "流动资产合计额："
    assert len(read(even(*rows))) == 4


def test_two_figures_in_one_column_are_of_two_rows():
    lines = laid(
        (100, HEAD), (125, ["收入", "1", "2"]), (137, ["利润", "3", "4"]), (162, ["资产", "5", "6"])
    )
    assert read(lines) == [HEAD, ["收入", "1", "2"], ["利润", "3", "4"], ["资产", "5", "6"]]


def test_words_that_stand_too_close_are_of_the_columns_below_them():
    close = piece("2024 2023", 250, 100)
    rows = laid((120, ["收入", "12345", "6"]), (140, ["资产", "3", "45678"]))
    assert read([piece("项目", 50, 100), close, *rows])[0] == ["项目", "2024", "2023"]
    wide = piece("金额（万元）", 250, 100)
    wide = Piece(250, 380, 100, 110, wide.text, SIZE)
    assert read([piece("项目", 50, 100), wide, *rows])[0] == ["项目", "(2)金额（万元）"]


def test_text_of_a_cell_is_no_mark_up():
    assert read(even(["<b>", "1", "2"], ["a&b", "3", "4"]))[0] == ["&lt;b&gt;", "1", "2"]


@pytest.mark.parametrize(
    "between",
    [
        piece("表2 供应商分布", 50, 140),
        piece("以上为公司主要经营数据的汇总情况。", 50, 140),
        piece("二、社会绩效", 50, 140, 14),
    ],
)
def test_a_caption_a_sentence_and_a_larger_title_end_a_table(between):
    above = laid((100, HEAD), (120, ["收入", "1", "2"]))
    below = laid((165, ["地区", "家数", "占比"]), (185, ["浙江", "3", "4"]))
    found = with_tables(as_rows([*above, between, *below]))
    assert [bool(row[0].rows) for row in found] == [True, False, True]


@pytest.mark.parametrize(
    "pieces",
    [
        even(["①许可", "②确认", "③监护"], ["①申请", "②测氧", "③复测"]),
        [piece("公司治理", 50, 100, 24), piece("GOVERNANCE", 250, 108)],
        laid((100, HEAD)),
        [
            piece("甲" * 25, 50, 100),
            piece("乙", 320, 100),
            piece("丙", 50, 120),
            piece("丁", 90, 120),
        ],
    ],
)
def test_what_is_no_table_stays_in_rows(pieces):
    assert not any(row[0].rows for row in with_tables(as_rows(pieces)))


def test_cells_of_several_lines_make_one_row_where_the_rows_stand_apart():
    few = laid(
        (100, ["项目", "2024", "说明"]), (130, ["收入", "1", "因需求增"]), (142, ["", "", "长"]),
        (172, ["资产", "3", "无"]),
    )  # fmt: skip
    assert read(few)[1:] == [["收入", "1", "因需求增长"], ["资产", "3", "无"]]
    most = laid(
        *((y + at, ["收入" if not at else "", "1" if not at else "", word])
          for y in (100, 160, 220) for at, word in ((0, "因"), (12, "需求"), (24, "增长")))
    )  # fmt: skip
    assert read(most) == [["收入", "1", "因需求增长"]] * 3
