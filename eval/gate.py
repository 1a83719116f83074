"""Hold a fast slice of the questions to the committed floors."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from eval.questions import KINDS, Question, choose, first_problem
from eval.run import Assistant, Settings, digest, run
from eval.sample import sample
from eval.summary import LOWER_IS_BETTER, MEASURES, Summary
from eval.table import Rows
from index.errors import ReportError

FLOORS = Path(__file__).with_name("floors.json")
ANSWERED = 20
Group = Literal["zh", "en", "all"]
Share = Annotated[float, Field(ge=0, le=1)]
Part = dict[Group, dict[str, Share]]


class Floors(BaseModel):
    """What each measure must reach, by language; for one that is better lower, may not exceed."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    retrieval: Part
    answers: Part

    @model_validator(mode="after")
    def _measures_are_known(self) -> "Floors":
        for part in (self.retrieval, self.answers):
            for floors in part.values():
                unknown = sorted(set(floors) - set(MEASURES))
                if unknown:
                    raise ValueError(f"there is no measure {unknown[0]!r}")
        return self


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure of one language beside its floor; ``value`` is None if nothing was measured."""

    measure: str
    group: str
    value: float | None
    floor: float

    @property
    def holds(self) -> bool:
        """Whether the floor is kept; what was not measured keeps none."""
        if self.value is None:
            return False
        if self.measure in LOWER_IS_BETTER:
            return self.value <= self.floor
        return self.value >= self.floor

    @property
    def bound(self) -> str:
        """The floor with its direction."""
        return f"{'<=' if self.measure in LOWER_IS_BETTER else '>='} {self.floor:.3f}"

    @property
    def measured(self) -> str:
        """The value as it is printed."""
        return "not measured" if self.value is None else f"{self.value:.3f}"


def load_floors(path: Path = FLOORS) -> Floors:
    """Read the committed floors; raises ReportError where a name or a number is wrong."""
    try:
        return Floors.model_validate_json(path.read_text(encoding="utf-8"))
    except (OSError, ValidationError) as error:
        reason = first_problem(error, "it") if isinstance(error, ValidationError) else error
        raise ReportError(
            f"Cannot use the floors in {path}: {reason}. Mend this file.",
            f"无法使用 {path} 中的下限：{reason}。请修正该文件。",
        ) from error


def answered_slice(questions: Sequence[Question]) -> list[Question]:
    """Take 20 questions of the dev half, always the same: of different kinds, languages in turn."""
    dev = choose(list(questions), split="dev")
    drawn = []
    for turn, kind in enumerate(KINDS):
        preferred = choose(dev, kinds=(kind,), language=("zh", "en")[turn % 2])
        drawn += sample(preferred or choose(dev, kinds=(kind,)), 1)
    return sample(drawn, ANSWERED)


def measure(
    assistant: Assistant,
    questions: Sequence[Question],
    folder: Path,
    settings: Settings,
    floors: Floors,
) -> list[Figure]:
    """Rank for all questions, answer the slice, and set each figure beside its floor."""
    found = []
    for name, asked, part in (
        ("retrieval", list(questions), floors.retrieval),
        ("answers", answered_slice(questions), floors.answers),
    ):
        change = {"search_only": name == "retrieval", "questions": digest(asked)}
        finished = run(assistant, asked, folder / name, settings.model_copy(update=change))
        found += _figures(finished.summary, part)
    return found


def _figures(summary: Summary, part: Part) -> list[Figure]:
    return [
        Figure(name, group, estimate.mean if estimate else None, floor)
        for group, floors in part.items()
        for name, floor in floors.items()
        for estimate in [summary.groups[group].get(name)]
    ]


def rows(figures: Sequence[Figure]) -> Rows:
    """Set each figure beside its floor; the first row is the header."""
    head = ["Measure", "Language", "Measured", "Floor", ""]
    return [head] + [
        [each.measure, each.group, each.measured, each.bound, "ok" if each.holds else "BELOW"]
        for each in figures
    ]


def hold(figures: Sequence[Figure], folder: Path) -> None:
    """Raise ReportError naming each figure that does not keep its floor."""
    fallen = [
        f"{each.measure} ({each.group}) {each.measured}, must be {each.bound}"
        for each in figures
        if not each.holds
    ]
    if fallen:
        listed = "; ".join(fallen)
        raise ReportError(
            f"The gate is shut: {listed}. See what went wrong: python -m eval report "
            f"{folder / 'answers'} (or {folder / 'retrieval'}).",
            f"未达到下限：{listed}。查看原因：python -m eval report "
            f"{folder / 'answers'}（或 {folder / 'retrieval'}）。",
        )
