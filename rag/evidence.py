"""Hits -> the few sentences and rows that bear on the question, numbered."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.passage import Entry, Passage
from index.store import Index
from rag.retrieve import Hit

BUDGET = 420  # characters of evidence: about 300 tokens of the embedded model
MOST = 5  # pieces
MARGIN = 0.8  # a piece whose fused score is this much below the best is left out
LIST_BUDGET = 900  # characters, where a question asks for all items of a list

_ASKS_LIST = re.compile(
    r"哪些|哪几|哪三|哪四|哪五|列出|列举|有什么|包括什么|清单|名单|分别"
    r"|\b(?:list|which|what are|what were|name (?:the|all|some|three|four|five)|kinds? of|types? of)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A numbered piece of evidence.

    ``words`` is how it is shown to a language model (a row with its header), ``quote`` how it
    stands in the passage.
    """

    number: int
    passage: Passage
    title: str
    words: str
    quote: str
    kind: str
    lines: tuple[int, int]
    score: float


def choose_evidence(index: Index, question: str, hits: Sequence[Hit]) -> list[Evidence]:
    """Return the best pieces within the budget; for a question about a list, the whole list."""
    details = [hit for hit in hits if hit.entry.quote]
    if not details:
        return []
    best = details[0].score
    near = [hit for hit in details if hit.score >= best - MARGIN]
    if _ASKS_LIST.search(question):
        siblings = _list_around(index, near[0].entry)
        if len(siblings) > 1:
            passage = index.passages[near[0].entry.passage]
            near = [Hit(entry, passage, best, 0.0, 0.0) for entry in siblings] + near
            return _numbered(near, LIST_BUDGET, MOST + len(siblings))
    return _numbered(near, BUDGET, MOST)


def _list_around(index: Index, entry: Entry) -> list[Entry]:
    """Return the entries on the neighbouring lines under the same heading, in reading order."""
    same = [e for e in index.entries if e.passage == entry.passage and e.title == entry.title]
    pieces = [e for e in same if e.quote and e.kind == entry.kind]
    short = sum(len(e.text) for e in pieces) <= LIST_BUDGET
    return pieces if short and len({e.lines for e in pieces}) > 1 else []


def _numbered(hits: Sequence[Hit], budget: int, most: int) -> list[Evidence]:
    chosen: list[Hit] = []
    used = 0
    for hit in hits:
        said_before = any(_key(hit.entry) == _key(other.entry) for other in chosen)
        too_much = chosen and used + len(hit.entry.text) > budget
        if said_before or too_much or len(chosen) >= most:
            continue
        chosen.append(hit)
        used += len(hit.entry.text)
    return [
        Evidence(
            number, hit.passage, hit.entry.title, hit.entry.text, hit.entry.quote,
            hit.entry.kind, hit.entry.lines, hit.score,
        )
        for number, hit in enumerate(chosen, 1)
    ]  # fmt: skip


def _key(entry: Entry) -> tuple[int, tuple[int, int], str]:
    return entry.passage, entry.lines, entry.quote
