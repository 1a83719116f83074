"""A question that asks several things -> an answer to each of its parts."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from index.store import Index
from rag.coverage import Coverage
from rag.evidence import CLEAR_PART, Evidence, choose_evidence, sentences_asked
from rag.figures import answer_from_figures
from rag.likelihood import EVEN, likelihood
from rag.periods import years
from rag.question import Question
from rag.quoting import Quoter
from rag.retrieve import Hit
from rag.rows import FigureAnswer
from rag.scope import find_silence, find_stranger
from rag.shortfall import beside_the_point
from rag.silence import say_silence

# A part of a question that speaks of what another part names.
_LEANS = re.compile(
    r"其|它|他们|她们|这些?|那些?|该|分别|同时|各|^\W*(?:大?约|共)?占"
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

    def stands_alone(self, *, whole: bool) -> bool:
        """Whether it names what it is about; part of a sentence needs more words than a whole."""
        enough = self.coverage.says_something if whole else len(self.coverage.terms) > 1
        return enough and not _LEANS.search(self.asked.text)


class Several:
    """Answers the parts of questions about one report; a model words none of it."""

    def __init__(
        self,
        index: Index,
        coverage: Callable[[Question], Coverage],
        quoter: Quoter,
        *,
        slow: bool = False,
    ) -> None:
        self._index = index
        self._coverage = coverage
        self._quoter = quoter
        self._slow = slow  # whether a model may translate the quotes

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
        """Return figures of some parts as one answer, with quotes for the others, or that the
        report is silent; None where no part has figures, or one leans on another or is in doubt.
        """
        read = self._read(asked, parts)
        sentences = sentences_asked(asked.text)
        alone = (
            part.stands_alone(whole=given in sentences)
            for part, (given, _) in zip(read, parts, strict=True)
        )
        if len(read) < 2 or not all(alone):
            return None
        figures = [self._figures(part) for part in read]
        if not any(found and found.answered for found in figures):
            return None
        said = [
            found or self._quotes(part, given)
            for part, found, (given, _) in zip(read, figures, parts, strict=True)
        ]
        decided = [found for found in said if found is not None]
        return _joined(decided) if len(decided) == len(said) else None

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
        found = answer_from_figures(self._index, part.asked, part.hits, part.coverage)
        return None if found is None or beside_the_point(found, part.asked) else found

    def _quotes(self, part: _Part, given: str) -> FigureAnswer | None:
        """Return quotes for a part, ``given`` in these words, where the search finds clearly what
        answers it, or that the report is silent; None in doubt.
        """
        asked, hits, coverage = part.asked, part.hits, part.coverage
        evidence = choose_evidence(self._index, asked.text, hits)
        best = self._quoter.best(asked, evidence, coverage) if evidence else []
        silent = find_stranger(self._index, asked, coverage) or find_silence(
            self._index, asked, best, coverage
        )
        if silent:
            said = say_silence(silent, (), asked.language)
            between = "：" if asked.language == "zh" else " "
            return FigureAnswer(f"“{given}”{between}{said}", (), answered=False)
        if evidence[0].score < CLEAR_PART or likelihood(asked, hits, evidence, coverage) < EVEN:
            return None
        pieces = [replace(piece, number=number) for number, piece in enumerate(best, 1)]
        return FigureAnswer(self._quoter.text(asked, pieces, slow=self._slow), tuple(pieces))


def _joined(said: Sequence[FigureAnswer]) -> FigureAnswer:
    """Put answers one behind the other, their evidence numbered through."""
    texts: list[str] = []
    pieces: list[Evidence] = []
    for found in said:
        before = len(pieces)
        texts.append(_MARK.sub(lambda m: f"[{int(m[1]) + before}]", found.text))  # noqa: B023
        pieces += [replace(piece, number=piece.number + before) for piece in found.evidence]
    return FigureAnswer("\n\n".join(texts), tuple(pieces))
