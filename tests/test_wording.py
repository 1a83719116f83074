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
    ],
)
def test_unit_is_printed_once(printed, unit, chinese, english):
    figure = Figure("指标", "", "", "2023", Decimal(1), unit, printed, 1, 2)
    assert printed_value(figure, "zh") == chinese
    assert printed_value(figure, "en") == english
