"""How fast the report is indexed and searched, beside the plain way with the same embedder.

The plain way is chunks of 500 characters in one flat FAISS index.
"""

import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TypeVar

import numpy as np

from eval.baseline import cut
from eval.table import Rows
from index.bridge import Bridge
from index.build import build
from index.embed import Embedder, Vectors
from index.paths import BUNDLED_REPORT
from index.report import read_report
from index.vectors import VectorIndex
from rag.question import read_question
from rag.retrieve import Retriever, best_passages

Result = TypeVar("Result")
_K = 8  # passages of a search
_CHANGED = "本公司新增一项与此前各项均不相同的说明。"


def measure_speed(
    embedder: Embedder,
    questions: Sequence[str],
    report: Path = BUNDLED_REPORT,
    torch: Embedder | None = None,
) -> Rows:
    """Index the report both ways, search both for the questions, and index a changed copy; embed
    the same with ``torch``, where it is given beside the model in 8 bit.
    """
    embedder.encode_questions(["1"])  # loads the model
    characters = sum(map(len, read_report(report).lines))
    chunks = [chunk.text for chunk in cut(report)]
    plain_seconds, plain = _timed(
        lambda: VectorIndex.from_vectors(embedder.encode_entries([""] * len(chunks), chunks))
    )
    counted = _Counted(embedder)
    with tempfile.TemporaryDirectory() as temporary:
        folder, copy = Path(temporary) / "index", Path(temporary) / report.name
        copy.write_bytes(report.read_bytes())
        seconds, index = _timed(lambda: build(copy, folder, counted))
        entries, counted.texts = counted.texts, 0
        copy.write_text(_with_a_change(report), encoding="utf-8")
        again, _ = _timed(lambda: build(copy, folder, counted))
    retriever = Retriever(index, embedder, Bridge(index.keywords.vocabulary))

    def search(question: str) -> object:
        return best_passages(retriever.hits(read_question(question).text, len(index.entries)), _K)

    alone, flat, ours = _medians(
        questions,
        lambda question: embedder.encode_questions([question]),
        lambda question: plain.search(embedder.encode_questions([question])[0], _K),
        search,
    )
    beside = _beside(torch, embedder, chunks, questions) if torch else []
    return [
        ["", "plain", "ours", "ours / plain"],
        ["texts embedded", str(len(chunks)), str(entries), f"{entries / len(chunks):.2f}"],
        ["indexing, s", f"{plain_seconds:.1f}", f"{seconds:.1f}", f"{seconds / plain_seconds:.2f}"],
        ["indexing, ms per 1,000 characters", f"{plain_seconds / characters * 1e6:.0f}",
         f"{seconds / characters * 1e6:.0f}", f"{seconds / plain_seconds:.2f}"],
        ["one paragraph changed: texts embedded", "-", str(counted.texts), "-"],
        ["one paragraph changed, s", "-", f"{again:.1f}", f"{again / plain_seconds:.2f}"],
        ["a question embedded, p50 ms", f"{alone * 1000:.1f}", f"{alone * 1000:.1f}", "1.00"],
        ["search, p50 ms", f"{flat * 1000:.1f}", f"{ours * 1000:.1f}", f"{ours / flat:.2f}"],
        ["search / embedding", f"{flat / alone:.2f}", f"{ours / alone:.2f}", "-"],
        *beside,
    ]  # fmt: skip


def _beside(
    torch: Embedder, embedder: Embedder, chunks: Sequence[str], questions: Sequence[str]
) -> Rows:
    """Embed the chunks and the questions with both, one after the other."""
    torch.encode_questions(["1"])
    slow, fast = (
        _timed(partial(each.encode_entries, [""] * len(chunks), chunks))[0]
        for each in (torch, embedder)
    )
    first, second = _medians(
        questions,
        lambda question: torch.encode_questions([question]),
        lambda question: embedder.encode_questions([question]),
    )
    return [
        ["chunks embedded in torch, in 8 bit, s", f"{slow:.1f}", f"{fast:.1f}",
         f"{fast / slow:.2f}"],
        ["a question in torch, in 8 bit, p50 ms", f"{first * 1000:.1f}", f"{second * 1000:.1f}",
         f"{second / first:.2f}"],
    ]  # fmt: skip


class _Counted:
    """An embedder that counts the texts it is given."""

    def __init__(self, embedder: Embedder) -> None:
        self.name = embedder.name
        self.texts = 0
        self._embedder = embedder
        self.encode_questions = embedder.encode_questions
        self.encode_words = embedder.encode_words

    def encode_entries(
        self, titles: Sequence[str], texts: Sequence[str], *, progress: bool = False
    ) -> Vectors:
        """Embed what is searched, and count it."""
        self.texts += len(texts)
        return self._embedder.encode_entries(titles, texts, progress=progress)


def _with_a_change(report: Path) -> str:
    """Return the report with one more sentence behind the longest line, a paragraph."""
    lines = list(read_report(report).lines)
    longest = max(range(len(lines)), key=lambda number: len(lines[number]))
    lines[longest] += _CHANGED
    return "\n".join(lines)


def _medians(questions: Sequence[str], *ways: Callable[[str], object]) -> list[float]:
    """Time every way once for each question, one after another, all of them warm.

    A text of a new length costs the embedder more: the first way runs once without being timed.
    """
    seconds: list[list[float]] = [[] for _ in ways]
    for way in ways:
        way(questions[0])
    for question in questions:
        ways[0](question)
        for way, taken in zip(ways, seconds, strict=True):
            taken.append(_timed(partial(way, question))[0])
    return [float(np.median(taken)) for taken in seconds]


def _timed(work: Callable[[], Result]) -> tuple[float, Result]:
    started = perf_counter()
    result = work()
    return perf_counter() - started, result
