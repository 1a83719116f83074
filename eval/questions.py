"""Load the questions with their known facts."""

from pathlib import Path
from typing import Annotated, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from index.errors import ReportError

QUESTIONS = Path(__file__).with_name("questions.jsonl")
STRANGERS = QUESTIONS.with_name("strangers.jsonl")  # by authors who had not seen the program
NEWCOMERS = QUESTIONS.with_name("newcomers.jsonl")  # by later such authors
NEAR_NAMES = QUESTIONS.with_name("near_names.jsonl")  # called nearly as what the report prints

Kind = Literal[
    "fact", "table", "years", "arithmetic", "list", "several", "summary", "definition", "contact",
    "date-name", "contradiction", "false-premise", "other-company", "other-year", "not-disclosed",
    "off-topic", "follow-up", "misspelt", "colloquial", "mixed", "traditional",
]  # fmt: skip
Language = Literal["zh", "en"]
Split = Literal["dev", "held-out"]
KINDS: tuple[str, ...] = get_args(Kind)

Text = Annotated[str, Field(min_length=1, pattern=r"\S")]
Line = Annotated[int, Field(ge=1)]
Span = tuple[Line, Line]


class _Strict(BaseModel):
    """Refuses unknown keys, so that a misspelt one is never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Turn(_Strict):
    """One message of the conversation before a follow-up."""

    role: Literal["user", "assistant"]
    content: Text


class Fact(_Strict):
    """What an answer must state: one of ``alternatives``, supported by any one of ``evidence``.

    ``year`` binds a figure to its year where a question asks for several, so that swapped years
    are seen. ``computed`` marks what follows from the evidence but is not printed there.
    """

    alternatives: tuple[Text, ...] = Field(alias="any", min_length=1)
    evidence: tuple[Span, ...] = Field(min_length=1)
    year: int | None = Field(default=None, ge=1900, le=2100)
    computed: bool = False

    @model_validator(mode="after")
    def _spans_run_forward(self) -> Self:
        for first, last in self.evidence:
            if first > last:
                raise ValueError(f"evidence [{first}, {last}] ends before it begins")
        return self


class Question(_Strict):
    """A question, and what a right answer to it states or does not state."""

    id: Text
    language: Language
    pair: Text | None = None
    kind: Kind
    split: Split
    question: Text
    history: tuple[Turn, ...] = ()
    answerable: bool
    facts: tuple[Fact, ...] = ()
    forbidden: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _facts_when_answerable(self) -> Self:
        if self.answerable != bool(self.facts):
            raise ValueError("an answerable question needs facts, and no other may have any")
        return self


def load_questions(path: Path = QUESTIONS) -> list[Question]:
    """Read one question a line; a line that breaks the format is a ``ReportError`` naming it."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ReportError(
            f"Cannot read the questions in {path}: {error}",
            f"无法读取问题文件 {path}：{error}",
        ) from error
    questions = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            questions.append(Question.model_validate_json(line))
        except ValidationError as error:
            problem = first_problem(error, "the question")
            raise ReportError(
                f"{path.name}, line {number}: {problem}. Mend this line.",
                f"{path.name} 第 {number} 行：{problem}。请修正该行。",
            ) from error
    return questions


def first_problem(error: ValidationError, whole: str) -> str:
    """Say in one line where data breaks its format; ``whole`` names it if no field is to blame."""
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"]) or whole
    return f"{where}: {first['msg']}"


def choose(
    questions: list[Question],
    *,
    split: str = "all",
    kinds: tuple[str, ...] = (),
    language: str | None = None,
) -> list[Question]:
    """Keep the questions of a split, of some kinds, of a language; all of them by default."""
    return [
        question
        for question in questions
        if split in ("all", question.split)
        and (not kinds or question.kind in kinds)
        and language in (None, question.language)
    ]
