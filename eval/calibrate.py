"""Fit what judges whether evidence answers a question, and write its weights: the probe of the
embedded model's hidden state, and the likelihood that joins it with what the search knows.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from eval.questions import NEAR_NAMES, STRANGERS, choose, load_questions
from eval.scope import load_scope_questions
from rag import likelihood, probe
from rag.assistant import Assistant
from rag.coverage import Coverage
from rag.draft import asking_whether
from rag.evidence import Evidence, choose_evidence, question_parts
from rag.figures import answer_from_figures
from rag.likelihood import EVEN, MODEL, SEARCH, TRUSTED, probability, signals
from rag.llm import LanguageModel
from rag.question import Question, read_question
from rag.retrieve import Hit
from rag.scope import find_silence, find_stranger

Matrix = npt.NDArray[np.float64]
Fitted = tuple[Mapping[str, float], bool]  # signals, answerable

_RIDGE = 0.3  # keeps the weights of rare signals small
_PROBE_RIDGE = 200.0  # the same of a probe, which has more weights than there are questions
_FOLDS = 10  # of neighbours: minimal pairs, and questions of one author, stay together
_STEPS, _SMALL = 50, 1e-6


@dataclass(frozen=True, slots=True)
class Example:
    """A question that nothing before the model decides, and what is known of it."""

    asked: Question
    hits: Sequence[Hit]
    evidence: Sequence[Evidence]
    coverage: Coverage
    answerable: bool
    agrees: float | None  # by the model's words
    state: probe.Vector | None

    def signals(self, agrees: float | None) -> dict[str, float]:
        """Return the signals, with what a model holds."""
        return signals(self.asked, self.hits, self.evidence, self.coverage, agrees)


def calibrate(
    assistant: Assistant,
    llm: LanguageModel | None,
    path: Path = likelihood.WEIGHTS,
    probe_path: Path = probe.WEIGHTS,
) -> list[list[str]]:
    """Fit on the development questions, write the weights, and return a table of what came out.

    Without a model, the weights that go with one stay as they are; so does the probe without one
    that tells its hidden state.
    """
    examples = list(_examples(assistant, llm))
    agrees = [example.agrees for example in examples]
    table = [["Weights", ""]]
    if states := [example.state for example in examples if example.state is not None]:
        told = np.array([example.answerable for example in examples])
        words, agrees = agrees, list(out_of_fold(np.array(states), told))
        write_probe(np.array(states), told, probe_path)
        english = np.array([example.asked.language == "en" for example in examples])
        for name, asked in (("zh", ~english), ("en", english)):
            for by, said in (("probe, out of fold", agrees), ("first word", words)):
                value = area(np.array(said, np.float64)[asked], told[asked])
                table.append([f"{by}: area under the curve, {name}", f"{value:.3f}"])
    kinds: dict[str, dict[str, float]] = json.loads(likelihood.WEIGHTS.read_text(encoding="utf-8"))
    for kind, names, bound in (("search", SEARCH, EVEN), ("model", MODEL, TRUSTED)):
        if kind == "model" and llm is None:
            continue
        said = agrees if kind == "model" else [None] * len(examples)
        found = [
            ({name: known[name] for name in names}, example.answerable)
            for example, share in zip(examples, said, strict=True)
            if (known := example.signals(share)).keys() >= set(names)
        ]
        weights = kinds[kind] = fit(found)
        table += [[f"{kind}: {name}", f"{weight:+.2f}"] for name, weight in weights.items()]
        for answerable in (False, True):
            refused = [probability(f, weights) < bound for f, true in found if true is answerable]
            name = f"{kind}: {'answerable' if answerable else 'unanswerable'}, refused"
            table.append([name, f"{np.mean(refused):.3f} of {len(refused)}"])
    path.write_text(json.dumps(kinds, indent=1) + "\n", encoding="utf-8")
    return table


def area(scores: Matrix, true: npt.NDArray[np.bool_]) -> float:
    """Return how often a true one scores above another, equal ones counting half (the area under
    the ROC curve); 0.5 says nothing. A score that is not known is 0.5 itself.
    """
    scores = np.nan_to_num(scores, nan=0.5)
    above = scores[true][:, None] - scores[~true][None, :]
    return float((np.sign(above) + 1).mean() / 2) if above.size else 0.5


def fit(examples: Sequence[Fitted]) -> dict[str, float]:
    """Return the weights of the signals, answerable and not weighing alike."""
    names = list(examples[0][0])
    x = np.array([[found[name] for name in names] for found, _ in examples])
    weights = _logistic(x, np.array([true for _, true in examples]), _RIDGE)
    return {name: round(float(w), 3) for name, w in zip(["bias", *names], weights, strict=True)}


def out_of_fold(states: npt.NDArray[np.float32], answerable: npt.NDArray[np.bool_]) -> list[float]:
    """Return what a probe makes of each state, of the shape (questions, size), that was fitted
    without it and its neighbours: from 0 to 1.
    """
    fold = np.arange(len(states)) * _FOLDS // len(states)
    odds = np.zeros(len(states))
    for left_out in range(_FOLDS):
        weights = _probe_weights(states[fold != left_out], answerable[fold != left_out])
        odds[fold == left_out] = _odds(states[fold == left_out], weights)
    return [1 / (1 + math.exp(-each)) for each in odds]


def write_probe(
    states: npt.NDArray[np.float32], answerable: npt.NDArray[np.bool_], path: Path
) -> None:
    """Fit a probe on all states and write it."""
    bias, *weights = _probe_weights(states, answerable)
    rounded = [round(float(weight), 5) for weight in weights]
    written = {"layer": probe.layer(), "bias": round(float(bias), 5), "weights": rounded}
    path.write_text(json.dumps(written) + "\n", encoding="utf-8")


def _odds(states: npt.NDArray[np.float32], weights: Matrix) -> Matrix:
    scaled: Matrix = probe.scaled(states) @ weights[1:] + weights[0]
    return scaled


def _probe_weights(states: npt.NDArray[np.float32], answerable: npt.NDArray[np.bool_]) -> Matrix:
    x = probe.scaled(states).astype(np.float64)
    mean, deviation = x.mean(axis=0), x.std(axis=0) + _SMALL
    weights = _logistic((x - mean) / deviation, answerable, _PROBE_RIDGE)
    slopes = weights[1:] / deviation
    return np.concatenate([[weights[0] - slopes @ mean], slopes])


def _logistic(x: Matrix, true: npt.NDArray[np.bool_], ridge: float) -> Matrix:
    """Return the bias and the weights of a logistic model by Newton's method; both answers weigh
    alike, however many examples each has.
    """
    x = np.hstack([np.ones((len(x), 1)), x])
    y = true.astype(np.float64)
    share = np.where(true, 0.5 / y.mean(), 0.5 / (1 - y.mean()))
    held = ridge * np.diag([0.0] + [1.0] * (x.shape[1] - 1))
    weights: Matrix = np.zeros(x.shape[1])
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (share * (y - p)) - held @ weights
        curve = (x * (share * p * (1 - p))[:, None]).T @ x + held
        step = np.linalg.solve(curve, slope)
        weights = weights + step
        if np.abs(step).max() < _SMALL:
            break
    return weights


def _examples(assistant: Assistant, llm: LanguageModel | None) -> Iterable[Example]:
    """Yield each question that nothing before the model decides."""
    ours = [(q.question, (), q.answerable) for q in load_scope_questions("dev")]
    questions = [*load_questions(), *load_questions(STRANGERS), *load_questions(NEAR_NAMES)]
    dev = [
        (q.question, tuple(t.model_dump() for t in q.history), q.answerable)
        for q in choose(questions, split="dev")
    ]
    for question, history, answerable in [*dev, *ours]:
        if found := _example(assistant, llm, question, history, answerable=answerable):
            yield found


def _example(
    assistant: Assistant,
    llm: LanguageModel | None,
    question: str,
    history: Sequence[Mapping[str, str]],
    *,
    answerable: bool,
) -> Example | None:
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
    agrees = state = None
    if llm is not None:
        messages = asking_whether(asked, evidence, index.manifest.names)
        agrees, state = llm.agrees(messages), llm.hidden_state(messages)
    return Example(asked, hits, evidence, coverage, answerable, agrees, state)
