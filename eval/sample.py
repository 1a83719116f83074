"""Take a small share of the questions that looks like the whole."""

from collections import defaultdict
from collections.abc import Sequence
from hashlib import sha256

from eval.questions import Question

SEED = "questions"


def sample(questions: Sequence[Question], limit: int | None) -> list[Question]:
    """Take ``limit`` questions evenly over kinds and languages, always the same ones.

    The order is by hash: adding a question leaves the choice among the others as it was, and the
    two languages of a pair are drawn together.
    """
    if limit is None:
        return list(questions)
    groups: dict[tuple[str, str], list[Question]] = defaultdict(list)
    for question in sorted(questions, key=lambda each: _draw(each.pair or each.id)):
        groups[question.kind, question.language].append(question)
    order = sorted(groups, key=lambda group: (_draw(group[0]), group[1]))
    rounds = max(map(len, groups.values()), default=0)
    drawn = [groups[group][turn] for turn in range(rounds) for group in order
             if turn < len(groups[group])]  # fmt: skip
    kept = {question.id for question in drawn[:limit]}
    return [question for question in questions if question.id in kept]


def _draw(name: str) -> str:
    return sha256(f"{SEED}:{name}".encode()).hexdigest()
