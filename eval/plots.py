"""Draw bars and steps as inline SVG."""

from collections.abc import Mapping, Sequence
from html import escape

from eval.intervals import Estimate, quantile
from rag.plot import frame

WIDTH, LEFT, BAR, GAP = 760, 170, 11, 9
PLOT = WIDTH - LEFT - 60
STEPS = 60


def bars(title: str, rows: Mapping[str, Mapping[str, Estimate | None]]) -> str:
    """Draw a horizontal bar a series in every row, with its interval as a whisker; 0 to 1."""
    shapes, y = [], 34
    for label, series in rows.items():
        middle = y + len(series) * BAR / 2 + 4
        shapes.append(f'<text x="{LEFT - 8}" y="{middle:.0f}" class="row">{escape(label)}</text>')
        for number, found in enumerate(series.values()):
            if found:
                shapes.append(_bar(found, number, y))
            y += BAR
        y += GAP
    names = list(next(iter(rows.values()), {}))
    key = [
        f'<rect x="{LEFT + 110 * number}" y="16" width="9" height="9" class="s{number}"/>'
        f'<text x="{LEFT + 110 * number + 14}" y="25">{escape(name)}</text>'
        for number, name in enumerate(names)
    ]
    return frame(title, (WIDTH, y + 22), [*key, *_grid(y, ("0", ".25", ".5", ".75", "1")), *shapes])


def steps(title: str, series: Mapping[str, Sequence[float]]) -> str:
    """Draw, for each series, the share of values below each time, from 0 to the 95th percentile."""
    top = max((quantile(values, 0.95) or 0.0 for values in series.values()), default=0.0) or 1.0
    bottom = 200
    shapes = []
    for number, (name, values) in enumerate(series.items()):
        points = []
        for step in range(STEPS + 1):
            share = sum(value <= top * step / STEPS for value in values) / max(len(values), 1)
            points.append(f"{LEFT + PLOT * step / STEPS:.1f},{bottom - 160 * share:.1f}")
        shapes.append(f'<polyline points="{" ".join(points)}" class="l{number}"/>')
        shapes.append(
            f'<text x="{LEFT - 8}" y="{60 + 18 * number}" class="row t{number}">'
            f"{escape(name)}</text>"
        )
    for share in (0, 50, 100):
        shapes.append(
            f'<text x="{LEFT + PLOT + 6}" y="{bottom + 4 - 1.6 * share:.0f}">{share} %</text>'
        )
    ticks = tuple(f"{top * part / 4:.2g} s" for part in range(5))
    return frame(title, (WIDTH, bottom + 22), [*_grid(bottom, ticks), *shapes])


def _bar(found: Estimate, series: int, y: int) -> str:
    middle = y + BAR / 2
    low, high = LEFT + PLOT * found.low, LEFT + PLOT * found.high
    return (
        f"<g><title>{found.mean:.3f} [{found.low:.3f}, {found.high:.3f}] of {found.count}</title>"
        f'<rect x="{LEFT}" y="{y + 1}" width="{PLOT * found.mean:.1f}" height="{BAR - 2}"'
        f' class="s{series}"/>'
        f'<path d="M{low:.1f} {middle}H{high:.1f}" class="whisker"/></g>'
    )


def _grid(bottom: int, ticks: Sequence[str]) -> list[str]:
    lines = []
    for number, tick in enumerate(ticks):
        x = LEFT + PLOT * number / (len(ticks) - 1)
        lines.append(f'<path d="M{x:.1f} 32V{bottom}" class="grid"/>')
        lines.append(f'<text x="{x:.1f}" y="{bottom + 14}" class="tick">{escape(tick)}</text>')
    return lines
