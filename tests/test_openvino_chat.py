"""The language model in OpenVINO's format: what it is given, what comes out, and when it stops."""

import math
import threading
import time
from types import SimpleNamespace

import pytest
from fakes import wait_until

from eval.tokens import counted_tokens
from rag.llm import LanguageModel, LanguageModelError
from rag.openvino_chat import OpenVinoChat
from rag.settings import Settings

MESSAGES = [("system", "Be brief."), ("user", "多少？"), ("assistant", "三。"), ("user", "几？")]


class Pipeline:
    """Says its pieces, whatever it is asked."""

    def __init__(self, *pieces, logprob=0.0):
        self.pieces, self.logprob = pieces, logprob
        self.prompts, self.configs = [], []
        self.running = self.most = 0
        self.ended = threading.Event()

    def get_tokenizer(self):
        return self

    def apply_chat_template(self, messages, *, add_generation_prompt):
        assert add_generation_prompt
        return "|".join(f"{each['role']}:{each['content']}" for each in messages)

    def encode(self, text):
        return SimpleNamespace(input_ids=SimpleNamespace(shape=(1, len(text))))

    def get_generation_config(self):
        return SimpleNamespace(logprobs=0)

    def generate(self, prompts, config, hear=None):
        self.running += 1
        time.sleep(0.01)  # so that others would come in between
        self.most = max(self.most, self.running)
        self.prompts += prompts
        self.configs.append(config)
        for piece in self.pieces:
            if isinstance(piece, Exception):
                self.running -= 1
                raise piece
            if hear and hear(piece):
                break
        self.running -= 1
        self.ended.set()
        counts = {"get_num_input_tokens": lambda: 7, "get_num_generated_tokens": lambda: 3}
        return SimpleNamespace(
            texts=["".join(self.pieces[:1])], scores=[self.logprob],
            perf_metrics=SimpleNamespace(**counts),
        )  # fmt: skip


def chat(*pieces, context=1000, longest=50, logprob=0.0):
    pipeline = Pipeline(*pieces, logprob=logprob)
    return OpenVinoChat(pipeline=pipeline, context=context, longest=longest)


def model_of(made):
    model = LanguageModel(Settings(llm="local"))
    model._chat_model = made
    return model


def test_text_comes_in_the_pieces_that_the_engine_writes():
    assert list(model_of(chat("共 1,924 ", "", "人。")).stream(MESSAGES)) == ["共 1,924 ", "人。"]


def test_the_whole_conversation_is_read_by_the_models_own_template():
    made = chat("x")
    list(made.stream(MESSAGES))
    assert made.pipeline.prompts == ["system:Be brief.|user:多少？|assistant:三。|user:几？"]


def test_it_is_greedy_and_writes_so_much_at_most():
    made = chat("x", longest=50)
    list(made.stream(MESSAGES))
    list(made.stream(MESSAGES, max_completion_tokens=5, stop=["\n"]))
    list(made.stream(MESSAGES, max_completion_tokens=500))
    configs = made.pipeline.configs
    assert [config.max_new_tokens for config in configs] == [50, 5, 50]
    assert [config.stop_strings for config in configs] == [set(), {"\n"}, set()]
    assert not any(config.do_sample or config.apply_chat_template for config in configs)


def test_what_was_read_and_written_is_counted():
    with counted_tokens() as tokens:
        said = chat("三", "人").invoke(MESSAGES)
    assert tokens == {"prompt_tokens": 7, "answer_tokens": 3}
    assert said.content == "三人"
    assert (said.usage_metadata["input_tokens"], said.usage_metadata["output_tokens"]) == (7, 3)


@pytest.mark.parametrize(
    ("said", "share", "agrees"),
    [("Yes", 0.8, 0.8), ("是", 1.0, 1.0), ("No", 0.7, 0.3), ("否", 1.0, 0.0), ("The", 0.9, None)],
)
def test_how_far_it_agrees_is_the_probability_of_its_first_word(said, share, agrees):
    made = chat(said, logprob=math.log(share))
    assert model_of(made).agrees(MESSAGES) == (agrees if agrees is None else pytest.approx(agrees))
    assert made.pipeline.configs[0].max_new_tokens == 1
    assert made.pipeline.configs[0].logprobs == 1


def test_closing_the_stream_ends_the_writing():
    made = chat(*["字"] * 10**6)
    pieces = model_of(made).stream(MESSAGES)
    assert next(pieces) == "字"
    pieces.close()
    assert wait_until(made.pipeline.ended.is_set)


def test_whoever_asks_meanwhile_waits():
    made = chat(*["字"] * 100)
    threads = [threading.Thread(target=made.invoke, args=(MESSAGES,)) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(made.pipeline.prompts), made.pipeline.most) == (5, 1)


def test_a_prompt_that_is_too_long_is_never_cut():
    made = chat("x", context=60, longest=50)
    with pytest.raises(LanguageModelError, match="too long"):
        list(model_of(made).stream(MESSAGES))
    assert made.pipeline.prompts == []


def test_an_engine_that_fails_is_an_error_in_both_languages():
    model = model_of(chat("公司", RuntimeError("out of memory")))
    with pytest.raises(LanguageModelError, match="out of memory") as error:
        list(model.stream(MESSAGES))
    assert "没有正常应答" in error.value.message("zh")
