"""Coverage: a share between 0 and 1 that grows with what is covered."""

import pytest
from fakes import small_index
from hypothesis import given
from hypothesis import strategies as st

from index.bridge import Bridge
from index.spoken import spelt_out
from index.terms import tokens
from rag.coverage import Coverage, _scraps


@pytest.fixture(scope="module")
def coverage_of(tmp_path_factory):
    index = small_index(tmp_path_factory.mktemp("report"))
    bridge = Bridge(index.keywords.vocabulary)
    return lambda question, **more: Coverage(question, bridge, index.keywords, **more)


def test_all_words_cover_all_of_a_known_question(coverage_of):
    coverage = coverage_of("供应商现场审核")
    assert coverage.unknown == []
    assert coverage.weight(coverage.covered(tokens("供应商现场审核"))) == pytest.approx(1)
    assert coverage.weight(coverage.covered([])) == 0


def test_an_unknown_word_is_never_covered(coverage_of):
    coverage = coverage_of("供应商 qwertz")
    assert coverage.unknown
    assert coverage.weight(coverage.covered(tokens("供应商 qwertz"))) < 1


def test_rare_words_weigh_more_than_common_ones(coverage_of):
    coverage = coverage_of("员工 罐头")
    weights = [coverage.weight(coverage.covered([word])) for word in ("员工", "罐头")]
    assert 0 < weights[0] < weights[1]


def test_what_only_asks_counts_for_nothing(coverage_of):
    assert coverage_of("2023年公司的数量是多少？").terms == []
    assert coverage_of("").weight([]) == 0


def test_english_words_are_covered_by_chinese_ones(coverage_of):
    coverage = coverage_of("employees")
    assert coverage.weight(coverage.covered(["员工"])) == pytest.approx(1)


def test_the_name_of_the_company_is_no_part_of_the_question(coverage_of):
    named = coverage_of("海岳食品的供应商", names=("海岳食品",))
    assert named.terms == coverage_of("的供应商").terms


def test_the_focus_is_what_a_follow_up_added(coverage_of):
    coverage = coverage_of("员工 女性", focus="女性")
    assert [coverage.terms[i] for i in coverage.focus] == [
        term for term in coverage.terms if "女性" in term
    ]
    assert coverage_of("员工 女性").focus == frozenset()


@given(st.lists(st.sampled_from(["员工", "供应商", "罐头", "营业收入", "青岛市", "x"]), max_size=6))
def test_more_words_never_cover_less(coverage_of, words):
    coverage = coverage_of("青岛市的员工和供应商生产罐头")
    shares = [coverage.weight(coverage.covered(words[:n])) for n in range(len(words) + 1)]
    assert shares == sorted(shares)
    assert all(0 <= share <= 1 + 1e-9 for share in shares)
    assert 0 <= coverage.named("".join(words)) <= 1 + 1e-9


def test_a_word_is_made_of_its_smallest_known_parts():
    terms = [{w: 1.0} for w in ("研发人员数量", "研发人员", "发人", "研发", "人员", "数量")]
    for turned in (terms, terms[::-1]):
        assert _scraps(turned) == {"研发人员数量", "研发人员", "发人"}


@pytest.mark.parametrize(
    "question",
    [
        "营业收入同比增长了多少？",
        "三项员工指标",
        "员工占营业收入的比例是多少？",
        "供应商规模多大？",
    ],
)
def test_what_the_dictionary_cuts_across_words_is_not_unknown(coverage_of, question):
    assert set(coverage_of(question).unknown) <= {"规模", "指标"}


def test_measuring_words_of_things_say_nothing(coverage_of):
    assert coverage_of("供应商有多少艘船？").unknown == coverage_of("供应商的船？").unknown


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("公司现在有多少人？", "员工总人数"),
        (" 一共有多少人？", "员工总人数"),  # behind the name of the company, which is taken out
        ("公司赚了多少钱？", "净利润"),
        ("用了多少电？", "用电量"),
        ("耗了多少吨水？", "用水量"),
        ("这三年公司总人数是怎么变的？", "公司 员工总人数 是"),
        ("公司这三年人数怎么变的？", "公司这三年 员工总人数 怎么"),
        ("2023年总人数是多少？", "员工总人数"),
        ("公司一共多少人，比上年多了多少？", "员工总人数"),
        ("How many people did the company have in 2022?", "employees did"),
        ("How many people does it have now?", "employees does"),
    ],
)
def test_what_is_said_in_speech_is_spelt_out(said, meant):
    assert meant in spelt_out(said)


@pytest.mark.parametrize(
    "said",
    [
        "董事会有多少人？",
        "公司有多少人次参加培训？",
        "公司有多少人数？",
        "公司多少人参加了培训？",
        "公司培训总人数是多少？",
        "2023年人数最多的岗位是哪个？",
        "How many people do they have in R&D?",
        "How many people have to wear helmets?",
    ],
)
def test_people_of_other_bodies_are_not_all_employees(said):
    assert spelt_out(said) == said


@pytest.mark.parametrize("word", ["共有", "共计", "总计", "现有", "拥有", "一共有"])
def test_words_of_a_total_are_not_its_subject(coverage_of, word):
    assert coverage_of(f"公司{word}多少员工？").terms == coverage_of("公司有多少员工？").terms


@pytest.mark.parametrize(
    "said",
    [
        "When did the shares start trading?",
        "When did its stock begin to trade?",
        "When did the company go public?",
        "When did they make their market debut?",
    ],
)
def test_shares_that_start_trading_are_listed(said):
    assert "listed on the stock exchange" in spelt_out(said)


@pytest.mark.parametrize(
    "said", ["did it make", "does the company have", "did they report", "has it generated"]
)
def test_what_a_company_does_with_its_figures_is_not_their_subject(coverage_of, said):
    asked = coverage_of(f"How many male employees {said}?")
    assert asked.terms == coverage_of("How many male employees were there?").terms
    assert "make" not in asked.unknown


def test_who_is_on_the_payroll_is_employed(coverage_of):
    plain = coverage_of("How many male employees were there?").terms
    assert coverage_of("How many male employees were on the payroll?").terms == plain
    assert coverage_of("How many male employees at the end of 2023?").terms == plain
    people = coverage_of("How many people were on the payroll?").terms
    assert people == coverage_of("How many employees?").terms


@pytest.mark.parametrize("said", ["多出来多少", "少了多少", "省了多少", "多了几个"])
def test_words_of_a_difference_are_not_its_subject(coverage_of, said):
    assert coverage_of(f"2023年员工比2022年{said}？").terms == coverage_of("员工？").terms


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("前五大客户占比？", "前五名客户"),
        ("How much of sales came from the top five customers?", "前五名客户"),
        ("What did it buy from its five largest suppliers?", "前五名供应商"),
        ("Who are the top 10 shareholders?", "前十名股东"),
        ("经营现金流是多少？", "经营活动产生的现金流量净额"),
        ("What was the operating cash flow?", "经营活动产生的现金流量净额"),
        ("What was the cash flow from operations?", "经营活动产生的现金流量净额"),
        ("账上有多少钱？", "货币资金"),
        ("How much cash does the company have on hand?", "货币资金"),
        ("What is the dividend per share?", "每10股派息数"),
    ],
)
def test_what_annual_reports_call_it(said, meant):
    assert meant in spelt_out(said)


@pytest.mark.parametrize(
    "said",
    [
        "经营现金流入是多少？",
        "有多少现金分红？",
        "What was the operating cash flow in?",
        "前五大城市",
    ],
)
def test_what_is_called_otherwise(said):
    assert spelt_out(said) == said


def test_turnover_is_revenue_where_something_is_a_share_of_it():
    assert spelt_out("R&D as a share of turnover") == "R&D as a share of revenue"
    assert spelt_out("the rate of turnover among staff") == "the rate of turnover among staff"
