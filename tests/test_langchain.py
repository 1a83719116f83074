"""The retriever for LangChain, held to LangChain's own tests."""

import pytest
from conftest import FakeEmbedder
from fakes import assistant_of, small_index
from langchain_core.documents import Document
from langchain_tests.integration_tests import RetrieversIntegrationTests

from index import embed
from index.errors import ReportError
from rag.langchain import ReportRetriever

# their asynchronous test expects pytest-asyncio to take every test for its own
pytest.mark.asyncio(RetrieversIntegrationTests.test_ainvoke_returns_documents)


class TestStandard(RetrieversIntegrationTests):
    @pytest.fixture(autouse=True, scope="class")
    @classmethod
    def _assistant(cls, tmp_path_factory):
        cls.assistant = assistant_of(small_index(tmp_path_factory.mktemp("report")))

    @property
    def retriever_constructor(self):
        return ReportRetriever

    @property
    def retriever_constructor_params(self):
        return {"assistant": self.assistant}

    @property
    def retriever_query_example(self):
        return "研发投入"


@pytest.fixture
def retriever(tmp_path):
    return ReportRetriever(assistant=assistant_of(small_index(tmp_path)), k=3)


def test_a_document_holds_what_a_citation_needs(retriever):
    documents = retriever.invoke("供应商审核")
    passages = retriever.assistant.search("供应商审核", k=3)
    assert [document.page_content for document in documents] == [p.text for p in passages]
    for document, passage in zip(documents, passages, strict=True):
        assert document.id == passage.id
        assert document.metadata == {
            "report": passage.report,
            "section": list(passage.section),
            "page": passage.page,
            "lines": list(passage.lines),
            "score": passage.score,
        }


def test_documents_can_be_stored_as_json(retriever):
    for document in retriever.invoke("员工"):
        assert Document.model_validate_json(document.model_dump_json()) == document


@pytest.mark.parametrize("k", [0, -1])
def test_k_is_at_least_one(retriever, k):
    with pytest.raises(ValueError, match="k"):
        ReportRetriever(assistant=retriever.assistant, k=k)


def test_a_question_that_cannot_be_asked_is_a_readable_error(retriever):
    with pytest.raises(ReportError):
        retriever.invoke(" ")


def test_opening_takes_the_folder_and_no_model(tmp_path, monkeypatch):
    small_index(tmp_path)
    monkeypatch.setenv("RAG_EMBEDDER", "bigrams")
    monkeypatch.setattr(embed, "open_embedder", lambda name, cache: FakeEmbedder())
    retriever = ReportRetriever.open(tmp_path / "index", k=2)
    assert len(retriever.invoke("员工")) == 2
    with pytest.raises(ReportError):
        ReportRetriever.open(tmp_path / "nowhere")
