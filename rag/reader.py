"""What a model reads of prompts: each as far as nobody has read it before, several side by side."""

import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from rag.layers import Array, Layers

Tokens = list[int]

_NOTHING: Array = np.zeros((1, 0, 1), np.float32)
_SHARED = 32  # tokens; prompts that begin alike have so many in common
_SAID = "said"  # in a file, what it is that was read
_DAMAGED = (ValueError, KeyError, BadZipFile, EOFError)
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

    def saved(self, number: int) -> dict[str, Array]:
        """Return it as arrays, each with a name for a file that holds several of it."""
        return {
            f"tokens {number}": np.array(self.tokens),
            f"lower {number}": np.stack(self.lower),
            f"upper {number}": np.stack(self.upper),
            f"hidden {number}": self.hidden,
        }

    @classmethod
    def of(cls, saved: Mapping[str, Array], number: int) -> "_Read":
        """Return what was ``saved``. Raises KeyError."""
        tokens: Tokens = saved[f"tokens {number}"].tolist()
        lower, upper = saved[f"lower {number}"], saved[f"upper {number}"]
        return cls(tokens, list(lower), list(upper), saved[f"hidden {number}"])


def told_of(path: Path) -> str:
    """Return of what a saved file tells; "" where there is none, or it is damaged."""
    with suppress(OSError, *_DAMAGED), path.open("rb") as opened:
        return str(np.load(opened, allow_pickle=False)[_SAID])
    return ""


class Reader:
    """Lets the ``lower`` and ``upper`` layers of one model read; no thread may come between.

    Some texts are held side by side, one behind each prompt, to be gone on with.
    """

    def __init__(self, lower: Layers, upper: Layers) -> None:
        self._lower = lower
        self._upper = upper
        self._held: list[Tokens] = []  # the tokens that the model has read or written, by text
        self._hidden = _NOTHING  # the states of those that the upper layers have not read
        self._kept: list[_Read] = []

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

    def logits_beside(self, tokens: Tokens) -> Array:
        """Read a prompt, of which the text is held behind the others; return its logits."""
        others = self._read()
        logits = self.logits(tokens)
        self._hold([*others, *self._read()])
        return logits

    def go_on(self, tokens: Tokens) -> Array:
        """Read the next token of each text that is held; return the logits of those behind, of the
        shape (text, vocabulary).
        """
        self._feed([[token] for token in tokens])
        return self._logits()

    def hold(self, texts: Sequence[int]) -> None:
        """Hold some of the texts alone, named by their places."""
        read = self._read()
        self._hold([read[place] for place in texts])

    def save(self, path: Path, said: str) -> None:
        """Write what is kept to a file, for other readers of the same model; ``said`` tells of
        what. Raises OSError.
        """
        arrays: dict[str, Any] = {_SAID: np.array(said)}
        shared = [each for each in self._kept if len(each.tokens) >= _SHARED]
        for number, each in enumerate(shared):
            arrays |= each.saved(number)
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            made = Path(folder) / path.name
            np.savez(made, **arrays)
            made.replace(path)

    def load(self, path: Path) -> None:
        """Keep what another reader of the model has written to a file.

        Raises OSError, or ValueError where it is no such file, or of another model.
        """
        try:
            with path.open("rb") as opened:
                file = np.load(opened, allow_pickle=False)
                count = (len(file.files) - 1) // len(fields(_Read))
                kept = [_Read.of(file, number) for number in range(count)]
        except _DAMAGED as error:
            raise ValueError(f"{path} is damaged") from error
        layers = len(self._lower.held()), len(self._upper.held())
        if any((len(each.lower), len(each.upper)) != layers for each in kept):
            raise ValueError(f"{path} is of another model")
        self._kept = kept

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
