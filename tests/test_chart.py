from dataclasses import replace
from decimal import Decimal

import pytest
from fakes import assistant_of, small_index

from rag.answer import Answer, Citation
from rag.chart import chart_of

TEXT = """海岳食品股份有限公司 2023 年度报告

第一章 经营

经营业绩

指标	单位	2021 年	2022 年	2023 年
营业收入	万元	100,000.00	114,230.00	123,600.00
研发投入	万元	2,200.00	2,310.50	2,702.80
用水量	吨	60,000	52,000	48,500
净增长	%	-2.0	1.5	-3.1

第二章 员工

员工构成

指标	单位	2022 年	2023 年
员工总数	人	1,860	1,924
按性别划分	男性	1,010	1,032
	女性	850	892
按地区划分	山东	800	900
	其他	700	800

收入来源

类别	单位	2023 年
内销占比	%	60.5
外销占比	%	39.5
招聘人数	人	210
校园招聘	人	110
社会招聘	人	100

培训

培训场次	2022 东莞	2022 厦门	2023 东莞	2023 厦门
安全培训	12	4	10	5
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    return small_index(tmp_path_factory.mktemp("report"), TEXT)


@pytest.fixture
def answered(index):
    """An answer that cites the rows that begin like this."""

    def make(question, *rows, language="zh", answered=True):
        entries = [next(e for e in index.entries if e.quote.startswith(row)) for row in rows]
        citations = tuple(
            Citation(number, index.passages[entry.passage], entry.quote)
            for number, entry in enumerate(entries, 1)
        )
        return Answer("…", answered, language, citations, (), question)

    return make


def points(chart):
    return [(point.label, str(point.value)) for point in chart.points]


def test_a_row_is_drawn_over_its_years(index, answered):
    chart = chart_of(index, answered("研发投入是多少？", "研发投入"))
    assert (chart.kind, chart.title, chart.unit) == ("years", "研发投入", "万元")
    assert points(chart) == [("2021", "2200.00"), ("2022", "2310.50"), ("2023", "2702.80")]
    assert {point.citations for point in chart.points} == {(1,)}
    assert {point.lines for point in chart.points} == {(9,)}
    assert chart.points[1].printed == "2,310.50 万元"
    assert chart.citations[0].number == 1


def test_money_is_in_millions_for_english_readers(index, answered):
    chart = chart_of(index, answered("R&D investment by year?", "研发投入", language="en"))
    assert chart.unit == "RMB million"
    assert [point.value for point in chart.points] == [
        Decimal("22"), Decimal("23.105"), Decimal("27.028")
    ]  # fmt: skip
    assert chart.points[2].printed == "2,702.80 万元"
    assert chart.title == "R&D investment (研发投入)"


def test_only_the_years_that_are_asked_for(index, answered):
    chart = chart_of(index, answered("用水量2022年到2023年变化多少？", "用水量"))
    assert points(chart) == [("2022", "52000"), ("2023", "48500")]
    assert len(chart_of(index, answered("2022年用水量增加了多少？", "用水量")).points) == 3


def test_parts_are_drawn_where_they_are_the_whole(index, answered):
    chart = chart_of(index, answered("男女员工各多少？", "按性别划分\t男性", "\t女性"))
    assert (chart.kind, chart.unit) == ("parts", "人")
    assert chart.title == "员工总数，按性别划分，2023 年"
    assert points(chart) == [("男性", "1032"), ("女性", "892")]
    assert [point.citations for point in chart.points] == [(1,), (2,)]
    older = chart_of(index, answered("2022年男女各多少？", "按性别划分\t男性", "\t女性"))
    assert points(older) == [("男性", "1010"), ("女性", "850")]
    english = answered("Men and women?", "按性别划分\t男性", "\t女性", language="en")
    assert points(chart_of(index, english)) == [("male", "1032"), ("female", "892")]


def test_a_total_that_is_cited_too_is_no_part(index, answered):
    cited = ("员工总数", "按性别划分\t男性", "\t女性")
    chart = chart_of(index, answered("员工有多少？男女各多少？", *cited))
    assert points(chart) == [("男性", "1032"), ("女性", "892")]


def test_parts_that_are_not_all_are_not_drawn(index, answered):
    assert chart_of(index, answered("各地区多少人？", "按地区划分\t山东", "\t其他")) is None


def test_parts_without_a_group_must_stand_beside_their_total(index, answered):
    chart = chart_of(index, answered("校园和社会招聘各多少？", "校园招聘", "社会招聘"))
    assert chart.title == "招聘人数，2023 年"
    assert points(chart) == [("校园招聘", "110"), ("社会招聘", "100")]


def test_shares_of_no_group_make_no_whole(index, answered):
    assert chart_of(index, answered("内销外销占比各多少？", "内销占比", "外销占比")) is None


def test_the_rest_of_a_share_is_computed(index, answered):
    question = "2022年女性员工占比是多少？"
    chart = chart_of(index, answered(question, "\t女性", "员工总数"))
    assert points(chart) == [("女性", "850"), ("其余（计算得出）", "1010")]
    assert chart.points[1].printed == "1,860 − 850 = 1,010"
    assert chart.points[1].citations == (1, 2)
    assert len(chart.points[1].lines) == 2
    # costs are no part of the revenue
    assert chart_of(index, answered("研发投入占营业收入的比例？", "研发投入", "营业收入")) is None


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("研发投入和营业收入是多少？", ("研发投入", "营业收入")),  # neither is the whole answer
        ("近三年男女员工人数？", ("按性别划分\t男性", "\t女性")),
        ("内销占比是多少？", ("内销占比",)),  # one figure
        ("安全培训多少场？", ("安全培训",)),  # two places each year
        ("没有引用？", ()),
    ],
)
def test_what_makes_no_chart(index, answered, question, rows):
    assert chart_of(index, answered(question, *rows)) is None


def test_a_refusal_has_no_chart(index, answered):
    assert chart_of(index, answered("研发投入？", "研发投入", answered=False)) is None


def test_a_trend_is_drawn_although_more_is_cited(index, answered):
    chart = chart_of(index, answered("近三年营业收入的趋势？", "营业收入", "研发投入"))
    assert chart.title == "营业收入"


def test_figures_below_zero_are_drawn_over_years(index, answered):
    assert [p.value for p in chart_of(index, answered("净增长？", "净增长")).points] == [
        Decimal("-2.0"), Decimal("1.5"), Decimal("-3.1")
    ]  # fmt: skip


def test_a_misprinted_year_is_said(index, answered):
    figures = tuple(
        replace(entry, figure=replace(entry.figure, note="表头印作“2022”"))
        if entry.figure.metric == "用水量"
        else entry
        for entry in index.figures
    )
    chart = chart_of(replace(index, figures=figures), answered("用水量？", "用水量"))
    assert "误印" in chart.note
    assert chart_of(index, answered("用水量？", "用水量")).note == ""


def test_the_answers_of_an_assistant_have_charts(index):
    assistant = assistant_of(index)
    chart = chart_of(index, assistant.ask("2023年的研发投入是多少？"))
    assert chart.kind == "years"
    share = chart_of(index, assistant.ask("What share of employees were women in 2023?"))
    assert points(share) == [("female", "892"), ("the rest (computed)", "1032")]
