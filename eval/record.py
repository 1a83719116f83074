"""What a run keeps of each question: one JSON line."""

from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, ValidationError

from eval.questions import Question
from index.errors import ReportError

if TYPE_CHECKING:
    from index.passage import Passage
    from rag.answer import Answer

LINES = "lines.jsonl"


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Place(_Frozen):
    """A passage, by its place in the report."""

    id: str
    lines: tuple[int, int]
    section: tuple[str, ...]
    page: str | int | None
    score: float = 0.0


class Cited(_Frozen):
    """A citation as it was shown."""

    number: int
    place: Place
    quote: str
    translation: str | None


class Checked(_Frozen):
    """One check that the answer itself carried."""

    name: str
    passed: bool
    detail: str


class Reply(_Frozen):
    """The answer as it was given."""

    text: str
    answered: bool
    language: str
    citations: tuple[Cited, ...]
    checks: tuple[Checked, ...]


class Record(_Frozen):
    """A question, what was found and answered, and how that was scored."""

    question: Question
    ranked: tuple[Place, ...]
    reply: Reply | None
    seconds: dict[str, float]
    measures: dict[str, float | None]
    missing: tuple[str, ...] = ()
    mistaken: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()


def place(passage: "Passage") -> Place:
    """Keep where a passage stands, without its text."""
    return Place(
        id=passage.id,
        lines=passage.lines,
        section=tuple(passage.section),
        page=passage.page,
        score=round(float(passage.score), 4),
    )


def reply(answer: "Answer") -> Reply:
    """Keep all of an answer that a reader sees."""
    return Reply(
        text=answer.text,
        answered=answer.answered,
        language=answer.language,
        citations=tuple(
            Cited(
                number=citation.number,
                place=place(citation.passage),
                quote=citation.quote,
                translation=citation.translation,
            )
            for citation in answer.citations
        ),
        checks=tuple(
            Checked(name=check.name, passed=check.passed, detail=check.detail)
            for check in answer.checks
        ),
    )


def append_record(folder: Path, record: Record) -> None:
    """Add one line; a stopped run loses nothing but the question it was at."""
    with (folder / LINES).open("a", encoding="utf-8") as file:
        file.write(record.model_dump_json(by_alias=True) + "\n")


def load_records(folder: Path) -> list[Record]:
    """Read the lines of a run; drops a last line that was cut while it was being written."""
    try:
        text = (folder / LINES).read_text(encoding="utf-8")
    except OSError as error:
        raise ReportError(
            f"There is no run in {folder}. Make one with: python -m eval --out {folder}",
            f"{folder} 中没有评测记录。请先运行：python -m eval --out {folder}",
        ) from error
    whole = text[: text.rfind("\n") + 1]
    try:
        return [Record.model_validate_json(line) for line in whole.split("\n") if line]
    except ValidationError as error:
        raise ReportError(
            f"{folder / LINES} was written in another format. Make the run again.",
            f"{folder / LINES} 的格式与当前版本不符，请重新评测。",
        ) from error
