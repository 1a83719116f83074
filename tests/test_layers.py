"""A model cut in two: both parts together say what the whole one does, whatever was read before."""

import numpy as np
import pytest

openvino = pytest.importorskip("openvino")
from openvino import opset13 as op  # noqa: E402

from rag.layers import Layers, lower_part, upper_part  # noqa: E402

SIZE, LAYERS, VOCABULARY = 4, 3, 5


def model():
    """A small one in the form of the large: each layer adds what it holds of the past, and more."""
    random = np.random.default_rng(1)

    def weights(*shape):
        return op.constant(random.normal(size=shape).astype(np.float32))

    ids, rows = op.parameter([-1, -1], np.int64, name="ids"), op.parameter([-1], np.int32)
    rows.set_friendly_name("beam_idx")
    for given, name in ((ids, "input_ids"), (rows, "beam_idx")):
        given.output(0).get_tensor().set_names({name})
    state = op.gather(weights(9, SIZE), ids, op.constant(0))
    sinks, past = [], None
    for layer in range(LAYERS):
        keys = op.unsqueeze(state, op.constant([1]))
        begin = op.constant(np.zeros((1, 1, 0, SIZE), np.float32))
        name = f"past_key_values.{layer}.keypresent.{layer}.key"
        read = op.read_value(begin, name, np.float32, openvino.PartialShape([-1, 1, -1, SIZE]))
        held = op.gather(read, rows, op.constant(0))
        past = past or op.gather(op.shape_of(held, "i64"), op.constant(2), op.constant(0))
        joined = op.concat([held, keys], 2)
        sinks.append(op.assign(joined, name))
        told = op.reduce_mean(op.squeeze(joined, op.constant([1])), op.constant([1]), True)
        count = op.convert(past, np.float32)
        first = op.add(state, op.multiply(told, op.add(count, op.constant(np.float32(1)))))
        biased = op.add(op.matmul(first, weights(SIZE, SIZE), False, False), weights(1, 1, SIZE))
        state = op.add(first, op.multiply(first, biased))
    normed = op.multiply(state, op.divide(state, op.add(state, op.constant(np.float32(1)))))
    head = op.matmul(normed, weights(SIZE, VOCABULARY), False, False)
    return openvino.Model([op.result(head)], sinks, [ids, rows], "small")


def opened(made):
    compiled = openvino.Core().compile_model(made, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    return Layers(compiled.create_infer_request(), openvino.Tensor)


def inputs(tokens, texts=1):
    return {
        "input_ids": np.array([tokens] * texts, np.int64),
        "beam_idx": np.arange(texts, dtype=np.int32),
    }


@pytest.mark.parametrize("layer", [1, 2])
def test_both_parts_say_what_the_whole_says(layer):
    whole = opened(model())
    lower, upper = opened(lower_part(model(), layer)), opened(upper_part(model(), layer))
    for tokens in ([1, 2, 3], [4], [5, 6]):
        said = whole.read(inputs(tokens))[:, -1]
        hidden = lower.read(inputs(tokens))
        assert hidden.shape == (1, len(tokens), SIZE)
        told = upper.read(inputs(tokens), hidden)
        np.testing.assert_allclose(told.reshape(1, -1), said, rtol=1e-3)
    assert [len(part.held()) for part in (lower, upper)] == [layer, LAYERS - layer]


def test_what_was_held_goes_on_and_nothing_begins_anew():
    lower = opened(lower_part(model(), 1))
    first = lower.read(inputs([1, 2, 3]))
    held = [state.copy() for state in lower.held()]
    after = lower.read(inputs([4]))
    lower.hold(held)
    np.testing.assert_array_equal(lower.read(inputs([4])), after)
    lower.hold([np.concatenate([state, state]) for state in held])
    np.testing.assert_array_equal(lower.read(inputs([4], 2))[1], after[0])
    for nothing in ([], [state[:, :, :0] for state in held]):
        lower.hold(nothing)
        np.testing.assert_array_equal(lower.read(inputs([1, 2, 3])), first)


def test_a_model_with_too_few_layers_is_told():
    for part in (lower_part, upper_part):
        with pytest.raises(ValueError, match=f"no layer above {LAYERS}"):
            part(model(), LAYERS)
