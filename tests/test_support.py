"""Words of a claim in its evidence, in both languages."""

import pytest

from index.bridge import Bridge
from index.terms import tokens
from rag.support import Support, given_tokens

SAID = "公司向兰州大学教育发展基金会捐款，用于大学生素质教育；员工培训由人力资源部组织。"
SUPPORT = Support(Bridge(set(tokens(SAID)) | {"警方", "热线"}), ("海岳食品", "Haiyue"))
GIVEN = given_tokens([SAID])


@pytest.mark.parametrize(
    ("text", "language", "foreign"),
    [
        ("The company donated to the education foundation of Lanzhou University", "en", False),
        ("Employee training is organised by human resources", "en", False),
        ("Police officers run the telephone hotline for complaints about noise", "en", True),
        ("公司向基金会捐款，用于素质教育", "zh", False),
        ("警方设立热线，处理噪音投诉和交通违章", "zh", True),
    ],
)
def test_too_many_foreign_words_are_named(text, language, foreign):
    assert bool(SUPPORT.foreign(text, GIVEN, language)) is foreign


@pytest.mark.parametrize(
    ("text", "label", "named"),
    [
        ("员工人数", "员工总人数", True),
        ("men", "男性", True), ("women", "男性", False), ("男性员工", "男性", True),
        ("level 2", "二级", True), ("level 5", "二级", False), ("二级", "五级", False),
        ("grade B", "B 级", True), ("grade C", "B 级", False),
        ("发明专利", "发明专利数量", True), ("商标", "发明专利数量", False),
        ("staff under 30", "30岁以下", True), ("staff", "30岁以下", False),
    ],
)  # fmt: skip
def test_a_claim_names_the_row_of_its_figure(text, label, named):
    bridge = Bridge({*tokens("男性 女性 员工 发明专利 商标 二级 五级"), "男性", "女性"})
    assert Support(bridge).names_label(text, label) is named


@pytest.mark.parametrize(
    ("text", "language", "strangers"),
    [
        ("The donation of Haiyue to Lanzhou University", "en", []),
        ("A donation by Hikvision in September", "en", ["Hikvision"]),
        ("公司有子公司", "zh", []),
        ("华为公司捐款", "zh", ["华为公司"]),
        ("基金会收到公司捐款", "zh", []),
    ],
)
def test_names_of_others_are_found(text, language, strangers):
    assert SUPPORT.strangers(text, GIVEN, language) == strangers


def test_the_adjective_of_a_place_is_no_stranger():
    given = given_tokens(["公司设有印度研发中心"])
    assert Support(Bridge(given)).strangers("It has an Indian center", given, "en") == []


def test_a_chinese_name_is_read_in_two_words():
    support = Support(Bridge({*tokens("总经理 金海荣"), "金海荣"}))
    given = given_tokens(["总经理 金海荣"]) | {"金海荣"}
    assert support.strangers("The general manager is Jin Hairong", given, "en") == []
    assert support.strangers("The general manager is Jin Haihua", given, "en")


@pytest.mark.parametrize(
    ("claim", "wrong"),
    [
        ("供应商如果出现商业贿赂会受到约谈", ["商业贿赂"]),
        ("如果连续考评得分倒数，会受到约谈", []),
        ("一旦考评得分偏低，供应商将受到约谈", []),
        ("供应商会受到约谈", []),
    ],
)
def test_a_consequence_is_that_of_the_condition_it_stands_with(claim, wrong):
    told = given_tokens(["对于连续考评得分倒数 5 名的供应商，进行约谈或现场辅导。"])
    assert [word for word in SUPPORT.supposed(claim, told) if word in wrong] == wrong
    assert bool(SUPPORT.supposed(claim, told)) is bool(wrong)


@pytest.mark.parametrize(
    ("claim", "question", "told", "lent"),
    [
        (
            "岚通片的市场份额为15.00%",
            "岚通片的市场份额有多大？",
            "前五名客户占销售总额15.00%",
            True,
        ),
        ("岚通片的市场份额为15.00%", "岚通片的市场份额有多大？", "岚通片占全国市场的15.00%", False),
        ("市场份额为15.00%，来自前五名客户", "市场份额有多大？", "前五名客户占15.00%", False),
        ("分支机构为15.00%", "市场份额有多大？", "前五名客户占15.00%", False),  # for others to find
        ("共有89家", "公司有多少家子公司？", "在海外设立89家分支机构", False),
        ("市场份额没有下降", "市场份额下降了吗？", "前五名客户占15.00%", False),
    ],
)
def test_the_words_of_a_figure_are_not_all_from_the_question(claim, question, told, lent):
    support = Support(Bridge(tokens("前五名客户占销售总额。市场份额。岚通片。分支机构。")))
    assert bool(support.lent_label(claim, question, set(tokens(told)))) is lent
