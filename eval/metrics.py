"""Score one ranking or one answer.

Every function is pure and gives None where the measure does not apply, so that a mean only counts
the questions it is about.
"""

import math
from collections.abc import Sequence

Span = tuple[int, int]
Evidence = Sequence[Span]  # the spans of one fact: any one suffices


def overlap(one: Span, other: Span) -> bool:
    """Tell whether two inclusive line ranges share a line."""
    return one[0] <= other[1] and other[0] <= one[1]


def covers(lines: Span, evidence: Evidence) -> bool:
    """Tell whether a passage holds some evidence of a fact."""
    return any(overlap(lines, span) for span in evidence)


def first_ranks(facts: Sequence[Evidence], ranked: Sequence[Span]) -> list[int | None]:
    """Give, for each fact, the rank from 1 of the first passage that covers it."""
    return [
        next((rank for rank, lines in enumerate(ranked, 1) if covers(lines, fact)), None)
        for fact in facts
    ]


def hit_at(k: int, facts: Sequence[Evidence], ranked: Sequence[Span]) -> float | None:
    """1 if the first ``k`` passages cover every fact, else 0."""
    if not facts:
        return None
    return float(None not in first_ranks(facts, ranked[:k]))


def reciprocal_rank(facts: Sequence[Evidence], ranked: Sequence[Span]) -> float | None:
    """1 / the rank of the first passage that covers any fact, 0 if none does."""
    if not facts:
        return None
    found = [rank for rank in first_ranks(facts, ranked) if rank is not None]
    return 1 / min(found) if found else 0.0


def gains(facts: Sequence[Evidence], ranked: Sequence[Span]) -> list[int]:
    """Give, for each passage, how many facts it is the first to cover."""
    ranks = first_ranks(facts, ranked)
    return [ranks.count(rank) for rank in range(1, len(ranked) + 1)]


def ndcg_at(k: int, facts: Sequence[Evidence], ranked: Sequence[Span]) -> float | None:
    """Discounted gain of the first ``k`` passages over that of the best order of what there is.

    A fact counts once, in the first passage that covers it, so that a second copy of the evidence
    is neither rewarded nor missed. A fact that no ranked passage covers counts as one passage.
    """
    if not facts:
        return None
    found = gains(facts, ranked)
    best = sorted(found + [1] * (len(facts) - sum(found)), reverse=True)
    return _discounted(found[:k]) / _discounted(best[:k])


def _discounted(values: Sequence[int]) -> float:
    return sum(value / math.log2(rank + 1) for rank, value in enumerate(values, 1))


def citation_recall(facts: Sequence[Evidence], cited: Sequence[Span]) -> float | None:
    """Share of the facts that some cited passage holds evidence of (ALCE, by rule)."""
    if not facts:
        return None
    return sum(any(covers(lines, fact) for lines in cited) for fact in facts) / len(facts)


def citation_precision(facts: Sequence[Evidence], cited: Sequence[Span]) -> float | None:
    """Share of the cited passages that hold evidence of some fact (ALCE, by rule)."""
    if not facts or not cited:
        return None
    return sum(any(covers(lines, fact) for fact in facts) for lines in cited) / len(cited)


def verbatim(quotes: Sequence[tuple[str, str]]) -> float | None:
    """Share of the (quote, passage text) pairs whose quote stands in the text, byte for byte."""
    if not quotes:
        return None
    return sum(bool(quote) and quote in text for quote, text in quotes) / len(quotes)
