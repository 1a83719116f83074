"""How long a person waits for an answer, beside the plain way with the same models.

The plain way is four chunks of 500 characters in the prompt. Both answer each question one after
the other, so that a machine that slows down slows both.
"""

from collections.abc import Sequence

import numpy as np

from eval.questions import Question
from eval.record import Record
from eval.run import Assistant, ask
from eval.table import Rows


def measure_waiting(ours: Assistant, plain: Assistant, questions: Sequence[Question]) -> Rows:
    """Ask both every question and set our times beside the plain way's whole answer.

    Answers without the model are those that cost no tokens; an answer that figures of the report
    give is one of them.
    """
    from tqdm import tqdm

    for way in (ours, plain):
        ask(way, questions[0])  # loads the models
    pairs = [(ask(ours, each), ask(plain, each)) for each in tqdm(questions, unit="question")]
    stated = [pair for pair in pairs if pair[0].measures.get("prompt_tokens") is None]
    return [
        ["median seconds", "questions", "plain, whole answer", "ours", "ours / plain"],
        _row("whole answer", pairs, "end"),
        _row("first evidence", pairs, "evidence"),
        _row("answer without the model", stated, "end"),
    ]


def _row(label: str, pairs: Sequence[tuple[Record, Record]], moment: str) -> list[str]:
    pairs = [(own, other) for own, other in pairs if moment in own.seconds]
    if not pairs:
        return [label, "0", "-", "-", "-"]
    own = float(np.median([record.seconds[moment] for record, _ in pairs]))
    other = float(np.median([record.seconds["end"] for _, record in pairs]))
    return [label, str(len(pairs)), f"{other:.2f}", f"{own:.3f}", f"{own / other:.3f}"]
