import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.blocks import KINDS
from index.report import parse, read_report

PAGES = ["3", "4", "5", "某某公司 2023 年年度报告", "![](a.jpg)", "---", "续表", "目录 3"]
HTML = [
    "<table>", "</table>", "<tr><td rowspan=2>指标</td><td colspan=2>2023</td></tr>",
    "<td>人数</td>",
    "<tr><td>1,234<sup>1</sup></td><td>5%", "<table><tr><td>甲</td><td>1</td></tr></table>乙。",
    "<center>图 1</center>", "<br>", "<!-- 注", "-->", "占比 $29.7\\%$", "## |甲", "# （一）乙",
    "营业收入 19 亿元", "5 人 员工", "1,226 人",
]  # fmt: skip
LINES = st.lists(
    st.sampled_from(
        ["", "", "  ", "# 章", "## 节", "### 条", "目录", "公司治理", "公司治理\t12",
         "员工 ...... 3", "公司建立了制度。", "指标\t2022\t2023", "人数\t1\t2", "| a | b |",
         "|---|---|", "- 项：3 人", "2023", "案例一：培训", "营业收入", "19.70 亿元", "►► 回报",
         "\t", "\f", "\v", "注：无", "，", "图", "按性别划分", "# 目录",
         "这是一个没有句号的非常长的段落它在一页的末尾被切断了所以下一页还有它的后一半内容在继续写下去"]
    )
    | st.sampled_from(PAGES + HTML)
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


def test_what_stands_behind_an_aside_is_of_the_section_around_it():
    text = [
        "# 员工",
        "文。",
        "## 案例：海燕班",
        "故事。",
        "\v",
        "全体员工。",
        "## 薪酬",
        "文。",
        "# 附录",
    ]
    report = parse(text)
    places = {
        report.text(block.lines): section.path
        for section in report.root.walk()
        for block in section.blocks
    }
    assert places["故事。"] == ("员工", "案例：海燕班")
    assert places["全体员工。"] == ("员工",)
    assert places["## 薪酬"] == ("员工", "薪酬")
    assert places["文。"] == ("员工", "薪酬")
    ends_at_once = parse(["# 员工", "文。", "## 案例", "\v", "文甲。", "# 环境", "文。"])
    assert ends_at_once.text((3, 3)) == "## 案例"
