"""Our embedder and our chat model as llama-index takes them; needs llama-index."""

# ruff: noqa: ARG002, FBT001, FBT002 - the signatures are llama-index's

from collections.abc import Iterator, Sequence
from typing import Any

from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.base.llms.types import (
    ChatMessage,
    ChatResponse,
    ChatResponseGen,
    CompletionResponse,
    CompletionResponseGen,
    LLMMetadata,
    MessageRole,
)
from llama_index.core.llms.custom import CustomLLM
from pydantic import PrivateAttr

from index.embed import Embedder
from rag.llm import CONTEXT, LONGEST_ANSWER, LanguageModel


class Embedding(BaseEmbedding):
    """An embedder of ours."""

    _embedder: Embedder = PrivateAttr()

    def __init__(self, embedder: Embedder) -> None:
        super().__init__(model_name=embedder.name)
        self._embedder = embedder

    def _get_query_embedding(self, query: str) -> list[float]:
        return list(map(float, self._embedder.encode_questions([query])[0]))

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        vectors = self._embedder.encode_entries([""] * len(texts), texts)
        return [list(map(float, vector)) for vector in vectors]


class ChatModel(CustomLLM):
    """A chat model of ours; roles are kept."""

    _llm: LanguageModel = PrivateAttr()

    def __init__(self, llm: LanguageModel) -> None:
        super().__init__()
        self._llm = llm

    @property
    def metadata(self) -> LLMMetadata:
        """How much the model reads and writes."""
        return LLMMetadata(
            context_window=CONTEXT, num_output=LONGEST_ANSWER, is_chat_model=True, model_name="ours"
        )

    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        """Answer a bare prompt."""
        return CompletionResponse(text="".join(self._llm.stream([("user", prompt)])))

    def stream_complete(
        self,
        prompt: str,
        formatted: bool = False,
        **kwargs: Any,
    ) -> CompletionResponseGen:
        """Answer a bare prompt piece by piece."""
        for text, piece in _growing(self._llm.stream([("user", prompt)])):
            yield CompletionResponse(text=text, delta=piece)

    def chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponse:
        """Answer a conversation."""
        text = "".join(self._llm.stream(_said(messages)))
        return ChatResponse(message=ChatMessage(role=MessageRole.ASSISTANT, content=text))

    def stream_chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponseGen:
        """Answer a conversation piece by piece."""
        for text, piece in _growing(self._llm.stream(_said(messages))):
            message = ChatMessage(role=MessageRole.ASSISTANT, content=text)
            yield ChatResponse(message=message, delta=piece)


def _said(messages: Sequence[ChatMessage]) -> list[tuple[str, str]]:
    return [(message.role.value, message.content or "") for message in messages]


def _growing(pieces: Iterator[str]) -> Iterator[tuple[str, str]]:
    """Yield the text so far with each piece, as llama-index wants it."""
    text = ""
    for piece in pieces:
        text += piece
        yield text, piece
