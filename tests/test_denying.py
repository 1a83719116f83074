"""What is denied on one side only."""

import pytest
from fakes import evidence

from index.bridge import Bridge
from index.terms import tokens
from rag.denying import denying, lost_denials
from rag.support import Support

SAID = "报告期内，公司未发生员工因工死亡事件。"
PIECES = evidence("公司每年开展员工培训。", SAID)
SUPPORT = Support(Bridge({*tokens(SAID), "培训"}))


@pytest.mark.parametrize(
    ("claim", "language", "wrong"),
    [
        ("公司发生员工因工死亡事件", "zh", True),
        ("公司未发生员工因工死亡事件", "zh", False),
        ("No employee died at work", "en", False),
    ],
)
def test_a_claim_denies_what_its_source_denies(claim, language, wrong):
    assert bool(lost_denials(claim, [PIECES[1]], language, SUPPORT)) is wrong


def test_a_denial_needs_a_source():
    assert lost_denials("公司未开展培训", [PIECES[0]], "zh", SUPPORT)


def test_the_piece_that_denies_what_is_asked_is_found():
    assert denying("有几名员工因工死亡？", PIECES, SUPPORT) == [PIECES[1]]
    assert denying("开展了几次培训？", PIECES, SUPPORT) == []


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Did the company pay any environmental fines?", True),
        ("公司受过环境保护方面的处罚吗？", True),
        ("Did the company pay any tax fines?", False),
        ("公司受过处罚吗？", False),  # the sentence is about one kind alone
    ],
)
def test_what_the_sentence_is_about_stands_before_the_denial(question, told):
    said = "公司的经营符合环境保护的要求，不存在因违法违规而受到处罚的情况。"
    support = Support(Bridge({*tokens(said), "税务"}))
    pieces = evidence(said)
    assert denying(question, pieces, support) == (pieces if told else [])


@pytest.mark.parametrize(
    ("question", "told"),
    [("去年那次破壁机召回，一共收回了多少台？", True), ("公司有多少种产品？", False)],
)
def test_what_never_happened_to_any_product_did_not_to_one(question, told):
    said = "报告期内公司未发生产品召回事件。"
    pieces = evidence(said)
    support = Support(Bridge({*tokens(said), "破壁机"}))
    assert denying(question, pieces, support) == (pieces if told else [])


@pytest.mark.parametrize(
    ("question", "said"),
    [("Was the company fined?", True), ("公司被处罚过吗？", True), ("Was the mine closed?", False)],
)
def test_who_asks_for_nothing_else_is_told_what_did_not_happen(question, said):
    words = "经营符合环境保护的要求，不存在因违法违规而受到处罚的情况。"
    support = Support(Bridge(tokens(words)))
    assert bool(denying(question, evidence(words), support)) is said
