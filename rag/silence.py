"""What is said where the report does not answer, in both languages."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.english import in_english
from index.passage import PATH
from index.titles import without_number
from rag.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Silence:
    """Why the report does not answer: "off-topic", "other-year", "other-company", "comparison",
    "unknown-name", "no-figure", "no-name", "whole-year", "one-year", "yuan-only", "not-given", or
    what ``set_aside`` finds; ``detail`` names the year or company.
    """

    reason: str
    detail: str = ""


_EXAMPLES = {
    "zh": "您可以这样问：“公司有多少名员工？”“研发投入比上年增长了多少？”“公司如何保护举报人？”",
    "en": "You could ask: “How many people work for the company?”, “By how much did R&D investment "
    "grow?” or “How does the company protect whistleblowers?”",
}
# {examples} are questions that reports answer.
_SAID = {
    "off-topic": (
        "这个问题在报告中找不到答案，它似乎与报告内容无关。",
        "The report does not answer this; the question seems to be about something else.",
    ),
    "not-given": ("报告没有披露这一点。", "The report does not say."),
    "no-figure": (
        "报告没有给出这一数字，只有文字说明。",
        "The report gives no figure for this, only words.",
    ),
    "no-name": (
        "报告提到了，但没有写出名称或姓名。",
        "The report speaks of this, and gives no name.",
    ),
    "whole-year": (
        "报告没有按季度、半年或月份给出这一数字。",
        "The report gives no quarterly, half-year or monthly figure for this.",
    ),
    "one-year": (
        "报告只给出一年的数字，没有可以比较的年份，无法得出变化。",
        "The report gives this for one year alone, so it does not tell how it changed.",
    ),
    "yuan-only": (
        "报告只以人民币给出这一金额，没有外币金额或汇率。",
        "The report gives this amount in yuan alone, with no exchange rate.",
    ),
    "other-year": (
        "报告没有披露 {detail} 年的这一信息。",
        "The report does not disclose this for {detail}.",
    ),
    "other-company": (
        "报告没有提到“{detail}”，因此没有披露这一点。",
        "The report does not mention {detail}, so it does not say.",
    ),
    "unknown-name": (
        "报告中没有“{detail}”这个外文名称，无法确定指的是哪家公司；如果指本报告的公司，请直接问“公司”。",
        "The report prints no name {detail}, so it cannot be told which company is meant. For the "
        "report's own company, ask about “the company”.",
    ),
    "comparison": (
        "报告没有“{detail}”的数据，无法与其比较。",
        "The report has no data on {detail} to compare with.",
    ),
    "greeting": (
        "您好！我根据这份报告回答问题，并标明出处。{examples}",
        "Hello! I answer questions from this report and cite where each answer stands. {examples}",
    ),
    "thanks": ("不客气，欢迎继续就这份报告提问。", "You are welcome. Ask on about this report."),
    "about": (
        "我是这份报告的问答助手：用中文或英文提问，我只依据报告回答，每一处都标明出处；报告没有写的，我会直说。"
        "{examples}",
        "I am an assistant for this report. Ask in Chinese or in English: I answer from the report "
        "alone, cite every claim, and say so where the report is silent. {examples}",
    ),
    "rude": (
        "我只能回答与这份报告有关的问题。{examples}",
        "I can only answer questions about this report. {examples}",
    ),
    "order": (
        "我只依据报告回答问题，不会按其他指令行事，也不会透露内部设置。{examples}",
        "I only answer questions from the report; I follow no other instructions and do not show "
        "my own. {examples}",
    ),
    "now": (
        "报告不含天气、日期、股价等实时信息，我无法回答。",
        "The report knows nothing of the present, such as weather, dates or share prices.",
    ),
    "forecast": (
        "报告没有这样的预测，我也不作预测。",
        "The report makes no such forecast, and neither do I.",
    ),
    "advice": (
        "我不提供投资建议，只回答报告中写明的内容。",
        "I give no investment advice; I only answer what the report says.",
    ),
    "task": (
        "我只能回答与这份报告有关的问题，不能完成其他任务。{examples}",
        "I can only answer questions about this report, not do other work. {examples}",
    ),
}
REASONS = tuple(_SAID)
PARTLY_GIVEN = ("whole-year", "one-year", "yuan-only")  # these say that it gives a figure
_WITH_NEAREST = (
    "not-given", "no-figure", "no-name", "whole-year", "one-year", "yuan-only", "other-year",
    "other-company", "unknown-name", "comparison",
)  # fmt: skip


def say_silence(silence: Silence, nearest: Sequence[Evidence], language: str) -> str:
    """Word a refusal; where the report speaks of something near, offer it by its [n] marks."""
    said = _SAID[silence.reason][language == "en"].format(
        detail=silence.detail, examples=_EXAMPLES[language]
    )
    if not nearest or silence.reason not in _WITH_NEAREST:
        return said
    offered = ("、" if language == "zh" else ", ").join(
        f"{_heading(piece, language)} [{piece.number}]" for piece in nearest
    )
    if language == "zh":
        return f"{said}最接近的内容：{offered}。"
    return f"{said} The nearest passages are under: {offered}."


def unless_worked_out(silence: Silence | None, *, worked_out: bool) -> Silence | None:
    """Return a silence, if it is not about a figure that the report lacks and that is worked out of
    others.
    """
    return None if silence and silence.reason == "no-figure" and worked_out else silence


def _heading(piece: Evidence, language: str) -> str:
    heading = piece.title.split(PATH)[-1] or piece.passage.report
    english = in_english(without_number(heading)) if language == "en" and heading else None
    return f"“{heading}” ({english})" if english else f"“{heading}”" if heading else ""
