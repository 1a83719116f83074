"""Whether the report can be expected to answer a question, judged without a model."""

import re
from collections.abc import Sequence

from index.store import Index
from index.terms import tokens
from rag.asked import figure
from rag.companies import other_company
from rag.counted import has_amount, units
from rag.coverage import Coverage
from rag.demands import bearing, unmet
from rag.evidence import Evidence
from rag.likelihood import UNLIKELY
from rag.periods import recent_years, years
from rag.premise import dates_an_event
from rag.question import Question
from rag.retrieve import Hit
from rag.rows import Table
from rag.silence import Silence
from rag.subject import names_a_term

NAMED = 0.9  # share of a row's label that the question names, for a row that it means
HALF = 0.4  # share of the question that such a row must cover
NEAR = 0.5  # share of the question that evidence on its topic covers
_CODED = re.compile(
    r"(?<![A-Za-z])(?!(?:RMB|CNY|USD|HKD|EUR|FY|CO|Q|H)\b)(?:ISO|IEC|GB|OHSAS|SA|EN|UL|[A-Z]{2,6}[-/])"
    r"(?:[ /-]?T)?[ -]?(\d{3,6})(?!\d)"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


def find_silence(
    index: Index, question: Question, evidence: Sequence[Evidence], coverage: Coverage
) -> Silence | None:
    """Return why the report cannot answer: nothing found, another year, or a figure asked for
    where it only has words.
    """
    if not evidence:
        return Silence("off-topic")
    if strange_code(index, question.text):
        return Silence("not-given")
    if year := _other_year(index, question, bearing(evidence, coverage)):
        return Silence("other-year", year)
    reason = unmet(question.text, evidence, coverage)
    return Silence(reason) if reason else None


def strange_code(index: Index, question: str) -> str:
    """Return the number of a standard or a model that a question names and the report lacks: that
    of ISO 50001.
    """
    numbers = [match[1] for match in _CODED.finditer(question)]
    lacking = (n for n in numbers if not any(n in passage.text for passage in index.passages))
    return next(lacking, "")


def find_stranger(index: Index, question: Question, coverage: Coverage) -> Silence | None:
    """Return the silence about another company, which a question names or compares ours with."""
    name = other_company(index, question.asked, question.text, coverage)
    if not name:
        return None
    own = any(own.casefold() in question.text.casefold() for own in index.manifest.names)
    if not own and name.isascii() and not _prints_latin_name(index):
        return Silence("unknown-name", name)  # it may be the company's own, or one named in Chinese
    return Silence("comparison" if own else "other-company", name)


def _prints_latin_name(index: Index) -> bool:
    """Whether the report prints a Latin name of its company elsewhere than in an address."""
    names = "|".join(re.escape(name) for name in index.manifest.names if name.isascii())
    printed = re.compile(rf"(?<![@.\w-])(?:{names})(?![\w.-])", re.IGNORECASE)
    return bool(names) and any(printed.search(passage.text) for passage in index.passages)


def unlikely(
    question: Question, probability: float, evidence: Sequence[Evidence], coverage: Coverage
) -> Silence:
    """Return the silence that a low probability stands for: off topic is what has hardly a word
    in common with the best of the report, and names nothing that reports speak of.
    """
    if names_a_term(question.text):
        return Silence("not-given")
    said = {t for piece in evidence for t in tokens(piece.told)}
    near = coverage.weight(coverage.covered(said)) >= NEAR
    return Silence("off-topic" if probability < UNLIKELY and not near else "not-given")


def names_a_row(table: Table, hits: Sequence[Hit], coverage: Coverage) -> bool:
    """Whether the best hit is a row whose label the question names, whatever else it says."""
    rows = table.candidates(hits[:1], coverage)
    return bool(rows) and rows[0].named >= NAMED and coverage.weight(rows[0].covered) >= HALF


def _other_year(index: Index, question: Question, evidence: Sequence[Evidence]) -> str:
    """A year asked for that the evidence does not have, although it has others."""
    asked = set(years(question.text))
    if not asked or index.manifest.year in asked:
        return ""
    dated = dates_an_event(question.text) and not figure(question.text)
    if figure(question.text):  # the plan for 2022 does not give the profit of 2022
        evidence = [p for p in evidence if has_amount(p.words, units(question.text))] or evidence
    told = " ".join(p.told for p in evidence)
    given = set(_YEAR.findall(told)) | recent_years(told, index.manifest.year)
    missing = sorted(asked - given)
    if dated and given:  # it was in another year: that is the answer
        return ""
    return missing[0] if missing and len(missing) == len(asked) else ""
