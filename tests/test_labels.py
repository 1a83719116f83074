from decimal import Decimal

import pytest

from index.passage import FigureEntry
from index.table import Figure
from rag.labels import group, is_total, part_label, row_title, scale_of, whole_title


def cell(metric, by="", period="2023", section=("员工", "员工结构")):
    figure = Figure(metric, by, "", period, Decimal(1), "人", "1", 1, 2)
    return FigureEntry(figure, 0, section, "")


UNDER_A_LINE = cell("男性", "按性别划分的研发人员数量")
MERGED = cell("按性别划分 男性")
TOTAL = cell("员工总人数")


def test_groups_and_parts():
    assert group(UNDER_A_LINE) == "按性别划分的研发人员数量"
    assert group(MERGED) == "按性别划分"
    assert group(TOTAL) == ""
    assert part_label(MERGED, "zh") == part_label(UNDER_A_LINE, "zh") == "男性"
    assert part_label(MERGED, "en") == "male"
    assert part_label(cell("甲乙丙丁"), "en") == "甲乙丙丁"
    assert is_total(TOTAL)
    assert not is_total(MERGED)


def test_titles_of_rows():
    assert row_title(TOTAL, "zh") == "员工总人数"
    assert row_title(MERGED, "zh") == "员工结构，按性别划分，男性"
    assert row_title(MERGED, "en") == "“员工结构”, by gender, male"
    assert row_title(UNDER_A_LINE, "zh") == "按性别划分的研发人员数量，男性"
    assert row_title(cell("甲 乙", section=()), "en") == "“甲”, “乙”"


def test_titles_of_wholes():
    assert whole_title(MERGED, TOTAL, "zh") == "员工总人数，按性别划分，2023 年"
    assert whole_title(MERGED, None, "zh") == "员工结构，按性别划分，2023 年"
    assert whole_title(MERGED, TOTAL, "en") == "Total number of employees, by gender, 2023"
    total = cell("研发人员数量")
    assert whole_title(UNDER_A_LINE, total, "zh") == "按性别划分的研发人员数量，2023 年"
    assert whole_title(cell("校园招聘", period=""), cell("新进员工数"), "zh") == "新进员工数"


@pytest.mark.parametrize(
    ("unit", "scale", "words"),
    [
        ("万元", "0.01", "RMB million"),
        ("亿元", "100", "RMB million"),
        ("元", "1", "yuan"),
        ("人", "1", "people"),
        ("%", "1", "%"),
        ("", "1", ""),
        ("克拉丽", "1", "克拉丽"),
    ],
)
def test_units_in_english(unit, scale, words):
    assert scale_of(unit, "en") == (Decimal(scale), words)
    assert scale_of(unit, "zh") == (Decimal(1), unit)
