"""Measure on RGB: answers from passages of which some, or all, do not hold the answer."""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, ValidationError

from eval.squad import unreadable
from eval.texts import Models, Scores, evenly, index_texts, row

if TYPE_CHECKING:
    from rag.answer import Answer

PASSAGES = 5  # as in RGB's own runs


class Instance(BaseModel):
    """A question, what its answer must state, and passages with and without it.

    Every item of ``answer`` must be stated; an item that is a list, by any one of its forms.
    """

    model_config = ConfigDict(frozen=True)
    query: str
    answer: str | list[str | list[str]]
    positive: list[str]
    negative: list[str]


def read_rgb(path: Path) -> list[Instance]:
    """Read RGB's file of one JSON object a line (zh.json or en.json)."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
        instances = [Instance.model_validate_json(line) for line in lines if line.strip()]
    except (OSError, UnicodeDecodeError, ValidationError) as error:
        raise unreadable(path, "RGB (zh.json, en.json)", error) from error
    if not instances:
        raise unreadable(path, "RGB (zh.json, en.json)", "it is empty")
    return instances


def mix(instance: Instance, noise: float, count: int = PASSAGES) -> list[str]:
    """Take ``count`` passages, this share of them without the answer, as RGB's script does.

    Where one kind has too few, the other fills up; with a share of 1 none holds the answer.
    """
    without = math.ceil(count * noise)
    if noise < 1:
        if without > len(instance.negative):
            without = len(instance.negative)
        elif count - without > len(instance.positive):
            without = count - len(instance.positive)
    return instance.positive[: count - without] + instance.negative[:without]


def accuracy_of(answer: "Answer", instance: Instance) -> float:
    """1 if it is no refusal and states every expected item, else 0."""
    return float(answer.answered and states_all(answer.text, instance.answer))


def states_all(text: str, answer: str | Sequence[str | Sequence[str]]) -> bool:
    """Tell whether the text holds every expected item, whatever the case and white space."""
    items = [answer] if isinstance(answer, str) else answer
    said = _plain(text)
    forms = ([item] if isinstance(item, str) else item for item in items)
    return all(any(_plain(form) in said for form in each) for each in forms)


def measure_rgb(
    path: Path, folder: Path, models: Models, noise: float, limit: int | None
) -> Scores:
    """Ask with noise for accuracy, and with noise alone for refusals."""
    from tqdm import tqdm

    accuracy, rejection = [], []
    instances = evenly(read_rgb(path), limit)
    for number, instance in enumerate(tqdm(instances, unit="question")):
        answer = index_texts(mix(instance, noise), folder, models).ask(instance.query)
        refused = {"refused": float(not answer.answered)}
        accuracy.append((number, {"accuracy": accuracy_of(answer, instance)} | refused))
        answer = index_texts(mix(instance, 1), folder, models).ask(instance.query)
        rejection.append((number, {"refused": float(not answer.answered)}))
    return {f"Noise {noise:.0%}": row(accuracy), "Noise 100%, to be refused": row(rejection)}


def _plain(text: str) -> str:
    return "".join(text.split()).casefold()
