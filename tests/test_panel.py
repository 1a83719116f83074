import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

import pytest
from fake_assistant import HOSTILE, PROSE, ROW, SENTENCE, TABLE, evidence
from hypothesis import given
from hypothesis import strategies as st

from rag import Answer, Check, panel
from rag.conversation import Turn

LINK = re.compile(r"\[\[(\d+)\]\]\(#cite-(\d+)-(\d+)\)")
SAFE_TAG = re.compile(r'</?(?:strong|span(?: class="[a-z ]+")?)>')


class Text(HTMLParser):
    """Collects the text and the tags that a browser would see."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.tags, self.marked, self._in_mark = "", [], "", False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self._in_mark |= tag == "mark"

    def handle_endtag(self, tag):
        self._in_mark &= tag != "mark"

    def handle_data(self, data):
        self.text += data
        self.marked += data if self._in_mark else ""


def squeezed(text: str) -> str:
    return "".join(text.split())


def turn(**changes) -> Turn:
    answer = Answer("甲 [1]，乙 [2]。", True, "zh", evidence()[:2], (), "问题")
    return replace(Turn("问题", evidence=evidence(), answer=answer), **changes)


@pytest.mark.parametrize(
    "source",
    ["# no heading", "- no list", "1. no list", "a * b * c", "R&D <b>", "| a | b |", "> no", "---"],
)
def test_literal_text_has_no_markdown_left_but_reads_the_same(source):
    shown = panel.literal(source)
    assert unescape(shown) == source
    assert not re.search(r"(?m)^(?:[-+#>|]|\d+[.)])|[*<>\[\]`_]", shown)


@given(st.text())
def test_literal_keeps_every_word_and_lets_nothing_through(source):
    shown = panel.literal(source)
    assert squeezed(unescape(shown)) == squeezed(unescape(panel.literal(unescape(shown))))
    assert not re.search(r"[<>\[\]`*_\\$~@|]|//|www\.", shown, re.IGNORECASE)


def test_a_mark_becomes_a_link_only_where_the_passage_is_there():
    shown = panel.answer_markdown("研发 [1]，其他 [7]。", {1, 2}, 3)
    assert shown == "研发 [[1]](#cite-3-1)，其他 &#91;7&#93;。"


def test_the_forms_an_answer_may_use_survive():
    source = "## 研发\n* 甲\n1. 乙\n      - 深\n> 引\n**“粗”**体\n\n| a | b [1] |\n|---|:-:|"
    assert panel.answer_markdown(source, {1}, 1).splitlines() == [
        "## 研发",
        "- 甲",
        "1. 乙",
        "   - 深",
        "> 引",
        "<strong>“粗”</strong>体",
        "",
        "| a | b [[1]](#cite-1-1) |",
        "|---|:-:|",
    ]


@given(st.text(alphabet="a1.*[]()!<>&\"'`~_\\$#@:/| \n\tw=-{}"))
def test_nothing_in_an_answer_can_become_a_link_an_image_code_or_html(source):
    shown = panel.answer_markdown(source, {1}, 1)
    rest = SAFE_TAG.sub("", LINK.sub("", shown))
    rest = re.sub(r"(?m)^ {0,3}(?:> ?)+", "", rest)
    assert not re.search(r"[<>\[\]`_\\$~@*]|//|www\.|(?m:^ {4})", rest, re.IGNORECASE)


def test_hostile_text_is_escaped_everywhere():
    citation = replace(evidence()[0], passage=replace(TABLE, text=HOSTILE, section=(HOSTILE,)))
    citation = replace(citation, quote="<img", translation=HOSTILE)
    answer = Answer(HOSTILE, True, "en", (citation,), (Check("c", False, HOSTILE),), HOSTILE)
    hostile = Turn(HOSTILE, evidence=(citation,), answer=answer)
    tags = set(Text(panel.panel_html([hostile])).tags)
    ours = {"section", "h2", "p", "article", "header", "a", "div", "small", "mark"}
    assert tags <= ours
    for message in panel.messages([hostile]):
        assert not SAFE_TAG.sub("", message["content"]).count("<")


def test_the_reply_says_how_the_question_was_read_only_where_it_was_changed():
    plain = turn()
    assert "理解为" not in panel.messages([plain])[1]["content"]
    changed = turn(question="那女性呢？")
    assert "理解为：问题" in panel.messages([changed])[1]["content"]


def test_failed_checks_are_told_and_passed_ones_then_left_out():
    checks = (Check("a", True, "数字无误。"), Check("b", False, "第 2 句没有出处。"))
    one_failed = turn(answer=replace(turn().answer, checks=checks))
    reply = panel.messages([one_failed])[1]["content"]
    assert '<span class="checks doubtful">请留意：第 2 句没有出处。</span>' in reply
    assert "数字无误" not in reply
    passed = turn(answer=replace(turn().answer, checks=checks[:1]))
    assert (
        '<span class="checks passed">已核对：数字无误。' in panel.messages([passed])[1]["content"]
    )


def test_waiting_is_told_in_the_language_of_the_question():
    assert "查找依据" in panel.messages([Turn("研发？")])[1]["content"]
    assert "Looking for evidence" in panel.messages([Turn("R&D?")])[1]["content"]
    assert "Evidence found" in panel.messages([Turn("R&D?", evidence=evidence())])[1]["content"]


def test_a_quoted_row_is_marked_in_its_table():
    html = panel.passage_html(TABLE.text, ROW)
    assert html.count('<tr class="cited">') == 1
    assert html.count("<table>") == 1
    assert Text(html).marked == ROW.replace("\t", "")
    assert "<td colspan=4>按性别划分的研发人员数量</td>" in html
    assert "<p>创新是产品质量提升的重要支撑，我们高度重视研发投入。</p>" in html


def test_short_rows_are_filled_and_a_bare_line_between_rows_spans_the_table():
    html = panel.passage_html("a\tb\tc\n小标题\nd\te\n正文", "")
    assert html == (
        "<table><tr><td>a</td><td>b</td><td>c</td></tr><tr><td colspan=3>小标题</td></tr>"
        "<tr><td>d</td><td>e</td><td></td></tr></table><p>正文</p>"
    )


@given(st.text(alphabet="ab<&*\t\n 一二"), st.data())
def test_all_of_the_text_is_shown_and_just_the_quote_is_marked(text, data):
    first = data.draw(st.integers(0, len(text)))
    quote = text[first : data.draw(st.integers(first, len(text)))]
    shown = Text(panel.passage_html(text, quote))
    assert squeezed(shown.text) == squeezed(text)
    assert squeezed(shown.marked) == squeezed(quote)


def test_a_card_tells_where_the_passage_stands():
    html = panel.citation_html(evidence("en")[0], 2, "en")
    assert 'id="cite-2-1"' in html
    assert "创智纳新 培育发展新动能 › 推动技术创新 › 研发投入" in html
    assert "报告 · page 39 · lines 748–756" in html
    assert "Translation of the quote" in html
    chinese = panel.citation_html(evidence()[1], 2, "zh")
    assert "报告 · 第 120 行<" in chinese  # no page where the report tells none
    assert "译文" not in chinese
    assert Text(chinese).marked == SENTENCE
    assert PROSE.text.startswith("第 1 段")


def test_cited_passages_come_first_and_the_others_are_folded():
    html = panel.panel_html([turn()])
    head, folded = html.split("<details>")
    assert re.findall(r'id="(cite-\d-\d)"', head) == ["cite-1-1", "cite-1-2"]
    assert re.findall(r'id="(cite-\d-\d)"', folded) == ["cite-1-3"]


def test_without_citations_the_nearest_passages_are_shown():
    unanswered = turn(answer=Answer("报告没有说明。", False, "zh", (), (), "问题"))
    html = panel.panel_html([unanswered])
    assert "报告中最接近的原文" in html
    assert "<details>" not in html
    assert html.count("<article") == 3


def test_only_the_last_turn_with_passages_is_open():
    html = panel.panel_html([turn(), turn(), Turn("又问")])
    assert re.findall(r'<section class="evidence"( hidden)?>', html) == [" hidden", ""]
    assert panel.panel_html([Turn("问")]) == ""
