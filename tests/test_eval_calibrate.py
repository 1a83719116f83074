"""Calibration: weights that separate, found again from the same examples."""

import json

import pytest
from fakes import FakeLanguageModel, assistant_of, small_index

from eval.calibrate import calibrate, fit
from rag.likelihood import MODEL, WEIGHTS, probability


def test_what_separates_gets_the_weight():
    examples = [({"good": x / 9, "idle": (x % 2) / 1}, x > 4) for x in range(10)]
    weights = fit(examples)
    assert weights["good"] > abs(weights["idle"])
    assert (
        probability({"good": 1, "idle": 0}, weights)
        > 0.5
        > probability({"good": 0, "idle": 0}, weights)
    )
    assert fit(examples) == weights


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    return small_index(tmp_path_factory.mktemp("report"))


def test_the_weights_are_written_and_told(index, tmp_path):
    path = tmp_path / "weights.json"
    before = json.loads(WEIGHTS.read_text())
    table = calibrate(assistant_of(index), None, path)
    written = json.loads(path.read_text())
    assert written["search"].keys() == before["search"].keys()
    assert written["model"] == before["model"]
    assert {row[0] for row in table} >= {f"search: {name}" for name in written["search"]}


def test_with_a_model_its_weights_are_fitted_too(index, tmp_path):
    path = tmp_path / "weights.json"
    calibrate(assistant_of(index), FakeLanguageModel(""), path)
    written = json.loads(path.read_text())
    assert written["model"].keys() == {"bias", *MODEL}
    assert written["model"] != json.loads(WEIGHTS.read_text())["model"]
