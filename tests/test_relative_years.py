"""Years that a question names by counting from the report's, or from a year of its own."""

import pytest

from index.pieces import normalise
from rag.question import read_question
from rag.relative_years import with_years


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("Women in R&D, headcount at latest year end?", "Women in R&D, headcount in 2023?"),
        ("Revenue in the most recent fiscal year?", "Revenue in 2023?"),
        ("最近一年的女性员工有多少？", "2023年的女性员工有多少？"),
        ("How much did revenue grow over the previous year?", "grow from 2022 to 2023?"),
        ("How many more employees were there than a year before?", "there from 2022 to 2023?"),
        ("In 2022, how much did revenue change from the year before?", "change from 2021 to 2022?"),
        ("Total staff in the latest year and the year before?", "Total staff in 2023 and 2022?"),
        ("Total staff and in the previous year?", "Total staff in 2023 and 2022?"),
        ("员工总数比前一年多了多少？", "2023年员工总数比2022年多了多少？"),
        ("23年的员工比22年多了几个？", "2023年的员工比2022年多了几个？"),
        ("21到23年各有多少员工？", "2021年到2023年各有多少员工？"),
        ("21-23这三年各有多少？", "2021年-2023这三年各有多少？"),
        ("21、22、23这三年各有多少？", "2021年、2022年、2023这三年各有多少？"),
        ("22、23年各有多少？", "2022年、2023年各有多少？"),
        ("2022年的收入与上年相比如何？", "2022年的收入与2021年相比如何？"),
        ("Revenue in FY23 and FY 22?", "Revenue in 2023 and 2022?"),
        ("What was the profit in '23?", "What was the profit in 2023?"),
        ("22年的收入和23年的收入", "2022年的收入和2023年的收入"),
    ],
)
def test_the_year_is_named(question, named):
    assert with_years(question, "2023").endswith(named)
    assert read_question(question, (), "2023").understood[:-1].endswith(named[:-1])


@pytest.mark.parametrize(
    "question",
    [
        "What was revenue in 2021 and 2022, and in the previous year?",
        "How did they prepare for the year ahead?",
        "What are the latest products?",
        "公司最近有什么计划？",
        "员工的最新年龄结构如何？",
        "上市是在哪一年？",
        "近23年来公司捐了多少？",
        "20年的研发投入是多少？",
        "工龄22年的员工有多少？",
        "公司成立16年了吗？",
        "50到60年的老树有几棵？",
        "How many of its 23 offices are abroad?",
    ],
)
def test_other_words_stay_as_they_are(question):
    assert with_years(question, "2023") == question


def test_a_report_without_a_year_leaves_the_question_alone():
    assert with_years("Revenue in the latest year?", "") == "Revenue in the latest year?"


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("研发投入同比增长多少？", "2023年研发投入同比增长多少?"),
        ("研发投入增长了多少？", "2023年研发投入增长了多少?"),
        ("员工人数的增幅是多少？", "2023年员工人数的增幅是多少?"),
        ("2022年研发投入同比增长多少？", "2022年研发投入同比增长多少?"),
        ("近三年研发投入同比增长多少？", "近三年研发投入同比增长多少?"),
        ("员工人数怎么变化的？", "员工人数怎么变化的?"),
        ("How did profit change year on year?", "How did profit change year on year in 2023?"),
        ("How much did profit grow?", "How much did profit grow in 2023?"),
        (
            "By how much did staff numbers rise in 2022?",
            "By how much did staff numbers rise in 2022?",
        ),
        ("How did profit change over the years?", "How did profit change over the years?"),
    ],
)
def test_a_change_whose_year_is_not_named_is_that_of_the_report(question, named):
    assert with_years(normalise(question), "2023") == named
