"""Translations of evidence are checked figure by figure."""

import pytest
from fakes import FakeLanguageModel, evidence

from rag.llm import LanguageModelError
from rag.translate import translate

PIECES = evidence("2023 年，青牧乳业研发投入为 2,100 万元。", "公司共有员工 1,924 人。")


def test_a_faithful_translation_is_kept():
    said = "In 2023, Qingmu Dairy invested RMB 21 million in R&D."
    assert translate(FakeLanguageModel(f"Translation: {said}"), PIECES[:1], "2023") == {1: said}


@pytest.mark.parametrize(
    "said",
    [
        "In 2023, the company invested RMB 210 million in R&D.",
        "In 2022, the company invested RMB 21 million in R&D.",
        "2023 年，研发投入为 2,100 万元。",
        "",
    ],
)
def test_a_translation_that_fails_a_check_is_left_out(said):
    model = FakeLanguageModel(said, "The company has 1,924 employees.")
    assert translate(model, PIECES, "2023") == {2: "The company has 1,924 employees."}


def test_the_model_is_given_converted_amounts_and_the_company_s_own_name():
    model = FakeLanguageModel("Qingmu invested RMB 21 million.")
    translate(model, PIECES[:1], "2023", ["青牧乳业", "Qingmu"])
    prompt = model.asked[0][-1][1]
    assert "RMB 21 million" in prompt
    assert "Qingmu" in prompt
    assert "万元" not in prompt


def test_a_model_that_is_down_is_told():
    with pytest.raises(LanguageModelError):
        translate(FakeLanguageModel(LanguageModelError("down", "停")), PIECES, "2023")
