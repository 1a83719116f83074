import pytest

from rag.narrowings import names_part, names_parts, names_place, narrowings, place_of_part

NAMES = ("山川科技", "Shanchuan")


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("讲师里有几位女性？", ["女"]),
        ("研发队伍里外籍的有多少人", ["外籍"]),
        ("男女员工各多少", []),
        ("审计委员会开了几次会", ["审计"]),
        ("How many of the trainers are women?", ["女"]),
        ("How many men and women work there?", ["女", "男"]),
        ("What share of revenue came from outside mainland China?", ["境外"]),
        ("How many outlets are there in mainland China?", ["境内"]),
        ("How much was left over?", []),
        ("How often did the strategy committee meet?", ["战略"]),
        ("公司的净资产是多少？", ["净资产"]),
        ("净资产收益率是多少？", ["净资产收益率"]),
        ("What were total liabilities?", ["负债"]),
        ("What was operating profit?", ["营业利润"]),
        ("What was the dividend per share?", ["每股"]),
        ("R&D as a share of revenue", []),
        ("How much did the company pay in tax?", ["所得税"]),
        ("2023年交了多少税？", ["所得税"]),
        ("How many patent applications were filed?", ["申请"]),
        ("新增供应商有多少家？", ["新增"]),
        ("How many new suppliers are there?", ["新增"]),
        ("新供应商要签什么？", []),
        ("The company promoted equality and leverages its technology.", []),
        ("How many employees were promoted?", ["晋升"]),
    ],
)
def test_parts_that_a_question_names(question, first):
    assert [part.words[0] for part in narrowings(question)] == first


@pytest.mark.parametrize(
    ("question", "of"),
    [
        ("海外供应商有多少家？", "供应商"),
        ("How many overseas suppliers are there?", "suppliers"),
        ("How many of them are women?", ""),
    ],
)
def test_what_a_part_is_a_part_of(question, of):
    assert [part.of for part in narrowings(question)] == [of]


def test_one_of_the_words_names_a_part():
    (part,) = narrowings("How many women are there?")
    assert names_part(part.words, "享受产假员工数：12 人")
    assert not names_part(part.words, "认证讲师 125 人，其中高级讲师 5 人")


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("厦门山川有多少专利？", "厦门"),
        ("厦门子公司有多少专利？", "厦门"),
        ("国内子公司有几家？", ""),
        ("How many patents belong to the Xiamen subsidiary?", "Xiamen"),
        ("How many people does Shanchuan Thailand employ?", "Thailand"),
        ("Does Shanchuan have a policy on this?", ""),
        ("Where is the Head Office?", ""),
    ],
)
def test_place_of_a_subsidiary_or_a_site(question, place):
    assert place_of_part(question, NAMES) == place


@pytest.mark.parametrize(
    ("place", "text", "named"),
    [
        ("Mexican", "墨西哥公司提供售后保障。", True),
        ("Xiamen", "厦门山川获得专利。", True),
        ("Xiamen", "公司获得专利。", False),
        ("厦门", "厦门山川获得专利。", True),
    ],
)
def test_a_text_names_the_place(place, text, named):
    assert names_place(place, (), text) == named


def test_without_a_name_of_the_company_no_other_word_is_a_place():
    assert place_of_part("In June 2023, the company trained its staff.", ()) == ""
    assert place_of_part("What does the Xiamen branch do?", ()) == "Xiamen"


def test_a_sum_before_tax_is_no_tax():
    asked = "How much income tax was paid?"
    assert not names_parts(asked, ["派发现金股利（含税）：100 万元"])
    assert names_parts(asked, ["缴纳所得税：100 万元"])
