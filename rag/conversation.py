"""Questions asked one after another, each with what has come of it so far."""

import threading
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from index.errors import ReportError
from index.terms import is_chinese

if TYPE_CHECKING:
    from rag import Answer, Citation

Stream = Generator["tuple[Citation, ...] | str | Answer", None, None]


class Asker(Protocol):
    """What a conversation needs of an assistant."""

    @property
    def report_title(self) -> str:
        """Return the title of the report that is asked about."""

    def stream(self, question: str, history: Sequence[Mapping[str, str]] = ()) -> Stream:
        """Yield the evidence, then pieces of the answer, then the finished answer."""


@dataclass(frozen=True, slots=True, eq=False)
class Turn:
    """One question and what has come of it so far; ``notice`` says why there is no answer."""

    question: str
    text: str = ""
    evidence: tuple["Citation", ...] = ()
    answer: "Answer | None" = None
    notice: str = ""

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


def answer_last(assistant: Asker, turns: Sequence[Turn]) -> Generator[list[Turn], None, None]:
    """Yield the conversation as its last turn is answered, or ends in an error for the user."""
    *past, turn = turns
    try:
        with closing(assistant.stream(turn.question, history(past))) as pieces:
            for piece in pieces:
                if isinstance(piece, str):
                    turn = replace(turn, text=turn.text + piece)
                elif isinstance(piece, tuple):
                    turn = replace(turn, evidence=piece)
                else:
                    turn = replace(turn, answer=piece)
                yield [*past, turn]
    except ReportError as error:
        yield [*past, replace(turn, notice=error.message(turn.language))]


def history(turns: Sequence[Turn]) -> list[dict[str, str]]:
    """Return the answered turns as the messages that a follow-up question is read with."""
    messages = []
    for turn in turns:
        if turn.answer is not None:
            messages.append({"role": "user", "content": turn.question})
            messages.append({"role": "assistant", "content": turn.answer.text})
    return messages


class BackgroundAssistant:
    """An assistant that opens in a thread, so that the page is there at once.

    Where opening fails, the error is raised to whoever asks, and the next one tries again.
    """

    def __init__(self, open_assistant: Callable[[], Asker]) -> None:
        self._open = open_assistant
        self._lock = threading.Lock()
        self._assistant: Asker | None = None

    def start(self) -> None:
        """Begin to open in a thread of its own."""
        threading.Thread(target=self._start, name="open-assistant", daemon=True).start()

    def _start(self) -> None:
        with suppress(ReportError):  # told to whoever asks
            self._opened()

    def _opened(self) -> Asker:
        with self._lock:
            if self._assistant is None:
                self._assistant = self._open()
            return self._assistant

    @property
    def report_title(self) -> str:
        """Return the title of the report, once it is open."""
        return self._opened().report_title

    def stream(self, question: str, history: Sequence[Mapping[str, str]] = ()) -> Stream:
        """Stream from the assistant, once it is open."""
        with closing(self._opened().stream(question, history)) as pieces:
            yield from pieces
