"""Text -> its sentences, as spans of the text."""

import re

# A sentence ends behind its closing quotes and brackets; an English full stop needs a space, and
# is none behind Mr or Dr.
_END = re.compile(
    r"[。！？!?…]+[”’」』）)》\]]*"
    r"|(?<=[A-Za-z)])(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bProf)\.(?=\s+[A-Z])"
)
_CLAUSE_END = re.compile(r"[；;]")
LONG = 120  # characters; a longer sentence is cut at its semicolons
LONGEST = 600  # characters; what is longer still is cut at a comma, or else anywhere


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of each sentence, in order and without gaps: joined they are the text."""
    spans = []
    for start, end in _cut(text, 0, len(text), _END):
        clauses = _cut(text, start, end, _CLAUSE_END) if end - start > LONG else [(start, end)]
        spans += [piece for a, b in clauses for piece in _pieces(text, a, b)]
    return spans


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut what no model reads whole; white space alone makes no piece."""
    found = []
    left = start
    last = start + len(text[start:end].rstrip())
    while last - left > LONGEST:
        reach = left + LONGEST
        comma = max(text.rfind(mark, left, reach) for mark in "，,、 ") + 1
        stop = comma if comma > left and text[left:comma].strip() else reach
        if text[left:stop].strip():
            found.append((start, stop))
            start = stop
        left = stop
    return [*found, (start, end)]


def _cut(text: str, start: int, end: int, mark: re.Pattern[str]) -> list[tuple[int, int]]:
    spans, left = [], start
    for match in mark.finditer(text, start, end):
        if text[left : match.end()].strip():
            spans.append((left, match.end()))
            left = match.end()
    if left < end:
        if text[left:end].strip() or not spans:
            spans.append((left, end))
        else:  # white space at the end belongs to the last sentence
            spans[-1] = (spans[-1][0], end)
    return spans
