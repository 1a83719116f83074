import pytest

from index.contents import read_contents
from index.headings import find_headings
from index.report import parse
from index.titles import CASE, heading_key


def headings(text):
    lines = text.split("\n")
    contents, entries = read_contents(lines)
    return [heading.title for heading in find_headings(lines, contents, entries)]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("数说2023", "数说 2023"),
        ("01 好奶源 绿色牧场", "好奶源　绿色牧场"),
        ("第一章 公司治理", "公司治理"),
        ("行稳致远，开启新格局", "行稳致远 开启新格局"),
        ("## **公司治理**", "公司治理"),
        ("► 内部控制", "内部控制"),
        ("ＥＳＧ管理", "esg 管理"),
    ],
)
def test_spellings_of_one_heading(left, right):
    assert heading_key(left) == heading_key(right)


def test_other_headings_have_other_keys():
    assert heading_key("公司治理") != heading_key("公司管理")
    assert heading_key("2023年重要成果") != heading_key("2022年重要成果")


def test_contents_list_of_plain_text(dairy):
    positions, entries = read_contents(dairy.lines)
    assert dairy.text((positions.start + 1, positions.stop)).startswith("目录\n")
    pages = {entry.title: entry.page for entry in entries.values()}
    assert pages["公司概况"] == 5
    assert pages["读者反馈"] == 30
    assert pages["01 好奶源 绿色牧场"] is None
    assert len(pages) == 11


@pytest.mark.parametrize("gap", ["\t", "......", "……", " ………… ", " . . . . ", "     ", "···"])
def test_what_may_stand_between_title_and_page(gap):
    lines = ["目 录", "", f"公司治理{gap}12", "", f"员工{gap}30", "", "公司治理", "", "正文。"]
    contents, entries = read_contents(lines)
    assert contents == range(5)
    assert {entry.title: entry.page for entry in entries.values()} == {"公司治理": 12, "员工": 30}


@pytest.mark.parametrize(
    "lines",
    [
        ["没有这样的列表", "", "公司治理", "", "正文。"],
        ["目录", "", "公司治理", "", "员工", "", "公司治理"],  # no page anywhere: a mere word
        ["本报告目录见后", "公司治理\t12"],
        [],
    ],
)
def test_no_contents_list(lines):
    assert read_contents(lines) == (range(0), {})


@pytest.mark.parametrize("line", ["a" + "." * 200_000 + "b", "a" + " " * 200_000 + "b"])
def test_a_long_line_ends_the_contents_at_once(line):
    assert read_contents(["目录", "公司治理\t3", line])[0] == range(2)


def test_headings_of_plain_text(dairy):
    titles = [section.path[-1] for section in dairy.root.walk() if section.path]
    assert titles == [
        "关于青牧", "关于本报告", "编制依据", "公司概况", "1996-2005", "2012", "数说2023",
        "经营业绩", "社会贡献", "好奶源 绿色牧场", "牧场管理", "饲料", "案例一：智慧牧场",
        "节能减排", "好员工 共同成长", "员工构成", "信息安全", "读者反馈", "消费者服务热线",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "全国服务热线：4006900999",
        "service@qingmu-dairy.com",
        "www.qingmu-dairy.com",
        "0471-5550188",
        "总经理：苏日娜",
        "这一年，我们迎难而上，取得进步。",
        "- 公司治理",
        "（请注明）",
        "「 责任 正直 」",
        "19.70",
        "您还希望获取哪些信息？",
        "员工\t12",
        "这一行虽然没有句号但是对于一个标题来说实在是太长了所以它只能是正文的一部分",
    ],
)
def test_lines_that_only_look_like_headings(line):
    text = f"公司治理\n\n公司建立了制度。\n\n{line}\n\n公司开展培训。"
    assert headings(text) == ["公司治理"]


@pytest.mark.parametrize("line", ["管理体系认证证书", "消防演练现场", "总经理 **苏日娜**"])
def test_caption_and_signature_before_a_picture_stay_content(line):
    text = f"公司治理\n\n公司建立了制度。\n\n\n\n{line}\n\n\n\n员工关怀\n\n公司开展培训。"
    assert headings(text) == ["公司治理", "员工关怀"]


def test_the_last_line_is_no_heading():
    assert headings("公司治理\n\n公司建立了制度。\n\n二〇二四年三月") == ["公司治理"]


def test_a_table_caption_is_no_heading_but_another_line_is():
    table = "指标\t2022\t2023\n员工\t1\t2"
    assert headings(f"员工培训\n\n公司开展培训。\n\n培训情况汇总\n\n{table}") == ["员工培训"]
    assert headings(f"员工培训\n\n公司开展培训。\n\n员工结构\n\n{table}") == [
        "员工培训",
        "员工结构",
    ]


def test_numbering_gives_the_rank():
    headed = [
        "第一章 治理",
        "一、内控",
        "（一）制度",
        "正文。",
        "二、审计",
        "正文。",
        "第二章 环境",
    ]
    report = parse("\n\n".join([*headed, "正文。"]).split("\n"))
    paths = [section.path for section in report.root.walk() if section.path]
    assert paths == [
        ("第一章 治理",),
        ("第一章 治理", "一、内控"),
        ("第一章 治理", "一、内控", "（一）制度"),
        ("第一章 治理", "二、审计"),
        ("第二章 环境",),
    ]


def test_markdown_headings_by_their_depth(shipping):
    assert [section.path for section in shipping.root.walk() if section.path] == [
        ("关于我们",),
        ("关于我们", "公司治理"),
        ("安全航行",),
        ("安全航行", "船员培训"),
        ("绿色船队",),
        ("绿色船队", "能源消耗"),
    ]


def test_markdown_headings_need_no_blank_lines_and_lose_their_marks():
    assert headings("# **甲**\n文。\n## 乙\n文。\n### ► 丙\n文。\n#无\n文。") == ["甲", "乙", "丙"]


def test_markdown_headings_all_alike_take_the_rank_of_their_words():
    lines = ["# 第一章 治理", "文。", "# 案例：审计", "文。", "# 第二章 环境", "文。"]
    found = find_headings(lines, range(0), {})
    assert found[0].rank == found[2].rank < found[1].rank == CASE


def test_a_heading_line_of_spaces_takes_no_quadratic_time():
    assert headings("#" + " " * 500_000 + "\n# a\n# b\n# c") == ["a", "b", "c"]
