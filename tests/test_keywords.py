import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.keywords import KeywordIndex

DOCUMENTS = [
    ["研发", "投入", "金额"],
    ["研发", "研发", "人员"],
    ["环境", "管理", "体系", "认证", "证书"],
    [],
    ["研发", "人员", "数量", "占", "比例", "说明"],
]


@pytest.fixture(scope="module")
def index():
    return KeywordIndex.from_tokens(DOCUMENTS)


def bm25(token, document, k1=1.5, b=0.75):
    """Lucene's BM25, written down from its definition; an empty document counts as one token."""
    lengths = [max(len(each), 1) for each in DOCUMENTS]
    holding = sum(token in each for each in DOCUMENTS)
    idf = math.log(1 + (len(DOCUMENTS) - holding + 0.5) / (holding + 0.5))
    count = document.count(token)
    norm = 1 - b + b * max(len(document), 1) / (sum(lengths) / len(lengths))
    return idf * count / (count + k1 * norm)


def test_scores_by_the_definition(index):
    expected = [bm25("研发", each) + bm25("人员", each) for each in DOCUMENTS]
    assert index.scores([{"研发": 1.0}, {"人员": 1.0}]) == pytest.approx(expected, abs=1e-5)


def test_order_more_often_and_shorter_first(index):
    positions, scores = index.search([{"研发": 1.0}], 3)
    assert list(positions) == [1, 0, 4]
    assert list(scores) == sorted(scores, reverse=True)


def test_a_rare_word_weighs_more(index):
    scores = index.scores([{"研发": 1.0}, {"投入": 1.0}])
    assert index.scores([{"投入": 1.0}])[0] > index.scores([{"研发": 1.0}])[0]
    assert int(scores.argmax()) == 0


def test_of_alternatives_the_best_counts_and_but_once(index):
    both = index.scores([{"研发": 1.0, "人员": 1.0}])
    each = [index.scores([{token: 1.0}]) for token in ("研发", "人员")]
    assert both == pytest.approx(np.maximum(*each))
    assert index.scores([{"研发": 1.0}, {"人员": 1.0}]) == pytest.approx(each[0] + each[1])


def test_weights_of_alternatives(index):
    assert index.scores([{"研发": 0.5}]) == pytest.approx(0.5 * index.scores([{"研发": 1.0}]))


@pytest.mark.parametrize("terms", [[], [{}], [{"没有的词": 1.0}], [{"": 1.0}]])
def test_unknown_words_and_empty_questions_score_nothing(index, terms):
    assert not index.scores(terms).any()


def test_ties_keep_the_order_of_the_entries(index):
    assert list(index.search([{"没有的词": 1.0}], 99)[0]) == [0, 1, 2, 3, 4]


def test_vocabulary_and_document_frequency(index):
    assert set(index.vocabulary) == {token for each in DOCUMENTS for token in each}
    assert [index.document_frequency(token) for token in ("研发", "证书", "没有")] == [3, 1, 0]


def test_a_corpus_without_a_word():
    index = KeywordIndex.from_tokens([[], []])
    assert (len(index), index.vocabulary) == (2, [])
    assert not index.scores([{"研发": 1.0}]).any()


def test_no_corpus_at_all():
    with pytest.raises(ValueError, match="no entries"):
        KeywordIndex.from_tokens([])


def test_round_trip(index, tmp_path):
    index.save(tmp_path / "keywords")
    again = KeywordIndex.load(tmp_path / "keywords")
    terms = [{"研发": 1.0, "环境": 0.5}, {"人员": 1.0}]
    assert np.array_equal(again.scores(terms), index.scores(terms))
    assert (len(again), set(again.vocabulary)) == (len(index), set(index.vocabulary))


def test_the_highest_score_is_that_of_an_entry_with_every_term(index):
    one = float(index.scores([{"研发": 1.0}]).max())
    other = float(index.scores([{"投入": 1.0}]).max())
    assert index.highest([{"研发": 1.0}, {"投入": 0.5}]) == pytest.approx(one + other / 2)
    assert index.highest([{"研发": 0.1, "投入": 1.0}]) == pytest.approx(other)  # of alternatives
    assert index.highest([{"没有": 1.0}]) == 0
    assert index.highest([]) == 0


@given(st.lists(st.sets(st.sampled_from([t for d in DOCUMENTS for t in d] + ["没有"]), min_size=1)))
def test_no_entry_scores_more_than_the_highest(terms):
    index = KeywordIndex.from_tokens(DOCUMENTS)
    weighted = [dict.fromkeys(term, 1.0) for term in terms]
    assert index.scores(weighted).max() <= index.highest(weighted) + 1e-4
