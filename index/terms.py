"""Cut text and questions into the same search terms."""

import hashlib
import logging
import re
import threading
import warnings
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from typing import Any

from index.glossary import GLOSSARY, glossary
from index.pieces import CHINESE_STOP_WORDS, ENGLISH_STOP_WORDS, HAN, is_chinese, pieces, stem

# Tags of jieba's dictionary.
_FUNCTION_CLASSES = frozenset(b"c d f m mq p r u ul uj y e o".split())
_TOKENS_VERSION = 1  # raise it with every change to tokens()
LONGEST_NAME = 4  # Chinese characters, of a person or a place
_lock = threading.Lock()  # jieba is loaded but once


def terms_version() -> str:
    """Return what changes when the same text gives other tokens: an index then is out of date."""
    glossary_sha256 = hashlib.sha256(GLOSSARY.read_bytes()).hexdigest()
    return f"{_TOKENS_VERSION}-{glossary_sha256[:12]}"


def tokens(text: str) -> list[str]:
    """Return the search terms of a text or a question, repetitions kept, stop words dropped.

    Chinese words come with the dictionary words inside them, English words as stems.
    """
    found = []
    for piece in pieces(text):
        if is_chinese(piece):
            found += [word for word in _segment(piece) if word not in CHINESE_STOP_WORDS]
        elif piece not in ENGLISH_STOP_WORDS:
            found.append(stem(piece))
    return found


def _segment(run: str) -> Iterator[str]:
    """Cut a run of Chinese into words, with the words inside them and long ones across them.

    jieba's search mode would lose 信息安全 in 信息安全管理 (it stops at three characters) and
    职业健康 in 职业健康检查 (cut as 职业 / 健康检查). HMM stays off: it guesses new words from what
    stands around them, which is not the same in question and text.
    """
    with _lock:
        segmenter = _segmenter()
    dictionary_words = segmenter.get_DAG(run)
    words = list(segmenter.cut(run, HMM=False))
    yield from _unknown_names(words)
    start = 0
    for word in words:
        end = start + len(word)
        if len(word) == 1:
            yield word
        for left in range(start, end):
            for last in dictionary_words[left]:
                size = last + 1 - left
                if size > 2 or (size == 2 and last < end):
                    yield run[left : last + 1]
        start = end


def _unknown_names(words: list[str]) -> list[str]:
    """Return the neighbouring single characters as words: mostly names that jieba lacks."""
    singles = (w if len(w) == 1 and w not in CHINESE_STOP_WORDS else " " for w in words)
    return [name for name in "".join(singles).split() if 2 <= len(name) <= LONGEST_NAME]


def in_dictionary(word: str) -> bool:
    """Tell whether jieba knows a Chinese word (with the glossary's terms)."""
    with _lock:
        return bool(_segmenter().FREQ.get(word))


def chinese_words(run: str) -> list[str]:
    """Return the words of a run of Chinese, one behind the other."""
    with _lock:
        return list(_segmenter().cut(run, HMM=False))


def word_bounds(run: str) -> frozenset[int]:
    """Return the places of a run of Chinese where one of its words begins or ends."""
    return frozenset(accumulate(map(len, chinese_words(run)), initial=0))


@cache
def function_words() -> frozenset[str]:
    """Return the Chinese words that name nothing, by the classes of jieba's dictionary: adverbs,
    conjunctions, prepositions, pronouns, particles, numerals and words of place.
    """
    with _lock:
        _segmenter()  # loads jieba, quietly
    import jieba

    with jieba.get_dict_file() as file:
        tagged = (line.split() for line in file)
        words = [word for word, _, tag in tagged if tag in _FUNCTION_CLASSES]
    return frozenset(word.decode("utf-8") for word in words) - glossary().keys()


@cache
def _segmenter() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # invalid escapes and pkg_resources, inside jieba
        import jieba

    jieba.setLogLevel(logging.WARNING)
    segmenter = jieba.Tokenizer()  # our own, so that no other user of jieba sees our words
    for term in glossary():
        if len(term) > 1 and not re.search(f"[^{HAN}]", term):
            segmenter.add_word(term)
    return segmenter
