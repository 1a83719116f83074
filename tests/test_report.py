import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.blocks import KINDS
from index.report import parse, read_report

LINES = st.lists(
    st.sampled_from(
        ["", "", "  ", "# 章", "## 节", "### 条", "目录", "公司治理", "公司治理\t12",
         "员工 ...... 3", "公司建立了制度。", "指标\t2022\t2023", "人数\t1\t2", "| a | b |",
         "|---|---|", "- 项：3 人", "2023", "案例一：培训", "营业收入", "19.70 亿元", "►► 回报",
         "\t", "\f", "注：无", "，", "图", "按性别划分", "# 目录",
         "这是一个没有句号的非常长的段落它在一页的末尾被切断了所以下一页还有它的后一半内容在继续写下去"]
    )
    | st.text(max_size=8),
    max_size=40,
)  # fmt: skip


def blocks(report):
    return [block for section in report.root.walk() for block in section.blocks]


def kinds(text):
    return [block.kind for block in blocks(parse(text.split("\n")))]


def assert_lossless(report):
    """Every line that is not blank is in exactly one block, and blocks come in reading order."""
    held = Counter(
        line
        for block in blocks(report)
        for line in range(block.lines[0], block.lines[1] + 1)
        if report.lines[line - 1].strip()
    )
    filled = [number for number, line in enumerate(report.lines, 1) if line.strip()]
    assert held == Counter(filled)
    spans = [block.lines for block in blocks(report)]
    assert spans == sorted(spans)
    assert {block.kind for block in blocks(report)} <= set(KINDS)


def test_every_line_is_in_exactly_one_block(any_report):
    assert_lossless(any_report)


@given(LINES)
def test_no_line_of_any_text_is_lost(lines):
    assert_lossless(parse([line.replace("\n", " ") for line in lines]))


def test_printed_pages_are_those_of_the_contents_list(bundled):
    pages = {section.path[-1]: section.page for section in bundled.root.walk() if section.path}
    assert pages["关于本报告"] == 1
    assert pages["数说 2023"] == 13  # 数说2023 in the contents list
    assert pages["加强环境管理"] == 31
    assert pages["推动技术创新"] == 39
    assert pages["读者反馈"] == 96
    assert pages["走进熵基科技"] is None


def test_sections_below_have_the_page_of_the_one_above(dairy):
    pages = {section.path[-1]: section.page for section in dairy.root.walk() if section.path}
    assert (pages["牧场管理"], pages["饲料"], pages["案例一：智慧牧场"]) == (11, 11, 11)


def test_title_and_year(dairy, shipping, bundled):
    assert (dairy.title, dairy.year) == ("2023年度青牧乳业环境、社会及治理报告", "2023")
    assert (shipping.title, shipping.year) == ("远帆航运 2023 年可持续发展报告", "2023")
    assert (bundled.title, bundled.year) == ("2023年度环境、社会及治理 (ESG) 报告", "2023")


def test_title_and_year_where_nothing_is_printed():
    assert parse(["正文" * 60], "文件名").title == "文件名"
    assert parse(["正文" * 60]).year == ""
    assert parse(["2022 年增长。2023 年下降。2022 年回升。"]).year == "2022"


@pytest.mark.parametrize(
    "text", ["只有一行", "。", "只有一行。\n\n另一行。", "a\tb", "公司治理\n\n环境\n\n员工"]
)
def test_reports_without_headings_or_without_text_below_them(text):
    report = parse(text.split("\n"))
    assert_lossless(report)
    assert report.text((1, len(report.lines))) == text


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


def test_lines_of_a_section_reach_to_its_last_child(dairy):
    section = next(s for s in dairy.root.walk() if s.path == ("关于青牧",))
    assert section.lines == (27, 72)


def test_read_report_takes_the_file_name_where_there_is_no_title(tmp_path):
    file = tmp_path / "甲公司.txt"
    file.write_text("正文" * 60, encoding="utf-8")
    assert read_report(file).title == "甲公司"


def test_markdown_with_a_contents_list_keeps_it_out_of_the_sections(shipping):
    assert [block.kind for block in shipping.root.blocks] == ["cover", "contents", "contents"]
    assert [section.page for section in shipping.root.children] == [2, 6, 10]


@pytest.mark.parametrize(
    "line", ["x" * 1_000_000, "|" * 300_000, "\t" * 1_000_000 + "x", "1" * 10**6]
)
def test_a_line_of_a_million_characters(line):
    started = time.monotonic()
    assert_lossless(parse(["标签", line, "", "公司治理", "", line]))
    assert time.monotonic() - started < 3
