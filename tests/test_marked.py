import pytest

from index.headings import find_headings
from index.report import parse
from index.titles import CASE


def headings(text):
    return [heading.title for heading in find_headings(text.split("\n"), range(0), {})]


def paths(text):
    return [section.path for section in parse(text.split("\n")).root.walk() if section.path]


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


@pytest.mark.parametrize(
    "line",
    [
        "客服热线：400-820-6699",
        "单位：万元",
        "注：未经审计",
        "图 3 治理架构",
        "29.86%",
        "1,226 人",
        "总经理：苏日娜",
        "本行持续完善治理。",
        "![](a.jpg)",
        "|",
    ],
)
def test_marked_lines_that_are_no_headings(line):
    assert headings(f"# 甲部分\n文。\n# {line}\n文。\n# 乙部分\n文。") == ["甲部分", "乙部分"]


def test_where_one_depth_has_two_numberings_the_numbering_decides():
    text = "## 一、治理\n文。\n## （一）股东\n文。\n## （二）董事\n文。\n## 二、环境\n文。"
    assert paths(text) == [
        ("一、治理",),
        ("一、治理", "（一）股东"),
        ("一、治理", "（二）董事"),
        ("二、环境",),
    ]


def test_a_numbered_line_without_mark_where_others_like_it_have_one():
    text = "# 一、治理\n\n文。\n\n# （一）股东\n\n文。\n\n（二）董事\n\n文。\n\n（三）设有监事。"
    assert paths(text)[-1] == ("一、治理", "（二）董事")


def test_a_running_header_with_a_mark_is_no_second_heading():
    text = "# 第一节 治理\n文。\n# 一、股东\n文。\n# 第一节 治理（续）\n又一句。\n# 二、董事\n文。"
    assert paths(text) == [
        ("第一节 治理",),
        ("第一节 治理", "一、股东"),
        ("第一节 治理", "二、董事"),
    ]


def test_a_heading_without_number_encloses_the_count_that_starts_below_it():
    text = "# 治理\n# （一）股东\n文。\n# （二）董事\n文。\n# 环境\n# （一）水\n文。"
    assert paths(text) == [
        ("治理",),
        ("治理", "（一）股东"),
        ("治理", "（二）董事"),
        ("环境",),
        ("环境", "（一）水"),
    ]


CONTENTS = ["目录", "责任治理    04", "  公司治理    06", "绿色    08", "  环境管理    09", ""]


def test_sections_of_a_chapter_without_a_title_in_the_text_stand_in_no_other():
    marked = ["# 致辞", "## 公司治理", "## 绿色", "# 环境管理", "### 水"]
    text = [part for title in marked for part in (title, "文。")]
    assert paths("\n".join(["目录", "致辞    01", *CONTENTS[1:], *text])) == [
        ("致辞",),
        ("公司治理",),
        ("绿色",),
        ("绿色", "环境管理"),
        ("绿色", "环境管理", "水"),
    ]


def test_one_title_numbered_otherwise_does_not_make_depths_void():
    text = ["# 年报", "## 第一章 治理", "## 1.1 环境", "### 水", "## 1.2 员工", "文。"]
    assert ("年报", "1.1 环境", "水") in paths("\n".join(text))
    text[3:3] = ["## 第二章 社会"]
    assert ("年报", "1.1 环境", "水") not in paths("\n".join(text))
