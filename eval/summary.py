"""Add the records of a run up: means with intervals, by language, kind and split."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from pydantic import BaseModel, ConfigDict

from eval.intervals import Estimate, estimate, quantile
from eval.record import Record

MEASURES = {
    "hit@1": "Evidence of every fact in the first passage",
    "hit@3": "Evidence of every fact in the first 3",
    "hit@4": "Evidence of every fact in the first 4",
    "hit@5": "Evidence of every fact in the first 5",
    "any@1": "Evidence of some fact in the first passage",
    "any@3": "Evidence of some fact in the first 3",
    "any@4": "Evidence of some fact in the first 4",
    "any@5": "Evidence of some fact in the first 5",
    "mrr@10": "Reciprocal rank (MRR@10)",
    "ndcg@5": "nDCG@5",
    "right_answer": "Right answers",
    "token_f1": "Token F1 (as CMRC 2018)",
    "judged_right": "Right answers, says the judge",
    "right_citation": "Right citations",
    "citation_recall": "Citation recall",
    "citation_precision": "Citation precision",
    "right_refusal": "Right refusals (recall)",
    "refusal_precision": "Refusals that are right (precision)",
    "answerable_refused": "Answerable, but refused",
    "wrong_figure": "Answers with a wrong figure",
    "verbatim": "Verbatim quotes",
    "translated": "Quotes that come in English too",
    "language": "Answers in the right language",
    "length": "Characters of the answer",
    "prompt_tokens": "Tokens of the prompt",
    "answer_tokens": "Tokens of the answer",
}
LOWER_IS_BETTER = frozenset(
    {"answerable_refused", "wrong_figure", "length", "prompt_tokens", "answer_tokens"}
)
SECONDS = {
    "search": "Search",
    "evidence": "Time to evidence",
    "first_word": "Time to the first word",
    "end": "Time to the end",
}
Row = dict[str, Estimate]


class Times(BaseModel):
    """Median and 90th percentile, in seconds."""

    model_config = ConfigDict(frozen=True)
    median: float
    p90: float


class Summary(BaseModel):
    """All the figures of a run; ``splits`` are by half and language, ``kinds`` of the dev half."""

    model_config = ConfigDict(frozen=True)
    questions: int
    wrong_figures: int
    groups: dict[str, Row]
    splits: dict[str, Row]
    kinds: dict[str, Row]
    seconds: dict[str, dict[str, Times]]

    @property
    def has_halves(self) -> bool:
        """Whether it is of questions of both halves."""
        return len({name.partition(",")[0] for name in self.splits}) > 1


def summarise(records: Sequence[Record]) -> Summary:
    """Add up all records; the groups are "all", "zh", "en" and "gap"."""
    parts = {
        language: [record for record in records if language in ("all", _language(record))]
        for language in ("all", "zh", "en")
    }
    dev = [record for record in records if record.question.split == "dev"]
    return Summary(
        questions=len(records),
        wrong_figures=sum(len(record.wrong) for record in records),
        groups={name: means(part) for name, part in parts.items()} | {"gap": gaps(records)},
        splits=_by(records, lambda r: f"{r.question.split}, {_language(r)}"),
        kinds=_by(dev, lambda record: record.question.kind),
        seconds={name: times(part) for name, part in parts.items() if part},
    )


def means(records: Iterable[Record]) -> Row:
    """Estimate each measure over the records it applies to; pairs are resampled together."""
    clusters: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for record in records:
        for measure, value in record.measures.items():
            if value is not None:
                clusters[measure][record.question.pair or record.question.id].append(value)
    found = {measure: estimate(list(clusters[measure].values())) for measure in MEASURES}
    return {measure: each for measure, each in found.items() if each}


def gaps(records: Iterable[Record]) -> Row:
    """Estimate Chinese minus English over the parallel pairs to which a measure applies twice."""
    pairs: dict[str, dict[str, Record]] = defaultdict(dict)
    for record in records:
        if record.question.pair:
            pairs[record.question.pair][_language(record)] = record
    row: Row = {}
    for measure in MEASURES:
        differences = []
        for pair in pairs.values():
            values = [
                pair[language].measures.get(measure) if language in pair else None
                for language in ("zh", "en")
            ]
            if values[0] is not None and values[1] is not None:
                differences.append([values[0] - values[1]])
        found = estimate(differences)
        if found:
            row[measure] = found
    return row


def times(records: Iterable[Record]) -> dict[str, Times]:
    """Median and 90th percentile of each time that was taken."""
    taken: dict[str, list[float]] = defaultdict(list)
    for record in records:
        for name, value in record.seconds.items():
            taken[name].append(value)
    return {
        name: Times(median=quantile(values, 0.5) or 0.0, p90=quantile(values, 0.9) or 0.0)
        for name, values in taken.items()
    }


def _language(record: Record) -> str:
    return record.question.language


def _by(records: Iterable[Record], key: Callable[[Record], str]) -> dict[str, Row]:
    groups: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        groups[key(record)].append(record)
    return {name: means(group) for name, group in groups.items()}
