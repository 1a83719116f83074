"""Which row has the most by a column is worked out where the question names one, or not told."""

import pytest
from fakes import assistant_of, small_index

REPORT = """澄江厨电股份有限公司 2023 年年度报告

一、分部产品情况

\t营业收入\t毛利率\t营业收入占比
分产品
净水器具\t428\t42.30%\t21%
空气炸锅\t512\t30.96%\t26%
炊煮电器\t768\t29.54%\t38%
合计\t1,708\t33.00%\t85%

二、公司股东数量及持股情况

股东名称\t持股比例\t持股数量
禾澍控股\t38.41%\t158,400
沈砚秋\t6.35%\t26,180
远穹资产\t1.56%\t6,417
恒岳基金\t1.56%\t6,417

三、分部情况

\t营业成本\t毛利率
分地区
华东\t538\t36.01%
华南\t256\t35.70%
境外\t550\t28.02%

四、风险

公司面对市场竞争的风险。
"""


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("毛利率最高的产品是哪个？", "净水器具：毛利率 42.30% [1]。在表中各行里最高。"),
        ("哪个产品的毛利率最低？", "炊煮电器：毛利率 29.54% [1]。在表中各行里最低。"),
        ("哪个产品的营业收入最多？", "炊煮电器：营业收入 768 [1]。在表中各行里最高。"),
        ("毛利率最高的地区是哪个？", "华东：毛利率 36.01% [1]。在表中各行里最高。"),
        ("持股比例最高的股东是谁？", "禾澍控股：持股比例 38.41% [1]。在表中各行里最高。"),
        ("第二大股东是谁，持股比例多少？", "沈砚秋：持股比例 6.35% [1]。在表中各行里排第二。"),
        ("第二大股东是谁？", "沈砚秋：持股比例 6.35% [1]。在表中各行里排第二。"),
    ],
)
def test_the_row_that_has_the_most_is_told(tmp_path, question, said):
    assert assistant_of(small_index(tmp_path, REPORT)).ask(question).text == said


@pytest.mark.parametrize(
    "question",
    [
        "持股比例最低的股东是谁？",  # two have the least
        "哪个产品的营业收入增长最多？",  # how much it grew, no column tells
        "2021年毛利率最高的产品是哪个？",
        "毛利率最高的渠道是哪个？",
        "公司最大的风险是什么？",
        "哪一年的毛利率最高？",
        "毛利率是多少？",
    ],
)
def test_what_no_one_row_answers_is_not_ranked(tmp_path, question):
    said = assistant_of(small_index(tmp_path, REPORT)).ask(question).text
    assert "在表中各行里" not in said


def test_what_a_group_divides_by_is_known_in_english(tmp_path):
    assistant = assistant_of(small_index(tmp_path, REPORT))
    said = assistant.ask("Which product had the highest gross margin?").text
    assert "净水器具" in said
    assert said.endswith("42.30% [1]. It is the highest of the rows.")
