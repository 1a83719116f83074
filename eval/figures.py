"""Find the figures of an answer that nothing supports."""

import re
from typing import TYPE_CHECKING

from eval.workings import workings
from rag.amounts import find_amounts, states

if TYPE_CHECKING:
    from rag.answer import Answer

_MARK = re.compile(r"\[\d+\]")
_LONGEST_TITLE = 40  # characters
_NUMERALS = "零一二三四五六七八九十"
_LEVEL = re.compile(f"([{_NUMERALS[1:]}])(?=[级等期类档阶层])")  # "level 5" is 五级
_ITEM = re.compile(r"^[ \t]*(?:[-*•]|\d{1,2}[.)、])\s", re.MULTILINE)


def wrong_figures(answer: "Answer", said: str) -> list[str] | None:
    """List the figures that no cited passage, nothing ``said`` and no working supports.

    None for an answer without figures. A working is an expression of supported figures in the
    answer; what it comes to is supported. So is the number of items of the answer's own list.
    """
    text = _MARK.sub("", answer.text)
    claims = find_amounts(text)
    if not claims:
        return None
    passages = {citation.passage.id: citation.passage for citation in answer.citations}
    sources = find_amounts(said)
    for passage in passages.values():
        # in quotes, as an answer names them: the number of a title counts nothing elsewhere
        lines = (line for line in passage.text.split("\n") if len(line) <= _LONGEST_TITLE)
        titles = (f"“{title}”" for title in (*passage.section, *lines))
        told = "\n".join([*titles, passage.text])
        sources += find_amounts(told + " 6 个月" * ("半年" in told))
        sources += find_amounts(" ".join(str(_NUMERALS.index(n)) for n in _LEVEL.findall(told)))
    worked = list(workings(text, sources))
    # what a working comes to may stand in the next one
    results = [claim for claim in claims if any(each.supports(claim) for each in worked)]
    worked += workings(text, [*sources, *results])
    items = len(_ITEM.findall(text))
    return [
        claim.text
        for claim in claims
        if not any(states(claim, source) for source in sources)
        and not any(working.supports(claim) for working in worked)
        and not (claim.unit in ("", "item") and claim.value == items)
    ]
