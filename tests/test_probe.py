"""The probe: what it reads off a state, and that the length of the state does not matter."""

import json

import numpy as np
import pytest

from eval.calibrate import out_of_fold, write_probe
from rag import probe


@pytest.fixture
def states():
    rng = np.random.default_rng(0)
    told = np.arange(200) % 3 > 0
    found = rng.normal(size=(200, 16)).astype(np.float32)
    found[:, 5] += np.where(told, 1.5, -1.5)
    return found, told


@pytest.fixture
def written(states, tmp_path, monkeypatch):
    path = tmp_path / "probe.json"
    write_probe(*states, path)
    monkeypatch.setattr(probe, "WEIGHTS", path)
    probe._probe.cache_clear()
    yield json.loads(path.read_text())
    probe._probe.cache_clear()


def test_a_probe_tells_states_apart(states, written):
    found, told = states
    agrees = np.array([probe.agrees(state) for state in found])
    assert ((agrees > 0.5) == told).mean() > 0.9
    assert (agrees >= 0).all()
    assert (agrees <= 1).all()
    assert np.argmax(np.abs(written["weights"])) == 5
    assert written["layer"] == probe.layer() > 0


def test_the_length_of_a_state_says_nothing(states, written):
    state = states[0][0]
    assert probe.agrees(3 * state) == pytest.approx(probe.agrees(state))


def test_no_state_is_judged_by_a_probe_that_has_seen_it():
    rng = np.random.default_rng(1)
    noise = rng.normal(size=(60, 200)).astype(np.float32)  # can be learnt by heart
    told = rng.random(60) > 0.5
    agrees = out_of_fold(noise, told) > 0.5
    assert (agrees == told).mean() < 0.75


def test_the_shipped_probe_is_of_the_embedded_model():
    assert probe.agrees(np.ones(1536, np.float32)) != pytest.approx(0.5)
