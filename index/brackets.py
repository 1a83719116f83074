"""A line in brackets explains the line above it: the two are found and cited as one."""

import re

_IN_BRACKETS = re.compile(r"[（(][^（()）]*(?:[（(][^（()）]*[)）][^（()）]*)*[)）][。；;.]?")
_SHORTEST = 8  # characters; less is the number of an item or a mark
_FARTHEST = 2  # lines below: one may be blank


def explains(quote: str, line: int, last: int) -> bool:
    """Whether a quote on ``line`` is all in brackets, right behind a sentence ending at ``last``.

    "Major incidents: at most 3 a year" / "(such as a power cut of more than a day)".
    """
    if not 0 <= line - last <= _FARTHEST or len(quote) < _SHORTEST:
        return False
    return _IN_BRACKETS.fullmatch(quote) is not None


def with_explanation(text: str, quote: str, explanation: str) -> str | None:
    """Return both quotes as they stand in a passage's text, None where other text is between."""
    start = 0
    while (start := text.find(quote, start)) >= 0:
        behind = text[start + len(quote) :]
        gap = len(behind) - len(behind.lstrip())
        if behind[gap:].startswith(explanation):
            return text[start : start + len(quote) + gap + len(explanation)]
        start += len(quote)
    return None
