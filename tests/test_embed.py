import threading

import numpy as np
import pytest

from index import embed
from index.embed import DEFAULT, LIGHT, NAMES, SentenceEmbedder, open_embedder
from index.errors import ReportError

SENTENCES = [
    "公司董事会由七名董事组成，其中女性董事两名。",
    "报告期内，公司用水量下降了百分之五。",
    "公司为员工提供免息购房借款。",
    "研发投入金额为两亿元，主要用于算法研究。",
    "客户投诉解决率达到百分之百。",
]
QUESTIONS = [
    ("公司有几名女性董事？", 0),
    ("How many women are on the board of directors?", 0),
    ("用水情况如何？", 1),
    ("Did water consumption go down?", 1),
    ("员工买房有什么帮助？", 2),
    ("How does the company help employees buy a home?", 2),
    ("研发花了多少钱？", 3),
    ("How much was spent on research and development?", 3),
    ("客户的投诉解决了吗？", 4),
    ("Were customer complaints resolved?", 4),
]


class FakeModel:
    """Gives every text the vector of its length; remembers the texts."""

    def __init__(self):
        self.texts = []
        self.users = 0

    def encode(self, texts, **options):
        assert options["normalize_embeddings"]
        self.users += 1
        assert self.users == 1, "two threads use the model at once"
        threading.Event().wait(0.005)
        self.texts += texts
        self.users -= 1
        return np.array([[len(text), 1] for text in texts], dtype=np.float64)


@pytest.fixture
def loaded(monkeypatch):
    """The models loaded so far, by name."""
    models = {}

    def load(name, cache, *, in_torch=False):
        assert name not in models, "a model is loaded once"
        return models.setdefault(name, FakeModel())

    monkeypatch.setattr(embed, "_load", load)
    return models


def test_the_model_loads_at_the_first_use(loaded):
    embedder = open_embedder(LIGHT)
    assert loaded == {}
    embedder.encode_questions(["几人？"])
    embedder.encode_questions(["几人？"])
    assert list(loaded) == [LIGHT]


@pytest.mark.parametrize(
    ("name", "entry", "untitled", "question", "word"),
    [
        (
            DEFAULT,
            "title: 章 | text: {a}",
            "title: none | text: b",
            "task: search result | query: q",
            "task: sentence similarity | query: w",
        ),
        (LIGHT, "passage: 章 {a}", "passage: none b", "query: q", "query: w"),
    ],
)
def test_the_words_that_each_model_was_trained_with(loaded, name, entry, untitled, question, word):
    embedder = open_embedder(name)
    vectors = embedder.encode_entries(["章", ""], ["{a}", "b"])
    embedder.encode_questions(["q"])
    embedder.encode_words(["w"])
    assert loaded[name].texts == [entry, untitled, question, word]
    assert (vectors.dtype, vectors.shape) == (np.float32, (2, 2))
    assert vectors.flags["C_CONTIGUOUS"]
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1)  # the fake's are longer


def test_titles_and_texts_of_different_number(loaded):
    with pytest.raises(ValueError, match=r"titles \(1\) must match texts \(2\)"):
        open_embedder().encode_entries(["a"], ["b", "c"])


def test_an_unknown_name_lists_the_known_ones():
    with pytest.raises(ReportError, match=r"'bert'.*RAG_EMBEDDER") as caught:
        open_embedder("bert")
    assert all(name in caught.value.message("zh") for name in NAMES)


def test_one_thread_at_a_time(loaded):
    embedder = SentenceEmbedder(LIGHT)
    errors = []

    def ask():
        try:
            embedder.encode_questions(["q"])
        except AssertionError as error:
            errors.append(error)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(loaded[LIGHT].texts) == 8


@pytest.mark.parametrize("asked", ["encode_questions", "encode_words"])
def test_who_waits_for_an_answer_goes_before_entries_that_wait_longer(loaded, monkeypatch, asked):
    embedder = SentenceEmbedder(LIGHT)
    embedder.encode_questions(["q"])
    model, held, order = loaded[LIGHT], threading.Event(), []
    encode = model.encode

    def slow(texts, **options):
        order.append(texts[0])
        if len(order) == 1:
            held.wait(10)
        return encode(texts, **options)

    monkeypatch.setattr(model, "encode", slow)
    works = [lambda name=name: embedder.encode_entries([""], [name]) for name in "ab"]
    works.append(lambda: getattr(embedder, asked)(["q"]))
    threads = []
    for work in works:
        threads.append(threading.Thread(target=work, daemon=True))
        threads[-1].start()
        threads[-1].join(0.1)  # each comes while the first is held
    held.set()
    for thread in threads:
        thread.join(10)
    assert order == ["passage: none a", "query: q", "passage: none b"]


@pytest.mark.integration
@pytest.mark.parametrize("name", NAMES)
def test_real_models_find_the_right_sentence_in_both_languages(name):
    embedder = open_embedder(name)
    entries = embedder.encode_entries(["社会责任报告"] * len(SENTENCES), SENTENCES)
    questions = embedder.encode_questions([question for question, _ in QUESTIONS])
    assert np.linalg.norm(np.vstack([entries, questions]), axis=1) == pytest.approx(1, abs=1e-5)
    nearest = (questions @ entries.T).argmax(axis=1)
    assert list(nearest) == [right for _, right in QUESTIONS]
    one_by_one = np.vstack([embedder.encode_questions([question]) for question, _ in QUESTIONS])
    assert (one_by_one * questions).sum(axis=1) == pytest.approx(1, abs=1e-2)
