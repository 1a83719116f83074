"""Answers for which a language model is asked: whether the evidence answers, and to word it."""

from collections.abc import Generator, Sequence

from rag.answer import Answer, Check
from rag.asked import trend, years
from rag.compose import draft_checks, from_claims, lists, with_lists
from rag.coverage import Coverage
from rag.denying import denying
from rag.draft import has_answer
from rag.evidence import Evidence, asks_list, asks_much
from rag.likelihood import SURE, TRUSTED, likelihood, stands_out
from rag.llm import LanguageModel, LanguageModelError
from rag.question import Question
from rag.quoting import Quoter
from rag.retrieve import Hit
from rag.silence import Silence
from rag.support import Support
from rag.verify import Frame
from rag.writing import Draft, write

Steps = Generator[str | Draft | Answer, None, None]


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
    ) -> Steps:
        """Ask the model whether the evidence answers the question; if so, let it word that.

        Yields pieces of the answer, drafts between them, and last the finished answer.
        """
        near = self._quoter.near(asked, evidence, coverage)
        try:
            agrees = has_answer(self._llm, asked, evidence, self._support.own_names)
        except LanguageModelError as error:
            answer = self._quoter.quotes(asked, near, [_model_check(error, asked)])
        else:
            trust = likelihood(asked, hits, evidence, coverage, agrees)
            # a small model often says no to English questions on Chinese evidence
            clear = asked.language == "en" and stands_out(hits, evidence)
            if agrees is not None and trust < TRUSTED and not clear:
                answer = self._denial(asked, evidence) or self._refusal(asked, evidence)
            elif _is_quoted(asked, evidence):
                quotes = with_lists(near, evidence) if asks_list(asked.text) else near
                answer = self._quoter.quotes(asked, quotes, slow=True)
            else:
                sure = trust >= SURE or stands_out(hits, evidence)
                yield from self._worded(asked, evidence, coverage, sure=sure)
                return
        yield answer.text
        yield answer

    def _worded(
        self, asked: Question, evidence: Sequence[Evidence], coverage: Coverage, *, sure: bool
    ) -> Steps:
        """Let the model word the evidence; a sentence goes out once it is verified."""
        shown, checks = "", []
        answer: Answer | None = None
        frame = Frame(asked.language, self._report_year, asked.text, self._support)
        try:
            written = yield from write(self._llm, asked, evidence, frame)
        except LanguageModelError as error:
            checks = [_model_check(error, asked)]
        else:
            shown = written.shown
            if written.refused:
                answer = self._denial(asked, evidence)
                if answer is None and not sure:
                    answer = self._refusal(asked, evidence)
            else:
                checks = draft_checks(written.claims, asked.language, written.repaired)
                if written.broken:
                    checks.append(_model_check(written.broken, asked))
                answer = from_claims(
                    asked,
                    written.claims,
                    evidence,
                    checks,
                    self._quoter.translations(asked, evidence),
                    self._quoter.rest(asked, written, self._quoter.best(asked, evidence, coverage)),
                )
        if answer is None:
            failed = any(check.name == "model" for check in checks)
            near = self._quoter.near(asked, evidence, coverage)
            answer = self._quoter.quotes(asked, near, checks, slow=not failed)
        if answer.text != shown and answer.text.startswith(shown):
            yield answer.text[len(shown) :]
        yield answer

    def _denial(self, asked: Question, evidence: Sequence[Evidence]) -> Answer | None:
        """Quote what denies that it happened: that answers "how many accidents?"."""
        denied = denying(asked.text, evidence, self._support)
        return self._quoter.quotes(asked, denied, slow=True) if denied else None

    def _refusal(self, asked: Question, evidence: Sequence[Evidence]) -> Answer:
        return self._quoter.refusal(asked, Silence("not-given"), evidence)


def _is_quoted(asked: Question, evidence: Sequence[Evidence]) -> bool:
    """Whether quotes answer better than a small model, which leaves half of it out: in Chinese
    where it takes several sentences, in both languages where a row gives several years, or a
    sentence lists what is asked for.
    """
    best = evidence[0]
    if asked.language == "zh" and asks_much(asked.text):
        return True
    if best.kind == "row":
        series = years(asked.text)[1:] or trend(asked.text)
        return bool(series) and len(years(best.words)) > 1
    return asks_list(asked.text) and lists(best)


def _model_check(error: LanguageModelError, asked: Question) -> Check:
    return Check("model", passed=False, detail=error.message(asked.language))
