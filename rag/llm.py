"""One chat model: embedded (OpenVINO, else llama.cpp), or any OpenAI-compatible address."""

import math
import re
import secrets
import threading
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index import weights
from index.errors import ReportError
from index.model import WeightsError
from rag import conversion, llama_cpp, probe
from rag.line import Line, LineFullError
from rag.settings import LOCAL, NONE, Settings

if TYPE_CHECKING:
    from langchain_core.language_models.chat_models import BaseChatModel
    from langchain_core.messages import BaseMessageChunk

LOCAL_MODEL = "qwen2.5-coder-1.5b-instruct-q4_k_m"
CONTEXT = 4096  # tokens, prompt and answer together
LONGEST_ANSWER = 400  # tokens
_AT_ONCE = 8  # answers that are asked of a server; the embedded model makes one at a time
_LONGEST_TEXT = 4000  # characters
_FIRST_WORD = 3  # tokens
_WORDS = 20  # the likeliest, of which a server tells the probability
_YES, _NO = r"yes\b.*|[是有].*", r"no\b.*|[否无].*|没有.*|不是.*"
_MARKS = re.compile(r"<\|(?=\w+\|>)")  # of models' own: who could write them could speak for us


Messages = Sequence[tuple[str, str]]  # role, text
Chunks = Generator[tuple[int, "BaseMessageChunk | None"]]


class LanguageModelError(ReportError):
    """The language model is missing, down, or too slow."""


class LanguageModel:
    """A LangChain chat model that starts at its first use and keeps to a time limit."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._line = Line(_AT_ONCE if settings.llm_base_url else 1)
        self._lock = threading.Lock()
        self._server: Any = None
        self._chat_model: BaseChatModel | None = None

    @property
    def chat_model(self) -> "BaseChatModel":
        """LangChain's interface to the model; raises LanguageModelError where none can be had."""
        with self._lock:
            if self._chat_model is None:
                self._chat_model = self._start()
            return self._chat_model

    @property
    def is_embedded(self) -> bool:
        """Whether it is the small model that comes with the program."""
        return not self._settings.llm_base_url

    @property
    def is_busy(self) -> bool:
        """Whether an answer is being written or waited for on this machine's cores."""
        return self.is_embedded and not self._line.is_empty

    def stream(self, messages: Messages, *, latin: bool = False) -> Iterator[str]:
        """Yield the answer piece by piece; ``messages`` are (role, text) pairs.

        Waits until those who asked before have their answers. Raises LanguageModelError; closing
        the iterator ends the decoding.
        """
        for _, piece in self.stream_together([messages], latin=latin):
            if piece is not None:
                yield piece

    def stream_together(
        self, several: Sequence[Messages], *, latin: bool = False
    ) -> Iterator[tuple[int, str | None]]:
        """Yield several answers piece by piece, each piece with the place of its messages; None
        where an answer has come to its end.

        The embedded model writes a few side by side, which takes hardly longer than one, and no
        Chinese into ``latin`` ones; a server is asked for one after the other. For the rest as
        ``stream``.
        """
        for place, chunk in self._chunks(several, latin=latin):
            yield place, None if chunk is None else str(chunk.text)

    def agrees(self, messages: Messages) -> float | None:
        """Return how likely the model holds that evidence answers the question, which it is asked
        in ``messages``, from 0 to 1; None where it says neither yes nor no. Raises
        LanguageModelError.

        Read off its hidden state by a probe, where the model tells it; else off its first word:
        the probabilities of all words that it might be, where the server tells them, or the word.
        """
        state = self.hidden_state(messages)
        return share_of_yes(self.first_word(messages)) if state is None else probe.agrees(state)

    def hidden_state(self, messages: Messages) -> "probe.Vector | None":
        """Return the state that the probe reads; None where a model does not tell it. Raises
        LanguageModelError.
        """
        with self._failing():
            tell = getattr(self.chat_model, "hidden_state", None)
            if tell is None:
                return None
            with self._line.turn():
                state: probe.Vector = tell(_harmless(messages))
                return state

    def first_word(self, messages: Messages) -> "BaseMessageChunk":
        """Return the first word of an answer, with what the model tells of others that it might
        be. Raises LanguageModelError.
        """
        options: dict[str, Any] = {
            "logprobs": True,
            "top_logprobs": _WORDS,
            "max_completion_tokens": _FIRST_WORD,
        }
        with closing(self._chunks([messages], **options)) as chunks:
            return next(chunk for _, chunk in chunks if chunk is not None)

    def _chunks(
        self, several: Sequence[Messages], *, latin: bool = False, **options: Any
    ) -> "Chunks":
        with self._failing(), self._line.turn():
            yield from self._stream(several, options, latin=latin)

    def _stream(
        self, several: Sequence[Messages], options: Mapping[str, Any], *, latin: bool
    ) -> "Chunks":
        said = 0
        chat_model = self.chat_model  # starting it, or fetching it, is not in the time limit
        deadline = time.monotonic() + self._settings.llm_timeout * len(several)
        for place, chunk in _asked_of(
            chat_model, list(map(_harmless, several)), options, latin=latin
        ):
            if time.monotonic() > deadline:
                raise self._error("too slow", "响应过慢")
            text = "" if chunk is None else str(chunk.text)
            said += len(text)
            if text or chunk is None:
                yield place, chunk
            if said > _LONGEST_TEXT * len(several):  # a server may not keep to LONGEST_ANSWER
                raise self._error("not coming to an end", "回答没有结束")
        if not said:
            raise self._error("not answering (no text)", "没有正常应答")

    @contextmanager
    def _failing(self) -> Iterator[None]:
        """Raise what goes wrong inside as an error that a reader understands."""
        import openai

        broken = _broken()
        try:
            yield
        except LineFullError as error:
            raise self._error("busy with too many questions", "等候的问题太多") from error
        except openai.APITimeoutError as error:
            raise self._error("too slow", "响应过慢") from error
        except broken as error:
            raise self._error(f"not answering ({_short(error)})", "没有正常应答") from error

    def _start(self) -> "BaseChatModel":
        import openai
        from langchain_openai import ChatOpenAI
        from pydantic import SecretStr

        http_client = None
        settings = self._settings
        if settings.llm_base_url:
            address, key = settings.llm_base_url, settings.llm_api_key
        elif settings.llm == LOCAL:
            model = _fetched(settings.cache)
            if (converted := conversion.load(model, CONTEXT, LONGEST_ANSWER)) is not None:
                return converted
            key = secrets.token_urlsafe(32)
            self._server = _served(model, key)
            address = f"{self._server.listening_address}/v1"
            http_client = openai.DefaultHttpxClient(trust_env=False)  # no proxy to ourselves
        else:
            raise LanguageModelError(
                f"RAG_LLM={settings.llm} names a model of a server: set RAG_LLM_BASE_URL too, "
                f"or RAG_LLM={LOCAL} or RAG_LLM={NONE}.",
                f"RAG_LLM={settings.llm} 指的是服务器上的模型：请同时设置 RAG_LLM_BASE_URL，"
                f"或改为 RAG_LLM={LOCAL} 或 RAG_LLM={NONE}。",
            )
        return ChatOpenAI(
            model=settings.llm, base_url=address, api_key=SecretStr(key), temperature=0,
            max_retries=0, timeout=settings.llm_timeout, max_completion_tokens=LONGEST_ANSWER,
            extra_body={"cache_prompt": True} if self._server else None, http_client=http_client,
            stream_usage=self._server is not None,  # an old server may refuse to be asked
        )  # fmt: skip

    def _error(self, en: str, zh: str) -> LanguageModelError:
        name = self._settings.llm
        return LanguageModelError(
            f"The language model {name!r} is {en}; the answer is made of quotes.",
            f"语言模型 {name!r} {zh}；回答改用原文摘录。",
        )


def _asked_of(
    chat_model: "BaseChatModel",
    several: Sequence[Messages],
    options: Mapping[str, Any],
    *,
    latin: bool,
) -> "Chunks":
    """Yield the pieces of a model's answers, written side by side where it can do that."""
    from rag.openvino_chat import OpenVinoChat

    if isinstance(chat_model, OpenVinoChat) and (latin or len(several) > 1):
        yield from chat_model.stream_together(several, latin=latin)
        return
    for place, messages in enumerate(several):
        for chunk in chat_model.stream(messages, **options):
            yield place, chunk
        yield place, None


def _harmless(messages: Messages) -> list[tuple[str, str]]:
    """Return messages in which no marks of a model's own prompt speak for us."""
    return [(role, _MARKS.sub("< |", text)) for role, text in messages]


def share_of_yes(chunk: "BaseMessageChunk") -> float | None:
    """Return how likely a first word says yes rather than no; None where it says neither."""
    told = (chunk.response_metadata.get("logprobs") or {}).get("content")
    first = told[0].get("top_logprobs", ()) if told else ()
    words = [(each["token"], math.exp(each["logprob"])) for each in first]
    words = words or [(str(chunk.text), 1.0)]
    yes, no = (
        sum(share for word, share in words if re.fullmatch(said, word.strip(), re.IGNORECASE))
        for said in (_YES, _NO)
    )
    if len(words) == 1 and yes + no:  # the likeliest alone is told: the rest counts as the other
        return yes or 1 - no
    return yes / (yes + no) if yes + no else None


def open_llm(settings: Settings) -> LanguageModel | None:
    """Return the model that the settings name; None where they say that none is wanted."""
    return None if settings.llm == NONE else LanguageModel(settings)


def _fetched(cache: Path | None) -> Path:
    try:
        return weights.fetch(LOCAL_MODEL, cache)
    except WeightsError as error:
        raise LanguageModelError(error.en, error.zh) from error


def _served(model: Path, key: str) -> Any:
    try:
        return llama_cpp.serve(model, key, CONTEXT)
    except ReportError as error:
        raise LanguageModelError(error.en, error.zh) from error


def _broken() -> tuple[type[Exception], ...]:
    """What a server that is down, or talks nonsense, shows as."""
    import openai

    # the client's HTTP library is httpx or its successor
    http = [import_module(name) for name in ("httpx", "httpx2") if find_spec(name)]
    down = [error for module in http for error in (module.HTTPError, module.InvalidURL)]
    nonsense = (ValueError, TypeError, KeyError, AttributeError, IndexError)  # JSON, its fields
    return (openai.OpenAIError, *down, OSError, *nonsense, RuntimeError)  # the last of OpenVINO


def _short(error: Exception) -> str:
    return (str(error) or type(error).__name__).splitlines()[0][:120]
