"""A language model in OpenVINO's format, read and written token by token.

OpenVINO GenAI, whose tokenizer this uses, runs the same files and does not tell the hidden state,
which knows better than the words whether evidence answers a question (``rag.probe``).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from rag.layers import Array, Layers, open_layers

Tokens = list[int]

_CHINESE = re.compile(rb"[\xe3-\xe9\xef]")  # what its characters and full stops begin with in UTF-8

_NOTHING: Array = np.zeros((1, 0, 1), np.float32)
_SHARED = 32  # tokens; prompts that begin alike have so many in common
_AT_ONCE = 3  # texts that two cores write in hardly more time than one of them
_KEPT = 8  # beginnings of prompts of which what was read is kept


@dataclass(frozen=True, slots=True)
class _Read:
    """What the layers hold of a text that was read: of all its ``tokens`` the lower ones, the upper
    ones not of the last tokens, of which there are the ``hidden`` states.
    """

    tokens: Tokens
    lower: list[Array]
    upper: list[Array]
    hidden: Array

    def beginning(self, count: int) -> "_Read":
        """Return the same of the first tokens."""
        above = len(self.tokens) - self.hidden.shape[1]
        return _Read(
            self.tokens[:count],
            [state[:, :, :count].copy() for state in self.lower],
            [state[:, :, :count].copy() for state in self.upper],
            self.hidden[:, : max(0, count - above)].copy(),
        )


class Decoder:
    """One model, which reads one text at a time and writes a few; no thread may come between.

    It is given its ``lower`` and ``upper`` layers, and GenAI's tokenizer and ``streamer`` class;
    ``open_decoder`` has them.
    """

    def __init__(self, lower: Layers, upper: Layers, tokenizer: Any, streamer: Any) -> None:
        self._lower = lower
        self._upper = upper
        self._tokenizer = tokenizer
        self._streamer = streamer
        self._held: list[Tokens] = []  # the tokens that the model has read or written, by text
        self._hidden = _NOTHING  # the states of those that the upper layers have not read
        self._kept: list[_Read] = []

    def tokens(self, messages: Sequence[Mapping[str, Any]]) -> Tokens:
        """Return a conversation, by the model's own template, as the tokens of a prompt."""
        prompt = self._tokenizer.apply_chat_template(list(messages), add_generation_prompt=True)
        encoded = self._tokenizer.encode(prompt, add_special_tokens=False)
        return [int(token) for token in encoded.input_ids.data.ravel()]

    def text(self, token: int) -> str:
        """Return a token's text."""
        return str(self._tokenizer.decode([token], skip_special_tokens=False))

    def state(self, tokens: Tokens) -> Array:
        """Read a prompt; return the hidden state of its last token, of the shape (size,).

        What the prompt has in common with an earlier one is not read again.
        """
        last = len(tokens) - 1  # is read always: it has the state
        held = self._held[0] if len(self._held) == 1 else []
        here = min(_common(tokens, held), last)
        kept = max(self._kept, key=lambda each: _common(tokens, each.tokens), default=None)
        there = min(_common(tokens, kept.tokens), last) if kept else 0
        if kept and there > here:
            self._hold([kept.beginning(there)])
        elif not here:
            self._hold([])
        elif here < len(held):
            self._hold([self._read()[0].beginning(here)])
        self._feed([tokens[max(here, there) :]])
        self._keep(kept, there)
        state: Array = self._hidden[0, -1]
        return state

    def logits(self, tokens: Tokens) -> Array:
        """Read a prompt; return the logits of the token behind it, of the shape (vocabulary,)."""
        self.state(tokens)
        logits: Array = self._logits()[0]
        return logits

    def write(
        self, prompts: Sequence[Tokens], most: int, *, latin: bool = False
    ) -> Iterator[tuple[int, str | None]]:
        """Read prompts and yield what the likeliest next token adds to the text behind one, with
        the place of that prompt, once for each of ``most`` tokens of a text, or fewer; and None
        where the text has come to its end. In a ``latin`` text no token is Chinese.

        A few texts are written side by side, which takes hardly longer than one of them. The first
        begins before the others are read.
        """
        barred = self._chinese if latin else []
        ends = self._tokenizer.get_eos_token_id()
        waiting = list(enumerate(prompts))
        texts: list[_Text] = []
        while waiting or texts:
            if waiting and len(texts) < _AT_ONCE:
                texts.append(self._begin(*waiting.pop(0), barred, beside=bool(texts)))
            told = [text for text in texts if text.next != ends]
            for text in told:
                text.write()
            going = [text for text in told if text.count < most]
            if going:
                self._feed([[text.next] for text in texts])
                logits = self._logits()
            for row, text in enumerate(texts):
                text.next = _likeliest(logits[row], barred) if text in going else ends
                if text in told:
                    yield text.place, text.told(ended=text.next == ends)
                if text.next == ends:
                    yield text.place, None
            left = [row for row, text in enumerate(texts) if text.next != ends]
            if left and len(left) < len(texts):
                read = self._read()
                self._hold([read[row] for row in left])
            texts = [texts[row] for row in left]

    def _begin(self, place: int, prompt: Tokens, barred: Tokens, *, beside: bool) -> "_Text":
        """Read a prompt whose text is to be written, ``beside`` those that are, or alone."""
        others = self._read() if beside else []
        token = _likeliest(self.logits(prompt), barred)
        if others:
            self._hold([*others, *self._read()])
        return _Text(place, token, self._tokenizer, self._streamer)

    @cached_property
    def _chinese(self) -> Tokens:
        """The tokens with a character, or the beginning of one, that Chinese is written in."""
        return [at for text, at in self._tokenizer.get_vocab().items() if _CHINESE.search(text)]

    def _feed(self, texts: Sequence[Tokens]) -> None:
        """Let the lower layers go on reading each text that is held, all by as many tokens."""
        held = self._held or [[]]
        waiting = self._hidden
        self._held = []  # where it fails, nothing is held
        hidden = self._lower.read(_inputs([len(tokens) for tokens in held], texts))
        self._hidden = np.concatenate([waiting, hidden], axis=1) if waiting.size else hidden
        self._held = [tokens + more for tokens, more in zip(held, texts, strict=True)]

    def _logits(self) -> Array:
        """Let the upper layers read what they have not; return the logits of each text's next
        token, of the shape (text, vocabulary).
        """
        held, count = self._held, self._hidden.shape[1]
        self._held = []
        left = [tokens[-count:] for tokens in held]
        past = [len(tokens) - count for tokens in held]
        logits = self._upper.read(_inputs(past, left), self._hidden)
        self._held, self._hidden = held, _NOTHING
        if len(held) == 1:
            self._keep_above()
        return logits.reshape(len(held), -1)

    def _read(self) -> list[_Read]:
        """Return what is held, text by text."""
        longest = max(map(len, self._held))

        def row_of(states: list[Array], row: int, count: int) -> list[Array]:
            return [state[row : row + 1, :, longest - count :].copy() for state in states]

        lower, upper = self._lower.held(), self._upper.held()
        return [
            _Read(
                tokens,
                row_of(lower, row, len(tokens)),
                row_of(upper, row, len(tokens)),
                self._hidden[row : row + 1].copy(),
            )
            for row, tokens in enumerate(self._held)
        ]

    def _hold(self, texts: Sequence[_Read]) -> None:
        """Hold what was read of some texts side by side, the shorter ones behind padding; several
        have to be read by all layers.
        """
        self._held = [text.tokens for text in texts]
        self._hidden = texts[0].hidden if len(texts) == 1 else _NOTHING
        longest = max(map(len, self._held), default=0)

        def padded(states: list[Array], count: int) -> list[Array]:
            lacks = [(0, 0), (0, 0), (longest - count, 0), (0, 0)]
            return [np.pad(state, lacks) for state in states]

        lower = [padded(text.lower, len(text.tokens)) for text in texts]
        upper = [padded(text.upper, len(text.tokens)) for text in texts]
        for layers, states in ((self._lower, lower), (self._upper, upper)):
            layers.hold([np.concatenate(rows) for rows in zip(*states, strict=True)])

    def _keep(self, like: _Read | None, common: int) -> None:
        """Keep what was read of a prompt that begins as none before; of one that does, what both
        begin with.
        """
        if like is None or common < _SHARED:
            self._kept = [*self._read(), *self._kept[: _KEPT - 1]]
        else:
            others = [each for each in self._kept if each is not like]
            self._kept = [like.beginning(common), *others]

    def _keep_above(self) -> None:
        """Keep of what is kept, where it is held, what the upper layers have read of it too."""
        [held] = self._held
        for place, each in enumerate(self._kept):
            count = len(each.tokens)
            if each.hidden.size and held[:count] == each.tokens:
                self._kept[place] = self._read()[0].beginning(count)


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
    import openvino_genai

    lower, upper = open_layers(folder / "openvino_model.xml", layer, settings)
    tokenizer = openvino_genai.Tokenizer(str(folder))
    return Decoder(lower, upper, tokenizer, openvino_genai.TextStreamer)


def _inputs(past: Sequence[int], texts: Sequence[Tokens]) -> dict[str, npt.NDArray[Any]]:
    """Return what layers are given that have read so many tokens of each text, to go on."""
    count, longest = len(texts[0]), max(past)
    mask = [[0] * (longest - each) + [1] * (each + count) for each in past]
    return {
        "input_ids": np.array(texts, np.int64),
        "attention_mask": np.array(mask, np.int64),
        "position_ids": np.array([range(each, each + count) for each in past], np.int64),
        "beam_idx": np.arange(len(texts), dtype=np.int32),
    }


def _common(tokens: Sequence[int], others: Sequence[int]) -> int:
    """Return with how many tokens both begin."""
    pairs = zip(tokens, others, strict=False)
    differs = (at for at, (one, other) in enumerate(pairs) if one != other)
    return next(differs, min(len(tokens), len(others)))


def _likeliest(logits: Array, barred: Tokens) -> int:
    logits[barred] = -np.inf
    return int(logits.argmax())
