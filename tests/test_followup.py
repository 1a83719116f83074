"""Follow-ups in both languages: the question that they stand for, in natural words."""

import pytest

from rag.followup import complete
from rag.question import read_question


@pytest.mark.parametrize(
    ("before", "follow_up", "meant"),
    [
        ("2021年公司有多少男性员工？", "那女性呢？", "2021年公司有多少女性员工？"),
        ("How many women work there?", "and men?", "How many men work there?"),
        ("2023年营业收入是多少？", "净利润呢？", "2023年净利润是多少？"),
        ("2023年研发投入是多少？", "那2021年的呢", "2021年研发投入是多少？"),
        ("生产人员有多少？", "销售人员呢", "销售人员有多少？"),
        ("2021年东莞培训多少次？", "厦门那边同年呢？", "2021年厦门培训多少次？"),
        ("公司有几个研发中心", "都设在什么地方？", "公司有几个研发中心？都设在什么地方？"),
        ("有多少研发人员？", "那里面硕士有多少？", "有多少研发人员？里面硕士有多少？"),
        ("2023年男性员工有多少？", "不是，我问的是女性", "2023年女性员工有多少？"),
        ("2022年研发投入是多少？", "I meant 2023", "2023年研发投入是多少？"),
        ("2023年研发投入是多少？", "占比呢？", "2023年研发投入是多少，占比是多少？"),
        (
            "2023年研发投入是多少？",
            "与去年相比呢？",
            "2023年研发投入是多少，与2022年相比变化了多少？",
        ),
        ("公司有哪些专利？", "列出全部", "公司有哪些专利，请列出全部。"),
        ("2023年研发花了多少钱？", "那占收入多少", "2023年研发花了多少钱？占收入多少"),
        (
            "2023年开了几次股东大会？",
            "那监事会呢？一共开会多少次，有几名成员？",
            "2023年监事会，一共开会多少次，有几名成员？",
        ),
        (
            "How many general meetings were held in 2023?",
            "And the supervisors? How often did they meet?",
            "supervisors: How often did they meet in 2023?",
        ),
        ("各级有几个人？", "加起来呢？", "各级有几个人，加起来一共是多少？"),
        ("送给哪家医院？", "为什么选这家？", "送给哪家医院？为什么选这家？"),
        (
            "净水器具2023年收入增长了多少？",
            "那它的毛利率是多少，比上一年高了几个百分点？",
            "净水器具2023年收入增长了多少？它的毛利率是多少，比上一年高了几个百分点？",
        ),
        ("公司派谁去了？", "他讲了什么内容？", "公司派谁去了？他讲了什么内容？"),
        ("献血在哪个国家？", "那边捐了什么？", "献血在哪个国家？那边捐了什么？"),
        (
            "What was R&D investment in 2023?",
            "the year before?",
            "What was R&D investment in 2022?",
        ),
        (
            "How many meetings did the board of directors hold in 2023?",
            "how about the supervisory board?",
            "How many meetings did the supervisory board hold in 2023?",
        ),
        (
            "Who chairs the ESG committee?",
            "what does it do?",
            "Who chairs the ESG committee? What does it do?",
        ),
        (
            "What is the customer complaint hotline?",
            "And the e-mail address?",
            "What is the e-mail address?",
        ),
    ],
)
def test_a_follow_up_is_put_in_full(before, follow_up, meant):
    assert complete(follow_up, before, "2023").text == meant


@pytest.mark.parametrize(
    ("before", "new"),
    [
        ("公司如何保护举报人？", "公司总部在哪里？"),
        ("Who is the chairman?", "When was the company founded?"),
        ("2023年研发投入是多少？", "供应商有多少家？"),
    ],
)
def test_a_new_topic_does_not_lean_on_the_old_one(before, new):
    assert complete(new, before, "2023").text == new


@pytest.mark.parametrize(
    ("follow_up", "language"), [("用中文说", "zh"), ("in English please", "en"), ("英文呢", "en")]
)
def test_a_change_of_language_keeps_the_question(follow_up, language):
    completed = complete(follow_up, "How many suppliers are there?", "2023")
    assert completed == ("How many suppliers are there?", language, "")


@pytest.mark.parametrize(
    ("question", "leans"),
    [
        ("How many independent directors are there?", False),
        ("Were there any accidents?", False),
        ("Is there a target for water?", False),
        ("How many are there?", True),
        ("How many people work there?", True),
    ],
)
def test_what_there_is_is_not_there(question, leans):
    before = [{"role": "user", "content": "How large is the plant in Xiamen?"}]
    assert ("Xiamen" in read_question(question, before, "2023").text) is leans


@pytest.mark.parametrize(
    ("turns", "meant"),
    [
        (["2023年净利润是多少？", "比上年呢？"], "2023年净利润是多少，与2022年相比变化了多少？"),
        (["范围一是多少？", "比去年少了多少？"], "范围一是多少，与2022年相比变化了多少？"),
        (
            ["公司有多少员工？", "比2021年多了多少？", "增长了多少？"],
            "公司有多少员工，与2022年相比变化了多少？",
        ),
        (["净利润是多少？", "换成美元呢？"], "净利润是多少，折合美元是多少？"),
        (["研发费用是多少？", "占营收多少？", "前一年呢？"], "2022年研发费用占营收多少？"),
        (["总经理是谁？", "董事会秘书呢？"], "董事会秘书是谁?"),
        (["谁是总经理？", "董事长呢？"], "谁是董事长?"),
        (["公司如何保护举报人？", "供应商呢？"], "公司如何保护供应商?"),
        (
            ["How much went on R&D in 2023?", "What was the change?", "And training?"],
            "How much went on training in 2023, and how did it change compared with 2022?",
        ),
        (["What was the profit?", "in euros"], "What was the profit? How much is that in euros?"),
        (
            ["What was the net profit in 2022?", "by how much did it grow?"],
            "What was the net profit in 2022, and how did it change compared with 2021?",
        ),
        (
            ["What certificates are there for safety?", "And for quality?", "And energy?"],
            "What certificates are there for energy?",
        ),
        (
            ["What was spent on R&D in 2023?", "And in 2021?", "What was the change?"],
            "What was spent on R&D in 2021, and how did it change compared with 2023?",
        ),
        (["How many people work in R&D?", "And in sales?"], "How many people work in sales?"),
        (
            ["How many employees does it have in Xiamen?", "And women?"],
            "How many women does it have in Xiamen?",
        ),
        (["Who is the general manager?", "And the chairman?"], "Who is the chairman?"),
        (
            ["How many people were trained?", "How long on average?", "Where?"],
            "How many people were trained? Where?",
        ),
        (["员工流失率是多少？", "男的呢？", "女的呢？"], "员工流失率是多少，其中女呢？"),
        (["员工流失率是多少？", "为什么这么高？"], "员工流失率是多少？为什么这么高？"),
        (["What is the staff turnover?", "And for women?"], "What is the staff turnover: women?"),
        (["公司是做什么的？", "2023年怎么样？"], "2023年怎么样？"),
        (["公司是做什么的？", "What does the company do?"], "What does the company do?"),
        (["What does the company do?", "公司在哪里？"], "公司在哪里？"),
        (["What does the company do?", "When was it founded?"], "When was it founded?"),
        (["What does the company do?", "Where is it based?"], "Where is it based?"),
        (
            ["Is there an innovation fund?", "When was it set up?"],
            "Is there an innovation fund? When was it set up?",
        ),
        (["专利有多少？", "其中发明专利？", "著作权呢？"], "专利有多少，其中著作权呢？"),
        (
            ["How do they protect whistleblowers?", "And suppliers?"],
            "How do they protect suppliers?",
        ),
        (
            ["What does the company do?", "How much revenue did it make?", "And net profit?"],
            "How much net profit did it make?",
        ),
        (
            ["Is there an innovation fund?", "How much did it raise?"],
            "Is there an innovation fund? How much did it raise?",
        ),
        (
            ["Does it have a union?", "How many members does it have, and who leads it?"],
            "Does it have a union? How many members does it have, and who leads it?",
        ),
    ],
)
def test_a_conversation_goes_on(turns, meant):
    history = [{"role": "user", "content": turn} for turn in turns[:-1]]
    text = read_question(turns[-1], history, "2023").text
    assert text.replace("？", "?") == meant.replace("？", "?")
