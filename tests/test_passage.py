import re
import time
import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.passage import read_passages
from index.report import parse


@pytest.fixture
def content(any_report):
    return read_passages(any_report)


def words(text):
    """A text without what table mark-up, bold stars and white space may differ in."""
    plain = re.sub(r"<!--.*?-->|</?[a-z][^<>]*>|!\[\]\(.*?\)|[*|:$\\-]", "", "".join(text.split()))
    return unicodedata.normalize("NFKC", plain)


def assert_sound(report):
    content = read_passages(report)
    held = set()
    for passage in content.passages:
        first, last = passage.lines
        held |= set(range(first, last + 1))
        source = report.text(passage.lines)
        # what stands in an HTML table outside of its cells comes before the rows
        order = sorted if "<t" in source else str
        assert order(words(passage.text)) == order(words(source))
        if "|" not in passage.text and "<t" not in report.text(passage.lines):
            assert passage.text.count("\n") <= last - first
    filled = {number for number, line in enumerate(report.lines, 1) if line.strip()}
    assert filled <= held
    for entry in content.entries:
        passage = content.passages[entry.passage]
        assert entry.quote in passage.text
        assert passage.lines[0] <= entry.lines[0] <= entry.lines[1] <= passage.lines[1]
        if entry.kind != "section":
            assert entry.quote
            source = report.text(entry.lines)
            if entry.quote not in source:
                assert "<t" in report.text(passage.lines) or "|" in source  # a table with mark-up
                assert not Counter(words(entry.quote)) - Counter(words(source))
    stated = {(e.passage, e.lines[0], e.quote) for e in content.entries}
    for found in content.figures:
        assert found.quote in content.passages[found.passage].text
        assert (found.passage, found.figure.line, found.quote) in stated
        assert words(found.figure.printed) in words(found.quote)


def test_every_line_is_in_a_passage_and_every_quote_in_its_passage(any_report):
    assert_sound(any_report)


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
        ["", "", "# 章", "## 节", "目录", "员工\t3", "公司建立了制度。员工受益！",
         "指标\t2022\t2023", "按性别划分", "人数\t1\t2", "| a | **b** |", "|---|---|", "||3|",
         "- 项：**3** 人", "案例一：培训", "  公司；公司。 ", "营业收入", "19.70 亿元", "\t",
         "►► 回报", "** **", "公司**培训**次数" * 30]
    )
    | st.sampled_from(PAGES + HTML)
    | st.text(max_size=8),
    min_size=1,
    max_size=40,
)  # fmt: skip


@given(LINES)
def test_the_same_for_any_text(lines):
    assert_sound(parse([line.replace("\n", " ") for line in lines]))


def test_passages_of_plain_text_are_the_source_character_for_character(dairy, bundled):
    for report in (dairy, bundled):
        for passage in read_passages(report).passages:
            assert passage.text == "\n".join(report.lines[passage.lines[0] - 1 : passage.lines[1]])


def test_rows_of_pipe_tables_have_tabs_and_the_rest_stands_as_printed(shipping):
    text = "\n".join(passage.text for passage in read_passages(shipping).passages)
    assert "甲板部\t培训人次\t1,820\t1,960\t人次\n\t培训时长\t24\t26\t小时" in text
    assert "完成货运量 **1,280 万** 标准箱" in text


def test_size_of_the_bundled_report(bundled):
    content = read_passages(bundled)
    assert (len(content.passages), len(content.entries), len(content.figures)) == (185, 1008, 213)


def test_no_line_is_in_two_passages(any_report, content):
    lines = [n for p in content.passages for n in range(p.lines[0], p.lines[1] + 1)]
    assert len(lines) == len(set(lines))


def test_tables_stay_whole_with_their_header(any_report, content):
    tables = [
        block for section in any_report.root.walk() for block in section.blocks
        if block.kind == "table"
    ]  # fmt: skip
    assert tables
    for block in tables:
        holders = [
            p for p in content.passages
            if p.lines[0] <= block.lines[0] and block.lines[1] <= p.lines[1]
        ]  # fmt: skip
        assert len(holders) == 1
        assert words(any_report.lines[block.lines[0] - 1]) in words(holders[0].text)


def test_passages_know_section_page_and_report(dairy):
    passage = next(p for p in read_passages(dairy).passages if "存栏奶牛" in p.text)
    assert (passage.section, passage.page) == (("关于青牧",), None)
    assert passage.report == dairy.title
    assert passage.id == f"{dairy.title}#{passage.lines[0]}-{passage.lines[1]}"


def test_entries_know_their_own_section_even_in_a_larger_passage(dairy):
    titles = {entry.text: entry.title for entry in read_passages(dairy).entries}
    assert titles["全年共退回 7 批次。"] == "好奶源 绿色牧场 › 牧场管理 › 饲料"
    assert titles["营业收入：86.40 亿元"] == "关于青牧 › 数说2023 › 经营业绩"


def test_a_sentence_over_a_page_break_is_one_entry(dairy):
    entry = next(e for e in read_passages(dairy).entries if e.text.endswith("重点龙头企业。"))
    assert "中国乳业前十名" in entry.text
    assert "中国乳业\n\n前十名" in entry.quote
    assert entry.lines[1] - entry.lines[0] == 2
    assert dairy.lines[entry.lines[1] - 1].startswith("前十名")


def test_lines_of_entries_deep_in_a_paragraph(passages_of):
    content = passages_of("甲一。\n乙二。丙\n三。\n\n- 丁四。戊五。\n- 己六")
    lines = {entry.text: entry.lines for entry in content.entries if entry.kind == "sentence"}
    assert lines == {
        "甲一。": (1, 1), "乙二。": (2, 2), "丙三。": (2, 3),
        "丁四。": (5, 5), "戊五。": (5, 5), "己六": (6, 6),
    }  # fmt: skip


def test_a_single_character_is_no_sentence(passages_of):
    assert [e.kind for e in passages_of("一。\n\n二").entries] == ["section"]


def test_words_on_two_lines_stay_two_words(passages_of):
    entries = passages_of("Our fleet\nis young and\n公司的\n船队 is\n  large").entries
    assert entries[0].text == "Our fleet is young and公司的船队 is large"


def test_contact_lines_and_captions_can_be_found(dairy):
    texts = {entry.text for entry in read_passages(dairy).entries}
    assert {
        "4008-123-456", "service@qingmu-dairy.com", "www.qingmu-dairy.com",
        "智慧牧场鸟瞰图", "总经理 苏日娜",
    } <= texts  # fmt: skip


def test_figures_of_tables_lists_and_key_figures(dairy):
    found = {
        (f.figure.metric, f.figure.period): (str(f.figure.value), f.figure.unit)
        for f in read_passages(dairy).figures
    }
    assert found["营业收入", "2023"] == ("86.40", "亿元")
    assert found["学生奶覆盖学校", "2023"] == ("1204", "所")
    assert found["按性别划分 女性", "2022"] == ("4160", "人")
    assert found["排放总量", "2021"] == ("98000", "tCO2e")
    groups = {f.figure.metric: f.figure.group for f in read_passages(dairy).figures}
    assert groups["外购电力"] == "按能源类型划分的用能"
    assert groups["排放总量"] == "温室气体"


def test_row_entries_carry_header_group_and_caption(dairy):
    texts = [entry.text for entry in read_passages(dairy).entries if entry.kind == "row"]
    assert (
        "温室气体 排放总量：2021 年 98,000 tCO2e；2022 年 96,500 tCO2e；2023 年 93,200 tCO2e"
        in texts
    )
    assert any(
        text.startswith("公司开展信息安全培训情况 培训次数：2021 年 呼和浩特 6 次")
        for text in texts
    )


def test_a_caption_is_told_with_its_rows_and_not_by_itself(passages_of):
    table = "指标\t2022\t2023\n收入\t1\t2"
    top = "一、经营情况\n\n公司经营稳健。"
    for caption in ("主要数据汇总（万元）", "主要数据汇总\n单位：万元"):
        content = passages_of(f"{top}\n\n{caption}\n{table}")
        assert [entry.text for entry in content.entries if entry.kind != "section"] == [
            "公司经营稳健。", "主要数据汇总 收入：2022 1 万元；2023 2 万元"
        ]  # fmt: skip
    told = passages_of(f"{top}\n\n服务热线：400-886-7120\n{table}").entries
    assert "服务热线：400-886-7120" in [entry.text for entry in told]


@pytest.mark.parametrize("heading", ["## 用水情况", "► 用水情况", "用水情况"])
def test_the_heading_itself_is_no_caption(passages_of, heading):
    table = "| 指标 | 2022 | 2023 |\n|---|---|---|\n| 用水 | 1 | 2 |"
    text = f"# 甲\n\n# 乙\n\n# 丙\n\n{heading}\n\n{table}"
    if heading[0] != "#":
        text = text.replace("# ", "")
    row = next(entry for entry in passages_of(text).entries if entry.kind == "row")
    assert row.title.endswith("用水情况")
    assert row.text == "用水：2022 1；2023 2"


def test_the_last_row_of_a_table_is_no_caption_of_the_next(passages_of):
    rows = "| 指标 | 2022 | 2023 |\n|---|---|---|\n| 用水 | 1 | 2 |"
    content = passages_of(f"# 甲\n# 乙\n# 丙\n{rows}\n\n{rows}")
    assert [e.text for e in content.entries if e.kind == "row"] == ["用水：2022 1；2023 2"] * 2


@pytest.mark.parametrize(
    "lines",
    [
        ["公司持续完善治理体系。" * 90_000],
        ["a" + " " * 1_000_000 + "b"],
        ["- a" + " " * 1_000_000 + "b", "- 项：" + "9" * 1_000_000],
        ["\t" * 1_000_000 + "x"],
        ["这一行有一个句号。"] * 50_000,
        ["- 项目：3 人"] * 50_000,
        ["指标\t2022\t2023", ""] * 25_000,
        ["这是一个没有句号的很长的段落用来测试连接是否会变成平方时间" * 2, ""] * 25_000,
        ["公司治理", "", "制度。", ""] * 12_500,
        ["<table>" + "<tr><td>人数</td><td>1,234</td></tr>" * 20_000 + "</table>"],
        ["<table>"] * 30_000,
        ["<!--" * 200_000, "<" * 500_000, "[" * 500_000, "$" * 500_000],
        ["# 公司治理", "制度。"] * 25_000,
        ["指标\t2022\t2023", "人数\t1\t2", "", "7", ""] * 10_000,
        ["营业收入 19 亿元 " * 50_000],
    ],
    ids=[
        "sentences",
        "spaces",
        "list",
        "tabs",
        "lines",
        "items",
        "tables",
        "joined",
        "sections",
        "html",
        "unclosed",
        "marks",
        "marked",
        "pages",
        "pairs",
    ],
)
def test_large_reports_take_no_quadratic_time(lines):
    started = time.monotonic()
    read_passages(parse(lines))
    assert time.monotonic() - started < 6


def test_each_year_of_a_timeline_is_an_entry_of_its_own():
    text = "发展历程\n\n2007\n公司在银川成立\n2011\n首座风电场并网\n2016 年\n公司上市。股本增加。"
    found = read_passages(parse(text.split("\n")))
    assert [(e.text, e.lines) for e in found.entries if e.kind == "sentence"] == [
        ("2007：公司在银川成立", (3, 4)),
        ("2011：首座风电场并网", (5, 6)),
        ("2016 年：公司上市。", (7, 8)),
        ("股本增加。", (8, 8)),
    ]
    assert not found.figures


def test_a_heading_may_give_the_unit_of_the_table_below_it():
    rows = "类别\t2021 年\t2022 年\n女性\t661\t719\n流失率\t6.1\t6.2"
    text = f"员工\n\n公司重视员工。\n\n员工构成（人）\n\n{rows}"
    found = read_passages(parse(text.split("\n"))).figures
    assert [(f.figure.metric, f.figure.unit) for f in found] == [
        ("女性", "人"), ("女性", "人"), ("流失率", ""), ("流失率", ""),
    ]  # fmt: skip


def test_a_marked_line_that_is_no_heading_is_quoted_without_its_mark():
    found = read_passages(
        parse(["# 公司信息", "", "# 客服热线：400-820-6699", "", "# 员工", "", "文。"])
    )
    assert next(e.quote for e in found.entries if e.kind == "sentence") == "客服热线：400-820-6699"


def test_a_table_with_the_columns_of_the_one_above_has_its_unit():
    columns = "分产品\t收入\t成本"
    text = (
        "公司 2024 年报告\n\n# 收入\n\n# 甲\n\n# 乙\n\n"
        f"单位：万元\n\n{columns}\n药品\t9,100\t4,100\n\n"
        f"分地区情况\n\n{columns}\n华东\t5,200\t2,300\n\n另见下表。\n\n名称\t人数\n甲\t5,200"
    )
    found = read_passages(parse(text.split("\n")))
    units = {f.figure.metric: f.figure.unit for f in found.figures}
    assert units == {"药品": "万元", "华东": "万元", "甲": ""}
    assert [e.text for e in found.entries if e.kind == "row"][1].endswith(
        "收入 5,200 万元；成本 2,300 万元"
    )


def test_key_figures_have_the_unit_of_their_label():
    text = "公司 2024 年报告\n\n营业收入（亿元）\n218.36\n员工总数（人）\n12,486"
    found = read_passages(parse(text.split("\n")))
    assert [(str(f.figure.value), f.figure.unit) for f in found.figures] == [
        ("218.36", "亿元"), ("12486", "人"),
    ]  # fmt: skip
    assert [e.text for e in found.entries if e.kind == "row"] == [
        "营业收入：218.36 亿元", "员工总数：12,486 人",
    ]  # fmt: skip


def test_a_heading_with_a_unit_is_the_caption_of_its_table():
    lines = ["# 员工流失率（%）", "", "类别\t2022年\t2023年", "女性\t5.2\t4.9", "男性\t4.4\t4.1"]
    rows = [e.text for e in read_passages(parse(lines)).entries if e.kind == "row"]
    assert rows[0] == "员工流失率 女性：2022年 5.2%；2023年 4.9%"
