"""Draw charts as inline SVG, which takes its colours from the page around it."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from html import escape

from rag.chart import Chart

WIDTH = 420  # so narrow that the text can still be read on a phone
_ROW, _BAR, _LINE = 26, 14, 17
_CHARACTER, _HAN = 7, 13  # how wide a character is drawn, at a font size of 13
_GAP = 8


def draw(chart: Chart) -> str:
    """Return the chart as an inline SVG figure, with its figures as text."""
    rows = [
        (point.label, float(point.value), _said(point.value, chart.unit)) for point in chart.points
    ]
    told = "; " if chart.language == "en" else "；"
    colon = ": " if chart.language == "en" else "："
    description = told.join(f"{label}{colon}{said}" for label, _, said in rows)
    return bars(chart.title, description, rows)


def _said(value: Decimal, unit: str) -> str:
    currency, _, scale = unit.partition(" ")
    if currency == "RMB":
        return f"RMB {value:,} {scale}"
    space = "" if unit in ("%", "‰") else " "
    return f"{value:,}{space}{unit}".rstrip()


def bars(title: str, description: str, rows: Sequence[tuple[str, float, str]]) -> str:
    """Draw a horizontal bar for each (label, value, value as text), from zero.

    Short labels stand before their bars, long ones above. ``description`` is read out instead.
    """
    widest = max((_width(label) for label, _, _ in rows), default=0)
    above = widest > WIDTH / 4
    left = 0.0 if above else widest + _GAP
    low = min([0.0, *(value for _, value, _ in rows)])
    high = max([0.0, *(value for _, value, _ in rows)])
    room = WIDTH - left - max((_width(said) for _, _, said in rows), default=0) - _GAP
    scale = room / (high - low or 1.0)
    zero = left - low * scale
    shapes, y = [], 4.0
    for label, value, said in rows:
        if above:
            shapes.append(text(0, y + _LINE - 5, label))
            y += _LINE
        else:
            shapes.append(text(left - _GAP, y + _BAR - 2, label, 'text-anchor="end"'))
        start, size = zero + min(value, 0) * scale, abs(value) * scale
        shapes.append(
            f'<rect x="{start:.1f}" y="{y:.1f}" width="{max(size, 1):.1f}" height="{_BAR}" rx="2"'
            ' class="bar"/>'
        )
        shapes.append(text(start + size + _GAP / 2, y + _BAR - 2, said, 'class="value"'))
        y += _ROW
    shapes.append(f'<path d="M{zero:.1f} 0V{y:.1f}" class="axis"/>')
    return frame(title, (WIDTH, y), shapes, description)


def frame(
    title: str, size: tuple[float, float], shapes: Iterable[str], description: str = ""
) -> str:
    """Return the shapes as a figure with its caption; text that is no shape yet is escaped."""
    told = f"<desc>{escape(description)}</desc>" if description else ""
    return (
        f'<figure class="chart"><figcaption>{escape(title)}</figcaption>'
        f'<svg viewBox="0 0 {size[0]:g} {size[1]:g}" role="img" aria-label="{escape(title)}'
        f'{escape(f": {description}") if description else ""}">'
        f"<title>{escape(title)}</title>{told}{''.join(shapes)}</svg></figure>"
    )


def text(x: float, y: float, said: str, attributes: str = "") -> str:
    """Return a text at a place; ``attributes`` are written as they are."""
    return f'<text x="{x:.1f}" y="{y:.1f}" {attributes}>{escape(said)}</text>'.replace(" >", ">")


def _width(said: str) -> int:
    return sum(_CHARACTER if char < "\u2e80" else _HAN for char in said)
