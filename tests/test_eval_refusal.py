import pytest

from eval.refusal import refuses


@pytest.mark.parametrize(
    "text",
    [
        "I don't know.",
        "The context does not provide that.",
        "That figure is not disclosed in the sources.",
        "报告中没有提及。",
        "根据提供的信息，无法确定。",
        "根据提供的信息，2024年的营业收入没有具体提到。",
        "There is no information about deaths at work in the context.",
        "I cannot determine this from the sources.",
        "The report does not explicitly state the number.",
        " \n",
    ],
)
def test_a_refusal_is_told_by_its_words(text):
    assert refuses(text)


@pytest.mark.parametrize(
    "text",
    [
        "It is known to be 5.",
        "共召开5次。",
        "披露了范围一的排放。",
        "No one died at work.",
        "未发生因工死亡。",
    ],
)
def test_an_answer_is_none(text):
    assert not refuses(text)
