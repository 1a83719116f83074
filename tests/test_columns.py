import pytest

from index.columns import column_periods, header_size, names_all, years_back
from index.grid import read_grids
from index.table import figures, read_tables


def rows(text):
    return read_grids(text.split("\n"), 1)[0].rows


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("指标\t2022\t2023\n人数\t1\t2", 1),
        ("男性\t3\t4\n女性\t5\t6", 0),
        ("指标\t2022\t\t2023\t\n\t甲\t乙\t甲\t乙\n人数\t1\t2\t3\t4", 2),
        ("| 项目 | 2022 | 2022 |\n|---|---|---|\n| 项目 | 甲 | 乙 |\n| 人数 | 1 | 2 |", 2),
        ("法定名称\t某某银行股份有限公司\n地址\t江岳市", 0),
        ("序号\t名称\n1\t某协会", 1),
        ("成立时间\t2007 年\n人数\t3", 0),
    ],
)
def test_size_of_a_header(text, size):
    assert header_size(rows(text)) == size


@pytest.mark.parametrize(
    ("name", "back"),
    [
        ("本年", 0),
        ("本年末", 0),
        ("期末余额", 0),
        ("上年同期", -1),
        ("上年末", -1),
        ("期初余额", -1),
        ("变动", None),
        ("本行", None),
    ],
)
def test_columns_of_this_year_and_the_last(name, back):
    assert years_back(name) == back


def test_periods_and_scopes_of_columns():
    columns = ("指标", "本年", "上年", "同比（%）", "2023 年目标", "2023年12月31日 余额（百万元）")
    assert column_periods(columns, "2023")[1:] == [
        ("2023", "", ""),
        ("2022", "", ""),
        ("", "同比", ""),
        ("2023", "目标", ""),
        ("2023", "余额", ""),
    ]


def test_a_row_that_names_all_columns():
    assert names_all(rows("经营业绩\t\t")[0])
    assert names_all(rows("| 甲 | 甲 | 甲 |")[0])
    assert not names_all(rows("甲\t1\t2")[0])


@pytest.mark.parametrize(
    ("column", "year"),
    [
        ("2023年初", "2022"), ("2023 年 1 月 1 日", "2022"),
        ("2023年12月31日", "2023"), ("2023年末", "2023"),
    ],
)  # fmt: skip
def test_the_beginning_of_a_year_is_the_end_of_the_last(column, year):
    assert column_periods(["项目", column], "2023")[1] == (year, "", "")


def test_the_blanks_that_a_merged_header_lost_are_put_back():
    text = (
        "类别\t2022年\t2023年\n\t覆盖率（%）\t时长（小时）\t覆盖率（%）\t时长（小时）\n"
        "男性\t99\t48.0\t100\t52.5\n女性\t98\t47.0\t99\t51.5"
    )
    found = [
        (f.metric, f.scope, f.period, f.unit) for f in figures(read_tables(text.split("\n"), 1)[0])
    ]
    assert found[:4] == [
        ("男性", "覆盖率", "2022", "%"),
        ("男性", "时长", "2022", "小时"),
        ("男性", "覆盖率", "2023", "%"),
        ("男性", "时长", "2023", "小时"),
    ]


def test_a_column_behind_the_last_name_of_a_header_belongs_to_it():
    text = "指标\t2022年\t\t2023年\n\t东厂\t西厂\t东厂\t西厂\n次数\t12\t4\t13\t5\n人次\t1\t2\t3\t4"
    found = [(f.scope, f.period) for f in figures(read_tables(text.split("\n"), 1)[0])]
    assert found[:4] == [("东厂", "2022"), ("西厂", "2022"), ("东厂", "2023"), ("西厂", "2023")]


def test_a_tool_has_made_the_first_row_a_header():
    text = "| 费用化研发投入 | 768,415,930.22 |\n| --- | --- |\n| 研发投入合计 | 916,622,307.62 |\n"
    found = [(f.metric, f.printed) for f in figures(read_tables(text.split("\n"), 1)[0])]
    assert found == [("费用化研发投入", "768,415,930.22"), ("研发投入合计", "916,622,307.62")]
