"""Other companies: told from the company itself, its places and its words."""

import pytest
from fakes import assistant_of, small_index

from rag.companies import other_company
from rag.coverage import Coverage
from rag.question import read_question


@pytest.fixture(scope="module")
def named(tmp_path_factory):
    assistant = assistant_of(small_index(tmp_path_factory.mktemp("report")))
    index, bridge = assistant.index, assistant.retriever.bridge

    def find(text):
        asked = read_question(text)
        coverage = Coverage(asked.text, bridge, index.keywords, index.manifest.names)
        return other_company(index, asked.asked, asked.text, coverage)

    return find


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("华为2023年的研发投入是多少？", "华为"),
        ("海康威视有多少员工？", "海康威视"),
        ("海康威视2023年的研发投入是多少？", "海康威视"),
        ("请告诉我海康威视的员工人数", "海康威视"),
        ("董秘的电话是什么？", ""),
        ("请告诉我海康员工的人数", "海康"),
        ("大华股份有多少员工？", "大华股份"),
        ("2023年比亚迪用水量多少？", "比亚迪"),
        ("海岳食品和海康威视相比，谁的研发投入更高？", "海康威视"),
        ("恒瑞医药的研发投入是多少？", "恒瑞医药"),
        ("招商银行的净利润是多少？", "招商银行"),  # 招商 is a common word
        ("How much did Huawei spend on R&D?", "Huawei"),
        ("How many employees does Dahua Technology have?", "Dahua"),
        ("How many women sit on Tencent's board?", "Tencent"),
        ("Does the company spend more than Hikvision?", "Hikvision"),
        ("What were ENN Natural Gas's retail volumes in 2024?", "ENN"),
        ("How much did CATL Energy invest?", "CATL"),
    ],
)
def test_another_company_is_named(named, text, name):
    assert named(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "海岳食品2023年的研发投入是多少？",
        "海月食品的用水量是多少？",
        "2023年本集团的研发投入比2022年增长了多少？",
        "本公司的研发投入是多少？",
        "公司有多少名员工？",
        "有没有光伏项目？",
        "老板说要买房可以借钱，真的吗？",  # 老板 is a brand, too
        "海岳食品在上海证券交易所上市几年了？",
        "咱们的用水量是多少？",
        "概括一下公司如何审核供应商",
        "2021年女性员工占员工总数的比重是多少？",
        "研发投入占营业收入的百分比逐年是多少？",
        "How many employees are there in Qingdao?",
        "What does R&D cost?",
        "What is the company's suplier policy?",
        "How many employees were trained? I need it for SASB's topic",
        "",
    ],
)
def test_what_is_no_other_company_is_not_taken_for_one(named, text):
    assert named(text or "员工") == ""


def test_a_name_that_is_near_a_word_of_the_report_is_a_name(tmp_path):
    text = "海岳食品股份有限公司 2023 年报告\n\n概况\n\n海岳食品秉持质量至上，销售收入 3 亿元。\n"
    assistant = assistant_of(small_index(tmp_path, text))
    index, bridge = assistant.index, assistant.retriever.bridge
    for question, name in (
        ("What was Suprema's revenue in 2023?", "Suprema"),  # supreme: 至上
        ("What did Suprema earn?", "Suprema"),
        ("What is the company's supreme rule?", ""),
    ):
        asked = read_question(question)
        coverage = Coverage(asked.text, bridge, index.keywords, index.manifest.names)
        assert other_company(index, asked.asked, asked.text, coverage) == name
