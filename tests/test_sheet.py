import csv
import io
from decimal import Decimal

import pytest

from index.passage import Passage
from rag.answer import Citation
from rag.chart import Chart, Point
from rag.sheet import to_csv


def chart(label="2023", title="研发投入", unit="万元", section=("经营", "研发投入"), language="zh"):
    cited = (
        Citation(1, Passage("a", "年度报告", "…", section, 7, (3, 9)), "…"),
        Citation(2, Passage("b", "年度报告", "…", ("员工",), None, (30, 39)), "…"),
    )
    points = (
        Point(label, Decimal("2702.80"), "2,702.80 万元", (1,), (5,)),
        Point("其余", Decimal("-3E+2"), "1 − 2", (1, 2), (5, 31)),
    )
    return Chart("years", title, unit, language, points, cited)


def rows(of):
    text = to_csv(of)
    assert text.startswith("\ufeff")  # a spreadsheet would take it for another encoding
    return list(csv.reader(io.StringIO(text[1:])))


def test_each_figure_has_its_unit_and_source():
    header, first, second = rows(chart())
    assert header == ["名称", "数值", "单位", "报告原文", "报告", "章节", "页码", "行号", "引用"]
    assert first == [
        "2023", "2702.80", "万元", "2,702.80 万元", "年度报告", "经营 › 研发投入", "7", "5", "[1]"
    ]  # fmt: skip
    assert second[1] == "-300"
    assert second[5:] == ["经营 › 研发投入 | 员工", "7", "5 31", "[1] [2]"]
    assert rows(chart(language="en"))[0][:3] == ["label", "value", "unit"]


@pytest.mark.parametrize(
    "evil",
    ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\r=1", "\n=1", "＝1", '=HYPERLINK("x")'],
)
def test_text_is_no_formula(evil):
    found = rows(chart(label=evil, unit=evil, section=(evil,)))[1]
    for text in (found[0], found[2], found[5]):
        assert text == f"'{evil}"


def test_commas_quotes_and_line_ends_stay_in_their_cell():
    found = rows(chart(label='a,"b"\nc'))
    assert found[1][0] == 'a,"b"\nc'
    assert {len(row) for row in found} == {9}
