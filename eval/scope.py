"""Questions that a report does and does not answer, and messages that are no questions."""

import csv
from dataclasses import dataclass
from pathlib import Path

SCOPE = Path(__file__).with_name("scope.tsv")
ANSWERED = ("answer", "premise")  # a false premise is answered with what the report says of it


@dataclass(frozen=True, slots=True)
class ScopeQuestion:
    """``kind`` is "answer", "premise", or why it is refused; ``facts``, one of which is said."""

    split: str
    language: str
    kind: str
    facts: tuple[str, ...]
    question: str

    @property
    def answerable(self) -> bool:
        """Whether the report says something to it."""
        return self.kind in ANSWERED


def load_scope_questions(split: str = "all", path: Path = SCOPE) -> list[ScopeQuestion]:
    """Read the questions of a split, "dev" or "held-out"; by default all of them."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        ScopeQuestion(
            row["split"], row["language"], row["kind"],
            tuple(row["facts"].split("|")) if row["facts"] else (), row["question"],
        )
        for row in rows
        if split in ("all", row["split"])
    ]  # fmt: skip
