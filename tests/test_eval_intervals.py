import math

import pytest

from eval.intervals import estimate, mcnemar, quantile


def test_the_mean_is_over_values_not_clusters():
    found = estimate([[1.0, 1.0], [0.0]])
    assert found.mean == pytest.approx(2 / 3)
    assert found.count == 3


def test_no_value_gives_no_estimate():
    assert estimate([]) is None
    assert estimate([[]]) is None


def test_the_interval_is_that_of_the_normal_approximation():
    # 400 coins, 100 heads: .25 +- 1.96 * sqrt(.25 * .75 / 400)
    found = estimate([[1.0]] * 100 + [[0.0]] * 300)
    half = 1.96 * math.sqrt(0.25 * 0.75 / 400)
    assert found.low == pytest.approx(0.25 - half, abs=0.006)
    assert found.high == pytest.approx(0.25 + half, abs=0.006)


def test_pairs_that_go_together_make_the_interval_wider():
    together = estimate([[1.0, 1.0]] * 20 + [[0.0, 0.0]] * 20)
    apart = estimate([[1.0]] * 40 + [[0.0]] * 40)
    assert together.mean == apart.mean == 0.5
    assert together.high - together.low > 1.3 * (apart.high - apart.low)


def test_the_same_values_give_the_same_interval():
    assert estimate([[1.0], [0.0], [1.0]]) == estimate([[1.0], [0.0], [1.0]])


def test_quantiles_are_values_that_were_taken():
    values = [3.0, 1.0, 2.0, 10.0]
    assert quantile(values, 0.5) == 2.0
    assert quantile(values, 0.9) == 10.0
    assert quantile([], 0.5) is None


def test_mcnemar_by_hand():
    # 5 of 6 discordant pairs better: 2 * (1 + 6) / 64
    assert mcnemar(5, 1) == pytest.approx(14 / 64)
    assert mcnemar(1, 5) == mcnemar(5, 1)
    assert mcnemar(0, 0) == 1.0
    assert mcnemar(3, 3) == 1.0
    assert mcnemar(10, 0) == pytest.approx(2 / 1024)
