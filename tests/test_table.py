import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.grid import split_cells
from index.key_figures import key_figure
from index.table import Table, figures, read_tables, row_words

EMPTY = Table("", (), (), ())


def table(text, caption=""):
    return next(iter(read_tables(text.split("\n"), 1, caption)), EMPTY)


def figure_table(text, period="", caption=""):
    return [
        (f.metric, f.group, f.scope, f.period, str(f.value), f.unit)
        for f in figures(table(text, caption), period)
    ]


def test_header_rows_units_and_years():
    text = "指标\t单位\t2022 年\t2023 年\n用水量\t吨\t1,200\t1,100.5\n合格率\t%\t98\t99"
    assert figure_table(text) == [
        ("用水量", "", "", "2022", "1200", "吨"),
        ("用水量", "", "", "2023", "1100.5", "吨"),
        ("合格率", "", "", "2022", "98", "%"),
        ("合格率", "", "", "2023", "99", "%"),
    ]
    assert [row_words(table(text), row) for row in table(text).rows] == [
        "用水量：2022 年 1,200 吨；2023 年 1,100.5 吨",
        "合格率：2022 年 98%；2023 年 99%",
    ]


@pytest.mark.parametrize("tabs", ["", "\t\t\t"])
def test_a_line_that_names_the_rows_below_it(tabs):
    first = f"指标\t单位\t2022\t2023\n总数\t人\t9\t8\n按性别划分{tabs}\n男性\t人\t5\t4"
    text = f"{first}\n按学历{tabs}\n硕士\t人\t1\t2"
    assert [(r.group, r.label, r.line) for r in table(text).rows] == [
        ("", "总数", 2),
        ("按性别划分", "按性别划分 男性", 4),
        ("按学历", "按学历 硕士", 6),
    ]


def test_a_merged_first_column_and_labels_in_the_unit_column():
    first = "员工\t单位\t2023 年\n总数\t人\t9\n按性别\t男性\t5\n\t女性\t4"
    text = f"{first}\n按年龄\t30岁以上\t6\n\t50岁以上\t1"
    assert figure_table(text) == [
        ("总数", "", "", "2023", "9", "人"),
        ("按性别 男性", "", "", "2023", "5", "人"),
        ("按性别 女性", "", "", "2023", "4", "人"),
        ("按年龄 30岁以上", "", "", "2023", "6", "人"),
        ("按年龄 50岁以上", "", "", "2023", "1", "人"),
    ]


def test_an_unknown_unit_is_a_unit_and_never_that_of_the_row_above():
    text = "指标\t单位\t2023\n员工\t人\t9\n排放\ttCO2e\t5\n路程\t海里\t7\n船龄\t/\t8\n比例\t—\t3"
    units = [(figure[0], figure[5]) for figure in figure_table(text)]
    assert units == [
        ("员工", "人"), ("排放", "tCO2e"), ("路程", "海里"), ("船龄", ""), ("比例", ""),
    ]  # fmt: skip


def test_an_empty_unit_cell_is_merged_with_the_one_above():
    text = "指标\t单位\t2023\n男性\t人\t9\n女性\t\t5"
    assert [f[5] for f in figure_table(text)] == ["人", "人"]


def test_several_label_columns_and_a_unit_column_at_the_end():
    text = "类别\t指标\t2022\t2023\t单位\n甲板部\t人次\t18\t19\t人次\n\t时长\t24\t26\t小时"
    assert figure_table(text) == [
        ("甲板部 人次", "", "", "2022", "18", "人次"),
        ("甲板部 人次", "", "", "2023", "19", "人次"),
        ("甲板部 时长", "", "", "2022", "24", "小时"),
        ("甲板部 时长", "", "", "2023", "26", "小时"),
    ]


def test_a_column_of_numbers_before_the_years_is_no_label():
    text = "指标\t目标\t2023 年\n合格率\t99%\t98%"
    assert [(f[0], f[3], f[4]) for f in figure_table(text)] == [
        ("合格率", "", "99"), ("合格率", "2023", "98"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "caption", "units"),
    [
        (
            "指标\t2022\t2023\n营业收入（万元）\t3\t4\n员工（人）\t5\t6",
            "",
            ["万元", "万元", "人", "人"],
        ),
        ("部门\t金额（万元）\t占比（%）\n研发\t3\t4", "", ["万元", "%"]),
        ("指标\t2022\t2023\n营业收入\t3\t4", "（单位：万元）", ["万元", "万元"]),
        ("指标\t2022\t2023\n营业收入\t3\t4 亿元", "单位：万元", ["万元", "亿元"]),
        ("指标\t2022\t2023\n现金股利（含税）\t3\t4", "单位说明", ["", ""]),
    ],
)
def test_units_printed_beside_a_name(text, caption, units):
    assert [f[5] for f in figure_table(text, caption=caption)] == units


def test_a_header_of_two_lines():
    text = "指标\t单位\t2022 年\t\t2023 年\t\n\t\t东莞\t厦门\t东莞\t厦门\n培训\t次\t1\t2\t3\t4"
    assert table(text).columns[2:] == (
        "2022 年 东莞",
        "2022 年 厦门",
        "2023 年 东莞",
        "2023 年 厦门",
    )
    assert table(text).header == (1, 2)
    assert [f[2:5] for f in figure_table(text)] == [
        ("东莞", "2022", "1"), ("厦门", "2022", "2"), ("东莞", "2023", "3"), ("厦门", "2023", "4"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("years", "read"),
    [
        (["2021", "2022", "2022"], ["2021", "2022", "2023"]),
        (["2021", "2022", "2022", "2022"], ["2021", "2022", "2023", "2024"]),
        (["2022", "2023", "2022", "2023"], ["2022", "2023", "2022", "2023"]),
        (["2023", "2022", "2022"], ["2023", "2022", "2022"]),
        (["2021", "2021", "2022"], ["2021", "2021", "2022"]),
        (["2023", "2023"], ["2023", "2023"]),
    ],
)
def test_a_year_printed_twice(years, read):
    text = "指标\t" + "\t".join(f"{y} 年" for y in years) + "\n人数" + "\t7" * len(years)
    found = figures(table(text))
    assert [figure.period for figure in found] == read
    misread = [y != r for y, r in zip(years, read, strict=True)]
    assert [figure.note == "表头印作“2022”" for figure in found] == misread


def test_a_year_printed_twice_in_a_header_of_two_lines(dairy):
    first = dairy.lines.index("指标\t单位\t2021 年\t\t2022 年\t\t2022 年\t") + 1
    found = figures(read_tables(dairy.lines[first - 1 : first + 3], first)[0])
    row = [(f.period, f.scope, str(f.value), bool(f.note)) for f in found if f.metric == "培训次数"]
    assert row == [
        ("2021", "呼和浩特", "6", False), ("2021", "包头", "2", False),
        ("2022", "呼和浩特", "8", False), ("2022", "包头", "3", False),
        ("2023", "呼和浩特", "9", True), ("2023", "包头", "4", True),
    ]  # fmt: skip


def test_a_row_says_the_year_that_a_misprinted_header_means():
    read = table("指标\t2021 年\t2022 年\t2022 年\n人数\t7\t8\t9")
    assert row_words(read, read.rows[0]) == "人数：2021 年 7；2022 年 8；2023 年 9"


def test_the_report_year_stands_in_only_where_a_row_has_one_value():
    assert figure_table("类别\t人数\n五级\t9", "2023")[0][3] == "2023"
    assert {f[3] for f in figure_table("部门\t甲\t乙\n研发\t3\t4", "2023")} == {""}
    assert {f[3] for f in figure_table("用电\t3\t4\n用水\t5\t6", "2023")} == {""}


def test_a_header_of_classes_is_no_row_of_values():
    text = "类别\t30岁以下\t30-50岁\t50岁以上\n人数\t3\t4\t5"
    assert table(text).columns == ("类别", "30岁以下", "30-50岁", "50岁以上")
    assert [f[4] for f in figure_table(text)] == ["3", "4", "5"]


def test_a_first_line_with_values_is_no_header():
    assert table("男性\t3\t4\n女性\t5\t6").columns == ()
    assert len(table("男性\t3\t4\n女性\t5\t6").rows) == 2


def test_a_title_line_inside_the_table_is_its_caption():
    read = table("举报渠道\t\n电话\t13800000000\n邮箱\ta@b.cn")
    assert (read.caption, read.columns, read.header) == ("举报渠道", (), (1,))
    assert [row_words(read, row) for row in read.rows] == ["电话：13800000000", "邮箱：a@b.cn"]


def test_pipe_table_loses_its_separator_and_keeps_its_lines():
    read = table("| 指标 | 2023 |\n|:---|---:|\n| 人数 | 3 |")
    assert [(row.line, row.cells) for row in read.rows] == [(3, ("人数", "3"))]


def test_a_table_of_two_columns_with_and_without_a_header():
    assert figure_table("绩效指标\t2022 年\n人数\t3") == [("人数", "", "", "2022", "3", "")]
    assert table("成立时间\t2007 年\n人数\t3").columns == ()


@pytest.mark.parametrize(
    "text", ["\t", "a\t", "\t\t\n\t\t", "|||", "|--|--|", "a\t1\n\n", "指标\t单位"]
)
def test_odd_tables_are_read_without_an_error(text):
    figures(table(text))
    [row_words(table(text), row) for row in table(text).rows]


@given(st.text(st.sampled_from("年单位2023人\t\n|-,.%（） "), max_size=60))
def test_no_text_breaks_the_reading_of_a_table(text):
    read = table(text)
    assert all(row.label is not None for row in read.rows)
    for figure in figures(read):
        assert 1 <= figure.line <= text.count("\n") + 1
        assert figure.printed in split_cells(text.split("\n")[figure.line - 1])


def test_long_lines_take_no_quadratic_time():
    key_figure("- a" + " " * 500_000 + "b")
    table("a\tb\n" + "\t" * 500_000 + "x\n" + "-" * 500_000)


def test_a_row_of_other_dates_heads_the_rows_below_it():
    lines = [
        "项目\t2023年\t2022年\t增减（%）",
        "营业收入\t150\t120\t25.0",
        "净利润\t30\t20\t50.0",
        "\t2023年末\t2022年末\t年末增减（%）",
        "总资产\t900\t800\t12.5",
        "净资产\t500\t400\t25.0",
    ]
    first, second = read_tables(lines, 1, note="单位：万元")
    assert [row.label for row in first.rows] == ["营业收入", "净利润"]
    assert [row.label for row in second.rows] == ["总资产", "净资产"]
    assert {figure.unit for figure in figures(second) if figure.period} == {"万元"}


def test_the_upper_line_of_a_header_may_give_the_unit():
    lines = [
        "<table><tr><td rowspan='2'>层级</td><td colspan='2'>培训时长（小时）</td></tr>"
        "<tr><td>2022年</td><td>2023年</td></tr><tr><td>管理层</td><td>38.0</td><td>41.5</td></tr>"
        "<tr><td>员工</td><td>48.4</td><td>53.1</td></tr></table>"
    ]
    found = figures(read_tables(lines, 1)[0])
    assert {figure.unit for figure in found} == {"小时"}
    assert {figure.scope for figure in found} == {"培训时长"}


def test_a_label_with_spaces_is_one_label():
    lines = ["类别\t2022 年度\t2023 年度", "30 岁以下\t5\t6", "50 岁以上\t7\t8"]
    assert [f.metric for f in figures(read_tables(lines, 1)[0])][::2] == ["30岁以下", "50岁以上"]


def test_a_header_that_says_year_names_no_scope():
    lines = [
        "<table><tr><th rowspan='2'>指标</th><th colspan='2'>年度</th></tr>"
        "<tr><th>2022</th><th>2023</th></tr><tr><td>用水量</td><td>5</td><td>6</td></tr></table>"
    ]
    assert {(f.period, f.scope) for f in figures(read_tables(lines, 1)[0])} == {
        ("2022", ""),
        ("2023", ""),
    }


def test_a_header_that_stands_below_the_first_row():
    found = table(
        "高管序列（M）\t经理（M1）\t\t总监（M2）\t\n"
        "级别\t初级\t中级\t高级\t专家\n"
        "销售序列（S）\tS1\tS2\tS3\tS4\n"
        "研发序列（R）\tR1\tR2\tR3\tR4"
    )
    assert found.columns == ("级别", "初级", "中级", "高级", "专家")
    assert found.header == (2,)
    assert [row_words(found, row) for row in found.rows] == [
        "高管序列（M）：初级 经理（M1）；中级 经理（M1）；高级 总监（M2）；专家 总监（M2）",
        "销售序列（S）：初级 S1；中级 S2；高级 S3；专家 S4",
        "研发序列（R）：初级 R1；中级 R2；高级 R3；专家 R4",
    ]


def test_a_header_of_two_lines_is_not_below_the_first_row():
    text = "指标\t销售\t\t研发\t\n级别\t初级\t中级\t初级\t中级\n人数\t1\t2\t3\t4\n费用\t1\t2\t3\t4"
    found = table(text)
    assert found.header[0] == 1


def test_the_unit_stands_behind_the_value_alone():
    text = "名称\t床位（张）\t占比（%）\n甲医院\t1,500\t39\n乙医院（张）\t620\t16"
    assert [row_words(table(text), row) for row in table(text).rows] == [
        "甲医院：床位 1,500 张；占比 39%",
        "乙医院：床位 620 张；占比 16%",
    ]
    own = "名称（张）\t说明\n甲医院（张）\t约 3 成"  # no unit is put behind a value
    assert row_words(table(own), table(own).rows[0]) == "甲医院（张）：说明 约 3 成"


def test_what_a_row_says_besides_its_name_has_its_column():
    text = "委员会\t主任\t人数\t2024年会议\n审计\t曾\t3\t7\n提名\t马\t3\t2"
    assert row_words(table(text), table(text).rows[0]) == "审计：主任 曾；人数 3；2024年会议 7"
    nested = "类别\t指标\t2023年\n安全\t事故\t0\n安全\t投入\t7"  # the second names the row too
    assert row_words(table(nested), table(nested).rows[1]) == "安全 投入：2023年 7"


def test_a_total_is_one_of_what_the_caption_says():
    text = "项目\t2023年\t2024年\n教育\t310\t380\n合计\t690\t880"
    found = figure_table(text, caption="对外捐赠（单位：万元）")
    assert found[-1] == ("合计", "对外捐赠", "", "2024", "880", "万元")
    assert found[0][:2] == ("教育", "")


def test_the_unit_of_a_table_is_not_that_of_what_is_counted():
    lines = ["姓名\t年龄\t税前报酬", "沈砚秋\t58\t128.60", "陆怀瑾\t49\t112.40"]
    (table,) = read_tables(lines, 1, "报酬情况", note="单位：万元")
    assert [(f.printed, f.unit) for f in figures(table)[:2]] == [("58", ""), ("128.60", "万元")]


def test_a_total_ends_the_group_above_it():
    lines = [
        "项目\t2023年\t2022年", "流动资产：\t\t", "货币资金\t700\t740", "流动资产合计\t700\t740",
        "资产总计\t3,500\t3,200", "按性别\t\t", "男\t3\t4", "合计\t3\t4", "其他\t1\t2",
    ]  # fmt: skip
    (table,) = read_tables(lines, 1)
    assert [row.label for row in table.rows] == [
        "流动资产 货币资金", "流动资产合计", "资产总计", "按性别 男", "按性别 合计", "其他"
    ]  # fmt: skip


def test_the_total_of_numbered_rows_is_called_so():
    lines = ["序号\t客户名称\t销售额", "1\t客户一\t287", "2\t客户二\t214", "合计\t--\t501"]
    (table,) = read_tables(lines, 1)
    assert [row.label for row in table.rows] == ["客户一", "客户二", "合计"]


def test_second_cells_name_the_rows_where_first_cells_are_merged_over_several():
    merged = "<table><tr><td colspan=2>分类</td><td>人数</td></tr>" + "".join(
        f"<tr>{group}<td>{name}</td><td>{value}</td></tr>"
        for group, name, value in (
            ("<td rowspan=2>性别</td>", "男", "130"),
            ("", "女", "27"),
            ("<td rowspan=2>学历</td>", "本科", "47"),
            ("", "大专", "52"),
        )
    )
    metrics = [metric for metric, *_ in figure_table(merged)]
    assert metrics == ["性别 男", "性别 女", "学历 本科", "学历 大专"]
    alike = merged.replace("<td>女", "<td>男")
    assert [metric for metric, *_ in figure_table(alike)][:2] == ["性别", "性别"]
