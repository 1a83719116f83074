import builtins

import numpy as np
import pytest

from eval.llama import LlamaIndex
from index.errors import ReportError

pytest.importorskip("llama_index.core")

WORDS = ("水很清", "火很热", "土很厚")
LINES = [f"{n}. " + f"{word}。" * 40 for n, word in enumerate(w for w in WORDS for _ in range(10))]


class CountingEmbedder:
    """Counts 水, 火 and 土."""

    name = "counting"

    def encode_entries(self, titles, texts, *, progress=False):
        assert len(titles) == len(texts)
        return self.encode_questions(texts)

    def encode_questions(self, questions):
        counts = [[text.count(word) + 0.01 for word in "水火土"] for text in questions]
        return np.array(counts, np.float32)


class FakeModel:
    """Says what it was given, in order; keeps what it was asked."""

    def __init__(self, *replies):
        self.replies, self.asked = list(replies), []

    def stream(self, messages):
        self.asked.append(list(messages))
        yield from self.replies.pop(0)


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text("\n".join(LINES), "utf-8")
    return path


def peer(report, model=None, engine="llama-index"):
    return LlamaIndex(report, CountingEmbedder(), model, engine)


def test_its_chunks_know_their_lines(report):
    found = peer(report).search("火?", k=10)
    covered = {n for each in found for n in range(each.lines[0], each.lines[1] + 1)}
    assert covered == set(range(1, len(LINES) + 1))
    for each in found:
        assert each.text in "\n".join(LINES[each.lines[0] - 1 : each.lines[1]])
    assert "火" in found[0].text


def test_its_words_come_piece_by_piece_without_marks(report):
    model = FakeModel(["火", "很热。"])
    evidence, *pieces, last = peer(report, model).stream("火怎么样？")
    assert pieces == ["火", "很热。"]
    assert (last.text, last.answered, last.language) == ("火很热。", True, "zh")
    assert len(evidence) == len(last.citations) == 2
    [messages] = model.asked
    assert [role for role, _ in messages] == ["system", "user"]
    assert all(citation.passage.text in messages[1][1] for citation in evidence)


def test_the_citation_engine_numbers_its_sources(report):
    model = FakeModel(["火很热 [1]。"])
    *_, last = peer(report, model, "llama-index-citation").stream("火怎么样？")
    [[(_, prompt)]] = model.asked
    assert len(last.citations) > 2
    for citation in last.citations:
        assert f"Source {citation.number}:\n{citation.quote}" in prompt
        assert citation.quote == citation.passage.text in "\n".join(LINES)


def test_a_follow_up_is_condensed_first(report):
    model = FakeModel(["土怎么样？"], ["我不知道。"])
    history = [{"role": "user", "content": "水怎么样？"}]
    *_, last = peer(report, model).stream("土呢？", history)
    assert (last.question, last.answered) == ("土怎么样？", False)
    assert "user: 水怎么样？" in model.asked[0][-1][1]
    assert "土怎么样？" in model.asked[1][-1][1]


def test_without_a_model_it_says_so(report):
    with pytest.raises(ReportError, match="needs a language model"):
        next(peer(report).stream("火？"))


def test_what_is_missing_is_named(monkeypatch):
    plain = builtins.__import__

    def without(name, *rest):
        if name.startswith("llama_index"):
            raise ImportError(name)
        return plain(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ReportError, match="peers"):
        LlamaIndex.open("llama-index", "none")
