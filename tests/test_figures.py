"""Questions that table cells answer: the right cell, or none."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from fakes import assistant_of, small_index

from rag.counted import MONEY_UNITS, units
from rag.coverage import Coverage
from rag.figures import answer_from_figures, work_out_clear_row
from rag.question import read_question
from rag.row_choice import choose_rows, of_more_years
from rag.rows import Table


@pytest.fixture(scope="module")
def answer(tmp_path_factory):
    assistant = assistant_of(small_index(tmp_path_factory.mktemp("report")))
    index, retriever = assistant.index, assistant.retriever

    def ask(question):
        asked = read_question(question)
        names = index.manifest.names
        coverage = Coverage(asked.text, retriever.bridge, index.keywords, names)
        return answer_from_figures(index, asked, retriever.hits(asked.text), coverage)

    return ask


@pytest.mark.parametrize(
    ("question", "figure", "quote"),
    [
        ("2022年的研发投入是多少？", "2,310.50 万元", "研发投入\t"),
        ("2023年的研发投入是多少？", "2,702.80 万元", "研发投入\t"),
        ("研发投入是多少？", "2,702.80 万元", "研发投入\t"),
        ("2022年用水量是多少？", "52,000 吨", "用水量\t"),
        ("2022年女性员工有多少人？", "850 人", "女性员工\t"),
        ("2023年男性员工有多少人？", "1,032 人", "男性员工\t"),
    ],
)
def test_the_cell_of_the_row_and_year_is_stated(answer, question, figure, quote):
    found = answer(question)
    assert found.answered
    assert figure in found.text
    assert found.evidence[0].quote.startswith(quote)
    assert "[1]" in found.text


def test_a_year_that_the_table_leaves_out_is_not_disclosed(answer):
    found = answer("2019年的研发投入是多少？")
    assert not found.answered
    assert "2019" in found.text
    assert not re.search(r"2,310|2,702", found.text)


@pytest.mark.parametrize(
    "question",
    [
        "公司为什么增加研发投入？",
        "2023年研发投入增加，原因是什么？",
        "公司如何审核供应商？",
        "总部在哪里？",
        "公司有多少艘船？",
    ],
)
def test_what_no_cell_answers_is_left_to_others(answer, question):
    assert answer(question) is None


def test_a_change_is_worked_out_from_two_cells(answer):
    found = answer("2023年用水量比2022年减少了多少？")
    assert "52,000" in found.text
    assert "48,500" in found.text
    assert f"{Decimal(52000) - Decimal(48500):,}" in found.text
    assert "增加" not in found.text


def test_a_share_is_worked_out_from_part_and_total(answer):
    found = answer("2023年女性员工占员工总数的比例是多少？")
    assert f"{Decimal(892) / Decimal(1924) * 100:.2f}%" in found.text
    assert {piece.quote.split("\t")[0] for piece in found.evidence} == {"女性员工", "员工总数"}


@pytest.mark.parametrize(
    ("question", "given"),
    [
        ("2023年上半年营业收入是多少？", "123,600.00 万元"),
        ("营业收入是多少美元？", "123,600.00 万元"),
        ("What was operating revenue in 2023 in USD?", "RMB 1,236.0000 million"),
        ("What was operating revenue in the second quarter of 2023?", "RMB 1,236.0000 million"),
    ],
)
def test_what_falls_short_of_the_question_is_stated_instead(answer, question, given):
    found = answer(question)
    assert not found.answered
    assert given in found.text


def test_a_year_to_compare_with_that_is_lacking_is_said(answer):
    found = answer("营业收入2023年比2020年增长了多少？")
    assert not found.answered
    assert "2020" in found.text


LEAVE = """海岳食品股份有限公司 2023 年度报告

员工

休假

指标	单位	2022 年	2023 年
享受产假员工数	人	60	70
享受陪产假员工数	人	52	62

员工构成

指标	单位	2022 年	2023 年
按性别划分
男性	人	1,010	1,032
女性	人	850	892
按学历划分
博士	人	4	6
本科	人	600	640
"""


@pytest.fixture(scope="module")
def of_leave(tmp_path_factory):
    return assistant_of(small_index(tmp_path_factory.mktemp("report"), LEAVE)).ask


@pytest.mark.parametrize(
    ("question", "stated"),
    [
        ("休产假和休陪产假的员工各有多少人？", ["70 人", "62 人"]),
        ("休陪产假的员工有多少人？", ["62 人"]),
    ],
)
def test_a_word_within_the_other_is_named_too(of_leave, question, stated):
    text = of_leave(question).text
    assert [figure for figure in ("70 人", "62 人") if figure in text] == stated


@pytest.mark.parametrize(
    "question",
    ["女性员工里博士占多少比例？", "What share of the female employees hold a doctorate?"],
)
def test_parts_by_two_criteria_make_no_share(of_leave, question):
    assert "÷" not in of_leave(question).text


@pytest.mark.parametrize(
    "question", ["女性员工的工资2023年比2022年涨了多少？", "How much did women's pay rise in 2023?"]
)
def test_a_change_is_of_what_is_asked_for(of_leave, question):
    assert "+42" not in of_leave(question).text


@pytest.mark.parametrize(
    ("question", "score", "worked"),
    [
        ("搞后勤打杂跑腿的女性员工，2023 年比前一年多了几个？", 5.0, "892 − 850"),
        ("搞后勤打杂跑腿的女性员工，2023 年比前一年多了几个？", 3.0, None),
        ("搞后勤打杂跑腿的女性员工，2023 年有几个？", 5.0, None),
        ("搞后勤打杂跑腿的那些人，2023 年比前一年多了几个？", 5.0, None),
        ("为什么要给搞后勤打杂跑腿的女性员工设目标？", 5.0, None),
    ],
)
def test_a_row_that_the_search_is_sure_of_is_worked_with(tmp_path, question, score, worked):
    assistant = assistant_of(small_index(tmp_path, LEAVE))
    index, retriever = assistant.index, assistant.retriever
    asked = read_question(question)
    coverage = Coverage(asked.text, retriever.bridge, index.keywords)
    found = sorted(retriever.hits(asked.text), key=lambda hit: "女性" not in hit.entry.text)
    hits = [
        replace(hit, score=score - rank)
        for rank, hit in enumerate(hit for hit in found if hit.entry.kind == "row")
    ]
    answer = work_out_clear_row(index, asked, hits, coverage)
    assert (worked in answer.text) if worked else answer is None


BOARD = """海岳食品股份有限公司 2023 年度报告

数说 2023

女性员工人数
892 人

女性员工占比
46%

女性董事占比
29%
"""


@pytest.mark.parametrize(
    ("question", "stated"),
    [
        ("2023年女性董事有几位，占比多少？", [False, False, True]),
        ("2023年女性员工有多少人，占比多少？", [True, True, False]),
    ],
)
def test_how_many_is_of_those_whose_share_is_asked_for(tmp_path, question, stated):
    text = assistant_of(small_index(tmp_path, BOARD)).ask(question).text
    assert [figure in text for figure in ("892", "46%", "29%")] == stated


THREE_YEARS = """2023 年年度报告

一、主要数据

单位：万元

指标	2021 年	2022 年	2023 年
营业收入	100	120	150
检验批次	40	50	70

二、分季度数据

单位：万元

项目	第一季度	第二季度
新签合同金额	30	45

每股数据	2023 年	2022 年
每股股息（港元）	0.12	0.15
"""


@pytest.fixture(scope="module")
def of_three_years(tmp_path_factory):
    return assistant_of(small_index(tmp_path_factory.mktemp("report"), THREE_YEARS)).ask


@pytest.mark.parametrize(
    ("question", "worked"),
    [
        ("营业收入比2022年增加了多少？", "150 − 120"),
        ("营业收入比2021年增加了多少？", "150 − 100"),
        ("2023年检验批次比2022年多多少？", "70 − 50"),
        ("2022年营业收入增加了多少？", "120 − 100"),
    ],
)
def test_a_year_behind_than_is_the_one_to_compare_with(of_three_years, question, worked):
    assert worked in of_three_years(question).text


def test_undated_figures_are_of_no_other_year_than_the_report(of_three_years):
    assert not of_three_years("2025年新签合同金额是多少？").answered
    assert "45" in of_three_years("2023年第二季度新签合同金额是多少？").text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "2023年和2024年检验批次分别是多少？",
            "2023 年检验批次：70 万元 [1]。报告没有给出 2024 年的这一数字。",
        ),
        (
            "2022年和2023年净利润分别是多少？",
            "2023 年归属于上市公司股东的净利润：12 万元 [1]。报告没有给出 2022 年的这一数字。",
        ),
        ("What was the revenue in 2023 and 2024?", "The report does not give it for 2024."),
    ],
)
def test_what_is_given_of_several_years_is_stated_and_what_is_not_is_said(tmp_path, question, said):
    text = THREE_YEARS.replace(
        "一、主要数据", "一、亮点\n\n归属于上市公司股东的净利润\n12 万元\n\n一、主要数据"
    )
    found = assistant_of(small_index(tmp_path, text)).ask(question)
    assert found.answered
    assert said in found.text


def test_a_figure_of_one_year_is_not_disclosed_for_another(tmp_path):
    text = THREE_YEARS.replace(
        "一、主要数据", "一、亮点\n\n归属于上市公司股东的净利润\n12 万元\n\n一、主要数据"
    )
    text += "\n三、其他\n\n2022 年，公司的方案获得通过。\n"
    found = assistant_of(small_index(tmp_path, text)).ask(
        "2022年归属于上市公司股东的净利润是多少？"
    )
    assert not found.answered
    assert "报告未披露 2022 年的归属于上市公司股东的净利润；已披露的年份：2023 [1]" in found.text


def test_a_count_of_something_else_is_no_length_of_time(tmp_path):
    text = "海岳食品 2023 年报告\n\n培训\n\n指标\t单位\t2023 年\n员工培训参与次数\t人次\t1,005\n"
    assistant = assistant_of(small_index(tmp_path, text))
    assert "1,005" not in assistant.ask("2023年员工培训参与了多少小时？").text
    assert "1,005" in assistant.ask("2023年员工培训参与次数是多少？").text


def test_an_amount_in_the_currency_asked_for_is_stated(of_three_years):
    answer = of_three_years("2023年每股股息是多少港元？")
    assert answer.answered
    assert "0.12" in answer.text


def test_the_years_since_one_reach_to_the_report(answer):
    assert "48,500 − 52,000" in answer("用水量2022年以来变化了多少？").text


@pytest.mark.parametrize(
    ("question", "stated"),
    [
        ("2022年用水量是多少？研发投入是多少？", ["52,000 吨 [1]", "2,310.50 万元 [2]"]),
        ("What was the water consumption in 2022, and how much was R&D investment?",
         ["52,000", "23.1050 million", "[2]"]),
        ("公司有多少名员工，其中女性员工多少人？", ["1,924 人 [1]", "892 人 [2]"]),
        ("How many employees are there, and how many of them are women?",
         ["1,924 people [1]", "892 people [2]"]),
    ],
)  # fmt: skip
def test_each_part_of_a_question_has_its_row(tmp_path, question, stated):
    found = assistant_of(small_index(tmp_path)).ask(question)
    assert all(part in found.text for part in stated), found.text
    assert len(found.citations) == 2


def test_more_than_two_rows_are_added_up(tmp_path):
    rows = "\n".join(
        ["地区\t2021 年（家）\t2022 年（家）", "华北\t305\t318", "西北\t428\t476", "华东\t236\t261"]
    )
    text = f"海岳食品 2022 年报告\n\n供应商管理\n\n公司审核供应商。\n\n{rows}\n"
    answer = assistant_of(small_index(tmp_path, text)).ask("华北、西北、华东的供应商合计多少家？")
    assert "318 + 476 + 261 = 1,055 家" in answer.text
    assert len(answer.citations) == 3


def test_a_table_has_the_years_that_a_key_figure_lacks(tmp_path):
    text = THREE_YEARS.replace(
        "一、主要数据", "一、亮点\n\n营业收入\n1.5 万元\n检验批次\n70 批\n\n一、主要数据"
    )
    assistant = assistant_of(small_index(tmp_path, text))
    table = Table(assistant.index)
    (key_figure,) = (
        row for row in table.rows_with("2023") if row.label == "营业收入" and len(row.periods) == 1
    )
    assert [row.periods for row in of_more_years(table, key_figure)] == [["2021", "2022", "2023"]]
    answer = assistant.ask("2023年营业收入是多少？同比增长多少？")
    assert answer.answered
    assert "150 − 120" in answer.text


@pytest.mark.parametrize(
    ("question", "stated"),
    [
        ("研发投入占营业收入的比例近三年是多少？", ["10.1%", "9.8%", "10.8%"]),
        ("What was R&D intensity in each year?", ["10.1%", "9.8%", "10.8%"]),
        ("What is the R&D intensity?", ["10.8%"]),
    ],
)
def test_a_printed_ratio_is_given_for_the_years_asked_for(tmp_path, question, stated):
    text = """海岳食品 2023 年报告

研发

公司重视研发。

指标\t单位\t2021 年\t2022 年\t2023 年
研发投入金额\t万元\t100\t120\t150
研发投入占营业收入比例\t%\t10.1\t9.8\t10.8
"""
    said = assistant_of(small_index(tmp_path, text)).ask(question).text
    assert [value for value in ("10.1%", "9.8%", "10.8%") if value in said] == stated


@pytest.mark.parametrize(
    ("question", "worked_out"),
    [
        ("董事会的独立董事占董事的比例是多少？", True),
        ("独立董事有几名？占比多少？", True),
        ("董事会有几位独立董事？女性员工占多少？", False),
        ("董事会里有几位独立董事？另外全公司女员工占多少？", False),
    ],
)
def test_the_share_in_a_sentence_is_that_of_what_is_asked_for(tmp_path, question, worked_out):
    text = (
        "澄江仪器 2023 年度报告\n\n治理\n\n"
        "董事会由 7 名董事组成，其中独立董事 3 名，女性董事 2 名。\n\n"
        "员工\n\n女性员工占全体员工的 36%。\n"
    )
    said = assistant_of(small_index(tmp_path, text)).ask(question).text
    assert ("42.86%" in said) is worked_out


def test_a_part_that_two_names_fit_alike_is_not_divided(tmp_path):
    sentence = "报告期内发生 639 起调动，其中事业群内调动 597 起，跨事业群调动 42 起。"
    text = f"澄江仪器 2023 年度报告\n\n员工\n\n{sentence}\n"
    said = assistant_of(small_index(tmp_path, text)).ask("调动到别的事业群的占比？").text
    assert "÷" not in said


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("跨事业群的调动占比？", "42 起 ÷ 639 起"),
        ("事业群内的调动占比？", "597 起 ÷ 639 起"),
    ],
)
def test_of_two_parts_of_a_sentence_the_one_that_is_named_best_is_divided(tmp_path, question, said):
    sentence = "报告期内发生 639 起调动，其中事业群内调动 597 起，跨事业群调动 42 起。"
    text = f"澄江仪器 2023 年度报告\n\n员工\n\n{sentence}\n"
    assert said in assistant_of(small_index(tmp_path, text)).ask(question).text


STAFF = """澄江仪器股份有限公司 2023 年度报告

员工

指标	单位	2021 年	2023 年
财务人员	人	127	79
行政人员	人	326	239

类别	级别	单位	人数
焊工认定人数	二级	人	27
	三级	人	126
"""


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("财务人员加行政人员，2023年比2021年一共少了多少人？", ["127 + 326 = 453 人", "= −135 人"]),
        ("焊工认定人数各级别合计多少人？", ["27 + 126 = 153 人"]),
        ("财务人员、行政人员和焊接机器人合计多少？", []),  # of the last there is no row
    ],
)
def test_rows_are_added_up_where_all_are_there(tmp_path, question, said):
    text = assistant_of(small_index(tmp_path, STAFF)).ask(question).text
    assert all(words in text for words in said)
    assert said or " + " not in text


@pytest.mark.parametrize(("printed", "worked_out"), [("，占 29%", False), ("", True)])
def test_a_share_that_is_printed_is_not_worked_out(tmp_path, printed, worked_out):
    sentence = f"董事会由 7 名董事组成，其中独立董事 3 名，女性董事 2 名{printed}。"
    text = f"澄江仪器 2023 年度报告\n\n治理\n\n{sentence}\n"
    said = assistant_of(small_index(tmp_path, text)).ask("女性董事有几名？占比多少？").text
    assert ("28.57%" in said) is worked_out


def test_of_rows_that_fit_alike_those_of_one_table_go_together(tmp_path):
    index = small_index(tmp_path)
    retriever = assistant_of(index).retriever
    question = "2023年男性员工和女性员工各多少人？"
    coverage = Coverage(question, retriever.bridge, index.keywords)
    women, men = Table(index).candidates(retriever.hits(question), coverage)
    first = replace(men, hit=replace(men.hit, score=women.hit.score + 2))
    elsewhere = replace(women.hit.passage, id="elsewhere")
    other = replace(women, hit=replace(women.hit, passage=elsewhere, score=women.hit.score + 1))
    assert choose_rows([other, first, women], ["2023"], coverage) == [first, women]


def test_a_row_that_is_named_alone_is_stated_for_the_year(answer):
    assert answer("2023 年营业收入").text == "2023 年营业收入：123,600.00 万元 [1]。"
    assert answer("What was the water consumption in 2022?").text.endswith("52,000 tonnes [1].")
    assert answer("公司的营业收入情况") is None  # of all its years, which the row itself gives
    assert answer("2023 年谁审核供应商") is None


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("2023年员工流失率是多少？", "12.50%"),
        ("2023年女性员工的流失率是多少？", None),
        ("What was the turnover rate among women in 2023?", None),
    ],
)
@pytest.mark.parametrize("often", [0, 11])  # how rare the word is in the report
def test_a_rate_of_a_part_is_neither_the_rate_of_all_nor_a_share(tmp_path, question, said, often):
    text = (
        "第一章 员工\n\n员工构成\n\n指标\t单位\t2022 年\t2023 年\n员工流失率\t%\t10.50\t12.50\n"
        "女性员工人数\t人\t850\t892\n女性员工占比\t%\t40.10\t41.20\n\n"
    ) + "\n\n".join(f"第 {number} 季度员工流失率平稳。" for number in range(often))
    assistant = assistant_of(small_index(tmp_path, text))
    asked, names = read_question(question), assistant.index.manifest.names
    coverage = Coverage(asked.text, assistant.retriever.bridge, assistant.index.keywords, names)
    hits = assistant.retriever.hits(asked.text)
    found = answer_from_figures(assistant.index, asked, hits, coverage)
    assert said in found.text if said else found is None


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("2023年研发投入占营业收入的多少？", True),
        ("2023年研发的投入占营业收入的多少？", True),
        ("2023年环保投入占营业收入的多少？", False),
        ("2023年环保投入是多少？占营业收入的多少？", False),
        ("2023年安全投入是多少？占营业收入的多少？", False),
    ],
)
def test_the_share_of_one_thing_is_not_that_of_another_by_the_same_noun(question, told, tmp_path):
    text = (
        "澄江仪器股份有限公司 2023 年度报告\n\n研发\n\n公司重视研发。\n\n"
        "指标\t单位\t2022 年\t2023 年\n"
        "研发投入占营业收入比例\t%\t9.80\t10.84\n"
        "营业收入\t万元\t1,800.00\t1,970.00\n\n"
        "环境\n\n公司重视环保，重视安全。\n\n"
        "指标\t单位\t2022 年\t2023 年\n环保投入\t万元\t15.00\t17.08\n"
    )
    said = assistant_of(small_index(tmp_path, text)).ask(question).text
    assert ("研发投入占营业收入比例：10.84%" in said.split("报告原文")[0]) is told, said


# An exchange's annual report: columns of several things, groups, quarters, notes with a total.
ANNUAL = """澄江厨电股份有限公司 2023 年年度报告

一、季度数据

单位：元
\t第一季度\t第二季度\t第三季度\t第四季度
营业收入\t100\t110\t120\t150
净利润\t10\t11\t12\t18

二、收入与成本

\t2023年金额\t2023年占营业收入比重\t2022年金额\t2022年占营业收入比重\t同比增减
分产品
净水器具\t428,953\t15.07%\t287,340\t10.99%\t49.28%
空气炸锅\t512,836\t18.01%\t561,902\t21.50%\t-8.73%
分地区
境外\t764,278\t26.84%\t631,627\t24.17%\t21.00%

三、毛利情况

\t营业成本\t毛利率\t毛利率比上年同期增减
分产品
净水器具\t247,518\t42.30%\t2.73%
空气炸锅\t354,069\t30.96%\t2.37%

四、销售费用

项目\t本期发生额\t上期发生额
电商推广费\t40\t30
职工薪酬\t50\t45
合计\t90\t75

五、资产负债表

项目\t2023年12月31日\t2023年1月1日
流动资产：
货币资金\t700\t740
流动资产合计\t700\t740
资产总计\t3,500\t3,200
流动负债：
短期借款\t1,400\t1,500
负债合计\t1,400\t1,500
"""


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("第四季度的营业收入是多少？", "营业收入：第四季度 150 元 [1]。"),
        ("四季度的营业收入比三季度多了多少？", "第三季度到第四季度：150 − 120 = +30 元"),
        ("净水器具的毛利率是多少？", "净水器具：毛利率 42.30%"),
        ("2023年净水器具的毛利率是多少？", "净水器具：毛利率 42.30%"),
        ("境外2023年的收入是多少？", "2023 年境外：764,278"),
        ("净水器具的收入占比是多少？", "2023 年占营业收入比重净水器具：15.07%"),
        ("销售费用里电商推广费占了多大比例？", "40 ÷ 90 = 44.44%"),
        ("2023年末的资产负债率算下来是多少？", "1,400 ÷ 3,500 = 40.00%"),
    ],
)
def test_tables_of_an_annual_report(tmp_path, question, said):
    assert said in assistant_of(small_index(tmp_path, ANNUAL)).ask(question).text


def test_a_column_tells_how_it_changed_since_the_last_year(tmp_path):
    said = assistant_of(small_index(tmp_path, ANNUAL)).ask(
        "那它的毛利率是多少，比上一年高了几个百分点？",
        history=[
            {"role": "user", "content": "2023年净水器具的营业成本是多少？"},
            {"role": "assistant", "content": "247,518 元。"},
        ],
    )
    assert said.answered
    assert "毛利率比上年同期增减 2.73%" in said.text


def test_quarters_of_one_year_are_no_part_of_several_years(tmp_path):
    said = assistant_of(small_index(tmp_path, ANNUAL)).ask("2021年到2023年净利润分别是多少？").text
    assert "没有给出 2021" not in said  # as if the quarters were 2023


def test_yuan_are_asked_for_by_name():
    assert units("In yuan, by how much did sales rise?") == MONEY_UNITS
    assert units("How many yuan did it cost?") == MONEY_UNITS
