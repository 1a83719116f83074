"""Writing: sentences go out as they are verified; what fails is put right once."""

import pytest
from fakes import FakeLanguageModel, evidence

from rag.claim import Frame
from rag.llm import LanguageModelError
from rag.question import read_question
from rag.writing import Draft, write

PIECES = evidence("公司共有员工 1,924 人。", "公司净利润为 9,800 万元。")
ASKED = read_question("公司有多少名员工，净利润是多少？")


def written(*replies):
    writing = write(FakeLanguageModel(*replies), ASKED, PIECES, Frame("zh", "2023"))
    pieces = []
    while True:
        try:
            piece = next(writing)
        except StopIteration as end:
            return pieces, end.value
        if isinstance(piece, str):
            pieces.append(piece)


def test_a_draft_that_stands_is_not_asked_for_again():
    pieces, result = written("公司有 1,924 人[1]。净利润 9,800 万元[2]。", AssertionError("again"))
    assert "".join(pieces) == result.shown
    assert [claim.cited for claim in result.claims] == [(1,), (2,)]
    assert (result.refused, result.repaired, result.broken) == (False, 0, None)


def test_what_fails_is_replaced():
    _, result = written("公司有 5 人[1]。净利润 9,800 万元[2]。", "公司有 1,924 人[1]。")
    assert [claim.text for claim in result.claims] == ["净利润 9,800 万元。", "公司有 1,924 人。"]
    assert result.repaired == 1


@pytest.mark.parametrize(
    "repair", ["公司有 6 人[1]。", "报告未披露。", "", "净利润 9,800 万元[2]。"]
)
def test_a_repair_that_brings_nothing_leaves_the_failure_to_be_told(repair):
    _, result = written("公司有 5 人[1]。净利润 9,800 万元[2]。", repair)
    assert [bool(claim.failures) for claim in result.claims] == [False, True]
    assert result.repaired == 0


def test_a_draft_that_gives_up_is_not_repaired():
    _, result = written("报告未披露。", AssertionError("again"))
    assert result.refused


def test_an_error_in_the_draft_is_raised_and_one_in_the_repair_is_kept():
    error = LanguageModelError("down", "停")
    with pytest.raises(LanguageModelError):
        written(error)
    _, result = written("公司有 5 人[1]。", error)
    assert result.broken is error


def test_what_is_being_written_comes_as_a_draft_until_it_is_checked():
    steps = list(
        write(
            FakeLanguageModel("公司有 1,924 人[1]。净利润 5 元[2]。"),
            ASKED,
            PIECES,
            Frame("zh", "2023"),
        )
    )
    drafts = [step.text for step in steps if isinstance(step, Draft)]
    said = "".join(step for step in steps if isinstance(step, str))
    assert "净利润 5 元" in "".join(drafts)
    assert "5 元" not in said
    assert isinstance(steps[0], Draft)


def test_a_model_that_gives_up_shows_no_draft():
    steps = list(write(FakeLanguageModel("报告未披露。"), ASKED, PIECES, Frame("zh", "2023")))
    assert "报告未披露" not in [step.text for step in steps if isinstance(step, Draft)]
