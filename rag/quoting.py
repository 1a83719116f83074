"""Answers made of evidence as it stands: quotes, figures already worked out, and refusals."""

from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import chain

from index.store import Index
from index.terms import tokens
from rag import periods
from rag.answer import Answer, Check, Later
from rag.compose import adds, best_quotes, compose, extract, refuse, with_lists, with_near
from rag.counted import asks_count, tells_count
from rag.coverage import Coverage
from rag.demands import bearing
from rag.denying import denying
from rag.draft import quoted
from rag.evidence import Evidence, asks_list, question_parts
from rag.gloss import terms_note
from rag.llm import LanguageModelError
from rag.question import Question
from rag.rows import FigureAnswer
from rag.siblings import of_kind_asked
from rag.silence import Silence
from rag.support import Support
from rag.telling import telling
from rag.translate import MOST_TRANSLATED, Translator
from rag.wording import notes
from rag.writing import Draft, Written

MOST_ADDED = 2  # quotes behind a draft of which some part failed


class Quoter:
    """Makes answers about one report in which no model words anything but translations."""

    def __init__(self, index: Index, translator: Translator, support: Support) -> None:
        self._index = index
        self._translator = translator
        self._support = support

    def quotes(
        self,
        asked: Question,
        evidence: Sequence[Evidence],
        checks: Sequence[Check] = (),
        *,
        worked: str = "",
        slow: bool = False,
    ) -> Answer:
        """Answer with quotes, and with what was ``worked`` out of them behind them.

        An English reader gets them in translation, as far as it is verified; the model only
        translates where it may be ``slow``.
        """
        said = self._in_english(asked, evidence, slow=slow)
        chosen = {(piece.passage.id, piece.quote) for piece in evidence}
        cells = [
            cell
            for cell in self._index.figures
            if cell.figure.note and (self._index.passages[cell.passage].id, cell.quote) in chosen
        ]
        added = [worked, notes(cells, asked.language).strip()]
        if asked.language == "en":
            added.append(terms_note([p.quote for p in evidence if p.number not in said]))
        return extract(
            asked,
            evidence,
            *checks,
            said=said,
            translations=self.translations(asked, evidence),
            note="\n\n".join(filter(None, added)),
        )

    def text(self, asked: Question, evidence: Sequence[Evidence], *, slow: bool = False) -> str:
        """Quote the evidence, for an English reader in translation as in ``quotes``."""
        said = self._in_english(asked, evidence, slow=slow)
        text = quoted(evidence, asked.language, said)
        if asked.language == "zh":
            return text
        note = terms_note([piece.quote for piece in evidence if piece.number not in said])
        return "\n\n".join(filter(None, [text, note]))

    def write(
        self, asked: Question, evidence: Sequence[Evidence]
    ) -> Generator[str | Draft, None, None]:
        """Yield the quotes of an English answer as they are translated, and between them drafts of
        the next one, before it is checked; no quotes where the first has no translation that
        passes. Raises LanguageModelError.
        """
        if asked.language != "en":
            return
        shown, said, done = "", {}, []
        left = [replace(p, number=n) for n, p in enumerate(evidence[:MOST_TRANSLATED], 1)]
        with closing(self._translator.write(left)) as writing:  # who stops ends the decoding
            for draft in chain(writing, [""]):
                while left and self._translator.is_finished(left[0]):
                    done.append(left.pop(0))
                    if translation := self._translator.translate(done[-1]):
                        said[len(done)] = translation
                text = quoted(done, asked.language, said) if 1 in said else ""
                if text != shown:
                    yield text[len(shown) :]
                    shown = text
                if draft:
                    yield Draft(draft)

    def stream(
        self,
        asked: Question,
        quotes: Sequence[Evidence],
        checks: Sequence[Check] = (),
        *,
        worked: str = "",
        told: bool = False,
    ) -> Generator[str | Draft | Answer, None, bool]:
        """Answer as ``quotes`` does: yield pieces of the answer, drafts between them, and last the
        answer.

        Not, where the best quote has to be ``told`` in the language of the question and has no
        translation that passes. Return whether it did.
        """
        shown = ""
        try:
            with closing(self.write(asked, quotes)) as steps:
                for step in steps:
                    shown += step if isinstance(step, str) else ""
                    yield step
        except LanguageModelError as error:
            checks = [*checks, model_check(error, asked)]
            answer = self.quotes(asked, quotes, checks, worked=worked)
        else:
            if told and not self.is_told(asked, quotes[0]):
                return False
            answer = self.quotes(asked, quotes, checks, worked=worked, slow=True)
        yield from finish(answer, shown)
        return True

    def is_told(self, asked: Question, piece: Evidence) -> bool:
        """Whether a reader gets a piece in the language of the question, once it is written."""
        return asked.language != "en" or self._translator.translate(piece) is not None

    def stated(self, asked: Question, figures: FigureAnswer) -> Answer:
        """Answer with what the figures of the report give."""
        return compose(
            asked,
            figures.text,
            figures.evidence,
            answered=figures.answered,
            translations=self.translations(asked, figures.evidence),
        )

    def refusal(self, asked: Question, silence: Silence, evidence: Sequence[Evidence]) -> Answer:
        """Say that the report does not answer, and offer what is near."""
        return refuse(asked, silence, evidence, self.translations(asked, evidence))

    def best(
        self, asked: Question, evidence: Sequence[Evidence], coverage: Coverage
    ) -> list[Evidence]:
        """Return what is worth quoting of the evidence, best first."""
        fitting = of_kind_asked(evidence, asked.text, self._support) or evidence
        fitting = telling(asked.text, fitting)
        if periods.day(asked.text):  # a year alone does not answer
            to_the_day = [p for p in bearing(fitting, coverage) if periods.tells_day(p.words)]
            rest = [p for p in fitting if p not in to_the_day] if question_parts(asked.text) else []
            fitting = [*to_the_day, *rest] if to_the_day else fitting
        return best_quotes(fitting, coverage, asked.text)

    def denials(self, asked: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
        """Return what says that it did not happen, which answers "how many accidents?"."""
        return denying(asked.text, evidence, self._support)

    def near(
        self, asked: Question, evidence: Sequence[Evidence], coverage: Coverage
    ) -> list[Evidence]:
        """Return the same, and what is about as near where their words do not decide."""
        best = self.best(asked, evidence, coverage)
        return with_near(best, telling(asked.text, evidence), coverage)

    def whole(
        self, asked: Question, evidence: Sequence[Evidence], coverage: Coverage
    ) -> list[Evidence]:
        """Return what is near; where a list is asked for, also what lists things and is as near."""
        near = self.near(asked, evidence, coverage)
        return with_lists(near, evidence) if asks_list(asked.text) else near

    def rest(
        self,
        asked: Question,
        written: Written,
        evidence: Sequence[Evidence],
        coverage: Coverage,
    ) -> str:
        """Quote what the claims leave out where several things were asked: the best of the
        evidence where some claim failed, else what has words of the question that is cited lacks;
        and the count that is asked for, where no claim gives one.
        """
        sound = [claim for claim in written.claims if not claim.failures]
        cited = {n for claim in sound for n in claim.cited}
        if not cited or not question_parts(asked.text):
            return ""
        uncounted = asks_count(asked.text) and not any(map(tells_count, (c.text for c in sound)))
        if uncounted and (
            count := [p for p in evidence if p.number in cited and tells_count(p.words)]
        ):
            return quoted(count[:1], asked.language, self._in_english(asked, count[:1], slow=True))
        left = [p for p in self.best(asked, evidence, coverage) if p.number not in cited]
        if not written.repaired and not any(claim.failures for claim in written.claims):
            said = {t for p in evidence if p.number in cited for t in tokens(p.told)}
            left = [piece for piece in left if adds(piece, said, coverage)]
        left = left[:MOST_ADDED]
        return (
            quoted(left, asked.language, self._in_english(asked, left, slow=True)) if left else ""
        )

    def translations(self, asked: Question, evidence: Sequence[Evidence]) -> dict[int, Later]:
        """Return the translations of the quotes of an English answer, made when they are read."""
        if asked.language != "en":
            return {}
        return {piece.number: self._translator.later(piece) for piece in evidence}

    def _in_english(
        self, asked: Question, evidence: Sequence[Evidence], *, slow: bool
    ) -> dict[int, str]:
        return self._translator.all(evidence, slow=slow) if asked.language == "en" else {}


def model_check(error: LanguageModelError, asked: Question) -> Check:
    """Return the check that tells what went wrong with the language model."""
    return Check("model", passed=False, detail=error.message(asked.language))


def finish(answer: Answer, shown: str = "") -> Generator[str | Answer, None, None]:
    """Yield what of the answer is not shown yet, and the answer."""
    if answer.text != shown and answer.text.startswith(shown):
        yield answer.text[len(shown) :]
    yield answer
