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

_Read = tuple[Tokens, list[Array]]  # what was read; states of the shape (1, head, token, size)

_SHARED = 32  # tokens; prompts that begin alike have so many in common
_AT_ONCE = 3  # texts that two cores write in hardly more time than one of them
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
    """One model, which reads one text at a time and writes a few; no thread may come between.

    It is given OpenVINO's ``request``, its ``tensor`` class, and GenAI's tokenizer and ``streamer``
    class; ``open_decoder`` has them.
    """

    def __init__(self, request: Any, tensor: Any, tokenizer: Any, streamer: Any) -> None:
        self._request = request
        self._tensor = tensor
        self._tokenizer = tokenizer
        self._streamer = streamer
        self._held: list[Tokens] = []  # the tokens that the model has read or written, by text
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
        held = self._held[0] if len(self._held) == 1 else []
        here = min(_common(tokens, held), last)
        kept = max(self._kept, key=lambda each: _common(tokens, each[0]), default=([], []))
        there = min(_common(tokens, kept[0]), last)
        if there > here:
            self._hold([_beginning(kept, there)])
        elif not here:
            self._request.reset_state()
            self._held = [[]]
        elif here < len(held):
            self._hold([_beginning(self._parts()[0], here)])
        [reading] = self._feed([tokens[max(here, there) :]])
        self._keep(kept, there)
        return reading

    def write(self, prompts: Sequence[Tokens], most: int) -> Iterator[tuple[int, str | None]]:
        """Read prompts and yield what the likeliest next token adds to the text behind one, with
        the place of that prompt, once for each of ``most`` tokens of a text, or fewer; and None
        where the text has come to its end.

        A few texts are written side by side, which takes hardly longer than one of them. The first
        begins before the others are read.
        """
        ends = self._tokenizer.get_eos_token_id()
        waiting = list(enumerate(prompts))
        texts: list[_Text] = []
        while waiting or texts:
            if waiting and len(texts) < _AT_ONCE:
                texts.append(self._begin(*waiting.pop(0), beside=bool(texts)))
            told = [text for text in texts if text.next != ends]
            for text in told:
                text.write()
            going = [text for text in told if text.count < most]
            readings = self._feed([[text.next] for text in texts]) if going else []
            for row, text in enumerate(texts):
                text.next = _likeliest(readings[row]) if text in going else ends
                if text in told:
                    yield text.place, text.told(ended=text.next == ends)
                if text.next == ends:
                    yield text.place, None
            left = [row for row, text in enumerate(texts) if text.next != ends]
            if left and len(left) < len(texts):
                parts = self._parts()
                self._hold([parts[row] for row in left])
            texts = [texts[row] for row in left]

    def _begin(self, place: int, prompt: Tokens, *, beside: bool) -> "_Text":
        """Read a prompt whose text is to be written, ``beside`` those that are, or alone."""
        others = self._parts() if beside else []
        token = _likeliest(self.read(prompt))
        if others:
            self._hold([*others, *self._parts()])
        return _Text(place, token, self._tokenizer, self._streamer)

    def _feed(self, texts: Sequence[Tokens]) -> list[Reading]:
        """Go on reading each text that is held, all by as many tokens."""
        held, self._held = self._held, []  # where it fails, nothing is held
        past, count = [len(tokens) for tokens in held], len(texts[0])
        mask = [[0] * (max(past) - each) + [1] * (each + count) for each in past]
        self._request.infer(
            {
                "input_ids": np.array(texts, np.int64),
                "attention_mask": np.array(mask, np.int64),
                "position_ids": np.array([range(each, each + count) for each in past], np.int64),
                "beam_idx": np.arange(len(texts), dtype=np.int32),
            }
        )
        self._held = [tokens + more for tokens, more in zip(held, texts, strict=True)]
        logits, states = (
            self._request.get_output_tensor(at).data.reshape(len(texts), -1).astype(np.float32)
            for at in (0, 1)
        )
        return [Reading(*each) for each in zip(logits, states, strict=True)]

    def _parts(self) -> list[_Read]:
        """Return what is held, text by text."""
        states = [each.state.data for each in self._request.query_state()]
        longest = max(map(len, self._held))
        return [
            (tokens, [state[row : row + 1, :, longest - len(tokens) :].copy() for state in states])
            for row, tokens in enumerate(self._held)
        ]

    def _hold(self, parts: Sequence[_Read]) -> None:
        """Hold what was read of some texts side by side, the shorter ones behind padding."""
        self._held = [tokens for tokens, _ in parts]
        longest = max(map(len, self._held))
        padded = [
            [
                np.pad(state, [(0, 0), (0, 0), (longest - len(tokens), 0), (0, 0)])
                for state in states
            ]
            for tokens, states in parts
        ]
        self._request.reset_state()
        for each, *states in zip(self._request.query_state(), *padded, strict=True):
            each.state = self._tensor(np.concatenate(states))

    def _keep(self, like: _Read, common: int) -> None:
        """Keep what was read of a prompt that begins as none before; of one that does, what both
        begin with.
        """
        if common < _SHARED:
            self._kept = [*self._parts(), *self._kept[: _KEPT - 1]]
        else:
            others = [each for each in self._kept if each[0] is not like[0]]
            self._kept = [_beginning(like, common), *others]


class _Text:
    """A text that is being written: the place of its prompt, and the ``next`` token of it."""

    def __init__(self, place: int, first: int, tokenizer: Any, streamer: Any) -> None:
        self.place = place
        self.next = first
        self.count = 0
        self._pieces: list[str] = []
        self._streamer = streamer(tokenizer, self._hear)

    def write(self) -> None:
        self._streamer.write(self.next)
        self.count += 1

    def told(self, *, ended: bool) -> str:
        """Return what is new of the text, as far as its characters are whole."""
        if ended:
            self._streamer.end()
        said = "".join(self._pieces)
        self._pieces.clear()
        return said

    def _hear(self, piece: str) -> bool:
        self._pieces.append(piece)
        return False  # goes on


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


def _likeliest(reading: Reading) -> int:
    return int(reading.logits.argmax())


def _beginning(read: _Read, count: int) -> _Read:
    """Return what was read of a text's first tokens."""
    tokens, states = read
    return tokens[:count], [np.ascontiguousarray(state[:, :, :count]) for state in states]


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
