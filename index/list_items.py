"""The lines of a list -> its items, and the sentences of each, as spans of the text."""

from collections.abc import Sequence

from index.blocks import is_list_item
from index.layout import ENDED
from index.sentences import sentence_spans
from index.titles import is_period

_BROKEN = 30  # characters of a line of a list at least that the edge of the page breaks


def item_spans(text: str) -> list[tuple[int, int]]:
    """Return the sentences of each item, as (start, end).

    A year on a line of its own belongs to the line below it, and what the edge of the page broke
    goes on there.
    """
    spans: list[tuple[int, int]] = []
    start, dated = 0, -1
    for item in _unbroken(text.split("\n")):
        here = [(start + a, start + b) for a, b in sentence_spans(item)]
        if is_period(item.strip()):
            dated = start
        elif here and dated >= 0:
            here[0] = dated, here[0][1]
            dated = -1
        if dated != start:
            spans += here
        start += len(item) + 1
    return spans


def _unbroken(lines: Sequence[str]) -> list[str]:
    """The lines of a list, those joined that the edge of the page broke."""
    joined: list[str] = []
    last = ""
    for line in lines:
        broken = len(last) >= _BROKEN and not ENDED.search(last) and not is_period(line.strip())
        if joined and (not line.strip() or (broken and not is_list_item(line))):
            joined[-1] += f"\n{line}"
        else:
            joined.append(line)
        last = line.strip() or last
    return joined
