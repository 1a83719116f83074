"""Whether the report can be expected to answer a question, judged without a model."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from index.store import Index
from index.terms import tokens
from rag import asked
from rag.amounts import find_amounts
from rag.coverage import Coverage
from rag.evidence import Evidence
from rag.question import Question
from rag.retrieve import Hit

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
# Where an English question names the company that it is about.
_LATIN_NAME = re.compile(
    r"\b(?:(?:did|does|do|has|have|had|is|was|were|will|would|can|at|by|of|for|about) )"
    r"([A-Z][A-Za-z]{2,})\b(?! [A-Z\d])|\b([A-Z][A-Za-z]{2,})['’]s\b"
)
_CHINESE_HEAD = re.compile(
    r"(?:请问|那么?)?([\u4e00-\u9fff]{2,8}?)(?:的|在|是|有|去年|今年|\s*(?:19|20)\d{2})"
)
_ASKING_WORDS = re.compile(r"谁|什么|怎|哪|几|多少|如何|请|是否|给|帮|为何|今天|明天|现在")
_DID_NOT_HAPPEN = re.compile(
    r"未(?:发生|出现|发现|存在)|没有(?:发生|出现)|不存在|为零|无(?:事故|伤亡)"
)

# A logistic model of "the report answers this" on three signals, fitted on the development
# questions: cosine of the best entry, share of the question's words in the evidence, fused score.
_SIMILARITY, _COVERED, _SCORE, _BIAS = 8.3, 2.9, 0.36, -6.1
_ACROSS_LANGUAGES = 0.1  # an English question is less similar to its Chinese evidence by this
# Below UNLIKELY nothing is asked of the model; without a model, below EVEN the answer is that the
# report does not say; from SURE on, a model that finds nothing in the evidence is not believed.
UNLIKELY, EVEN, SURE = 0.25, 0.45, 0.85


@dataclass(frozen=True, slots=True)
class Silence:
    """Why the report does not answer: "off-topic", "other-year", "other-company", "no-figure" or
    "not-given"; ``detail`` names the year or the company.
    """

    reason: str
    detail: str = ""


def find_silence(
    index: Index, question: Question, evidence: Sequence[Evidence], coverage: Coverage
) -> Silence | None:
    """Return why the report cannot answer: nothing found, another company, another year, or a
    figure asked for where it only has words.
    """
    if not evidence:
        return Silence("off-topic")
    if name := _other_company(index, question, coverage):
        return Silence("other-company", name)
    if year := _other_year(index, question, evidence):
        return Silence("other-year", year)
    # "did not happen" answers "how many" as well
    told = any(find_amounts(p.words) or _DID_NOT_HAPPEN.search(p.words) for p in evidence)
    if asked.figure(question.text) and not told:
        return Silence("no-figure")
    return None


def likelihood(
    question: Question, hits: Sequence[Hit], evidence: Sequence[Evidence], coverage: Coverage
) -> float:
    """Estimate the probability that the evidence answers the question."""
    similarity = max(hit.similarity for hit in hits[:3])
    if question.language == "zh":
        similarity -= _ACROSS_LANGUAGES
    words = {token for piece in evidence for token in tokens(f"{piece.title} {piece.words}")}
    covered = coverage.weight(coverage.covered(words))
    signal = _SIMILARITY * similarity + _COVERED * covered + _SCORE * evidence[0].score + _BIAS
    return 1 / (1 + math.exp(-signal))


def unlikely(probability: float) -> Silence:
    """Return the silence that a low probability stands for."""
    return Silence("off-topic" if probability < UNLIKELY else "not-given")


def _other_company(index: Index, question: Question, coverage: Coverage) -> str:
    """A name that the report does not have: capitalised inside an English sentence, or Chinese
    at the head of the question.
    """
    head = _CHINESE_HEAD.match(question.text)
    if head and not _ASKING_WORDS.search(head[1]):
        name = head[1]
        pairs = {name[i : i + 2] for i in range(len(name) - 1)}
        if not any(pair in passage.text for pair in pairs for passage in index.passages):
            return name
    unknown = set(coverage.unknown)
    for match in _LATIN_NAME.finditer(question.asked):
        name = (match[1] or match[2]).casefold()
        own = [name.casefold() for name in index.manifest.names if name.isascii()]
        misspelt = any(name in o or o in name or get_close_matches(name, [o], 1, 0.7) for o in own)
        if not misspelt and set(tokens(name)) & unknown:
            return match[1] or match[2]
    return ""


def _other_year(index: Index, question: Question, evidence: Sequence[Evidence]) -> str:
    """A year asked for that the evidence does not have, although it has others."""
    asked = set(_YEAR.findall(question.text))
    if not asked or index.manifest.year in asked:
        return ""
    given = set(_YEAR.findall(" ".join(f"{p.title} {p.words}" for p in evidence)))
    missing = sorted(asked - given)
    return missing[0] if missing and len(missing) == len(asked) else ""


_SAID = {
    ("off-topic", "zh"): "这个问题在报告中找不到答案，它似乎与报告内容无关。",
    ("off-topic", "en"): "The report does not answer this; the question seems to be about "
    "something else.",
    ("not-given", "zh"): "报告没有披露这一点。",
    ("not-given", "en"): "The report does not say.",
    ("no-figure", "zh"): "报告没有给出这一数字，只有文字说明。",
    ("no-figure", "en"): "The report gives no figure for this, only words.",
    ("other-year", "zh"): "报告没有披露 {detail} 年的这一信息。",
    ("other-year", "en"): "The report does not disclose this for {detail}.",
    ("other-company", "zh"): "报告没有提到“{detail}”，因此没有披露这一点。",
    ("other-company", "en"): "The report does not mention {detail}, so it does not say.",
}


def say_silence(silence: Silence, nearest: Sequence[Evidence], language: str) -> str:
    """Word a refusal, and offer the nearest passages by their [n] marks."""
    said = _SAID[silence.reason, language].format(detail=silence.detail)
    if not nearest:
        return said
    if language == "zh":
        offered = "、".join(f"{_heading(piece)} [{piece.number}]" for piece in nearest)
        return f"{said}最接近的内容：{offered}。"
    offered = ", ".join(f"{_heading(piece)} [{piece.number}]" for piece in nearest)
    return f"{said} The nearest passages are under: {offered}."


def _heading(piece: Evidence) -> str:
    return f"“{piece.title.split(' › ')[-1]}”" if piece.title else ""
