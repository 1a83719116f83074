"""Answers for which a language model is asked: whether the evidence answers, and to word it."""

from collections.abc import Generator, Sequence

from rag.answer import Answer
from rag.asked import figure
from rag.claim import Frame
from rag.compose import draft_checks, from_claims
from rag.coverage import Coverage
from rag.draft import has_answer
from rag.evidence import Evidence, asks_list, asks_much, lists, question_parts
from rag.likelihood import CERTAIN, SURE, TRUSTED, likelihood, stands_out
from rag.llm import LanguageModel, LanguageModelError
from rag.periods import trend, years
from rag.question import Question
from rag.quoting import Quoter, finish, model_check
from rag.retrieve import Hit
from rag.rows import FigureAnswer
from rag.silence import Silence
from rag.support import Support
from rag.telling import counts_differ
from rag.writing import Draft, write

Step = str | Draft | Answer
Steps = Generator[Step, None, None]


class Answering:
    """Asks one language model about one report."""

    def __init__(
        self, llm: LanguageModel, quoter: Quoter, support: Support, report_year: str
    ) -> None:
        self._llm = llm
        self._quoter = quoter
        self._support = support
        self._report_year = report_year

    def answer(
        self,
        asked: Question,
        hits: Sequence[Hit],
        evidence: Sequence[Evidence],
        coverage: Coverage,
        worked: FigureAnswer | None = None,
    ) -> Steps:
        """Ask the model whether the evidence answers the question; if so, let it word that, or say
        what is ``worked`` out of it.

        Yields pieces of the answer, drafts between them, and last the finished answer.
        """
        small, sure = self._llm.is_embedded, stands_out(hits, evidence)
        certain = small and likelihood(asked, hits, evidence, coverage) >= CERTAIN
        if certain and asked.language == "en":
            sure = True
        else:
            if certain:  # while the model is asked
                yield Draft(self._quoter.text(asked, evidence[:1]))
            try:
                agrees = has_answer(self._llm, asked, evidence, self._support.naming)
            except LanguageModelError as error:
                near = self._quoter.near(asked, evidence, coverage)
                yield from finish(self._quoter.quotes(asked, near, [model_check(error, asked)]))
                return
            trust = likelihood(asked, hits, evidence, coverage, agrees)
            if agrees is not None and trust < TRUSTED:
                yield from self._refused(asked, evidence)
                return
            sure = sure or trust >= SURE
        if worked is not None:
            yield from finish(self._quoter.stated(asked, worked))
            return
        either = small and counts_differ(asked.text, self._quoter.best(asked, evidence, coverage))
        if either or _is_quoted(asked, evidence, small=small):
            quotes = self._quoter.whole(asked, evidence, coverage)
            if (yield from self._quoter.stream(asked, quotes, told=True)):
                return
        yield from self._worded(asked, evidence, coverage, sure=sure)

    def _worded(
        self, asked: Question, evidence: Sequence[Evidence], coverage: Coverage, *, sure: bool
    ) -> Steps:
        """Let the model word the evidence; a sentence goes out once it is verified."""
        frame = Frame(asked.language, self._report_year, asked.text, self._support)
        near = self._quoter.near(asked, evidence, coverage)
        try:
            written = yield from write(self._llm, asked, evidence, frame)
        except LanguageModelError as error:
            yield from finish(self._quoter.quotes(asked, near, [model_check(error, asked)]))
            return
        if written.refused:
            yield from self._refused(asked, evidence, near if sure else ())
            return
        checks = draft_checks(written.claims, asked.language, written.repaired)
        if written.broken:
            checks.append(model_check(written.broken, asked))
        answer = from_claims(
            asked,
            written.claims,
            evidence,
            checks,
            self._quoter.translations(asked, evidence),
            self._quoter.rest(asked, written, evidence, coverage),
        )
        if answer is not None:
            yield from finish(answer, written.shown)
        elif written.broken:
            yield from finish(self._quoter.quotes(asked, near, checks))
        else:
            yield from self._quoter.stream(asked, near, checks)

    def _refused(
        self, asked: Question, evidence: Sequence[Evidence], near: Sequence[Evidence] = ()
    ) -> Steps:
        """Quote what denies that it happened, which answers "how many accidents?", else what is
        ``near``; else say that the report does not answer.
        """
        if quotes := self._quoter.denials(asked, evidence) or near:
            yield from self._quoter.stream(asked, quotes)
        else:
            yield from finish(self._quoter.refusal(asked, Silence("not-given"), evidence))


def _is_quoted(asked: Question, evidence: Sequence[Evidence], *, small: bool) -> bool:
    """Whether quotes answer better than a model: where a row gives several years, or a sentence
    lists what is asked for. A ``small`` one also leaves out half of what takes several sentences,
    or of several figures, and in English the very thing that was asked for, unless it is a figure
    alone.
    """
    best = evidence[0]
    in_words = asks_much(asked.text) if asked.language == "zh" else not figure(asked.text)
    several = sum(map(figure, question_parts(asked.text))) > 1
    if small and (in_words or several):
        return True
    if best.kind == "row":
        series = years(asked.text)[1:] or trend(asked.text)
        return bool(series) and len(years(best.words)) > 1
    return asks_list(asked.text) and lists(best)
