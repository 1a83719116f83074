"""Answers made right and wrong on purpose, each with the verdict a careful reader would give."""

from dataclasses import replace

import pytest
from eval_fakes import answer, passage, question

from eval.matching import states_fact
from eval.metrics import translated
from eval.score import score_answer

# --- facts: (answer, alternatives, stated?)
MONEY = ["21,361.34万元"]
STATED = [
    ("2023年研发投入为21,361.34万元[1]。", MONEY, True),
    ("研发投入**21,361.34** 万元", MONEY, True),
    ("研发投入213,613,400元", MONEY, True),
    ("研发投入约2.14亿元", MONEY, True),
    ("R&D spending was RMB 213.61 million [1].", MONEY, True),
    ("R&D spending was CNY 213,613,400.", MONEY, True),
    ("R&D spending was 0.2136 billion yuan.", MONEY, True),
    ("研发投入２１，３６１．３４万元", MONEY, True),
    # wrong units
    ("研发投入为21,361.34亿元", MONEY, False),
    ("研发投入为21,361.34元", MONEY, False),
    ("R&D spending was RMB 21,361.34 million.", MONEY, False),
    ("R&D spending was RMB 213.61 thousand.", MONEY, False),
    ("R&D spending was RMB 2.1361 billion.", MONEY, False),
    ("R&D spending was USD 213.61 million.", MONEY, False),
    ("研发投入占比为21,361.34%", MONEY, False),
    # rounding, and what is none
    ("研发投入为2.13亿元", MONEY, True),  # cut, not rounded, is accepted
    ("研发投入为2.15亿元", MONEY, False),
    ("研发投入为21,361.43万元", MONEY, False),
    ("研发投入为21,316.34万元", MONEY, False),
    ("R&D spending was RMB 214 million.", MONEY, True),
    ("R&D spending was RMB 216 million.", MONEY, False),
    # another year's figure
    ("2023年研发投入为18,798.38万元", MONEY, False),
    # the digits stand inside other digits
    ("占比为129.86%", ["29.86%"], False),
    ("占比为29.86%", ["29.86%"], True),
    # rounded to three digits, not to two
    ("占比约29.9%", ["29.86%"], True),
    ("占比接近30%", ["29.86%"], False),
    ("10% in 2022", ["9.80%"], False),
    ("the result was 99%", ["98.98%"], False),
    ("a share of 38%", ["38.19%", "38%"], True),
    ("RMB 2.0 billion", ["19.70 亿元"], False),
    ("RMB 1.97 billion", ["19.70 亿元"], True),
    ("占比为29.8个百分点", ["29.86%"], False),
    ("A share of 29.9 percent", ["29.86%"], True),
    # words for numbers
    ("The company held five general meetings.", ["5次", "5 meetings"], True),
    ("公司召开了五次股东大会", ["5次"], True),
    ("The company held fifteen general meetings.", ["5次"], False),
    ("Twenty-nine percent of the directors are women.", ["29%"], True),
    ("Ninety-two percent of the directors are women.", ["29%"], False),
    ("About twelve hundred people", ["1,200人"], True),
    # people are no percentage
    ("1,226% of staff", ["1,226人"], False),
    ("there are 1226 people", ["1,226人"], True),
    ("there are 1,262 people", ["1,226人"], False),
    # dates
    ("The meeting was held on 19 May 2023.", ["2023年5月19日"], True),
    ("The meeting was held on May 19, 2023.", ["2023-05-19"], True),
    ("会议于2023年5月19日召开", ["2023/5/19"], True),
    ("会议于2023年5月召开", ["2023年5月19日"], False),
    ("会议于2022年5月19日召开", ["2023年5月19日"], False),
    ("会议于2023年9月15日召开", ["2023年5月19日"], False),
    # words
    ("总经理是 金海荣 先生", ["金海荣"], True),
    ("总经理是金海 荣先生", ["金海荣"], True),
    ("总经理是金荣海先生", ["金海荣"], False),
    ("The chairman is **Che Quanhong**.", ["che  quanhong"], True),
    ("Female staff are in the majority.", ["male staff"], False),
    ("It did not rise; it doesn't match.", ["n't match"], True),
    ("ＢｉｏＣＶ 技术", ["BioCV"], True),
    ("It rose from 2021–2023.", ["2021-2023"], True),
    # codes and telephones
    ("通过了ISO 14001:2015认证", ["14001"], True),
    ("标准为GB/T42981-2023", ["42981"], True),
    ("通过了ISO 45001认证", ["14001"], False),
    ("热线：400-6900-999", ["4006900999", "400-6900-999"], True),
    ("热线：400-6900-998", ["4006900999", "400-6900-999"], False),
    ("Fax 0769-82618848", ["82618868"], False),
    # a citation mark is no figure, and does not cut a word
    ("召开股东大会[5]", ["5次"], False),
    ("股东[1]大会", ["股东大会"], True),
]


@pytest.mark.parametrize(("text", "alternatives", "expected"), STATED)
def test_a_fact_is_stated_or_not(text, alternatives, expected):
    assert states_fact(text, alternatives) is expected


@pytest.mark.parametrize(
    ("fact", "computed", "expected"),
    [("47", True, True), ("47 people", True, True), ("47", False, False), ("48", True, False)],
)
def test_a_fall_that_is_computed_has_its_sign_or_not(fact, computed, expected):
    assert states_fact("79 − 126 = −47 people.", [fact], computed=computed) is expected


# --- swapped years: each fact is (figure, year)
YEARS = {2021: "19,678.67万元", 2022: "18,798.38万元", 2023: "21,361.34万元"}
DATED = [
    ("2021年19,678.67万元，2022年18,798.38万元，2023年21,361.34万元", 1.0),
    ("2021年18,798.38万元，2022年19,678.67万元，2023年21,361.34万元", 0.0),
    ("2021、2022、2023年分别为19,678.67万元、18,798.38万元、21,361.34万元", 1.0),
    ("2021、2022、2023年分别为19,678.67万元、21,361.34万元、18,798.38万元", 0.0),
    ("2023年为21,361.34万元，高于2022年的18,798.38万元和2021年的19,678.67万元", 1.0),
    ("It was 19,678.67万元 in 2021, 18,798.38万元 in 2022 and 21,361.34万元 in 2023", 1.0),
    ("It was 19,678.67万元 in 2022, 18,798.38万元 in 2021 and 21,361.34万元 in 2023", 0.0),
    ("2021–2023: 21,361.34万元 in 2023, 18,798.38万元 in 2022, 19,678.67万元 in 2021", 1.0),
    (
        "| 2021 | 2022 | 2023 |\n|---|---|---|\n| 19,678.67万元 | 18,798.38万元 | 21,361.34万元 |",
        1.0,
    ),
    (
        "| 2023 | 2022 | 2021 |\n|---|---|---|\n| 19,678.67万元 | 18,798.38万元 | 21,361.34万元 |",
        0.0,
    ),
    ("- 2021: RMB 196.79 million\n- 2022: RMB 187.98 million\n- 2023: RMB 213.61 million", 1.0),
    ("- 2021: RMB 196.79 million\n- 2023: RMB 187.98 million\n- 2022: RMB 213.61 million", 0.0),
    ("2021年19,678.67万元，2023年21,361.34万元", 0.0),
    ("19,678.67万元、18,798.38万元、21,361.34万元", 1.0),  # no year is said, none is wrong
]


@pytest.mark.parametrize(("text", "expected"), DATED)
def test_swapped_years_are_seen(text, expected):
    facts = [
        {"any": [figure], "evidence": [[777, 777]], "year": year} for year, figure in YEARS.items()
    ]
    asked = question("2021至2023年的研发投入？", facts=facts, answerable=True, kind="years")
    assert score_answer(asked, answer(text)).measures["right_answer"] == expected


# --- whole answers
RND = passage("研发投入金额\t万元\t19,678.67\t18,798.38\t21,361.34", (777, 777))
MEETINGS = passage("召开股东大会次数\n5 次", (280, 281))
ASKED = question("2023年研发投入是多少？", ("21,361.34万元", [[777, 777]]))
UNKNOWN = question("2023年碳排放总量是多少？")


def measures(asked, given):
    return score_answer(asked, given).measures


def test_a_right_answer_with_the_right_citation():
    found = measures(ASKED, answer("研发投入为21,361.34万元[1]。", RND))
    assert found == {
        "right_answer": 1.0,
        "token_f1": pytest.approx(2 * 3 / (8 + 3)),  # 21,361.34, 万 and 元 of eight tokens
        "right_refusal": None,
        "answerable_refused": 0.0,
        "refusal_precision": None,
        "right_citation": 1.0,
        "citation_recall": 1.0,
        "citation_precision": 1.0,
        "wrong_figure": 0.0,
        "length": 20.0,
        "verbatim": 1.0,
        "translated": None,
        "language": 1.0,
    }


def test_the_right_figure_with_the_wrong_citation():
    found = measures(ASKED, answer("研发投入为21,361.34万元[1]。", MEETINGS))
    assert found["right_answer"] == 1.0
    assert found["right_citation"] == found["citation_recall"] == found["citation_precision"] == 0.0
    assert found["wrong_figure"] == 1.0  # the cited passage does not say so


def test_the_right_citation_without_its_mark_is_none():
    found = measures(ASKED, answer("研发投入为21,361.34万元。", RND))
    assert (found["right_citation"], found["citation_precision"]) == (0.0, None)


def test_a_mark_of_another_citation_is_not_its_own():
    found = measures(ASKED, answer("研发投入为21,361.34万元[1]。", MEETINGS, RND))
    assert found["right_citation"] == 0.0
    found = measures(ASKED, answer("研发投入为21,361.34万元[1][2]。", MEETINGS, RND))
    assert (found["right_citation"], found["citation_precision"]) == (1.0, 0.5)


def test_citation_recall_is_by_fact():
    asked = question("研发投入和股东大会？", ("21,361.34万元", [[777, 777]]), ("5次", [[281, 281]]))
    found = measures(asked, answer("21,361.34万元[1]，5次[1]。", RND))
    assert (found["right_citation"], found["citation_recall"]) == (1.0, 0.5)


def test_half_of_a_two_part_answer_is_not_right():
    asked = question("研发投入和股东大会？", ("21,361.34万元", [[777, 777]]), ("5次", [[281, 281]]))
    verdict = score_answer(asked, answer("研发投入21,361.34万元[1]。", RND))
    assert verdict.measures["right_answer"] == 0.0
    assert verdict.missing == ("5次",)


def test_a_forbidden_statement_spoils_a_right_answer():
    asked = question(
        "总经理是谁？", ("金海荣", [[134, 134]]), forbidden=["陈书楷", "21,361.34亿元"]
    )
    assert measures(asked, answer("总经理是金海荣。"))["right_answer"] == 1.0
    assert measures(asked, answer("总经理是金海荣或陈书楷。"))["right_answer"] == 0.0
    assert measures(asked, answer("金海荣，2,136,134,000,000元"))["right_answer"] == 0.0


def test_a_refusal_that_mentions_the_figure_is_a_refusal():
    given = answer("报告没有说明；只提到研发投入21,361.34万元[1]。", RND, answered=False)
    found = measures(ASKED, given)
    assert found["right_answer"] == 0.0
    assert found["answerable_refused"] == 1.0
    assert found["refusal_precision"] == 0.0
    assert found["right_citation"] is found["citation_recall"] is None
    found = measures(UNKNOWN, given)
    assert (found["right_refusal"], found["refusal_precision"]) == (1.0, 1.0)
    assert found["right_answer"] is found["answerable_refused"] is None


def test_a_refusal_in_words_alone_is_an_answer():
    found = measures(UNKNOWN, answer("报告没有说明。"))
    assert (found["right_refusal"], found["refusal_precision"]) == (0.0, None)


def test_an_invented_answer_to_an_unanswerable_question():
    found = measures(UNKNOWN, answer("碳排放总量为1,234吨[1]。", RND))
    assert found["right_refusal"] == 0.0
    assert found["wrong_figure"] == 1.0
    assert found["citation_precision"] is None  # there is no evidence to cite


def test_the_refusal_in_the_wrong_language():
    given = answer("The report does not say.", answered=False)
    assert measures(UNKNOWN, given)["language"] == 0.0


# --- figures that nothing supports: (answer, wrong figures, None for no figure at all)
FIGURES = [
    ("研发投入为21,361.34万元[1]。", ()),
    ("R&D spending was RMB 213.6 million [1].", ()),
    ("研发投入为21,361.34亿元[1]。", ("21,361.34亿元",)),
    ("研发投入为21,361.35万元[1]。", ("21,361.35万元",)),
    ("公司致力于创新[1]。", None),
    ("2023年5月19日[1]", None),  # a date is no figure
    ("1. 创新\n2. 责任", None),  # nor is a list's number
    ("占比为10.84%", ("10.84%",)),
    # what the user said may be said again
    ("不是99%，而是21,361.34万元[1]。", ()),
    # a result with its working, and without
    ("增加2,562.96万元（21,361.34 − 18,798.38）[1]", ()),
    ("21,361.34万元 - 18,798.38万元 = 2,562.96万元[1]", ()),
    ("21,361.34万元[1] - 18,798.38万元[1] = 2,562.96万元", ()),
    ("(21,361.34 − 18,798.38) ÷ 18,798.38 × 100% = 13.63%[1]", ()),
    ("增长13.6%（(21,361.34−18,798.38)/18,798.38）[1]", ()),
    ("RMB 213.61 million - RMB 187.98 million = RMB 25.63 million [1]", ()),
    ("(19,678.67 + 18,798.38 + 21,361.34) / 3 = 19,946.13万元[1]", ()),
    ("18,798.38 + 21,361.34 = 40,159.72万元；40,159.72 − 19,678.67 = 20,481.05万元[1]", ()),
    ("40,159.72万元 − 19,678.67万元 = 20,481.05万元[1]", ("40,159.72万元", "20,481.05万元")),
    ("增加2,562.96万元[1]", ("2,562.96万元",)),
    ("21,361.34万元 - 18,798.38万元 = 2,562.96亿元[1]", ("2,562.96亿元",)),
    ("21,361.34万元 - 18,798.38万元 = 2,652.96万元[1]", ("2,652.96万元",)),
    ("(21,361.34 − 18,798.38) ÷ 18,798.38 = 31.63%[1]", ("31.63%",)),
    ("21,361.34 − 17,000.00 = 4,361.34万元[1]", ("21,361.34", "17,000.00", "4,361.34万元")),
    # the items of the answer's own list may be counted
    ("共三项：\n- 创新\n- 责任\n- 正直", ()),
    ("共四项：\n- 创新\n- 责任\n- 正直", ("四项",)),
]


@pytest.mark.parametrize(("text", "expected"), FIGURES)
def test_wrong_figures(text, expected):
    asked = question("研发投入是99%吗？", ("21,361.34万元", [[777, 777]]))
    verdict = score_answer(asked, answer(text, RND))
    assert verdict.wrong == (expected or ())
    assert verdict.measures["wrong_figure"] == (None if expected is None else float(bool(expected)))


def test_half_a_year_is_six_months():
    for said, wrong in (("每半年演练", ()), ("每年演练", ("six months",))):
        asked = question("How often are drills held?", ("six months", [[1, 1]]))
        given = answer("Drills are held every six months [1].", passage(said, (1, 1)))
        assert score_answer(asked, given).wrong == wrong


def test_the_number_of_a_title_is_no_wrong_figure():
    titled = replace(passage("公司经营稳健。"), section=("第三节 讨论", "12、收入与成本"))
    asked = question("收入？", ("9", [[1, 1]]))
    for place, wrong in ((titled, ()), (passage("公司经营稳健。"), ("12",))):
        given = answer("最接近的内容：“12、收入与成本” [1]。", place)
        assert score_answer(asked, given).wrong == wrong


def test_the_user_may_have_said_a_figure_earlier():
    asked = question(
        "那99%呢？",
        ("21,361.34万元", [[777, 777]]),
        history=[{"role": "user", "content": "是88%吗？"}, {"role": "assistant", "content": "77%"}],
    )
    assert score_answer(asked, answer("不是99%，也不是88%或77%。")).wrong == ("77%",)


def test_an_altered_quote_is_not_verbatim():
    given = answer("21,361.34万元[1]", RND, quotes=["研发投入金额 21,361.34"])
    assert measures(ASKED, given)["verbatim"] == 0.0


def test_the_chinese_quotes_of_an_english_answer_come_in_english():
    quotes = [("研发投入 5 元", "R&D: RMB 5"), ("研发", None), ("ISO 9001", None)]
    assert translated("en", quotes) == 0.5
    assert translated("zh", quotes) is translated("en", quotes[2:]) is None


def test_there_are_enough_made_pairs():
    assert len(STATED) + len(DATED) + len(FIGURES) >= 60


def test_a_level_in_digits_is_that_of_the_report_in_chinese_numerals():
    told = passage("保密等级一级至五级依次为绝密、机密、内部。", (1337, 1337))
    asked = question("How many levels are there?", ("5", [[1337, 1337]]))
    for text, wrong in (("From level 1 to level 5 [1].", ()), ("Up to level 6 [1].", ("6",))):
        assert score_answer(asked, answer(text, told)).wrong == wrong
