"""Read files of XQuAD and CMRC 2018: paragraphs with questions and answers."""

import json
from pathlib import Path
from typing import Annotated, Any

from pydantic import (
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
)

from eval.questions import first_problem
from index.errors import ReportError


def _text(answer: Any) -> Any:
    return answer["text"] if isinstance(answer, dict) else answer


class Asked(BaseModel):
    """A question with the answers that are right."""

    model_config = ConfigDict(frozen=True)
    id: str = Field(validation_alias=AliasChoices("id", "query_id"))
    text: str = Field(validation_alias=AliasChoices("question", "query_text"))
    answers: list[Annotated[str, BeforeValidator(_text)]]


class Paragraph(BaseModel):
    """A text and the questions that it answers."""

    model_config = ConfigDict(frozen=True)
    text: str = Field(validation_alias=AliasChoices("context", "context_text"))
    questions: list[Asked] = Field(validation_alias="qas")


_PARAGRAPHS = TypeAdapter(list[Paragraph])


def read_squad(path: Path) -> list[Paragraph]:
    """Read SQuAD's format, or the one of its own that CMRC 2018 was first published in."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(content, dict):
            content = [each for document in content["data"] for each in document["paragraphs"]]
        paragraphs = _PARAGRAPHS.validate_python(content)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise unreadable(path, "XQuAD, CMRC 2018", error) from error
    if not any(paragraph.questions for paragraph in paragraphs):
        raise unreadable(path, "XQuAD, CMRC 2018", "it holds no question")
    return paragraphs


def unreadable(path: Path, name: str, reason: Exception | str) -> ReportError:
    """Say that a file is none of the named set."""
    if isinstance(reason, ValidationError):
        reason = first_problem(reason, "the file")
    elif isinstance(reason, KeyError):
        reason = f"{reason} is missing"
    return ReportError(
        f"Cannot read {path} as a file of {name}: {reason}. Give the file as it was published.",
        f"无法按 {name} 的格式读取 {path}：{reason}。请使用原始发布的文件。",
    )
