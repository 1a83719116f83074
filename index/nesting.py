"""How headings nest where neither mark nor numbering says it: from position and words."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from index.titles import BARE, CASE, GROUP, LABEL, PERIOD, heading_key, number_rank

_BOXES = 3  # a heading that stands in so many chapters heads a box in each of them


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading line: its position in the lines (from 0), clean title, rank and printed page.

    ``gap`` tells whether a picture or page end stands before it; ``box`` whether it returns in
    every chapter, so that the chapter goes on behind its list; ``repeat`` whether it only
    says again what it stands under, as running headers do.
    """

    position: int
    title: str
    rank: int
    page: int | None = None
    gap: bool = False
    box: bool = False
    repeat: bool = False


def nest(
    headings: Sequence[Heading], follows: Callable[[int, int], bool], *, free: bool = True
) -> list[Heading]:
    """Give bare headings their rank; mark those that only repeat the heading they stand under.

    ``follows`` tells whether one line directly follows another. Where the ranks are not
    ``free`` (hand-written Markdown), they stay.
    """
    marked = _with_repeats(headings)
    kept = [heading for heading in marked if not heading.repeat]
    repeats = [heading for heading in marked if heading.repeat]
    if not free:
        return marked
    counts = Counter(heading_key(h.title) for h in kept if h.rank == BARE)
    labels = _labels(kept)
    nested: list[Heading] = []
    group: _Group | None = None
    encloser = 0  # the rank of the open heading without number above a count
    for heading, after in zip_longest(kept, kept[1:]):
        if heading.rank < GROUP:
            group = None
            encloser = encloser if encloser < heading.rank else 0
        elif heading.rank == BARE:
            box = counts[heading_key(heading.title)] >= _BOXES
            if box and after and after.gap and follows(heading.position, after.position):
                continue  # a box of pictures that the text does not have
            heading, group = _placed(heading, after, group, follows, labels)
            if heading.rank < GROUP:
                encloser = heading.rank
            elif encloser and not (group and group.members):
                heading, group = replace(heading, rank=encloser), None
            heading = replace(heading, box=box)
        nested.append(heading)
    return sorted([*nested, *repeats], key=lambda heading: heading.position)


class _Group:
    """A heading without text of its own, and the words of its name and members."""

    def __init__(self, title: str, *, boxed: bool) -> None:
        self.boxed = boxed  # each member stands behind a picture gap
        self.members = 0
        self._words = _pairs(title)
        self._ends = {title[-1]}

    def holds(self, heading: Heading) -> bool:
        """Whether a heading belongs here: it shares a word with the name or a member."""
        if not self.members:
            return True
        if self.boxed:
            return heading.gap
        return bool(_pairs(heading.title) & self._words) or heading.title[-1] in self._ends

    def add(self, title: str) -> None:
        """Take a heading in."""
        self.members += 1
        self._words |= _pairs(title)
        self._ends.add(title[-1])


def _placed(
    heading: Heading,
    after: Heading | None,
    group: _Group | None,
    follows: Callable[[int, int], bool],
    labels: set[int],
) -> tuple[Heading, _Group | None]:
    """The heading with its rank, and the group that is open behind it."""
    numbered = number_rank(after.title) if after else None
    if after and numbered and numbered[1] and after.rank == numbered[0]:
        # a heading before the first of a count encloses it
        return replace(heading, rank=after.rank - 5), None
    if after and after.rank in (BARE, PERIOD, CASE) and follows(heading.position, after.position):
        return replace(heading, rank=GROUP), _Group(heading.title, boxed=after.gap)
    if heading.position in labels:
        return replace(heading, rank=LABEL), group
    if group and group.holds(heading):
        group.add(heading.title)
        return heading, group
    return replace(heading, rank=GROUP), None


def _with_repeats(headings: Sequence[Heading]) -> list[Heading]:
    """Mark a heading that has the words of one that is still open: a running header, a box."""
    kept: list[Heading] = []
    open_: list[tuple[int, str]] = []
    for heading in headings:
        key = heading_key(heading.title)
        if any(title == key and rank <= heading.rank for rank, title in open_):
            kept.append(replace(heading, repeat=True))
            continue
        while open_ and open_[-1][0] >= heading.rank:
            open_.pop()
        open_.append((heading.rank, key))
        kept.append(heading)
    return kept


def _labels(headings: Sequence[Heading]) -> set[int]:
    """Positions of bare headings that return within one section: they divide what stands above."""
    found: set[int] = set()
    seen: dict[str, int] | None = None
    for heading in headings:
        if heading.rank < GROUP:
            seen = {}
        elif heading.rank == BARE and seen is not None:
            key = heading_key(heading.title)
            if key in seen:
                found |= {seen[key], heading.position}
            seen.setdefault(key, heading.position)
    return found


def _pairs(title: str) -> set[str]:
    plain = re.sub(r"[\W_]+", "", title).casefold()
    return {a + b for a, b in pairwise(plain)}
