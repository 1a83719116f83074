"""Questions that reports answer, and others that they come near without an answer."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index import paths, store
from index.bridge import Bridge
from index.build import build, is_current
from index.embed import Embedder

if TYPE_CHECKING:
    from rag import Assistant

TOLD = Path(__file__).with_name("told.tsv")
BUNDLED = paths.BUNDLED_REPORT.stem
OTHERS = {
    path.stem: path
    for path in sorted(Path(__file__).with_name("others").iterdir())
    if path.suffix != ".jsonl"
}


@dataclass(frozen=True, slots=True)
class ToldQuestion:
    """Whether the ``report`` with this name has ``told`` the answer."""

    split: str
    report: str
    language: str
    told: bool
    question: str


def load_told_questions(report: str, split: str = "all", path: Path = TOLD) -> list[ToldQuestion]:
    """Read the questions on a report of a split, "dev" or "held-out"; by default all of them."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        ToldQuestion(
            row["split"], row["report"], row["language"], row["told"] == "yes", row["question"]
        )
        for row in rows
        if row["report"] == report and split in ("all", row["split"])
    ]


def open_others(embedder: Embedder) -> "dict[str, Assistant]":
    """Open the reports of other companies, by name, without a language model; their indexes are
    made where they are not there yet, beside the bundled report's.
    """
    from rag import Assistant
    from rag.retrieve import Retriever

    opened = {}
    for name, file in OTHERS.items():
        folder = paths.cache_folder() / "index" / f"{embedder.name}-{name}"
        current = is_current(file, folder, embedder.name)
        index = store.load(folder, embedder.name) if current else build(file, folder, embedder)
        bridge = Bridge(index.keywords.vocabulary)
        opened[name] = Assistant(Retriever(index, embedder, bridge), None)
    return opened
