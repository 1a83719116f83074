"""What a question about figures asks for: clear cases in both languages."""

import pytest

from rag import asked


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2023年", ["2023"]),
        ("2021年至2023年", ["2021", "2022", "2023"]),
        ("between 2021 and 2023", ["2021", "2022", "2023"]),
        ("from 2021 to 2023", ["2021", "2022", "2023"]),
        ("2021和2023年", ["2021", "2023"]),
        ("120230 元", []),
        ("", []),
    ],
)
def test_the_years_of_a_question(text, years):
    assert asked.years(text) == years


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("公司有多少名员工？", {"figure"}),
        ("How many employees are there?", {"figure"}),
        ("用水量同比减少了多少？", {"figure", "change"}),
        ("How much did revenue grow?", {"figure", "change"}),
        ("女性员工占员工总数的比例是多少？", {"figure", "share"}),
        ("What share of the staff are women?", {"figure", "share"}),
        ("近三年用水量的趋势？", {"figure", "trend"}),
        ("公司如何审核供应商？", set()),
        ("Why are suppliers audited?", set()),
        ("", set()),
    ],
)
def test_the_kind_of_a_question(question, kinds):
    tests = (asked.figure, asked.change, asked.share, asked.trend)
    assert {test.__name__ for test in tests if test(question)} == kinds
