"""A conversation as plain data, to be kept by the browser over a reload, and back."""

import json
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from rag.conversation import Turn

if TYPE_CHECKING:
    from pydantic import TypeAdapter

MOST = 20  # turns
LONGEST = 600_000  # characters of JSON; browsers keep about five million for a site


def to_plain(turns: Sequence[Turn]) -> list[dict[str, Any]]:
    """Return the last finished turns as data for JSON, as many as may be kept."""
    finished = [turn for turn in turns if not turn.pending][-MOST:]
    plain: list[dict[str, Any]] = _adapter().dump_python(finished, mode="json")
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


@cache
def _adapter() -> "TypeAdapter[list[Turn]]":
    from pydantic import TypeAdapter

    return TypeAdapter(list[Turn])
