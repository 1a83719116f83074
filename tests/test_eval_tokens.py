import json

import pytest
from eval_fakes import FakeAssistant, answer, passage, question
from fakes import DONE, ChatServer, chunk, serving
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import AIMessage

from eval.run import ask
from eval.summary import LOWER_IS_BETTER, MEASURES
from eval.tokens import counted_tokens
from rag.llm import LanguageModel
from rag.settings import Settings

RND = passage("研发投入\t21,361.34万元", (777, 777))
ASKED = question("研发投入？", ("21,361.34万元", [[777, 777]]))


def message(text, read=0, written=0):
    usage = {"input_tokens": read, "output_tokens": written, "total_tokens": read + written}
    return AIMessage(
        text, usage_metadata=usage if read else None, response_metadata={"model_name": "fake"}
    )


class AskingAssistant(FakeAssistant):
    """Asks chat models on its way to the answer."""

    models = ()

    def stream(self, question, history=()):
        for model in self.models:
            model.invoke("x")
        yield from super().stream(question, history)


def measures(*messages):
    assistant = AskingAssistant([RND], {ASKED.question: answer("21,361.34万元[1]", RND)})
    assistant.models = [GenericFakeChatModel(messages=iter([each])) for each in messages]
    return ask(assistant, ASKED).measures


def test_the_tokens_of_all_calls_are_added_up():
    found = measures(message("a", 200, 20), message("b", 30, 4))
    assert (found["prompt_tokens"], found["answer_tokens"]) == (230.0, 24.0)


def test_without_usage_nothing_is_counted():
    assert measures(message("a"))["prompt_tokens"] is None
    assert measures()["answer_tokens"] is None


def test_what_is_asked_outside_does_not_count():
    model = GenericFakeChatModel(messages=iter([message("a", 1, 1), message("b", 200, 20)]))
    model.invoke("x")
    with counted_tokens() as tokens:
        model.invoke("x")
    assert tokens == {"prompt_tokens": 200.0, "answer_tokens": 20.0}


@pytest.mark.parametrize("tells", [True, False])
def test_the_stream_of_a_server_is_counted_if_it_tells(tells):
    usage = {"prompt_tokens": 200, "completion_tokens": 20, "total_tokens": 220}
    last = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "fake"}
    end = {**last, "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}
    counts = {**last, "choices": [], "usage": usage}
    events = [f"data: {json.dumps(each)}\n\n".encode() for each in ([end, counts][: 1 + tells])]
    server = ChatServer()
    server.sends(chunk("水"), *events, DONE)
    with serving(server) as address, counted_tokens() as tokens:
        model = LanguageModel(Settings(llm="fake", llm_base_url=address))
        assert list(model.stream([("user", "x")])) == ["水"]
    assert tokens["prompt_tokens"] == (200.0 if tells else None)
    assert tokens["answer_tokens"] == (20.0 if tells else None)


def test_tokens_are_summed_up_like_other_measures():
    assert {"prompt_tokens", "answer_tokens"} <= set(MEASURES) & LOWER_IS_BETTER
