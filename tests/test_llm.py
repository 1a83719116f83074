"""The language model behind an address: whatever it does, text or one kind of error comes out."""

import json
import math
import threading
import time

import pytest
from fakes import DONE, ChatServer, chunk, serving, wait_until

from index.errors import ReportError
from index.model import WeightsError
from rag import llm
from rag.llm import LanguageModel, LanguageModelError, open_llm
from rag.settings import Settings

MESSAGES = [("system", "Be brief."), ("user", "多少？")]


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch):
    for name in ("RAG_LLM", "RAG_LLM_BASE_URL", "RAG_LLM_API_KEY", "RAG_LLM_TIMEOUT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def server():
    return ChatServer()


@pytest.fixture
def model(server):
    with serving(server) as url:
        yield LanguageModel(
            Settings(llm="some-model", llm_base_url=url, llm_api_key="secret", llm_timeout=1.0)
        )


def test_text_comes_in_the_pieces_that_the_server_sends(model, server):
    server.says("共 1,924 ", "人", "", "[1]。")
    assert list(model.stream(MESSAGES)) == ["共 1,924 ", "人", "[1]。"]


def test_a_server_is_asked_for_several_answers_one_after_the_other(model, server):
    server.says("三", "人")
    told = list(model.stream_together([MESSAGES, [("user", "几？")]]))
    assert told == [(0, "三"), (0, "人"), (0, None), (1, "三"), (1, "人"), (1, None)]
    asked = [[m["content"] for m in request["messages"]] for request in server.requests]
    assert asked == [["Be brief.", "多少？"], ["几？"]]


def test_the_request_names_model_key_and_limits(model, server):
    server.says("x")
    list(model.stream(MESSAGES))
    request = server.requests[0]
    assert request["model"] == "some-model"
    assert request["temperature"] == 0
    assert request["stream"] is True
    assert [m["content"] for m in request["messages"]] == ["Be brief.", "多少？"]
    assert server.keys == ["Bearer secret"]
    assert 0 < request["max_completion_tokens"] <= 1000


def test_how_far_it_agrees_is_read_off_its_first_word(model, server):
    words = [("Yes", -0.5), (" yes", -2.0), ("No", -1.5), ("The", -3.0)]
    told = {"content": [{"token": "Yes", "logprob": -0.5, "bytes": None, "top_logprobs": [
        {"token": word, "logprob": share, "bytes": None} for word, share in words
    ]}]}  # fmt: skip
    first = chunk("Yes").replace(
        b'"finish_reason"', b'"logprobs": ' + json.dumps(told).encode() + b', "finish_reason"'
    )
    server.sends(first, DONE)
    yes, no = math.exp(-0.5) + math.exp(-2), math.exp(-1.5)
    assert model.agrees(MESSAGES) == pytest.approx(yes / (yes + no))
    request = server.requests[0]
    assert request["logprobs"] is True
    assert request["max_completion_tokens"] < 10


@pytest.mark.parametrize(
    ("said", "agrees"),
    [
        ("Yes", 1),
        ("no.", 0),
        ("是", 1),
        ("否", 0),
        ("没有回答", 0),
        ("公司每年", None),
        ("Not", None),
    ],
)
def test_a_server_that_tells_no_probabilities_is_taken_at_its_word(model, server, said, agrees):
    server.says(said)
    assert model.agrees(MESSAGES) == agrees


def test_a_server_that_is_down_cannot_agree(model, server):
    server.sends(status=500)
    with pytest.raises(LanguageModelError):
        model.agrees(MESSAGES)


def test_text_may_come_as_a_list_of_parts(model, server):
    part = chunk("x").replace(b'"content": "x"', b'"content": [{"type": "text", "text": "y"}]')
    server.sends(part, DONE)
    with pytest.warns(UserWarning, match="serializer"):
        assert list(model.stream(MESSAGES)) == ["y"]


NONSENSE = {
    "nothing": [],
    "no text": [chunk(""), DONE],
    "done only": [DONE],
    "HTML": [b"<html><body>Welcome to the hotel Wi-Fi</body></html>"],
    "not JSON": [b"data: {nope\n\n"],
    "a number": [b"data: 5\n\n"],
    "a list": [b"data: []\n\n"],
    "choices 7": [b'data: {"choices": 7}\n\n'],
    "choice null": [b'data: {"choices": [null]}\n\n'],
    "delta text": [b'data: {"choices": [{"delta": "x"}]}\n\n'],
    "content 5": [b'data: {"choices": [{"delta": {"content": 5}}]}\n\n'],
    "tool calls 5": [b'data: {"choices": [{"index": 0, "delta": {"tool_calls": 5}}]}\n\n'],
    "an error": [b'data: {"error": {"message": "out of memory"}}\n\n'],
    "binary": [bytes(range(256))],
}


@pytest.mark.filterwarnings("ignore:Pydantic serializer warnings")
@pytest.mark.parametrize("parts", NONSENSE.values(), ids=NONSENSE)
def test_nonsense_is_an_error_in_both_languages(model, server, parts):
    server.sends(*parts)
    with pytest.raises(LanguageModelError) as error:
        list(model.stream(MESSAGES))
    assert "some-model" in error.value.message("en")
    assert "some-model" in error.value.message("zh")


@pytest.mark.parametrize("status", [400, 401, 404, 429, 500, 503])
def test_a_refusal_is_an_error(model, server, status):
    server.sends(b'{"error": {"message": "boom"}}', status=status, kind="application/json")
    with pytest.raises(LanguageModelError, match=str(status)):
        list(model.stream(MESSAGES))
    assert len(server.requests) == 1  # no retries: an answer of quotes is better than waiting


def test_a_broken_stream_is_an_error(model, server):
    server.sends(chunk("公司有 1,9"))
    server.breaks_off = True
    with pytest.raises(LanguageModelError):
        list(model.stream(MESSAGES))


def test_a_server_that_is_down_is_an_error():
    model = LanguageModel(Settings(llm="m", llm_base_url="http://127.0.0.1:9/v1"))
    with pytest.raises(LanguageModelError, match="not answering"):
        list(model.stream(MESSAGES))


@pytest.mark.parametrize("address", ["localhost", "ftp://127.0.0.1/v1", "::", "http://"])
def test_an_address_that_is_none_is_an_error(address):
    model = LanguageModel(Settings(llm="m", llm_base_url=address, llm_timeout=1))
    with pytest.raises(LanguageModelError):
        list(model.stream(MESSAGES))


def test_a_silent_server_is_given_up(model, server):
    server.hangs()
    start = time.monotonic()
    with pytest.raises(LanguageModelError, match="slow"):
        list(model.stream(MESSAGES))
    assert time.monotonic() - start < 4


def test_a_server_that_falls_silent_is_given_up(model, server):
    def body():
        yield chunk("公司有 1,9")
        server.stopped.wait(30)

    server.body = body
    start = time.monotonic()
    with pytest.raises(LanguageModelError, match="slow"):
        list(model.stream(MESSAGES))
    assert time.monotonic() - start < 4


@pytest.mark.parametrize("text", ["字", ""])
def test_a_slow_server_is_given_up_however_it_talks(model, server, text):
    server.says_forever(chunk(text), pause=0.05)
    start = time.monotonic()
    with pytest.raises(LanguageModelError, match="slow"):
        list(model.stream(MESSAGES))
    assert time.monotonic() - start < 4


def test_an_endless_answer_is_cut_off(model, server):
    server.says_forever(chunk("字" * 500), pause=0)
    heard = []
    with pytest.raises(LanguageModelError):
        heard.extend(model.stream(MESSAGES))
    assert wait_until(server.left.is_set)


def test_closing_the_stream_hangs_up(model, server):
    server.says_forever(chunk("字"))
    pieces = model.stream(MESSAGES)
    assert next(pieces) == "字"
    pieces.close()
    assert wait_until(server.left.is_set)


def test_starting_the_model_does_not_count_as_waiting_for_its_answer(server, monkeypatch):
    server.says("x")
    start = LanguageModel._start

    def slow_start(self):
        time.sleep(0.5)
        return start(self)

    monkeypatch.setattr(LanguageModel, "_start", slow_start)
    with serving(server) as url:
        model = LanguageModel(Settings(llm="m", llm_base_url=url, llm_timeout=0.4))
        assert list(model.stream(MESSAGES)) == ["x"]


def test_a_name_without_an_address_says_what_to_set():
    with pytest.raises(LanguageModelError) as error:
        list(LanguageModel(Settings(llm="gpt-x")).stream(MESSAGES))
    for language in ("en", "zh"):
        assert "RAG_LLM=gpt-x" in error.value.message(language)
        assert "RAG_LLM_BASE_URL" in error.value.message(language)


def test_weights_that_cannot_be_had_are_a_model_that_is_missing(monkeypatch):
    def refuse(name, cache):
        raise WeightsError("no network", "没有网络")

    monkeypatch.setattr(llm.weights, "fetch", refuse)
    with pytest.raises(LanguageModelError) as error:
        list(LanguageModel(Settings(llm="local")).stream(MESSAGES))
    assert error.value.message("zh") == "没有网络"


def test_a_damaged_model_file_is_an_error_with_the_command_that_mends_it(monkeypatch, tmp_path):
    damaged = tmp_path / "model.gguf"
    damaged.write_bytes(b"GGUF" + bytes(1000))
    monkeypatch.setattr(llm.weights, "fetch", lambda name, cache: damaged)
    with pytest.raises(LanguageModelError) as error:
        list(LanguageModel(Settings(llm="local")).stream(MESSAGES))
    assert "python -m index.weights" in error.value.message("en")


def test_none_is_no_model():
    assert open_llm(Settings(llm="none")) is None
    assert isinstance(open_llm(Settings(llm="local")), LanguageModel)
    assert issubclass(LanguageModelError, ReportError)


def test_two_threads_start_one_model(server, monkeypatch):
    server.says("x")
    started = []
    start = LanguageModel._start

    def counted(self):
        started.append(threading.get_ident())
        time.sleep(0.1)
        return start(self)

    monkeypatch.setattr(LanguageModel, "_start", counted)
    with serving(server) as url:
        model = LanguageModel(Settings(llm="m", llm_base_url=url))
        heard = []
        threads = [
            threading.Thread(target=lambda: heard.append("".join(model.stream(MESSAGES))))
            for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(10)
    assert heard == ["x"] * 4
    assert len(started) == 1
