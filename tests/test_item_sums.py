"""Sums of things that a question names one by one."""

import pytest
from fakes import assistant_of, small_index

TEXT = """2023 年度环境、社会及治理报告

第一章 治理

股东大会

报告期内，公司召开股东大会 5 次，审议议案 12 项。

董事会

报告期内，公司召开董事会会议 10 次，审议通过 47 项议案。

监事会

公司共召开监事会会议 9 次，审议议案 23 项。

第二章 公益

慈善捐款

公司在慈善日捐款 2 万元。

公司向兰州大学捐款 100 万元，用于助学。

公司向上市公司协会捐赠 10 万元。

标准制定

公司参与制定国家标准 14 项、地方标准 3 项、行业标准 6 项、团体标准 2 项。
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    return assistant_of(small_index(tmp_path_factory.mktemp("report"), TEXT)).ask


@pytest.mark.parametrize(
    ("question", "worked"),
    [
        ("2023年股东大会、董事会、监事会全算上，一共开了多少次会？", "5 + 10 + 9 = 24 次"),
        ("兰州大学那笔、慈善日那笔、上市公司协会那笔，加一块多少钱？", "100 + 2 + 10 = 112 万元"),
        ("几笔捐款（慈善日、兰州大学）合在一块，一共捐了多少钱？", "2 + 100 = 102 万元"),
        (
            "Adding up the gifts (to Lanzhou university, on charity day), how much was given?",
            "100 + 2 = 102 万元 (RMB 1.02 million)",
        ),
        (
            "How much was given in all: charity day, Lanzhou university and the association of"
            " listed companies?",
            "2 + 100 + 10 = 112 万元 (RMB 1.12 million)",
        ),
        ("给兰州大学、上市公司协会和慈善日的三笔捐款一共多少钱？", "慈善日：2 万元"),
        ("国家标准、地方标准和行业标准一共多少项？", "14 + 3 + 6 = 23 项"),
        ("参与的各类标准一共多少项？", "14 + 3 + 6 + 2 = 25 项"),
    ],
)
def test_each_thing_is_found_and_added(ask, question, worked):
    answer = ask(question)
    assert worked in answer.text
    assert answer.answered


@pytest.mark.parametrize(
    "question",
    [
        "兰州大学那笔、慈善日那笔、北京大学那笔，加一块多少钱？",
        "股东大会、董事会、职工大会全算上，一共开了多少次会？",
        "2022年股东大会、董事会、监事会全算上，一共开了多少次会？",
    ],
)
def test_nothing_is_added_up_where_one_thing_is_missing(ask, question):
    assert "=" not in ask(question).text
