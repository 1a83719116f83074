"""A question that asks several things -> an answer to each of its parts."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from index.store import Index
from rag.coverage import Coverage
from rag.draft import quoted
from rag.evidence import CLEAR_PART, Evidence, choose_evidence
from rag.figures import answer_from_figures
from rag.likelihood import EVEN, likelihood
from rag.periods import years
from rag.question import Question
from rag.quoting import Quoter
from rag.retrieve import Hit
from rag.rows import FigureAnswer
from rag.scope import find_silence, find_stranger

# A part of a question that speaks of what another part names.
_LEANS = re.compile(
    r"其|它|他们|她们|这些?|那些?|该|分别|同时|各"
    r"|\b(?:that|this|these|those|it|its|he|she|his|her|they|them|their|one|ones|each|both)\b",
    re.IGNORECASE,
)
_AMONG = re.compile(r"其中|\bof (?:them|these|those|which|whom)\b", re.IGNORECASE)
_MARK = re.compile(r"\[(\d+)\]")

Part = tuple[str, Sequence[Hit]]


@dataclass(frozen=True, slots=True)
class _Part:
    """A part as a question by itself, with what the search finds for it."""

    asked: Question
    hits: Sequence[Hit]
    coverage: Coverage

    @property
    def stands_alone(self) -> bool:
        """Whether it names what it is about."""
        return len(self.coverage.terms) > 1 and not _LEANS.search(self.asked.text)


class Several:
    """Answers the parts of questions about one report without a model."""

    def __init__(
        self, index: Index, coverage: Callable[[Question], Coverage], quoter: Quoter
    ) -> None:
        self._index = index
        self._coverage = coverage
        self._quoter = quoter

    def figures(
        self, asked: Question, parts: Sequence[Part], whole: FigureAnswer | None
    ) -> FigureAnswer | None:
        """Return the figures of all parts as one answer; None where cells do not clearly give each
        of them, or one part leans on another.

        ``whole`` is the answer to all of it: it is that of a part "how many of them are ...".
        """
        said: list[FigureAnswer] = []
        for part in self._read(asked, parts):
            among = _AMONG.search(part.asked.text) is not None
            if not part.coverage.terms or _LEANS.search(_AMONG.sub(" ", part.asked.text)):
                return None
            found = whole if among else self._figures(part)
            if found is None or not found.answered:
                return None
            lines = {piece.lines for before in said for piece in before.evidence}
            if among and {piece.lines for piece in found.evidence} & lines:
                return None
            said.append(found)
        return _joined(said) if said else None

    def mixed(self, asked: Question, parts: Sequence[Part]) -> FigureAnswer | None:
        """Return figures of some parts and quotes for the others as one answer; None where no part
        has figures, or some part has neither, or leans on another.
        """
        read = self._read(asked, parts)
        if len(read) < 2 or not all(part.stands_alone for part in read):
            return None
        figures = [self._figures(part) for part in read]
        if not any(figures):
            return None
        said = [found or self._quotes(part) for part, found in zip(read, figures, strict=True)]
        answered = [found for found in said if found is not None and found.answered]
        return _joined(answered) if len(answered) == len(said) else None

    def _read(self, asked: Question, parts: Sequence[Part]) -> list[_Part]:
        """Read each part as a question; a year that the whole one names once is that of all."""
        named = years(asked.text)
        year = f" {named[0]}" if len(named) == 1 else ""
        questions = [
            replace(asked, text=part if years(part) else f"{part}{year}") for part, _ in parts
        ]
        found = zip(questions, parts, strict=True)
        return [_Part(question, hits, self._coverage(question)) for question, (_, hits) in found]

    def _figures(self, part: _Part) -> FigureAnswer | None:
        return answer_from_figures(self._index, part.asked, part.hits, part.coverage)

    def _quotes(self, part: _Part) -> FigureAnswer | None:
        """Return quotes for a part that the search finds clearly, and that they answer."""
        asked, hits, coverage = part.asked, part.hits, part.coverage
        evidence = choose_evidence(self._index, asked.text, hits)
        if not evidence or evidence[0].score < CLEAR_PART:
            return None
        best = self._quoter.best(asked, evidence, coverage)
        silent = find_stranger(self._index, asked, coverage) or find_silence(
            self._index, asked, best, coverage
        )
        if silent or likelihood(asked, hits, evidence, coverage) < EVEN:
            return None
        pieces = [replace(piece, number=number) for number, piece in enumerate(best, 1)]
        return FigureAnswer(quoted(pieces, asked.language), tuple(pieces))


def _joined(said: Sequence[FigureAnswer]) -> FigureAnswer:
    """Put answers one behind the other, their evidence numbered through."""
    texts: list[str] = []
    pieces: list[Evidence] = []
    for found in said:
        before = len(pieces)
        texts.append(_MARK.sub(lambda m: f"[{int(m[1]) + before}]", found.text))  # noqa: B023
        pieces += [replace(piece, number=piece.number + before) for piece in found.evidence]
    return FigureAnswer("\n\n".join(texts), tuple(pieces))
