"""Items: what English claims list stands in what they cite; saying a question over is no answer."""

import pytest
from fakes import evidence

from index.bridge import Bridge
from index.terms import tokens
from rag.claim import Frame
from rag.items import invented_items, names_none, tells_nothing_new
from rag.support import Support
from rag.verify import check_claims

SOURCE = "公司为员工提供优厚的福利待遇，包括住房补贴、体检和生日礼物。"
SUPPORT = Support(Bridge(tokens(SOURCE + "医疗保险。退休计划。董事长。")), ["海岳食品"])


@pytest.mark.parametrize(
    ("claim", "invented"),
    [
        ("Benefits include housing subsidies, physical examinations and birthday gifts.", []),
        (
            "Benefits include housing subsidies, health insurance and retirement plans.",
            ["health insurance", "retirement plans"],
        ),
        ("Benefits (such as housing, insurance and gifts) are provided.", ["insurance"]),
        ("Employees receive benefits.", []),
    ],
)
def test_an_item_of_which_no_word_is_cited_is_invented(claim, invented):
    found = invented_items(claim, evidence(SOURCE), "What benefits do employees get?", SUPPORT)
    assert found == invented


def test_a_date_is_no_item():
    claim = "As of December 31, 2023, housing subsidies, birthday gifts, and lunches were given."
    assert invented_items(claim, evidence(SOURCE), "", SUPPORT) == ["lunches were given"]


def test_what_means_something_that_is_cited_is_not_invented(monkeypatch):
    claim = "Benefits include housing subsidies, gym visits and retirement plans."
    invented = ["gym visits", "retirement plans"]
    assert invented_items(claim, evidence(SOURCE), "", SUPPORT) == invented
    monkeypatch.setattr(Support, "aligns", lambda _, english, __: english == "gym visits")
    assert invented_items(claim, evidence(SOURCE), "", SUPPORT) == ["retirement plans"]


def test_a_word_by_which_the_dictionary_explains_the_source_is_not_invented():
    support = Support(Bridge(tokens("资金往来")), [])
    pieces = evidence("资金往来应合法、透明、公正。")
    for claim, invented in (
        ("Dealings are legal, transparent, and fair.", []),
        ("Dealings are legal, transparent, and cheap.", ["cheap"]),
    ):
        assert invented_items(claim, pieces, "", support) == invented


@pytest.mark.parametrize(
    ("claim", "question", "nothing"),
    [
        ("The board is chaired by the chairman of the board.", "Who chairs the board?", True),
        ("The board is chaired by Jin Hairong.", "Who chairs the board?", False),
        ("The boxes are checked weekly.", "How often are the boxes checked?", False),
        ("The board meets 10 times.", "How often does the board meet?", False),
        ("The board has a chairman.", "Does the board have a chairman?", False),
        ("公司为什么要做职位图谱？", "公司为什么要做职位图谱？", True),
        ("公司要做职位图谱。", "公司为什么要做职位图谱？", True),
        ("公司做职位图谱，是为了打通晋升通道。", "公司为什么要做职位图谱？", False),
        ("公司做职位图谱。", "公司做职位图谱吗？", False),
        ("Why does the company map positions?", "Is there a map of positions?", True),
        ("全年培训 166 次，后面只有几次？", "全年培训 166 次，为何后面只有几次？", True),
        ("全年培训 166 次", "为何全年培训 166 次？", True),
        ("全年培训 16 次", "为何全年培训 166 次？", False),
        ("报告未披露", "公司有多少家门店？", True),
        ("The report does not say.", "Who is the auditor?", True),
        ("报告未披露门店，只说有三家", "公司有多少家门店？", False),
    ],
)
def test_a_question_said_over_tells_nothing_new(claim, question, nothing):
    assert tells_nothing_new(claim, question) is nothing


def test_the_name_of_the_company_is_no_news_where_a_full_name_is_asked():
    claim = "The full name of the Shenzhen subsidiary is Shenzhen ZKTeco."
    question = "What is the full company name of the Shenzhen subsidiary?"
    assert tells_nothing_new(claim, question, ["熵基科技", "ZKTeco"])
    assert not tells_nothing_new(claim, question)
    other = "Which subsidiary is in Shenzhen?"
    assert not tells_nothing_new("The subsidiary is ZKTeco.", other, ["熵基科技", "ZKTeco"])


@pytest.mark.parametrize(
    ("claim", "question", "none"),
    [
        ("Vendors are sorted into four groups", "Into which groups are vendors sorted?", True),
        ("They have four risk groups", "What risk groups do vendors have?", True),
        ("There are four groups: core, leverage, bottleneck and general", "Which groups?", False),
        ("Core, leverage and general vendors are three groups", "Which groups?", False),
        ("Vendors are sorted into four groups", "Into how many groups are vendors sorted?", False),
        ("公司将供应商分为四类", "供应商分为哪几类？", True),
        ("公司将供应商分为四类：核心供应商、一般供应商", "供应商分为哪几类？", False),
        ("公司将供应商分为四类", "供应商分为几类？", False),
    ],
)
def test_what_is_only_counted_where_its_names_are_asked(claim, question, none):
    assert names_none(claim, question) is none


def test_such_claims_fail():
    frame = Frame("en", "2023", "What benefits do employees get?", SUPPORT)
    invented = "Benefits include housing subsidies, health insurance and retirement plans [1]."
    for draft, kind in ((invented, "words"), ("Employees get benefits [1].", "bare")):
        (claim,) = check_claims(draft, evidence(SOURCE), frame)
        assert {failure.kind for failure in claim.failures} == {kind}
