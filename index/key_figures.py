"""Key figures: labels and values that stand together outside of tables."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.markup import plain_text
from index.quantity import is_unit, printed_unit, quantity
from index.table import Figure

_LONGEST_LABEL = 40  # characters
_LONGEST_PAIR = 120  # characters of a label with its value
_NUMBER = r"[-−]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:[.．]\d+)?"
_VALUE = rf"{_NUMBER}\s?(?:[%％‰]|[^\d\s,，.．、。；;:：%％()（）]{{1,6}})"
_LABEL = r"(?:(?:19|20)\d{2}\s?年度?)?[^\d\n:：。；;？?！!，,、]{2,30}"
_LABEL_FIRST = re.compile(rf"\s*(?P<label>{_LABEL}?)\s*(?P<value>{_VALUE})(?=\s|$)")
_VALUE_FIRST = re.compile(
    rf"\s*(?P<value>{_VALUE})\s+(?P<label>[^\d\s\n:：。；;？?！!，,]{{2,30}})(?=\s|$)"
)
_COLON = re.compile(r"(?P<label>[^:：\n]{1,80}?)\s*[:：]\s*(?P<value>[^:：\n]{1,40}?)[；;。]?")
_BULLET = re.compile(r"^\s*(?:[-•·●○▪◦*]|#{1,6})\s+")
# What a number behind these words means is no amount of anything.
_NO_LABEL = re.compile(
    r"(电话|热线|传真|邮编|邮政编码|代码|编号|号码|邮箱|网址|日期|时间|版本|标准号|序号|第|页)\s*$"
)
_VAGUE = re.compile(
    r"(约|近|逾|超|超过|达|达到|不低于|不少于|不超过|至少|大于|小于|以上|共|为|至|到|和|与|及)$"
)
_JOINED = re.compile(r"^[的以及和与或等、，。；]")
_CALENDAR = re.compile(r"[年月日号时届]")


@dataclass(frozen=True, slots=True)
class Pair:
    """A label, its value as printed, and where both stand in the text that they are from."""

    label: str
    value: str
    start: int
    end: int


def figure_pairs(text: str) -> list[Pair]:
    """Return the labels and values of lines that hold nothing else; [] for other text."""
    lines = text.split("\n")
    starts = [0]
    for line in lines[:-1]:
        starts.append(starts[-1] + len(line) + 1)
    starts = [start for line, start in zip(lines, starts, strict=True) if line.strip()]
    lines = [line for line in lines if line.strip()]
    if pairs := _on_two_lines(lines, starts):
        return pairs
    return _on_lines_of_any_kind(lines, starts)


def _on_lines_of_any_kind(lines: Sequence[str], starts: Sequence[int]) -> list[Pair]:
    """Pairs on one line each, or on two, mixed; [] where anything is left over."""
    found: list[Pair] = []
    i = 0
    while i < len(lines):
        if here := _on_one_line(lines[i]):
            found += [Pair(p.label, p.value, starts[i] + p.start, starts[i] + p.end) for p in here]
            i += 1
        elif here := _on_two_lines(lines[i : i + 2], starts[i : i + 2]):
            found += here
            i += 2
        else:
            return []
    return found


def _on_two_lines(lines: Sequence[str], starts: Sequence[int]) -> list[Pair]:
    """A label and a value, either above the other, on every two lines."""
    found: list[Pair] = []
    if len(lines) % 2:
        return []
    for i in range(0, len(lines), 2):
        first, second = _plain(lines[i]), _plain(lines[i + 1])
        if _is_label(first) and is_value(second):
            label, value = first, second
        elif _is_label(second) and is_value(first):
            label, value = second, first
        else:
            return []
        found.append(Pair(label, value, starts[i], starts[i + 1] + len(lines[i + 1])))
    return found


def _on_one_line(line: str) -> list[Pair]:
    if len(line) > 2 * _LONGEST_PAIR or not re.search(r"\d", line):
        return []
    single = key_figure(line)
    if single:
        return [Pair(*single, 0, len(line))]
    text = plain_text(line)
    for pattern in (_LABEL_FIRST, _VALUE_FIRST):
        found = _row_of_pairs(text, pattern)
        if found and text != line:  # places in a text without mark-up are not those in the source
            return [Pair(p.label, p.value, 0, len(line)) for p in found]
        if found:
            return found
    return []


def _row_of_pairs(text: str, pattern: re.Pattern[str]) -> list[Pair]:
    """Read a line as pairs from end to end; [] where anything is left over."""
    found: list[Pair] = []
    position = 0
    while position < len(text.rstrip()):
        match = pattern.match(text, position)
        if match is None or not _is_pair(match["label"].strip(), match["value"]):
            return []
        first = min(match.start("label"), match.start("value"))
        found.append(Pair(match["label"].strip(), match["value"], first, match.end()))
        position = match.end()
    return found


def _is_pair(label: str, value: str) -> bool:
    amount = quantity(value)
    if amount is None or not _is_label(label) or _JOINED.match(label) or _VAGUE.search(label):
        return False
    return is_unit(amount[1]) and not _CALENDAR.fullmatch(amount[1])


def _is_label(text: str) -> bool:
    if not 2 <= len(text) <= _LONGEST_LABEL or re.search(r"[。；;！!？?]", text):
        return False
    words = len(re.findall(r"[\u3400-\u9fff]|[A-Za-z]{2,}", text))
    return words >= 2 and not _NO_LABEL.search(text) and quantity(text) is None


def is_value(text: str) -> bool:
    """Whether a text is an amount; a year alone is that of a timeline."""
    return quantity(text) is not None and not re.fullmatch(r"(19|20)\d{2}", text)


def is_side(line: str) -> bool:
    """Whether a line is nothing but the label or the value of a key figure."""
    text = _plain(line) if len(line) <= _LONGEST_PAIR else ""
    return _is_label(text) or is_value(text)


def _plain(line: str) -> str:
    return _BULLET.sub("", plain_text(line)).strip()


def key_figure(text: str) -> tuple[str, str] | None:
    """Split "label：value unit", or these on two lines, into label and value, or None."""
    plain = _BULLET.sub("", plain_text(text)).strip()
    if len(plain) > _LONGEST_PAIR:
        return None
    match = _COLON.fullmatch(plain)
    if match:
        label, value = match["label"], match["value"].strip()
    elif plain.count("\n") == 1:
        label, value = (part.strip() for part in plain.split("\n"))
    else:
        return None
    label = re.sub(r"^[^\w《“(（]+", "", label.strip())
    if quantity(value) is None or not label or quantity(label) is not None:
        return None
    return None if _NO_LABEL.search(label) else (label, value)


def pair_figure(pair: Pair, line: int, period: str) -> Figure:
    """The figure of a label and its value; a year in front of the label is its period."""
    amount = quantity(pair.value)
    assert amount is not None  # noqa: S101 - what makes a pair
    dated = re.match(r"((?:19|20)\d{2})\s?年度?\s*(?=\S)", pair.label)
    label = pair.label[dated.end() :] if dated else pair.label
    period = dated[1] if dated else period
    unit = amount[1] or printed_unit(label)
    return Figure(label, "", "", period, amount[0], unit, pair.value, line, 1)
