"""Index loose texts, so that public sets of questions can be asked of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from eval.intervals import estimate
from eval.metrics import Span
from eval.summary import Row
from eval.table import Rows, cell

if TYPE_CHECKING:
    from index.embed import Embedder
    from rag.assistant import Assistant
    from rag.llm import LanguageModel

Item = TypeVar("Item")
_BLOCK = 4  # lines a text takes: a heading, a blank line, the text, a blank line
Scores = dict[str, Row]  # what was asked -> measure -> estimate


@dataclass(frozen=True, slots=True)
class Models:
    """What the texts are embedded and the questions answered with."""

    embedder: "Embedder"
    llm: "LanguageModel | None"

    @classmethod
    def open(cls, llm: str | None = None) -> "Models":
        """Take those of the settings; ``llm`` takes the place of RAG_LLM."""
        from index.embed import open_embedder
        from rag.llm import open_llm
        from rag.settings import read_settings

        settings = read_settings(llm)
        return cls(open_embedder(settings.embedder, settings.cache), open_llm(settings))


def index_texts(
    texts: Sequence[str], folder: Path, models: Models, *, progress: bool = False
) -> "Assistant":
    """Index each text as a section of one Markdown file, and open an assistant over it."""
    from index.bridge import Bridge
    from index.build import build
    from rag.assistant import Assistant
    from rag.retrieve import Retriever

    source = folder / "texts.md"
    folder.mkdir(parents=True, exist_ok=True)
    # headings of no word, so that nothing but the text itself is searched; two alike in a row
    # would be one section that goes on
    marked = zip(cycle("¶§"), texts, strict=False)
    blocks = (f"# {mark}\n\n{_one_line(text)}\n\n" for mark, text in marked)
    source.write_text("".join(blocks), encoding="utf-8")
    index = build(source, folder / "index", models.embedder, progress=progress)
    retriever = Retriever(index, models.embedder, Bridge(index.keywords.vocabulary))
    return Assistant(retriever, models.llm)


def span_of(number: int) -> Span:
    """Give the line that text ``number`` (from 0) stands on."""
    line = _BLOCK * number + 3
    return line, line


def _one_line(text: str) -> str:
    return " ".join(text.split()).lstrip("#| ")


def evenly(items: Sequence[Item], limit: int | None) -> list[Item]:
    """Take ``limit`` items at even distances, always the same ones."""
    if limit is None or limit >= len(items):
        return list(items)
    return [items[place * len(items) // limit] for place in range(limit)]


def row(measured: Iterable[tuple[int, Mapping[str, float]]]) -> Row:
    """Estimate each measure; questions on one text (given by number) are resampled together."""
    clusters: dict[str, dict[int, list[float]]] = {}
    for number, measures in measured:
        for name, value in measures.items():
            clusters.setdefault(name, {}).setdefault(number, []).append(value)
    estimates = {name: estimate(list(found.values())) for name, found in clusters.items()}
    return {name: each for name, each in estimates.items() if each}


def score_rows(scores: Scores) -> Rows:
    """What was asked down, measures across; the first row is the header."""
    names = list(dict.fromkeys(name for found in scores.values() for name in found))
    lines = [[label, *(cell(found.get(name)) for name in names)] for label, found in scores.items()]
    return [["", *names], *lines]
