"""Telephone numbers and addresses: which questions ask for them, and how these look."""

import re

import pytest
from fakes import assistant_of, small_index

from rag.contact_evidence import contact_evidence
from rag.contacts import (
    is_bare,
    is_for_it,
    only_contacts,
    reports_something,
    shapes_asked,
    takes_reports,
    without_reaching,
)
from rag.coverage import Coverage
from rag.retrieve import Hit

NUMBER, ADDRESS, SITE = "13800000001", "ir@example.com", "https://example.com"


POSTAL = "中山路 32 号"


def shown(question):
    """Return which of the three a question asks for."""
    return {
        text
        for text in (NUMBER, ADDRESS, SITE, POSTAL)
        if any(re.search(shape, text) for shape in shapes_asked(question))
    }


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Which number do I dial about bribes?", {NUMBER}),
        ("What are the phone number and email of the secretary?", {NUMBER, ADDRESS}),
        ("怎么联系董秘？电话和邮箱给我一下", {NUMBER, ADDRESS}),
        ("邮箱、电话分别是多少？", {NUMBER, ADDRESS}),
        ("公司有服务热线吗？", {NUMBER}),
        ("Is there a hotline for customers?", {NUMBER}),
        ("Where do I write to if a buyer wants kickbacks?", {NUMBER, ADDRESS}),
        ("What's the number to ring for customer service?", {NUMBER}),
        ("Who do I phone about a product problem?", {NUMBER}),
        ("Is there a cell phone number for complaints?", {NUMBER}),
        ("The speak-up hotline. The number in the ethics pages, please.", {NUMBER}),
        ("What is the phone number of the company?", {NUMBER}),
        ("想打举报电话，该拨哪个号？", {NUMBER}),
        ("手机号是哪个？", {NUMBER}),
        ("Which mailbox reaches investor relations?", {ADDRESS}),
        ("Which inbox takes complaints?", {ADDRESS}),
        ("公司官网是什么？", {SITE}),
        ("寄信寄到哪个地址？邮箱也发我一个", {POSTAL, ADDRESS}),
        ("公司的通讯地址在哪里？", {POSTAL}),
        ("What is their postal address?", {POSTAL}),
        ("Give me the IR email, please", {ADDRESS}),
        ("邮箱地址是什么？", {ADDRESS}),
        ("How can someone report misconduct?", {NUMBER, ADDRESS}),
        ("How many seats does the centre have, and what is its hotline?", {NUMBER}),
        ("What mobile number can suppliers call?", {NUMBER}),
        ("What mobile apps does the company offer?", set()),
        ("公司的产品支持哪些手机？", set()),
        ("How many phones were sold?", set()),
        ("How many complaints came in by the hotline?", set()),
        ("What number of phone calls did the hotline get?", set()),
        ("热线接到多少次来电？", set()),
        ("热线有多少个坐席？", set()),
        ("热线有几个？", {NUMBER}),
        ("How does the e-mail system keep out spam?", set()),
    ],
)
def test_a_number_or_an_address_is_asked_for(question, asks):
    assert shown(question) == asks


@pytest.mark.parametrize(
    ("text", "bare"),
    [(NUMBER, True), (f"[{NUMBER}](tel:{NUMBER})", True), (f"请拨打 {NUMBER}", False)],
)
def test_a_bare_number_is_told_from_a_sentence(text, bare):
    assert is_bare(text) is bare


def test_what_a_way_is_asked_for_is_left_without_the_asking():
    assert without_reaching("绩效结果找谁申诉？").split() == ["绩效结果", "申诉？"]
    assert "contact" not in without_reaching("How can I contact the company?")


@pytest.mark.parametrize(
    ("question", "around", "fits"),
    [
        ("举报电话是多少？", "联系方式 董事会秘书 电话", False),
        ("举报电话是多少？", "合规举报 电话", True),
        ("How can I report misconduct?", "联系方式 电话", False),
        ("公司电话是多少？", "联系方式 电话", True),
    ],
)
def test_a_number_to_report_to_is_for_that(question, around, fits):
    assert is_for_it(question, [around]) is fits


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("举报电话\t13538555484 (长期有效)", True),
        ("举报邮箱\tlaw@example.com 1371146414@example.com", True),
        ("电话：0769-82618868；电子信箱：ir@example.com", True),
        ("公司开通电话、邮箱等举报通道", False),
        ("合规举报电话为 0717-6388110，由专人接听。", False),
    ],
)
def test_a_line_of_contacts_alone_tells_nothing_else(text, only):
    assert only_contacts(text) is only


def test_who_may_want_to_report_and_which_numbers_are_for_that():
    assert reports_something("收回扣向谁反映？")
    assert reports_something("Where do I write about kickbacks?")
    assert not reports_something("想反馈对报告的意见，寄到哪里？")
    assert takes_reports("举报电话 13538555484")
    assert not takes_reports("全国技术服务热线：4006900999")


REPORT = """# 示例股份有限公司 2023 年度报告

## 举报

举报电话：13800000001

举报邮箱：jubao@example.com

## 联系方式

投资者电话：0532-88880001

投资者传真：0532-88880002

投资者邮箱：ir@example.com
"""


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("投资者的电话和邮箱是多少？", ["ir@example.com", "88880001"]),
        ("投资者电话是多少？", ["88880001"]),
        ("传真是多少？", ["88880001", "88880002"]),
        ("举报电话和邮箱是多少？", ["jubao@", "13800000001", "88880001", "ir@"]),
    ],
)
def test_each_contact_that_is_asked_for_is_told(tmp_path, question, told):
    assistant = assistant_of(small_index(tmp_path, REPORT, "report.md"))
    index = assistant.index
    coverage = Coverage(question, assistant.retriever.bridge, index.keywords)
    alike = [Hit(e, index.passages[e.passage], 5.0, 0.0, 0.0) for e in index.entries if e.quote]
    pieces = contact_evidence(question, alike, coverage)
    quotes = [piece.quote for piece in pieces]
    assert len(quotes) == len(told)
    assert all(any(part in quote for quote in quotes) for part in told)


def test_an_address_and_a_number_come_before_more_of_either(tmp_path):
    assistant = assistant_of(small_index(tmp_path, REPORT, "report.md"))
    index, question = assistant.index, "举报电话和邮箱是多少？"
    coverage = Coverage(question, assistant.retriever.bridge, index.keywords)
    alike = [Hit(e, index.passages[e.passage], 5.0, 0.0, 0.0) for e in index.entries if e.quote]
    first, second, *_ = contact_evidence(question, alike, coverage)
    assert {"@" in first.quote, "@" in second.quote} == {True, False}
