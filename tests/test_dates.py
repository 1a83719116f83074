import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.dates import blank, chinese_number, date_states, find_dates, halfwidth, without_codes

Parts = tuple[int | None, int | None, int | None]


def parts(text: str) -> list[Parts]:
    return [(date.year, date.month, date.day) for date in find_dates(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023年", (2023, None, None)),
        ("２０２３年", (2023, None, None)),
        ("**2023** 年", (2023, None, None)),
        ("2023 年度", (2023, None, None)),
        ("二〇二三年", (2023, None, None)),
        ("二〇二三年十二月三十一日", (2023, 12, 31)),
        ("2023 年 12 月 31 日", (2023, 12, 31)),
        ("2023年6月", (2023, 6, None)),
        ("2023/5/23", (2023, 5, 23)),
        ("2023-05-23", (2023, 5, 23)),
        ("2023.12.31", (2023, 12, 31)),
        ("2023-06", (2023, 6, None)),
        ("8月17日", (None, 8, 17)),
        ("十一月", (None, 11, None)),
        ("“6·30”", (None, 6, 30)),
        ("截至2023", (2023, None, None)),
        ("FY2023", (2023, None, None)),
        ("FY23", (2023, None, None)),
        ("2023H1", (2023, None, None)),
        ("31 December 2023", (2023, 12, 31)),
        ("31st of December, 2023", (2023, 12, 31)),
        ("December 31, 2023", (2023, 12, 31)),
        ("Dec. 31 2023", (2023, 12, 31)),
        ("June 2023", (2023, 6, None)),
        ("17 August", (None, 8, 17)),
        ("August 17", (None, 8, 17)),
        ("since September", (None, 9, None)),
        ("in May", (None, 5, None)),
        ("the 2023 annual report", (2023, None, None)),
        ("2022 全球安防", (2022, None, None)),
        ("2023 人力资源报告", (2023, None, None)),
        ("2023 股东大会", (2023, None, None)),
    ],
)
def test_one_date_is_read_in_full(text, expected):
    assert parts(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "2,023",
        "2007 人",
        "2023 employees",
        "2,007.5",
        "2023.5",
        "RMB 2000",
        "¥2000",
        "2000 万元",
        "12023",
        "2350",
        "1899",
        "3 个月",
        "they may apply in due course",
        "ISO 27001:2013",
        "ISO 9001: 2015",
        "ISO/IEC 27017:2015",
        "GB/T 42981-2023",
        "T/CESA 1264 —2023",
        "JJG 30-2012",
        "0769-82618868",
        "https://example.com/2023/12",
        "ir2023@example.com",
    ],
)
def test_what_only_looks_like_a_date_is_left(text):
    assert parts(text) == []


def test_ranges():
    assert parts("1998-2002") == [(1998, None, None), (2002, None, None)]
    assert parts("2019至2023年") == [(2019, None, None), (2023, None, None)]
    assert parts("2018、2019 年") == [(2018, None, None), (2019, None, None)]
    assert parts("2023 年 1 月 1 日至 12 月 31 日") == [(2023, 1, 1), (2023, 12, 31)]
    assert parts("1 January to 31 December 2023") == [(2023, 1, 1), (2023, 12, 31)]


def test_a_year_is_shared_only_within_a_range():
    assert parts("2023 年 6 月；8月17日上市")[1] == (None, 8, 17)
    assert parts("2022 年 12 月至 3 月")[1] == (None, 3, None)


def test_places_are_those_of_the_text():
    text = "公司于 ２０２３ 年 ５ 月召开会议（2024-01-05）"
    assert [date.text for date in find_dates(text)] == ["２０２３ 年 ５ 月", "2024-01-05"]
    assert all(text[date.start : date.end] == date.text for date in find_dates(text))


@pytest.mark.parametrize(
    ("claim", "source", "expected"),
    [
        ("2023", "2023年6月", True),
        ("June 2023", "2023 年 6 月 3 日", True),
        ("3 June 2023", "2023年6月3日", True),
        ("17 August", "8月17日", True),
        ("30 June", "6·30", True),
        ("FY2023", "2023年度", True),
        ("2022", "2023年6月", False),
        ("July 2023", "2023年6月", False),
        ("3 June 2023", "2023年6月", False),
        ("3 June 2023", "2023年6月4日", False),
        ("17 August 2022", "8月17日", False),
    ],
)
def test_date_states(claim, source, expected):
    assert date_states(find_dates(claim)[0], find_dates(source)[0]) is expected


@given(st.dates())
def test_every_full_date_is_read_back(day):
    if 1900 <= day.year < 2100:
        for text in (
            f"{day.year}年{day.month}月{day.day}日",
            f"{day.year} 年 {day.month} 月 {day.day} 日",
            f"{day:%Y-%m-%d}",
            f"{day.year}/{day.month}/{day.day}",
            f"{day.day} {day:%B} {day.year}",
            f"{day:%b} {day.day}, {day.year}",
        ):
            assert parts(text) == [(day.year, day.month, day.day)], text


@given(st.text())
def test_any_text_keeps_its_places(text):
    assert len(halfwidth(text)) == len(without_codes(text)) == len(text)
    for date in find_dates(text):
        assert text[date.start : date.end] == date.text != ""


def test_blank_takes_spans_that_touch_or_overlap():
    assert blank("abcdef", [(3, 5), (1, 2), (1, 4)]) == "a\0\0\0\0f"


@pytest.mark.parametrize(
    ("numeral", "number"),
    [
        ("零", 0),
        ("两", 2),
        ("十", 10),
        ("十二", 12),
        ("二十一", 21),
        ("一百零五", 105),
        ("一百一十", 110),
        ("一百二十", 120),
        ("两千零二十三", 2023),
        ("一万二千", 12_000),
        ("三千五百万", 35_000_000),
        ("两亿五千万", 250_000_000),
        ("一万二千亿", 1_200_000_000_000),
    ],
)
def test_chinese_number(numeral, number):
    assert chinese_number(numeral) == number


@pytest.mark.parametrize(
    "numeral",
    ["", "万一", "千万", "百", "十四五", "五一", "三四", "二百五", "十百", "亿万", "三亿万"],
)
def test_what_is_no_well_formed_numeral(numeral):
    assert chinese_number(numeral) is None


@pytest.mark.parametrize(
    "text",
    [
        "[1]", "[2][3]", "[1, 2]", "【4】", "（3）", "1. 目标", "2、措施", "- 3) 结果", "SDG 8",
        "GRI 2-1", "2-2/2-3", "403-1/403-2/403-3 403-4", "201-1", "V2.0.0", "version 3", "LLM 3.0",
        "CASS-ESG 5.0", "工业 4.0", "192.168.0.1", "第 12 位", "第三届", "案例十一", "附录 2",
        "90 后", "Top 10", "Scope 1, 2 and 3", "page 12", "9:30", "0769-82618868", "400-830-1234",
        "13800138000", "+86 755 8888 8888", "a1@b2.com", "www.example1.com/2",
    ],
)  # fmt: skip
def test_codes_are_blanked(text):
    assert not any(character.isdecimal() for character in without_codes(halfwidth(text)))


@pytest.mark.parametrize(
    "text",
    ["93.", "1.5 亿元", "5.0%", "RMB 5.0 million", "3-5 次", "90.1-100 分", "top 5% of", "12"],
)
def test_figures_are_no_codes(text):
    assert without_codes(halfwidth(text)) == text
