"""Which rows are chosen for a question about figures, and which only share its words."""

from dataclasses import replace

import pytest
from fakes import assistant_of, small_index

from rag.counted import units
from rag.coverage import Coverage
from rag.row_choice import candidate_rows, is_of_another, namesakes
from rag.rows import Table, joint_parts


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("用了多少电？", "kWh"),
        ("How much electricity did it use?", "kWh"),
        ("2023年用水量是多少？", "tonne"),
        ("How much water was used?", "m3"),
    ],
)
def test_power_and_water_are_measured_in_units_of_their_own(question, wanted):
    assert wanted in units(question)
    assert "person" not in units(question)


def test_a_change_of_water_may_be_told_in_percent():
    assert not units("2023年用水量同比减少了多少？")


TURNOVER = """澄江仪器股份有限公司 2023 年度报告

员工构成

公司共有员工 500 人，其中女性员工 200 人，占 40%。

员工流失率（%）

类别	2022年	2023年
男性员工	4.4	4.1
女性员工	5.2	4.9

培训

指标	单位	2023 年
产品质量培训时长	小时	244
安全教育培训时长	小时	12
"""


@pytest.fixture(scope="module")
def of_turnover(tmp_path_factory):
    return assistant_of(small_index(tmp_path_factory.mktemp("report"), TURNOVER))


@pytest.mark.parametrize(
    ("question", "stated"),
    [
        ("女性员工占比是多少？", False),
        ("What percentage of employees are women?", False),
        ("女性员工流失率是多少？", True),
    ],
)
def test_a_rate_that_only_the_heading_names_has_to_be_asked_for(of_turnover, question, stated):
    first, *_ = of_turnover.ask(question).citations
    assert ("4.9" in first.quote) is stated


def test_of_two_rows_that_are_named_in_part_alike_either_may_be_meant(of_turnover):
    index, retriever = of_turnover.index, of_turnover.retriever
    coverage = Coverage("员工培训", retriever.bridge, index.keywords)
    rows = [row for row in Table(index).rows() if row.label.endswith("时长")]
    first = replace(rows[1], covered=frozenset(range(len(coverage.terms))), named=0.6)
    other = replace(rows[0], covered=frozenset([0]), named=0.5)
    meant = namesakes([first], [first, other], [], coverage)
    assert {row.label for row in meant} == {first.label, other.label}


BY_QUARTER = """澄江仪器股份有限公司 2023 年度报告

主要财务指标

\t2023年\t2022年\t本年比上年增减
营业收入（元）\t2,847,316\t2,700,001\t5.46%
归母净利润（亿元）\t1.20\t1.00\t20.00%

分季度主要财务指标

\t第一季度\t第二季度\t第三季度\t第四季度
营业收入\t582,416\t654,208\t689,735\t920,957

供应商

\t采购额（元）
供应商一\t93,217,406
供应商二\t62,408,735

环境

指标\t单位\t2023 年
温室气体排放总量\t吨\t331,952
温室气体排放强度\t吨/万元\t0.11
"""


@pytest.fixture(scope="module")
def by_quarter(tmp_path_factory):
    return assistant_of(small_index(tmp_path_factory.mktemp("report"), BY_QUARTER))


@pytest.mark.parametrize(
    ("question", "stated", "not_stated"),
    [
        ("营业收入是多少？", "2,847,316", "582,416"),
        ("第三季度营业收入是多少？", "689,735", "2,847,316"),
        ("净利润同比增长多少？", "+20.00%", "None"),
        ("有多少供应商？", "", "93,217,406"),
        ("How many suppliers are there?", "", "93,217,406"),
        ("温室气体排放多少？", "331,952", "0.11"),
        ("温室气体排放强度是多少？", "0.11", "331,952"),
    ],
)
def test_figures_are_of_what_is_asked_for(by_quarter, question, stated, not_stated):
    text = by_quarter.ask(question).text
    assert stated in text
    assert not_stated not in text


BY_PRODUCT = """澄江仪器股份有限公司 2023 年度报告

营业收入构成

\t2023年\t\t2022年\t\t同比增减
\t金额（元）\t占营业收入比重\t金额（元）\t占营业收入比重\t
净水器具\t428,953\t15.07%\t287,340\t10.99%\t49.28%
炊煮电器\t900,000\t31.00%\t880,000\t33.00%\t2.27%
"""


@pytest.mark.parametrize(
    ("question", "stated"),
    [
        ("净水器具2023年的收入比2022年多了多少？", "428,953 − 287,340"),
        ("净水器具的收入占比是多少？", "15.07%"),
    ],
)
def test_a_row_of_amounts_and_shares_has_both(tmp_path, question, stated):
    assert stated in assistant_of(small_index(tmp_path, BY_PRODUCT)).ask(question).text


SEXES = """澄江仪器股份有限公司 2023 年度报告

员工

指标\t单位\t2023 年
按性别划分
女性\t人\t1,000
男性\t人\t2,000
员工总人数\t人\t3,000

主要指标

指标\t单位\t2023 年
基本每股收益\t元/股\t0.87
固定资产\t元\t4,017,365
"""


@pytest.mark.parametrize(
    ("question", "stated"),
    [
        ("男女比例是多少？", "2.00 : 1"),
        ("What were earnings per share?", "0.87"),
        ("What is the fixed asset ratio?", ""),
    ],
)
def test_ratios_are_of_what_they_are_called(tmp_path, question, stated):
    text = assistant_of(small_index(tmp_path, SEXES)).ask(question).text
    assert stated in text
    assert not text.startswith("Fixed assets")  # an amount is no ratio


STAFF_OF_GROUP = """澄江仪器股份有限公司 2023 年度报告

员工情况

指标\t数量
母公司在职员工的数量（人）\t2,214
主要子公司在职员工的数量（人）\t1,272
在职员工的数量合计（人）\t3,486
"""


@pytest.mark.parametrize(
    ("question", "others"), [("公司有多少人？", True), ("母公司有多少员工？", False)]
)
def test_the_parents_employees_are_not_all(tmp_path, question, others):
    assistant = assistant_of(small_index(tmp_path, STAFF_OF_GROUP))
    coverage = Coverage(question, assistant.retriever.bridge, assistant.index.keywords)
    parent = next(r for r in Table(assistant.index).rows() if r.label.startswith("母公司"))
    assert is_of_another(parent, question, coverage) is others


JOINT = """澄江仪器股份有限公司 2023 年度报告

知识产权

指标\t单位\t2023 年
获得专利及软件著作权数量\t件\t170
数据安全与隐私保护培训次数\t次\t166
"""


@pytest.mark.parametrize(
    ("question", "others"),
    [
        ("获得软件著作权多少件？", True),
        ("How many software copyrights were obtained?", True),
        ("获得专利及软件著作权多少件？", False),
    ],
)
def test_a_count_of_two_things_is_that_of_neither(tmp_path, question, others):
    assistant = assistant_of(small_index(tmp_path, JOINT))
    coverage = Coverage(question, assistant.retriever.bridge, assistant.index.keywords)
    row, *_ = Table(assistant.index).rows()
    assert is_of_another(row, question, coverage) is others


def test_sessions_on_two_things_are_no_count_of_two(tmp_path):
    assistant = assistant_of(small_index(tmp_path, JOINT))
    asked = "数据安全培训有多少次？"
    coverage = Coverage(asked, assistant.retriever.bridge, assistant.index.keywords)
    *_, row = Table(assistant.index).rows()
    assert not is_of_another(row, asked, coverage)


ROWS = """澄江仪器股份有限公司 2023 年度报告

主要财务指标

\t2023年\t2022年\t本年比上年增减
营业收入（元）\t2,847,316\t2,700,001\t5.46%

分季度主要财务指标

\t第一季度\t第二季度\t第三季度\t第四季度
营业收入\t582,416\t654,208\t689,735\t920,957

其他

指标\t单位\t2023 年
专利费用\t元\t100
温室气体排放总量\t吨\t331,952
温室气体排放强度\t吨/万元\t0.11
"""


@pytest.mark.parametrize(
    ("question", "chosen"),
    [
        ("营业收入是多少？", [(True, "营业收入")]),
        ("第三季度营业收入是多少？", [(True, "营业收入"), (False, "营业收入")]),
        ("有多少专利？", []),
        ("专利费用是多少？", [(True, "专利费用")]),
        ("温室气体排放是多少？", [(True, "温室气体排放总量")]),
        ("温室气体排放强度是多少？", [(True, "温室气体排放总量"), (True, "温室气体排放强度")]),
    ],
)
def test_rows_that_may_answer(tmp_path, question, chosen):
    assistant = assistant_of(small_index(tmp_path, ROWS))
    table = Table(assistant.index)
    coverage = Coverage(question, assistant.retriever.bridge, assistant.index.keywords)
    rows = candidate_rows(table, question, [row.hit for row in table.rows()], coverage)
    assert [(bool(row.periods), row.label) for row in rows] == chosen


def test_how_much_a_row_changed_makes_it_no_share(tmp_path):
    row, *_ = Table(assistant_of(small_index(tmp_path, ROWS)).index).rows()
    assert (row.label, row.is_share, row.has_amounts) == ("营业收入", False, True)


SCOPES = """澄江仪器股份有限公司 2023 年度报告

温室气体排放

指标	单位	2022 年	2023 年
范围一：直接排放	吨	182.54	164.92
范围二：外购电力间接排放	吨	7.92	7.15
范围一+范围二合计	吨	190.46	172.07
"""


@pytest.mark.parametrize(
    ("question", "stated", "other"),
    [
        ("2023年范围一排放是多少？", "164.92", "172.07"),
        ("2023年范围二外购电力排放是多少？", "7.15", "172.07"),
        ("2023年范围一和范围二合计是多少？", "172.07", "164.92"),
        ("2023年范围一比上年少了多少？", "= −17.62", "172.07"),
    ],
)
def test_the_sum_of_two_scopes_is_that_of_neither(tmp_path, question, stated, other):
    answer = assistant_of(small_index(tmp_path, SCOPES)).ask(question)
    assert stated in answer.text
    assert other not in answer.text


ASSETS = """# 澄江仪器股份有限公司 2023 年年度报告

## 主要客户

| 指标 | 2023 年 |
| --- | --- |
| 前五名客户合计销售金额（元） | 831,351 |
| 客户一销售金额（元） | 287,416 |

## 前五名供应商

| 指标 | 2023 年采购额（元） |
| --- | --- |
| 供应商一 | 51,230 |
| 合计 | 99,870 |

## 资产权利受限情况

| 项目 | 2023 年 |
| --- | --- |
| 货币资金（元） | 98,412 |

## 合并资产负债表

| 项目 | 2023 年 |
| --- | --- |
| 货币资金（元） | 702,532 |
"""


@pytest.mark.parametrize(
    ("question", "stated", "other"),
    [
        ("前五大客户销售金额是多少？", "831,351", "287,416"),
        ("How much were sales to the top five customers?", "831,351", "287,416"),
        ("前五大供应商采购额合计是多少？", "99,870", ""),
        ("货币资金是多少？", "702,532", "98,412"),
        ("受限的货币资金是多少？", "98,412", ""),
    ],
)
def test_a_part_is_not_the_whole(tmp_path, question, stated, other):
    answer = assistant_of(small_index(tmp_path, ASSETS, "report.md")).ask(question)
    assert stated in answer.text
    assert not other or other not in answer.text


@pytest.mark.parametrize(
    ("label", "parts"),
    [
        ("获得专利及软件著作权数量", ("获得专利", "软件著作权")),
        ("范围一+范围二合计", ("范围一", "范围二")),
        ("专利授权量", ()),
    ],
)
def test_what_a_label_counts_together(label, parts):
    assert joint_parts(label) == parts


def test_of_two_things_counted_together_a_follow_up_means_one(tmp_path):
    assistant = assistant_of(small_index(tmp_path, JOINT))
    history = [{"role": "user", "content": "2023年获得专利多少件？"}]
    answer = assistant.ask("软件著作权呢？", history=history)
    assert "获得专利及软件著作权数量：" not in answer.text.split("报告原文")[0]
