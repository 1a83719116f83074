"""Deeds: what a claim says was done, and when, its source has to tell."""

import pytest
from fakes import evidence

from rag.deeds import fuller_dates, misdated, untold, wrong_superiors

PIECES = evidence(
    "2023 年 11 月 10 日，公司召开董事会会议，审议通过了《关于回购公司股份方案的议案》。",
    "截至 2024 年 2 月 1 日，回购股份方案已实施完毕，合计回购股份 2,230,000 股。",
    "2022 年 9 月，公司正式发布 2022 年激励计划，2023 年 6 月完成预留部分的授予，2023 年 11 月完成"
    "首次授予部分的归属。",
    "公司制定详细的跨省转移计划并进行备案。",
    "公司成立于 2007 年，2022 年 8 月在深圳证券交易所上市。",
)


@pytest.mark.parametrize(
    ("claim", "dates"),
    [
        ("回购于2023年11月10日完成", ["2023年11月10日"]),
        ("回购于2024年2月1日完成", []),
        ("董事会于2023年11月10日审议通过回购方案", []),
        ("The plan was published in September 2022 and the first vesting was in November 2023", []),
        ("The first vesting was in June 2023", ["June 2023"]),
        ("Founded in 2007, it was listed on the exchange in 2022", []),
        ("It was listed on the exchange in 2007", ["2007"]),
        ("The meeting was on 10 November 2023", []),
    ],
)
def test_a_date_is_of_the_deed_that_its_source_dates(claim, dates):
    assert misdated(claim, PIECES) == dates


def test_what_stands_under_a_year_is_of_that_year():
    pieces = evidence("推出面部识别算法。", title="发展历程 › 2017")
    assert misdated("It launched the algorithm in 2017", pieces) == []
    assert misdated("It was founded in 2017", pieces) == ["2017"]


@pytest.mark.parametrize(
    ("claim", "number", "words"),
    [
        ("It has a transfer plan and obtained the approvals", 4, ["approvals"]),
        ("It signs an agreement", 4, ["signs an"]),
        ("It maintains warning signs, alarms and signs of danger", 4, []),
        ("It filed a transfer plan", 4, []),
        ("The board approved the repurchase", 1, []),
        ("公司因此被罚款", 4, ["罚款"]),
        ("一家上市公司制定了计划", 4, []),
        ("The company was founded in 2007", 5, []),
        ("The company won a prize", 5, ["won"]),
    ],
)
def test_a_deed_that_no_source_tells_is_found(claim, number, words):
    assert untold(claim, [PIECES[number - 1]]) == words


@pytest.mark.parametrize(
    ("claim", "dates"),
    [
        ("the plan was published in 2022", [("2022", 9)]),
        ("the first vesting was completed in 2023", [("2023", 11)]),
        ("something was completed in 2023", []),  # June or November
        ("the plan runs in 2022", []),
        ("it was founded in 2007", []),
    ],
)
def test_the_month_is_known_where_the_deed_tells_it(claim, dates):
    assert [(said.text, told.month) for said, told in fuller_dates(claim, PIECES)] == dates


def test_what_names_no_date_is_of_the_report_s_year():
    pieces = evidence("报告期内，公司荣获称号。", "2023 年，公司通过认证。")
    assert misdated("It won a title in 2023", pieces, "2023") == []
    assert misdated("It won a title in 2023", pieces, "2022") == ["2023"]


@pytest.mark.parametrize(
    ("claim", "wrong"),
    [
        ("内审部对审计委员会负责。", []),
        ("内审部对人力资源中心负责。", ["人力资源中心"]),
        ("内审部向总经理汇报。", ["总经理"]),
        ("人力资源中心负责考核。", []),
        ("The audit department reports to the audit committee.", []),
        ("The audit department is responsible to the human resources centre.",
         ["human resources centre"]),
    ],
)  # fmt: skip
def test_whom_somebody_answers_to_stands_in_the_source(claim, wrong):
    pieces = evidence("公司设内部审计部门，对审计委员会负责。", "人力资源中心为顾问。")
    assert wrong_superiors(claim, pieces) == wrong


@pytest.mark.parametrize(
    "claim",
    [
        "it was hooked up to the grid in 2023",
        "该电站于2023年并网",
        "it went into operation in 2023",
    ],
)
def test_what_began_to_run_has_its_month(claim):
    pieces = evidence("屋顶光伏于 2023 年 5\n月并网，当年发电 392.6 万千瓦时。")
    assert [(told.month) for _, told in fuller_dates(claim, pieces)] == [5]
