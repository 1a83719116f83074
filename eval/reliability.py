"""Set how often it was answered beside how often there was an answer, by the search's score."""

from collections.abc import Sequence
from itertools import pairwise

from eval.intervals import Estimate, estimate
from eval.record import Record

PARTS = 5
ANSWERABLE, ANSWERED = "answerable", "answered"


def reliability(records: Sequence[Record]) -> dict[str, dict[str, Estimate | None]]:
    """Cut the questions into fifths by the score of their first passage, lowest first.

    Where refusals are calibrated, as many are answered in every fifth as are answerable. Empty
    where the search gives no scores or nothing was asked of the model; follow-ups are left out,
    because the search sees nothing of their conversation.
    """
    asked = [
        record
        for record in records
        if record.reply and record.ranked and not record.question.history
    ]
    asked.sort(key=lambda record: record.ranked[0].score)
    if len(asked) < PARTS or asked[0].ranked[0].score == asked[-1].ranked[0].score:
        return {}
    cuts = [part * len(asked) // PARTS for part in range(PARTS + 1)]
    return dict(_row(asked[low:high]) for low, high in pairwise(cuts))


def _row(part: Sequence[Record]) -> tuple[str, dict[str, Estimate | None]]:
    low, high = (part[place].ranked[0].score for place in (0, -1))
    answered = [record.reply is not None and record.reply.answered for record in part]
    return f"score {low:.2f} to {high:.2f}", {
        ANSWERABLE: estimate([[float(record.question.answerable)] for record in part]),
        ANSWERED: estimate([[float(each)] for each in answered]),
    }
