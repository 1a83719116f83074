"""Choosing evidence: numbered, verbatim, distinct, within the budget."""

from dataclasses import replace

import pytest
from fakes import assistant_of, evidence, small_index
from hypothesis import given
from hypothesis import strategies as st

from rag.contact_evidence import asks_for_more, contact_evidence
from rag.evidence import (
    CLEAR_PART,
    LIST_BUDGET,
    asks_list,
    choose_evidence,
    joined,
    question_parts,
    sentences_asked,
)
from rag.question import read_question
from rag.retrieve import Hit

QUESTIONS = ("研发投入是多少", "总部在哪里", "公司有哪些产品", "列出全部指标", "用水量和员工人数")


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    return assistant_of(small_index(tmp_path_factory.mktemp("report")))


@pytest.mark.parametrize("question", QUESTIONS)
def test_pieces_are_numbered_verbatim_and_distinct(assistant, question):
    hits = assistant.retriever.hits(question)
    chosen = choose_evidence(assistant.index, question, hits)
    assert [piece.number for piece in chosen] == list(range(1, len(chosen) + 1))
    assert chosen
    for piece in chosen:
        assert piece.quote
        assert piece.quote in piece.passage.text
        first, last = piece.passage.lines
        assert first <= piece.lines[0] <= piece.lines[1] <= last
    assert len({(piece.lines, piece.quote) for piece in chosen}) == len(chosen)
    assert sum(len(piece.words) for piece in chosen[:-1]) <= LIST_BUDGET


def test_the_best_hit_is_among_the_evidence(assistant):
    hits = assistant.retriever.hits("公司如何审核供应商")
    chosen = choose_evidence(assistant.index, "公司如何审核供应商", hits)
    best = next(hit for hit in hits if hit.entry.quote)
    assert best.entry.quote in [piece.quote for piece in chosen]


def test_without_hits_there_is_no_evidence(assistant):
    assert choose_evidence(assistant.index, "研发投入", []) == []


def test_every_part_of_a_question_gets_evidence(assistant):
    question = "公司如何审核供应商？公司为员工提供什么培训？"
    whole, *parts = assistant.retriever.hits_of([question, *question_parts(question)])
    quotes = " ".join(p.quote for p in choose_evidence(assistant.index, question, whole, parts))
    assert "供应商" in quotes
    assert "培训" in quotes


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("公司有多少名员工？", 0),
        ("How many people work for the company?", 0),
        ("公司有多少名员工？他们接受了多少培训？", 2),
        ("2023年研发投入比上年增加，主要原因是什么？", 0),
        ("研发投入是多少，为什么比上年增加？", 2),
        ("23年休产假的有几个，男的回去陪老婆坐月子的又有几个", 2),
        ("在2023年召开的几次会议上，公司审议通过的各项议案一共有多少项？", 0),
        ("How many people work for the company? What do they make there?", 2),
    ],
)
def test_a_question_is_cut_into_its_parts(question, parts):
    assert len(question_parts(question)) == parts


@given(st.text("公司有多少员工？，and what how many ;；?", max_size=80))
def test_parts_are_pieces_of_the_question(question):
    parts = question_parts(question)
    assert len(parts) != 1
    assert all(part in question for part in parts)


def test_a_contact_is_one_part_of_a_question():
    assert asks_for_more("How many seats does the centre have, and what is its hotline?")
    assert not asks_for_more("客服热线是多少？")
    assert not asks_for_more("供应商发现采购中有受贿行为，可以往哪些邮箱举报？")
    assert not asks_for_more("What is the hotline, and what is the e-mail address?")


def test_pieces_are_joined_once_each():
    one, two, three = evidence("甲。", "乙。", "丙。")
    merged = joined([two, one], [three, one])
    assert [(p.number, p.quote) for p in merged] == [(1, "乙。"), (2, "甲。"), (3, "丙。")]


TWO_NUMBERS = """澄江仪器股份有限公司 2023 年度报告

目录

第一章 治理	03
第二章 供应链	09

第一章 治理

举报渠道

公司开通举报通道，鼓励员工检举不当行为。

举报电话	13800000001
举报邮箱	1371146414@qq.com

第二章 供应链

举报受理渠道

供应商可以反映采购人员的违规行为。

[13800000002](tel:13800000002)

服务热线

售后服务覆盖全国。

4008000000
"""


FORM = """澄江仪器股份有限公司 2023 年度报告

第一章 治理

总经理致辞

总经理 王建国

读者反馈

您是否读过总经理致辞？

指标索引

内容	章节	GRI
报告前言	总经理致辞	2-22
"""


def test_what_a_report_asks_and_its_index_are_no_evidence(tmp_path):
    assistant = assistant_of(small_index(tmp_path, FORM))
    for question, kept in (("是否读过总经理致辞？", ""), ("总经理致辞对应哪个GRI指标？", "2-22")):
        pieces = choose_evidence(assistant.index, question, assistant.retriever.hits(question))
        quotes = " ".join(piece.quote for piece in pieces)
        assert "您是否" not in quotes
        assert ("2-22" in quotes) is bool(kept)


def contacts(assistant, question):
    coverage = assistant._coverage(read_question(question))
    return contact_evidence(question, assistant.retriever.hits(question), coverage)


APPEAL = TWO_NUMBERS.replace(
    "第二章 供应链\n\n举报",
    "第二章 供应链\n\n绩效考核\n\n对绩效结果有异议，可向委员会申诉。\n\n举报",
)


def test_addresses_that_are_for_something_else_are_not_shown(tmp_path):
    assistant = assistant_of(small_index(tmp_path, APPEAL))
    assert contacts(assistant, "对绩效结果有异议找谁申诉？") == []
    assert contacts(assistant, "怎么举报？")
    assert contacts(assistant, "怎么联系公司？")


def test_a_number_printed_differently_elsewhere_is_shown_too(tmp_path):
    question = "举报电话到底是哪个号码？"
    assistant = assistant_of(small_index(tmp_path, TWO_NUMBERS))
    found = contacts(assistant, question)
    quotes = " ".join(piece.quote for piece in found)
    assert "13800000001" in quotes
    assert "13800000002" in quotes
    assert "4008000000" not in quotes
    assert "@" not in quotes
    assert "13800000002" in assistant.ask(question).text


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("怎么举报违规行为？", True),
        ("对报告有意见找谁？", True),
        ("公司如何处理举报？", False),
        ("How can someone report misconduct?", True),
        ("Who should I contact?", True),
        ("How does the company report on its progress?", False),
    ],
)
def test_who_asks_for_a_way_gets_what_is_done_and_the_numbers(tmp_path, question, asks):
    assistant = assistant_of(small_index(tmp_path, TWO_NUMBERS))
    assert asks_for_more(question) is asks
    found = contacts(assistant, question)
    assert asks or not found
    if question.startswith("怎么"):
        text = assistant.ask(question).text
        assert "13800000001" in text
        assert "可以反映" in text


def test_running_text_is_no_list_of_what_is_asked_for(tmp_path):
    text = (
        "第一章 供应链\n\n供应商管理\n\n公司审核供应商。公司培训供应商。\n\n展望明年，坚守梦想。\n"
    )
    index = small_index(tmp_path, text)
    first, second = (e for e in index.entries if e.text.startswith("公司"))
    hits = [Hit(entry, index.passages[entry.passage], 5.0, 0.5, 1.0) for entry in (first, second)]
    quotes = [piece.quote for piece in choose_evidence(index, "供应商管理包括哪些？", hits)]
    assert quotes == ["公司审核供应商。", "公司培训供应商。"]


def test_each_sentence_that_asks_stands_alone():
    assert sentences_asked("有几位独立董事？另外女员工占多少？") == [
        "有几位独立董事？",
        "另外女员工占多少？",
    ]
    assert sentences_asked("发明专利占几成？请给出百分比") == ["发明专利占几成？"]
    assert sentences_asked("When was it founded, and by whom?") == [
        "When was it founded, and by whom?"
    ]


@pytest.mark.parametrize(
    ("question", "score", "given"),
    [
        ("公司如何审核供应商？2022年用水量是多少？", CLEAR_PART, True),
        ("公司如何审核供应商？2022年用水量是多少？", CLEAR_PART - 1, False),
        ("公司如何审核供应商，2022年用水量是多少？", CLEAR_PART, False),  # leans on the rest
    ],
)
def test_a_part_that_stands_alone_gets_what_the_whole_did_not_find(
    tmp_path, question, score, given
):
    index = small_index(tmp_path)
    retriever = assistant_of(index).retriever
    whole, *parts = retriever.hits_of([question, *question_parts(question)], 2)
    first = [hit for hit in whole if "用水" not in hit.entry.text]
    second = [replace(hit, score=score) for hit in parts[1]]
    found = choose_evidence(index, question, first, [parts[0], second])
    assert any("用水" in piece.words for piece in found) is given


def test_a_day_is_looked_for_among_what_is_near(tmp_path):
    text = "\n\n".join(
        [
            "关于我们",
            "公司于 2007 年成立，2022 年在证券交易所挂牌上市，股票代码 301330。",
            "公司治理",
            "公司股票在交易所交易，公司严格遵守证券交易所的上市规则，规范股票交易。",
            "公司股票上市之后，公司在证券交易所披露公告，公司股票交易正常。",
            "大事记",
            "8 月 17 日，公司于证券交易所挂牌上市。",
        ]
    )
    assistant = assistant_of(small_index(tmp_path, text))
    answer = assistant.ask("公司股票具体是哪一天在证券交易所上市的？")
    assert "8 月 17 日" in answer.text


@pytest.mark.parametrize(
    ("question", "listed"),
    [
        ("董事里有谁离任了？", True),
        ("谁走了、谁来了？", True),
        ("Name every hospital of the group.", True),
        ("谁是董事长？", False),
        ("Who is the chairman?", False),
    ],
)
def test_who_did_what_asks_for_a_list(question, listed):
    assert asks_list(question) is listed


def test_a_telephone_number_is_no_evidence_of_how_something_is_done(tmp_path):
    text = "年报\n\n举报\n\n举报电话：13538555484\n\n举报内容由专人记录，严格保密。\n"
    assistant = assistant_of(small_index(tmp_path, text))
    told = [c.quote for c in assistant.ask("公司如何对举报保密？").citations]
    assert told == ["举报内容由专人记录，严格保密。"]
    asked = assistant.ask("举报电话是多少？")
    assert "13538555484" in asked.text
