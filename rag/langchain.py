"""The index as a LangChain retriever, for other people's chains."""

from pathlib import Path
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field

from index.passage import Passage
from rag.assistant import Assistant


class ReportRetriever(BaseRetriever):
    """Returns the passages that bear most on a question, in Chinese or English, best first.

    A document's ``metadata`` holds what a citation needs: report, section, page, lines, score.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    assistant: Assistant
    k: int = Field(default=8, ge=1)

    @classmethod
    def open(cls, index_dir: Path | str | None = None, **fields: Any) -> "ReportRetriever":
        """Open an index, by default the one of the settings; raises ReportError."""
        return cls(assistant=Assistant.open(index_dir, llm="none"), **fields)

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, k: int | None = None
    ) -> list[Document]:
        del run_manager
        return [_document(passage) for passage in self.assistant.search(query, k=k or self.k)]


def _document(passage: Passage) -> Document:
    metadata = {
        "report": passage.report,
        "section": list(passage.section),
        "page": passage.page,
        "lines": list(passage.lines),
        "score": passage.score,
    }
    return Document(page_content=passage.text, id=passage.id, metadata=metadata)
