"""What a question about figures asks for: clear cases in both languages."""

import pytest

from rag import asked, combining, periods


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2023年", ["2023"]),
        ("2021年至2023年", ["2021", "2022", "2023"]),
        ("between 2021 and 2023", ["2021", "2022", "2023"]),
        ("from 2021 to 2023", ["2021", "2022", "2023"]),
        ("2021 thru 2023", ["2021", "2022", "2023"]),
        ("2021 until 2023", ["2021", "2022", "2023"]),
        ("2021和2023年", ["2021", "2023"]),
        ("120230 元", []),
        ("2022年利润多少？想看看比2023年高还是低", ["2022"]),
        ("How many joined in 2022? I want to compare it with 2023.", ["2022"]),
        ("In 2023 it grew. By how much?", ["2023"]),
        ("Revenue in 2022? And in 2023?", ["2022", "2023"]),
        ("", []),
    ],
)
def test_the_years_of_a_question(text, years):
    assert periods.years(text) == years


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("公司有多少名员工？", {"figure"}),
        ("What was the net profit for 2023?", {"figure"}),
        ("What is the revenue for?", set()),
        ("How many employees are there?", {"figure"}),
        ("用水量同比减少了多少？", {"figure", "change"}),
        ("How much did revenue grow?", {"figure", "change"}),
        ("女性员工占员工总数的比例是多少？", {"figure", "share"}),
        ("What share of the staff are women?", {"figure", "share"}),
        ("近三年用水量的趋势？", {"figure", "trend"}),
        ("请将合格率按年列出，是多少？", {"figure", "trend"}),
        ("What was the pass rate over the last three fiscal years?", {"figure", "trend"}),
        ("按年龄划分的人数是多少？", {"figure"}),
        ("The pass rate for each of the three years, please", {"figure", "trend"}),
        ("The size of the workforce, please", {"figure"}),
        ("公司签署了哪几个协议？", set()),
        ("公司如何审核供应商？", set()),
        ("Why are suppliers audited?", set()),
        ("董事会分了几个委员会？分别由谁负责？", set()),
        ("How many committees are there, and who chairs them?", set()),
        ("谁持有的股份最多，多少股？", {"figure"}),
        ("Who holds the most shares, and how many?", {"figure"}),
        ("", set()),
    ],
)
def test_the_kind_of_a_question(question, kinds):
    tests = (asked.figure, asked.change, asked.share, periods.trend)
    assert {test.__name__ for test in tests if test(question)} == kinds


@pytest.mark.parametrize(
    ("question", "grows", "part"),
    [
        ("净利润同比增长了多少？", True, False),
        ("How did revenue grow in 2023 compared with 2022?", True, False),
        ("How much did it spend to increase awareness?", False, False),
        ("女性员工占比变化如何？", True, False),
        ("各季度的收入分别是多少？", False, True),
        ("What was revenue in the first half of 2023?", False, True),
        ("2023年12月31日有多少员工？", False, False),
        ("2023年6月完成了多少股的授予？", False, True),
        ("公司每月都会考核员工，合格率是多少？", False, False),
        ("公司每月培训多少小时？", False, True),
        ("How many periodic ones such as quarterly reports were there?", False, False),
        ("公司有多少名员工？", False, False),
        ("How much has headcount gone up since 2021?", True, False),
        ("How far did water use go down?", True, False),
        ("2023年研发投入涨了多少？", True, False),
        ("研发投入怎么变化？", True, False),
        ("环保投入跟2022年比差多少？", True, False),
        ("By how many did men outnumber women?", False, False),
        ("By how many did staff grow?", True, False),
        ("Is the price too high to go up the ladder?", False, False),
    ],
)
def test_what_one_figure_of_a_year_does_not_tell(question, grows, part):
    assert (asked.growth(question), periods.part_of_year(question)) == (grows, part)
    assert not grows or asked.figure(question)


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("30岁及以下", ("30", -1)),
        ("employees under 30", ("30", -1)),
        ("employees who are 30 or under", ("30", -1)),
        ("staff of 50 or older", ("50", 1)),
        ("in 2022 or above", None),
    ],
)
def test_a_class_that_is_open_to_one_side(text, bound):
    assert combining.bound(text) == bound


@pytest.mark.parametrize(
    ("question", "added"),
    [
        ("财务人员加行政人员少了多少？", True),
        ("sales plus service staff", True),
        ("男性和女性员工2023年比2021年分别增加了多少？", False),
        ("参加培训的人数加强了吗？", False),
    ],
)
def test_several_things_are_taken_together(question, added):
    assert combining.added(question) is added


@pytest.mark.parametrize(
    ("question", "share"),
    [
        ("研发投入增长了百分之几？", False),
        ("By what percentage did revenue grow?", False),
        ("研发投入涨了百分之几？", False),
        ("What is the dividend per share?", False),
        ("How much did revenue grow, in percent?", False),
        ("What share of revenue is that?", True),
        ("女性占百分之几？", True),
        ("发明专利占几成？", True),
        ("校园招聘占了多少人？", False),
    ],
)
def test_a_change_in_percent_is_no_share(question, share):
    assert asked.share(question) is share


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("第四季度的收入比三季度多了多少？", [4, 3]),
        ("第一季度（1-3月份）", [1]),
        ("Q4 against the third quarter", [4, 3]),
        ("前三季度的收入是多少？", []),
        ("1-3季度的收入是多少？", []),
        ("一年四季都有培训吗？", []),
        ("2023年的收入是多少？", []),
    ],
)
def test_the_quarters_of_a_question(text, named):
    assert periods.quarters(text) == named


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("Of the targets, what sort of events fall under the top tier?", False),
        ("What kinds of training were held, and how many hours?", True),
        ("What type of job grew most?", True),
    ],
)
def test_what_sorts_there_are_is_told_in_words(question, figure):
    assert asked.figure(question) is figure
