import pytest

from index.pages import numbered_pages, page_lines


def found(lines):
    return [lines[i] for i in sorted(page_lines(lines))]


def pages(*extra):
    """Three pages of text with something at the end of each."""
    lines = []
    for number in range(1, 4):
        lines += [f"这是第 {number} 页的正文。", "", "正文。", "", "正文。", ""]
        lines += [text.format(number) for text in extra]
    return lines


@pytest.mark.parametrize("number", ["{}", "- {} -", "第 {} 页", "{} / 96", "第{}页 共96页", "1{}"])
def test_page_numbers(number):
    assert len(found(pages(number, ""))) == 3


def numbered(*numbers):
    """Pages of text, each with its number below; None where a page of pictures prints none."""
    lines = []
    for place, number in enumerate(numbers):
        lines += [
            f"正文{place}。",
            "",
            "正文。",
            "",
            f"第{place}段正文，到页末也没有说完，接着",
            "",
        ]
        lines += [str(number), ""] if number else []
    return lines


def test_page_numbers_go_on_where_pages_of_pictures_print_none():
    assert found(numbered(1, 2, 3, 7, 11, None, 18, 19, 24)) == [
        "1",
        "2",
        "3",
        "7",
        "11",
        "18",
        "19",
        "24",
    ]


def test_a_number_that_does_not_go_on_counting_is_text():
    assert found(numbered(1, 2, 3, 96, 4, 5)) == ["1", "2", "3", "4", "5"]
    lines = numbered(1, 2, 3, 8, 14)
    lines[lines.index("8") + 1] = "次会议"  # the number belongs to the words below
    assert found(lines) == ["1", "2", "3", "14"]


def test_running_headers_beside_page_numbers_but_for_the_first():
    assert found(pages("某某银行", "", "{}", "")) == ["1", "某某银行", "2", "某某银行", "3"]


def test_running_headers_that_count_the_pages():
    assert len(found(pages("某某公司 2023 年年度报告 {}", ""))) == 3


@pytest.mark.parametrize(
    "lines",
    [
        ["员工", "5", "会议", "6", "培训", "7"],
        pages("年度成果", ""),
        pages("案例 {}", ""),
        ["2021", "", "a", "", "b", "", "2022", "", "a", "", "b", "", "2023"],
        [],
    ],
    ids=["values", "a box in each chapter", "cases", "years", "nothing"],
)
def test_what_is_no_page_number(lines):
    assert [line for line in found(lines) if line in ("5", "年度成果", "案例 1", "2021")] == []


@pytest.mark.parametrize(
    "line",
    [
        "---",
        "* * *",
        "<!-- page 3 -->",
        "![](images/a.jpg)",
        '<img src="a.png" alt="Image">',
        "续表",
        "（续）",
        '<div style="text-align: center;"><img src="a"/></div>',
    ],
)
def test_rules_pictures_and_continuations(line):
    assert page_lines(["文。", line, "文。"]) == {1}


@pytest.mark.parametrize(
    "line", ["![治理架构](a.jpg)", "<center>图 1</center>", "a ---", "<table></table>"]
)
def test_lines_with_words_are_text(line):
    assert page_lines(["文。", line, "文。"]) == frozenset()


PAGES = [
    *["第一章 治理", "公司治理稳健。", "", "", "", "1"],
    *["公司召开会议。", "第二章 员工", "公司有员工。", "", "", "2"],
    *["公司开展培训。", "", "", "", "", "3"],
]
ABOVE = ["1", *PAGES[:5], "2", *PAGES[6:11], "3", *PAGES[12:17]]


@pytest.mark.parametrize(
    ("lines", "known", "told"),
    [
        (PAGES, {0: 1, 7: 2}, {0: 1, 1: 1, 6: 2, 7: 2, 12: 3}),
        (ABOVE, {1: 1, 8: 2}, {1: 1, 8: 2, 13: 3}),
        (PAGES, {0: 1, 7: 3}, {}),  # the contents list counts otherwise
        (PAGES, {}, {}),  # above or below its page: who knows
        ([*PAGES[:6], "\f公司召开会议。", *PAGES[7:]], {}, {1: 1, 7: 2, 12: 3}),
        (PAGES[:12], {0: 1}, {}),  # two numbers are too few
    ],
    ids=["below", "above", "others", "unknown", "form feed", "few"],
)  # fmt: skip
def test_every_line_has_the_page_that_its_number_tells(lines, known, told):
    pages = {i for i, line in enumerate(lines) if line.isdecimal()}
    found = numbered_pages(lines, pages, known)
    assert {at: found.get(at) for at in told} == told
    assert bool(found) is bool(told)
