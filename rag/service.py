"""ask and search for other programs: plain values in, what JSON can hold out."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from rag.api import default_assistant
from rag.assistant import Assistant
from rag.question import LONGEST, QuestionError

MOST_PASSAGES = 20


class Service:
    """The tools that the page offers to other programs; their docstrings describe them there."""

    def __init__(self, assistant: Callable[[], Assistant] = default_assistant) -> None:
        self._assistant = assistant

    def ask(self, question: str, history: list[dict[str, str]] | None = None) -> dict[str, Any]:
        """Answer a question about the report, in Chinese or English, with citations.

        Args:
            question: A question of at most 2,000 characters.
            history: The conversation so far, oldest first, for a follow-up ("and in 2022?"):
                messages {"role": "user" or "assistant", "content": text}; none by default.

        Returns:
            text (Markdown with [n] marks), answered (false where the report does not say),
            language (zh or en), citations (number, passage, quote, translation), checks and
            question as it was understood.

        """
        return asdict(self._assistant().ask(_limited(question), history=_messages(history)))

    def search(self, question: str, k: int = 8) -> list[dict[str, Any]]:
        """Find the passages of the report that bear most on a question, best first.

        Args:
            question: What to look for, in Chinese or English, at most 2,000 characters.
            k: How many passages to return, from 1 to 20.

        Returns:
            Passages with id, report, text (verbatim), section (headings, outermost first), page
            (printed page or null), lines (first and last line of the source) and score.

        """
        most = min(max(int(k), 1), MOST_PASSAGES)
        return [asdict(found) for found in self._assistant().search(_limited(question), k=most)]


def _messages(history: object) -> list[dict[str, str]]:
    messages = [] if history is None else history
    if not isinstance(messages, list) or not all(map(_is_message, messages)):
        raise QuestionError(
            'The history must be a list of {"role": "user" or "assistant", "content": text}.',
            'history 须为列表，每项形如 {"role": "user" 或 "assistant", "content": 文字}。',
        )
    return messages


def _is_message(message: object) -> bool:
    return (
        isinstance(message, dict)
        and message.get("role") in ("user", "assistant")
        and isinstance(message.get("content"), str)
    )


def _limited(question: object) -> str:
    if not isinstance(question, str) or len(question) > LONGEST:
        raise QuestionError(
            f"The question must be text of at most {LONGEST:,} characters.",
            f"问题必须是文字，且不超过 {LONGEST:,} 个字符。",
        )
    return question
