"""Silence: each reason has its own words in both languages."""

import re

import pytest
from fakes import evidence

from rag.silence import REASONS, Silence, say_silence, unless_worked_out


@pytest.mark.parametrize("reason", REASONS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_refusal_is_worded_in_the_language_and_names_what_is_missing(reason, language):
    said = say_silence(Silence(reason, "2019"), [], language)
    assert bool(re.search("[一-鿿]", said)) is (language == "zh")
    assert ("2019" in said) is (
        reason.startswith("other") or reason in ("comparison", "unknown-name")
    )
    assert "{" not in said


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_two_reasons_sound_alike(language):
    assert len({say_silence(Silence(r), [], language) for r in REASONS}) == len(REASONS)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_refusal_offers_what_is_near(language):
    pieces = evidence("甲。", "乙。", title="第一章 › 经营情况")
    said = say_silence(Silence("not-given"), pieces, language)
    assert said.count("“经营情况”") == 2
    assert re.findall(r"\[\d\]", said) == ["[1]", "[2]"]
    assert "[1]" not in say_silence(Silence("greeting"), pieces, language)


def test_readers_of_english_are_told_what_a_heading_means():
    (piece,) = evidence("甲。", title="环境 › 废水管理")
    assert "“废水管理” (wastewater management) [1]" in say_silence(
        Silence("no-figure"), [piece], "en"
    )
    assert "wastewater" not in say_silence(Silence("no-figure"), [piece], "zh")
    (piece,) = evidence("甲。", title="环境 › 熵熵")
    assert "under: “熵熵” [1]" in say_silence(Silence("no-figure"), [piece], "en")


def test_the_number_of_a_heading_is_not_translated():
    (piece,) = evidence("甲。", title="第三节 经营 › （三）员工权益")
    assert "“（三）员工权益” (employee rights)" in say_silence(Silence("not-given"), [piece], "en")


def test_a_passage_without_a_heading_is_named_by_its_report():
    (piece,) = evidence("正文。", title="")
    assert f"“{piece.passage.report}” [1]" in say_silence(Silence("not-given"), [piece], "zh")


@pytest.mark.parametrize(
    ("reason", "worked_out", "left"),
    [("no-figure", True, False), ("no-figure", False, True), ("not-given", True, True)],
)
def test_a_figure_that_is_worked_out_is_not_missing(reason, worked_out, left):
    silence = Silence(reason)
    assert (unless_worked_out(silence, worked_out=worked_out) is silence) is left
