"""The glossary: well formed, and the same there and back."""

import pytest

from index.glossary import GLOSSARY, glossary, synonyms, to_chinese, to_english
from index.pieces import normalise
from index.terms import tokens


def test_glossary_file_is_well_formed() -> None:
    lines = GLOSSARY.read_text(encoding="utf-8").split("\n")
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    assert all(len(row) == 2 for row in rows)
    assert len(rows) == len({chinese for chinese, _ in rows}) == len(glossary()) >= 650
    for chinese, english in rows:
        forms = english.split("; ")
        assert chinese
        assert chinese == normalise(chinese).strip()
        assert english == "; ".join(form.strip() for form in forms)
        assert all(forms)
        assert len(set(forms)) == len(forms), chinese
        assert tokens(chinese), chinese


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("研发投入", "R&D investment"),
        ("研发投入金额", "R&D investment amount"),
        ("員工流失率", "employee turnover rate"),
        ("研发投入金额（万元）", "R&D investment amount (10,000 yuan)"),
        ("ISO认证", "ISO certification"),
        ("蝙蝠数量", None),
        ("ISO 27001", None),
        ("", None),
    ],
)
def test_to_english(chinese: str, english: str | None) -> None:
    assert to_english(chinese) == english


def test_every_glossary_term_translates_there_and_back() -> None:
    lost = [
        chinese
        for chinese, forms in glossary().items()
        if to_english(chinese) != forms[0]
        or chinese not in to_chinese(forms[0]) + [c for form in forms for c in to_chinese(form)]
    ]
    assert lost == []


def test_to_chinese_tolerates_inflection() -> None:
    assert to_chinese("Cash dividend") == to_chinese("cash dividends")
    assert to_chinese("maternity leave") == ["产假"]
    assert to_chinese("wheelchair") == []


def test_synonyms_share_their_best_english_form() -> None:
    assert "流失率" in synonyms("离职率")
    assert synonyms("年报") == ("年度报告",)
    assert synonyms("没有这个词") == ()


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("due diligence", "尽职调查"),
        ("going concern", "持续经营"),
        ("net-zero emissions", "净零排放"),
        ("lost time injury frequency rate", "损失工时事故率"),
        ("report bribery", "举报"),
        ("non-controlling interests", "少数股东权益"),
    ],
)
def test_terms_of_the_standards(english: str, chinese: str) -> None:
    assert chinese in to_chinese(english)
