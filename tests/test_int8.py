"""The embedding model in 8 bit: made once, checked, and left out where it cannot be had."""

import logging
import sys

import numpy as np
import pytest

from index import embed, int8, weights
from index.errors import ReportError

TEXTS = ["公司如何保护举报人？", "How many employees does the company have?", "用水 " * 400]


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "model"


def make(folder, text="<net/>"):
    int8.converted(folder).parent.mkdir()
    int8.converted(folder).write_text(text)
    return int8.converted(folder)


def test_what_was_not_converted_is_left_to_torch(folder):
    assert int8.load(folder, 512) is None


def test_without_openvino_torch_runs_the_model(folder, monkeypatch):
    make(folder)
    monkeypatch.setattr(int8, "find_spec", lambda name: None)
    assert int8.load(folder, 512) is None


def test_a_damaged_file_is_left_to_torch_and_said(folder, caplog):
    pytest.importorskip("openvino")
    file = make(folder, "no model")
    with caplog.at_level(logging.WARNING), pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.openvino_model.AutoTokenizer.from_pretrained", lambda *_, **__: None)
        assert int8.load(folder, 512) is None
    assert str(file.parent) in caplog.text
    assert "python -m index.int8" in caplog.text


def test_what_stands_there_is_not_made_again(folder):
    file = make(folder)
    assert int8.convert(folder, 512) == file


def test_without_the_packages_it_is_said_how_to_get_them(folder, monkeypatch):
    monkeypatch.setattr(int8, "find_spec", lambda name: None)
    with pytest.raises(ReportError, match=r"pip install .*int8"):
        int8.convert(folder, 512)


def test_a_conversion_that_fails_leaves_the_model_to_torch(folder, monkeypatch, capsys):
    folder.mkdir()
    monkeypatch.setattr(int8, "find_spec", lambda name: name)
    monkeypatch.setattr(int8, "_export", lambda *_: 1 / 0)
    monkeypatch.setattr(weights, "fetch", lambda *_: folder)
    assert int8.main([]) == 0
    assert "cannot be converted (division by zero). The model runs in torch." in (
        capsys.readouterr().err
    )
    assert not int8.converted(folder).exists()


def test_a_model_that_comes_out_differently_is_not_kept(folder, monkeypatch):
    folder.mkdir()
    monkeypatch.setattr(int8, "find_spec", lambda name: name)
    monkeypatch.setattr(int8, "_export", lambda _, file: file.write_text("x") and np.eye(2, 3))
    monkeypatch.setattr("index.openvino_model.OpenVinoModel", Off)
    with pytest.raises(ReportError, match=r"cosine 0\.000"):
        int8.convert(folder, 512)
    assert not int8.converted(folder).exists()
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


class Off:
    """A model whose vectors have nothing to do with those that torch makes."""

    def __init__(self, *_):
        pass

    def preprocess(self, texts):
        return texts

    def __call__(self, texts):
        import torch

        return {"sentence_embedding": torch.from_numpy(np.roll(np.eye(2, 3), 2, axis=1))}


def test_nothing_is_sent_to_the_maker(monkeypatch):
    monkeypatch.delitem(sys.modules, "openvino_telemetry", raising=False)
    int8.send_nothing()
    with pytest.raises(ImportError):
        import openvino_telemetry  # noqa: F401
    monkeypatch.delitem(sys.modules, "openvino_telemetry", raising=False)


@pytest.mark.integration
def test_its_vectors_are_those_of_torch(monkeypatch):
    folder = weights.fetch(int8.MODEL)
    if not int8.converted(folder).exists():
        pytest.skip("python -m index.int8 has not been run")
    small = embed.open_embedder()
    found = small.encode_questions(TEXTS)
    assert type(small._model[0]).__name__ == "OpenVinoModel"
    monkeypatch.setattr(int8, "load", lambda *_: None)
    expected = embed.open_embedder().encode_questions(TEXTS)
    assert (found * expected).sum(axis=1).min() > 0.99
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)
