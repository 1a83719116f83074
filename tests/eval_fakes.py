"""An assistant whose every word is written down beforehand."""

from dataclasses import dataclass, field
from types import SimpleNamespace

from eval.questions import Question
from index.passage import Passage


def passage(text, lines=(1, 1)):
    return Passage(f"p{lines[0]}", "report", text, ("第一章",), 3, lines)


def answer(text, *cited, answered=True, language="zh", quotes=None):
    """An answer that cites the passages as [1], [2] ...; each quote is the passage's whole text."""
    quotes = quotes or [each.text for each in cited]
    citations = tuple(
        SimpleNamespace(number=number, passage=each, quote=quote, translation=None)
        for number, (each, quote) in enumerate(zip(cited, quotes, strict=True), 1)
    )
    checks = (SimpleNamespace(name="figures", passed=True, detail=""),)
    return SimpleNamespace(
        text=text, answered=answered, language=language, citations=citations, checks=checks
    )


def question(text="研发投入是多少？", *facts, **changes):
    """A question; a fact is written as (alternative, ..., [spans])."""
    fields = {
        "id": "a001",
        "language": "zh",
        "kind": "fact",
        "split": "dev",
        "question": text,
        "answerable": bool(facts),
        "facts": [{"any": list(fact[:-1]), "evidence": fact[-1]} for fact in facts],
    }
    return Question.model_validate(fields | changes)


@dataclass
class FakeAssistant:
    """Finds the same passages for every question and answers by question text."""

    passages: list = field(default_factory=list)
    answers: dict = field(default_factory=dict)
    asked: list = field(default_factory=list)

    def search(self, question, *, k=8):
        self.asked.append(question)
        return self.passages[:k]

    def stream(self, question, history=()):
        reply = self.answers[question]
        if isinstance(reply, BaseException):
            raise reply
        yield reply.citations
        yield reply.text
        yield reply
