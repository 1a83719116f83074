"""How a text is set: blank lines part its paragraphs, or each line stands right below the last."""

import re
from collections.abc import Collection, Sequence
from itertools import accumulate

LABELLED = re.compile(r"[^。，；、：:]{2,12}[：:]\S")  # a line of its own: 邮编：100000
ENDED = re.compile(r"[。！？；：.!?;:…”」』）)》]$")  # a line that no sentence goes on from
_FEW = 12  # lines that are too few to tell
_DENSE = 0.7  # share of the lines that stand right below another, where blank lines part none
_BROKEN = 0.6  # share of the usual length that a line has which the edge of the page broke
_HALF = 0.5  # of the running text stands in lines of the usual length or longer ones


def broken_length(lines: Sequence[str], pages: Collection[int] = ()) -> int:
    """Return how many characters a line has at least that the edge of the page broke, where only
    that tells a title or the end of a paragraph; 0 where blank lines do.

    ``pages`` are positions of page numbers and the like.
    """
    filled = [i for i, line in enumerate(lines) if line.strip() and i not in pages]
    below = sum(1 for i in filled if i and lines[i - 1].strip())
    lengths = sorted((len(lines[i].strip()) for i in filled if "\t" not in lines[i]), reverse=True)
    if not lengths or len(filled) < _FEW or below < _DENSE * len(filled):
        return 0
    so_far = accumulate(lengths)
    half = _HALF * sum(lengths)
    usual = next(length for length, count in zip(lengths, so_far, strict=True) if count >= half)
    return int(_BROKEN * usual)
