"""A language model in OpenVINO's format, cut in two: its lower layers, after which the hidden state
is read, and the upper ones, which make words of it. For the state alone a third less is read.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

_HIDDEN = "hidden"  # what the upper layers are given beside the inputs of the whole model
_TOKENS = 2  # dimension of what is held
_STATE = 3  # dimensions of the hidden state: text, token, size
_ADDS = 2  # additions to the hidden state that a layer makes


class Layers:
    """Some layers of a model, and what they hold of the texts that they have read.

    It is given OpenVINO's ``request`` and ``tensor`` class.
    """

    def __init__(self, request: Any, tensor: Any) -> None:
        self._request = request
        self._tensor = tensor

    def read(self, inputs: Mapping[str, Array], hidden: Array | None = None) -> Array:
        """Go on reading: return the hidden states of the lower layers, of the shape (text, token,
        size); of the upper ones, which are given them, the logits of each text's next token.
        """
        self._request.infer({**inputs, **({} if hidden is None else {_HIDDEN: hidden})})
        out: Array = self._request.get_output_tensor(0).data.copy()
        return out

    def held(self) -> list[Array]:
        """Return what is held, of the shape (text, head, token, size)."""
        return [each.state.data for each in self._request.query_state()]

    def hold(self, states: Sequence[Array]) -> None:
        """Hold what was read before; nothing, where that is nothing."""
        self._request.reset_state()
        for each, state in zip(self._request.query_state(), states, strict=bool(states)):
            if state.shape[_TOKENS]:
                each.state = self._tensor(np.ascontiguousarray(state))


def open_layers(path: Path, layer: int, settings: Mapping[str, Any]) -> tuple[Layers, Layers]:
    """Open a model's layers up to one, counted from 1, and those above it.

    ``settings`` are OpenVINO's. Raises RuntimeError, or ValueError, where the file or the processor
    will not do.
    """
    import openvino

    core = openvino.Core()
    lower, upper = (
        Layers(
            core.compile_model(cut(core.read_model(path), layer), "CPU", dict(settings))
            .create_infer_request(),
            openvino.Tensor,
        )
        for cut in (lower_part, upper_part)
    )  # fmt: skip
    return lower, upper


def lower_part(model: Any, layer: int) -> Any:
    """Return a model that tells the hidden state after a layer, of each token."""
    import openvino
    from openvino import opset13 as op

    sinks = [sink for sink in model.get_sinks() if _layer_of(sink) < layer]
    return openvino.Model(
        [op.result(_state_after(model, layer))], sinks, model.get_parameters(), "lower"
    )


def upper_part(model: Any, layer: int) -> Any:
    """Return a model that makes of that state the logits of the token behind the last."""
    import openvino
    from openvino import opset13 as op

    state = _state_after(model, layer)
    size = state.get_partial_shape()[_STATE - 1].get_length()
    given = op.parameter([-1, -1, size], np.float32, name=_HIDDEN)
    given.output(0).get_tensor().set_names({_HIDDEN})
    for taker in list(state.get_target_inputs()):
        taker.replace_source_output(given.output(0))
    # How much was read is told by the first layer that holds something: now it is another.
    past = {_layer_of(node): node for node in _read_values(model)}
    for taker in _gathered(past[0]).get_target_inputs():
        if taker.get_node().get_type_name() == "ShapeOf":
            taker.replace_source_output(_gathered(past[layer]))
    [logits] = model.get_results()
    head = logits.input_value(0).get_node()
    last = op.gather(head.input_value(0), op.constant(np.int32(-1)), op.constant(np.int32(1)))
    head.input(0).replace_source_output(last.output(0))
    sinks = [sink for sink in model.get_sinks() if _layer_of(sink) >= layer]
    return openvino.Model([logits], sinks, [*model.get_parameters(), given], "upper")


def _state_after(model: Any, layer: int) -> Any:
    """Return where a model has its hidden state after a layer."""
    head = model.get_results()[0].input_value(0).get_node()
    size = head.input_value(0).get_partial_shape()[_STATE - 1].get_length()
    added = [node for node in model.get_ordered_ops() if _adds(node, size)]
    if len(added) <= _ADDS * layer:
        raise ValueError(f"the model has no layer above {layer}")
    return added[_ADDS * layer - 1].output(0)


def _adds(node: Any, size: int) -> bool:
    """Whether a node adds to the hidden state, which then is both normalised and gone on with; a
    bias is added to what nobody else takes.
    """
    shape = node.get_output_partial_shape(0)
    taken = len(node.output(0).get_target_inputs()) > 1
    if node.get_type_name() != "Add" or not taken or shape.rank.is_dynamic or len(shape) != _STATE:
        return False
    return bool(shape[_STATE - 1].is_static and shape[_STATE - 1].get_length() == size)


def _read_values(model: Any) -> Iterator[Any]:
    """Yield the nodes that read what the layers hold of the keys."""
    for node in model.get_ordered_ops():
        if node.get_type_name() == "ReadValue" and _name_of(node).endswith(".key"):
            yield node


def _gathered(read: Any) -> Any:
    """Return what is held of the texts that go on."""
    [taker] = read.output(0).get_target_inputs()
    return taker.get_node().output(0)


def _name_of(node: Any) -> str:
    """Return what a node reads or writes, such as past_key_values.3.key."""
    return str(node.get_variable_id()).partition("present")[0]


def _layer_of(node: Any) -> int:
    return int(_name_of(node).split(".")[1])
