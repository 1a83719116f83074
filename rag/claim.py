"""A sentence of a draft that is checked: what it claims, rests on and fails."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rag.support import Support


class Failure(NamedTuple):
    """What is wrong with a claim: the kind of check that it failed, and the words that did."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of a draft: its text without marks, the line of the draft it stands in, the
    evidence it rests on, its failures, and the limits that were put back ("more than 1,100").
    """

    text: str
    line: int
    cited: tuple[int, ...]
    failures: tuple[Failure, ...] = ()
    mended: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """What a draft is read against, beside its evidence: its language, the year of the report,
    the question, and where the words of a claim are looked up (None: they are not).

    The question lends a claim its words, but no figures.
    """

    language: str
    report_year: str
    question: str = ""
    support: Support | None = None


def failures_of(kind: str, words: Sequence[str]) -> list[Failure]:
    """Return a failure of one kind for each of the words."""
    return [Failure(kind, said) for said in words]
