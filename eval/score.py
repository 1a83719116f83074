"""Score what was found and answered for one question."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from eval.cmrc import token_f1
from eval.figures import wrong_figures
from eval.language import language_right
from eval.matching import misdated, states_fact
from eval.metrics import (
    Span,
    any_at,
    citation_precision,
    citation_recall,
    hit_at,
    rank_measures,
    translated,
    verbatim,
)
from eval.questions import Question

if TYPE_CHECKING:
    from rag.answer import Answer, Citation

_MARK = re.compile(r"\[\d+\]")
Measures = dict[str, float | None]
DEPTH = 10  # passages asked of a search
CUTS = (1, 3, 4, 5)  # passages that are looked at from the first on


def score_ranking(question: Question, ranked: Sequence[Span]) -> Measures:
    """Measure how early the evidence stands; nothing applies where there is no evidence."""
    facts = [fact.evidence for fact in question.facts]
    return {
        **{f"hit@{k}": hit_at(k, facts, ranked) for k in CUTS},
        **{f"any@{k}": any_at(k, facts, ranked) for k in CUTS},
        **rank_measures(facts, ranked),
    }


@dataclass(frozen=True, slots=True)
class Verdict:
    """The measures of an answer, the facts it lacks, the mistakes that were foreseen and made,
    and the figures that nothing supports.
    """

    measures: Measures
    missing: tuple[str, ...]
    mistaken: tuple[str, ...]
    wrong: tuple[str, ...]


def score_answer(question: Question, answer: "Answer") -> Verdict:
    """Measure one answer; what speaks of claims does not apply to a refusal."""
    absent = [
        fact
        for fact in question.facts
        if not states_fact(answer.text, fact.alternatives, computed=fact.computed)
    ]
    absent += misdated(answer.text, question.facts)
    missing = tuple(fact.alternatives[0] for fact in absent)
    mistaken = tuple(each for each in question.forbidden if states_fact(answer.text, [each]))
    right = answer.answered and not missing and not mistaken
    cited = [citation.passage.lines for citation in marked(answer)] if answer.answered else []
    facts = [fact.evidence for fact in question.facts] if answer.answered else []
    recall = citation_recall(facts, cited)
    wrong = wrong_figures(answer, given(question))
    quotes = [(citation.quote, citation.translation) for citation in answer.citations]
    measures = {
        "right_answer": float(right) if question.answerable else None,
        "token_f1": _token_f1(question, answer),
        "right_refusal": None if question.answerable else float(not answer.answered),
        "answerable_refused": float(not answer.answered) if question.answerable else None,
        "refusal_precision": None if answer.answered else float(not question.answerable),
        "right_citation": None if recall is None else float(recall > 0),
        "citation_recall": recall,
        "citation_precision": citation_precision(facts, cited),
        "wrong_figure": None if wrong is None else float(bool(wrong)),
        "length": float(len(answer.text)) if answer.answered else None,
        "verbatim": verbatim([(each.quote, each.passage.text) for each in answer.citations]),
        "translated": translated(answer.language, quotes),
        "language": language_right(answer.text, question.language),
    }
    return Verdict(measures, missing, mistaken, tuple(wrong or ()))


def _token_f1(question: Question, answer: "Answer") -> float | None:
    """F1 as CMRC computes it, of the whole answer against each fact; the mean over the facts."""
    if question.language != "zh" or not question.answerable:
        return None
    text = _MARK.sub("", answer.text) if answer.answered else ""
    scores = [token_f1(text, fact.alternatives) for fact in question.facts]
    return sum(scores) / len(scores)


def marked(answer: "Answer") -> "list[Citation]":
    """Keep the citations whose number stands in the text as ``[n]``."""
    numbers = {int(number) for number in re.findall(r"\[(\d+)\]", answer.text)}
    return [citation for citation in answer.citations if citation.number in numbers]


def given(question: Question) -> str:
    """Give what the user said, whose figures an answer may repeat."""
    said = [turn.content for turn in question.history if turn.role == "user"]
    return "\n".join([*said, question.question])
