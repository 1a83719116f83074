"""A question -> retrieve -> figures or language model -> verify -> an answer."""

from collections.abc import Generator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from index import embed, store
from index.bridge import Bridge
from index.passage import Passage
from index.slips import Slips
from rag import draft, latin_names
from rag.alignment import Alignment
from rag.answer import Answer, Citation
from rag.answering import Answering
from rag.claim import Frame
from rag.compose import refuse
from rag.coverage import Coverage
from rag.demands import without_excluded
from rag.evidence import choose_evidence, joined, question_parts
from rag.figures import work_out_clear_row
from rag.llm import LanguageModel, LanguageModelError, open_llm
from rag.misprints import Misprints
from rag.question import Question, read_question
from rag.quoting import Quoter
from rag.retrieve import Retriever, best_passages
from rag.settings import read_settings
from rag.several import Several
from rag.silence import Silence
from rag.suggest import suggestions
from rag.support import Support
from rag.translate import Translator
from rag.unworded import Found, Quotes, Unworded
from rag.writing import Draft

Stream = Generator[tuple[Citation, ...] | str | Answer, None, None]
Steps = Generator[tuple[Citation, ...] | str | Draft | Answer, None, None]
History = Sequence[Mapping[str, str]]

MOST_PARTS = 6  # of a question, that are searched for by themselves: each has to be embedded


class Assistant:
    """Answers questions about one indexed report."""

    def __init__(self, retriever: Retriever, llm: LanguageModel | None) -> None:
        self.retriever = retriever
        self.index = retriever.index
        self._llm = llm

    @classmethod
    def open(cls, index_dir: Path | str | None = None, *, llm: str | None = None) -> "Assistant":
        """Open an index (by default the one of the settings); models load at their first use.

        ``llm`` takes the place of RAG_LLM. Raises ReportError where the index cannot be used.
        """
        settings = read_settings(llm)
        folder = Path(index_dir) if index_dir is not None else settings.index_folder
        index = store.load(folder, settings.embedder)
        embedder = embed.open_embedder(settings.embedder, settings.cache)
        retriever = Retriever(index, embedder, Bridge(index.keywords.vocabulary))
        return cls(retriever, open_llm(settings))

    @cached_property
    def report_title(self) -> str:
        """The title of the report."""
        return self.index.manifest.report

    def read_ahead(self) -> None:
        """Let the language model read what its prompts begin with, before anybody asks."""
        if self._llm is not None:
            with suppress(LanguageModelError):
                draft.read_ahead(self._llm)

    def search(self, question: str, *, k: int = 8) -> list[Passage]:
        """Return the ``k`` passages that bear most on the question, best first."""
        text = self._read(question).text
        return best_passages(self.retriever.hits(text, len(self.index.entries)), k)

    def following(self, answer: Answer) -> list[str]:
        """Return questions to ask after an answer, each of which a table answers."""
        return suggestions(self.index, self.retriever.bridge, answer)

    def ask(self, question: str, *, history: History = ()) -> Answer:
        """Answer a question; ``history`` is the conversation so far, oldest first."""
        for step in self.stream(question, history):
            if isinstance(step, Answer):
                return step
        raise RuntimeError("the stream ended without an answer")

    def stream(self, question: str, history: History = ()) -> Stream:
        """Yield the evidence (citations), then pieces of the answer, then the finished answer."""
        with closing(self.stream_with_drafts(question, history)) as steps:
            for step in steps:
                if not isinstance(step, Draft):
                    yield step

    def stream_with_drafts(self, question: str, history: History = ()) -> Steps:
        """Yield the same, and what the model is writing before it is checked."""
        with closing(self._steps(question, history)) as steps:
            for step in steps:
                if isinstance(step, Answer):
                    answer = self._misprints.told(step, self._translator)
                    if answer.text != step.text:
                        yield answer.text[len(step.text) :]
                    step = answer
                yield step

    def _steps(self, question: str, history: History) -> Steps:
        asked = self._read(question, history)
        if asked.aside:  # a greeting, an order, a poem: nothing to search for
            yield from self._told(asked, refuse(asked, Silence(asked.aside), ()))
            return
        parts = question_parts(asked.text)[:MOST_PARTS]
        hits, *part_hits = self.retriever.hits_of([asked.text, *parts])
        evidence = choose_evidence(self.index, asked.text, hits, part_hits)
        coverage = self._coverage(asked)
        left = without_excluded(asked.text, evidence, coverage)
        evidence = joined(left, ()) or evidence
        first = tuple(Citation(p.number, p.passage, p.quote) for p in evidence)
        # quotes for one of several parts may have to be translated: the evidence comes first
        early = bool(parts) and asked.language == "en" and self._llm is not None
        if early:
            yield first
        worked = work_out_clear_row(self.index, asked, hits, coverage)
        found = Found(
            asked, hits, evidence, coverage, list(zip(parts, part_hits, strict=True)), worked
        )
        if (told := self._unworded.certain(found)) is not None:
            yield from self._told(asked, told, early=early)
            return
        if not early:
            yield first
        if (told := self._unworded.quoted(found)) is not None:
            yield from self._told(asked, told, early=True)
        elif self._llm is not None:
            year = self.index.manifest.year
            answering = Answering(self._llm, self._quoter, self._support, year)
            yield from answering.answer(asked, hits, evidence, coverage, worked)

    def _told(self, asked: Question, told: Answer | Quotes, *, early: bool = False) -> Steps:
        """Yield what no model words: its citations, if no evidence was given ``early``, pieces of
        the answer, and the answer.
        """
        if isinstance(told, Answer):
            yield from (told.text, told) if early else (told.citations, told.text, told)
            return
        if not early:  # quotes have their translations later
            yield self._quoter.quotes(asked, told.pieces, worked=told.worked).citations
        yield from self._quoter.stream(asked, told.pieces, worked=told.worked)

    def _read(self, question: str, history: History = ()) -> Question:
        """Read a question, and mend its slips by the words of the report."""
        asked = read_question(question, history, self.index.manifest.year)
        return asked if asked.aside else replace(asked, text=self._slips.mend(asked.text))

    def _coverage(self, asked: Question) -> Coverage:
        names = self.index.manifest.names
        return Coverage(
            asked.text, self.retriever.bridge, self.index.keywords, names, focus=asked.focus
        )

    @cached_property
    def _quoter(self) -> Quoter:
        return Quoter(self.index, self._translator, self._support)

    @cached_property
    def _unworded(self) -> Unworded:
        slow = self._llm is not None
        several = Several(self.index, self._coverage, self._quoter, slow=slow)
        return Unworded(self.index, self._quoter, several, has_model=slow)

    @cached_property
    def _translator(self) -> Translator:
        manifest = self.index.manifest
        frame = Frame("en", manifest.year, support=self._support)
        return Translator(self._llm, frame, self._support.naming)

    @cached_property
    def _slips(self) -> Slips:
        return Slips.of(self.index)

    @cached_property
    def _misprints(self) -> Misprints:
        return Misprints(self.index)

    @cached_property
    def _support(self) -> Support:
        retriever, names = self.retriever, self.index.manifest.names
        short = latin_names.defined(passage.text for passage in self.index.passages)
        others = latin_names.english_names(short, names)
        return Support(retriever.bridge, names, Alignment(retriever.embedder), others)
