"""What would be indexed of a report, as text that a person can check by eye."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from index.names import company_names
from index.passage import PATH, Entry, FigureEntry, Passage, Passages
from index.report import Report


def shown(report: Report, content: Passages) -> Iterator[str]:
    """Yield lines: what there is, the outline, then each passage with all that is found of it."""
    kinds = Counter(entry.kind for entry in content.entries)
    yield f"{report.title} ({report.year or 'no year'})"
    yield f"Company: {', '.join(company_names(report.lines)) or 'not found'}"
    yield (
        f"{len(report.lines)} lines, {len(content.passages)} passages, {len(content.entries)} "
        f"entries ({', '.join(f'{n} {kind}' for kind, n in sorted(kinds.items()))}), "
        f"{len(content.figures)} figures"
    )
    yield from ("", "OUTLINE", *_outline(report))
    if report.pages:
        yield from ("", "NOT OF THE TEXT (page numbers, running headers, pictures)")
        for line in sorted(report.pages):
            yield f"  {line}: {report.lines[line - 1].strip()[:80]}"
    yield from ("", "PASSAGES")
    entries: dict[int, list[Entry]] = defaultdict(list)
    figures: dict[int, list[FigureEntry]] = defaultdict(list)
    for entry in content.entries:
        entries[entry.passage].append(entry)
    for figure in content.figures:
        figures[figure.passage].append(figure)
    for number, passage in enumerate(content.passages):
        yield from _passage(number, passage, entries[number], figures[number])


def _outline(report: Report) -> Iterator[str]:
    for section in report.root.walk():
        if not section.path:
            continue
        goes_on = bool(section.blocks) and section.blocks[0].kind != "heading"
        name = "(goes on)" if goes_on else section.path[-1]
        depth = len(section.path) + goes_on
        page = _page(report.page(section.lines[0], section))
        yield f"{'  ' * depth}{name}{page}  {_lines(section.lines)}"


def _passage(
    number: int, passage: Passage, entries: list[Entry], figures: list[FigureEntry]
) -> Iterator[str]:
    path = PATH.join(passage.section) or "(no section)"
    yield ""
    yield f"[{number}] {path}{_page(passage.page)}  {_lines(passage.lines)}"
    yield from (f"  | {line}" for line in passage.text.split("\n") if line.strip())
    for entry in entries:
        own = entry.title.removeprefix(PATH.join(passage.section)).removeprefix(PATH)
        under = f"  under {own}" if own else ""
        words = "its whole text" if entry.kind == "section" else entry.text
        yield f"  {entry.kind}: {words}  ({_lines(entry.lines)}){under}"
    for found in figures:
        figure = found.figure
        labels = (figure.group, figure.metric, figure.scope, figure.period)
        name = " | ".join(label for label in labels if label)
        place = f"line {figure.line} cell {figure.column + 1}"
        note = f"  {figure.note}" if figure.note else ""
        yield f"  figure: {name} = {figure.value} {figure.unit}".rstrip() + f"  ({place}){note}"


def _lines(lines: tuple[int, int]) -> str:
    first, last = lines
    return f"line {first}" if first == last else f"lines {first}-{last}"


def _page(page: int | None) -> str:
    return "" if page is None else f"  p. {page}"
