import pytest
from fakes import assistant_of, small_index

TEXT = """澄江仪器股份有限公司 2023 年度报告

年度概览

年度成果

指标	单位	2023 年
员工总数	人	1,000
研发投入	亿元	0.61
安全培训次数	次	8

正文说明

员工

指标	单位	2022 年	2023 年
员工总人数	人	900	1,020
研发投入金额	万元	5,000.00	6,050.00
安全培训次数	次	7	8
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    return assistant_of(small_index(tmp_path_factory.mktemp("report"), TEXT))


@pytest.mark.parametrize(
    ("question", "words"),
    [("2023年员工总数是多少？", "不同"), ("How many employees were there in 2023?", "another")],
)
def test_two_places_that_differ_are_both_told(assistant, question, words):
    answer = assistant.ask(question)
    assert {"1,000", "1,020"} <= set(answer.text.replace("：", " ").split())
    assert words in answer.text
    assert len({citation.passage.id for citation in answer.citations}) == 2


@pytest.mark.parametrize("question", ["2023年研发投入是多少？", "2023年安全培训多少次？"])
def test_what_is_only_rounded_or_said_twice_is_no_contradiction(assistant, question):
    answer = assistant.ask(question)
    assert answer.answered
    assert "不同" not in answer.text
