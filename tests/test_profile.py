"""What the company does: who asks just that, and which sentences say it."""

import pytest
from fakes import assistant_of, small_index

from rag.profile import profile
from rag.profile_asked import aspect_asked

NAMES = ("海岳食品", "Haiyue")
TEXT = """海岳食品股份有限公司 2023 年度报告

第一章 公司概况

公司简介

海岳食品股份有限公司（以下简称“海岳食品”）成立于 1998 年，总部位于青岛市。
公司主要生产海产罐头、冷冻鱼片和调味品。
公司产品覆盖三大系列，远销 20 个国家。

第二章 管理

公司制定了以安全为核心的制度，每年对供应商进行现场审核。
海岳物流为老人提供上门配送服务。

业务布局

罐头业务：由青岛工厂负责。
冷链业务：由大连工厂负责。
"""


@pytest.mark.parametrize(
    "question",
    [
        "公司是做什么的？",
        "这家公司是干啥的",
        "海岳食品是做什么生意的？",
        "海岳主要生产什么？",
        "请问公司的主营业务是什么？",
        "公司主要产品有哪些？",
        "主要有哪几块业务？",
        "公司主要造哪些船？",
        "它属于什么行业？",
        "2023年公司主要业务和产品有哪些？",
        "这家公司是做什么的？主要有哪几块业务？",
        "公司靠什么赚钱？",
        "What does the company do?",
        "what does Haiyue actually make",
        "What is the company's main business?",
        "Which products does it sell?",
        "What kind of company is it?",
        "What industry is the company in?",
        "What are its main products and services?",
        "So what does the company do, exactly?",
        "How does it make money?",
    ],
)
def test_who_asks_what_the_company_does(question):
    assert aspect_asked(question, NAMES) == "business"


@pytest.mark.parametrize(
    ("question", "aspect"),
    [
        ("公司什么时候成立的？", "founded"),
        ("海岳食品成立于哪一年？", "founded"),
        ("公司成立时间", "founded"),
        ("公司成立多少年了？", "founded"),
        ("When was it founded?", "founded"),
        ("How old is the company?", "founded"),
        ("What year was Haiyue set up?", "founded"),
        ("公司总部在哪里？", "seat"),
        ("公司在哪个城市？", "seat"),
        ("海岳食品位于哪个省？", "seat"),
        ("Where are the headquarters?", "seat"),
        ("Where is Haiyue based?", "seat"),
        ("In which city is the company headquartered?", "seat"),
    ],
)
def test_who_asks_since_when_and_where_the_company_is(question, aspect):
    assert aspect_asked(question, NAMES) == aspect


@pytest.mark.parametrize(
    "question",
    [
        "公司为残疾人做了什么？",
        "审计委员会是做什么的？",
        "公司做了哪些公益活动？",
        "公司主要做了哪些节能措施？",
        "公司的主营业务收入是多少？",
        "主要产品的毛利率是多少？",
        "公司新产品有哪些？",
        "What does the audit committee do?",
        "What does the company do for its employees?",
        "What products were recalled?",
        "What are its main risks?",
        "How much money does it make?",
        "What are its main suppliers?",
        "公司是做什么的？去年营业收入是多少？",
        "公司什么时候成立工会的？",
        "审计委员会是什么时候成立的？",
        "When was the union founded?",
        "Where is the new factory located?",
        "公司在哪些城市有工厂？",
        "公司是做什么的？总部在哪里？",
    ],
)
def test_who_asks_for_something_else(question):
    assert aspect_asked(question, NAMES) is None


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    return small_index(tmp_path_factory.mktemp("report"), TEXT)


def test_the_company_says_what_it_does(index):
    told = [piece.quote for piece in profile(index, "公司是做什么的？")]
    assert told == ["公司主要生产海产罐头、冷冻鱼片和调味品。"]


def test_products_are_told_where_they_are_asked_for(index):
    told = [piece.quote for piece in profile(index, "What products does the company sell?")]
    assert told[0] == "公司主要生产海产罐头、冷冻鱼片和调味品。"
    assert not any("物流" in quote or "核心" in quote for quote in told)


def test_lines_of_business_are_listed(index):
    told = [piece.quote for piece in profile(index, "公司主要有哪几块业务？")]
    assert told == [
        "公司主要生产海产罐头、冷冻鱼片和调味品。",
        "罐头业务：由青岛工厂负责。",
        "冷链业务：由大连工厂负责。",
    ]


def test_the_assistant_answers_without_a_model(index):
    answer = assistant_of(index).ask("What does the company do?")
    assert answer.answered
    assert answer.citations[0].quote == "公司主要生产海产罐头、冷冻鱼片和调味品。"


def test_since_when_and_where_the_company_is(index):
    founded = [piece.quote for piece in profile(index, "When was it founded?")]
    assert founded == [TEXT.split("\n")[6]]
    assert [piece.quote for piece in profile(index, "公司总部在哪里？")] == founded


def test_a_report_that_does_not_say_it(tmp_path):
    text = "年度报告\n\n第一章 环境\n\n公司全年用水 100 吨。青年志愿队成立于 2015 年。\n"
    index = small_index(tmp_path, text)
    assert profile(index, "公司是做什么的？") is None
    assert profile(index, "公司成立于哪一年？") == []
    assert not assistant_of(index).ask("公司成立于哪一年？").answered


def test_the_address_of_its_auditor_is_not_that_of_the_company(tmp_path):
    text = (
        "# 年度报告\n\n## 一、公司信息\n\n| 办公地址 | 湖北省宜昌市丹霖路 188 号 |\n| --- | --- |\n"
        "| 电话 | 0717-6388901 |\n\n## 二、会计师事务所\n\n| 名称 | 中衡会计师事务所 |\n"
        "| --- | --- |\n| 办公地址 | 武汉市临湖路 29 号 |\n"
    )
    index = small_index(tmp_path, text, "report.md")
    assert not any("武汉" in piece.quote for piece in profile(index, "公司总部在哪里？") or [])


def test_what_says_it_less_plainly_is_left_out(tmp_path):
    text = (
        "# 年度报告\n\n## 公司简介\n\n公司主要从事水泵的研发和销售。\n\n"
        "## 展望\n\n公司聚焦节能市场，加快布局。\n"
    )
    index = small_index(tmp_path, text, "report.md")
    told = [piece.quote for piece in profile(index, "公司是做什么的？")]
    assert told == ["公司主要从事水泵的研发和销售。"]
