"""The names of a Chinese text for an English reader: the company's own, and places."""

import re
from collections.abc import Sequence

from index.cedict import lookup
from index.english import in_english
from index.terms import in_dictionary, is_chinese, tokens

_ENDING = 2  # characters of a name's ending that says what the company does: 科技, 食品


def with_own_name(text: str, names: Sequence[str]) -> str:
    """Put the company's Latin name in the place of its Chinese one, also in short (厦门熵基)."""
    if len(names) < 2:
        return text
    text = text.replace(names[0], names[1])
    stem = names[0][:-_ENDING]
    if len(stem) < 2 or in_dictionary(stem) or not in_dictionary(names[0][-_ENDING:]):
        return text
    return re.sub(
        rf"([\u3400-\u9fff]{{2}})?{re.escape(stem)}",
        lambda match: f"{_before(match[1] or '')}{names[1]}",
        text,
    )


def places(text: str) -> dict[str, str]:
    """Return the places that a Chinese text names, with their English names."""
    found = {}
    for word in dict.fromkeys(tokens(text)):
        entries = lookup(word) if is_chinese(word) and len(word) > 1 else []
        if entries and all(entry.is_name for entry in entries) and (english := in_english(word)):
            found[word] = english
    return {
        word: english
        for word, english in found.items()
        if english[0].isupper() and not any(other in word for other in found if other != word)
    }


def _before(word: str) -> str:
    place = places(word).get(word)
    return f"{place} " if place else word
