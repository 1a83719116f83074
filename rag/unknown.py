"""The content words of a question that say nothing in terms of the report."""

import re
from itertools import pairwise

from index.bridge import Bridge
from index.glossary import glossary_phrases
from index.pieces import ENGLISH_STOP_WORDS, is_chinese, pieces, stem
from index.terms import tokens
from rag.subject import says_nothing


def unknown_words(question: str, bridge: Bridge) -> list[str]:
    """Return the content words that say nothing in terms of the report."""
    words = list(pieces(question))
    # a name, or a term, may only be known whole: Chen Shukai, the size of the workforce
    said = [word for word in words if word not in ENGLISH_STOP_WORDS]
    runs = [*pairwise(said), *zip(said, said[1:], said[2:], strict=False)]
    named = {word for run in runs if _is_name(run, bridge) for word in run}
    unknown = [
        token
        for word in dict.fromkeys(words)
        if is_chinese(word) or not bridge.query_terms(word)
        for token in _without_overlaps(word, bridge)
    ]
    alone = {token for word in words if word not in named for token in tokens(word)}
    left = _without_known(question, bridge)
    phrases = _unknown_phrases(question, bridge)
    in_phrases = {token for phrase in phrases for token in tokens(phrase)}
    return phrases + [
        token
        for token in dict.fromkeys(unknown)
        if (token in alone if token.isascii() else not set(token).isdisjoint(left))
        and token not in in_phrases
    ]


def _unknown_phrases(question: str, bridge: Bridge) -> list[str]:
    """Return the English terms of the glossary for which the report has no Chinese ones: of product
    recalls (产品召回) it may have the product alone.
    """
    return [
        " ".join(phrase)
        for phrase, chinese in glossary_phrases(question)
        if not all(says_nothing(stem(word)) for word in phrase)
        and not any(
            all(says_nothing(token) or _means(token, bridge) for token in tokens(term))
            for term in chinese
        )
    ]


def _is_name(words: tuple[str, ...], bridge: Bridge) -> bool:
    """Whether the words together say what no part of them says alone."""
    parts = [words[:-1], words[1:]]
    alone = {t for part in parts for term in bridge.query_terms(" ".join(part)) for t in term}
    together = {token for term in bridge.query_terms(" ".join(words)) for token in term}
    return not together <= alone


def _means(token: str, bridge: Bridge) -> bool:
    """Whether the report has it: more than single characters of it (好, 吃 of 好吃)."""
    found = {t for term in bridge.query_terms(token) for t in term}
    return any(len(t) > 1 or t.isascii() for t in found) or token in found


def _means_whole(token: str, bridge: Bridge) -> bool:
    """Whether the report has it, in these words or others; 产品 is not 产品召回."""
    found = {t for term in bridge.query_terms(token) for t in term}
    return any(t == token or (len(t) > 1 and t not in token) for t in found)


def _without_overlaps(word: str, bridge: Bridge) -> list[str]:
    """Return the tokens of a word, or of a run of Chinese, that say nothing in terms of the report;
    without those that the dictionary cuts across its neighbours (比增 of 同比增长).
    """
    unknown: list[str] = []
    explained = bytearray(len(word))
    for token in tokens(word):
        if "最" not in token and not says_nothing(token) and not _means(token, bridge):
            unknown.append(token)
        elif _means_whole(token, bridge) or says_nothing(token):
            for match in re.finditer(re.escape(token), word):
                explained[match.start() : match.end()] = b"\1" * len(token)
    if not is_chinese(word):
        return unknown
    return [
        token
        for token in unknown
        if (at := word.find(token)) < 0 or not all(explained[at : at + len(token)])
    ]


def _without_known(question: str, bridge: Bridge) -> str:
    """The question without the words of the report: what is cut out across two of these (会会 of
    董事会会议) is no word.
    """
    known = {t for run in pieces(question) for t in tokens(run) if t in bridge.vocabulary and t[1:]}
    for token in sorted(known, key=len, reverse=True):
        question = question.replace(token, " ")
    return question
