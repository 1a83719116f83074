"""Answer with llama-index, to compare with: its own engines over the same report and models."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.refusal import refuses
from eval.spans import ReportText
from index.errors import ReportError
from index.passage import Passage
from index.source import read_lines
from rag.answer import Answer, Citation
from rag.question import language_of

if TYPE_CHECKING:
    from index.embed import Embedder
    from rag.llm import LanguageModel

ENGINES = ("llama-index", "llama-index-citation")
_SOURCE = re.compile(r"\ASource \d+:\n")  # the citation engine's heading of a source


class LlamaIndex:
    """One of llama-index's query engines as it comes: its chunks, its prompts, its numbers.

    "llama-index" is what ``as_query_engine()`` gives: chunks of 1,024 tokens, 2 of them in the
    prompt, no marks. "llama-index-citation" is ``CitationQueryEngine``: the same 2 chunks, cut to
    numbered sources of 512 tokens. A follow-up is put into one question by its condensing prompt.
    """

    def __init__(
        self, report: Path, embedder: "Embedder", llm: "LanguageModel | None", engine: str
    ) -> None:
        from llama_index.core import Document, VectorStoreIndex

        from eval.llama_models import Embedding

        self._report = report.stem
        self._lines = ReportText(read_lines(report))
        self._llm = llm
        self._engine_name = engine
        self._index = VectorStoreIndex.from_documents(
            [Document(text=self._lines.text)], embed_model=Embedding(embedder), show_progress=True
        )

    @classmethod
    def open(cls, engine: str, llm: str | None = None) -> "LlamaIndex":
        """Cut and embed the bundled report, with the models of the settings."""
        try:
            import llama_index.core  # noqa: F401
        except ImportError as error:
            raise ReportError(
                'This peer needs more packages: pip install -e ".[peers]"',
                '该对照系统还需要其他包：pip install -e ".[peers]"',
            ) from error
        from index.embed import open_embedder
        from index.paths import BUNDLED_REPORT
        from rag.llm import open_llm
        from rag.settings import read_settings

        settings = read_settings(llm)
        embedder = open_embedder(settings.embedder, settings.cache)
        return cls(BUNDLED_REPORT, embedder, open_llm(settings), engine)

    def search(self, question: str, *, k: int = 8) -> list[Passage]:
        """Rank the chunks by its vector index."""
        found = self._index.as_retriever(similarity_top_k=k).retrieve(question)
        return [
            replace(self._passage(node.node.get_content(), found), score=node.get_score())
            for node in found
        ]

    def stream(
        self, question: str, history: Sequence[Mapping[str, str]] = ()
    ) -> Iterator[tuple[Citation, ...] | str | Answer]:
        """Yield the sources, the words of the model, and both as an answer."""
        from llama_index.core import QueryBundle

        engine = self._engine
        query = QueryBundle(self._standalone(question, history))
        nodes = engine.retrieve(query)
        yield self._citations(nodes, nodes)
        response = engine.synthesize(query, nodes)
        pieces = []
        for piece in response.response_gen:
            pieces.append(piece)
            yield piece
        text = "".join(pieces)
        citations = self._citations(response.source_nodes, nodes)
        yield Answer(text, not refuses(text), language_of(question), citations, (), query.query_str)

    @cached_property
    def _chat_model(self) -> Any:
        if self._llm is None:
            raise ReportError(
                "A peer needs a language model: give --llm, or --search-only.",
                "对照系统需要语言模型：请用 --llm 指定，或只用 --search-only。",
            )
        from eval.llama_models import ChatModel

        return ChatModel(self._llm)

    @cached_property
    def _engine(self) -> Any:
        from llama_index.core.query_engine import CitationQueryEngine

        if self._engine_name == "llama-index-citation":
            return CitationQueryEngine.from_args(self._index, llm=self._chat_model, streaming=True)
        return self._index.as_query_engine(llm=self._chat_model, streaming=True)

    def _standalone(self, question: str, history: Sequence[Mapping[str, str]]) -> str:
        if not history:
            return question
        from llama_index.core.chat_engine.condense_question import DEFAULT_PROMPT

        said = "\n".join(f"{turn['role']}: {turn['content']}" for turn in history)
        words: str = self._chat_model.predict(DEFAULT_PROMPT, question=question, chat_history=said)
        return words.strip() or question

    def _citations(self, sources: Sequence[Any], nodes: Sequence[Any]) -> tuple[Citation, ...]:
        passages = [self._passage(source.node.get_content(), nodes) for source in sources]
        return tuple(
            Citation(number, passage, passage.text) for number, passage in enumerate(passages, 1)
        )

    def _passage(self, source: str, nodes: Sequence[Any]) -> Passage:
        """Find where a source stands: it is one of the retrieved nodes, or cut out of one."""
        text = _SOURCE.sub("", source).strip()
        for found in nodes:
            place = found.node.get_content().find(text)
            if place >= 0:
                span = self._lines.span(found.node.start_char_idx + place, len(text))
                return Passage(f"lines-{span[0]}-{span[1]}", self._report, text, (), None, span)
        raise ValueError(f"llama-index changed a source: {text[:50]!r} stands in no chunk")
