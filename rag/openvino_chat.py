"""A language model in OpenVINO's format as a chat model of LangChain's."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models.chat_models import BaseChatModel, generate_from_stream
from langchain_core.messages import AIMessageChunk, BaseMessage, convert_to_openai_messages
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from pydantic import PrivateAttr

from rag.background import in_background
from rag.line import LeftError

_NAME = "openvino"


class OpenVinoChat(BaseChatModel):
    """Runs a pipeline of OpenVINO GenAI, greedily: one answer at a time, whoever asks.

    ``context`` is the most that it may read and write, ``longest`` the most that it writes, in
    tokens. Raises RuntimeError where the engine fails, ValueError where a prompt is too long.
    """

    pipeline: Any
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
        prompt = self._prompt(messages)
        if logprobs:
            yield self._first_word(prompt)
            return
        config = self._config(min(max_completion_tokens or self.longest, self.longest))
        config.stop_strings = set(stop or ())

        def work(tell: Callable[[ChatGenerationChunk], None]) -> None:
            def hear(piece: str) -> bool:
                try:
                    tell(ChatGenerationChunk(message=AIMessageChunk(content=piece)))
                except LeftError:
                    return True  # ends the writing
                return False

            tell(ChatGenerationChunk(message=_counted(self._run(prompt, config, hear))))

        with closing(in_background(work)) as chunks:
            yield from filter(None, chunks)

    def _first_word(self, prompt: str) -> ChatGenerationChunk:
        """Return the likeliest first word, with the logarithm of its probability."""
        config = self._config(1)
        config.logprobs = 1
        found = self._run(prompt, config)
        word = {"token": found.texts[0], "logprob": found.scores[0]}
        message = _counted(found, text=found.texts[0])
        message.response_metadata["logprobs"] = {"content": [{**word, "top_logprobs": [word]}]}
        return ChatGenerationChunk(message=message)

    def _run(self, prompt: str, config: Any, hear: Any = None) -> Any:
        with self._turn:
            return self.pipeline.generate([prompt], config, *([hear] if hear else []))

    def _prompt(self, messages: Sequence[BaseMessage]) -> str:
        tokenizer = self.pipeline.get_tokenizer()
        prompt: str = tokenizer.apply_chat_template(
            convert_to_openai_messages(messages), add_generation_prompt=True
        )
        read = tokenizer.encode(prompt).input_ids.shape[1]
        if read + self.longest > self.context:
            raise ValueError(f"a prompt of {read} tokens is too long")
        return prompt

    def _config(self, tokens: int) -> Any:
        config = self.pipeline.get_generation_config()
        config.max_new_tokens = tokens
        config.do_sample = False
        config.apply_chat_template = False  # it is in the prompt
        return config


def _counted(found: Any, text: str = "") -> AIMessageChunk:
    read = found.perf_metrics.get_num_input_tokens()
    wrote = found.perf_metrics.get_num_generated_tokens()
    return AIMessageChunk(
        content=text,
        response_metadata={"model_name": _NAME},  # whose tokens these are
        usage_metadata={
            "input_tokens": read,
            "output_tokens": wrote,
            "total_tokens": read + wrote,
        },
    )
