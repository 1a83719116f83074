"""How likely the evidence is to answer a question: a logistic model of a few signals."""

import json
import math
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from index.terms import tokens
from rag.coverage import Coverage
from rag.evidence import Evidence
from rag.question import Question
from rag.retrieve import Hit

WEIGHTS = Path(__file__).with_suffix(".json")  # written by `python -m eval calibrate`

# Below UNLIKELY nothing is asked of the model; without a model, below EVEN the answer is that the
# report does not say; from SURE on, a model that finds nothing in the evidence is not believed.
UNLIKELY, EVEN, SURE = 0.2, 0.39, 0.85

# A best piece that scores so much, and so much above the tenth hit, is what the question means,
# in whatever words: 一周上几天班 for 5 天 8 小时工作制.
_CLEAR_SCORE, _CLEAR_MARGIN = 5.0, 2.5
_REST = 10  # the rank of the hit that stands for what has nothing to do with the question
_HIGHEST = 6.0  # a fused score above this says no more
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
# What is asked for, the first that is found: how many X, which X; 多少名 X; X 是多少.
_HEADS = (
    re.compile(
        r"\b(?:how (?:many|much)|which|what(?: (?:is|was|are|were))?)(?: the)?"
        r" ((?:[\w&'-]+ ){0,4}?[\w&'-]+)(?= (?:did|does|do|is|was|were|are|has|have|had|in|for|at"
        r"|by|with|work|sit|there|can|will)\b|[?,.;]|$)",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:多少|几|哪些|哪[个家种])[个名位次件项家份起种]?([\u4e00-\u9fff]{2,10}?)(?=[？?,，]|$)"
    ),
    re.compile(r"([\u4e00-\u9fff]{2,8}?)(?:分别)?(?:是|为|有|达到?)(?:多少|几|什么|多大|多高|哪)"),
)
_REASON = re.compile(r"为什么|为何|原因|\bwhy\b", re.IGNORECASE)


def signals(
    question: Question, hits: Sequence[Hit], evidence: Sequence[Evidence], coverage: Coverage
) -> dict[str, float]:
    """Return what is known of the question and its evidence, each about from 0 to 1.

    ``similarity``: cosine of the best entry; ``covered``: share of the question's words in the
    evidence, ``together``: in its best piece; ``score``: of the best piece, ``margin``: above the
    tenth hit; ``head``: share of the words that name what is
    asked for; ``year``: whether a year it names stands there; ``reason``: the share not covered,
    where it asks why.
    """
    held = [coverage.covered(tokens(f"{piece.title} {piece.words}")) for piece in evidence]
    covered = coverage.weight(frozenset().union(*held))
    told = " ".join(f"{piece.title} {piece.words}" for piece in evidence)
    best = evidence[0].score
    rest = hits[min(_REST, len(hits)) - 1].score
    return {
        "english": float(question.language == "en"),
        "similarity": max(hit.similarity for hit in hits[:3]),
        "covered": covered,
        "together": max(map(coverage.weight, held)),
        "score": min(best, _HIGHEST) / _HIGHEST,
        "margin": min(max(best - rest, 0.0), _HIGHEST) / _HIGHEST,
        "head": _head_covered(question.text, coverage, told),
        "year": float(any(year in told for year in _YEAR.findall(question.text))),
        "reason": (1 - covered) * bool(_REASON.search(question.text)),
    }


def _head_covered(question: str, coverage: Coverage, told: str) -> float:
    """Return the share of what names the thing asked for, 1 where nothing does."""
    words = set(tokens(told))
    for head in _HEADS:
        parts = [coverage.part(match[1]) for match in head.finditer(question)]
        shares = [part.weight(part.covered(words)) for part in parts if part.says_something]
        if shares:
            return min(shares)
    return 1.0


def likelihood(
    question: Question, hits: Sequence[Hit], evidence: Sequence[Evidence], coverage: Coverage
) -> float:
    """Estimate the probability that the evidence answers the question."""
    return probability(signals(question, hits, evidence, coverage), _weights())


def stands_out(hits: Sequence[Hit], evidence: Sequence[Evidence]) -> bool:
    """Whether the search is so sure of the best piece that the words do not matter."""
    rest = hits[min(_REST, len(hits)) - 1].score
    best = evidence[0].score
    return best >= _CLEAR_SCORE and best - rest >= _CLEAR_MARGIN


def probability(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the logistic function of the weighted signals."""
    sum_ = weights["bias"] + sum(weights[name] * value for name, value in found.items())
    return 1 / (1 + math.exp(-sum_))


@cache
def _weights() -> dict[str, float]:
    weights: dict[str, float] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return weights
