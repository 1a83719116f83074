"""A language model in OpenVINO's format, read and written token by token.

OpenVINO GenAI, whose tokenizer this uses, runs the same files and does not tell the hidden state,
which knows better than the words whether evidence answers a question (``rag.probe``).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]
Tokens = list[int]

_SHARED = 32  # tokens; prompts that begin alike have so many in common
_KEPT = 8  # beginnings of prompts of which what was read is kept
_STATE = 3  # dimensions of the hidden state: text, token, size
_ADDS = 2  # additions to the hidden state that a layer makes


@dataclass(frozen=True, slots=True)
class Reading:
    """What a model makes of the tokens so far: ``logits`` of the next one, of the shape
    (vocabulary,), and its hidden ``state`` after one of its layers.
    """

    logits: Array
    state: Array


class Decoder:
    """One model, which reads and writes one text at a time; no thread may come between.

    It is given OpenVINO's ``request``, its ``tensor`` class, and GenAI's tokenizer and ``streamer``
    class; ``open_decoder`` has them.
    """

    def __init__(self, request: Any, tensor: Any, tokenizer: Any, streamer: Any) -> None:
        self._request = request
        self._tensor = tensor
        self._tokenizer = tokenizer
        self._streamer = streamer
        self._held: Tokens = []  # the tokens that the model has read or written
        self._kept: list[tuple[Tokens, list[Array]]] = []

    def tokens(self, messages: Sequence[Mapping[str, Any]]) -> Tokens:
        """Return a conversation, by the model's own template, as the tokens of a prompt."""
        prompt = self._tokenizer.apply_chat_template(list(messages), add_generation_prompt=True)
        encoded = self._tokenizer.encode(prompt, add_special_tokens=False)
        return [int(token) for token in encoded.input_ids.data.ravel()]

    def text(self, token: int) -> str:
        """Return a token's text."""
        return str(self._tokenizer.decode([token], skip_special_tokens=False))

    def read(self, tokens: Tokens) -> Reading:
        """Read a prompt; what it has in common with an earlier one is not read again."""
        last = len(tokens) - 1  # is read always: it has the logits
        here = min(_common(tokens, self._held), last)
        kept = max(self._kept, key=lambda each: _common(tokens, each[0]), default=([], []))
        there = min(_common(tokens, kept[0]), last)
        if there > here:
            self._set(kept[1], there)
        else:
            self._cut(here)
        self._held = tokens[: max(here, there)]
        reading = self._feed(tokens[len(self._held) :])
        self._keep(tokens, kept, there)
        return reading

    def write(self, tokens: Tokens, most: int) -> Iterator[str]:
        """Read a prompt and yield what the likeliest next token adds to the text, once for each of
        ``most`` tokens, or fewer.
        """
        pieces: list[str] = []

        def hear(piece: str) -> bool:
            pieces.append(piece)
            return False  # goes on

        streamer = self._streamer(self._tokenizer, hear)
        ends = self._tokenizer.get_eos_token_id()
        token = int(self.read(tokens).logits.argmax())
        for count in range(1, most + 1):
            if token == ends:
                return
            streamer.write(token)
            token = int(self._feed([token]).logits.argmax()) if count < most else ends
            if token == ends:
                streamer.end()
            yield "".join(pieces)
            pieces.clear()

    def _feed(self, tokens: Tokens) -> Reading:
        held, self._held = self._held, []  # where it fails, nothing is held
        past, count = len(held), len(tokens)
        self._request.infer(
            {
                "input_ids": np.array([tokens], np.int64),
                "attention_mask": np.ones((1, past + count), np.int64),
                "position_ids": np.arange(past, past + count, dtype=np.int64)[None],
                "beam_idx": np.zeros(1, np.int32),
            }
        )
        self._held = held + tokens
        logits, state = (self._request.get_output_tensor(at).data.ravel() for at in (0, 1))
        return Reading(logits.astype(np.float32), state.astype(np.float32))

    def _cut(self, count: int) -> None:
        """Forget all but the first tokens."""
        if not count:
            self._request.reset_state()
        elif count < len(self._held):
            self._set([each.state.data for each in self._request.query_state()], count)

    def _set(self, states: Sequence[Array], count: int) -> None:
        """Take over what was read of a prompt, up to so many tokens."""
        cut = [np.ascontiguousarray(state[:, :, :count]) for state in states]
        self._request.reset_state()
        for each, state in zip(self._request.query_state(), cut, strict=True):
            each.state = self._tensor(state)

    def _keep(self, tokens: Tokens, like: tuple[Tokens, list[Array]], common: int) -> None:
        """Keep what was read of a prompt that begins as none before; of one that does, what both
        begin with.
        """
        if common < _SHARED:
            states = [each.state.data.copy() for each in self._request.query_state()]
            self._kept = [(tokens, states), *self._kept[: _KEPT - 1]]
            return
        others = [each for each in self._kept if each[0] is not like[0]]
        states = [np.ascontiguousarray(state[:, :, :common]) for state in like[1]]
        self._kept = [(like[0][:common], states), *others]


def open_decoder(folder: Path, layer: int, settings: Mapping[str, Any]) -> Decoder:
    """Open a converted model; ``layer``, counted from 1, is the one whose hidden state is told.

    ``settings`` are OpenVINO's. Raises RuntimeError, or ValueError, where the files or the
    processor will not do.
    """
    import openvino
    import openvino_genai

    core = openvino.Core()
    model = core.read_model(folder / "openvino_model.xml")
    tell_last(model, layer)
    request = core.compile_model(model, "CPU", dict(settings)).create_infer_request()
    tokenizer = openvino_genai.Tokenizer(str(folder))
    return Decoder(request, openvino.Tensor, tokenizer, openvino_genai.TextStreamer)


def _common(tokens: Sequence[int], others: Sequence[int]) -> int:
    """Return with how many tokens both begin."""
    pairs = zip(tokens, others, strict=False)
    differs = (at for at, (one, other) in enumerate(pairs) if one != other)
    return next(differs, min(len(tokens), len(others)))


def tell_last(model: Any, layer: int) -> None:
    """Let a model tell the logits of the last token alone, and its hidden state after a layer."""
    from openvino import opset13 as op

    def last(node: Any) -> Any:
        return op.gather(node, op.constant(np.int32(-1)), op.constant(np.int32(1)))

    head = model.get_results()[0].input_value(0).get_node()
    size = head.input_value(0).get_partial_shape()[_STATE - 1].get_length()
    head.input(0).replace_source_output(last(head.input_value(0)).output(0))
    added = [node for node in model.get_ordered_ops() if _adds(node, size)]
    if len(added) < _ADDS * layer:
        raise ValueError(f"the model has no layer {layer}")
    model.add_results([op.result(last(added[_ADDS * layer - 1].output(0)))])
    model.validate_nodes_and_infer_types()


def _adds(node: Any, size: int) -> bool:
    """Whether a node adds to the hidden state, which then is both normalised and gone on with; a
    bias is added to what nobody else takes.
    """
    shape = node.get_output_partial_shape(0)
    taken = len(node.output(0).get_target_inputs()) > 1
    if node.get_type_name() != "Add" or not taken or shape.rank.is_dynamic or len(shape) != _STATE:
        return False
    return bool(shape[_STATE - 1].is_static and shape[_STATE - 1].get_length() == size)
