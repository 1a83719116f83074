import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.markup import (
    html_table_spans,
    is_picture,
    is_separator,
    is_table_line,
    plain_text,
    without_outer_tags,
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("公司**治理**", "公司治理"),
        ("<center>图 1</center>", "图 1"),
        ("[13518555484](tel:13518555484)", "13518555484"),
        ("![治理架构](a.jpg)图", "治理架构图"),
        ("![image](a.jpg)", ""),
        ('<img src="a" alt="Image"/>文', "文"),
        ("10<sup>3</sup> m<sup>2</sup>", "10³ m²"),
        (r"占比 $29.7\%$，$\mathrm{CO}_{2}$", "占比 29.7%，CO₂"),
        ("$100 和 $200", "$100 和 $200"),
        ("<https://cn.zkteco.com/a>", "<https://cn.zkteco.com/a>"),
        ("a < b 且 c > d", "a < b 且 c > d"),
        ("甲<!-- 注 -->乙", "甲乙"),
        ("甲&amp;乙", "甲&乙"),
        ("普通文字", "普通文字"),
    ],
)
def test_words_without_mark_up(text, plain):
    assert plain_text(text) == plain


@given(st.text(st.sampled_from("甲乙12，。 ")))
def test_a_text_without_mark_up_stays(text):
    assert plain_text(text) == text


def test_outer_tags_go_and_inner_ones_stay():
    assert without_outer_tags('<div align="center"><b>甲</b>乙</div>') == "甲</b>乙"
    assert without_outer_tags("甲<sup>2</sup>乙") == "甲<sup>2</sup>乙"
    assert without_outer_tags("<https://a.cn>") == "<https://a.cn>"


def test_kinds_of_lines():
    assert is_picture("![](a.jpg)")
    assert not is_picture("![甲](a.jpg)")
    assert is_separator("|:---|---:|")
    assert not is_separator("| a | b |")
    assert is_table_line("| a | b |")
    assert is_table_line("<tr><td>a</td></tr>")
    assert not is_table_line("a | b")


def test_lines_of_html_tables():
    lines = ["文", "<table><tr>", "</tr></table>", "<table></table>", "文", "<table>", "<tr>", "文"]
    assert html_table_spans(lines) == [range(1, 3), range(3, 4), range(5, 7)]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("- [x] 纳入目录的产品：4 款", "- 纳入目录的产品：4 款"),
        ("[ ] 海外项目", "☐ 海外项目"),
        ("见附录 [x] 第 3 页", "见附录 [x] 第 3 页"),
    ],
)
def test_a_ticked_box_says_nothing_and_an_empty_one_is_seen(line, words):
    assert plain_text(line) == words
