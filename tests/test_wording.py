from decimal import Decimal

import pytest

from index.table import Figure
from rag.wording import printed_value


@pytest.mark.parametrize(
    ("printed", "unit", "chinese", "english"),
    [
        ("0 次 / 年", "次/年", "0 次 / 年", "0 times / year"),
        ("12", "次/年", "12 次/年", "12 times / year"),
        ("36.87%", "%", "36.87%", "36.87%"),
        ("36.87", "%", "36.87%", "36.87%"),
        ("36.65", "克/千瓦时", "36.65 克/千瓦时", "36.65 gram / kilowatt hour"),
    ],
)
def test_unit_is_printed_once(printed, unit, chinese, english):
    figure = Figure("指标", "", "", "2023", Decimal(1), unit, printed, 1, 2)
    assert printed_value(figure, "zh") == chinese
    assert printed_value(figure, "en") == english


@pytest.mark.parametrize(
    ("printed", "unit", "english"),
    [
        (
            "176.38",
            "万吨二氧化碳当量",
            "1.7638 million tonnes of CO2 equivalent (176.38 万吨二氧化碳当量)",
        ),
        ("12.85", "万人次", "128,500 person-times (12.85 万人次)"),
        ("5", "万公里组", "50,000 (5 万公里组)"),
        ("19.70", "亿元", "RMB 1.970 billion (19.70 亿元)"),
    ],
)
def test_an_amount_in_ten_thousands_keeps_its_unit(printed, unit, english):
    figure = Figure("指标", "", "", "2023", Decimal(printed), unit, printed, 1, 2)
    assert printed_value(figure, "en") == english
