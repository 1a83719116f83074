"""Counts of one kind that a sentence lists, added up: 国家标准 14 项、地方标准 3 项、…."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from index.english import in_english
from rag import combining
from rag.amounts import Amount, find_amounts
from rag.evidence import Evidence, joined
from rag.question import Question
from rag.retrieve import Hit
from rag.rows import evidence_of

_LABEL = re.compile(r"([\u3400-\u9fff]{2,12})\s*$")
_NEXT = re.compile(r"\s*[、，,及和与]?\s*([\u3400-\u9fff]{2,12})\s*")
_FEWEST = 3  # counts that make a list
_APART = 2  # characters by which labels of one kind differ: 国家 of 国家标准
_SHARED = 2  # characters at the end of labels of one kind


def listed_sum(
    question: Question, evidence: Sequence[Evidence], hits: Sequence[Hit] = ()
) -> tuple[list[Evidence], str] | None:
    """Return the sentence whose listed counts are asked to be added up, and the sum worked out;
    with the sentence beside it, among the hits, that counts the same kind as a whole.
    """
    if not combining.together(question.text):
        return None
    for piece in evidence:
        for kind, listed in _lists(piece.quote) if piece.kind == "sentence" else ():
            if not _names(question.text, kind):
                continue
            ends = [(label[-len(kind) - _APART :], count) for label, count in listed]
            named = [each for each in ends if _names(question.text, each[0])]
            some = named if 1 < len(named) < len(listed) else []
            counts = [count for _, count in some or listed]
            total = sum(count.value for count in counts)
            working = " + ".join(f"{count.value:,}" for count in counts) + f" = {total:,}"
            unit = _unit(counts[0])
            whole = [] if some else _told_whole(piece, kind, unit, hits)
            pieces = joined([piece], [evidence_of(hit, 0) for hit in whole])
            if question.language == "zh":
                summed = "、".join(label for label, _ in some) or f"各类{kind}"
                return pieces, f"{summed}合计：{working} {unit} [1]。"
            return pieces, f"Added up: {working} [1]."
    return None


def _told_whole(piece: Evidence, kind: str, unit: str, hits: Sequence[Hit]) -> list[Hit]:
    """Return the best sentence of the same passage with one count of that kind."""
    beside = (
        hit
        for hit in hits
        if hit.entry.kind == "sentence"
        and hit.passage.id == piece.passage.id
        and hit.entry.quote != piece.quote
        and kind in hit.entry.text
        and sum(_unit(amount) == unit for amount in find_amounts(hit.entry.text)) == 1
    )
    return list(islice(beside, 1))


def _lists(text: str) -> Iterator[tuple[str, list[tuple[str, Amount]]]]:
    """Yield each list of counts with their labels, and what the ends of these share."""
    run: list[Amount] = []
    labels: list[str] = []
    for amount in find_amounts(text):
        between = text[run[-1].end : amount.start] if run else ""
        following = _NEXT.fullmatch(between) if run else None
        if following and _unit(amount) == _unit(run[-1]):
            run, labels = [*run, amount], [*labels, following[1]]
            continue
        if len(run) >= _FEWEST and (kind := _shared(labels)):
            yield kind, list(zip(labels, run, strict=True))
        label = _LABEL.search(text[: amount.start])
        run, labels = ([amount], [label[1]]) if label else ([], [])
    if len(run) >= _FEWEST and (kind := _shared(labels)):
        yield kind, list(zip(labels, run, strict=True))


def _unit(amount: Amount) -> str:
    """The unit as printed: 项 and 件 are both counts, but not of one list."""
    return amount.text.lstrip("0123456789,.， ")


def _shared(labels: Sequence[str]) -> str:
    """What all labels end with, or "" where that is too short to make them of one kind."""
    shortest = min(labels, key=len)
    ends = (shortest[start:] for start in range(len(shortest) - _SHARED + 1))
    return next((end for end in ends if all(label.endswith(end) for label in labels)), "")


def _names(question: str, kind: str) -> bool:
    english = in_english(kind)
    return kind in question or bool(english and english.casefold() in question.casefold())
