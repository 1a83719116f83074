import pytest
from fakes import assistant_of, small_index

from rag.conflicts import with_contradictions
from rag.question import read_question
from rag.rows import FigureAnswer, Table

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


PARTS = """澄江仪器股份有限公司 2023 年度报告

年度概览

年度成果

指标	单位	2023 年
安全培训开展次数	次	166
安全培训参与人次	人次	900

正文说明

安全

公司开展安全培训情况

指标	单位	2022 年		2023 年
		东厂	西厂	东厂	西厂
开展培训次数	次	12	4	12	4
参与人次	人次	300	200	500	400
"""


@pytest.mark.parametrize(
    ("question", "added"),
    [
        ("2023年安全培训开展次数是多少？", "12 + 4 = 16"),
        ("2023年安全培训参与人次是多少？", ""),
    ],
)
@pytest.mark.parametrize("whole_first", [True, False])
def test_parts_elsewhere_that_do_not_add_up_are_told(tmp_path, question, added, whole_first):
    assistant = assistant_of(small_index(tmp_path, PARTS))
    asked, table = read_question(question), Table(assistant.index)
    rows = [row for row in table.rows() if row.label[-2:] == asked.text[-6:-4]]
    row = rows[0] if whole_first else rows[1]
    stated = FigureAnswer("", (row.evidence(1),))
    told = with_contradictions(table, [row], stated, asked)
    assert bool(told.text) is bool(added)
    assert len(told.evidence) == 1 + bool(added)
    assert (added if whole_first else "166" if added else "") in told.text
