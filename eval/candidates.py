"""What readers thought of answers -> candidate questions for a person to complete."""

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from eval.questions import first_problem
from index.errors import ReportError


class Feedback(BaseModel):
    """The fields of a line of feedback that make a question."""

    liked: bool
    reason: str = ""
    question: str = Field(min_length=1)
    language: str
    answered: bool
    answer: str = ""
    lines: list[tuple[int, int]] = []


def candidates(file: Path) -> list[dict[str, Any]]:
    """Return one unfinished entry for each question, the disliked ones first.

    A person fills in what a right answer states, checks the evidence (what was cited), and removes
    "answer", "liked" and "reason": until then the question file does not take the entry.
    """
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ReportError(
            f"Cannot read the feedback in {file}: {error}", f"无法读取评价文件 {file}：{error}"
        ) from error
    found: dict[str, Feedback] = {}
    for number, line in enumerate(lines, start=1):
        if line.strip():
            feedback = _read(line, f"{file.name}, line {number}")
            known = found.get(feedback.question)
            if known is None or known.liked:
                found[feedback.question] = feedback
    ordered = sorted(found.values(), key=lambda feedback: feedback.liked)
    return [_entry(number, feedback) for number, feedback in enumerate(ordered, start=1)]


def as_lines(entries: list[dict[str, Any]]) -> str:
    """Return the entries as lines of the question file."""
    return "\n".join(json.dumps(entry, ensure_ascii=False) for entry in entries)


def _read(line: str, where: str) -> Feedback:
    try:
        return Feedback.model_validate_json(line)
    except ValidationError as error:
        problem = first_problem(error, "the feedback")
        raise ReportError(
            f"{where}: {problem}. Mend or remove this line.",
            f"{where}：{problem}。请修正或删除该行。",
        ) from error


def _entry(number: int, feedback: Feedback) -> dict[str, Any]:
    facts = [{"any": [""], "evidence": [list(span) for span in feedback.lines]}]
    return {
        "id": f"candidate-{number}",
        "language": feedback.language,
        "kind": "fact",
        "split": "dev",
        "question": feedback.question,
        "history": [],
        "answerable": feedback.answered,
        "facts": facts if feedback.answered else [],
        "liked": feedback.liked,
        "reason": feedback.reason,
        "answer": feedback.answer,
    }
