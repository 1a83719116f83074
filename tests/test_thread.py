from dataclasses import replace

from fake_assistant import HOSTILE, evidence
from test_prose import OURS, Seen

from rag import Answer, Check
from rag.captions import EXAMPLES
from rag.conversation import Turn
from rag.thread import last_html, past_html, turn_html, welcome_html


def turn(**changes):
    answer = Answer("甲 [1]，乙 [2]。", True, "zh", evidence()[:2], (), "问题")
    return replace(Turn("问题", evidence=evidence(), answer=answer), **changes)


def test_the_welcome_offers_the_examples_of_both_languages_one_s_own_first():
    for language, other in (("zh", "en"), ("en", "zh")):
        html = welcome_html(language)
        places = [html.index(f">{EXAMPLES[tongue][0]}".replace("&", "&amp;"))
                  for tongue in (language, other)]  # fmt: skip
        assert places == sorted(places)
        assert html.count("data-ask") == 6


def test_hostile_text_is_escaped_everywhere():
    answer = Answer(HOSTILE, True, "en", evidence(), (Check("c", False, HOSTILE),), HOSTILE + "?")
    html = turn_html(Turn(HOSTILE, notice=HOSTILE, answer=answer), 1, "en", is_last=True)
    assert set(Seen(html).tags) <= OURS | {
        "article", "h2", "div", "button", "form", "label", "select", "option", "input"
    }  # fmt: skip
    assert not {name for name, _ in Seen(html).attributes if name.startswith("on")}


def test_the_reply_says_how_the_question_was_read_only_where_it_was_changed():
    assert "理解为" not in turn_html(turn(), 1, "en")
    assert "理解为：问题" in turn_html(turn(question="那女性呢？"), 1, "en")


def test_failed_checks_are_told_beside_the_passed_ones():
    checks = (Check("a", True, "数字无误。"), Check("b", False, "第 2 句没有出处。"))
    html = turn_html(turn(answer=replace(turn().answer, checks=checks)), 1, "en")
    assert '<p class="checks passed">已核对：数字无误。</p>' in html
    assert '<p class="checks doubtful">请留意：第 2 句没有出处。</p>' in html


def test_waiting_is_told_in_the_language_of_the_page():
    assert "查找依据" in last_html([Turn("R&D?")], "zh")
    assert "Looking for evidence" in last_html([Turn("研发？")], "en")
    assert "Evidence found, writing" in last_html([Turn("研发？", evidence=evidence())], "en")
    waiting = Turn("研发？", evidence=evidence(), place=3)
    assert "3 before you" in last_html([waiting], "en")
    assert "前面还有 3 人" in last_html([waiting], "zh")


def test_a_notice_says_in_which_language_it_is():
    html = turn_html(Turn("R&D?", notice="已停止。"), 1, "zh")
    assert '<p class="notice" lang="zh-CN">已停止。</p>' in html
    assert '<div class="reply" lang="en">' in html


def test_only_the_last_question_can_be_asked_again():
    turns = [turn(), turn()]
    assert 'data-ask="retry"' not in past_html(turns, "en")
    assert 'data-ask="retry"' in last_html(turns, "en")
    assert "data-ask" not in last_html([Turn("R&D?")], "en")  # nor while it is being answered
    assert "turn editing" in last_html(turns, "en", editing=True)


def test_a_draft_is_told_to_be_one_and_is_data():
    html = turn_html(Turn("R&D?", draft="<b>5</b> million"), 1, "en")
    assert "Draft, not checked yet:</small> &lt;b&gt;5&lt;/b&gt; million" in html
    assert 'class="draft" aria-hidden="true"' in html
    assert "draft" not in turn_html(Turn("R&D?", draft="5", notice="Stopped."), 1, "en")
