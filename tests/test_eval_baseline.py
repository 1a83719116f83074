from pathlib import Path

import numpy as np
import pytest
from eval_fakes import passage

import index.reports
from eval.baseline import Baseline, cut
from index.errors import ReportError

REPORT = Path(index.reports.__file__).with_name("zkteco-2023-esg.txt")
CHUNKS = [passage("水", (1, 1)), passage("火火", (2, 2)), passage("土", (3, 3))]


class CountingEmbedder:
    """Counts 水, 火 and 土."""

    name = "counting"

    def encode_entries(self, titles, texts, *, progress=False):
        return self.encode_questions(texts)

    def encode_questions(self, questions):
        return np.array([[text.count(word) for word in "水火土"] for text in questions], np.float32)


class FakeModel:
    def __init__(self, *pieces):
        self.pieces, self.messages = pieces, None

    def stream(self, messages):
        self.messages = messages
        yield from self.pieces


def test_the_nearest_chunk_comes_first():
    [found] = Baseline(CHUNKS, CountingEmbedder(), None).search("土?", k=1)
    assert (found.id, found.score) == (CHUNKS[2].id, 1.0)


def test_chunks_are_stuffed_and_the_words_come_back():
    model = FakeModel("水", "是水")
    history = [{"role": "user", "content": "早"}]
    events = list(Baseline(CHUNKS, CountingEmbedder(), model).stream("火？", history))
    assert [citation.passage.text for citation in events[0]] == ["火火", "水", "土"]
    assert events[1:3] == ["水", "是水"]
    assert (events[3].text, events[3].answered, events[3].language) == ("水是水", True, "zh")
    assert model.messages[1:] == [("user", "早"), ("user", "火？")]
    assert "火火\n\n水\n\n土" in model.messages[0][1]


@pytest.mark.parametrize(
    ("text", "answered"),
    [
        ("I don't know.", False),
        ("The context does not provide that.", False),
        ("报告中没有提及。", False),
        ("It is known to be 5.", True),
        ("共召开5次。", True),
    ],
)
def test_a_refusal_is_told_by_its_words(text, answered):
    *_, last = Baseline(CHUNKS, CountingEmbedder(), FakeModel(text)).stream("火？")
    assert last.answered is answered


def test_without_a_model_it_says_so():
    with pytest.raises(ReportError, match="needs a language model"):
        next(Baseline(CHUNKS, CountingEmbedder(), None).stream("火？"))


def test_chunks_know_their_lines():
    pytest.importorskip("langchain_text_splitters")
    lines = REPORT.read_text("utf-8").split("\n")
    chunks = cut(REPORT)
    assert max(len(chunk.text) for chunk in chunks) <= 500
    for chunk in chunks:
        first, last = chunk.lines
        assert chunk.text in "\n".join(lines[first - 1 : last])
        assert chunk.text.split("\n")[0] in lines[first - 1]
    covered = {n for chunk in chunks for n in range(chunk.lines[0], chunk.lines[1] + 1)}
    assert {n for n, line in enumerate(lines, 1) if line.strip()} <= covered
