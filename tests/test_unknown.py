"""Unknown words: what a question speaks of and the report does not."""

import pytest

from index.bridge import Bridge
from rag.subject import without_asking
from rag.unknown import _without_known, unknown_words

BRIDGE = Bridge(["产品", "质量", "培训", "数据", "泄露", "员工"])


@pytest.mark.parametrize(
    ("question", "unknown"),
    [
        ("2023年产品召回多少次？", ["召回"]),
        ("产品质量怎么样？", []),
        ("How many product recalls were there?", ["product recalls"]),  # of which it has 产品
        ("How many data breaches were there?", []),  # 数据泄露, by its parts
        ("How many work-related injuries were there?", ["work related injuries"]),
    ],
)
def test_a_term_of_which_the_report_has_a_part_alone_is_unknown(question, unknown):
    assert unknown_words(without_asking(question), BRIDGE) == unknown


def test_what_is_cut_out_across_two_known_words_is_no_unknown_word():
    class Words:
        vocabulary = frozenset({"董事会", "会议"})

    assert not set("会会") & set(_without_known("2023年召开了几次董事会会议？", Words()))
    assert "减排" in _without_known("董事会减排会议", Words())


@pytest.mark.parametrize(
    "question",
    ["How many women worked for the company in 2022?", "How many women work there?"],
)
def test_a_phrase_leaves_its_words_their_own_meaning(question):
    """A row 女性 is one of women who work, whatever else the phrase may stand for."""
    bridge = Bridge({"女性", "女性员工", "女职工", "员工"})
    (women, *_) = bridge.query_terms(question)
    assert women["女性"] == 1
