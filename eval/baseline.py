"""Answer the plain way, to compare with: 500-character chunks, 4 of them in the prompt."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from eval.refusal import refuses
from eval.spans import ReportText
from index.embed import Embedder
from index.errors import ReportError
from index.passage import Passage
from index.source import read_lines
from rag.answer import Answer, Citation
from rag.llm import LanguageModel
from rag.question import language_of

CHUNK, OVERLAP, STUFFED = 500, 50, 4
PROMPT = (
    "You are an assistant for question-answering tasks. Use the following pieces of retrieved "
    "context to answer the question, in the language of the question. If you don't know the "
    "answer, just say that you don't know. Use three sentences maximum and keep the answer "
    "concise.\n\nContext: {context}"
)


class Baseline:
    """The pipeline of the tutorials over the same report, embedder and chat model as ours.

    It sets no marks and cites every chunk of the prompt; a refusal is told by its words.
    """

    def __init__(
        self, chunks: Sequence[Passage], embedder: Embedder, llm: LanguageModel | None
    ) -> None:
        self._chunks = list(chunks)
        self._embedder = embedder
        self._llm = llm
        self._vectors = embedder.encode_entries(
            [""] * len(chunks), [chunk.text for chunk in chunks], progress=True
        )

    @classmethod
    def open(cls, llm: str | None = None) -> "Baseline":
        """Cut and embed the bundled report, with the models of the settings."""
        from index.embed import open_embedder
        from index.paths import BUNDLED_REPORT
        from rag.llm import open_llm
        from rag.settings import read_settings

        settings = read_settings(llm)
        return cls(
            cut(BUNDLED_REPORT),
            open_embedder(settings.embedder, settings.cache),
            open_llm(settings),
        )

    def search(self, question: str, *, k: int = 8) -> list[Passage]:
        """Rank the chunks by inner product alone."""
        import numpy as np

        scores = self._vectors @ self._embedder.encode_questions([question])[0]
        best = np.argsort(-scores, kind="stable")[:k]
        return [replace(self._chunks[place], score=float(scores[place])) for place in best]

    def stream(
        self, question: str, history: Sequence[Mapping[str, str]] = ()
    ) -> Iterator[tuple[Citation, ...] | str | Answer]:
        """Yield the chunks, the words of the model, and both as an answer."""
        if self._llm is None:
            raise ReportError(
                "The baseline needs a language model: give --llm, or --search-only.",
                "基线流程需要语言模型：请用 --llm 指定，或只用 --search-only。",
            )
        chunks = self.search(question, k=STUFFED)
        citations = tuple(
            Citation(number, chunk, chunk.text) for number, chunk in enumerate(chunks, 1)
        )
        yield citations
        context = PROMPT.format(context="\n\n".join(chunk.text for chunk in chunks))
        said = [(turn["role"], turn["content"]) for turn in history]
        pieces = []
        for piece in self._llm.stream([("system", context), *said, ("user", question)]):
            pieces.append(piece)
            yield piece
        text = "".join(pieces)
        yield Answer(text, not refuses(text), language_of(question), citations, (), question)


def cut(report: Path) -> list[Passage]:
    """Cut a report into overlapping chunks, as LangChain's tutorials do."""
    try:
        from langchain_text_splitters import (  # type: ignore[import-not-found,unused-ignore]
            RecursiveCharacterTextSplitter,
        )
    except ImportError as error:
        raise ReportError(
            'The baseline needs one more package: pip install -e ".[peers]"',
            '基线流程还需要一个包：pip install -e ".[peers]"',
        ) from error

    whole = ReportText(read_lines(report))
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=CHUNK, chunk_overlap=OVERLAP, add_start_index=True
    )
    chunks = []
    for number, document in enumerate(splitter.create_documents([whole.text]), 1):
        text = document.page_content
        span = whole.span(document.metadata["start_index"], len(text))
        chunks.append(Passage(f"chunk-{number}", report.stem, text, (), None, span))
    return chunks
