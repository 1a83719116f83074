from html.parser import HTMLParser

from fake_assistant import ROW, TABLE
from hypothesis import given
from hypothesis import strategies as st

from rag.excerpt import excerpt_html


class Text(HTMLParser):
    """Collects the text that a browser would show, and what of it is marked."""

    def __init__(self, html):
        super().__init__()
        self.text, self.marked, self._in_mark = "", "", False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self._in_mark |= tag == "mark"

    def handle_endtag(self, tag):
        self._in_mark &= tag != "mark"

    def handle_data(self, data):
        self.text += data
        self.marked += data if self._in_mark else ""


def squeezed(text):
    return "".join(text.split())


def test_a_quoted_row_is_marked_in_its_table():
    html = excerpt_html(TABLE.text, ROW, {3})
    assert html.count('<tr class="cited">') == 1
    assert html.count("<table>") == 1
    assert Text(html).marked == ROW.replace("\t", "")
    assert '<td class="stated"><mark>21,361.34</mark></td>' in html
    assert html.count('class="stated"') == 1
    assert "<th>2023 年</th>" in html
    assert '<th colspan="4">按性别划分的研发人员数量</th>' in html
    assert "<p>创新是产品质量提升的重要支撑，我们高度重视研发投入。</p>" in html


def test_short_rows_are_filled_and_a_bare_line_between_rows_spans_the_table():
    html = excerpt_html("1\tb\tc\n小标题\nd\te\n正文", "")
    assert html == (
        '<div class="wide"><table><tr><td>1</td><td>b</td><td>c</td></tr>'
        '<tr><th colspan="3">小标题</th></tr>'
        "<tr><td>d</td><td>e</td><td></td></tr></table></div><p>正文</p>"
    )


@given(st.text(alphabet="ab1<&*\t\n 一二"), st.data())
def test_all_of_the_text_is_shown_and_just_the_quote_is_marked(text, data):
    first = data.draw(st.integers(0, len(text)))
    quote = text[first : data.draw(st.integers(first, len(text)))]
    shown = Text(excerpt_html(text, quote, {0, 1}))
    assert squeezed(shown.text) == squeezed(text)
    assert squeezed(shown.marked) == squeezed(quote)


def test_the_lines_that_a_row_takes_besides_its_first_are_no_rows():
    text = "名称\t金额\n\t\n甲公司\t5\n\t\n乙公司\t7"
    html = excerpt_html(text, "甲公司\t5", {1})
    assert html.count("<tr") == 3
    assert '<td class="stated"><mark>5</mark></td>' in html
