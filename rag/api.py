"""ask() and search() on the assistant of the settings."""

import threading
from collections.abc import Mapping, Sequence
from functools import cache

from index.passage import Passage
from rag.answer import Answer
from rag.assistant import Assistant

_opening = threading.Lock()


def default_assistant() -> Assistant:
    """Return the assistant of the settings, opened once."""
    with _opening:  # two threads would open two, each with its own models
        return _opened()


@cache
def _opened() -> Assistant:
    return Assistant.open()


def ask(question: str, *, history: Sequence[Mapping[str, str]] = ()) -> Answer:
    """Answer a question about the report, in the language of the question.

    ``history`` is the conversation so far: {"role": "user" | "assistant", "content": ...},
    oldest first. Raises ReportError where the question or the index cannot be used.
    """
    return default_assistant().ask(question, history=history)


def search(question: str, *, k: int = 8) -> list[Passage]:
    """Return the ``k`` passages that bear most on the question, best first, without a model."""
    return default_assistant().search(question, k=k)
