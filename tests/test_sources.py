"""The pieces that carry a claim: as few as carry it."""

import pytest
from fakes import evidence

from rag.amounts import find_amounts
from rag.sources import choose_sources, holds, wrong_codes, wrong_levels

PIECES = evidence(
    "公司共有员工 1,924 人，其中女性 892 人。",
    "2023 年公司开展培训 128 场。",
    "公司未发生安全事故，内校周期为半年。",
    "技能认定：二级 27 人。",
)


@pytest.mark.parametrize(
    ("text", "marks", "numbers"),
    [
        ("公司有员工 1,924 人，女性 892 人", [1, 2, 3], [1]),
        ("公司有员工 1,924 人，培训 128 场", [], [1, 2]),
        ("公司未发生安全事故", [1, 2], [3]),
        ("公司开展培训", [2], [2]),
        ("女性 892 人", [99], [1]),
    ],
)
def test_what_adds_nothing_is_not_cited(text, marks, numbers):
    assert choose_sources(text, marks, PIECES, None) == numbers


def test_without_evidence_nothing_is_cited():
    assert choose_sources("公司有员工", [1], [], None) == []


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("1,924 people", True), ("1,925 people", False), ("0 accidents", True),
        ("six months", True), ("three months", False),
    ],
)  # fmt: skip
def test_a_figure_stands_in_other_words_too(text, stands):
    (amount,) = find_amounts(text)
    assert holds(PIECES, amount) is stands


def test_a_level_is_a_name():
    assert wrong_levels("27 people at level 2", PIECES) == []
    assert wrong_levels("27 people at level 3", PIECES) == ["3"]


def test_a_title_is_cited_where_it_stands():
    pieces = evidence(
        "2018 年获“省级示范企业”称号。", "公司荣获“国家优势企业”称号。", "2018 年业绩增长。"
    )
    claim = "获得“省级示范企业”和“国家优势企业”称号"
    assert choose_sources(claim, [3], pieces, None) == [1, 2]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("It held the 7th meeting of the 3rd board", []),
        ("It held the 9th meeting", ["9th"]),
        ("召开第三届董事会第9次会议", ["第9"]),
        ("on 5th May 2023", []),
        ("Part 7 of 7", []),
    ],
)
def test_a_place_in_an_order_is_the_source_s(text, wrong):
    assert wrong_levels(text, evidence("召开第三届董事会第七次会议。")) == wrong


def test_a_standard_is_one_that_is_named():
    given = ["通过 ISO 14001: 2015 与 GB/T9001-2016 认证"]
    assert wrong_codes("It holds ISO 14001 and GB/T 9001", given) == []
    assert wrong_codes("It holds ISO 27001", given) == ["ISO 27001"]
    given = ["标准号 T/ABC 1264 —2023"]
    assert wrong_codes("It drafted T/ABC 1264-2023", given) == []
    assert wrong_codes("It drafted T/ABC 1264-20", given) == ["T/ABC 1264-20"]  # cut off
