"""The list that a sentence announces and that stands under the headings behind it."""

import re
from itertools import groupby, takewhile

from index.passage import PATH, Entry
from index.store import Index

_ANNOUNCES = re.compile(r"以下|如下|下列|(?:多|若干|一系列|各)[项种个份条]|[：:]\s*$")
_MANY = r"(?P<n>\d{1,2})\s*[家个项所座名处种支条位款]"
_COUNTS = re.compile(
    rf"(?P<before>[\u3400-\u9fff]{{2,6}})\s*{_MANY}(?![\u3400-\u9fff]{{2}})"
    rf"|{_MANY.replace('<n>', '<m>')}(?P<behind>[\u3400-\u9fff]{{2,4}})"
)
LONGEST_ITEM = 40  # characters
FEWEST = 3  # rows that are a list


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


def counted(index: Index, entry: Entry) -> list[Entry]:
    """Return the rows of the table that names what a sentence counts: 下属医院 6 家, and six rows
    of hospitals; [] where no table has as many.
    """
    for match in _COUNTS.finditer(entry.text):
        named = match["before"] or match["behind"]
        rows = [
            e
            for e in index.entries
            if e.kind == "row" and named[-2:] in e.text.partition("：")[0].split(" ")[-1]
        ]
        tables = (list(found) for _, found in groupby(rows, lambda e: (e.passage, e.title)))
        whole = (found for found in tables if len(found) == int(match["n"] or match["m"]) >= FEWEST)
        if found := next(whole, []):
            return found
    return []


def _is_item(entry: Entry) -> bool:
    return entry.kind == "sentence" and len(entry.text) <= LONGEST_ITEM and entry.text[-1] != "。"


def _below(title: str, above: str, announcing: str) -> bool:
    """Whether a heading is that of the announcement, or stands beside it or under it."""
    beside = bool(above) and title.rpartition(PATH)[0] == above
    return beside or title == announcing or title.startswith(f"{announcing}{PATH}")
