"""Means with bootstrap intervals, and tests of the difference between two runs."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

RESAMPLES = 1000
SEED = 20231231


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean, its 95 % interval, and the number of values behind it."""

    mean: float
    low: float
    high: float
    count: int


def estimate(clusters: Sequence[Sequence[float]]) -> Estimate | None:
    """Estimate the mean of all values; a resample takes whole clusters.

    A question and its translation form one cluster: they stand or fall together, and counting them
    as independent would make the interval too narrow.
    """
    import numpy as np

    kept = [cluster for cluster in clusters if cluster]
    if not kept:
        return None
    sums = np.array([math.fsum(cluster) for cluster in kept])
    sizes = np.array([len(cluster) for cluster in kept])
    draws = np.random.default_rng(SEED).integers(0, len(kept), (RESAMPLES, len(kept)))
    means = sums[draws].sum(axis=1) / sizes[draws].sum(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return Estimate(float(sums.sum() / sizes.sum()), float(low), float(high), int(sizes.sum()))


def quantile(values: Sequence[float], share: float) -> float | None:
    """Give the smallest value that at least ``share`` of the values do not exceed."""
    if not values:
        return None
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def mcnemar(better: int, worse: int) -> float:
    """Exact two-sided p-value that ``better`` and ``worse`` discordant pairs are a fair coin."""
    total = better + worse
    tail = sum(math.comb(total, count) for count in range(min(better, worse) + 1))
    return min(1.0, 2.0 * tail / float(2**total))
