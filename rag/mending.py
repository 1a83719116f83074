"""Put right in a claim what needs no model: lost limits, dates cut short, words left in Chinese."""

import re
from calendar import month_name
from collections.abc import Sequence

from index.english import in_english
from rag.amounts import Amount, find_amounts, states
from rag.dates import Date, find_dates
from rag.deeds import fuller_dates
from rag.evidence import Evidence
from rag.limits import limit_of, names_limit, with_limit
from rag.people import office_holders
from rag.sources import figures

_ASKS_WHEN = re.compile(
    r"何时|什么时[候间]|哪[一]?[天日月]|几[月号日]|日期|时间"
    r"|\bwhen\b|\b(?:what|which|exact) (?:date|day|month)|\bdates?\b",
    re.IGNORECASE,
)
# Where a year is the date of a deed and not part of a name (the 2022 plan).
_DATES_A_DEED = {
    "zh": (
        re.compile(""),
        re.compile(r"(?:正式|首次)?[发公成设上完启开通获并投建落竣签举召交实达]|[，。；、的]|$"),
    ),
    "en": (re.compile(r"\b(?:in|since|by|during|from) $", re.IGNORECASE), re.compile("")),
}
_RUN = re.compile(r"[\u3400-\u9fff]+")
_ALIKE = 2  # letters that a name and a slip of it begin with
_MOST_RUNS = 2
_LONGEST_RUN = 8  # characters: more is a sentence, not a word that was left over
_SHOWN = re.compile(r"“[^”]*”|「[^」]*」|《[^》]*》|\"[^\"\n]*\"|\([^()]*\)|（[^（）]*）")


def with_limits(text: str, pieces: Sequence[Evidence], language: str) -> tuple[str, list[str]]:
    """Put back the limits that a claim leaves out: 1,100 for "more than 1,100"."""
    mended = []
    for amount in reversed(figures(text)):
        if limit_of(text, amount) is not None:
            continue
        limits = [limit_of(said, source) for said, source in stated_by(amount, pieces)]
        if limits and (limit := limits[0]) and None not in limits:
            if names_limit(text, limit.kind):
                continue
            text = with_limit(text, amount, limit, language)
            mended.append(amount.text)
    return text, mended[::-1]


def stated_by(amount: Amount, pieces: Sequence[Evidence]) -> list[tuple[str, Amount]]:
    """Return the figures that an amount states, each with the text that it stands in."""
    return [
        (piece.words, source)
        for piece in pieces
        for source in find_amounts(piece.words)
        if states(amount, source)
    ]


def with_names(text: str, pieces: Sequence[Evidence]) -> str:
    """Spell the names of office holders in an English claim as they are read: Jin Hai Ren is
    金海荣, Jin Hairong. A surname that several have is left alone.
    """
    holders = office_holders("\n".join(piece.words for piece in pieces))
    surnames = [name.split(" ")[0] for name in holders.values()]
    for name in holders.values():
        surname, given = name.split(" ")

        def spelt(match: re.Match[str], name: str = name, given: str = given) -> str:
            said = re.split("[ -]", match[0])[1:]
            if said[0] == given:  # what follows is no name: Jin Hairong Chairman
                return match[0]
            alike = "".join(said).casefold()[:_ALIKE] == given.casefold()[:_ALIKE]
            return name if alike else match[0]

        if surnames.count(surname) == 1:
            text = re.sub(rf"\b{surname}(?:[ -][A-Z][a-z]+(?:-[a-z]+)?){{1,2}}\b", spelt, text)
    return text


def with_dates(text: str, pieces: Sequence[Evidence], question: str, language: str) -> str:
    """Give the month and day that a source has for a year, where the question asks when."""
    if not _ASKS_WHEN.search(question):
        return text
    before, behind = _DATES_A_DEED[language]
    for said, told in reversed(fuller_dates(text, pieces)):
        if before.search(text[: said.start]) and behind.match(text[said.end :]):
            text = text[: said.start] + _worded(told, language) + text[said.end :]
    return text


def with_words(text: str) -> str:
    """Word in English what an English text left in Chinese, outside quotations and brackets."""
    for date in reversed(find_dates(text)):
        if _RUN.search(date.text) and date.year and date.month:
            text = text[: date.start] + _worded(date, "en") + text[date.end :]
    shown = [match.span() for match in _SHOWN.finditer(text)]
    left = [r for r in _RUN.finditer(text) if not any(a <= r.start() < b for a, b in shown)]
    if len(left) > _MOST_RUNS or any(len(run[0]) > _LONGEST_RUN for run in left):
        return text  # the model fell back into Chinese
    for run in reversed(left):
        if (worded := in_english(run[0])) is not None:
            lead = "" if text[: run.start()][-1:] in ("", " ", "-") else " "
            tail = " " if re.match(r"\w", text[run.end() :]) else ""
            text = f"{text[: run.start()]}{lead}{worded}{tail}{text[run.end() :]}"
    return text


def _worded(date: Date, language: str) -> str:
    if language == "zh":
        return "".join(date.text.split())
    day = f"{date.day} " if date.day else ""
    return f"{day}{month_name[date.month or 1]} {date.year}"
