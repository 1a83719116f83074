"""The cases that a report tells one by one (案例一：…), found together."""

from collections.abc import Sequence

from index.passage import PATH
from index.titles import is_case
from rag.retrieve import Hit

_LOOKED_AT = 12  # hits, among which there must be a case
FEWEST = 3  # cases that make up an answer
_ALONE = 2.0  # of fused score: a case so far above the others is the one that is asked for


def cases(hits: Sequence[Hit]) -> list[Hit]:
    """Return the best piece of each case under the heading of the best hit, in reading order.

    [] where that heading has few cases, none of the best hits lies in one, or one case alone is
    meant. ``hits`` are of sentences and rows, best first.
    """
    title = hits[0].entry.title
    heading = _parent(hits[0]) or title
    if not any(_parent(hit) == heading for hit in hits[:_LOOKED_AT]):
        return []
    best: dict[str, Hit] = {}
    for hit in hits:
        if _parent(hit) == heading:
            best.setdefault(hit.entry.title, hit)
    if len(best) < FEWEST:
        return []
    first, second, *_ = best.values()
    alone = first.score - second.score >= _ALONE
    return [] if alone else sorted(best.values(), key=lambda hit: hit.entry.lines)


def _parent(hit: Hit) -> str:
    """Return the headings above the case that a hit lies in, "" where it lies in none."""
    above, _, heading = hit.entry.title.rpartition(PATH)
    return above if is_case(heading) else ""
