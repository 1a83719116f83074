from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.metrics import (
    any_at,
    citation_precision,
    citation_recall,
    first_ranks,
    gains,
    hit_at,
    overlap,
    rank_measures,
    verbatim,
)

# three passages; fact A stands in the second or in the third, fact B in the third
RANKED = [(1, 9), (10, 19), (20, 29)]
A = [(12, 13), (29, 35)]
B = [(20, 20)]
NOWHERE = [(50, 60)]
spans = st.tuples(st.integers(1, 40), st.integers(0, 5)).map(lambda pair: (pair[0], sum(pair)))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((1, 5), (5, 9), True),
        ((1, 5), (6, 9), False),
        ((6, 9), (1, 5), False),
        ((1, 9), (4, 4), True),
        ((4, 4), (1, 9), True),
    ],
)
def test_overlap_is_of_inclusive_ranges(one, other, expected):
    assert overlap(one, other) is expected


def test_the_first_rank_takes_any_evidence_of_a_fact():
    assert first_ranks([A, B, NOWHERE], RANKED) == [2, 3, None]


@pytest.mark.parametrize(("k", "expected"), [(1, 0.0), (2, 0.0), (3, 1.0), (5, 1.0)])
def test_hit_needs_every_fact(k, expected):
    assert hit_at(k, [A, B], RANKED) == expected


def test_hit_of_one_fact():
    assert [hit_at(k, [A], RANKED) for k in (1, 2)] == [0.0, 1.0]


def test_any_fact_is_enough_for_the_weaker_hit():
    assert [any_at(k, [NOWHERE, A, B], RANKED) for k in (1, 2, 3)] == [0.0, 1.0, 1.0]
    assert any_at(3, [NOWHERE], RANKED) == 0.0
    assert any_at(1, [A], []) == 0.0


@given(st.data())
def test_of_one_fact_both_hits_are_the_same(data):
    fact = data.draw(st.lists(spans, min_size=1, max_size=3))
    ranked = data.draw(st.lists(spans, max_size=6))
    for k in (1, 3, 5):
        assert any_at(k, [fact], ranked) == hit_at(k, [fact], ranked)


def reciprocal_rank(facts, ranked):
    return rank_measures(facts, ranked)["mrr@10"]


def ndcg(facts, ranked):
    return rank_measures(facts, ranked)["ndcg@5"]


def test_reciprocal_rank_is_that_of_the_first_fact():
    assert reciprocal_rank([A, B], RANKED) == pytest.approx(1 / 2)
    assert reciprocal_rank([B], RANKED) == pytest.approx(1 / 3)
    assert reciprocal_rank([NOWHERE], RANKED) == 0.0
    assert reciprocal_rank([A], []) == 0.0


def test_reciprocal_rank_ends_at_ten():
    ranked = [(100 + n, 100 + n) for n in range(9)]
    assert reciprocal_rank([A], [*ranked, (12, 12)]) == pytest.approx(1 / 10)
    assert reciprocal_rank([A], [*ranked, (99, 99), (12, 12)]) == 0.0


def test_a_fact_gains_once():
    assert gains([A, B], RANKED) == [0, 1, 1]
    assert gains([B, B], RANKED) == [0, 0, 2]


def test_ndcg_by_hand():
    # gains 0, 1, 1 against the best order 1, 1, 0
    assert ndcg([A, B], RANKED) == pytest.approx((1 / log2(3) + 1 / 2) / (1 + 1 / log2(3)))
    # a fact that is nowhere counts as one more passage
    assert ndcg([A, NOWHERE], RANKED) == pytest.approx((1 / log2(3)) / (1 + 1 / log2(3)))
    # gains 0, 0, 2 against the best order 2, 0, 0
    assert ndcg([B, B], RANKED) == pytest.approx(1 / 2)
    assert ndcg([NOWHERE], RANKED) == 0.0
    assert ndcg([[(1, 1)]], RANKED) == pytest.approx(1.0)


def test_without_evidence_nothing_applies():
    assert hit_at(1, [], RANKED) is None
    assert any_at(1, [], RANKED) is None
    assert rank_measures([], RANKED) == {"mrr@10": None, "ndcg@5": None}
    assert citation_recall([], RANKED) is None
    assert citation_precision([], RANKED) is None
    assert citation_precision([A], []) is None
    assert verbatim([]) is None


def test_citation_recall_and_precision():
    assert citation_recall([A, B], [(10, 19)]) == 0.5
    assert citation_recall([A, B], []) == 0.0
    assert citation_precision([A, B], [(10, 19), (1, 9)]) == 0.5
    assert citation_precision([A, B], [(10, 19), (20, 29)]) == 1.0


def test_verbatim_is_byte_for_byte():
    assert verbatim([("研发投入", "本年研发投入为"), ("研发 投入", "本年研发投入为")]) == 0.5
    assert verbatim([("", "text")]) == verbatim([(" text", "text")]) == 0.0


@given(
    facts=st.lists(st.lists(spans, min_size=1, max_size=3), min_size=1, max_size=4),
    ranked=st.lists(spans, max_size=8),
)
def test_rank_measures_are_what_their_formulas_say(facts, ranked):
    found = gains(facts, ranked)
    first = next((1 / rank for rank, gain in enumerate(found, 1) if gain), 0.0)
    best = sorted([*found, *[1] * (len(facts) - sum(found))], reverse=True)

    def discounted(values):
        return sum(value / log2(rank + 1) for rank, value in enumerate(values[:5], 1))

    assert reciprocal_rank(facts, ranked) == pytest.approx(first)
    assert ndcg(facts, ranked) == pytest.approx(discounted(found) / discounted(best))
