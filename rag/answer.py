"""What a question gets back."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, overload

from index.passage import Passage


class Later:
    """A text that is made when it is first asked for: once, whoever asks; None if it cannot be."""

    def __init__(self, make: Callable[[], str | None]) -> None:
        self._make: Callable[[], str | None] | None = make
        self._text: str | None = None
        self._lock = threading.Lock()

    def get(self) -> str | None:
        """Return the text; whoever comes second waits for the first."""
        with self._lock:
            if self._make is not None:
                self._text, self._make = self._make(), None
            return self._text

    @property
    def is_made(self) -> bool:
        """Tell whether the text was asked for and made, or could not be."""
        return self._make is None

    def so_far(self) -> str | None:
        """Return the text if it has been made; never waits."""
        return None if self._make is not None else self._text

    def __deepcopy__(self, memo: dict[int, Any]) -> "Later":
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return _given, (self.get(),)


def _given(text: str | None) -> Later:
    return Later(lambda: text)


class _Translation:
    """A field that holds a text, or one that is made when the field is first read."""

    @overload
    def __get__(self, citation: None, owner: type) -> "_Translation": ...
    @overload
    def __get__(self, citation: object, owner: type) -> str | None: ...
    def __get__(self, citation: object | None, owner: type) -> "_Translation | str | None":
        if citation is None:
            return self
        held = citation.__dict__.get("_translation")
        return held.get() if isinstance(held, Later) else held

    def __set__(self, citation: object, value: "_Translation | Later | str | None") -> None:
        held = None if isinstance(value, _Translation) else value
        citation.__dict__["_translation"] = held

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        """Let pydantic read it as the text that it holds."""
        return handler(str | None)


@dataclass(frozen=True)
class Citation:
    """Where a claim stands.

    ``number`` is the [n] in the answer's text; ``quote`` is a verbatim part of
    ``passage.text``; ``translation`` is the quote in English, for an English answer: of a table
    row by rule, of a sentence by the model and checked figure by figure. It is made when it is
    first read, which may take the model seconds; None where there is no model, or a check failed.
    """

    number: int
    passage: Passage
    quote: str
    translation: _Translation = field(default=_Translation(), compare=False, repr=False)

    @property
    def translation_so_far(self) -> str | None:
        """The translation if it has been made; reading this never waits."""
        held = self.__dict__.get("_translation")
        return held.so_far() if isinstance(held, Later) else held

    @property
    def awaits_translation(self) -> bool:
        """Tell whether a translation can still be made."""
        held = self.__dict__.get("_translation")
        return isinstance(held, Later) and not held.is_made


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
