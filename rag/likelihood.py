"""How likely the evidence is to answer a question: a logistic model of a few signals."""

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from index.terms import tokens
from rag.coverage import Coverage
from rag.evidence import Evidence
from rag.question import Question
from rag.retrieve import Hit

WEIGHTS = Path(__file__).with_suffix(".json")  # written by `python -m eval calibrate`

# Without a language model, below EVEN the answer is that the report does not say; below UNLIKELY a
# model is not asked at all. Where it has been asked whether the evidence answers, it does so from
# TRUSTED on; from SURE on, a model that then finds nothing in the evidence is not believed. Where
# the search alone says CERTAIN, the embedded model is not asked about an English question: of 587
# development questions 11 more of the 121 that reports do not answer are answered so, 7 fewer of
# the others refused, and waiting for it takes two seconds. Chinese it judges too well for that.
UNLIKELY, EVEN, TRUSTED, SURE, CERTAIN = 0.06, 0.3, 0.2, 0.4, 0.75

# A best piece that scores so much, and so much above the tenth hit, is what the question means,
# in whatever words: 一周上几天班 for 5 天 8 小时工作制.
_CLEAR_SCORE, _CLEAR_MARGIN = 5.0, 2.5
_REST = 10  # the rank of the hit that stands for what has nothing to do with the question
_HIGHEST = 8.0  # a fused score above this says no more
_RANKS = (10, 50)  # of the entries by meaning, above which the best stands out
_DOUBT = 0.02  # no word of a model counts for more than this
SEARCH = ("english", "similarity", "score", "lead", "rise", "covered")
MODEL = ("english", "score", "agrees", "agrees_chinese")


def signals(
    question: Question,
    hits: Sequence[Hit],
    evidence: Sequence[Evidence],
    coverage: Coverage,
    agrees: float | None = None,
) -> dict[str, float]:
    """Return what is known of the question and its evidence, each about from 0 to 1.

    ``similarity``: cosine of the best entry; ``lead``, ``rise``: what it is above the tenth and
    the 50th; ``score``: fused, of the best piece; ``covered``: share of the question's words in
    the evidence. ``agrees`` is how likely a model holds that the evidence answers (log odds), and
    once more for a Chinese question, of which models judge better.
    """
    told = frozenset(t for piece in evidence for t in tokens(piece.told))
    nearest = sorted((hit.similarity for hit in hits), reverse=True)
    lead, rise = (nearest[0] - nearest[min(rank, len(nearest)) - 1] for rank in _RANKS)
    english = float(question.language == "en")
    found = {
        "english": english,
        "similarity": nearest[0],
        "score": min(evidence[0].score, _HIGHEST) / _HIGHEST,
        "lead": lead,
        "rise": rise,
        "covered": coverage.weight(coverage.covered(told)),
    }
    if agrees is not None:
        said = min(max(agrees, _DOUBT), 1 - _DOUBT)
        odds = math.log(said / (1 - said))
        found |= {"agrees": odds, "agrees_chinese": odds * (1 - english)}
    return found


def likelihood(
    question: Question,
    hits: Sequence[Hit],
    evidence: Sequence[Evidence],
    coverage: Coverage,
    agrees: float | None = None,
) -> float:
    """Estimate the probability that the evidence answers the question.

    ``agrees`` is what a language model holds of that, from 0 to 1, where one was asked.
    """
    found = signals(question, hits, evidence, coverage, agrees)
    return probability(found, weights("search" if agrees is None else "model"))


def stands_out(hits: Sequence[Hit], evidence: Sequence[Evidence]) -> bool:
    """Whether the search is so sure of the best piece that the words do not matter."""
    rest = hits[min(_REST, len(hits)) - 1].score
    best = evidence[0].score
    return best >= _CLEAR_SCORE and best - rest >= _CLEAR_MARGIN


def probability(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the logistic function of the weighted signals."""
    sum_ = weights.get("bias", 0) + sum(
        weight * found[name] for name, weight in weights.items() if name != "bias"
    )
    return 1 / (1 + math.exp(-sum_))


@cache
def weights(kind: str) -> dict[str, float]:
    """Return the weights of the signals: of the "search" alone, or with those of a "model"."""
    kinds: dict[str, dict[str, float]] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return kinds[kind]
