"""Alignment: English words and the Chinese ones that mean the same, by their embeddings."""

import numpy as np
import pytest
from fakes import evidence

from index.bridge import Bridge
from index.embed import DEFAULT, LIGHT
from index.terms import tokens
from rag.alignment import Alignment
from rag.claim import Frame
from rag.support import Support
from rag.verify import check_claims

TEXT = "风险分为非常严重、较严重、轻微三级。"
MEANINGS = (("mild", "轻微"), ("moderately severe", "较严重"), ("level", "三级"))


class Embedder:
    """Knows what a few words mean; remembers what it embedded."""

    def __init__(self, name=DEFAULT):
        self.name = name
        self.embedded = []

    def encode_words(self, words):
        self.embedded += words
        vectors = np.zeros((len(words), len(MEANINGS) + 1), np.float32)
        for row, word in enumerate(words):
            meant = [place for place, pair in enumerate(MEANINGS) if word in pair]
            vectors[row, meant or len(MEANINGS)] = 1 if meant else 0.7
        return vectors


@pytest.mark.parametrize(
    ("english", "found"),
    [("mild", True), ("moderately severe", True), ("fatal", False), ("levels", False)],
)
def test_words_and_pairs_of_neighbours_are_compared(english, found):
    assert Alignment(Embedder()).finds(english, TEXT) is found


def test_a_text_and_a_phrase_are_embedded_once():
    embedder = Embedder()
    alignment = Alignment(embedder)
    for english in ("mild", "fatal", "moderately severe"):
        alignment.finds(english, TEXT)
    alignment.finds("mild", "轻微。")
    assert embedder.embedded.count("轻微") == 2
    assert embedder.embedded.count("mild") == 1


@pytest.mark.parametrize("name", [LIGHT, "another"])
def test_an_embedder_that_does_not_tell_is_not_asked(name):
    embedder = Embedder(name)
    assert not Alignment(embedder).finds("mild", TEXT)
    assert embedder.embedded == []


def test_a_text_without_chinese_has_nothing_to_find():
    assert not Alignment(Embedder()).finds("mild", "2023: 5")


def test_what_no_dictionary_has_supports_a_claim_all_the_same():
    vocabulary = Bridge(tokens(TEXT))
    words = ["mild", "frobnicated", "gadgets", "overhauled"]
    assert Support(vocabulary).unaligned(words[:2], [TEXT]) == []  # so few are no matter
    assert Support(vocabulary).unaligned(words, [TEXT]) == words
    support = Support(vocabulary, ("海岳食品", "Haiyue"), Alignment(Embedder()))
    assert support.unaligned(words, [TEXT]) == words[1:]
    assert support.unaligned(words[:3], [TEXT]) == []
    assert support.aligns("Haiyue mild", [TEXT])


def test_a_claim_whose_words_mean_what_it_cites_passes(monkeypatch):
    claim = "Frobnicated gadgets overhauled quibbling widgets."
    frame = Frame("en", "2023", support=Support(Bridge(tokens(TEXT))))
    kinds = [failure.kind for failure in check_claims(claim, evidence(TEXT), frame)[0].failures]
    assert "words" in kinds
    monkeypatch.setattr(Support, "aligns", lambda *_: True)
    (checked,) = check_claims(claim, evidence(TEXT), frame)
    assert "words" not in [failure.kind for failure in checked.failures]
