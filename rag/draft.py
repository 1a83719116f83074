"""Evidence -> a draft answer, worded by the language model or made of quotes."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from index.markup import plain_text
from index.passage import PATH
from index.titles import is_contact
from rag import amounts
from rag.claim import Claim, Failure
from rag.evidence import Evidence
from rag.latin_names import Naming
from rag.llm import LanguageModel, Messages
from rag.question import Question

_PROMPTS = Path(__file__).parent / "prompts"
_REFUSES = re.compile(
    r"未披露|没有披露|未提及|没有提[到及]|未说明|没有说明|无法(?:回答|确定|得知)|没有(?:相关|找到|提供)"
    r"|not disclosed?|(?:do|does|did) not (?:disclose|mention|say|state|provide|specify|contain"
    r"|include|give|answer)|no (?:information|mention|data)|cannot (?:answer|determine)"
    r"|not (?:mentioned|provided|specified|stated)"
    r"|摘录[中里](?:没有|未)|not in the excerpts?\b",
    re.IGNORECASE,
)
_BROKEN_LINE = re.compile(r"(?<=[^\x00-\u2fff])\n(?=[^\x00-\u2fff])")  # Chinese has no spaces
_PERIOD = re.compile(r"(?:19|20)\d\d(?: ?年)?(?: ?[-–—~至] ?(?:19|20)\d\d(?: ?年)?)?")
QUOTES = 3  # pieces of evidence in an answer made of quotes
# What the model is told of a claim that failed, by the kind of its failure.
_REASONS = {
    "figure": ("摘录中没有{}", "{} is not in the excerpts"),
    "date": ("摘录中没有{}", "{} is not in the excerpts"),
    "year": ("{}不是这一年的", "{} is of another year"),
    "part": ("混淆了目标与实际：{}", "target and actual result are mixed up: {}"),
    "target": ("目标是否达成说错了", "whether the target was met is wrong"),
    "bare": ("没有写明是什么：{}", "it is not said what this is: {}"),
    "twice": ("摘录中{}只出现一次", "{} is the figure of one thing alone"),
    "joined": ("{}不在同一句里", "these do not stand in one sentence: {}"),
    "deed": ("摘录中没有说{}", "the excerpts do not say so: {}"),
    "row": ("{}是另一项的数字", "{} is the figure of another row"),
    "limit": ("{}的范围与摘录不符", "the excerpts put no such limit: {}"),
    "denial": ("肯定与否定与摘录不符：{}", "what the excerpts deny is stated, or the reverse: {}"),
    "sum": ("不要计算：{}", "do not calculate: {}"),
    "quote": ("摘录中没有这句原话：{}", "not in the excerpts word for word: {}"),
    "words": ("摘录中没有：{}", "not in the excerpts: {}"),
    "name": ("摘录中没有{}", "{} is not in the excerpts"),
    "language": ("请全部用中文", "write everything in English"),
}


def stream_draft(
    llm: LanguageModel,
    question: Question,
    evidence: Sequence[Evidence],
    naming: Naming | None = None,
) -> Iterator[str]:
    """Yield a draft answer piece by piece; raises LanguageModelError.

    ``naming`` tells how companies are called in English.
    """
    yield from llm.stream(_messages(question, evidence, naming), latin=question.language == "en")


def has_answer(
    llm: LanguageModel,
    question: Question,
    evidence: Sequence[Evidence],
    naming: Naming | None = None,
) -> float | None:
    """Return how likely the model holds that the evidence answers the question, from 0 to 1; None
    where it does not say. Raises LanguageModelError.
    """
    return llm.agrees(asking_whether(question, evidence, naming))


def asking_whether(
    question: Question, evidence: Sequence[Evidence], naming: Naming | None = None
) -> Messages:
    """Return the messages that ask a model whether the evidence answers the question."""
    system, (role, text) = _messages(question, evidence, naming)
    asked = text.rpartition("\n")[0]
    first, *examples = _read(f"enough.{question.language}.md").split("\n\n")
    if not examples:  # it goes on from the draft's prompt, so that what it reads is read but once
        return [system, (role, f"{asked}\n{first}")]
    shown = [example.rpartition("\n") for example in examples]
    turns = [turn for said, _, reply in shown for turn in ((role, said), ("assistant", reply))]
    closing = shown[0][0].rpartition("\n")[2]  # the line that asks for yes or no
    return [("system", first), *turns, (role, f"{asked}\n{closing}")]


def beginnings() -> list[Messages]:
    """Return what the prompts of all questions and of all reports begin with."""
    asked = [Question("", "", language) for language in ("zh", "en")]
    judged, drafted = (
        [make(each, (), None) for each in asked] for make in (asking_whether, _messages)
    )
    return judged + drafted


def read_ahead(llm: LanguageModel) -> None:
    """Let a model that keeps what it has read read what all its prompts begin with. Raises
    LanguageModelError.
    """
    for messages in beginnings():
        llm.hidden_state(messages)


def stream_repair(
    llm: LanguageModel,
    question: Question,
    evidence: Sequence[Evidence],
    draft: str,
    failed: Sequence[Claim],
    naming: Naming | None = None,
) -> Iterator[str]:
    """Yield what the model makes of the sentences that failed, told why they did.

    The prompt goes on from the draft's, of which nothing has to be read again.
    """
    zh = question.language == "zh"
    lines = (
        [f"- {claim.text}（{reasons(claim.failures, 'zh')}）" for claim in failed]
        if zh
        else [f"- {claim.text} ({reasons(claim.failures, 'en')})" for claim in failed]
    )
    asked = "\n".join([_read(f"repair.{question.language}.md"), *lines])
    messages = [*_messages(question, evidence, naming), ("assistant", draft), ("user", asked)]
    yield from llm.stream(messages, latin=not zh)


def reasons(failures: Sequence[Failure], language: str) -> str:
    """Say what is wrong with a claim."""
    said = [_REASONS[f.kind][language != "zh"].format(f.words) for f in failures]
    return ("；" if language == "zh" else "; ").join(dict.fromkeys(said))


def refuses(draft: str) -> bool:
    """Whether a draft says no more than that the evidence does not answer."""
    return _REFUSES.search(draft) is not None and not amounts.find_amounts(draft)


def quoted(
    evidence: Sequence[Evidence], language: str, translations: Mapping[int, str] | None = None
) -> str:
    """Return an answer made of pieces of evidence, as they stand in the report; behind their
    translation, where there is one.
    """
    translations = translations or {}
    lines = [_quoted_line(piece, language, translations.get(piece.number)) for piece in evidence]
    if language == "zh":
        lead = "报告原文："
    else:
        lead = "The report says (translated):" if translations else "The report says, in Chinese:"
    return "\n".join([lead, *(f"- {line}" for line in lines)])


def evidence_words(piece: Evidence, language: str) -> str:
    """Return a piece for a prompt: in one line, for English with the amounts converted."""
    words = _plain(piece.words)
    return amounts.in_english(words) if language == "en" else words


def _quoted_line(piece: Evidence, language: str, translation: str | None) -> str:
    words = _plain(piece.words if piece.kind == "row" else piece.quote)
    if piece.kind == "row":
        quote = amounts.annotate_english(words) if language == "en" else words
    else:  # word for word: what it is in English stands behind it
        quote = f"“{words}”"
        said = amounts.conversions(words) if language == "en" and not translation else ()
        if noted := "; ".join(f"{amount.text}: {english}" for amount, english in said):
            quote += f" ({noted})"
    line = f"{translation} ({quote})" if translation and translation != words else quote
    period = _PERIOD.fullmatch(piece.title.rpartition(PATH)[2])  # a year as heading
    if period and not is_contact(words):  # who signs below a year does not belong to it
        line = f"{period[0]}：{line}" if language == "zh" else f"{period[0]}: {line}"
    return f"{line} [{piece.number}]"


def _messages(question: Question, evidence: Sequence[Evidence], naming: Naming | None) -> Messages:
    """The prompt: what comes first is the same for all questions, and is read but once."""
    return [
        ("system", _read(f"answer.{question.language}.md")),
        ("user", _user_text(question, evidence, naming)),
    ]


def _user_text(question: Question, evidence: Sequence[Evidence], naming: Naming | None) -> str:
    """The part of the prompt that changes with the question; the prefix before it is reused."""
    pieces = []
    for piece in evidence:
        heading = piece.title.split(PATH)[-1]
        words = evidence_words(piece, question.language)
        pieces.append(
            f"[{piece.number}] {heading}：{words}" if heading else f"[{piece.number}] {words}"
        )
    excerpts = "\n".join(pieces)
    if question.language == "zh":
        return f"摘录：\n{excerpts}\n问题：{question.text}\n回答："
    excerpts = naming.in_latin(excerpts) if naming else excerpts
    return f"Excerpts:\n{excerpts}\nQuestion: {question.text}\nAnswer:"


def _plain(text: str) -> str:
    text = _BROKEN_LINE.sub("", text)
    return re.sub(r"\s+", " ", plain_text(text).replace("**", "")).strip()


@cache
def _read(name: str) -> str:
    return (_PROMPTS / name).read_text(encoding="utf-8").strip()
