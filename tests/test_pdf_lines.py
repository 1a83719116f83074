from collections import Counter

import pytest

from index.pdf_lines import page_lines
from index.pdf_page import Frame, Sheet
from index.pdf_pieces import Piece

SIZE = 10.0
LEADING = 15.0
BROKEN = "公司建立覆盖全部基地的环境管理体系并由总经理担任安全环保委员会主任"  # 33 characters


def line(text: str, y: float, x0: float = 50, size: float = SIZE, *, bold: bool = False) -> Piece:
    return Piece(x0, x0 + len(text) * size, y, y + size, text, size, bold)


def read(*pieces: Piece) -> list[str]:
    """The lines of a page; # before a title."""
    lines = page_lines(Sheet(600, 800, pieces), Counter())
    return [f"# {text}" if size else text for text, size in lines][:-1]


def below(*texts: str, y: float = 200, x0: float = 50) -> list[Piece]:
    return [line(text, y + i * LEADING, x0) for i, text in enumerate(texts)]


def test_lines_broken_by_the_edge_of_a_column_are_put_together():
    assert read(*below(BROKEN, BROKEN, "全年投入2.58亿元。")) == [
        f"{BROKEN}{BROKEN}全年投入2.58亿元。"
    ]


def test_a_paragraph_ends_where_its_line_is_short_or_the_next_is_indented():
    short = "全年未发生环境污染事件。"
    indented = [*below(BROKEN), line(BROKEN, 200 + LEADING, 70)]
    assert read(*below(BROKEN, short, BROKEN)) == [f"{BROKEN}{short}", "", BROKEN]
    assert read(*indented) == [BROKEN, "", BROKEN]


def test_lines_of_a_box_that_is_narrower_than_its_column_are_put_together():
    boxed = BROKEN[:27]
    found = read(*below(BROKEN, y=150), *below(boxed, boxed, "完毕。", x0=70))
    assert found == [BROKEN, "", f"{boxed}{boxed}完毕。"]
    listed = read(*below(BROKEN, y=150), *below("电话：0580-5521788", "邮箱：esg@example.c", y=200))
    assert listed == [BROKEN, "", "电话：0580-5521788", "", "邮箱：esg@example.c"]


@pytest.mark.parametrize(
    ("title", "is_title"),
    [
        (line("环境管理", 180, size=14), True),
        (line("环境管理", 180, bold=True), True),
        (line("环境管理", 180), False),
        (line("2.58亿元", 180, size=14), False),
        (line("表1 主要指标", 180, bold=True), False),
        (line("单位：万元", 180, bold=True), False),
        (line("尊敬的各位朋友：", 180, size=14), False),
        (line("每一艘船都更安静。", 180, size=14), False),
        (line("1. 您对本报告的评价是？", 180, bold=True), False),
        (line("ABOUT", 180, size=14), False),
        (line("AA级", 180, size=14), False),
        (line("气候 供应链 公益 安全", 180, bold=True), False),
        (line("按性别", 180, 180, bold=True), False),
        (line("案例：旧钢丸", 180, 70, bold=True), True),
    ],
)
def test_a_title_stands_alone_in_larger_or_bolder_letters(title, is_title):
    found = read(title, *below(BROKEN, BROKEN, y=210))
    assert found == [f"# {title.text}" if is_title else title.text, "", f"{BROKEN}{BROKEN}"]


def test_a_large_title_in_two_lines_is_one_and_numbered_ones_are_two():
    text = below(BROKEN, BROKEN, y=300)
    large = [line("环境、社会及治理", 200, size=20), line("（ESG）报告", 222, size=20)]
    assert read(*large, *text)[0] == "# 环境、社会及治理（ESG）报告"
    numbered = [line("第二节 公司简介", 200, size=20), line("一、公司信息", 222, size=20)]
    assert read(*numbered, *text)[:3] == ["# 第二节 公司简介", "", "# 一、公司信息"]


def test_a_title_with_smaller_words_beside_it_is_a_line_of_its_own():
    beside = [line("公司治理", 200, size=20), line("CORPORATE", 208, 200)]
    opener = [line("03", 208), line("绿色造船", 200, 80, size=20), line("造一艘绿色的船", 208, 300)]
    assert read(*beside, *below(BROKEN, BROKEN, y=300))[:3] == ["# 公司治理", "", "CORPORATE"]
    assert read(*opener, *below(BROKEN, BROKEN, y=300))[:3] == [
        "# 03 绿色造船", "", "造一艘绿色的船",
    ]  # fmt: skip


def test_a_page_with_little_text_has_titles_beside_the_text_of_the_pages_before():
    letters = Counter()
    page_lines(Sheet(600, 800, tuple(below(BROKEN, BROKEN))), letters)
    titles = Sheet(600, 800, (line("第一节 释义", 100, size=16), line("见下表。", 130)))
    assert page_lines(titles, letters)[0] == ("第一节 释义", 16.0)


def test_cells_that_make_no_columns_keep_their_places_in_half_characters():
    found = read(
        line("指标", 200), line("上年", 200, 250), line("本年", 200, 320),
        line(BROKEN, 225), line("共", 225, 420), line("计", 225, 460),
    )  # fmt: skip
    assert found[0] == "指标" + " " * 36 + "上年" + " " * 10 + "本年"


def test_the_number_of_a_caption_is_no_cell():
    assert read(line("表8", 200), line("范围三排放", 200, 100))[0] == "表8 范围三排放"


def test_a_key_figure_follows_its_name():
    tiles = [
        *(line(figure, 200, x, 20) for figure, x in (("27次", 50), ("9起", 300))),
        *(line(name, 225, x) for name, x in (("应急演练", 50), ("行政处罚", 300))),
    ]
    assert read(*tiles) == ["应急演练", "27次", "", "行政处罚", "9起"]


def test_titles_of_the_contents_list_in_smaller_letters_are_indented():
    found = read(
        line("目录", 100, size=20),
        line("责任治理", 200, size=12), line("04", 200, 300, size=12),
        *(cell for y in (220, 240) for cell in (line("公司治理", y), line("06", y, 300))),
    )  # fmt: skip
    entries = [row for row in found if row.strip()[:2] in ("责任", "公司")]
    assert entries[0].startswith("责任治理 ")
    assert entries[1].startswith("  公司治理 ")
    assert entries[2].startswith("  公司治理 ")


def test_lines_broken_by_the_edge_of_a_box_are_put_together():
    wide, first = line(BROKEN, 100), line(BROKEN[:28], 200, 70)
    box, page = Frame(60, 360, 190, 240), Frame(0, 600, 0, 800)
    for boxes, joins in (((box, page), True), ((), False), ((page,), False)):
        sheet = Sheet(600, 800, (wide, first, line("演练三次。", 215, 70)), (), boxes)
        texts = [text for text, _ in page_lines(sheet, Counter())]
        assert (f"{first.text}演练三次。" in texts) is joins


def test_a_list_of_words_goes_on_with_what_leads_to_it():
    listed = line("气候 供应链 公益 安全", 215, bold=True)
    assert read(*below(f"{BROKEN}如下："), listed) == [f"{BROKEN}如下：气候 供应链 公益 安全"]


def test_entries_of_a_contents_list_with_leaders_are_lines_of_their_own():
    found = read(*below(f"公司概况{'.' * 30}2", f"经营情况{'…' * 30}3", f"社会责任{'.' * 30}4"))
    assert [text[:4] for text in found if text] == ["公司概况", "经营情况", "社会责任"]


def test_lines_of_an_item_of_a_list_are_put_together():
    item = line(f"（1）{BROKEN[:30]}", 200, 70)
    rest = [line(BROKEN[:30], 215, 100), line("完毕。", 230, 100)]
    wide = line(BROKEN + "公司公司", 100, 50)
    assert f"{item.text}{rest[0].text}完毕。" in read(wide, item, *rest)
