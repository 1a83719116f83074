import pytest

from index.titles import (
    BARE,
    CASE,
    CHAPTER,
    ITEM,
    MARKED,
    PERIOD,
    POINT,
    SECTION,
    SUBITEM,
    SUBPOINT,
    bare_title,
    heading_key,
    is_contact,
    markdown_depth,
    number_rank,
    title_rank,
    without_number,
)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("数说2023", "数说 2023"),
        ("01 好奶源 绿色牧场", "好奶源　绿色牧场"),
        ("第一章 公司治理", "公司治理"),
        ("行稳致远，开启新格局", "行稳致远 开启新格局"),
        ("## **公司治理**", "公司治理"),
        ("► 内部控制", "内部控制"),
        ("ＥＳＧ管理", "esg 管理"),
    ],
)
def test_spellings_of_one_heading(left, right):
    assert heading_key(left) == heading_key(right)


def test_other_headings_have_other_keys():
    assert heading_key("公司治理") != heading_key("公司管理")
    assert heading_key("2023年重要成果") != heading_key("2022年重要成果")


@pytest.mark.parametrize(
    ("line", "depth"),
    [("# 甲", 1), ("### 乙", 3), ("<h2>丙</h2>", 2), ("#丁", 0), ("####### 戊", 0), ("己 # 庚", 0)],
)
def test_depth_of_marks(line, depth):
    assert markdown_depth(line) == depth


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("## |第三节 治理", "第三节 治理"),
        ("# **<center>公司治理</center>**", "公司治理"),
        ('## <span id="page-3-0"></span>公司治理', "公司治理"),
        ("## [公司治理](#a)", "公司治理"),
        ("▶▶ 股东回报", "股东回报"),
        ("<h3>环境</h3>", "环境"),
    ],
)
def test_titles_without_marks(line, title):
    assert bare_title(line) == title


@pytest.mark.parametrize(
    ("title", "rank", "first"),
    [
        ("第三章 治理", CHAPTER, False),
        ("第一节 释义", SECTION, True),
        ("一、概况", ITEM, True),
        ("（二）风险", SUBITEM, False),
        ("1. 存款", POINT, True),
        ("2、贷款", POINT, False),
        ("（1）对公", SUBPOINT, True),
        ("3.1 业绩", SECTION, True),
        ("3.1.2 收入", ITEM, False),
    ],
)
def test_numbering_has_a_rank(title, rank, first):
    assert number_rank(title) == (rank, first)


@pytest.mark.parametrize("title", ["公司治理", "2023 年", "3.5 亿元", "24 小时", "十大品牌"])
def test_titles_without_numbering(title):
    assert number_rank(title) is None


def test_ranks_of_marks_cases_and_years():
    ranks = [title_rank(x, x) for x in ("► 内控", "案例一：培训", "2015-2016", "内控", "（一）甲")]
    assert ranks == [MARKED, CASE, PERIOD, BARE, SUBITEM]


@pytest.mark.parametrize(
    ("line", "contact"),
    [
        ("0769-82618868", True),
        ("ir@zkteco.com", True),
        ("总经理 金海荣", True),
        ("董事长：顾明远", True),
        ("董事会 多元化", False),
        ("2023 年目标", False),
    ],
)
def test_contacts_and_signatures(line, contact):
    assert is_contact(line) is contact


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("（三）员工权益", "员工权益"),
        ("2、收入和成本", "收入和成本"),
        ("第三节 管理层讨论", "管理层讨论"),
        ("1.2 收入", "收入"),
        ("2023年收入", "2023年收入"),
        ("3.5亿元投资", "3.5亿元投资"),
        ("一、", "一、"),
    ],
)
def test_the_number_of_a_title_is_no_word_of_it(title, bare):
    assert without_number(title) == bare
