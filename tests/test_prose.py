import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.prose import answer_html

OURS = {
    "p", "br", "h3", "ul", "ol", "li", "blockquote", "table", "thead", "tbody", "tr", "th", "td",
    "strong", "span", "a",
}  # fmt: skip


class Seen(HTMLParser):
    """Collects the text, the tags and their attributes that a browser would see."""

    def __init__(self, html):
        super().__init__()
        self.text, self.tags, self.attributes = "", [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.text += data


def test_a_mark_becomes_a_link_only_where_the_passage_is_there():
    html = answer_html("研发 [1]，其他 [7]。", {1, 2}, 3, "zh")
    assert html == (
        '<p>研发 <a class="cite" href="#cite-3-1" aria-label="出处 1">[1]</a>，其他 [7]。</p>\n'
    )


def test_the_forms_an_answer_may_use_survive():
    source = (
        "## 研发\n* 甲\n1. 乙\n> 引\n**“粗”**体\n**a [1]**\n\n| a | b [1] |\n|---|:-:|\n| c | d |"
    )
    html = answer_html(source, {1}, 1, "en")
    for form in ("<h3>研发</h3>", "<li>甲</li>", "<ol>", "<blockquote>", "<strong>“粗”</strong>体"):
        assert form in html
    assert re.search(r'<strong>a <a class="cite"[^>]*>\[1\]</a></strong>', html)
    assert re.search(r"<th>a</th>\s*<th[^>]*>b <a", html)


@pytest.mark.parametrize(
    "working",
    ["1,394 ÷ 3,788 = 36.80%", "(21,361.34 − 18,798.38) ÷ 18,798.38 = +13.63%", "4,106 − 3 = 4"],
)
def test_a_working_is_set_apart(working):
    html = answer_html(f"Share: {working}.", (), 1, "en")
    assert f'<span class="working">{working}</span>' in html


@pytest.mark.parametrize("plain", ["2021-2023", "2023: 4,106", "a = b", "1 + 2"])
def test_what_is_no_working_is_left_alone(plain):
    assert "working" not in answer_html(plain, (), 1, "en")


@pytest.mark.parametrize(
    "hostile",
    [
        "<img src=x onerror=1>", "<script>1</script>", "![x](http://e.test/a.png)", "&lt;b&gt;",
        "[y](javascript:1)", "<http://e.test>", "`code`", "$x^2$", "    indented", "~~~\ncode\n~~~",
        "[r]: http://e.test", "<!-- -->", "\\*",
    ],
)  # fmt: skip
def test_everything_else_is_shown_as_it_is_written(hostile):
    seen = Seen(answer_html(hostile, {1}, 1, "en"))
    assert set(seen.tags) <= {"p", "br"}
    assert "".join(seen.text.split()) == "".join(hostile.split())


@given(st.text(alphabet="a1.*[]()!<>&\"'`~_\\$#@:/| \n\tw=-{}÷"))
def test_nothing_in_an_answer_can_become_more_than_it_may(source):
    seen = Seen(answer_html(source, {1}, 1, "en"))
    assert set(seen.tags) <= OURS
    allowed = r"cite|#cite-1-1|Source 1|working|text-align:(?:left|center|right)|\d+"
    for name, value in seen.attributes:
        assert name in {"class", "href", "aria-label", "style", "start"}
        assert re.fullmatch(allowed, value), value
    assert unescape(seen.text) is not None
