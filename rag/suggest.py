"""Questions to ask after an answer, which the tables near its citations answer."""

from collections.abc import Iterator

from index.bridge import Bridge
from index.glossary import to_english
from index.passage import FigureEntry
from index.store import Index
from rag import asked, labels, periods
from rag.answer import Answer
from rag.coverage import Coverage
from rag.figures import answer_from_figures
from rag.question import read_question
from rag.retrieve import Hit

MOST = 3
_NEAR = 3  # passages before and after the cited one whose rows are looked at
_TRIED = 12  # questions tried at most: a few milliseconds each
_FOUND = 3.0  # the fused score of a row that a search finds, as measured
_CHANGE = {
    "zh": "{last}年{label}比{first}年变化了多少？",
    "en": "How did the {label} change from {first} to {last}?",
}
_CELL = {"zh": "{last}年{label}是多少？", "en": "What was the {label} in {last}?"}


def suggestions(index: Index, bridge: Bridge, answer: Answer) -> list[str]:
    """Return up to three questions in the answer's language that table cells answer.

    Each was tried on the row it is about, without a search or a model.
    """
    found: list[str] = []
    for tried, (question, row) in enumerate(_candidates(index, answer)):
        if len(found) == MOST or tried == _TRIED:
            break
        if question not in found and _answers(index, bridge, question, row):
            found.append(question)
    return found


def _candidates(index: Index, answer: Answer) -> Iterator[tuple[str, list[FigureEntry]]]:
    """Yield questions with their rows: years of what is cited, then rows beside it."""
    rows = _rows(index)
    cited = {(c.passage.id, c.quote) for c in answer.citations}
    own = [r for r in rows if (index.passages[r[0].passage].id, r[0].quote) in cited]
    series = asked.change(answer.question) or periods.trend(answer.question)
    for row in [] if series else own:
        yield from _worded(row, _CHANGE, answer.language)
    places = [
        n for n, passage in enumerate(index.passages) if (passage.id in {i for i, _ in cited})
    ]
    said = {r[0].figure.metric for r in own}  # a report may give a figure in two places
    said |= {r[0].figure.metric for r in rows if r[0].figure.metric in answer.text}
    beside = [r for r in rows if r[0].figure.metric not in said and places]
    beside.sort(key=lambda r: min(abs(r[0].passage - place) for place in places))
    for row in beside:
        if min(abs(row[0].passage - place) for place in places) <= _NEAR:
            yield from _worded(row, _CELL, answer.language)


def _rows(index: Index) -> list[list[FigureEntry]]:
    """Return the rows of all tables, each with its cells by year; those of one place only."""
    rows: dict[tuple[int, int], list[FigureEntry]] = {}
    for entry in index.figures:
        rows.setdefault((entry.passage, entry.figure.line), []).append(entry)
    return [
        sorted(row, key=lambda entry: entry.figure.period)
        for row in rows.values()
        if len({entry.figure.scope for entry in row}) == 1 and row[0].figure.period
    ]


def _worded(
    row: list[FigureEntry], forms: dict[str, str], language: str
) -> Iterator[tuple[str, list[FigureEntry]]]:
    figure = row[-1].figure
    if labels.group(row[-1]) and figure.group == "":
        return  # "by gender, male" says not of what
    label = f"{figure.group}{figure.metric}"
    named = label if language == "zh" else to_english(label)
    if named and (forms is _CELL or len(row) > 1):
        first = row[0].figure.period
        yield forms[language].format(label=named, first=first, last=figure.period), row


def _answers(index: Index, bridge: Bridge, question: str, row: list[FigureEntry]) -> bool:
    """Whether the row answers the question, were it found."""
    read = read_question(question, (), index.manifest.year)
    coverage = Coverage(read.text, bridge, index.keywords, index.manifest.names)
    hits = [
        Hit(entry, index.passages[entry.passage], _FOUND, 0.0, 0.0)
        for entry in index.entries
        if entry.passage == row[0].passage and entry.lines[0] == row[0].figure.line and entry.quote
    ]
    answer = answer_from_figures(index, read, hits, coverage)
    return answer is not None and answer.answered
