"""Office holders: who asks for a name, and which texts give one."""

import pytest

from rag.people import asks_firm, asks_name, names_firm, names_person, office_holders, people


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("公司的董事长叫什么名字？", True),
        ("总经理是谁？", True),
        ("谁是董事会秘书？", True),
        ("Who is the chairman?", True),
        ("What is the CEO's name?", True),
        ("谁负责环境管理？", False),
        ("产业基金叫什么名字？", False),
        ("Who is responsible for safety?", False),
        ("How often did the chairman report?", False),
    ],
)
def test_the_name_of_an_office_holder_is_asked_for(question, asks):
    assert asks_name(question) is asks


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("总经理 **金海荣**", True),
        ("董事长王建国出席会议", True),
        ("董事长陈书恺提议", True),
        ("监事会主席张女士", True),
        ("General Manager: Jin Hairong", True),
        ("公司实际控制人、董事长经充分考虑公司的财务状况，提议回购股份", False),
        ("公司高管理水平，向员工说明", False),
        ("董事会由 7 名董事组成", False),
    ],
)
def test_a_text_that_names_a_person_is_told_from_one_that_does_not(text, names):
    assert names_person(text) is names


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("做废水检测的那家第三方机构叫什么名字？", True),
        ("哪家事务所做的审计？", True),
        ("Which firm gave independent assurance over this report?", True),
        ("公司叫什么名字？", False),
        ("Which company is the report about?", False),
        ("哪些供应商通过了审核？", False),
        ("这是哪家公司的报告？", False),
        ("这份报告是哪家公司发布的？", False),
        ("Who audits the company's financial statements?", True),
        ("谁来审计公司的财务报表？", True),
        ("谁负责内部审计？", False),
        ("Who audits the subsidiaries?", False),
    ],
)
def test_the_name_of_a_firm_is_asked_for(question, asks):
    assert asks_firm(question) is asks


def test_a_firm_is_named_by_others_than_the_company():
    own = ("熵基科技", "ZKTeco")
    assert not names_firm("我们特别委托第三方机构，对废水进行检测。", own)
    assert not names_firm("本报告是熵基科技股份有限公司发布的第一份 ESG 报告。", own)
    assert names_firm("与合肥兴牛私募基金管理有限公司合作", own)
    assert names_firm("公司邀请外部认证培训机构（DNV、SGS 等）", own)


def test_names_behind_an_office_have_their_pinyin():
    assert office_holders("董事长：车全宏，总经理 **金海荣**") == {
        "车全宏": "Che Quanhong",
        "金海荣": "Jin Hairong",
    }
    assert office_holders("总经理致辞。董事长充分考虑") == {}


def test_a_branch_of_the_company_is_a_firm_by_itself():
    assert names_firm("青岛海岳获得证书。", ("海岳食品", "Haiyue"))
    assert not names_firm("海岳食品获得证书。", ("海岳食品", "Haiyue"))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("闵若川：有机化学博士，曾在海外工作。", {"闵若川": "Min Ruochuan"}),
        ("返修率：2023 年 1.77%", {}),
        ("设立由总经理任主任的安全环保委员会", {}),
        ("毛利率：37%", {}),
        ("周转率：2 次", {}),
        ("金额：3 万元", {}),
        ("董事长梁泊远先生与王晓女士出席。", {"梁泊远": "Liang Boyuan", "王晓": "Wang Xiao"}),
        ("由总经理陆知行任组长", {"陆知行": "Lu Zhixing"}),
        ("报告期：2023 年", {}),
        ("张家港：工厂", {}),
        ("总经理负责任务", {}),
    ],
)
def test_people_are_named_with_a_title_or_before_what_is_said_of_them(text, named):
    assert people(text) == named


@pytest.mark.parametrize(
    "question",
    [
        "Who is the auditor?",
        "who audited this report",
        "Who has verified the emissions?",
        "这份报告是谁鉴证的？",
        "审计机构是谁？",
        "谁是公司的审计机构？",
    ],
)
def test_who_audits_is_a_firm(question):
    assert asks_firm(question)
