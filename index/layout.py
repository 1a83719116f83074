"""How a text is set: blank lines part its paragraphs, or each line stands right below the last."""

from collections.abc import Collection, Sequence

_DENSE = 0.7  # share of the lines that stand right below another, where blank lines part none
_USUAL = 0.8  # share of the lines of running text that are no longer than the usual one
_BROKEN = 0.6  # share of the usual length that a line has which the edge of the page broke


def broken_length(lines: Sequence[str], pages: Collection[int] = ()) -> int:
    """Return how many characters a line has at least that the edge of the page broke, where only
    that tells a title or the end of a paragraph; 0 where blank lines do.

    ``pages`` are positions of page numbers and the like.
    """
    filled = [i for i, line in enumerate(lines) if line.strip() and i not in pages]
    below = sum(1 for i in filled if i and lines[i - 1].strip())
    text = sorted(len(lines[i].strip()) for i in filled if "\t" not in lines[i])
    if not text or below < _DENSE * len(filled):
        return 0
    return int(_BROKEN * text[int(_USUAL * len(text))])
