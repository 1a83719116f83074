"""What tells rows and figures of one kind apart is said, or was asked for."""

from dataclasses import replace

import pytest
from fakes import evidence

from index.bridge import Bridge
from index.terms import tokens
from rag.siblings import (
    half_named,
    misnamed,
    narrowed,
    of_kind_asked,
    unasked_rows,
    unnamed_rows,
)
from rag.support import Support

MEETINGS, TRAINING, RATES = evidence(
    "公司召开年度股东大会 1 次，临时股东大会 4 次，共审议通过 17 项议案。",
    "公司开展 42 次内部培训，2 次外部培训。",
    "参与体检人数为 113 人，合格人数为 110 人。",
)
NATIONAL, OF_GROUPS, RIGHTS = (
    replace(piece, kind="row")
    for piece in evidence(
        "国家标准：标准号 GB/T 1234-2023；发布日期 2023/9/7",
        "团体标准：标准号 T/ABC 56-2023；发布日期 2023/6/29",
        "获得专利及软件著作权数量：170 件",
    )
)
TEXTS = [p.words for p in (MEETINGS, TRAINING, RATES, NATIONAL, OF_GROUPS, RIGHTS)]
SUPPORT = Support(Bridge({token for text in TEXTS for token in tokens(text)}))


@pytest.mark.parametrize(
    ("claim", "question", "piece", "wrong"),
    [
        ("There was 1 shareholders' meeting", "How many meetings?", MEETINGS, True),
        ("There was 1 annual general meeting", "How many meetings?", MEETINGS, False),
        ("召开股东大会 4 次", "开了几次会？", MEETINGS, True),
        ("召开临时股东大会 4 次", "开了几次会？", MEETINGS, False),
        ("召开了 4 次", "临时股东大会开了几次？", MEETINGS, False),
        ("审议通过 17 项议案", "", MEETINGS, False),
        ("There were 42 training sessions", "", TRAINING, True),
        ("There were 42 internal training sessions", "", TRAINING, False),
        ("113 people were examined", "", RATES, False),
    ],
)
def test_a_figure_is_not_half_named(claim, question, piece, wrong):
    assert bool(half_named(claim, question, [piece], SUPPORT)) is wrong


@pytest.mark.parametrize(
    ("claim", "question", "wrong"),
    [
        ("It drafted GB/T 1234 and T/ABC 56", "Which national standards were drafted?", True),
        ("It drafted the group standard T/ABC 56", "Which national standards were drafted?", False),
        ("It drafted GB/T 1234 and T/ABC 56", "Which standards were drafted?", False),
        ("The national standard is the group standard T/ABC 56", "Which national standards?", True),
        ("起草了 T/ABC 56", "起草了哪些国家标准？", True),
        ("起草了 T/ABC 56", "起草了哪些国家标准和团体标准？", False),
    ],
)
def test_a_row_is_of_the_kind_that_was_asked_for(claim, question, wrong):
    rows = [NATIONAL, OF_GROUPS]
    assert bool(unasked_rows(claim, question, [OF_GROUPS], rows, SUPPORT)) is wrong
    assert unasked_rows(claim, question, [NATIONAL], [NATIONAL, RIGHTS], SUPPORT) == []


@pytest.mark.parametrize(
    ("claim", "wrong"),
    [
        ("It obtained 170 patents", True),
        ("It obtained 170 patents and software copyrights", False),
        ("It has 170 boats", True),
    ],
)
@pytest.mark.parametrize("kind", ["row", "sentence"])
def test_a_figure_is_of_all_that_its_label_counts(claim, wrong, kind):
    piece = replace(RIGHTS, kind=kind)
    assert bool(unnamed_rows(claim, "", [piece], SUPPORT)) is wrong


@pytest.mark.parametrize(
    ("claim", "wrong"),
    [
        ("其中职工监事 3 名", True),
        ("监事会成员 3 名，其中职工监事 1 名", False),
        ("there are 3 employee supervisors", True),
        ("There are 3 members, 1 of them an employee supervisor", False),
    ],
)
def test_a_figure_is_not_of_what_stands_beside_it(claim, wrong):
    (piece,) = evidence("监事会成员 3 名，其中职工监事 1 名。")
    support = Support(Bridge(set(tokens("监事会成员 监事会 成员 职工监事 职工 员工 监事"))))
    assert bool(misnamed(claim, [piece], support)) is wrong


@pytest.mark.parametrize(
    ("claim", "wrong"),
    [
        ("The company has 7 independent directors on the board.", True),
        ("The company has 3 independent directors on the board.", False),
        ("The board has 7 directors.", False),
        ("The board has 2 female directors.", False),
        ("董事会有 7 名独立董事。", True),
        ("董事会有 3 名独立董事。", False),
        ("董事会共有 7 名董事。", False),
    ],
)
def test_a_figure_is_of_the_noun_behind_it(claim, wrong):
    (piece,) = evidence("公司董事会由 7 名董事组成，其中独立董事 3 名，女性董事 2 名。")
    support = Support(Bridge(set(tokens("公司董事会 董事 组成 独立董事 独立 女性董事 女性"))))
    assert bool(misnamed(claim, [piece], support)) is wrong


def test_rows_of_another_kind_are_no_answer():
    rows = [NATIONAL, OF_GROUPS]
    assert of_kind_asked(rows, "Which national standards?", SUPPORT) == [NATIONAL]
    assert of_kind_asked(rows, "Which standards?", SUPPORT) == rows


FEE = "公司聘请衡明会计师事务所为内部控制审计机构，内部控制审计费用为 25 万元。"


@pytest.mark.parametrize(
    ("claim", "question", "source", "wrong"),
    [
        ("审计费用是 25 万元", "审计费用是多少？", FEE, True),
        ("内部控制审计费用是 25 万元", "审计费用是多少？", FEE, False),
        ("审计费用是 25 万元", "内部控制审计费用是多少？", FEE, False),
        ("营业收入为 28.47 亿元", "收入多少？", "2023 年，公司实现营业收入 28.47 亿元。", False),
        ("授权专利 158 项", "专利有多少？", "报告期内新增授权专利 158 项。", True),
        ("新增授权专利 158 项", "专利有多少？", "报告期内新增授权专利 158 项。", False),
        ("The audit fee was RMB 250,000", "", FEE, False),
    ],
)
def test_a_figure_is_of_what_its_source_says_and_of_nothing_wider(claim, question, source, wrong):
    assert bool(narrowed(claim, question, evidence(source))) is wrong
