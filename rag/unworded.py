"""What is answered without a model wording it: figures, quotes, and where the report is silent."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.store import Index
from rag.answer import Answer
from rag.codes import rows_with_code
from rag.contact_evidence import contact_evidence, told_beside
from rag.coverage import Coverage
from rag.evidence import Evidence, joined
from rag.figures import answer_from_figures
from rag.likelihood import EVEN, UNLIKELY, likelihood, stands_out
from rag.listed import listed_sum
from rag.premise import corrects_year
from rag.profile import profile
from rag.question import Question
from rag.quoting import Quoter
from rag.ranges import row_of_scale
from rag.ratios import lacks_ratio
from rag.retrieve import Hit
from rag.rows import FigureAnswer, Table
from rag.scope import find_silence, find_stranger, names_a_row, unlikely
from rag.several import Part, Several
from rag.shortfall import beside_the_point, leaves_out
from rag.silence import PARTLY_GIVEN, Silence, unless_worked_out

_NOT_GIVEN = Silence("not-given")


@dataclass(frozen=True, slots=True)
class Found:
    """What is found for a question: hits, the evidence chosen of them, those of its parts, and the
    figure that is worked out of one clear row.
    """

    asked: Question
    hits: Sequence[Hit]
    evidence: Sequence[Evidence]
    coverage: Coverage
    parts: Sequence[Part]
    worked: FigureAnswer | None


@dataclass(frozen=True, slots=True)
class Quotes:
    """An answer that quotes these pieces, to be translated, and what is ``worked`` out of them."""

    pieces: Sequence[Evidence]
    worked: str = ""


class Unworded:
    """Answers of which no model words anything; one that is there translates and judges."""

    def __init__(self, index: Index, quoter: Quoter, several: Several, *, has_model: bool) -> None:
        self._index = index
        self._quoter = quoter
        self._several = several
        self._has_model = has_model

    def certain(self, found: Found) -> Answer | Quotes | None:
        """Answer, or refuse, where that needs no model, or the search alone is sure enough."""
        asked, hits, evidence, coverage = found.asked, found.hits, found.evidence, found.coverage
        stranger = find_stranger(self._index, asked, coverage)
        if stranger is not None:
            return self._quoter.refusal(asked, stranger, evidence)
        told = rows_with_code(self._index, asked.text) or profile(self._index, asked.text)
        if told is not None:
            return Quotes(told) if told else self._not_given(found)
        if figures := self._figures(found):
            return self._quoter.stated(asked, figures)
        if lacks_ratio(Table(self._index), asked):
            return self._not_given(found)
        if row := row_of_scale(self._index, asked, hits, coverage):
            return self._quoter.quotes(asked, [row])
        silence = self._silence(found, evidence)
        contacts = contact_evidence(asked.text, hits, coverage)
        # a phone number is asked for as a figure is, and is none
        if contacts and (silence is None or silence.reason == "no-figure"):
            beside = told_beside(asked.text, self._quoter.best(asked, evidence, coverage))
            return Quotes(joined(beside, contacts))
        probability = likelihood(asked, hits, evidence, coverage)
        if silence is not None:
            if probability < EVEN and silence.reason in PARTLY_GIVEN:  # of something else
                silence = _NOT_GIVEN
            return self._quoter.refusal(asked, silence, evidence)
        if added := listed_sum(asked, evidence, hits):
            pieces, total = added
            pieces = joined(pieces, self._quoter.best(asked, evidence, coverage))
            return Quotes(pieces, worked=total)
        # a language model reads the evidence and may still refuse; without one this decides
        enough = UNLIKELY if self._has_model else EVEN
        likely = probability >= enough or stands_out(hits, evidence)
        if not likely and not names_a_row(Table(self._index), hits, coverage):
            if denials := self._quoter.denials(asked, evidence):
                return Quotes(denials)
            silence = unlikely(asked, probability, evidence, coverage)
            return self._quoter.refusal(asked, silence, evidence)
        return None

    def quoted(self, found: Found) -> Answer | Quotes | None:
        """Quote the evidence, or refuse; None where a model is to judge or to word it."""
        asked, evidence, coverage = found.asked, found.evidence, found.coverage
        # the best of it may have no figure, or none of the year
        best = self._quoter.best(asked, evidence, coverage)
        silence = self._silence(found, best)
        if silence and (not self._has_model or silence.reason == "other-year"):
            return self._quoter.refusal(asked, silence, evidence)
        if not self._has_model and found.worked is not None:
            return self._quoter.stated(asked, found.worked)
        if not self._has_model or corrects_year(asked.text, best):
            return Quotes(self._quoter.whole(asked, evidence, coverage))
        return None

    def _figures(self, found: Found) -> FigureAnswer | None:
        """Return the figures that answer a question, or parts of it, with quotes for the others."""
        asked, parts = found.asked, found.parts
        figures = answer_from_figures(self._index, asked, found.hits, found.coverage)
        if figures is None or len(figures.evidence) < len(parts):  # each part may have its own row
            figures = self._several.figures(asked, parts, figures) or figures
        if figures is not None and not beside_the_point(figures, asked):
            # a follow-up does not ask again what was asked before
            wanted = [] if asked.focus else [part for part, _ in parts]
            if not leaves_out(figures, wanted):
                return figures
        return None if asked.focus else self._several.mixed(asked, parts)

    def _silence(self, found: Found, evidence: Sequence[Evidence]) -> Silence | None:
        silence = find_silence(self._index, found.asked, evidence, found.coverage)
        return unless_worked_out(silence, worked_out=found.worked is not None)

    def _not_given(self, found: Found) -> Answer:
        return self._quoter.refusal(found.asked, _NOT_GIVEN, found.evidence)
