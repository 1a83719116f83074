"""Tables whose columns are set apart by spaces become rows with tabs, line by line."""

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.aligned import with_tabs
from index.grid import BELOW
from index.passage import read_passages
from index.report import read_report
from index.table import figures, read_tables

# `pdftotext -layout` gives a Chinese character one place
FIGURES = """
                        2023年              2022年         增减
营业收入              2,847,316,529.84    2,613,493,322.65   8.95%
归属于母公司的净利润  233,313,896.82 177,129,432.12 31.72%
总资产                3,585,219,121.73    3,540,268,377.19   1.27%
"""
# other programs give it two
WIDE = """
                                 2023 年            2022 年
营业收入（元）           2,847,316,529.84   2,613,493,322.65
归属于上市公司股东的
                           233,313,896.82     177,129,432.12
净利润（元）
基本每股收益（元/股）                0.57               0.43
"""
LABELS = """
行业分类          项目      单位    2023 年   2022 年
                  销售量    万台     460.15    427.38
食品电器          生产量    万台     452.37    418.92
                  库存量    万台      58.64     66.42
                  销售量    万台     322.08    291.07
炊煮电器          生产量    万台     318.60    297.44
                  库存量    万台      41.25     44.73
"""
LEVELS = """
                        2023 年                       2022 年              同比增减
                   金额        占比重            金额        占比重
厨房电器   2,734,592,156.46    96.04%   2,535,217,920.04    97.00%     7.86%
其他业务     112,724,373.38     3.96%      78,275,402.61     3.00%    44.01%
"""
BROKEN = """
              2023 年末                2022 年末
          金额          占比       金额          占比
          462,387,915.           418,206,733.
应收账款                12.90%                 11.81%
          04                     59
          28,614,092.3           24,907,315.6
长期投资                 0.80%                  0.70%
          3                      0
"""
SPACED = """
研发项目          项目目的              进展

55分贝级静音      降低破壁机的噪声，
                                        样机试制
破壁机            解决用户痛点

1200G净水机       解决首杯水偏高的      已量产
                  问题

冰净饮机          满足小户型的需求      方案设计
"""
TERMS = """
释义项                       指     释义内容
禾澍控股、控股股东           指     青泽禾澍控股有限公司
                                    青泽清涧净水科技有限公司，公司持股 82%的子公司，
清涧净水                     指
                                    2020 年 7 月收购取得
通量                         指     净水机每日可产出的纯水量
"""


SHARES = """
                     股东性    持股比     报告期末持
股东名称
                       质        例          股数量
                     境内非
青泽禾澍控股有限
                     国有法    38.41%     158,400,000
公司
                     人
                     境内自
沈砚秋                          6.35%      26,180,000
                     然人
青泽澍合             其他       4.52%      18,640,000
远穹资产             其他       1.56%       6,417,300
"""


def rows(text):
    return [
        line.split("\t") for line in with_tabs(text.split("\n")) if line.strip() and "\t" in line
    ]


def test_figures_side_by_side_are_cells_of_their_own():
    assert rows(FIGURES) == [
        ["", "2023年", "2022年", "增减"],
        ["营业收入", "2,847,316,529.84", "2,613,493,322.65", "8.95%"],
        ["归属于母公司的净利润", "233,313,896.82", "177,129,432.12", "31.72%"],
        ["总资产", "3,585,219,121.73", "3,540,268,377.19", "1.27%"],
    ]


def test_a_label_above_and_below_its_figures_is_one_and_its_lines_keep_their_numbers():
    lines = with_tabs(WIDE.split("\n"))
    assert lines[3:6] == (
        "归属于上市公司股东的净利润（元）\t233,313,896.82\t177,129,432.12", BELOW, BELOW
    )  # fmt: skip
    (table,) = read_tables(lines, 0)
    assert [(row.line, row.last) for row in table.rows] == [(2, 2), (3, 5), (6, 6)]


def test_a_label_in_the_middle_of_its_rows_stands_on_the_first():
    assert [row[:2] for row in rows(LABELS)[1:]] == [
        ["食品电器", "销售量"], ["", "生产量"], ["", "库存量"],
        ["炊煮电器", "销售量"], ["", "生产量"], ["", "库存量"],
    ]  # fmt: skip
    (table,) = read_tables(with_tabs(LABELS.split("\n")), 0)
    assert ("炊煮电器 库存量", "2022", "44.73", "万台") in [
        (f.metric, f.period, f.printed, f.unit) for f in figures(table)
    ]


def test_a_year_stands_above_all_columns_that_are_of_it():
    assert rows(LEVELS)[0] == [
        "", "2023 年金额", "2023 年占比重", "2022 年金额", "2022 年占比重", "同比增减"
    ]  # fmt: skip


def test_numbers_that_a_narrow_column_broke_are_whole():
    assert rows(BROKEN)[1:] == [
        ["应收账款", "462,387,915.04", "12.90%", "418,206,733.59", "11.81%"],
        ["长期投资", "28,614,092.33", "0.80%", "24,907,315.60", "0.70%"],
    ]


def test_blank_lines_part_rows_of_several_lines():
    assert rows(SPACED) == [
        ["研发项目", "项目目的", "进展"],
        ["55分贝级静音破壁机", "降低破壁机的噪声，解决用户痛点", "样机试制"],
        ["1200G净水机", "解决首杯水偏高的问题", "已量产"],
        ["冰净饮机", "满足小户型的需求", "方案设计"],
    ]
    (table,) = read_tables(with_tabs(SPACED.strip("\n").split("\n")), 1)
    assert [(row.line, row.last) for row in table.rows] == [(3, 6), (7, 9), (10, 10)]


def test_text_above_and_below_the_middle_of_a_row_is_its_cell():
    assert rows(TERMS)[2] == [
        "清涧净水", "指", "青泽清涧净水科技有限公司，公司持股 82%的子公司，2020 年 7 月收购取得"
    ]  # fmt: skip


def test_pieces_above_the_first_row_are_those_mirrored_below_it():
    assert rows(SHARES) == [
        ["股东名称", "股东性质", "持股比例", "报告期末持股数量"],
        ["青泽禾澍控股有限公司", "境内非国有法人", "38.41%", "158,400,000"],
        ["沈砚秋", "境内自然人", "6.35%", "26,180,000"],
        ["青泽澍合", "其他", "4.52%", "18,640,000"],
        ["远穹资产", "其他", "1.56%", "6,417,300"],
    ]


def test_a_table_goes_on_behind_a_page_break():
    top, below = FIGURES.strip("\n").split("\n")[:2], FIGURES.strip("\n").split("\n")[2:]
    lines = [*top, "", "    12", "  澄江仪器 2023 年年度报告", "", *below]
    found = with_tabs(lines, {3, 4})
    assert found[2:6] == tuple(lines[2:6])
    assert [line.count("\t") for line in (*found[:2], *found[6:8])] == [3] * 4


@pytest.mark.parametrize(
    "text",
    [
        "-  **本地化服务：**尊重当地文化\n-  **个性化关怀：**深入了解客户\n-  **沟通：**提供渠道",
        "第一节  重要提示\n一、  公司信息\n（一）  主要产品",
        "第一节 释义........5\n第二节 简介........7\n第三节 讨论........9",
        "公司坚持健康饮食与健康用水双主线并行发展     海外渠道的去库存周期于第二季度基本结束\n"
        "未来三年将以净水器具为第二条增长曲线推进     下半年订单逐步恢复到往年的正常水平之上",
        "√适用    □不适用\n□是    √否",
        "| 项目  | 2023  |\n|---|---|\n| 收入  | 12  |",
        "项目\t2023  年\n收入\t12  万",
    ],
    ids=["bullets", "titles", "contents", "columns of a page", "boxes", "pipes", "tabs"],
)
def test_what_is_no_table_stays(text):
    lines = text.split("\n")
    assert with_tabs(lines) == tuple(lines)


def test_a_table_with_half_a_number_stays_text():
    rows = "名称    金额      说明\n甲      {}    好\n乙      512.06    坏\n丙      600.10    好"
    assert with_tabs(rows.format("1,234.").split("\n")) == tuple(rows.format("1,234.").split("\n"))
    assert with_tabs(rows.format("834.05").split("\n"))[1] == "甲\t834.05\t好"


def test_a_figure_never_takes_up_another():
    odd = """
项目    金额         说明
收入    12,846.37
        3,862.45     增加
净利    512.06
        4,500.00     减少
"""
    printed = set(odd.split())
    cells = "\t".join(with_tabs(odd.split("\n"))).split()
    assert {cell for cell in cells if cell[0].isdecimal()} <= printed


CELLS = ["收入", "12.5%", "1,204.37", "按产品", "2023 年", "1,20", "—", "净利润 8"]
LINES = st.lists(st.sampled_from(CELLS), max_size=4).map("   ".join)


@given(st.lists(LINES, max_size=8))
def test_nothing_is_lost_and_no_line_moves(lines):
    found = with_tabs(lines)
    assert len(found) == len(lines)
    left = Counter("".join("".join(lines).split()))
    assert not left - Counter("".join("".join(found).split()))


def test_an_annual_report_as_pdftotext_writes_it_has_its_tables(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(f"2023 年年度报告\n\n一、主要会计数据\n{WIDE}", encoding="utf-8")
    report = read_report(path)
    kinds = [block.kind for section in report.root.walk() for block in section.blocks]
    assert kinds.count("table") == 1


def test_the_tables_of_a_long_annual_report_are_read_to_the_last_cell():
    path = Path(__file__).parents[1] / "eval" / "others" / "annual.txt"
    report = read_report(path)
    found = {
        (f.figure.group, f.figure.metric, f.figure.scope, f.figure.period): f.figure.printed
        for f in read_passages(report).figures
    }
    assert len(found) > 900
    cells = {
        # a label above and below its figures, a number broken in two, a header of several lines
        ("", "归属于上市公司股东的净利润（元）", "", "2023"): "233,313,896.82",
        ("", "长期股权投资", "金额", "2023"): "28,614,092.33",
        ("", "青泽清涧净水科技有限公司", "净资产", ""): "218,530,944.06",
        ("", "沈砚平", "数量", ""): "5,000,000",
        ("分产品", "净水器具", "毛利率比上年同期增减", ""): "2.73%",
        ("", "炊煮电器 库存量", "", "2022"): "44.73",  # the label stands beside the second of three
        ("", "资产总计", "", "2022"): "3,540,268,377.19",  # of 1 January 2023
    }
    assert {key: found.get(key) for key in cells} == cells
    printed = re.sub(r"\s", "", path.read_text(encoding="utf-8"))
    whole = sum(value.replace(" ", "") in printed for value in found.values())
    assert whole > 0.95 * len(found)  # the others are broken in two
