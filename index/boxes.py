"""Boxes that a report ticks, or leaves blank, below what they are about: □适用 √不适用."""

import re

_TICKED, _BLANK = "√☑✓■", "□☐"
_CHOICE = re.compile(rf"(?:[{_TICKED}{_BLANK}]\s*[^\s{_TICKED}{_BLANK}]{{1,6}}[\s\ufeff]*){{2,4}}")
_DECORATION = re.compile(r"[A-Z][A-Z &'’,-]{3,}|\d{1,3}(?:,\d{3})+")
_APPLIES = re.compile(rf"[{_TICKED}]\s*适用\s*[{_BLANK}]\s*不适用\s*(?:单位\s*[：:].*)?")
_SENTENCE_END = re.compile(r"[。！？!?；;]$")


def answers(boxes: str, line: int, above: str, last: int) -> bool:
    """Whether a text is boxes, right below an unfinished sentence that ends at line ``last``."""
    return line == last + 1 and is_choice(boxes) and not _SENTENCE_END.search(above)


def is_choice(text: str) -> bool:
    """Whether a text is nothing but boxes with what they stand for."""
    return _CHOICE.fullmatch(text) is not None


def says_nothing(text: str) -> bool:
    """Whether a text only says that what stands below it applies, or decorates a page: a chapter's
    name in Latin capitals, the label of a bar in a chart.
    """
    return any(shape.fullmatch(text.strip()) for shape in (_APPLIES, _DECORATION))
