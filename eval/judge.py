"""Ask a language model whether an answer states the expected facts, beside the rule."""

import re
from typing import TYPE_CHECKING

from eval.questions import Question
from eval.score import given
from index.errors import ReportError

if TYPE_CHECKING:
    from rag.answer import Answer
    from rag.llm import LanguageModel

PROMPT = (
    "You check an answer to a question about a company report. Does the answer state every one "
    "of the expected facts? It may use another language, wording, unit or rounding; another "
    "figure, year or name is not the expected fact. Reply with one word: yes or no."
)
_VERDICT = re.compile(r"\b(yes|no)\b|(是|否)", re.IGNORECASE)


class Judge:
    """A model that gives its verdict on answers; the rule alone decides what is right."""

    def __init__(self, llm: "LanguageModel", name: str = "") -> None:
        self._llm = llm
        self._name = name

    @classmethod
    def open(cls, name: str) -> "Judge":
        """Take a model of the settings by its name, as RAG_LLM would."""
        from rag.llm import open_llm
        from rag.settings import read_settings

        llm = open_llm(read_settings(name))
        if llm is None:
            raise ReportError(
                "--judge needs the name of a model.", "--judge 需要一个语言模型的名称。"
            )
        return cls(llm, name)

    def measures(self, question: Question, answer: "Answer") -> dict[str, float | None]:
        """Give the verdict as a measure; None if there is nothing to state, or none was given."""
        if not question.answerable:
            return {"judged_right": None}
        if not answer.answered:
            return {"judged_right": 0.0}
        verdict = _VERDICT.search(self._said(question, answer))
        return {"judged_right": float(verdict[0].lower() in ("yes", "是")) if verdict else None}

    def _said(self, question: Question, answer: "Answer") -> str:
        from rag.llm import LanguageModelError

        facts = "\n".join(f"- {' / '.join(fact.alternatives)}" for fact in question.facts)
        shown = (
            f"Question: {given(question)}\n\nExpected facts (a stroke parts forms of one fact):\n"
            f"{facts}\n\nAnswer: {answer.text}\n\nYes or no?"
        )
        try:
            return "".join(self._llm.stream([("system", PROMPT), ("user", shown)]))
        except LanguageModelError as error:
            raise ReportError(
                f"The judge {self._name!r} does not answer. Check RAG_LLM_BASE_URL and "
                "RAG_LLM_API_KEY, then go on with --resume and the --out of this run.",
                f"评判模型 {self._name!r} 没有应答。请检查 RAG_LLM_BASE_URL 和 RAG_LLM_API_KEY，"
                "再用 --resume 和本次评测的 --out 继续。",
            ) from error
