from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.metrics import (
    citation_precision,
    citation_recall,
    first_ranks,
    gains,
    hit_at,
    ndcg_at,
    overlap,
    reciprocal_rank,
    verbatim,
)

# three passages; fact A stands in the second or in the third, fact B in the third
RANKED = [(1, 9), (10, 19), (20, 29)]
A = [(12, 13), (29, 35)]
B = [(20, 20)]
NOWHERE = [(50, 60)]


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


def test_reciprocal_rank_is_that_of_the_first_fact():
    assert reciprocal_rank([A, B], RANKED) == 1 / 2
    assert reciprocal_rank([B], RANKED) == 1 / 3
    assert reciprocal_rank([NOWHERE], RANKED) == 0.0


def test_a_fact_gains_once():
    assert gains([A, B], RANKED) == [0, 1, 1]
    assert gains([B, B], RANKED) == [0, 0, 2]


def test_ndcg_by_hand():
    # gains 0, 1, 1 against the best order 1, 1, 0
    assert ndcg_at(5, [A, B], RANKED) == pytest.approx((1 / log2(3) + 1 / 2) / (1 + 1 / log2(3)))
    # a fact that is nowhere counts as one more passage
    assert ndcg_at(5, [A, NOWHERE], RANKED) == pytest.approx((1 / log2(3)) / (1 + 1 / log2(3)))
    assert ndcg_at(1, [A], RANKED) == 0.0
    assert ndcg_at(5, [[(1, 1)]], RANKED) == 1.0


def test_without_evidence_nothing_applies():
    assert hit_at(1, [], RANKED) is None
    assert reciprocal_rank([], RANKED) is None
    assert ndcg_at(5, [], RANKED) is None
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


spans = st.tuples(st.integers(1, 40), st.integers(0, 5)).map(lambda pair: (pair[0], sum(pair)))


@given(
    facts=st.lists(st.lists(spans, min_size=1, max_size=3), min_size=1, max_size=4),
    ranked=st.lists(spans, max_size=8),
)
def test_rank_and_ndcg_agree_with_ir_measures(facts, ranked):
    ir_measures = pytest.importorskip("ir_measures")
    found = gains(facts, ranked)
    qrels = [ir_measures.Qrel("q", f"p{rank}", gain) for rank, gain in enumerate(found)]
    qrels += [ir_measures.Qrel("q", f"m{n}", 1) for n in range(len(facts) - sum(found))]
    run = [ir_measures.ScoredDoc("q", f"p{rank}", -rank) for rank in range(len(ranked))]
    measures = [ir_measures.nDCG @ 5, ir_measures.RR]
    expected = ir_measures.calc_aggregate(measures, qrels, run)
    assert ndcg_at(5, facts, ranked) == pytest.approx(expected[ir_measures.nDCG @ 5])
    assert reciprocal_rank(facts, ranked) == pytest.approx(expected[ir_measures.RR])
