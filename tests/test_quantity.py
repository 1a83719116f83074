from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.quantity import is_amount, number, printed_unit, quantity, without_unit


@given(st.decimals(-(10**12), 10**12, places=2, allow_nan=False))
def test_printed_numbers_are_read_exactly(value):
    assert number(f"{value:,}") == number(f"{value:,}".replace("-", "−")) == value
    assert number(f"{value:,}".replace(",", "，")) == value


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1,226", "1226", ""),
        ("11，700", "11700", ""),
        ("１１，２０５", "11205", ""),
        ("1, 226", "1226", ""),
        ("29.86%", "29.86", "%"),
        ("29.86％", "29.86", "%"),
        ("19.70 亿元", "19.70", "亿元"),
        ("（126）", "-126", ""),
        ("(1,234.5)", "-1234.5", ""),
        ("(3.5%)", "-3.5", "%"),
        ("-3.5%", "-3.5", "%"),
        ("4,218¹", "4218", ""),
        ("12.5*", "12.5", ""),
        ("12.5（注1）", "12.5", ""),
        ("0 次 / 年", "0", "次/年"),
    ],
)
def test_amounts(text, value, unit):
    assert quantity(text) == (Decimal(value), unit)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/",
        "≥97%",
        "90.1—100 分",
        "2023/5/23",
        "30岁以下",
        "0769-82618868",
        "13538555484",
        "2007 年",
        "S0",
        "12月31日",
        "1.2.3",
        "9" * 30,
    ],
)
def test_what_is_no_amount(text):
    assert quantity(text) is None


def test_a_year_may_name_a_column():
    assert not is_amount("2023")
    assert not is_amount("2023 年度")
    assert is_amount("2,023")


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("营业收入（万元）", "万元"),
        ("单位：人民币百万元，百分比除外", "百万元"),
        ("（单位：吨）", "吨"),
        ("金额单位：万元 币种：人民币", "万元"),
        ("占比（%）", "%"),
        ("派息（含税）", ""),
        ("单位说明", ""),
    ],
)
def test_units_beside_a_name(name, unit):
    assert printed_unit(name) == unit


def test_a_name_without_its_unit():
    assert without_unit("余额（百万元）") == "余额"
    assert without_unit("派息（含税）") == "派息（含税）"


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("装机容量（兆瓦）", "兆瓦"),
        ("储能规模（MW）", "MW"),
        ("能源消耗（太焦）", "太焦"),
        ("单箱碳排放(gCO2e)", "gCO2e"),
        ("运力（载重吨）", "载重吨"),
        ("产量（万支）", "万支"),
        ("员工构成（人）", "人"),
        ("公司（本部）", ""),
        ("管理层（含独立董事）", ""),
    ],
)
def test_units_of_other_industries(name, unit):
    assert printed_unit(name) == unit


def test_an_amount_of_billions_is_an_amount():
    assert quantity("8,642,317,905.46") == (Decimal("8642317905.46"), "")
    assert quantity("91440300MA5DXXXX1X") is None
    assert quantity("9144030012345678") is None


@pytest.mark.parametrize(
    ("name", "unit", "bare"),
    [
        ("温室气体排放（单位：万吨二氧化碳当量）", "万吨二氧化碳当量", "温室气体排放"),
        ("排放总量（范围一，万吨）", "万吨", "排放总量（范围一）"),
        ("每股分红（元，含税）", "元", "每股分红"),
        ("员工（含退休，实习）", "", "员工（含退休，实习）"),
        ("排放强度（克/千瓦时）", "克/千瓦时", "排放强度"),
    ],
)
def test_units_in_brackets_among_other_words(name, unit, bare):
    assert printed_unit(name) == unit
    assert without_unit(name) == bare


def test_a_unit_may_stand_before_another_bracket():
    assert printed_unit("现金分红金额（元）（含税）") == "元"
    assert without_unit("现金分红金额（元）（含税）") == "现金分红金额（含税）"
    assert printed_unit("现金分红（含税）") == ""
