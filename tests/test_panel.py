import re
from dataclasses import replace

from fake_assistant import HOSTILE, PROSE, SENTENCE, TABLE, evidence
from test_excerpt import Text
from test_prose import Seen

from rag import Answer, Check, Citation
from rag.conversation import Turn
from rag.panel import citation_html, panel_html


def turn(**changes):
    answer = Answer("甲 [1]，乙 [2]。", True, "zh", evidence()[:2], (), "问题")
    return replace(Turn("问题", evidence=evidence(), answer=answer), **changes)


def test_hostile_text_is_escaped_everywhere():
    citation = replace(evidence()[0], passage=replace(TABLE, text=HOSTILE, section=(HOSTILE,)))
    citation = replace(citation, quote="<img", translation=HOSTILE)
    answer = Answer(HOSTILE, True, "en", (citation,), (Check("c", False, HOSTILE),), HOSTILE)
    seen = Seen(panel_html([Turn(HOSTILE, evidence=(citation,), answer=answer)], "en"))
    assert set(seen.tags) <= {
        "section", "h2", "h3", "p", "article", "header", "a", "div", "small", "mark", "button"
    }  # fmt: skip
    assert {name for name, _ in seen.attributes} <= {
        "class", "id", "href", "lang", "title", "aria-label", "role", "tabindex", "type", "data-act"
    }  # fmt: skip


def test_a_card_tells_where_the_passage_stands():
    html = citation_html(evidence("en")[0], 2, "en")
    assert 'id="cite-2-1"' in html
    assert "创智纳新 培育发展新动能 › 推动技术创新 › 研发投入" in html
    assert "报告 · page 39 · lines 748–756" in html
    assert "Translation of the quote" in html
    chinese = citation_html(evidence()[1], 2, "zh")
    assert "报告 · 第 120 行<" in chinese  # no page where the report tells none
    assert "译文" not in chinese
    assert '<div class="gloss" lang="en">R&amp;D investment</div>' in html
    assert "investment" not in citation_html(evidence()[0], 2, "zh")
    assert Text(chinese).marked == SENTENCE
    assert PROSE.text.startswith("第 1 段")


def test_cited_passages_come_first_and_the_others_are_folded():
    head, folded = panel_html([turn()], "zh").split("<details>")
    assert re.findall(r'id="(cite-\d-\d)"', head) == ["cite-1-1", "cite-1-2"]
    assert folded.count("<article") == 1


def test_what_is_not_cited_is_told_by_its_words_as_an_answer_numbers_anew():
    last = replace(evidence()[2], number=1)  # found as the third, cited as [1]
    cited = turn(answer=Answer("丙 [1]。", True, "zh", (last,), (), "问题"))
    head, folded = panel_html([cited], "zh").split("<details>")
    assert re.findall(r'id="(cite-\d-\d)"', head) == ["cite-1-1"]
    assert "公司鼓励创新" in head
    assert "公司鼓励创新" not in folded
    assert folded.count("<article") == 2
    assert "cite-1" not in folded


def test_a_refusal_shows_the_nearest_passages_under_its_own_numbers():
    nearest = (Citation(1, PROSE, SENTENCE),)
    refused = turn(answer=Answer("报告没有说明。[1]", False, "zh", nearest, (), "问题"))
    head, _, folded = panel_html([refused], "zh").partition("<details>")
    assert "报告中最接近的原文" in head
    assert Text(head).marked == SENTENCE
    assert folded.count("<article") == 2
    bare = turn(answer=Answer("报告没有说明。", False, "zh", (), (), "问题"))
    assert panel_html([bare], "zh").count('id="cite-') == 3


def test_only_the_last_turn_with_passages_is_open():
    html = panel_html([turn(), turn(), Turn("又问")], "zh")
    assert re.findall(r'<section class="evidence"[^>]*?( hidden)?>', html) == [" hidden", ""]
    assert "<section" not in panel_html([Turn("问")], "zh")
    assert "回答所依据的原文会显示在这里" in panel_html([], "zh")
