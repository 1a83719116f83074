"""Quoting: answers made of evidence as it stands."""

from dataclasses import replace

import pytest
from fakes import FakeLanguageModel, assistant_of, evidence, small_index

from index.bridge import Bridge
from index.keywords import KeywordIndex
from index.terms import tokens
from rag.claim import Claim
from rag.compose import best_quotes
from rag.coverage import Coverage
from rag.question import read_question
from rag.silence import Silence
from rag.writing import Draft, Written

PIECES = evidence("公司未发生安全事故。", "公司开展了 12 次演练。")
ENGLISH = read_question("How many accidents occurred in 2023, and how many drills were held?")
CHINESE = read_question("发生事故了吗？")


@pytest.fixture
def quoter(tmp_path):
    return assistant_of(small_index(tmp_path))._quoter


@pytest.mark.parametrize(("asked", "explained"), [(ENGLISH, True), (CHINESE, False)])
def test_an_english_answer_of_chinese_sentences_explains_their_terms(quoter, asked, explained):
    answer = quoter.quotes(asked, PIECES[:1])
    assert ("\n\nTerms: did not occur (“未发生”)" in answer.text) is explained
    assert answer.citations[0].quote == PIECES[0].quote


def test_quotes_go_out_as_they_are_translated(tmp_path):
    model = FakeLanguageModel("No safety accident occurred.", "The company held 12 drills.")
    assistant = assistant_of(small_index(tmp_path), model)
    steps = list(assistant._quoter.write(ENGLISH, PIECES))
    drafts = [step.text for step in steps if isinstance(step, Draft)]
    lines = [step for step in steps if isinstance(step, str)]
    assert "No safety accident occurred." in drafts
    assert drafts[-1] == "The company held 12 drills."
    assert lines[1] == "\n- The company held 12 drills. (“公司开展了 12 次演练。”) [2]"
    assert steps.index(lines[0]) < steps.index(Draft(drafts[-1]))
    answer = assistant._quoter.quotes(ENGLISH, PIECES, slow=True)
    assert answer.text.startswith("".join(lines))
    assert len(model.asked) == 2


def test_whoever_stops_ends_the_decoding_and_leaves_the_translator_free(tmp_path):
    model = FakeLanguageModel("No safety accident occurred.")
    quoter = assistant_of(small_index(tmp_path), model)._quoter
    writing = quoter.write(ENGLISH, PIECES)
    next(writing)
    writing.close()
    assert model.closed == 1
    assert quoter.is_told(ENGLISH, PIECES[0])  # asked again, and waits for nobody


def test_nothing_goes_out_where_the_first_has_no_translation(tmp_path):
    model = FakeLanguageModel("No accident in 99 years.", "The company held 12 drills.")
    steps = list(assistant_of(small_index(tmp_path), model)._quoter.write(ENGLISH, PIECES))
    assert all(isinstance(step, Draft) for step in steps)


def test_what_was_worked_out_stands_behind_the_quotes(quoter):
    text = quoter.quotes(CHINESE, PIECES, worked="合计：1 + 2 = 3 次 [2]。").text
    assert text.index("公司开展了") < text.index("合计：1 + 2 = 3 次 [2]。")


def test_a_refusal_offers_what_is_near(quoter):
    answer = quoter.refusal(ENGLISH, Silence("not-given"), PIECES)
    assert not answer.answered
    assert [c.quote for c in answer.citations] == [PIECES[0].quote]  # one of each section


def claim(text, cited, failures=()):
    return Claim(text, 0, cited, tuple(failures))


@pytest.mark.parametrize(
    ("claims", "repaired", "quoted"),
    [
        ([claim("None occurred.", (1,)), claim("9 drills.", (2,), (("figures", "9"),))], 0, True),
        ([claim("None occurred.", (1,))], 1, True),
        ([claim("None occurred.", (1,))], 0, True),  # nothing failed, and the drills are left out
        ([claim("None occurred in 12 drills.", (1, 2))], 0, False),
        ([claim("9 drills.", (2,), (("figures", "9"),))], 0, False),  # nothing was kept
    ],
)
def test_what_a_draft_leaves_out_of_several_parts_is_quoted(quoter, claims, repaired, quoted):
    written = Written(tuple(claims), "", refused=False, repaired=repaired)
    words = [tokens(piece.words) for piece in PIECES]
    bridge = Bridge(token for each in words for token in each)
    coverage = Coverage(ENGLISH.text, bridge, KeywordIndex.from_tokens(words))
    rest = quoter.rest(ENGLISH, written, PIECES, coverage)
    assert ("公司开展了 12 次演练" in rest) is quoted
    assert quoter.rest(CHINESE, written, PIECES, coverage) == ""  # of one part


def test_a_count_that_is_asked_for_and_not_given_is_quoted(quoter):
    asked = replace(ENGLISH, text="What do the drills teach people, and how many were held?")
    coverage = Coverage("", Bridge([]), KeywordIndex.from_tokens([["a"]]))
    for said, is_quoted in (("They train people.", True), ("They train, 12 times.", False)):
        written = Written((claim(said, (2,)),), "", refused=False, repaired=0)
        rest = quoter.rest(asked, written, PIECES, coverage)
        assert ("12 次演练" in rest) is is_quoted


def test_translations_are_for_readers_of_english(quoter):
    assert set(quoter.translations(ENGLISH, PIECES)) == {1, 2}
    assert quoter.translations(CHINESE, PIECES) == {}


LISTED = """澄江仪器股份有限公司 2023 年度报告

公司简介

澄江仪器成立于 2007 年，2022 年在深圳证券交易所挂牌上市，股票代码 300001。

公司在上交所没有挂牌。

发展历程

2022 年 8 月 17 日，公司在深圳证券交易所上市。
"""


@pytest.mark.parametrize(
    ("question", "to_the_day"),
    [
        ("公司具体是哪天在深圳证券交易所挂牌上市的？", True),
        ("公司在哪里挂牌上市？", False),
        ("公司具体哪些事上市了？", False),
    ],
)
def test_who_asks_for_the_day_is_not_given_the_year_alone(tmp_path, question, to_the_day):
    text = assistant_of(small_index(tmp_path, LISTED)).ask(question).text
    assert ("8 月 17 日" in text) is to_the_day


def test_a_question_of_several_parts_gets_what_goes_on_from_the_best():
    told = "2023 年 5 月 8 日，公司向医院捐助。", "公司对其捐赠椅子。", "公司成立于 1998 年。"
    pieces = evidence(*told)
    same = replace(pieces[1], passage=pieces[0].passage, score=pieces[0].score - 0.6)
    coverage = Coverage("", Bridge([]), KeywordIndex.from_tokens([["a"]]))
    for question, quoted in (("哪天捐助医院的，都送了什么东西？", 2), ("哪天捐助医院的？", 1)):
        found = best_quotes([pieces[0], same, pieces[2]], coverage, question)
        assert len(found) == quoted
