"""A language model in OpenVINO's format, read and written token by token.

OpenVINO GenAI, whose tokenizer this uses, runs the same files and does not tell the hidden state,
which knows better than the words whether evidence answers a question (``rag.probe``).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from rag.layers import Array, open_layers
from rag.reader import Reader, Tokens

_CHINESE = re.compile(rb"[\xe3-\xe9\xef]")  # what its characters and full stops begin with in UTF-8

_AT_ONCE = 3  # texts that two cores write in hardly more time than one of them


class Decoder:
    """One model, which writes a few texts at a time; no thread may come between.

    It is given its reader, and GenAI's tokenizer and ``streamer`` class; ``open_decoder`` has them.
    """

    def __init__(self, reader: Reader, tokenizer: Any, streamer: Any) -> None:
        self._reader = reader
        self._tokenizer = tokenizer
        self._streamer = streamer

    def tokens(self, messages: Sequence[Mapping[str, Any]]) -> Tokens:
        """Return a conversation, by the model's own template, as the tokens of a prompt."""
        prompt = self._tokenizer.apply_chat_template(list(messages), add_generation_prompt=True)
        encoded = self._tokenizer.encode(prompt, add_special_tokens=False)
        return [int(token) for token in encoded.input_ids.data.ravel()]

    def text(self, token: int) -> str:
        """Return a token's text."""
        return str(self._tokenizer.decode([token], skip_special_tokens=False))

    def state(self, tokens: Tokens) -> Array:
        """Read a prompt; return the hidden state of its last token, of the shape (size,)."""
        return self._reader.state(tokens)

    def logits(self, tokens: Tokens) -> Array:
        """Read a prompt; return the logits of the token behind it, of the shape (vocabulary,)."""
        return self._reader.logits(tokens)

    def save(self, path: Path, said: str) -> None:
        """Write what is kept of prompts to a file; ``said`` tells of what. Raises OSError."""
        self._reader.save(path, said)

    def load(self, path: Path) -> None:
        """Keep what was saved, so that it need not be read again. Raises OSError or ValueError."""
        self._reader.load(path)

    def write(
        self, prompts: Sequence[Tokens], most: int, *, latin: bool = False
    ) -> Iterator[tuple[int, str | None]]:
        """Read prompts and yield what the likeliest next token adds to the text behind one, with
        the place of that prompt, once for each of ``most`` tokens of a text, or fewer; and None
        where the text has come to its end. In a ``latin`` text no token is Chinese.

        A few texts are written side by side, which takes hardly longer than one of them. The first
        words of the first one come before the others are read.
        """
        barred = self._chinese if latin else []
        ends = self._tokenizer.get_eos_token_id()
        waiting = list(enumerate(prompts))
        texts: list[_Text] = []
        begun = False
        while waiting or texts:
            if waiting and len(texts) < (_AT_ONCE if begun else 1):
                place, prompt = waiting.pop(0)
                read = self._reader.logits_beside if texts else self._reader.logits
                first = _likeliest(read(prompt), barred)
                texts.append(_Text(place, first, self._tokenizer, self._streamer))
            told = [text for text in texts if text.next != ends]
            for text in told:
                text.write()
            going = [text for text in told if text.count < most]
            if going:
                logits = self._reader.go_on([text.next for text in texts])
            for row, text in enumerate(texts):
                text.next = _likeliest(logits[row], barred) if text in going else ends
                if text in told:
                    piece = text.told(ended=text.next == ends)
                    begun = begun or bool(piece)
                    yield text.place, piece
                if text.next == ends:
                    yield text.place, None
            left = [row for row, text in enumerate(texts) if text.next != ends]
            if left and len(left) < len(texts):
                self._reader.hold(left)
            texts = [texts[row] for row in left]

    @cached_property
    def _chinese(self) -> Tokens:
        """The tokens with a character, or the beginning of one, that Chinese is written in."""
        return [at for text, at in self._tokenizer.get_vocab().items() if _CHINESE.search(text)]


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
    return Decoder(Reader(lower, upper), tokenizer, openvino_genai.TextStreamer)


def _likeliest(logits: Array, barred: Tokens) -> int:
    logits[barred] = -np.inf
    return int(logits.argmax())
