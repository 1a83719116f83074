"""Composing: the marks of the text and the citations are the same numbers, in order."""

import re
from dataclasses import replace

import pytest
from fakes import evidence
from hypothesis import given
from hypothesis import strategies as st

from rag.answer import Check
from rag.claim import Claim, Frame
from rag.compose import (
    best_quotes,
    compose,
    draft_checks,
    extract,
    from_claims,
    refuse,
    verified_text,
)
from rag.question import Question, read_question
from rag.scope import Silence
from rag.verify import check_claims

PIECES = evidence("公司共有员工 1,924 人。", "研发投入 2,702.80 万元。", "总部位于青岛市。")
ZH = read_question("公司有多少名员工？")
EN = Question("How many employees?", "How many employees?", "en")


def marks(text):
    return [int(number) for number in re.findall(r"\[(\d+)\]", text)]


@given(st.lists(st.sampled_from(["甲", "。", "[1]", "[2]", "[3]", "[4]", "[99]"]), max_size=20))
def test_marks_and_citations_are_the_same_numbers(parts):
    answer = compose(ZH, "".join(parts), PIECES, answered=True)
    numbers = [citation.number for citation in answer.citations]
    assert numbers == list(dict.fromkeys(marks(answer.text)))
    assert numbers == list(range(1, len(numbers) + 1))


def test_renumbered_marks_keep_their_evidence():
    answer = compose(ZH, "青岛[3]，1,924 人[1]，青岛[3]。", PIECES, answered=True)
    assert answer.text == "青岛[1]，1,924 人[2]，青岛[1]。"
    assert [c.quote for c in answer.citations] == [PIECES[2].quote, PIECES[0].quote]
    assert [c.passage for c in answer.citations] == [PIECES[2].passage, PIECES[0].passage]


def test_the_answer_carries_question_and_language():
    answer = compose(EN, "1,924 [1].", PIECES, answered=True)
    assert (answer.language, answer.question) == ("en", "How many employees?")


def test_a_quote_that_is_not_verbatim_fails_its_check():
    (wrong,) = evidence("公司共有员工 1,924 人。")
    wrong = type(wrong)(
        1, wrong.passage, "", "", "公司共有员工 2,924 人。", "sentence", (1, 1), 1.0
    )
    (check,) = [c for c in compose(ZH, "[1]", [wrong], answered=True).checks if c.name == "quotes"]
    assert not check.passed
    (check,) = [c for c in compose(ZH, "[1]", PIECES, answered=True).checks if c.name == "quotes"]
    assert check.passed


@pytest.mark.parametrize("asked", [ZH, EN])
def test_an_extract_quotes_the_evidence_and_cites_each_quote(asked):
    failed = Check("model", passed=False, detail="down")
    answer = extract(asked, PIECES, failed)
    assert answer.answered
    assert marks(answer.text) == [1, 2, 3]
    for piece in PIECES:
        assert piece.quote.rstrip("。") in re.sub(r" \([^)]*\)", "", answer.text)
    assert failed in answer.checks


@pytest.mark.parametrize("reason", ["off-topic", "not-given", "other-year", "other-company"])
@pytest.mark.parametrize("asked", [ZH, EN])
def test_a_refusal_is_in_the_language_of_the_question(reason, asked):
    answer = refuse(asked, Silence(reason, "2019"), PIECES)
    assert not answer.answered
    said = re.sub("“[^”]*”", "", answer.text)
    assert (re.search("[一-鿿]", said) is not None) is (asked.language == "zh")
    assert bool(answer.citations) is (reason != "off-topic")


def test_claims_that_fail_are_left_out_and_told():
    claims = check_claims(
        "公司有员工 1,924 人[1]。研发投入 9 亿元[2]。", PIECES, Frame("zh", "2023")
    )
    answer = from_claims(ZH, claims, PIECES, draft_checks(claims, "zh"))
    assert "1,924" in answer.text
    assert "9 亿元" not in answer.text
    (check,) = [check for check in answer.checks if check.name == "draft"]
    assert not check.passed
    assert "9 亿元" in check.detail


def test_without_a_claim_that_stands_there_is_no_answer():
    claims = check_claims("研发投入 9 亿元[2]。", PIECES, Frame("zh", "2023"))
    assert from_claims(ZH, claims, PIECES) is None


def test_the_lines_of_a_draft_are_kept():
    draft = "- 公司有员工 1,924 人[1]\n- 总部位于青岛市[3]"
    text = verified_text(check_claims(draft, PIECES, Frame("zh", "2023")), "zh")
    assert text.splitlines() == ["- 公司有员工 1,924 人 [1]", "- 总部位于青岛市 [3]"]


def test_a_list_of_three_is_quoted_whole():
    class Nothing:
        """A question of which nothing is covered."""

        terms = ("甲", "乙")

        def covered(self, _):
            return frozenset()

        def weight(self, _):
            return 0.0

    rows = [replace(piece, score=3.0, kind="row") for piece in PIECES]
    assert best_quotes(rows, Nothing(), "三项目标") == rows
    assert best_quotes(rows[:2], Nothing(), "两项内容") == rows[:1]


@pytest.mark.parametrize(("share", "expected"), [(0.2, [1, 2]), (0.8, [1])])
def test_what_is_about_as_near_is_quoted_where_the_words_do_not_decide(share, expected):
    from rag.compose import with_near

    class Covered:
        """A question of which a share is covered."""

        def covered(self, _):
            return frozenset()

        def weight(self, _):
            return share

    found = with_near(PIECES[:1], PIECES, Covered())
    assert [piece.number for piece in found] == expected


class Named:
    """A question of which any piece covers the same."""

    def __init__(self, *terms):
        self.terms = terms

    def covered(self, _):
        return frozenset({"子公司"})

    def weight(self, tokens):
        return float(bool(tokens))


@pytest.mark.parametrize(
    ("question", "expected"), [("设立了多少家子公司？", [1, 2]), ("子公司在哪里？", [1])]
)
def test_of_two_figures_as_near_both_are_quoted(question, expected):
    pieces = evidence("报告期内成立 7 家子公司。", "境外共设立 47 家子公司。", "子公司分布各地。")
    pieces = [replace(p, score=s) for p, s in zip(pieces, (7.7, 7.5, 7.4), strict=True)]
    found = best_quotes(pieces, Named("设立", "子公司"), question)
    assert [piece.number for piece in found] == expected


@pytest.mark.parametrize(("terms", "expected"), [(["捐赠"], [1, 3]), (["捐赠", "慈善"], [1])])
def test_a_question_of_one_word_is_of_all_that_the_report_has_of_it(terms, expected):
    pieces = evidence("慈善日捐款：2 万元", "📄 慈善日捐款：2 万元", "大学捐赠：100 万元")
    pieces = [replace(p, score=s) for p, s in zip(pieces, (7.4, 7.3, 6.8), strict=True)]
    found = best_quotes(pieces, Named(*terms), "捐了多少钱？")
    assert [piece.number for piece in found] == expected  # what is said twice is quoted once


def test_a_note_ends_an_extract():
    assert extract(ZH, PIECES, note="（注：表头印作“2022”。）").text.endswith(
        "\n\n（注：表头印作“2022”。）"
    )


def test_a_full_stop_of_a_name_stays_with_it():
    (piece,) = evidence("合资方是 DMM PTE.LTD.。")
    claims = check_claims("合资方是 DMM PTE.LTD.[1]。", [piece], Frame("zh", "2023"))
    assert verified_text(claims, "zh") == "合资方是 DMM PTE.LTD. [1]。"


@pytest.mark.parametrize("text", ["The two are:", "The two are:.", "两项如下：。"])
def test_a_draft_that_only_leads_to_a_list_is_no_answer(text):
    lead = Claim(text, 0, (), ())
    assert from_claims(EN, [lead], PIECES) is None
    told = Claim("1,924 people", 1, (1,), ())
    assert from_claims(EN, [lead, told], PIECES) is not None


def test_what_is_computed_is_counted_by_its_results():
    pieces = evidence("研发投入：2022 年 18,798.38 万元；2023 年 21,361.34 万元")
    text = (
        "研发投入：2022 年 18,798.38 万元；2023 年 21,361.34 万元 [1]。21,361.34 − 18,798.38 = "
        "+2,562.96 万元；(21,361.34 − 18,798.38) ÷ 18,798.38 = +13.63%。"
    )
    answer = compose(read_question("研发投入变化了多少？"), text, pieces, answered=True)
    told = next(check.detail for check in answer.checks if check.name == "figures")
    assert told == "2 个数字已与报告核对，另有 2 个由其算出。"
