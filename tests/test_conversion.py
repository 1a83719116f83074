"""The language model in OpenVINO's format: made once, and left out where it cannot be had."""

import logging
from pathlib import Path
from types import SimpleNamespace

import pytest

from index import weights
from index.errors import ReportError
from rag import conversion, decoder, draft, llm, reader
from rag.openvino_chat import OpenVinoChat
from rag.settings import Settings


@pytest.fixture
def model(tmp_path):
    folder = tmp_path / "some-model"
    folder.mkdir()
    (folder / "some-model.gguf").write_bytes(b"GGUF")
    return folder / "some-model.gguf"


def engine(pipeline):
    return SimpleNamespace(LLMPipeline=pipeline, SchedulerConfig=SimpleNamespace)


def writes(names):
    def pipeline(path, device, *, enable_save_ov_model):
        assert (device, enable_save_ov_model) == ("CPU", True)
        assert Path(path).read_bytes() == b"GGUF"
        for name in names:
            Path(path).with_name(f"openvino_{name}.xml").write_text("<net/>")

    return engine(pipeline)


def test_what_was_not_converted_is_left_to_llama_cpp(model):
    assert conversion.load(model, 4096, 400) is None


def test_without_openvino_llama_cpp_runs_the_model(model, monkeypatch):
    conversion.converted(model).mkdir()
    monkeypatch.setattr(conversion, "find_spec", lambda name: None)
    assert conversion.load(model, 4096, 400) is None


def test_what_the_engine_writes_stands_beside_the_model_afterwards(model, monkeypatch):
    monkeypatch.setattr(
        conversion, "_engine", lambda: writes(["model", "tokenizer", "detokenizer"])
    )
    folder = conversion.convert(model)
    assert sorted(path.name for path in folder.iterdir()) == [
        "openvino_detokenizer.xml", "openvino_model.xml", "openvino_tokenizer.xml",
    ]  # fmt: skip
    assert model.read_bytes() == b"GGUF"
    monkeypatch.setattr(conversion, "_engine", lambda: 1 / 0)
    assert conversion.convert(model) == folder  # not made again


def fails(*_, **__):
    raise RuntimeError("no such instruction")


@pytest.mark.parametrize("made", [writes(["model"]), engine(fails)])
def test_a_conversion_that_fails_leaves_nothing_behind(model, monkeypatch, made, capsys):
    monkeypatch.setattr(conversion, "_engine", lambda: made)
    with pytest.raises(ReportError, match="cannot be converted"):
        conversion.convert(model)
    assert list(model.parent.parent.iterdir()) == [model.parent]
    monkeypatch.setattr(weights, "fetch", lambda name: model)
    assert conversion.main([]) == 0
    assert "llama.cpp runs the model" in capsys.readouterr().err


def test_without_the_package_it_is_said_how_to_get_it(model, monkeypatch):
    monkeypatch.setattr(conversion, "find_spec", lambda name: None)
    with pytest.raises(ReportError, match=r"pip install .*int8"):
        conversion.convert(model)


class BrokenLater:
    """Opens, and cannot run: what a processor lacks shows when it is needed."""

    write = fails

    def load(self, path):
        raise FileNotFoundError(path)

    def tokens(self, messages):
        return [1]


@pytest.mark.parametrize("opens", [fails, lambda *_: BrokenLater()])
def test_a_processor_that_it_cannot_use_is_said_and_left_to_llama_cpp(
    model, monkeypatch, caplog, opens
):
    conversion.converted(model).mkdir()
    monkeypatch.setattr(decoder, "open_decoder", opens)
    with caplog.at_level(logging.WARNING):
        assert conversion.load(model, 4096, 400) is None
    assert str(conversion.converted(model)) in caplog.text
    assert "python -m rag.conversion" in caplog.text


def test_a_damaged_folder_is_left_to_llama_cpp(model, caplog):
    pytest.importorskip("openvino_genai")
    conversion.converted(model).mkdir()
    (conversion.converted(model) / "openvino_model.xml").write_text("no model")
    assert conversion.load(model, 4096, 400) is None
    assert "cannot be used" in caplog.text


@pytest.mark.parametrize("there", [True, False])
def test_the_converted_model_is_preferred(model, monkeypatch, there):
    made = OpenVinoChat(decoder=None, context=1, longest=1) if there else None
    monkeypatch.setattr(conversion, "load", lambda *_: made)
    monkeypatch.setattr(llm, "_fetched", lambda cache: model)
    served = SimpleNamespace(listening_address="http://127.0.0.1:9")
    monkeypatch.setattr(llm, "_served", lambda *_: served)
    started = llm.LanguageModel(Settings(llm="local")).chat_model
    assert (started is made) == there


class Kept:
    """A decoder that keeps what it has read."""

    def __init__(self):
        self.read, self.saved = [], []

    def tokens(self, messages):
        return [1]

    def state(self, tokens):
        self.read.append(tokens)

    def save(self, path, said):
        path.write_text(said)
        self.saved.append(said)


def test_what_prompts_begin_with_is_read_once(model, monkeypatch):
    monkeypatch.setenv("RAG_LLM_BASE_URL", "http://127.0.0.1:9")  # has nothing to do with it
    made = Kept()
    conversion.converted(model).mkdir()
    monkeypatch.setattr(llm, "_fetched", lambda cache: model)
    chat = OpenVinoChat(decoder=made, context=900, longest=1)
    monkeypatch.setattr(conversion, "load", lambda *_: chat)
    monkeypatch.setattr(reader, "told_of", lambda path: path.read_text() if path.exists() else "")
    for prompts in ([[("user", "one")], [("user", "two")]], [[("user", "three")]]):
        monkeypatch.setattr(draft, "beginnings", lambda prompts=prompts: prompts)
        for _ in range(2):
            conversion.read_ahead(model)
    assert len(made.read) == 3
    assert len(set(made.saved)) == len(made.saved) == 2


def test_what_cannot_be_kept_is_done_without(model, monkeypatch):
    conversion.converted(model).mkdir()
    monkeypatch.setattr(llm, "_fetched", lambda cache: model)
    made = Kept()
    made.save = lambda path, said: path.with_name("none").joinpath("x").write_text(said)
    chat = OpenVinoChat(decoder=made, context=900, longest=1)
    monkeypatch.setattr(conversion, "load", lambda *_: chat)
    conversion.read_ahead(model)
    assert made.read
