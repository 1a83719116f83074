"""Tell which row of a scale a number of the question falls into: 85 points is 80.1—90, grade B."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from index.quantity import number
from index.store import Index
from index.terms import tokens
from rag.amounts import find_amounts
from rag.coverage import Coverage
from rag.evidence import Evidence, sentences_asked
from rag.question import Question
from rag.retrieve import Hit
from rag.rows import NEAR, evidence_of

_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_UNIT = r"(?P<unit>[^\d\s，；;：:、()（）以及至到]{0,3})"
_BETWEEN = re.compile(
    rf"(?P<low>{_NUMBER})\s*[^\d\s]{{0,2}}?\s*(?:[-–—~～]+|至|到)\s*(?P<high>{_NUMBER})\s*{_UNIT}"
)
_ONE_SIDED = re.compile(
    rf"(?P<number>{_NUMBER})\s*{_UNIT}\s*(?:[（(]含[）)])?(?P<with>及)?以?(?P<way>[上下])"
    rf"|(?P<sign>[≥≤<>＜＞]|不低于|不高于|低于|高于|超过|少于)\s*(?P<of>{_NUMBER})\s*(?P<unit_of>[^\d\s，；]{{0,3}})"
)
_ABOVE = ("上", "≥", ">", "＞", "不低于", "高于", "超过")
NAMED = 0.5  # share of the question's terms that the row or its heading must hold
CLASS = 0.25  # the same, where it is asked which class a number falls into
_ASKS_CLASS = re.compile(
    r"(?:哪|什么|何)一?个?(?:种|类|等级?|级别?|档次?|区间|类别)|\b(?:what|which) (?:[\w-]+ )?"
    r"(?:grade|band|class|level|category|tier|rank|bracket|rating)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Range:
    """From ``low`` to ``high``, where None is without end; "" as unit where none is printed."""

    low: Decimal | None
    high: Decimal | None
    unit: str

    def holds(self, value: Decimal) -> bool:
        """Whether a value lies inside, ends included."""
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


def find_range(text: str) -> Range | None:
    """Return the one range that a row states; None where it states none or several."""
    found = [Range(number(m["low"]), number(m["high"]), m["unit"]) for m in _BETWEEN.finditer(text)]
    for match in () if found else _ONE_SIDED.finditer(text):
        value = number(match["number"] or match["of"])
        above = (match["way"] or match["sign"]) in _ABOVE
        unit = match["unit"] or match["unit_of"] or ""
        found.append(Range(value, None, unit) if above else Range(None, value, unit))
    return found[0] if len(found) == 1 else None


def row_of_scale(
    index: Index, question: Question, hits: Sequence[Hit], coverage: Coverage
) -> Evidence | None:
    """Return the row of a scale that the question's number falls into, as evidence number 1."""
    numbers = [n for part in sentences_asked(question.text) if (n := find_amounts(part))]
    values = numbers[-1] if numbers else find_amounts(question.text)  # of a follow-up its own
    details = [hit for hit in hits if hit.entry.quote]
    for hit in details:
        if len(values) != 1 or hit.score < details[0].score - NEAR:
            return None
        if hit.entry.kind != "row" or find_range(hit.entry.text) is None:
            continue
        scale = [
            (entry, found)
            for entry in index.entries
            if entry.kind == "row"
            and (entry.passage, entry.title) == (hit.entry.passage, hit.entry.title)
            and (found := find_range(entry.text))
        ]
        value, unit = values[0].value, re.sub(r"[\d.,\s]", "", values[0].text)
        inside = [entry for entry, found in scale if found.holds(value)]
        units = {found.unit for _, found in scale if found.unit}
        same_unit = not units or not unit or unit in units or question.language == "en"
        words = coverage.covered(set(tokens(f"{hit.entry.title} {hit.entry.text}")))
        least = CLASS if _ASKS_CLASS.search(question.text) else NAMED
        named = len(words) >= least * len(coverage.terms)
        if len(scale) > 2 and len(inside) == 1 and same_unit and named:
            return evidence_of(Hit(inside[0], hit.passage, hit.score, 0.0, 0.0), 1)
    return None
