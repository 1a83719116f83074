"""What a question gets back."""

from dataclasses import dataclass

from index.passage import Passage


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a claim stands.

    ``number`` is the [n] in the answer's text; ``quote`` is a verbatim part of
    ``passage.text``; ``translation`` is the quote in English, made by the model and checked
    figure by figure, where an English answer is made of quotes; else None.
    """

    number: int
    passage: Passage
    quote: str
    translation: str | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was verified, in a sentence of the answer's language."""

    name: str
    passed: bool
    detail: str


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: Markdown with [n] marks, in the language of the question.

    ``answered`` is False where the report does not say; ``question`` is the question as it was
    understood, with what a follow-up left out put in.
    """

    text: str
    answered: bool
    language: str
    citations: tuple[Citation, ...]
    checks: tuple[Check, ...]
    question: str
