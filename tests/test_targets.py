"""Targets: all rows of a table held against their targets."""

import pytest
from fakes import assistant_of, small_index

TEXT = """海岳食品股份有限公司 2023 年度报告

目录

第一章 质量	01

第一章 质量

海岳食品质量目标

考核内容	2023 年目标	2023 年目标达成情况	2024 年目标
来料检验合格率	99.00%	{incoming}	99.10%
返修率	2.00%	{repair}	1.70%
"""


def ask(folder, question, incoming="98.98%", repair="1.77%"):
    text = TEXT.format(incoming=incoming, repair=repair)
    return assistant_of(small_index(folder, text)).ask(question).text


@pytest.mark.parametrize(
    ("question", "incoming", "repair", "said"),
    [
        ("2023年质量目标都达成了吗？", "98.98%", "1.77%", "并非全部达成"),
        ("2023年质量目标都达成了吗？", "99.98%", "1.77%", "全部达成"),
        ("2023年哪些质量目标没有达成？", "98.98%", "2.77%", "均未达成"),
        ("Were all quality targets met in 2023?", "98.98%", "1.77%", "Not all targets were met"),
        ("Which quality targets were missed in 2023?", "98%", "3%", "None of the targets was met"),
        ("Were the quality targets met?", "99.98%", "1.77%", "All targets were met"),
    ],
)
def test_every_target_is_held_against_its_result(tmp_path, question, incoming, repair, said):
    text = ask(tmp_path, question, incoming, repair)
    assert text.startswith(said)
    assert all(words in text for words in (incoming, repair, "99.00%", "2.00%", "[1]", "[2]"))


@pytest.mark.parametrize(
    "question",
    [
        "2023年返修率目标达成了吗？",
        "返修率的各项目标都达成了吗？",
        "2024年的质量目标是什么？",
        "Were all recycling targets met?",
    ],
)
def test_one_target_and_those_of_something_else_are_not_all(tmp_path, question):
    assert not ask(tmp_path, question).startswith(
        ("并非", "全部", "均未", "Not all", "All", "None")
    )
