"""Read the sums in an answer: what an expression of known figures comes to."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from rag.amounts import Amount, find_amounts, states
from rag.dates import find_dates

_SIGNS = str.maketrans("−–—×÷／＊＋（），", "---*//*+(),")
_OPERAND = r"(?:RMB|CNY|USD|[¥$])?\s?\d[\d,]*(?:\.\d+)?(?:\s?[%‰]|(?:\s?[^\W\d_]{1,12}){0,2})"
_WORKING = re.compile(rf"\(*\s*{_OPERAND}(?:[\s)]*[-+*/][\s(]*{_OPERAND})+[\s)]*")
_TOKEN = re.compile(rf"[-+*/()]|{_OPERAND}")
_SIGN = frozenset("+-*/()")
_PARTS = {"%": 100, "pp": 100, "‰": 1000}
_LARGEST_COUNT = 12  # a small whole number may be how many values an average is of
_OPERATIONS: dict[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": Fraction.__add__,
    "-": Fraction.__sub__,
    "*": Fraction.__mul__,
    "/": Fraction.__truediv__,
}


@dataclass(frozen=True, slots=True)
class Working:
    """An expression in the text: its operands, each a value and a unit, and what it comes to."""

    operands: frozenset[tuple[Decimal, str]]
    result: Fraction

    def supports(self, claim: Amount) -> bool:
        """Tell whether a claim is an operand, or the result in full or rounded."""
        if (claim.value, claim.unit) in self.operands:
            return True
        parts = _PARTS.get(claim.unit, 1)
        last_digit = Fraction(claim.scale) / 10**claim.decimals / parts
        difference = abs(abs(self.result) - abs(Fraction(claim.value) / parts))
        return bool(difference < last_digit)


def workings(text: str, sources: Sequence[Amount]) -> Iterator[Working]:
    """Find the expressions whose operands all stand in ``sources``."""
    for match in _WORKING.finditer(_undated(text)):
        tokens = [token.strip() for token in _TOKEN.findall(_balanced(match[0]))]
        amounts = {token: find_amounts(token) for token in tokens if token not in _SIGN}
        values = [
            token if token in _SIGN else _operand(amounts[token], sources) for token in tokens
        ]
        known = [value for value in values if value is not None]
        if len(known) < len(values):
            continue
        try:
            result = _sum(known)
        except (ZeroDivisionError, IndexError):
            continue  # no working, only something that looked like one
        operands = {(found[0].value, found[0].unit) for found in amounts.values()}
        yield Working(frozenset(operands), result)


def _undated(text: str) -> str:
    """Leave out years and bold stars between operands: (2023年) 5 - (2022年) 3."""
    for date in reversed(find_dates(text)):
        text = text[: date.start] + text[date.end :]
    text = re.sub(r"\s[xX]\s", " * ", text.replace("**", "").translate(_SIGNS))
    return re.sub(r"\(\s*\)", "", text)


def _balanced(text: str) -> str:
    surplus = text.count("(") - text.count(")")
    if surplus > 0:
        return text.replace("(", "", surplus)
    return text[::-1].replace(")", "", -surplus)[::-1] if surplus else text


def _operand(found: Sequence[Amount], sources: Sequence[Amount]) -> Fraction | None:
    """Give the value of an operand that stands in the sources; a bare one takes its unit there."""
    if len(found) != 1:
        return None
    amount = found[0]
    if not amount.unit and amount.scale == 1:
        for source in sources:
            if Fraction(source.value) / Fraction(source.scale) == amount.value:
                return _value(source)
    elif any(states(amount, source) for source in sources):
        return _value(amount)
    whole = amount.value == int(amount.value) and amount.value <= _LARGEST_COUNT
    return _value(amount) if whole or amount.value == 100 else None


def _value(amount: Amount) -> Fraction:
    return Fraction(amount.value) / _PARTS.get(amount.unit, 1)


def _sum(tokens: list[str | Fraction]) -> Fraction:
    return _chain(tokens, "+-", lambda: _chain(tokens, "*/", lambda: _atom(tokens)))


def _chain(tokens: list[str | Fraction], operators: str, part: Callable[[], Fraction]) -> Fraction:
    value = part()
    while tokens and isinstance(tokens[0], str) and tokens[0] in operators:
        operation = _OPERATIONS[str(tokens.pop(0))]
        value = operation(value, part())
    return value


def _atom(tokens: list[str | Fraction]) -> Fraction:
    first = tokens.pop(0)
    if isinstance(first, Fraction):
        return first
    value = _sum(tokens)
    tokens.pop(0)  # the closing bracket
    return value
