"""Calibration: weights that separate, found again from the same examples."""

import json

import numpy as np
import pytest
from fakes import FakeLanguageModel, assistant_of, small_index
from langchain_core.messages import AIMessageChunk

from eval import calibrate as calibration
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


@pytest.fixture(autouse=True)
def few(monkeypatch):
    """A few questions of each file are enough here."""
    for name in ("load_questions", "load_scope_questions", "load_told_questions"):
        load = getattr(calibration, name)
        monkeypatch.setattr(calibration, name, lambda *given, load=load: load(*given)[:60])


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
    calibrate(assistant_of(index), FakeLanguageModel(""), path, tmp_path / "probe.json")
    written = json.loads(path.read_text())
    assert written["model"].keys() == {"bias", *MODEL}
    assert written["model"] != json.loads(WEIGHTS.read_text())["model"]
    assert not (tmp_path / "probe.json").exists()  # it does not tell its hidden state


def test_with_a_model_that_tells_its_state_the_probe_is_fitted(index, tmp_path, monkeypatch):
    def told(llm, messages):  # the number of characters, which has to do with nothing
        return np.array([len(messages[-1][1]) % 7, 3, 1, 2], np.float32)

    said = AIMessageChunk(content="Yes")
    monkeypatch.setattr(FakeLanguageModel, "hidden_state", told)
    monkeypatch.setattr(FakeLanguageModel, "first_word", lambda *_: said)
    path = tmp_path / "probe.json"
    table = calibrate(assistant_of(index), FakeLanguageModel(""), tmp_path / "weights.json", path)
    told_of = [row[0] for row in table if "area" in row[0]]
    assert len(told_of) == 4  # of the probe and of the words, in each language
    assert [row[1] for row in table if row[0].startswith("first word")] == ["0.500"] * 2
    written = json.loads(path.read_text())
    assert len(written["weights"]) == 4
    assert any(written["weights"])


def test_what_is_hard_does_not_teach_the_search(index, tmp_path, monkeypatch):
    def written(name):
        calibrate(assistant_of(index), FakeLanguageModel(""), tmp_path / name, tmp_path / "probe")
        return json.loads((tmp_path / name).read_text())

    with_them = written("with")
    monkeypatch.setattr("eval.calibrate.load_told_questions", lambda *_: [])
    without = written("without")
    assert with_them["search"] == without["search"]
    assert with_them["model"] != without["model"]


def test_other_reports_are_learnt_from_too(index, tmp_path):
    def table(others):
        return calibrate(assistant_of(index), None, tmp_path / "weights", others=others)

    assert table({"energy": assistant_of(index)}) != table({})
