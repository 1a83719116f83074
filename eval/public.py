"""Measure on XQuAD and CMRC 2018, whose paragraphs become one indexed file."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from eval.cmrc import exact_match, token_f1, without_punctuation
from eval.metrics import hit_at, rank_measures
from eval.score import DEPTH
from eval.squad import Asked, Paragraph, read_squad
from eval.texts import Models, Scores, evenly, index_texts, row, span_of
from index.errors import ReportError

if TYPE_CHECKING:
    from rag.answer import Answer
    from rag.assistant import Assistant

_MARK = re.compile(r"\s*\[\d+\]")
_Placed = tuple[int, Asked]  # a question with the number of the paragraph that answers it


def measure_xquad(chinese: Path, english: Path, folder: Path, models: Models) -> Scores:
    """Search the Chinese paragraphs for the Chinese questions and for the English ones."""
    paragraphs = read_squad(chinese)
    asked = _placed(paragraphs)
    home = {question.id: number for number, question in asked}
    translated = [question for each in read_squad(english) for question in each.questions]
    strange = next((question.id for question in translated if question.id not in home), None)
    if strange is not None:
        raise ReportError(
            f"Question {strange} of {english} is not in {chinese}. Give two languages of one set.",
            f"{english} 中的问题 {strange} 不在 {chinese} 中。请使用同一数据集的两种语言。",
        )
    assistant = index_texts([each.text for each in paragraphs], folder, models, progress=True)
    return {
        "Chinese questions": row(_searched(assistant, asked)),
        "English questions": row(
            _searched(assistant, [(home[question.id], question) for question in translated])
        ),
    }


def measure_cmrc(path: Path, folder: Path, models: Models, limit: int | None) -> Scores:
    """Search the paragraphs for all questions, and answer ``limit`` of them."""
    from tqdm import tqdm

    paragraphs = read_squad(path)
    asked = _placed(paragraphs)
    assistant = index_texts([each.text for each in paragraphs], folder, models, progress=True)
    answers = [
        (number, answer_measures(assistant.ask(question.text), question.answers))
        for number, question in tqdm(evenly(asked, limit), unit="answer")
    ]
    return {"Search": row(_searched(assistant, asked)), "Answers": row(answers)}


def answer_measures(answer: "Answer", expected: Sequence[str]) -> dict[str, float]:
    """Score an answer without its citation marks; EM and F1 as CMRC's script does."""
    text = _MARK.sub("", answer.text)
    said = without_punctuation(text)
    return {
        "EM": exact_match(text, expected),
        "F1": token_f1(text, expected),
        "answer is in it": float(any(without_punctuation(each) in said for each in expected)),
        "refused": float(not answer.answered),
    }


def _placed(paragraphs: Sequence[Paragraph]) -> list[_Placed]:
    return [(number, each) for number, text in enumerate(paragraphs) for each in text.questions]


def _searched(
    assistant: "Assistant", asked: Sequence[_Placed]
) -> list[tuple[int, Mapping[str, float]]]:
    from tqdm import tqdm

    found: list[tuple[int, Mapping[str, float]]] = []
    for number, question in tqdm(asked, unit="search"):
        ranked = [passage.lines for passage in assistant.search(question.text, k=DEPTH)]
        facts = [[span_of(number)]]
        measures = {f"hit@{k}": hit_at(k, facts, ranked) or 0.0 for k in (1, 5)}
        measures[f"MRR@{DEPTH}"] = rank_measures(facts, ranked)[f"mrr@{DEPTH}"] or 0.0
        found.append((number, measures))
    return found
