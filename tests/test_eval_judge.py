import pytest
from eval_fakes import FakeAssistant, answer, passage, question
from fakes import FakeLanguageModel

from eval.judge import Judge
from eval.run import ask
from index.errors import ReportError
from rag.llm import LanguageModelError

RND = passage("研发投入\t21,361.34万元", (777, 777))
ASKED = question(
    "那2023年呢？",
    ("21,361.34万元", "2.14亿元", [[777, 777]]),
    ("董事会", [[9, 9]]),
    history=[
        {"role": "user", "content": "2022年的研发投入？"},
        {"role": "assistant", "content": "18,798.38万元"},
    ],
)
SAID = answer("约2.1亿元[1]", RND)


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("yes", 1.0),
        ("No.", 0.0),
        ("**Yes**, it does, no doubt", 1.0),
        ("是", 1.0),
        ("否。", 0.0),
        ("I know nothing", None),
        ("", None),
    ],
)
def test_the_first_yes_or_no_is_the_verdict(reply, expected):
    judge = Judge(FakeLanguageModel(reply))
    assert judge.measures(ASKED, SAID) == {"judged_right": expected}


def test_the_judge_is_shown_what_was_asked_expected_and_answered():
    model = FakeLanguageModel("yes")
    Judge(model).measures(ASKED, SAID)
    ((system, user),) = model.asked
    assert system[0] == "system"
    for shown in (
        "2022年的研发投入？\n那2023年呢？",
        "- 21,361.34万元 / 2.14亿元\n- 董事会",
        SAID.text,
    ):
        assert shown in user[1]


def test_refusals_and_what_has_no_facts_are_not_shown():
    model = FakeLanguageModel()
    judge = Judge(model)
    refusal = answer("报告没有说明。", answered=False)
    assert judge.measures(ASKED, refusal) == {"judged_right": 0.0}
    assert judge.measures(question("碳排放？"), SAID) == {"judged_right": None}
    assert model.asked == []


def test_the_rule_stays_what_it_is():
    assistant = FakeAssistant([RND], {ASKED.question: SAID})
    alone = ask(assistant, ASKED).measures
    judged = ask(assistant, ASKED, judge=Judge(FakeLanguageModel("yes"))).measures
    assert "judged_right" not in alone
    assert judged == alone | {"judged_right": 1.0}
    assert judged["right_answer"] == 0.0


def test_a_judge_that_does_not_answer_is_told():
    judge = Judge(FakeLanguageModel(LanguageModelError("down", "没有应答")), "big")
    with pytest.raises(ReportError, match=r"judge 'big' does not answer.*--resume"):
        judge.measures(ASKED, SAID)


def test_a_judge_has_a_name():
    with pytest.raises(ReportError, match="needs the name of a model"):
        Judge.open("none")
