"""Fit what judges whether evidence answers a question, and write its weights: the probe of the
embedded model's hidden state, and the likelihood that joins it with what the search knows.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from eval.questions import NEAR_NAMES, NEWCOMERS, QUESTIONS, STRANGERS, choose, load_questions
from eval.questions import Question as Known
from eval.scope import load_scope_questions
from eval.told import BUNDLED, OTHERS, load_told_questions
from rag import likelihood, probe
from rag.assistant import Assistant
from rag.coverage import Coverage
from rag.draft import asking_whether
from rag.evidence import Evidence, choose_evidence, question_parts
from rag.figures import answer_from_figures
from rag.latin_names import Naming
from rag.likelihood import EVEN, MODEL, SEARCH, TRUSTED, probability, signals
from rag.llm import LanguageModel, share_of_yes
from rag.question import Question, read_question
from rag.retrieve import Hit
from rag.scope import find_silence, find_stranger

States = npt.NDArray[np.float32]  # (questions, size of the model)
Truths = npt.NDArray[np.bool_]
Fitted = tuple[Mapping[str, float], bool]  # signals, answerable

_RIDGE = 0.3  # keeps the weights of rare signals small
_PROBE_RIDGE = 200.0  # the same of a probe, which has more weights than there are questions
_FOLDS = 10  # of neighbours: minimal pairs, and questions of one author, stay together
_STEPS, _SMALL = 3000, 1e-6


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
    hard: bool = False  # written so that the search cannot know: it is not fitted on these

    def signals(self, agrees: float | None) -> dict[str, float]:
        """Return the signals, with what a model holds."""
        return signals(self.asked, self.hits, self.evidence, self.coverage, agrees)


def calibrate(
    assistant: Assistant,
    llm: LanguageModel | None,
    path: Path = likelihood.WEIGHTS,
    probe_path: Path = probe.WEIGHTS,
    others: Mapping[str, Assistant] | None = None,
) -> list[list[str]]:
    """Fit on the development questions on the bundled report, and on the ``others`` by their names;
    write the weights, and return a table of what came out.

    Without a model, the weights that go with one stay as they are; so does the probe without one
    that tells its hidden state.
    """
    from sklearn.metrics import roc_auc_score

    opened = {BUNDLED: assistant, **(others or {})}
    examples = [e for name, each in opened.items() for e in _examples(each, llm, name)]
    agrees = [example.agrees for example in examples]
    table = [["Weights", ""]]
    if states := [example.state for example in examples if example.state is not None]:
        told = np.array([example.answerable for example in examples])
        words, agrees = agrees, list(out_of_fold(np.array(states), told))
        write_probe(np.array(states), told, probe_path)
        words = [0.5 if said is None else said for said in words]
        english = np.array([example.asked.language == "en" for example in examples])
        for name, asked in (("zh", ~english), ("en", english)):
            for by, said in (("probe, out of fold", agrees), ("first word", words)):
                value = roc_auc_score(told[asked], np.array(said)[asked])
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
            and not (kind == "search" and example.hard)
        ]
        weights = kinds[kind] = fit(found)
        table += [[f"{kind}: {name}", f"{weight:+.2f}"] for name, weight in weights.items()]
        for answerable in (False, True):
            refused = [probability(f, weights) < bound for f, true in found if true is answerable]
            name = f"{kind}: {'answerable' if answerable else 'unanswerable'}, refused"
            table.append([name, f"{np.mean(refused):.3f} of {len(refused)}"])
    path.write_text(json.dumps(kinds, indent=1) + "\n", encoding="utf-8")
    return table


def fit(examples: Sequence[Fitted]) -> dict[str, float]:
    """Return the weights of the signals, answerable and not weighing alike."""
    names = list(examples[0][0])
    x = np.array([[found[name] for name in names] for found, _ in examples])
    fitted = _logistic(_RIDGE).fit(x, [true for _, true in examples])
    weights = [*fitted.intercept_, *fitted.coef_[0]]
    return {name: round(float(w), 3) for name, w in zip(["bias", *names], weights, strict=True)}


def out_of_fold(states: States, answerable: Truths) -> npt.NDArray[np.float64]:
    """Return what a probe makes of each state, of the shape (questions, size), that was fitted
    without it and its neighbours: from 0 to 1.
    """
    from sklearn.model_selection import KFold, cross_val_predict

    folds = KFold(_FOLDS)  # in the order of the questions
    scaled = probe.scaled(states)
    told: npt.NDArray[np.float64] = cross_val_predict(
        _standing(), scaled, answerable, cv=folds, method="predict_proba"
    )[:, 1]
    return told


def write_probe(states: States, answerable: Truths, path: Path) -> None:
    """Fit a probe on all states and write it."""
    fitted = _standing().fit(probe.scaled(states), answerable)
    scaler, logistic = (step for _, step in fitted.steps)
    weights = logistic.coef_[0] / scaler.scale_
    bias = float(logistic.intercept_[0] - weights @ scaler.mean_)
    written = {
        "layer": probe.layer(),
        "bias": round(bias, 5),
        "weights": [round(float(weight), 5) for weight in weights],
    }
    path.write_text(json.dumps(written) + "\n", encoding="utf-8")


def _standing() -> Any:
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    return make_pipeline(StandardScaler(), _logistic(_PROBE_RIDGE))


def _logistic(ridge: float) -> Any:
    """A logistic model in which both answers weigh alike, however many examples each has."""
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=1 / ridge, class_weight="balanced", max_iter=_STEPS, tol=_SMALL)


def _examples(assistant: Assistant, llm: LanguageModel | None, report: str) -> Iterable[Example]:
    """Yield each question on a report that nothing before the model decides."""
    bundled = report == BUNDLED
    files = [QUESTIONS, STRANGERS, NEWCOMERS] if bundled else [OTHERS[report].with_suffix(".jsonl")]
    scope = load_scope_questions("dev") if bundled else []
    near = load_questions(NEAR_NAMES) if bundled else []
    told = load_told_questions(report, "dev")
    usual = [*_asked(chain.from_iterable(map(load_questions, files))),
             *((q.question, (), q.answerable) for q in scope)]  # fmt: skip
    hard = [*_asked(near), *((q.question, (), q.told) for q in told)]
    for questions, is_hard in ((usual, False), (hard, True)):
        for question, history, answerable in questions:
            if found := _example(assistant, llm, question, history, answerable=answerable):
                yield replace(found, hard=is_hard)


def _asked(
    questions: Iterable[Known],
) -> Iterator[tuple[str, tuple[dict[str, str], ...], bool]]:
    """Yield the development questions with their history, and whether they are answerable."""
    for q in choose(list(questions), split="dev"):
        yield q.question, tuple(turn.model_dump() for turn in q.history), q.answerable


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
        asking = asking_whether(asked, evidence, Naming(index.manifest.names))
        agrees, state = share_of_yes(llm.first_word(asking)), llm.hidden_state(asking)
    return Example(asked, hits, evidence, coverage, answerable, agrees, state)
