"""Whether a claim denies what its evidence states, or states what it denies."""

import re
from collections.abc import Collection, Sequence, Set

from index.pieces import is_chinese
from index.terms import tokens
from rag.evidence import Evidence
from rag.limits import DID_NOT_HAPPEN, denials, denies, may_deny
from rag.pairing import judged
from rag.subject import says_nothing
from rag.support import Support, given_tokens

_LIGHT = frozenset(("发生", "出现", "发现", "存在", "事件", "情况", "现象", "行为", "进行", "相关"))
_OF_ALL = frozenset(("产品", "商品", "公司", "集团"))
_DENIED = 0.6  # share of what the evidence denies that a claim has to name to be about it
_ASKED = 0.4  # share of it that a question has to name
_WIDE_DENIAL = re.compile(
    r"\b(?:un|in|im|non-?|dis|ir)[a-z]{3,}|fail|lack|\bfree\b|prohibit|forbid|\bban|prevent|avoid"
    r"|refus|defect|reject|few|less|absen|except|only|rarely|seldom",
    re.IGNORECASE,
)  # fmt: skip


def denying(question: str, evidence: Sequence[Evidence], support: Support) -> list[Evidence]:
    """Return the piece that says of what is asked that it did not happen, if one does."""
    senses = support.senses(question)
    for piece in evidence:
        for denial, what in denials(piece.words):
            denied = given_tokens([what]) - _LIGHT
            asked = denied & senses
            named = _of_all(denied, senses) or (
                len(asked) > 1 and len(asked) >= _ASKED * len(denied)
            )
            named = named or _is_of(what, piece, senses) or _is_all_asked(what, question, support)
            if DID_NOT_HAPPEN.match(denial + what) and named:
                return [piece]
    return []


def _of_all(denied: Set[str], senses: Collection[str]) -> bool:
    """Whether what is asked about is all that was denied, of any product: 产品召回."""
    rest = denied - _OF_ALL
    asked = [sense for sense in senses if len(sense) > 1]
    return bool(rest) and all(any(sense in word for sense in asked) for word in rest)


def _is_of(what: str, piece: Evidence, senses: Collection[str]) -> bool:
    """Whether the last word of what did not happen is asked about, and what else the sentence is
    about: "environmental fines", of 环境保护的要求，不存在…处罚的情况.
    """
    words = [word for word in tokens(what) if word not in _LIGHT]
    about = (given_tokens([piece.words]) & set(senses)) - set(words)
    return bool(words) and words[-1] in senses and not all(map(says_nothing, about))


def _is_all_asked(what: str, question: str, support: Support) -> bool:
    """Whether a question asks for nothing but the last word of what did not happen: 受到处罚 of
    "Was the company fined?".
    """
    last = next((word for word in reversed(tokens(what)) if word not in _LIGHT), "")
    asked = support.words(question)
    if is_chinese(question):
        asked = [token for token in tokens(question) if token[1:] and not says_nothing(token)]
    return bool(asked) and all(last in support.senses(word) for word in asked)


def lost_denials(
    text: str, pieces: Sequence[Evidence], language: str, support: Support | None
) -> list[str]:
    """Tell where the evidence denies what the claim states, or the claim what nothing denies."""
    said = [piece.words for piece in pieces]
    if denies(text, language):
        return [] if may_deny(said) or judged(text, pieces, known=True) else [text[:20]]
    if language == "en" and (_WIDE_DENIAL.search(text) or support is None):
        return []
    senses = given_tokens([text]) if language == "zh" else support.senses(text)  # type: ignore[union-attr]
    for denial, what in (pair for words in said for pair in denials(words)):
        denied = given_tokens([what]) - _LIGHT
        if denied and len(denied & senses) >= _DENIED * len(denied):
            return [f"{denial}{what}"[:20]]
    return []
