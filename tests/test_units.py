import re
from decimal import Decimal

import pytest

from rag.units import (
    MONEY,
    RATIOS,
    SCALE,
    SCALES,
    SYMBOLS,
    UNIT,
    power_of_ten,
    table_units,
    unit_of,
)


@pytest.mark.parametrize(
    ("word", "unit"),
    [
        ("元", "CNY"), ("人民币", "CNY"), ("Yuan", "CNY"), ("RMB", "CNY"), ("美元", "USD"),
        ("US dollars", "USD"), ("港元", "HKD"), ("欧元", "EUR"), ("英镑", "GBP"), ("日元", "JPY"),
        ("个百分点", "pp"), ("percentage points", "pp"), ("%", "%"), ("per cent", "%"),
        ("小时", "hour"), ("课时", "hour"), ("hours", "hour"), ("分钟", "minute"), ("天", "day"),
        ("周", "week"), ("个月", "month"), ("年", "year"), ("岁", "year"), ("吨", "tonne"),
        ("tCO2e", "tonne"), ("千克", "kg"), ("千瓦时", "kWh"), ("kWh", "kWh"), ("KW", "kW"),
        ("兆瓦时", "MWh"), ("分贝", "dB"), ("m²", "m2"), ("立方米", "m3"), ("公里", "km"),
        ("分", "point"), ("人次", "person-time"), ("participants", "person-time"),
        ("名", "person"), ("directors", "person"), ("批次", "item"), ("patents", "item"),
    ],
)  # fmt: skip
def test_words_of_a_unit(word: str, unit: str) -> None:
    match = UNIT.match(word)
    assert match
    assert match[0] == word
    assert unit_of(match) == unit


@pytest.mark.parametrize("word", ["分公司", "周年", "yuanbao", "daylight", "kwhx", "公司"])
def test_longer_words_are_no_units(word: str) -> None:
    assert unit_of(UNIT.match(word)) == ""


@pytest.mark.parametrize(
    ("scale", "power"),
    [("万", 4), ("亿", 8), ("万亿", 12), ("Million", 6), ("ten thousand", 4), ("bn", 9), (None, 0)],
)
def test_power_of_ten(scale: str | None, power: int) -> None:
    assert power_of_ten(scale) == power


def test_every_scale_that_is_found_has_its_power() -> None:
    for word in SCALES:
        match = re.search(SCALE, f"1{word}") or re.search(SCALE, f"1{word.upper()}")  # 1B, not 1b
        assert match, word
        assert power_of_ten(match[0]) == SCALES[word]


def test_money_and_ratios_are_units() -> None:
    known = {unit_of(UNIT.match(word)) for word in [*MONEY.values(), *RATIOS.values()]}
    assert known == {*MONEY, *RATIOS}
    assert set(SYMBOLS.values()) == {*MONEY}


def test_a_row_states_its_unit_in_a_cell() -> None:
    row = "研发投入\t万元\t18,798.38"
    (stated,) = table_units(row)
    assert (stated.scale, stated.unit, stated.in_row) == (Decimal(10**4), "CNY", True)
    assert row[stated.start : stated.end] == "\t18,798.38"


def test_the_cells_after_a_second_unit_have_that_one() -> None:
    assert [stated.unit for stated in table_units("收入\t万元\t12.5\t比例\t%\t3.4")] == ["CNY", "%"]


def test_a_caption_covers_the_rows_up_to_the_next_text() -> None:
    text = "单位:万元\n\n项目\t2023\n收入\t12.5\n说明\n甲\t7"
    covered = [text[stated.start : stated.end] for stated in table_units(text)]
    assert covered == ["项目\t2023", "收入\t12.5"]
    assert not any(stated.in_row for stated in table_units(text))


def test_running_text_states_no_unit_for_a_table() -> None:
    assert list(table_units("收入（万元）12\n甲\t7")) == []


def test_the_head_of_a_column_gives_the_unit_of_its_cells():
    lines = [
        "|医院|床位(张)|门诊量(万人次)|",
        "|---|---|---|",
        "|甲|1,500|12.85|",
        "",
        "共 12.85。",
    ]
    text = "\n".join(lines)
    units = {text[u.start : u.end]: (u.scale, u.unit) for u in table_units(text) if not u.in_row}
    assert units["1,500"] == (1, "item")
    assert units["12.85"] == (10**4, "person-time")
    assert not any(u.start <= text.rindex("12.85") < u.end for u in table_units(text))
