"""Whether the report can be expected to answer a question, judged without a model."""

import re
from collections.abc import Sequence

from index.store import Index
from rag.companies import other_company
from rag.coverage import Coverage
from rag.demands import bearing, unmet
from rag.evidence import Evidence
from rag.likelihood import UNLIKELY
from rag.question import Question
from rag.silence import Silence

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


def find_silence(
    index: Index, question: Question, evidence: Sequence[Evidence], coverage: Coverage
) -> Silence | None:
    """Return why the report cannot answer: nothing found, another year, or a figure asked for
    where it only has words.
    """
    if not evidence:
        return Silence("off-topic")
    if year := _other_year(index, question, bearing(evidence, coverage)):
        return Silence("other-year", year)
    reason = unmet(question.text, evidence, coverage)
    return Silence(reason) if reason else None


def find_stranger(index: Index, question: Question, coverage: Coverage) -> Silence | None:
    """Return the silence about another company, which a question names or compares ours with."""
    name = other_company(index, question.asked, question.text, coverage)
    if not name:
        return None
    own = any(own.casefold() in question.text.casefold() for own in index.manifest.names)
    return Silence("comparison" if own else "other-company", name)


def unlikely(probability: float) -> Silence:
    """Return the silence that a low probability stands for."""
    return Silence("off-topic" if probability < UNLIKELY else "not-given")


def _other_year(index: Index, question: Question, evidence: Sequence[Evidence]) -> str:
    """A year asked for that the evidence does not have, although it has others."""
    asked = set(_YEAR.findall(question.text))
    if not asked or index.manifest.year in asked:
        return ""
    given = set(_YEAR.findall(" ".join(f"{p.title} {p.words}" for p in evidence)))
    missing = sorted(asked - given)
    return missing[0] if missing and len(missing) == len(asked) else ""
