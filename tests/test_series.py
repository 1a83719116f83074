"""Arithmetic that users ask for: over the years of a row, over places, over rows of a table."""

import pytest
from fakes import assistant_of, small_index

TEXT = """澄江仪器股份有限公司 2023 年度报告

目录

第一章 员工	01
第二章 治理	05

第一章 员工

员工结构

指标	单位	2021 年	2022 年	2023 年
员工总人数	人	1,000	1,100	1,200
按专业构成	生产人员	500	520	540
	销售人员	300	330	360
	行政人员	200	250	300

员工培训

指标	单位	2021 年	2022 年	2023 年
培训投入	万元	20.5	18.5	21.0
培训合格率	%	97	98	99

享受产假员工数	人	70
享受陪产假员工数	人	62

第二章 治理

研发人员总数
300 人

女性员工人数
400 人

派发现金股利 (含税)
50 万元

监事会

公司共召开监事会会议 9 次，审议议案 23 项。
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    return assistant_of(small_index(tmp_path_factory.mktemp("report"), TEXT)).ask


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("近三年培训投入合计多少？", "20.5 + 18.5 + 21.0 = 60.0 万元"),
        ("What was total training investment over the three years?", "= 60.0 万元 (RMB 600,000)"),
        ("培训投入三年里最高比最低多多少？", "相差：21.0 − 18.5 = +2.5 万元"),
        ("2023年非生产人员有多少？", "1,200 − 540 = 660 人"),
        ("2023年生产人员和销售人员合计占比多少？", "540 + 360 = 900 人；900 ÷ 1,200 = 75.00%"),
        ("2021年和2023年生产人员占比分别多少？", "2021 年：500 ÷ 1,000 = 50.00%；2023 年：540"),
        ("生产人员占比三年怎么变？", "2022 年：520 ÷ 1,100 = 47.27%"),
        ("2023年销售人员是行政人员的几倍？", "360 ÷ 300 = 1.20"),
        ("2023年派发了多少现金股利？", "派发现金股利 (含税)：50"),
        ("行政人员2023年比2021年多了百分之几？", "÷ 200 = +50.00%"),
        ("监事会平均每次会议审议几项议案？", "23 项 ÷ 9 次 = 2.56（平均每次）"),
        ("2023年平均每名生产人员多少培训投入？", "21.0 万元 ÷ 540"),
    ],
)
def test_it_is_worked_out(ask, question, said):
    assert said in ask(question).text


@pytest.mark.parametrize(
    ("question", "unsaid"),
    [
        ("近三年员工总人数合计多少？", " + "),  # the same people every year
        ("近三年培训合格率合计多少？", " + "),
        ("2023年生产人员有多少？", "660"),
        ("2023年女性员工占比是多少？", "300"),  # the R&D staff are no whole of them
    ],
)
def test_it_is_not_worked_out(ask, question, unsaid):
    assert unsaid not in ask(question).text
