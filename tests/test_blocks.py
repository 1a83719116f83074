import pytest

from index.blocks import Source
from index.report import parse


def blocks(report):
    return [block for section in report.root.walk() for block in section.blocks]


def kinds(text):
    return [block.kind for block in blocks(parse(text.split("\n")))]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("营业收入\n19.70 亿元", "figures"),
        ("女性董事占比\n29%", "figures"),
        ("公司成立。\n公司上市。", "paragraph"),
        ("- 甲\n- 乙", "list"),
        ("- 甲\n它的第二行", "list"),
        ("1. 甲\n2. 乙", "list"),
        ("指标\t单位\n人数\t人", "table"),
        ("| 指标 | 单位 |\n|---|---|", "table"),
        ("2023 年，公司召开会议。", "paragraph"),
        ("3.5 亿元的投资。", "paragraph"),
    ],
)
def test_kinds_of_blocks(text, kind):
    assert kinds(text) == [kind]


def test_tables_and_running_text_do_not_mix():
    assert kinds("如下表：\n指标\t人数\n男性\t3\n- 注") == ["paragraph", "table", "list"]


def test_a_bare_line_between_two_rows_belongs_to_the_table():
    assert kinds("指标\t单位\t数\n员工\t人\t3\n按性别划分\n男性\t人\t2") == ["table"]
    assert kinds("指标\t单位\t数\n员工\t人\t3\n说明到此为止。\n男性\t人\t2").count("table") == 2


def test_a_page_break_in_a_sentence_is_mended(dairy):
    first = next(i for i, line in enumerate(dairy.lines, 1) if line.endswith("位列中国乳业"))
    assert (first, first + 2) in [block.lines for block in blocks(dairy)]


def test_an_html_table_is_one_block_with_its_blank_lines():
    text = "文。\n<table>\n<tr><td>a</td></tr>\n\n<tr><td>b</td></tr>\n</table>\n文。"
    assert [(b.kind, b.lines) for b in blocks(parse(text.split("\n")))] == [
        ("paragraph", (1, 1)), ("table", (2, 6)), ("paragraph", (7, 7)),
    ]  # fmt: skip


def test_pictures_and_rules_are_of_the_page():
    assert kinds("文。\n\n![](a.jpg)\n\n---\n\n文。") == ["paragraph", "page", "page", "paragraph"]


def test_a_table_that_goes_on_is_joined():
    head, row = "指标\t2022\t2023", "人数\t1\t2"
    for text, joined in (
        (f"{head}\n{row}\n\n{head}\n{row}", [False, True]),
        (f"{head}\n{row}\n\n{row}", [False, True]),
        (f"{head}\n{row}\n\n部门\t占比\n甲\t3", [False, False]),
        (f"{head}\n{row}\n\n如下表：\n{head}\n{row}", [False, False]),
    ):
        found = [b.joined for b in blocks(parse(text.split("\n"))) if b.kind == "table"]
        assert found == joined


def test_values_and_labels_on_lines_of_their_own_are_key_figures():
    lines = [
        "# 42.86 亿元",
        "",
        "营业收入",
        "",
        "# 26.5%",
        "",
        "研发投入占比",
        "",
        "我们的故事很长。",
    ]
    found = Source(lines).blocks(0, len(lines))
    assert [(b.kind, b.lines) for b in found] == [("figures", (1, 7)), ("paragraph", (9, 9))]


def test_what_does_not_go_in_pairs_is_no_key_figure():
    lines = ["四大业务", "", "42.86 亿元", "", "营业收入", "", "26.5%", "", "研发投入占比"]
    assert {b.kind for b in Source(lines).blocks(0, len(lines))} == {"paragraph"}


def test_lines_of_their_own_are_not_run_together_where_no_blank_lines_part_the_text():
    long = "公司还在建造六艘使用甲醇燃料的新船，计划于两年之内全部交付使用，船队的平均船龄将降到六"
    text = (
        f"{long}\n年以下。\n电话：88880000\n地址：港兴路 9 号\n{long}\n年以下。\n青岛船务\n{long}"
    )
    lines = text.split("\n")
    found = [block.lines for block in Source([*lines, *lines]).blocks(0, len(lines))]
    assert found == [(1, 2), (3, 3), (4, 4), (5, 6), (7, 7), (8, 8)]
    few = [block.lines for block in Source(lines).blocks(0, len(lines))]
    assert few == [(1, 8)]  # too few lines tell nothing


def test_a_narrow_column_is_one_paragraph():
    lines = ["公司主要经营干散货运输业务"] * 12 + ["并且管理船舶。"]
    assert [block.lines for block in Source(lines).blocks(0, 13)] == [(1, 13)]
