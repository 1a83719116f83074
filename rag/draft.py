"""Evidence -> a draft answer, worded by the language model or made of quotes."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from rag import amounts
from rag.evidence import Evidence
from rag.llm import LanguageModel
from rag.question import Question

_PROMPTS = Path(__file__).parent / "prompts"
_REFUSES = re.compile(
    r"未披露|没有披露|未提及|没有提[到及]|未说明|没有说明|无法(?:回答|确定|得知)|没有(?:相关|找到|提供)"
    r"|not disclosed?|(?:do|does|did) not (?:disclose|mention|say|state|provide|specify|contain"
    r"|include|give|answer)|no (?:information|mention|data)|cannot (?:answer|determine)"
    r"|not (?:mentioned|provided|specified|stated)",
    re.IGNORECASE,
)
QUOTES = 3  # pieces of evidence in an answer made of quotes


def stream_draft(
    llm: LanguageModel, question: Question, evidence: Sequence[Evidence]
) -> Iterator[str]:
    """Yield a draft answer piece by piece; raises LanguageModelError."""
    yield from llm.stream(
        [("system", _prompt(question.language)), ("user", _user_text(question, evidence))]
    )


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
    if language == "en":
        words = amounts.annotate_english(words)
    quote = words if piece.kind == "row" else f"“{words}”"
    return (
        f"{translation} ({quote}) [{piece.number}]" if translation else f"{quote} [{piece.number}]"
    )


def _user_text(question: Question, evidence: Sequence[Evidence]) -> str:
    """The part of the prompt that changes with the question; the prefix before it is reused."""
    pieces = []
    for piece in evidence:
        heading = piece.title.split(" › ")[-1]
        words = evidence_words(piece, question.language)
        pieces.append(
            f"[{piece.number}] {heading}：{words}" if heading else f"[{piece.number}] {words}"
        )
    excerpts = "\n".join(pieces)
    if question.language == "zh":
        return f"摘录：\n{excerpts}\n问题：{question.text}\n回答："
    return f"Excerpts:\n{excerpts}\nQuestion: {question.text}\nAnswer:"


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("**", "")).strip()


@cache
def _prompt(language: str) -> str:
    return (_PROMPTS / f"answer.{language}.md").read_text(encoding="utf-8").strip()
