"""Name the rows, groups, wholes and units of the report's tables in the asker's language."""

import re
from collections.abc import Sequence
from decimal import Decimal

from index.glossary import to_english
from index.passage import FigureEntry
from rag import wording
from rag.amounts import find_amounts

_MILLION = Decimal(10) ** 6
_TOTAL = re.compile(r"总|合计|全部|小计")


def group(cell: FigureEntry) -> str:
    """Return what the row is grouped by: the name above its rows, or its labels but the last."""
    return cell.figure.group or cell.figure.metric.rpartition(" ")[0]


def is_total(cell: FigureEntry) -> bool:
    """Whether the row says that it is a total."""
    return _TOTAL.search(cell.figure.metric) is not None


def part_label(cell: FigureEntry, language: str) -> str:
    """Return what tells a part from its siblings: the last of its labels."""
    label = cell.figure.metric.rpartition(" ")[2]
    return label if language == "zh" else to_english(label) or label


def row_title(cell: FigureEntry, language: str) -> str:
    """Name a row as answers do; one of a group by its table, its group and its label."""
    by = group(cell)
    if not by:
        return wording.worded_label(cell, language)
    table = cell.section[-1] if cell.section and not cell.figure.group else ""
    return _joined((table, by, part_label(cell, "zh")), language)


def whole_title(part: FigureEntry, total: FigureEntry | None, language: str) -> str:
    """Name the whole by its own label, or by the section; then the grouping, and the year."""
    by = group(part)
    whole = total.figure.metric if total else part.section[-1] if part.section else ""
    return _joined(("" if whole in by else whole, by), language, part.figure.period)


def _joined(names: Sequence[str], language: str, period: str = "") -> str:
    names = [name for name in names if name]
    if language == "zh":
        return "，".join([*names, f"{period} 年"] if period else names)
    words = [to_english(name) or f"“{name}”" for name in names] + ([period] if period else [])
    said = ", ".join(words)
    return said[:1].upper() + said[1:]


def scale_of(unit: str, language: str) -> tuple[Decimal, str]:
    """Return what to multiply figures in a unit by, and the unit they then have: money that is
    printed in 万元 or 亿元 is in millions for English readers.
    """
    if language == "zh" or not unit:
        return Decimal(1), unit
    money = find_amounts(f"1 {unit}")
    if money and money[0].unit == "CNY" and money[0].scale > 1:
        return money[0].scale / _MILLION, "RMB million"
    return Decimal(1), wording.unit_in_english(unit)
