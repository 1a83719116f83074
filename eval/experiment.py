"""Rank all questions under variations of the search, from vectors that are kept."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path

import numpy as np
import numpy.typing as npt

from eval.metrics import Span, any_at, first_ranks, hit_at
from eval.questions import Question
from eval.table import Rows
from index import paths
from index.embed import Vectors
from index.entry_vectors import entry_vectors, titled
from index.passage import PATH, Entry
from index.pieces import is_chinese
from index.store import Index
from rag.question import read_question
from rag.retrieve import ALL_WORDS, WEIGHTS, Retriever, Weights, fuse, section_entries, standardised

Matrix = npt.NDArray[np.float64]  # questions down, entries or passages across
FORMS: dict[str, Callable[[Entry], tuple[str, str]]] = {
    "two headings": titled,
    "path": lambda entry: (entry.title, entry.text),
    "heading": lambda entry: (entry.title.split(PATH)[-1], entry.text),
    "none": lambda entry: ("", entry.text),
    "in text": lambda entry: ("", f"{entry.title}：{entry.text}"),
}
_RRF = 60  # the constant of reciprocal rank fusion (Cormack 2009)


@dataclass(frozen=True, slots=True)
class Variation:
    """One way to rank: each field is what the product does unless a variation changes it.

    ``form`` is the title that an entry is embedded under, ``bridged`` whether English questions
    are embedded with their Chinese terms behind them, ``vote`` how many entries of a passage add
    up, each weighing ``fade`` times the one before.
    """

    weights: Weights
    fusion: str = "share of all words"
    form: str = "two headings"
    bridged: bool = False
    vote: int = 1
    fade: float = 0.1


class Experiment:
    """The questions, and what the two searches give each entry for them."""

    def __init__(self, retriever: Retriever, questions: Sequence[Question], kept: Path) -> None:
        self._retriever = retriever
        self._index: Index = retriever.index
        self._questions = [each for each in questions if each.facts and not each.history]
        self._texts = [read_question(each.question).text for each in self._questions]
        self._kept = kept
        self._meaning: dict[tuple[str, bool], Matrix] = {}

    def row(self, label: str, variation: Variation) -> list[str]:
        """Measure one variation: both languages of the dev half, and one figure of the other."""
        ranked = self._ranked(variation)
        cells = [label]
        for language in ("zh", "en"):
            chosen = [
                (question, lines)
                for question, lines in zip(self._questions, ranked, strict=True)
                if (question.split, question.language) == ("dev", language)
            ]
            cells += [f"{value:.3f}" for value in _measures(chosen)]
        held = [pair for pair in zip(self._questions, ranked, strict=True)
                if pair[0].split == "held-out"]  # fmt: skip
        return [*cells, f"{_measures(held)[0]:.3f}" if held else "-"]

    def _ranked(self, variation: Variation) -> list[list[Span]]:
        meaning = self._by_meaning(variation.form, bridged=variation.bridged)
        entries = self._index.entries
        fused = [
            _vote(_fused(each, words, self._sections, variation), entries, variation)
            for each, words in zip(meaning, self._words, strict=True)
        ]
        lines = [passage.lines for passage in self._index.passages]
        return [[lines[i] for i in np.argsort(-each, kind="stable")[:10]] for each in fused]

    @cached_property
    def _words(self) -> Matrix:
        return np.array([self._retriever.keyword_shares(each) for each in self._texts])

    @cached_property
    def _sections(self) -> npt.NDArray[np.int64]:
        return section_entries(self._index.entries)

    def _by_meaning(self, form: str, *, bridged: bool) -> Matrix:
        if (form, bridged) not in self._meaning:
            texts = list(map(self._with_terms, self._texts)) if bridged else self._texts
            embedder = self._retriever.embedder
            asked = self._once(texts, lambda: embedder.encode_questions(texts))
            searched = self._searched(form)
            self._meaning[form, bridged] = (asked @ searched.T).astype(np.float64)
        return self._meaning[form, bridged]

    def _with_terms(self, question: str) -> str:
        """Return an English question with the best Chinese word for each of its terms."""
        if is_chinese(question):
            return question
        terms = self._retriever.bridge.query_terms(question)
        best = [max(term.items(), key=lambda item: item[1])[0] for term in terms]
        return " ".join([question, *dict.fromkeys(filter(is_chinese, best))])

    def _searched(self, form: str) -> Vectors:
        index, shape = self._index, FORMS[form]
        if shape is titled:
            return np.stack([index.vectors.vector(i) for i in range(len(index.entries))])
        texts = ["\0".join((e.kind, *shape(e))) for e in index.entries]
        embedder = self._retriever.embedder
        return self._once(
            texts, lambda: entry_vectors(index.entries, embedder, {}, form=shape, progress=True)
        )

    def _once(self, texts: Sequence[str], embed: Callable[[], Vectors]) -> Vectors:
        """Embed once: what was embedded before is read from a file named by all its text."""
        everything = "\0".join([self._retriever.embedder.name, *texts])
        path = self._kept / f"{sha256(everything.encode()).hexdigest()}.npy"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            np.save(path, embed())
        vectors: Vectors = np.load(path)
        return vectors


def run_experiment(
    retriever: Retriever,
    questions: Sequence[Question],
    *,
    forms: bool = False,
    kept: Path | None = None,
) -> Iterator[Rows]:
    """Yield one table for each thing that is varied; the first row is what the product does.

    ``forms`` also varies the text of the entries, for which the report is embedded again.
    """
    experiment = Experiment(retriever, questions, kept or paths.cache_folder() / "experiment")
    now = Variation(WEIGHTS[retriever.index.manifest.embedder])
    measures = ("@1", "all @1", "@3", "@5", "MRR")
    header = [f"{group} {name}" for group in ("zh", "en") for name in measures]
    for family, variations in _families(now, forms=forms).items():
        rows = [[family, *header, "held-out @1"]]
        rows.append(experiment.row("as it is", now))
        rows += [experiment.row(label, each) for label, each in variations.items()]
        yield rows


def _families(now: Variation, *, forms: bool) -> dict[str, dict[str, Variation]]:
    def weighted(**change: float) -> Variation:
        return replace(now, weights=replace(now.weights, **change))

    shares = (0, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7)
    families = {
        "Share of the keywords": {f"{share:.2f}": weighted(words=share) for share in shares},
        "Weight of the section": {
            f"{weight:.2f}": weighted(section=weight) for weight in (0, 0.1, 0.2, 0.3, 0.5, 1)
        },
        "Entries that add up": {
            f"{vote}, each {fade} of the last": replace(now, vote=vote, fade=fade)
            for vote in (2, 3)
            for fade in (0.05, 0.1, 0.3, 1.0)
        },
        "Fusion": {
            name: replace(now, fusion=name)
            for name in ("standardised", "reciprocal ranks", "share of the best")
        },
        "English questions": {"with their Chinese terms": replace(now, bridged=True)},
    }
    if forms:
        families["Title of an entry"] = {
            form: replace(now, form=form) for form in FORMS if form != now.form
        }
    return families


def _fused(
    meaning: npt.NDArray[np.float64],
    words: npt.NDArray[np.float64],
    sections: npt.NDArray[np.int64],
    variation: Variation,
) -> npt.NDArray[np.float64]:
    if variation.fusion == "reciprocal ranks":
        scores = [1 / (_RRF + np.argsort(np.argsort(-each))) for each in (meaning, words)]
    elif variation.fusion == "share of the best":
        scores = [each / max(float(each.max()), 1e-9) for each in (meaning, words)]
    elif variation.fusion == "standardised":
        scores = [_standardised(each) for each in (meaning, words)]
    else:
        scores = [_standardised(meaning), ALL_WORDS * words]
    return fuse(scores[0], scores[1], sections, variation.weights)


def _standardised(scores: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return standardised(scores, float(scores.mean()), float(scores.std()))


def _vote(
    scores: npt.NDArray[np.float64], entries: Sequence[Entry], variation: Variation
) -> npt.NDArray[np.float64]:
    """Return each passage's score: its best entry's, and a share of the next ones'."""
    best: list[list[float]] = [[] for _ in range(max(entry.passage for entry in entries) + 1)]
    for place in np.argsort(-scores, kind="stable"):
        own = best[entries[place].passage]
        if len(own) < variation.vote:
            own.append(float(scores[place]) * variation.fade ** len(own))
    return np.array([sum(own) if own else -np.inf for own in best])


def _measures(found: Sequence[tuple[Question, list[Span]]]) -> list[float]:
    """Some fact in the first, all facts in the first, some in 3 and in 5, reciprocal rank."""
    values = []
    for question, ranked in found:
        facts = [fact.evidence for fact in question.facts]
        ranks = [rank for rank in first_ranks(facts, ranked) if rank]
        first = 1 / min(ranks) if ranks else 0.0
        shares = [any_at(1, facts, ranked), hit_at(1, facts, ranked)]
        shares += [any_at(k, facts, ranked) for k in (3, 5)]
        values.append([*(share or 0.0 for share in shares), first])
    return [float(value) for value in np.mean(values, axis=0)] if values else [float("nan")] * 5
