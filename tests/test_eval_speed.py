import pytest
from conftest import DAIRY, FakeEmbedder

import eval.__main__ as command
from eval.speed import measure_speed
from index.embed import DEFAULT

pytest.importorskip("langchain_text_splitters")


@pytest.fixture(scope="module")
def rows():
    embedder = FakeEmbedder(DEFAULT)
    table = measure_speed(embedder, ["公司有多少员工？", "How many farms are there?"], DAIRY)
    return {row[0]: row[1:] for row in table}


def test_both_ways_are_measured(rows):
    plain, ours, ratio = rows["texts embedded"]
    assert float(ratio) == pytest.approx(int(ours) / int(plain), abs=0.01)
    assert all(float(value) >= 0 for value in rows["search, p50 ms"])
    assert {len(row) for row in rows.values()} == {3}


def test_the_model_in_torch_is_measured_beside_the_one_in_8_bit():
    torch, embedder = FakeEmbedder(DEFAULT), FakeEmbedder(DEFAULT)
    table = measure_speed(embedder, ["公司有多少员工？"], DAIRY, torch)
    rows = {row[0]: row[1:] for row in table}
    assert len(rows["chunks embedded in torch, in 8 bit, s"]) == 3
    assert len(rows["a question in torch, in 8 bit, p50 ms"]) == 3


def test_a_changed_paragraph_embeds_only_what_changed(rows):
    # its own sentence, and the section that it stands in
    assert 1 <= int(rows["one paragraph changed: texts embedded"][1]) <= 3


def test_the_command(monkeypatch, capsys):
    monkeypatch.setattr("index.embed.open_embedder", lambda *given: FakeEmbedder(DEFAULT))
    monkeypatch.setattr("eval.speed.BUNDLED_REPORT", DAIRY)
    monkeypatch.setattr("eval.speed.measure_speed.__defaults__", (DAIRY, None))
    assert command.main(["speed"]) == 0
    assert "ours / plain" in capsys.readouterr().out
