import time

import pytest

from index.pdf_columns import columns
from index.pdf_page import Rule, Sheet
from index.pdf_pieces import Piece

LEADING = 15.0
SIZE = 10.0
PROSE = "公司坚持绿色低碳发展，全年组织环境应急演练，覆盖全部基地"


def line(text: str, x0: float, y: float, size: float = SIZE, *, bold: bool = False) -> Piece:
    return Piece(x0, x0 + len(text) * size, y, y + size, text, size, bold)


def prose(x0: float, y: float, rows: int, mark: str = "", width: int = 24) -> list[Piece]:
    text = (mark + PROSE * 3)[:width]
    return [line(text, x0, y + i * LEADING) for i in range(rows)]


def cells(y: float, rows: list[list[str]], places: list[float]) -> list[Piece]:
    return [
        line(text, x, y + i * LEADING)
        for i, row in enumerate(rows)
        for text, x in zip(row, places, strict=True)
    ]


def read(*pieces: Piece, rules: tuple[Rule, ...] = (), width: float = 960) -> list[list[str]]:
    sheet = Sheet(width, 540, pieces, rules)
    return [[" ".join(p.text for p in row) for row in column.rows] for column in columns(sheet)]


def first_letters(found: list[list[str]]) -> list[str]:
    return [column[0][0] for column in found]


def test_columns_of_text_are_read_one_after_the_other_wherever_their_lines_stand():
    left, middle = prose(50, 100, 6, "甲"), prose(330, 100, 6, "乙")
    right = prose(610, 107, 5, "丙")  # on lines of its own
    found = read(*middle, *right, *left)
    assert first_letters(found) == ["甲", "乙", "丙"]
    assert [len(column) for column in found] == [6, 6, 5]


def test_a_title_over_two_columns_comes_before_both_and_a_note_below_them_after():
    title, note = line("商业道德与反腐败的制度建设" * 3, 50, 80), line("注" * 60, 50, 300)
    found = read(note, *prose(330, 110, 4, "乙"), *prose(50, 110, 4, "甲"), title)
    assert first_letters(found) == ["商", "甲", "乙", "注"]


def test_a_title_at_the_end_of_a_column_is_of_what_stands_below_both():
    left, right = prose(50, 100, 4, "甲"), prose(330, 100, 5, "乙")
    title = line("供应商赋能", 50, 160, 12)
    below = [line("丙" * 50, 50, 190 + i * LEADING) for i in range(2)]
    assert first_letters(read(*left, *right, title, *below)) == ["甲", "乙", "供"]
    assert first_letters(read(*left, *right, title)) == ["甲", "乙"]


def test_cells_side_by_side_are_a_table_and_stay_in_rows():
    rows = [["指标", "2022年", "2023年"], ["用电量", "4,716", "4,653"], ["取水量", "612", "598"]]
    assert read(*cells(100, rows, [50, 300, 400])) == [[" ".join(row) for row in rows]]


def test_long_cells_beside_the_names_of_their_rows_stay_beside_them():
    rows = [["政策", (PROSE * 2)[:24]], ["技术", (PROSE * 2)[3:27]], ["市场", (PROSE * 2)[5:29]]]
    assert read(*cells(100, rows, [50, 120])) == [[" ".join(row) for row in rows]]


def test_a_table_with_rules_of_its_own_is_a_column_beside_another():
    one = cells(100, [["船型", "艘数"], ["散货船", "19"], ["合计", "52"]], [50, 200])
    other = cells(100, [["地区", "家数"], ["浙江", "768"], ["江苏", "612"]], [400, 560])
    together = [["船型 艘数 地区 家数", "散货船 19 浙江 768", "合计 52 江苏 612"]]
    assert read(*one, *other) == together
    rules = tuple(Rule(50, 230, y) for y in (113, 143))
    assert read(*one, *other, rules=rules) == [
        ["船型 艘数", "散货船 19", "合计 52"],
        ["地区 家数", "浙江 768", "江苏 612"],
    ]
    over_all = (Rule(50, 600, 113),)
    assert read(*one, *other, rules=(*rules, *over_all)) == together


def test_key_figures_side_by_side_are_one_each():
    large = [line("2.58亿元", x, 100, 20) for x in (50, 250, 450)]
    names = [line("环保投入", x, 128) for x in (50, 250, 450)]
    sheet = Sheet(960, 540, (*names, *large, *prose(50, 170, 4)))
    found = list(columns(sheet))
    assert [column.is_tile for column in found] == [True, True, True, False]
    assert [row[0].text for row in found[1].rows] == ["2.58亿元", "环保投入"]


def test_a_line_above_key_figures_is_not_their_name_where_another_is_nearer():
    text = [line("小标题", x, 60) for x in (50, 250)]
    large = [line("27次", x, 100, 20) for x in (50, 250)]
    names = [line("应急演练", x, 124) for x in (50, 250)]
    found = list(columns(Sheet(960, 540, (*text, *large, *names))))
    tiles = [[row[0].text for row in column.rows] for column in found if column.is_tile]
    assert tiles == [["27次", "应急演练"]] * 2


def test_a_grade_is_a_key_figure_too_and_a_title_is_none():
    def tiles(text: str) -> list[bool]:
        large = [line(text, x, 100, 20) for x in (50, 250)]
        names = [line("境内机构评级", x, 128) for x in (50, 250)]
        return [column.is_tile for column in columns(Sheet(960, 540, (*large, *names)))]

    assert tiles("AA级") == [True, True]
    assert tiles("BBB-") == [True, True]
    assert tiles("评级") == [False]


def test_text_above_key_figures_does_not_draw_them_into_its_columns():
    large = [line("27次", x, 200, 20) for x in (50, 330)]
    names = [line("应急演练", x, 228) for x in (50, 330)]
    found = read(*prose(50, 100, 5, "甲"), *prose(330, 100, 5, "乙"), *large, *names)
    assert first_letters(found) == ["甲", "乙", "2", "2"]


def test_a_contents_list_in_two_columns():
    left = cells(100, [["公司治理", "04"], ["商业道德", "07"], ["风险管理", "08"]], [50, 250])
    right = cells(100, [["以人为本", "12"], ["职业健康", "14"], ["附录", "17"]], [400, 600])
    assert read(line("目录", 50, 60, 20), *left, *right) == [
        ["目录", "公司治理 04", "商业道德 07", "风险管理 08"],
        ["以人为本 12", "职业健康 14", "附录 17"],
    ]
    assert len(read(*left, *right)) == 1


@pytest.mark.parametrize("numbers", [("4", "5"), ("04", "05")])
def test_a_sheet_with_two_page_numbers_is_two_pages(numbers):
    feet = [line(numbers[0], 30, 520), line(numbers[1], 920, 520)]
    left, right = line("左页的标题", 50, 100), line("右页的标题", 600, 100)
    assert read(right, *feet, left) == [["左页的标题"], [numbers[0]], ["右页的标题"], [numbers[1]]]
    assert read(right, feet[1], left)[0] == ["左页的标题 右页的标题"]


def test_headers_and_numbers_of_pages_are_of_no_column():
    header = [line("年度报告", 50, 10), line("公司治理", 800, 10)]
    found = read(*prose(50, 100, 4, "甲"), *prose(330, 100, 4, "乙"), *header, line("12", 500, 520))
    assert [column[0][:4] for column in found] == [
        "年度报告",
        f"甲{PROSE[:3]}",
        f"乙{PROSE[:3]}",
        "12",
    ]


def test_text_at_the_very_edge_of_a_page_is_no_header():
    left, right = prose(50, 20, 6, "甲"), prose(330, 20, 6, "乙")
    assert first_letters(read(*left, *right)) == ["甲", "乙"]
    lower = [*prose(50, 440, 6, "甲"), *prose(330, 440, 6, "乙")]
    assert first_letters(read(*lower)) == ["甲", "乙"]


def test_upright_lines_come_last():
    upright = Piece(900, 910, 50, 150, "向海图强", SIZE)
    assert read(upright, line("封面", 50, 60))[-1] == ["向海图强"]


def test_a_page_full_of_labels_does_not_take_for_ever():
    labels = [line("港", i % 80 * 11, 60 + i // 80 * 11 + i % 7) for i in range(3200)]
    started = time.monotonic()
    assert sum(map(len, read(*labels))) > 20
    assert time.monotonic() - started < 20
