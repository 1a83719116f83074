"""Fit the model of whether evidence answers a question, and write its weights."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from eval.questions import NEAR_NAMES, STRANGERS, choose, load_questions
from eval.scope import load_scope_questions
from rag.assistant import Assistant
from rag.coverage import Coverage
from rag.draft import has_answer
from rag.evidence import choose_evidence, question_parts
from rag.figures import answer_from_figures
from rag.likelihood import EVEN, MODEL, SEARCH, TRUSTED, WEIGHTS, probability, signals
from rag.llm import LanguageModel
from rag.question import read_question
from rag.scope import find_silence, find_stranger

Example = tuple[Mapping[str, float], bool]
_RIDGE = 0.3  # keeps the weights of rare signals small
_STEPS = 50


def calibrate(
    assistant: Assistant, llm: LanguageModel | None, path: Path = WEIGHTS
) -> list[list[str]]:
    """Fit on the development questions, write the weights, and return a table of what came out.

    Without a model, the weights that go with one stay as they are.
    """
    examples = list(_examples(assistant, llm))
    kinds: dict[str, dict[str, float]] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    table = []
    for kind, names, bound in (("search", SEARCH, EVEN), ("model", MODEL, TRUSTED)):
        told = [(found, true) for found, true in examples if all(name in found for name in names)]
        if not told:
            continue
        weights = kinds[kind] = fit([({n: found[n] for n in names}, true) for found, true in told])
        table += [[f"{kind}: {name}", f"{weight:+.2f}"] for name, weight in weights.items()]
        for answerable in (False, True):
            refused = [probability(f, weights) < bound for f, true in told if true is answerable]
            name = f"{kind}: {'answerable' if answerable else 'unanswerable'}, refused"
            table.append([name, f"{np.mean(refused):.3f} of {len(refused)}"])
    path.write_text(json.dumps(kinds, indent=1) + "\n", encoding="utf-8")
    return [["Weights", ""], *table]


def fit(examples: Sequence[Example]) -> dict[str, float]:
    """Return the weights of the signals by Newton's method, answerable and not weighing alike."""
    names = list(examples[0][0])
    x = np.array([[1.0, *(found[name] for name in names)] for found, _ in examples])
    y = np.array([float(true) for _, true in examples])
    share = np.where(y == 1, 0.5 / y.mean(), 0.5 / (1 - y.mean()))
    ridge = _RIDGE * np.diag([0.0] + [1.0] * len(names))
    weights: npt.NDArray[np.float64] = np.zeros(len(names) + 1)
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (share * (y - p)) - ridge @ weights
        curve = (x * (share * p * (1 - p))[:, None]).T @ x + ridge
        weights = weights + np.linalg.solve(curve, slope)
    return {name: round(float(w), 3) for name, w in zip(["bias", *names], weights, strict=True)}


def _examples(assistant: Assistant, llm: LanguageModel | None) -> Iterable[Example]:
    """Yield the signals of each question that nothing before the model of them decides."""
    ours = [(q.question, (), q.answerable) for q in load_scope_questions("dev")]
    questions = [*load_questions(), *load_questions(STRANGERS), *load_questions(NEAR_NAMES)]
    dev = [
        (q.question, tuple(t.model_dump() for t in q.history), q.answerable)
        for q in choose(questions, split="dev")
    ]
    for question, history, answerable in [*dev, *ours]:
        if found := _signals(assistant, llm, question, history):
            yield found, answerable


def _signals(
    assistant: Assistant,
    llm: LanguageModel | None,
    question: str,
    history: Sequence[Mapping[str, str]],
) -> dict[str, float] | None:
    retriever, index = assistant.retriever, assistant.index
    asked = read_question(question, history, index.manifest.year)
    if asked.aside:
        return None
    parts = question_parts(asked.text)
    hits, *part_hits = retriever.hits_of([asked.text, *parts])
    evidence = choose_evidence(index, asked.text, hits, part_hits)
    coverage = Coverage(
        asked.text, retriever.bridge, index.keywords, index.manifest.names, focus=asked.focus
    )
    decided = find_stranger(index, asked, coverage) or find_silence(
        index, asked, evidence, coverage
    )
    if decided or answer_from_figures(index, asked, hits, coverage):
        return None
    agrees = has_answer(llm, asked, evidence, index.manifest.names) if llm else None
    return signals(asked, hits, evidence, coverage, agrees)
