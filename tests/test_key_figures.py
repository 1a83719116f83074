from decimal import Decimal

import pytest

from index.key_figures import figure_pairs, key_figure, pair_figure


def pairs(text):
    return [(pair.label, pair.value) for pair in figure_pairs(text)]


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("营业收入\n19.70 亿元", ("营业收入", "19.70 亿元")),
        ("- ✓ 公告数：**187** 份", ("公告数", "187 份")),
        ("👤 新进员工数: **1,038** 人", ("新进员工数", "1,038 人")),
        ("满意度：96.5%", ("满意度", "96.5%")),
        ("《规范》修订：3 项", ("《规范》修订", "3 项")),
        ("电话：0769-82618868", None),
        ("合格率：≥97%", None),
        ("3：5", None),
        ("甲：乙：3", None),
        ("责任：责任是指标", None),
        ("标准：2，3，5", None),
        ("年龄：30岁以下", None),
        ("甲" * 200 + "：3", None),
        ("", None),
    ],
)
def test_key_figures(text, pair):
    assert key_figure(text) == pair


def test_key_figures_with_their_lines():
    found = [pair_figure(pair, 7, "2023") for pair in figure_pairs("捐款：2 万元\n占比：-3.5%")]
    assert [(f.line, f.metric, f.value, f.unit, f.period) for f in found] == [
        (7, "捐款", Decimal(2), "万元", "2023"),
        (7, "占比", Decimal("-3.5"), "%", "2023"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("研发投入21,361.34万元", [("研发投入", "21,361.34万元")]),
        ("3,834人 员工总数", [("员工总数", "3,834人")]),
        (
            "营业收入 19.7 亿元  资产总额 39.2 亿元",
            [("营业收入", "19.7 亿元"), ("资产总额", "39.2 亿元")],
        ),
        ("3,834人\n员工总数", [("员工总数", "3,834人")]),
        ("营业收入\n19.7 亿元\n5 次\n召开会议", [("营业收入", "19.7 亿元"), ("召开会议", "5 次")]),
        ("重大安全事件目标值：0 次 / 年；", [("重大安全事件目标值", "0 次 / 年")]),
        ("较大安全事件目标值：不大于 3 次 / 年；", []),
        ("公司拥有专利超过 120 件", []),
        ("占地面积约 3,000 平方米", []),
        ("连续 12 年", []),
        ("国家高新技术企业 2023", []),
        ("100% 的员工", []),
        ("第 5 次", []),
        ("热线：4006900999", []),
        ("股票代码 603977", []),
        ("8月17日，公司上市", []),
        ("ISO 9001", []),
        ("公司召开会议 5 次，审议议案 3 项。", []),
        (
            "1,503 万吨\n减排二氧化碳\n环保投入 8,640 万元  节约标准煤 556 万吨",
            [
                ("减排二氧化碳", "1,503 万吨"),
                ("环保投入", "8,640 万元"),
                ("节约标准煤", "556 万吨"),
            ],
        ),
        ("捐款：2 万元\n志愿服务\n9,870 小时", [("捐款", "2 万元"), ("志愿服务", "9,870 小时")]),
        ("环保投入 8,640 万元\n公司重视环保", []),
        ("2007\n公司在银川成立\n2011\n首座风电场并网", []),
    ],
)
def test_lines_of_labels_and_values(text, found):
    assert pairs(text) == found


def test_a_pair_knows_where_it_stands():
    text = "营业收入 19.7 亿元  资产总额 39.2 亿元"
    assert [text[p.start : p.end].strip() for p in figure_pairs(text)] == text.split("  ")


def test_a_year_in_front_is_the_period():
    figure = pair_figure(figure_pairs("2022 年产品销量 86.4 万吨")[0], 3, "2023")
    assert (figure.metric, figure.period, figure.line) == ("产品销量", "2022", 3)
