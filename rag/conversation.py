"""Questions asked one after another, each with what has come of it so far."""

import secrets
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import Protocol

from index.errors import ReportError
from index.pieces import is_chinese
from index.store import Index
from rag.answer import Answer, Citation
from rag.background import in_background
from rag.chart import Chart, chart_of
from rag.line import Visit
from rag.writing import Draft


@dataclass(frozen=True, slots=True)
class More:
    """What goes with an answer: a chart of its figures, and what can be asked next."""

    chart: Chart | None = None
    following: tuple[str, ...] = ()


Piece = tuple[Citation, ...] | str | Draft | Answer | More
Steps = Generator[tuple[Citation, ...] | str | Draft | Answer, None, None]


class Asker(Protocol):
    """What a conversation needs of an assistant."""

    @property
    def report_title(self) -> str:
        """Return the title of the report that is asked about."""

    @property
    def index(self) -> Index:
        """Return the index of the report."""

    def following(self, answer: Answer) -> Sequence[str]:
        """Return what can be asked after an answer."""

    def stream_with_drafts(self, question: str, history: Sequence[Mapping[str, str]] = ()) -> Steps:
        """Yield the evidence, pieces of the answer, drafts between them, the finished answer."""


@dataclass(frozen=True, slots=True, eq=False)
class Turn:
    """One question and what has come of it so far.

    ``draft`` is the sentence that is being written and is not checked yet, ``report`` the id of
    the report that was asked, ``notice`` says why there is no answer,
    ``place`` how many wait for the language model before this one, ``more`` is what goes with the
    answer, ``vote`` what the reader thought of it: "up", "down" or "". ``key`` is of no other
    question.
    """

    question: str
    text: str = ""
    draft: str = ""
    evidence: tuple[Citation, ...] = ()
    answer: Answer | None = None
    notice: str = ""
    report: str = ""
    place: int = 0
    more: More = More()
    vote: str = ""
    key: str = field(default_factory=lambda: secrets.token_hex(8))

    @property
    def pending(self) -> bool:
        """Tell whether the answer is still to come or to be finished."""
        return self.answer is None and not self.notice

    @property
    def language(self) -> str:
        """Return the language of the answer, or of the question while there is none."""
        if self.answer is not None:
            return self.answer.language
        return "zh" if is_chinese(self.question) else "en"


def answer_last(
    open_assistant: Callable[[], Asker], turns: Sequence[Turn], language: str
) -> Generator[list[Turn], None, None]:
    """Yield the conversation as its last turn is answered, or ends in an error for the user.

    Evidence comes at once; whoever then waits for the language model sees their place.
    ``language`` is that of the error: "zh" or "en".
    """
    *past, turn = turns
    visit = Visit()

    asked, said = turn.question, history(past, turn.report)

    def work(tell: Callable[[Piece], None]) -> None:
        assistant = open_assistant()
        with visit, closing(assistant.stream_with_drafts(asked, said)) as stream:
            for piece in stream:
                tell(piece)
                if isinstance(piece, Answer):
                    tell(_more(assistant, piece))

    try:
        with closing(in_background(work, visit.leave)) as pieces:
            for piece in pieces:
                before, turn = turn, _with_piece(turn, piece, visit.place)
                if turn is not before:
                    yield [*past, turn]
    except ReportError as error:
        yield [*past, replace(turn, notice=error.message(language))]


def _more(assistant: Asker, answer: Answer) -> More:
    return More(chart_of(assistant.index, answer), tuple(assistant.following(answer)))


def _with_piece(turn: Turn, piece: Piece | None, place: int) -> Turn:
    if piece is None:
        return turn if place == turn.place else replace(turn, place=place)
    if isinstance(piece, str):
        return replace(turn, text=turn.text + piece, draft="", place=0)
    if isinstance(piece, Draft):
        return replace(turn, draft=piece.text, place=0)
    if isinstance(piece, tuple):
        return replace(turn, evidence=piece)
    if isinstance(piece, More):
        return replace(turn, more=piece)
    return replace(turn, answer=piece, draft="", place=0)


def history(turns: Sequence[Turn], report: str = "") -> list[dict[str, str]]:
    """Return the answered turns about a report as the messages that a follow-up is read with."""
    messages = []
    for turn in turns:
        if turn.answer is not None and turn.report == report:
            messages.append({"role": "user", "content": turn.question})
            messages.append({"role": "assistant", "content": turn.answer.text})
    return messages
