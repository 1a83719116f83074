"""Mend slips in the Chinese words of a question: characters that sound or look like those meant,
and verbs with a particle inside them (上的市 for 上市).
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property
from itertools import accumulate
from pathlib import Path

from index.cedict import lookup, readings
from index.pieces import CHINESE_STOP_WORDS, HAN, is_chinese, normalise
from index.store import Index
from index.terms import chinese_words, function_words, in_dictionary

LOOKALIKES = Path(__file__).with_name("lookalikes.txt")
_RUN = re.compile(f"[{HAN}]+")
_LONGEST = 5  # characters of a word that is mended
_PAIR = 2  # characters of a word that has to sound just the same
_COUNTED = frozenset("年月日号")
_PARTED = re.compile(f"(?=([{HAN}])[的了过个]([{HAN}]))")


class Slips:
    """Finds the words of a report that a question means.

    ``vocabulary`` are the report's words; ``stands`` tells whether it has some characters in a row.
    """

    def __init__(self, vocabulary: Iterable[str], stands: Callable[[str], bool]) -> None:
        self._words = frozenset(w for w in vocabulary if 1 < len(w) <= _LONGEST and _is_word(w))
        self._stands = stands

    @classmethod
    def of(cls, index: Index) -> "Slips":
        """Mend slips by the words of an indexed report."""
        text = "\n".join(normalise(passage.text) for passage in index.passages)
        return cls(index.keywords.vocabulary, text.__contains__)

    def mend(self, question: str) -> str:
        """Return the question with the words that it means in place of its slips."""
        return _RUN.sub(lambda run: self._mended(self._joined(run[0])), question)

    def _joined(self, run: str) -> str:
        """Take particles out of verbs: 哪天上的市 is 哪天上市."""
        for match in _PARTED.finditer(run):
            at, whole = match.start(), match[1] + match[2]
            joined = run[:at] + whole + run[at + 3 :]
            apart = (at + 1, run[at + 1]) in _placed(run)  # 过 of 通过 is no particle
            if apart and whole in self._words and (at, whole) in _placed(joined):
                return self._joined(joined)
        return run

    def _mended(self, run: str) -> str:
        bounds, lone = _cut(run)
        at = 0
        mended = ""
        while at < len(run):
            found = next(self._meant(run, at, bounds, lone), None)
            mended += found or run[at]
            at += len(found or run[at])
        return mended

    def _meant(
        self, run: str, at: int, bounds: frozenset[int], lone: frozenset[int]
    ) -> Iterator[str]:
        """Yield the words that the characters at a place are a slip of, long ones first."""
        for size in range(min(_LONGEST, len(run) - at), 1, -1):
            end, typed = at + size, run[at : at + size]
            # what is a word, or stands in the report, is no slip
            if not {at, end} <= bounds or in_dictionary(typed) or self._stands(typed):
                continue
            slip = not _says_nothing(typed) and (size > 3 or lone & set(range(at, end)))
            if slip and (word := self._word_for(typed, run[max(0, at - 1) : at])):
                yield word

    def _word_for(self, typed: str, before: str) -> str:
        """Return the word that shares most characters with what is read or looks the same; of
        several that which the report has behind the character ``before``.
        """
        heard = {w for reading in _readings(typed) for w in self._by_sound.get(reading, ())}
        seen = {word for form in _forms(typed) for word in self._by_form.get(form, ())}
        alike = [
            (_shared(word, typed), self._stands(before + word), word)
            for word in heard | seen
            if len(word) == len(typed)
        ]
        shared, _, word = max(alike, default=(0, False, ""))
        return word if shared else ""

    @cached_property
    def _by_sound(self) -> dict[str, list[str]]:
        """How the report's words are read -> these words."""
        by_sound: defaultdict[str, list[str]] = defaultdict(list)
        for word in sorted(self._words):
            for reading in _usual_readings(word):
                by_sound[reading].append(word)
        return dict(by_sound)

    @cached_property
    def _by_form(self) -> dict[str, list[str]]:
        """How the report's words look, with one character for all that look like it."""
        by_form: defaultdict[str, list[str]] = defaultdict(list)
        for word in sorted(self._words):
            for form in _forms(word):
                by_form[form].append(word)
        return dict(by_form)


def _is_word(word: str) -> bool:
    return is_chinese(word) and (in_dictionary(word) or len(word) > 2)


def _placed(run: str) -> set[tuple[int, str]]:
    """Return the words of a run with the places where they begin."""
    words = chinese_words(run)
    return set(zip(accumulate(map(len, words), initial=0), words, strict=False))


def _cut(run: str) -> tuple[frozenset[int], frozenset[int]]:
    """Return the places where words of a run begin and end, and those of its lone characters.

    Words that only join others are cut up: 收如是 is cut as 收 and 如是 otherwise.
    """
    words = chinese_words(run)
    words = [part for word in words for part in (word if word in function_words() else [word])]
    starts = list(accumulate(map(len, words), initial=0))
    lone = (at for at, word in zip(starts, words, strict=False) if len(word) == 1)
    return frozenset(starts), frozenset(lone)


def _says_nothing(typed: str) -> bool:
    """Whether one of the words in it only joins others: 人是 is no slip of 人士."""
    return any(
        word in CHINESE_STOP_WORDS or word in function_words() or word in _COUNTED
        for word in chinese_words(typed)
    )


def _shared(word: str, typed: str) -> int:
    return sum(a == b for a, b in zip(word, typed, strict=True))


def _readings(word: str) -> set[str]:
    """Return how a word may be read; a longer one as those say it who tell zh from z hardly."""
    if len(word) <= _PAIR:
        return readings(word)
    return {" ".join(map(_hardly_told, reading.split())) for reading in readings(word)}


def _usual_readings(word: str) -> set[str]:
    """Return how a word of the report is read: 迫 of 强迫 is po, and never pai."""
    known = {entry.pinyin for entry in lookup(word)} if len(word) == _PAIR else set()
    found = _readings(word)
    return {reading for reading in found if reading.replace(" ", "") in known} or found


def _hardly_told(pinyin: str) -> str:
    """Return a syllable as those say it who tell zh from z and ing from in hardly."""
    return re.sub(r"(?<=[ei]n)g$", "", re.sub(r"^([zcs])h", r"\1", pinyin))


def _forms(word: str) -> list[str]:
    alike = _lookalikes()
    form = "".join(alike.get(character, character) for character in word)
    return [form] if any(character in alike for character in word) else []


@cache
def _lookalikes() -> dict[str, str]:
    """Return for each character that looks like others the first of these."""
    lines = LOOKALIKES.read_text(encoding="utf-8").splitlines()
    groups = [line.split() for line in lines if line and not line.startswith("#")]
    return {character: group[0] for group in groups for character in group}
