"""Tell whether a text states an expected fact."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rag.amounts import Amount, find_amounts, states
from rag.dates import Date, date_states, find_dates

if TYPE_CHECKING:
    from eval.questions import Fact

_MARK = re.compile(r"\[\d+\]")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_CLAUSE = re.compile(r"[，；。;\n]|,\s")
_SHORTEST_CODE = 5
_FEWEST_DIGITS = 100  # of the last digit's size: three digits
_BEFORE_LETTER, _BEFORE_DIGIT = r"(?<![a-z0-9])", r"(?<![0-9])(?<![0-9][.,])"
_AFTER_DIGIT = r"(?![0-9%‰万亿]|[.,][0-9])"


def plain(text: str) -> str:
    """Bring text to one form: NFKC, lower case, one dash, no bold stars, no citation marks."""
    bare = _MARK.sub("", text).replace("*", "")
    return unicodedata.normalize("NFKC", bare).casefold().translate(_DASHES)


def states_fact(text: str, alternatives: Sequence[str], *, computed: bool = False) -> bool:
    """Tell whether the text states one of the alternatives.

    A figure is stated in any unit and as a true rounding of it, a date in any format but with all
    its parts; anything else word for word, whatever the white space. A fall that has to be
    ``computed`` is stated with its minus sign or without: by 47, −47.
    """
    return any(_states(text, alternative, computed=computed) for alternative in alternatives)


def _states(text: str, alternative: str, *, computed: bool) -> bool:
    expected = only_amount(alternative)
    if expected and computed and expected.value > 0 and _stated(text, _negative(expected)):
        return True
    if expected and not _maybe_code(expected):
        return _stated(text, expected)
    date = only_date(alternative)
    if date:
        return any(date_states(date, claim) for claim in find_dates(_MARK.sub("", text)))
    word_for_word = bool(_pattern(alternative).search(plain(text)))
    return word_for_word or bool(expected and _stated(text, expected))


def _negative(amount: Amount) -> Amount:
    return replace(amount, value=-amount.value)


def _stated(text: str, expected: Amount) -> bool:
    return any(figure_states(claim, expected) for claim in find_amounts(_MARK.sub("", text)))


def figure_states(claim: Amount, expected: Amount) -> bool:
    """Tell whether a figure is the expected one, or rounds it to three digits or more."""
    if not states(claim, expected):
        return False
    last_digit = claim.scale.scaleb(-claim.decimals)
    return claim.value == expected.value or abs(claim.value) >= _FEWEST_DIGITS * last_digit


def _maybe_code(amount: Amount) -> bool:
    """A long bare number may be no amount at all, but a standard, a telephone or a stock code."""
    return not amount.unit and sum(map(str.isdecimal, amount.text)) >= _SHORTEST_CODE


def only_amount(text: str) -> Amount | None:
    """Give the amount that the whole text is, if it is one."""
    found = find_amounts(text)
    return found[0] if len(found) == 1 and _whole(found[0], text) else None


def only_date(text: str) -> Date | None:
    """Give the date that the whole text is, if it is one."""
    found = find_dates(text)
    return found[0] if len(found) == 1 and _whole(found[0], text) else None


def _whole(found: Amount | Date, text: str) -> bool:
    rest = text[: found.start] + text[found.end :]
    return not re.search(r"[^\W_]", rest)


def _pattern(alternative: str) -> re.Pattern[str]:
    """Match word for word; "male" is not in "female", nor "29" in "129" or "29.5"."""
    letters = "".join(plain(alternative).split())
    left = right = ""
    if letters[:1].isdecimal():
        left = _BEFORE_DIGIT
    elif re.match("[a-z]", letters) and not letters.startswith("n't"):
        left = _BEFORE_LETTER
    if letters[-1:].isdecimal():
        right = _AFTER_DIGIT
    return re.compile(left + r"\s*".join(map(re.escape, letters)) + right)


def misdated(text: str, facts: "Sequence[Fact]") -> list["Fact"]:
    """List the stated figures that the text gives to another year than the fact's own.

    A figure belongs to its year if the years stand in the order of the figures, as in a table or
    before "respectively", or if the nearest year before it in its clause, or after it, is its own.
    """
    text = _MARK.sub("", text).replace("*", "")
    dated = [(fact, _places(text, fact)) for fact in facts if fact.year]
    dated = [(fact, places) for fact, places in dated if places]
    years = [date for date in find_dates(text) if date.year]
    wanted = {fact.year for fact, _ in dated}
    in_text = list(dict.fromkeys(date.year for date in years if date.year in wanted))
    in_order = [fact.year for fact, _ in sorted(dated, key=lambda pair: pair[1][0])]
    if in_text == in_order:
        return []
    return [
        fact
        for fact, places in dated
        if in_text and not any(_year_at(text, place, years) == fact.year for place in places)
    ]


def _places(text: str, fact: "Fact") -> list[int]:
    expected = [amount for each in fact.alternatives if (amount := only_amount(each))]
    return [
        claim.start
        for claim in find_amounts(text)
        if any(figure_states(claim, amount) for amount in expected)
    ]


def _year_at(text: str, place: int, years: Sequence[Date]) -> int | None:
    """Give the year of the clause around ``place``, or the last one before it."""
    start = max((mark.end() for mark in _CLAUSE.finditer(text[:place])), default=0)
    inside = [date for date in years if date.start >= start]
    before = [date for date in inside if date.end <= place]
    after = [date for date in inside if date.start > place]
    if before:
        return before[-1].year
    if after and not _CLAUSE.search(text, place, after[0].start):
        return after[0].year
    earlier = [date for date in years if date.end <= place]
    return earlier[-1].year if earlier else None
