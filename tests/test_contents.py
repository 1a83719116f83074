import pytest

from index.contents import read_contents
from index.titles import CHAPTER, ITEM, SECTION, SUBITEM


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


@pytest.mark.parametrize(
    "lines",
    [
        [
            "# 目录",
            "<table><tr><td>公司治理</td><td>12</td></tr>",
            "<tr><td>员工</td><td>30</td></tr></table>",
        ],
        ["## 目录", "| 公司治理 | 12 |", "|---|---|", "| 员工 | 30 |"],
        ["目录", "12 公司治理", "30 员工"],
        ["目录", "公司治理 / 12", "员工 / 30"],
        ["目录", "- 公司治理 …… 12", "3", "- 员工 …… 30"],
    ],
    ids=["html", "pipes", "page first", "slash", "page number between"],
)
def test_ways_to_set_a_contents_list(lines):
    contents, entries = read_contents(
        [*lines, "", "公司治理", "", "正文。"], pages={2} if lines[2] == "3" else ()
    )
    assert contents == range(len(lines))
    assert {key: entry.page for key, entry in entries.items()} == {"公司治理": 12, "员工": 30}


def test_numbering_in_the_contents_list_gives_the_rank():
    lines = [
        "目录",
        "第一章 治理 ...... 3",
        "1.1 董事会 ...... 4",
        "第二章 环境 ...... 9",
        "附录 ...... 20",
    ]
    ranks = [entry.rank for entry in read_contents(lines)[1].values()]
    assert ranks == [CHAPTER, SECTION, CHAPTER, CHAPTER]


def test_a_title_without_a_page_is_the_chapter_of_those_below_it():
    lines = [
        "目录",
        "关键绩效\t8",
        "一、清洁电力",
        "发电业务\t10",
        "二、以人为本",
        "员工概况\t22",
        "附录：意见反馈\t41",
    ]
    ranks = [entry.rank for entry in read_contents(lines)[1].values()]
    assert ranks == [CHAPTER, CHAPTER, SECTION, CHAPTER, SECTION, CHAPTER]


def test_numbers_say_what_stands_below_what_also_where_no_page_is_given():
    lines = ["目录", "第一章 治理", "一、董事会", "（一）组成\t4", "（二）会议\t5", "附录\t9"]
    ranks = [entry.rank for entry in read_contents(lines)[1].values()]
    assert ranks == [CHAPTER, ITEM, SUBITEM, SUBITEM, CHAPTER]


def test_numbered_parts_enclose_the_titles_without_number_below_them():
    titles = [
        "关于本报告",
        "一、治理篇",
        "公司治理",
        "合规经营",
        "二、环境篇",
        "应对气候变化",
        "展望",
    ]
    lines = ["目录", *(f"{title}\t{page}" for page, title in enumerate(titles, 1))]
    ranks = [entry.rank for entry in read_contents(lines)[1].values()]
    assert ranks == [CHAPTER, CHAPTER, SECTION, SECTION, CHAPTER, SECTION, CHAPTER]


def test_numbers_that_begin_anew_stand_below_the_titles_without_number():
    titles = ["公司治理", "一、股东", "二、董事", "环境", "一、气候", "二、水", "展望"]
    lines = ["目录", *(f"{title}\t{page}" for page, title in enumerate(titles, 1))]
    ranks = [entry.rank for entry in read_contents(lines)[1].values()]
    assert ranks == [CHAPTER, ITEM, ITEM, CHAPTER, ITEM, ITEM, CHAPTER]


def test_a_number_that_returns_counts_within_each_title():
    titles = ["公司治理", "一、股东", "环境", "一、气候", "社会", "一、员工", "展望"]
    lines = ["目录", *(f"{title}\t{page}" for page, title in enumerate(titles, 1))]
    ranks = [entry.rank for entry in read_contents(lines)[1].values()]
    assert ranks == [CHAPTER, ITEM, CHAPTER, ITEM, CHAPTER, ITEM, CHAPTER]


def test_indents_tell_chapters_from_sections_where_no_number_does():
    lines = ["目录", "责任治理    04", "  公司治理    06", "  商业道德    07", "附录    17"]
    ranks = {entry.title: entry.rank for entry in read_contents(lines)[1].values()}
    assert ranks == {"责任治理": CHAPTER, "公司治理": SECTION, "商业道德": SECTION, "附录": CHAPTER}
    flat = read_contents([line.strip() for line in lines])[1]
    assert {entry.rank for entry in flat.values()} == {CHAPTER}
    one = read_contents(["目录", "治理    04", " 环境    06", "附录    17"])[1]  # a slip
    assert {entry.rank for entry in one.values()} == {CHAPTER}
