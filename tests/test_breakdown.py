"""Groups of rows and sums worked out from rows, on a small table of another company."""

import re

import pytest
from fakes import assistant_of, small_index

from rag.coverage import Coverage
from rag.figures import answer_from_figures
from rag.question import read_question

TEXT = """澄江仪器股份有限公司 2023 年度报告

目录

第一章 经营情况	03
第二章 员工	09

第一章 经营情况

经营业绩

指标	单位	2022 年	2023 年
营业收入	亿元	10.00	12.50
归属于上市公司股东的净利润	万元	9,000.00	10,000.00
研发投入	万元	5,000.00	6,050.00
派发现金股利	万元	2,700.00	3,000.00

质量目标

指标	2023 年目标	2023 年目标达成情况	2024 年目标
成品检验合格率	99.50%	99.20%	99.60%
客户投诉率	0.50%	0.30%	0.40%

第二章 员工

员工构成

指标		单位	2022 年	2023 年
员工总数		人	900	1,000
按性别划分	男性	人	520	560
	女性	人	380	440
按年龄划分	30岁以下	人	280	310
	30岁及以上	人	620	690
按学历划分	硕士及以上	人	60	90
	本科	人	440	500
	大专及以下	人	400	410

技能认定

类别	级别	单位	人数
装接工认定人数	五级	人	67
	四级	人	34
	三级	人	12

安全培训

指标	单位	2023 年
安全培训次数	次	8
安全培训时长	小时	36
"""


@pytest.fixture(scope="module")
def answer(tmp_path_factory):
    assistant = assistant_of(small_index(tmp_path_factory.mktemp("report"), TEXT))
    index, retriever = assistant.index, assistant.retriever

    def ask(question):
        asked = read_question(question)
        coverage = Coverage(asked.text, retriever.bridge, index.keywords, index.manifest.names)
        return answer_from_figures(index, asked, retriever.hits(asked.text), coverage)

    return ask


@pytest.mark.parametrize(
    ("question", "stated"),
    [
        ("2023年员工的性别构成是怎样的？", ["560", "440"]),
        ("What is the gender breakdown of employees in 2022?", ["520", "380"]),
        ("2023年员工的学历构成占比是多少？", ["9.00%", "50.00%", "41.00%"]),
        ("2023年哪种学历的员工最多？", ["500", "本科"]),
        ("Which education level had the fewest employees in 2022?", ["60"]),
        ("2023年本科及以上学历的员工有多少人？", ["500 + 90 = 590|90 + 500 = 590"]),
        ("How many employees had a bachelor's degree or higher in 2023?", ["= 590"]),
        ("2023年男性员工比女性员工多多少人？", ["560 − 440 = 120"]),
        ("What is the ratio of male to female employees in 2023?", ["1.27"]),
        ("What number and share of the employees are under 30?", ["310 ÷ 1,000 = 31.00%"]),
        ("30岁以下的员工有多少，占员工总数的比例是多少？", ["310 ÷ 1,000 = 31.00%"]),
        ("2023年哪种学历的员工增加最多？", ["增加最多的是本科", "500 − 440 = +60 人"]),
        ("2023年哪种学历的员工减少最多？", ["没有一类减少"]),
        (
            "Which education level grew the most from 2022 to 2023?",
            ["largest increase is bachelor"],
        ),
        ("Which education level lost the most people from 2022 to 2023?", ["None of the classes"]),
        ("How much did R&D investment increase from 2022 to 2023, in percent?", ["+21.00%"]),
        (
            "What share of net profit was paid out as dividends in 2023?",
            [" 3,000.00 万元 ÷ .* = 30.00%"],
        ),
        ("员工总数和2022年相比有变化吗？", ["1,000 − 900 = +100"]),
        ("2023年现金分红占净利润多少？", ["。3,000.00 万元 ÷ .* = 30.00%"]),
        ("2023年的净利率是多少？", ["= 8.00%"]),
        ("2023年净利润占营业收入多少？", ["= 8.00%"]),
        ("What was net profit as a percentage of revenue in 2023?", ["= 8.00%"]),
        ("What was the net margin in 2022?", ["= 9.00%"]),
        ("按年报粗算，2023年的净利率（净利润除以收入）是多少？", ["= 8.00%"]),
        (
            "Taking what was booked in 2023, ballpark, what was the group's overall net margin?",
            ["= 8.00%"],
        ),
        ("What is the revenue per employee?", ["RMB 1,250,000"]),
        ("人均营业收入是多少？", ["125.00 万元"]),
        ("2023年女性员工占员工总数的比例是多少？", ["440 ÷ 1,000 = 44.00%"]),
        ("2023年成品检验合格率达标了吗？", ["99.20%", "99.50%", "未达成"]),
        ("Did the customer complaint rate meet its target in 2023?", ["0.30%", "was met"]),
        ("研发投入2022到2023年的年均复合增长率是多少？", ["21.00%"]),
        ("研发投入两年的平均是多少？", []),
        ("安全培训平均每次多少小时？", ["36 ÷ 8 = 4.5"]),
        ("装接工认定人数，哪个级别最多？", ["五级：67 人"]),
        ("装接工认定人数，最高级别的有多少人？", ["五级：67 人", "三级：12 人"]),
        ("装接工认定人数，五级、四级、三级加起来一共是多少？", ["67 + 34 + 12 = 113"]),
        ("装接工认定人数各级别有多少？", ["五级：67 人", "三级：12 人"]),
        ("By how many did men outnumber women in 2023?", ["560 − 440 = 120"]),
        ("How many more men than women were employed in 2023?", ["560 − 440 = 120"]),
        ("员工总数是多少？比2022年多几人？", ["1,000 − 900 = +100"]),
    ],
)
def test_what_a_group_or_a_sum_answers(answer, question, stated):
    found = answer(question)
    assert found is not None
    assert found.answered
    for part in stated:
        assert re.search(part.replace("+", "\\+"), found.text), found.text
    marks = {int(number) for number in re.findall(r"\[(\d+)\]", found.text)}
    assert marks == {piece.number for piece in found.evidence}


def test_which_end_of_its_levels_is_up_no_table_says(answer):
    assert "最高" in answer("装接工认定人数，哪个级别最多？").text
    assert "最高" not in answer("装接工认定人数，最高级别的有多少人？").text


def test_a_share_of_revenue_is_not_the_revenue(tmp_path):
    text = (
        "澄江仪器股份有限公司 2023 年度报告\n\n研发\n\n公司重视研发。\n\n"
        "指标\t单位\t2022 年\t2023 年\n"
        "研发投入金额\t万元\t18,798.38\t21,361.34\n"
        "研发投入占营业收入比例\t%\t9.80\t10.84\n"
    )
    ask = assistant_of(small_index(tmp_path, text)).ask
    assert "：10.84% [1]" in ask("2023年研发投入占营业收入多少？").text
    assert "percentage points" not in ask("How did revenue change from 2022 to 2023?").text
    assert (
        "percentage points"
        in ask("How did R&D investment as a share of revenue change from 2022 to 2023?").text
    )


@pytest.mark.parametrize(
    "question",
    [
        "2023年员工的民族构成是怎样的？",  # the table does not divide by it
        "海豚公司2023年的净利率是多少？",  # another company
        "安全培训2023年的净利率是多少？",  # the report speaks of it, and of no margin
        "泰国子公司的净利率是多少？",  # the report has no such part
        "What was the net margin of the Chilean unit in 2023?",
        "For Chile, what was the net margin in 2023?",
        "毛利率是多少？",  # no figure to work it out from
        "What is the debt-to-asset ratio?",
        "2019年员工的性别构成是怎样的？",
        "博士及以上学历的员工有多少人？",  # the table has no such class
    ],
)
def test_what_the_tables_do_not_give_is_not_worked_out(answer, question):
    found = answer(question)
    assert found is None or not found.answered


NEWEST_FIRST = """临江银行股份有限公司 2023 年度报告

经营业绩

指标	单位	2023 年	2022 年
净利润	百万元	4,218	3,870
存款余额	百万元	11，700	10，400
"""


@pytest.mark.parametrize(
    ("question", "worked"),
    [
        ("净利润2023年比2022年变化了多少？", "4,218 − 3,870 = +348"),
        ("What was the change in net profit from 2022 to 2023?", "4,218 − 3,870 = +348"),
        ("净利润为什么下降？", "4,218 − 3,870 = +348"),
        ("存款余额2023年比2022年变化了多少？", "11,700 − 10,400 = +1,300"),
    ],
)
def test_years_are_compared_in_their_order_however_they_are_printed(tmp_path, question, worked):
    answer = assistant_of(small_index(tmp_path, NEWEST_FIRST)).ask(question)
    assert worked in answer.text
