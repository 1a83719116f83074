import math

import numpy as np
import pytest
from conftest import DAIRY, SHIPPING, FakeEmbedder

from index.build import build, is_current
from index.entry_vectors import BATCH, BATCH_CHARACTERS, _batches, titled
from index.source import SourceError
from index.store import StoreError, load


@pytest.fixture
def report(tmp_path):
    file = tmp_path / "report.txt"
    file.write_bytes(DAIRY.read_bytes())
    return file


def test_each_entry_has_its_vector_and_its_words(tiny_index, embedder):
    assert len(tiny_index.entries) == len(tiny_index.vectors) == len(tiny_index.keywords)
    for position, entry in enumerate(tiny_index.entries):
        if entry.kind == "section":
            continue
        title, text = titled(entry)
        expected = embedder.encode_entries([title], [text])[0]
        assert np.allclose(tiny_index.vectors.vector(position), expected)
    position = next(
        i for i, entry in enumerate(tiny_index.entries) if "智慧牧场鸟瞰图" in entry.quote
    )
    assert tiny_index.keywords.scores([{"鸟瞰图": 1.0}])[position] > 0


def test_a_question_finds_its_sentence(tiny_index, embedder):
    (question,) = embedder.encode_questions(["每头奶牛佩戴电子耳标"])
    best = tiny_index.entries[tiny_index.vectors.search(question, 1)[0][0]]
    assert best.text == "公司在锡林郭勒建成智慧牧场，每头奶牛佩戴电子耳标。"


def test_only_what_changed_is_embedded_again(report, tmp_path):
    first, second = FakeEmbedder(), FakeEmbedder()
    build(report, tmp_path / "index", first)
    old = "总部位于呼和浩特市"
    text = report.read_text(encoding="utf-8")
    assert text.count(old) == 1
    report.write_text(text.replace(old, "总部迁至包头市"), encoding="utf-8")
    index = build(report, tmp_path / "index", second)
    assert len(first.embedded) == len(set(first.embedded)) > 30
    changed = [text for _, text in second.embedded]
    (sentence,) = changed  # its section's vector is made from those of its parts
    assert "总部迁至包头市" in sentence
    fresh = build(report, tmp_path / "fresh", FakeEmbedder())
    assert index.entries == fresh.entries
    for position in range(len(fresh.entries)):
        assert np.array_equal(index.vectors.vector(position), fresh.vectors.vector(position))


def test_nothing_is_embedded_where_nothing_changed(report, tmp_path):
    build(report, tmp_path / "index", FakeEmbedder())
    again = FakeEmbedder()
    build(report, tmp_path / "index", again)
    assert again.embedded == []


def test_a_section_is_the_sum_of_its_parts_and_longer_ones_count_for_more(tmp_path, embedder):
    file = tmp_path / "report.md"
    file.write_text("# 甲\n短句在此。\n这一句比前面的那一句要长得多。", encoding="utf-8")
    index = build(file, tmp_path / "index", embedder)
    section, *parts = (index.vectors.vector(i) for i in range(len(index.entries)))
    assert [entry.kind for entry in index.entries] == ["section", "sentence", "sentence"]
    assert len(embedder.embedded) == len(parts)
    summed = sum(
        math.sqrt(len(entry.text)) * vector
        for entry, vector in zip(index.entries[1:], parts, strict=True)
    )
    assert np.allclose(section, summed / np.linalg.norm(summed), atol=1e-6)
    assert section @ parts[1] > section @ parts[0]


def test_vectors_of_another_embedder_or_of_a_damaged_index_are_not_taken(report, tmp_path):
    first = FakeEmbedder()
    build(report, tmp_path / "index", first)
    other = FakeEmbedder("other", dimension=64)
    assert build(report, tmp_path / "index", other).vectors.dimension == 64
    assert len(other.embedded) == len(first.embedded)
    (tmp_path / "index" / "vectors.faiss").write_bytes(b"damaged")
    again = FakeEmbedder("other", dimension=64)
    build(report, tmp_path / "index", again)
    assert len(again.embedded) == len(first.embedded)


def test_equal_entries_are_embedded_once(tmp_path, embedder):
    file = tmp_path / "report.md"
    file.write_text(
        "# 甲\n同一句话。\n再一句话。\n# 乙\n好。\n# 甲\n同一句话。\n第三句话。", encoding="utf-8"
    )
    index = build(file, tmp_path / "index", embedder)
    assert sum(entry.text == "同一句话。" for entry in index.entries) == 2
    assert len(embedder.embedded) == len(set(embedder.embedded)) == 4


@pytest.mark.parametrize("text", ["一", "。", "\t1", "# 甲", "a" * 5000, "目录\n\n甲\t1", "|||"])
def test_the_smallest_reports_can_be_indexed(tmp_path, embedder, text):
    file = tmp_path / "report.txt"
    file.write_text(text, encoding="utf-8")
    build(file, tmp_path / "index", embedder)
    assert load(tmp_path / "index").passages[0].text


def test_another_report_replaces_the_first(report, tmp_path):
    build(report, tmp_path / "index", FakeEmbedder())
    build(SHIPPING, tmp_path / "index", FakeEmbedder())
    assert load(tmp_path / "index").manifest.source == "shipping.md"


def test_an_unreadable_report_leaves_the_index(report, tmp_path, embedder):
    build(report, tmp_path / "index", embedder)
    with pytest.raises(SourceError):
        build(tmp_path / "missing.txt", tmp_path / "index", embedder)
    assert load(tmp_path / "index").manifest.source == "report.txt"


def test_a_foreign_folder_is_refused(report, tmp_path, embedder):
    (tmp_path / "foreign").mkdir()
    (tmp_path / "foreign" / "letter.txt").write_text("mine")
    with pytest.raises(StoreError):
        build(report, tmp_path / "foreign", embedder)
    assert embedder.embedded == []  # told at once


def test_what_is_current(report, tmp_path):
    folder = tmp_path / "index"
    assert not is_current(report, folder, "bigrams")
    build(report, folder, FakeEmbedder())
    assert is_current(report, folder, "bigrams")
    assert not is_current(report, folder, "other")
    assert not is_current(tmp_path / "missing.txt", folder, "bigrams")
    report.write_bytes(report.read_bytes() + b"\n")
    assert not is_current(report, folder, "bigrams")
    report.write_bytes(report.read_bytes()[:-1])
    (folder / "entries.jsonl").write_text("")
    assert not is_current(report, folder, "bigrams")


def test_the_share_done_is_told(report, tmp_path):
    told = []
    embedder = FakeEmbedder()
    index = build(report, tmp_path / "told", embedder, on_progress=told.append)
    assert told[0] == 0.0
    assert told[-1] == 1.0
    assert told == sorted(told)
    assert len(told) > 3
    whole = build(report, tmp_path / "whole", FakeEmbedder())
    assert sorted(embedder.embedded) == sorted(set(embedder.embedded))
    for number in (0, len(index.entries) - 1):
        np.testing.assert_array_equal(index.vectors.vector(number), whole.vectors.vector(number))


def test_a_batch_is_short_so_that_nobody_waits_long_for_the_embedder():
    pairs = [("章", "字" * (7 * number % 400)) for number in range(300)] + [("章", "长" * 900)]
    batches = _batches(pairs)
    assert sorted(pair for batch in batches for pair in batch) == sorted(pairs)
    for batch in batches:
        length = sum(len(title) + len(text) for title, text in batch)
        assert len(batch) == 1 or (len(batch) <= BATCH and length <= BATCH_CHARACTERS)
    assert len(batches) < len(pairs)


def test_a_stop_leaves_the_index_as_it_was(report, tmp_path):
    class StoppedError(Exception):
        pass

    def stop(done):
        if done:
            raise StoppedError

    with pytest.raises(StoppedError):
        build(report, tmp_path / "index", FakeEmbedder(), on_progress=stop)
    assert not (tmp_path / "index").exists()
    assert build(report, tmp_path / "index", FakeEmbedder()).entries
