"""The rows of a report's index of contents that have the code of a standard: GRI 418-1."""

import re

from index.store import Index
from rag.evidence import INDEX, LIST_BUDGET, Evidence, heading, numbered
from rag.retrieve import Hit

MOST = 12  # rows
_CODE = re.compile(r"(?<![\w.-])(?:\d{1,3}-\d{1,2}|[A-Z]{1,2}\d{1,2}(?:\.\d{1,2})+)(?![\w-]|\.\d)")
_ASKS_PLACE = re.compile(
    r"哪[一几些]?个?(?:[章节页]|部分|地方|板块|内容)|对应|章节|何处|哪里|位置"
    r"|\b(?:where|sections?|chapters?|pages?|parts?|refer(?:s|red)?|point(?:s|ed)?)\b",
    re.IGNORECASE,
)


def rows_with_code(index: Index, question: str) -> list[Evidence] | None:
    """Return the rows of the index of contents with a code of which a question asks where it is
    reported: [] where that index has other codes alone, None where there is no such index, or
    something else is asked.
    """
    asked = set(_CODE.findall(question))
    if not asked or not _ASKS_PLACE.search(question):
        return None
    rows = {
        row: set(_CODE.findall(row.quote))
        for row in index.entries
        if row.kind == "row" and INDEX.search(heading(row))
    }
    if not any(rows.values()):
        return None
    found = [row for row, codes in rows.items() if asked & codes]
    hits = [Hit(row, index.passages[row.passage], 1.0, 0.0, 0.0) for row in found]
    return numbered(hits, LIST_BUDGET, MOST)
