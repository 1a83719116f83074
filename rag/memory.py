"""A conversation as plain data, to be kept by the browser over a reload, and back."""

import json
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from rag.answer import Citation
from rag.conversation import Turn

if TYPE_CHECKING:
    from pydantic import TypeAdapter

MOST = 20  # turns
LONGEST = 600_000  # characters of JSON; browsers keep about five million for a site


def to_plain(turns: Sequence[Turn]) -> list[dict[str, Any]]:
    """Return the last finished turns as data for JSON, as many as may be kept."""
    plain = [_plain(turn) for turn in turns if not turn.pending][-MOST:]
    while plain and len(json.dumps(plain, ensure_ascii=False)) > LONGEST:
        del plain[0]
    return plain


def from_plain(data: Any) -> list[Turn]:
    """Return the turns that such data tells of; none where it is damaged."""
    from pydantic import ValidationError

    try:
        turns = _adapter().validate_python(data)
    except ValidationError:
        return []
    return [turn for turn in turns if not turn.pending][-MOST:]


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(_read(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, Decimal) else value


def _read(value: Any, name: str) -> Any:
    """Read a field; a translation only as far as it has been made, which takes no time."""
    if isinstance(value, Citation) and name == "translation":
        return value.translation_so_far
    return getattr(value, name)


@cache
def _adapter() -> "TypeAdapter[list[Turn]]":
    from pydantic import TypeAdapter

    return TypeAdapter(list[Turn])
