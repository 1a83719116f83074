"""The outline of an indexed report: its sections, what stands in them, and how to ask about one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from index.english import in_english
from index.passage import PATH, Passage
from index.store import Index
from rag.answer import Answer
from rag.compose import extract
from rag.draft import QUOTES
from rag.evidence import Evidence
from rag.question import Question

_ABOUT = {"zh": "报告关于“{}”说了什么？", "en": "What does the section “{}” say?"}


@dataclass(slots=True)
class Section:
    """A section of the outline with all below it.

    ``page`` is its printed page, None where the report does not tell; ``lines`` are the first and
    last source line of what it says; ``passages`` are the ids of the passages in it. A report may
    have two sections of the same ``path``.
    """

    path: tuple[str, ...]
    page: int | None
    lines: tuple[int, int]
    passages: list[str] = field(default_factory=list)
    children: list["Section"] = field(default_factory=list)

    @property
    def title(self) -> str:
        """Its heading, as printed."""
        return self.path[-1]

    def walk(self) -> Iterator["Section"]:
        """Yield this section and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


def outline(index: Index) -> list[Section]:
    """Return the top sections of a report; what stands before the first heading is left out."""
    roots: list[Section] = []
    open_now: list[Section] = []  # from a top section to the one being read
    for path, lines, passage in _pieces(index):
        while open_now and path[: len(open_now[-1].path)] != open_now[-1].path:
            open_now.pop()
        for depth in range(len(open_now) + 1, len(path) + 1):
            section = Section(path[:depth], passage.page, lines)
            (open_now[-1].children if open_now else roots).append(section)
            open_now.append(section)
        for section in open_now:
            section.lines = section.lines[0], max(section.lines[1], lines[1])
            if passage.id not in section.passages[-1:]:
                section.passages.append(passage.id)
    return roots


def _pieces(index: Index) -> Iterator[tuple[tuple[str, ...], tuple[int, int], Passage]]:
    """Yield heading path, lines and passage of all that is said, in reading order.

    A passage of several small sections names the one around them; their own are told by what is
    searched in it.
    """
    inside: dict[int, list[tuple[tuple[str, ...], tuple[int, int]]]] = {}
    for entry in index.entries:
        own = index.passages[entry.passage].section
        around = PATH.join(own)
        if entry.quote and entry.title.startswith(around + PATH):
            below = entry.title.removeprefix(around + PATH).split(PATH)
            inside.setdefault(entry.passage, []).append(((*own, *below), entry.lines))
    for number, passage in enumerate(index.passages):
        if passage.section:
            yield passage.section, passage.lines, passage
            for path, lines in inside.get(number, ()):
                yield path, lines, passage


def section_passages(index: Index, section: Section) -> list[Passage]:
    """Return the passages of a section, in reading order."""
    wanted = set(section.passages)
    return [passage for passage in index.passages if passage.id in wanted]


def section_question(path: Sequence[str], language: str) -> str:
    """Return a question about one section, in the language of the asker."""
    return _ABOUT[language].format(heading(path[-1], language)[0])


def section_answer(index: Index, section: Section, language: str) -> Answer:
    """Answer the question about a section with its first sentences and rows, cited.

    A search may find a heading's words elsewhere, or not at all; this always has an answer from
    the section itself, at once and without a model.
    """
    wanted = set(section.passages)
    first, last = section.lines
    pieces = [
        Evidence(
            0, index.passages[entry.passage], entry.title, entry.text, entry.quote, entry.kind,
            entry.lines, 0.0,
        )
        for entry in index.entries
        if entry.quote and index.passages[entry.passage].id in wanted
        and first <= entry.lines[0] <= last
    ]  # fmt: skip
    numbered = [replace(piece, number=number) for number, piece in enumerate(pieces[:QUOTES], 1)]
    question = section_question(section.path, language)
    return extract(Question(question, question, language), numbered)


def heading(title: str, language: str) -> tuple[str, bool]:
    """Return a heading in the reader's language and whether it is a translation.

    Glossary and dictionary word it; a heading with a word that neither knows stays Chinese.
    """
    english = in_english(title) if language == "en" else None
    return (english[0].upper() + english[1:], True) if english else (title, False)
