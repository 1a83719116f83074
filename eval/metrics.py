"""Score one ranking or one answer.

Every function is pure and gives None where the measure does not apply, so that a mean only counts
the questions it is about.
"""

from collections.abc import Sequence

from index.pieces import is_chinese

Span = tuple[int, int]
Evidence = Sequence[Span]  # the spans of one fact: any one suffices
RANK_MEASURES = {"mrr@10": "RR@10", "ndcg@5": "nDCG@5"}  # ours and the library's names


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


def any_at(k: int, facts: Sequence[Evidence], ranked: Sequence[Span]) -> float | None:
    """1 if the first ``k`` passages cover some fact, else 0."""
    if not facts:
        return None
    return float(any(first_ranks(facts, ranked[:k])))


def gains(facts: Sequence[Evidence], ranked: Sequence[Span]) -> list[int]:
    """Give, for each passage, how many facts it is the first to cover."""
    ranks = first_ranks(facts, ranked)
    return [ranks.count(rank) for rank in range(1, len(ranked) + 1)]


def rank_measures(facts: Sequence[Evidence], ranked: Sequence[Span]) -> dict[str, float | None]:
    """MRR@10 and nDCG@5, as ir_measures computes them.

    A passage is relevant by the facts that it is the first to cover, so that a second copy of the
    evidence is neither rewarded nor missed; a fact that none covers counts as one passage more.
    """
    if not facts:
        return dict.fromkeys(RANK_MEASURES)
    import ir_measures

    found = gains(facts, ranked)
    missing = [1] * (len(facts) - sum(found))
    qrels = [ir_measures.Qrel("", str(n), gain) for n, gain in enumerate([*found, *missing])]
    run = [ir_measures.ScoredDoc("", str(n), -n) for n in range(len(ranked))]
    measures = {name: ir_measures.parse_measure(each) for name, each in RANK_MEASURES.items()}
    values = ir_measures.calc_aggregate(list(measures.values()), qrels, run)
    return {name: float(values[measure]) for name, measure in measures.items()}


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


def translated(language: str, quotes: Sequence[tuple[str, str | None]]) -> float | None:
    """Share of the Chinese quotes of an English answer that come in English too."""
    chinese = [translation for quote, translation in quotes if is_chinese(quote)]
    if language != "en" or not chinese:
        return None
    return sum(map(bool, chinese)) / len(chinese)


def verbatim(quotes: Sequence[tuple[str, str]]) -> float | None:
    """Share of the (quote, passage text) pairs whose quote stands in the text, byte for byte."""
    if not quotes:
        return None
    return sum(bool(quote) and quote in text for quote, text in quotes) / len(quotes)
