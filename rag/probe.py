"""Whether evidence answers a question, read off the hidden state of the embedded language model.

A linear probe on the state after the prompt's last token. What a model holds shows in its middle
layers better than in its words (Azaria and Mitchell, The internal state of an LLM knows when it's
lying, 2023). `python -m eval calibrate` fits it.
"""

import json
import math
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

WEIGHTS = Path(__file__).with_suffix(".json")  # written by `python -m eval calibrate`

Vector = npt.NDArray[np.float32]


def layer() -> int:
    """Return the layer of the model whose state the probe reads."""
    return _probe().layer


def agrees(state: Sequence[float] | Vector) -> float:
    """Return how likely it is that the evidence answers, from 0 to 1, of a state of the shape
    (size of the model,).
    """
    probe = _probe()
    odds = float(scaled(np.asarray(state, np.float32)) @ probe.weights) + probe.bias
    return 1 / (1 + math.exp(-odds))


def scaled(states: Vector) -> Vector:
    """Bring states, one a row, to one length: the root of their size."""
    size = math.sqrt(states.shape[-1])
    found: Vector = states / np.linalg.norm(states, axis=-1, keepdims=True) * size
    return found


class _Probe(NamedTuple):
    layer: int
    bias: float
    weights: Vector


@cache
def _probe() -> _Probe:
    read = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return _Probe(read["layer"], read["bias"], np.array(read["weights"], np.float32))
