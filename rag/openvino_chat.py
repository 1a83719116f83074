"""A language model in OpenVINO's format as a chat model of LangChain's."""

import threading
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from langchain_core.callbacks import CallbackManager, CallbackManagerForLLMRun
from langchain_core.language_models.chat_models import BaseChatModel, generate_from_stream
from langchain_core.messages import (
    AIMessageChunk,
    BaseMessage,
    convert_to_messages,
    convert_to_openai_messages,
)
from langchain_core.outputs import ChatGenerationChunk, ChatResult, LLMResult
from pydantic import PrivateAttr

if TYPE_CHECKING:
    from rag.layers import Array
    from rag.reader import Tokens

_NAME = "openvino"
_LIKELIEST = 20  # first words that are told, as servers do


class OpenVinoChat(BaseChatModel):
    """Runs a decoder, greedily: one caller at a time, whoever asks.

    ``context`` is the most that it may read and write, ``longest`` the most that it writes, in
    tokens. Where ``logprobs`` are asked for it tells its likeliest first words alone. Raises
    RuntimeError where the engine fails, ValueError where a prompt is too long.
    """

    decoder: Any
    context: int
    longest: int
    _turn: threading.Lock = PrivateAttr(default_factory=threading.Lock)

    @property
    def _llm_type(self) -> str:
        return _NAME

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **options: Any,
    ) -> ChatResult:
        return generate_from_stream(self._stream(messages, stop, run_manager, **options))

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,  # noqa: ARG002
        *,
        logprobs: bool = False,
        max_completion_tokens: int | None = None,
        **_: Any,
    ) -> Iterator[ChatGenerationChunk]:
        if stop:
            raise ValueError("the embedded model knows no stop words")
        tokens = self._tokens(messages)
        with self._turn:
            if logprobs:
                yield _chunk(self._first_word(self.decoder.logits(tokens)), len(tokens), 1)
                return
            count = 0
            most = min(max_completion_tokens or self.longest, self.longest)
            for _, piece in self.decoder.write([tokens], most):
                count += piece is not None
                if piece:
                    yield ChatGenerationChunk(message=AIMessageChunk(content=piece))
        yield _chunk(AIMessageChunk(content=""), len(tokens), count)

    def stream_together(
        self, conversations: Sequence[Sequence[tuple[str, str]]], *, latin: bool = False
    ) -> Iterator[tuple[int, AIMessageChunk | None]]:
        """Yield the pieces of several answers, which are written side by side, each with the place
        of its conversation; None where an answer has come to its end. Callbacks hear of it then.

        No token of a ``latin`` answer is Chinese.
        """
        prompts, runs = self._begun(conversations)
        pieces: list[list[str]] = [[] for _ in prompts]
        with self._turn:
            for place, piece in self.decoder.write(prompts, self.longest, latin=latin):
                if piece is None:
                    _end(runs[place], "".join(pieces[place]), prompts[place], len(pieces[place]))
                    yield place, None
                else:
                    pieces[place].append(piece)
                    yield place, AIMessageChunk(content=piece)

    def hidden_state(self, messages: Sequence[tuple[str, str]]) -> "Array":
        """Return the hidden state behind a conversation, before any word is made of it."""
        [tokens], [run] = self._begun([messages])
        with self._turn:
            state: Array = self.decoder.state(tokens)
        _end(run, "", tokens, 0)
        return state

    def _begun(
        self, conversations: Sequence[Sequence[tuple[str, str]]]
    ) -> tuple[list["Tokens"], list[CallbackManagerForLLMRun]]:
        """Return the prompts of conversations, and whom to tell when their answers are whole."""
        said = [convert_to_messages(messages) for messages in conversations]
        prompts = [self._tokens(messages) for messages in said]
        return prompts, CallbackManager.configure().on_chat_model_start({"name": _NAME}, said)

    def _first_word(self, logits: "Array") -> AIMessageChunk:
        """Tell the likeliest first words, with the logarithms of their probabilities."""
        logits = logits - logits.max()
        told = logits - np.log(np.exp(logits).sum())
        likeliest = np.argsort(-told)[:_LIKELIEST].tolist()
        words = [{"token": self.decoder.text(i), "logprob": float(told[i])} for i in likeliest]
        first = {**words[0], "top_logprobs": words}
        metadata = {"logprobs": {"content": [first]}}
        return AIMessageChunk(content=words[0]["token"], response_metadata=metadata)

    def _tokens(self, messages: Sequence[BaseMessage]) -> "Tokens":
        said = convert_to_openai_messages(messages)
        tokens: Tokens = self.decoder.tokens(said)
        if len(tokens) + self.longest > self.context:
            raise ValueError(f"a prompt of {len(tokens)} tokens is too long")
        return tokens


def _end(run: CallbackManagerForLLMRun, text: str, tokens: "Tokens", wrote: int) -> None:
    """Tell the callbacks of an answer that is whole."""
    whole = _chunk(AIMessageChunk(content=text), len(tokens), wrote)
    run.on_llm_end(LLMResult(generations=[[whole]]))


def _chunk(message: AIMessageChunk, read: int, wrote: int) -> ChatGenerationChunk:
    message.response_metadata["model_name"] = _NAME  # whose tokens these are
    message.usage_metadata = {
        "input_tokens": read,
        "output_tokens": wrote,
        "total_tokens": read + wrote,
    }
    return ChatGenerationChunk(message=message)
