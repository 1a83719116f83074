"""The list that a sentence announces and that stands under the headings behind it."""

import re
from itertools import takewhile

from index.passage import PATH, Entry
from index.store import Index

_ANNOUNCES = re.compile(r"以下|如下|下列|(?:多|若干|一系列|各)[项种个份条]|[：:]\s*$")
LONGEST_ITEM = 40  # characters


def announced(index: Index, entry: Entry) -> list[Entry]:
    """Return the items that follow an announcement ("制定了多项预案："), in reading order; [] where
    it is none, or where what follows is no list.
    """
    if not _ANNOUNCES.search(entry.text):
        return []
    above = entry.title.rpartition(PATH)[0]
    behind = index.entries[index.entries.index(entry) + 1 :]
    read = (e for e in behind if e.quote)
    return list(takewhile(lambda e: _is_item(e) and _below(e.title, above, entry.title), read))


def _is_item(entry: Entry) -> bool:
    return entry.kind == "sentence" and len(entry.text) <= LONGEST_ITEM and entry.text[-1] != "。"


def _below(title: str, above: str, announcing: str) -> bool:
    """Whether a heading is that of the announcement, or stands beside it or under it."""
    beside = bool(above) and title.rpartition(PATH)[0] == above
    return beside or title == announcing or title.startswith(f"{announcing}{PATH}")
