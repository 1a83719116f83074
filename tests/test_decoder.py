"""The decoder: what it reads once, what it writes, and what it tells of a model."""

from types import SimpleNamespace

import numpy as np
import pytest

from rag.decoder import Decoder, tell_last

VOCABULARY = 100
END = 99


class Request:
    """A model that writes its script after a prompt; its state is the tokens themselves."""

    def __init__(self, *script):
        self.script = list(script)
        self.fed = []
        self.state = np.zeros((1, 1, 0, 1), np.float32)
        self.said = 0

    def infer(self, inputs):
        tokens = inputs["input_ids"][0]
        past = self.state.shape[2]
        assert inputs["attention_mask"].shape == (1, past + len(tokens))
        assert inputs["position_ids"][0].tolist() == list(range(past, past + len(tokens)))
        self.fed.append(tokens.tolist())
        new = tokens.astype(np.float32).reshape(1, 1, -1, 1)
        self.state = np.concatenate([self.state, new], axis=2)

    def get_output_tensor(self, at):
        if at:
            return SimpleNamespace(data=self.state[:, :, -1].reshape(1, 1, 1))
        logits = np.zeros((1, 1, VOCABULARY), np.float32)
        logits[0, 0, self.script[self.said] if self.said < len(self.script) else END] = 1
        self.said += 1
        return SimpleNamespace(data=logits)

    def reset_state(self):
        self.state = np.zeros((1, 1, 0, 1), np.float32)

    def query_state(self):
        return [State(self)]


class State:
    """The state of a request, which is written as a tensor and read as data."""

    def __init__(self, request):
        self.__dict__["request"] = request

    @property
    def state(self):
        return SimpleNamespace(data=self.request.state)

    @state.setter
    def state(self, tensor):
        self.request.state = tensor


class Streamer:
    """Tells a token's number as soon as an even one follows or nothing does."""

    def __init__(self, tokenizer, hear):
        self.hear, self.waiting = hear, ""

    def write(self, token):
        self.waiting += f"{token} "
        if token % 2 == 0:
            self.end()

    def end(self):
        assert not self.hear(self.waiting)
        self.waiting = ""


TOKENIZER = SimpleNamespace(get_eos_token_id=lambda: END)


def decoder(*script):
    request = Request(*script)
    return Decoder(request, lambda array: array, TOKENIZER, Streamer), request


def prompt(*ends, begin=0):
    """40 tokens that are alike in all prompts with one beginning, and their ends."""
    return [*range(begin, begin + 40), *ends]


def test_what_it_holds_is_what_it_was_told():
    made, request = decoder()
    reading = made.read(prompt(70, 71))
    assert request.fed == [prompt(70, 71)]
    assert reading.state.tolist() == [71.0]
    assert reading.logits.shape == (VOCABULARY,)


def test_what_goes_on_from_the_last_prompt_is_read_from_there():
    made, request = decoder()
    made.read(prompt(70, 71))
    made.read(prompt(70, 72, 73))
    made.read(prompt(70, 72, 73))
    assert request.fed[1:] == [[72, 73], [73]]  # the last token has what it is asked for
    assert request.state.ravel().tolist() == prompt(70, 72, 73)


def test_what_was_written_is_gone_on_from_too():
    made, request = decoder(80, 82, END)
    assert list(made.write(prompt(70), 10)) == ["80 ", "82 "]
    made.read(prompt(70, 80, 82, 75))
    assert request.fed[-1] == [75]
    assert request.state.ravel().tolist() == prompt(70, 80, 82, 75)


def test_how_prompts_begin_is_kept_while_others_are_read():
    made, request = decoder()
    made.read(prompt(70, 71))
    made.read(prompt(70, begin=45))
    made.read(prompt(72))
    made.read(prompt(73, 74, begin=45))
    made.read(prompt(70, 71))  # only the beginning is kept
    assert request.fed[2:] == [[72], [73, 74], [70, 71]]
    assert request.state.ravel().tolist() == prompt(70, 71)


def test_the_beginnings_that_are_kept_are_few():
    made, request = decoder()
    for begin in range(0, 60, 6):
        made.read(prompt(70, begin=begin))
    made.read(prompt(71, begin=0))
    assert request.fed[-1] == prompt(71, begin=0)


def test_text_comes_as_soon_as_it_is_whole_and_none_is_lost():
    assert list(decoder(81, 82, 83, END)[0].write([1, 2], 10)) == ["", "81 82 ", "83 "]
    assert list(decoder(81, 82, 83, 85)[0].write([1, 2], 3)) == ["", "81 82 ", "83 "]
    assert list(decoder(END)[0].write([1, 2], 3)) == []


def test_nothing_is_read_after_the_last_token():
    made, request = decoder(81, 82, 83)
    list(made.write([1, 2], 2))
    assert request.fed == [[1, 2], [81]]


def test_a_reading_that_fails_leaves_nothing_behind(monkeypatch):
    made, request = decoder()
    made.read([1, 2, 3])
    with monkeypatch.context() as patch:
        infer = Request.infer

        def fails(request, inputs):
            infer(request, inputs)
            raise RuntimeError

        patch.setattr(Request, "infer", fails)
        with pytest.raises(RuntimeError):
            made.read([1, 2, 4])
    made.read([1, 2, 5])
    assert request.state.ravel().tolist() == [1, 2, 5]
    made.read([1, 2, 5, 6])
    assert request.state.ravel().tolist() == [1, 2, 5, 6]


def test_a_model_tells_its_last_token_and_a_layer():
    openvino = pytest.importorskip("openvino")
    op = pytest.importorskip("openvino.opset13")

    def model():
        given = op.parameter([-1, -1, 4], np.float32, name="given")
        two, bias = op.constant(np.float32(2)), op.constant(np.full((1, 1, 4), 1, np.float32))
        first = op.add(given, op.multiply(given, two))  # what a layer's first half adds
        second = op.add(first, op.add(op.multiply(first, two), bias))
        normed = op.multiply(second, op.divide(second, second))
        head = op.matmul(normed, op.constant(np.ones((4, 3), np.float32)), False, False)
        return openvino.Model([op.result(head)], [given], "small")

    made = model()
    tell_last(made, 1)
    run = openvino.Core().compile_model(made, "CPU").create_infer_request()
    run.infer([np.array([[[0, 0, 0, 0], [1, 2, 3, 4]]], np.float32)])
    logits, state = (run.get_output_tensor(at).data.ravel() for at in (0, 1))
    assert logits.tolist() == [94.0] * 3
    assert state.tolist() == [10.0, 19.0, 28.0, 37.0]
    with pytest.raises(ValueError, match="no layer 2"):
        tell_last(model(), 2)
