"""Cut a draft into its sentences, each with the [n] marks that belong to it."""

import re
from itertools import pairwise

from index.sentences import sentence_spans

MARK = re.compile(r"\s*[\[［【]\s*(\d{1,2}(?:\s*[,，、]\s*\d{1,2})*)\s*[\]］】]")
_END = re.compile(
    r"(?<=[\]］】\d%])\.(?=\s+[A-Z])"
)  # of a sentence that ends in a mark or a figure
_BETWEEN = re.compile(r"([\]］】])\s*(?:[,，、;；和及]|and)+\s*(?=[\[［【])")  # [1], [2]


def sentences(draft: str) -> list[tuple[int, str]]:
    """Return the sentences of a draft, each with the number of its line.

    A mark behind the full stop belongs to the sentence before it.
    """
    found: list[tuple[int, str]] = []
    draft = _BETWEEN.sub(r"\1", draft)
    for number, line in enumerate(draft.split("\n")):
        for start, end in _spans(line):
            piece = line[start:end].strip()
            leading = re.match(rf"(?:{MARK.pattern})+", piece)
            if leading and found:
                found[-1] = (found[-1][0], found[-1][1] + leading[0])
                piece = piece[leading.end() :].strip(" 。.")
            if re.search(r"\w", MARK.sub("", piece)):
                found.append((number, piece))
    return found


def split_marks(sentence: str) -> tuple[str, list[int]]:
    """Return a sentence without its marks, and the numbers that they name."""
    marks = [int(n) for found in MARK.findall(sentence) for n in re.findall(r"\d+", found)]
    return MARK.sub("", sentence).strip(), list(dict.fromkeys(marks))


def finished_part(draft: str) -> str:
    """Return a draft that is being written without the sentence that may still go on."""
    line_start = draft.rfind("\n") + 1
    line = draft[line_start:]
    for start, _ in reversed(_spans(line)):
        # a mark that comes behind the full stop still belongs to the sentence before it
        marks = re.match(rf"(?:{MARK.pattern})*\s*", line[start:])
        end = start + (marks.end() if marks else 0)
        if re.match(r"[^\[［【]", line[end:]):
            return draft[: line_start + (end if start else 0)]
    return draft[:line_start]


def _spans(line: str) -> list[tuple[int, int]]:
    """Return (start, end) of each sentence of a line, without gaps."""
    spans = []
    for start, end in sentence_spans(line):
        ends = [match.end() for match in _END.finditer(line, start, end)]
        spans += list(pairwise([start, *(place for place in ends if place < end), end]))
    return spans
