"""The decoder: what it reads once, what it writes, and what it tells of a model."""

from types import SimpleNamespace

import numpy as np
import pytest

from rag.decoder import Decoder, tell_last

VOCABULARY = 100
LAST = 9
END = 99


class Request:
    """A model that counts on from the last token, and ends before the next ten. Its state is the
    tokens themselves.
    """

    def __init__(self):
        self.fed = []
        self.reset_state()

    def infer(self, inputs):
        tokens = inputs["input_ids"]
        rows, past = self.state.shape[0], self.state.shape[2]
        mask, positions = inputs["attention_mask"], inputs["position_ids"]
        assert mask.shape == (rows, past + tokens.shape[1])
        assert inputs["beam_idx"].tolist() == list(range(rows))
        for row in range(rows):
            read = int(mask[row].sum())
            assert mask[row].tolist() == [0] * (mask.shape[1] - read) + [1] * read
            assert positions[row].tolist() == list(range(read - tokens.shape[1], read))
            assert not self.state[row, 0, : mask.shape[1] - read].any()
        self.fed.append(tokens.tolist() if rows > 1 else tokens[0].tolist())
        new = tokens.astype(np.float32)[:, None, :, None]
        self.state = np.concatenate([self.state, new], axis=2)

    def get_output_tensor(self, at):
        last = self.state[:, 0, -1]
        if at:
            return SimpleNamespace(data=last)
        logits = np.zeros((len(last), VOCABULARY), np.float32)
        for row, token in enumerate(last.ravel().astype(int)):
            logits[row, END if token % 10 == LAST else token + 1] = 1
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


def decoder():
    request = Request()
    return Decoder(request, lambda array: array, TOKENIZER, Streamer), request


def prompt(*ends, begin=0):
    """40 tokens that are alike in all prompts with one beginning, and their ends."""
    return [*range(begin, begin + 40), *ends]


def written(made, *prompts, most=20):
    """The texts behind some prompts; of one, its pieces."""
    pieces = [[] for _ in prompts]
    ended = []
    for place, piece in made.write(prompts, most):
        if piece is None:
            ended.append(place)
        else:
            assert place not in ended
            pieces[place].append(piece)
    assert sorted(ended) == list(range(len(prompts)))
    texts = ["".join(text) for text in pieces]
    return texts if len(prompts) > 1 else [piece for piece in pieces[0] if piece]


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
    made, request = decoder()
    assert written(made, prompt(86)) == ["87 88 ", "89 "]
    made.read(prompt(86, 87, 88, 75))
    assert request.fed[-1] == [75]
    assert request.state.ravel().tolist() == prompt(86, 87, 88, 75)


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
    pieces = [(0, ""), (0, "85 86 "), (0, "87 ")]
    assert list(decoder()[0].write([[1, 84]], 3)) == [*pieces, (0, None)]
    assert list(decoder()[0].write([[1, 86]], 3)) == [(0, ""), (0, "87 88 "), (0, "89 "), (0, None)]
    assert list(decoder()[0].write([[1, 89]], 3)) == [(0, None)]
    assert list(decoder()[0].write([], 3)) == []


def test_nothing_is_read_after_the_last_token():
    made, request = decoder()
    list(made.write([[1, 82]], 2))
    assert request.fed == [[1, 82], [83]]


def test_texts_are_written_side_by_side():
    made, request = decoder()
    assert written(made, prompt(80), prompt(70, 75), prompt(66)) == [
        "".join(f"{token} " for token in tokens)
        for tokens in (range(81, 90), range(76, 80), range(67, 70))
    ]
    assert request.fed[1:5] == [[81], [70, 75], [[82], [76]], [66]]  # the first begins at once
    assert [[83], [77], [67]] in request.fed
    assert request.fed[-1] == [89]  # the others have come to their ends


def test_others_take_the_place_of_texts_that_have_ended():
    made, request = decoder()
    tens = (2, 3, 4, 1, 5)
    prompts = [prompt(*range(60, 60 + ten), 10 * ten + 5) for ten in tens]
    counted = ["".join(f"{10 * ten + one} " for one in (6, 7, 8, 9)) for ten in tens]
    assert written(made, *prompts) == counted
    assert max(len(fed) for fed in request.fed if isinstance(fed[0], list)) == 3
    assert list(made.write([[1, 89], [1, 89], [1, 88]], 5))[:2] == [(0, None), (1, None)]


@pytest.mark.parametrize("most", [1, 2, 3, 4])
def test_no_text_is_longer_than_asked_for(most):
    told = written(decoder()[0], [1, 80], [2, 3, 87], [4, 70], most=most)
    assert [len(text.split()) for text in told] == [most, min(most, 2), most]


def test_what_others_wrote_beside_is_not_gone_on_from():
    made, request = decoder()
    list(made.write([[1, 88], [2, 88]], 1))
    made.read([1, 88, 89])
    assert request.state.ravel().tolist() == [1, 88, 89]


def test_who_stops_leaves_the_decoder_as_good_as_new():
    made, _ = decoder()
    pieces = made.write([[1, 80], [2, 3, 70]], 9)
    for _ in range(4):
        next(pieces)
    pieces.close()
    assert written(made, [1, 85]) == written(decoder()[0], [1, 85])


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
