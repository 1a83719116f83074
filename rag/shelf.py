"""What happens with reports: they are shown, chosen, added, removed, and read by sections."""

from collections.abc import Callable, Generator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

from index.errors import ReportError
from rag import menu, panel
from rag.background import in_background
from rag.captions import caption
from rag.conversation import Turn
from rag.outline import Section, outline, section_answer, section_passages
from rag.widgets import OWN, Seat, Updates, Widgets

MOST_PASSAGES = 12  # of a section that is opened


class Shelf(Widgets):
    """The events of reports and of their contents."""

    def show_reports(self, seat: Seat, message: str = "") -> Updates:
        """Show the reports and which is asked, as soon as the library is open."""
        try:
            library = self.library()
        except ReportError as error:
            return {self.bar: menu.bar_html(seat.language, error.message(seat.language))}
        reports = library.reports(seat.visitor)
        if seat.report not in {report.id for report in reports}:
            seat = replace(seat, report=OWN)
        title = next(report.title for report in reports if report.id == seat.report)
        shown = menu.reports_html(
            reports, seat.report, seat.language, library.limits, message=message
        )
        return {
            self.seat: seat,
            self.bar: menu.bar_html(seat.language, title),
            self.reports: shown,
            self.outline: menu.outline_html(self._index(seat), seat.language),
        }

    def _choose(self, seat: Seat, turns: list[Turn], message: str = "") -> Updates:
        shown = self.show_reports(seat, message)
        return {**shown, **self._keep(shown.get(self.seat, seat), turns)}

    def _remove(self, seat: Seat, turns: list[Turn], report: str) -> Updates:
        with suppress(ReportError):
            self.library().remove(seat.visitor, report)
        return self._choose(seat, turns, caption(seat.language, "removed"))

    def add_report(self, path: str, seat: Seat) -> Generator[Updates, None, None]:
        """Read an uploaded file as a report that this visitor alone can ask, and choose it."""
        file, language = Path(path), seat.language
        try:
            data = file.read_bytes()
        finally:
            file.unlink(missing_ok=True)
        added = []

        def work(tell: Callable[[float], None]) -> None:
            added.append(self.library().add(seat.visitor, file.name, data, tell))

        try:
            with closing(in_background(work)) as shares:
                for share in shares:
                    if share is not None:
                        message = caption(language, "adding", file.name, round(share * 100))
                        yield {self.reports: self._progress(seat, message)}
        except ReportError as error:
            yield self.show_reports(seat, error.message(language))
            return
        yield self.show_reports(
            replace(seat, report=added[0]), caption(language, "added", file.name)
        )

    def _progress(self, seat: Seat, message: str) -> str:
        library = self.library()
        return menu.reports_html(
            library.reports(seat.visitor), seat.report, seat.language, library.limits,
            message=message, busy=True,
        )  # fmt: skip

    def _open_section(self, seat: Seat, turns: list[Turn], number: str) -> Updates:
        section = self._section(seat, number)
        if section is None:
            return self._nothing()
        passages = section_passages(self._index(seat), section)[:MOST_PASSAGES]
        title = " › ".join(section.path)
        shown = panel.section_html(passages, title, seat.language)
        return {self.panel: panel.panel_html(turns, seat.language, shown)}

    def _ask_section(self, seat: Seat, turns: list[Turn], number: str) -> Updates:
        section = self._section(seat, number)
        if section is None or (turns and turns[-1].pending):
            return self._nothing()
        answer = section_answer(self._index(seat), section, seat.language)
        turn = Turn(answer.question, evidence=answer.citations, answer=answer, report=seat.report)
        return self._thread(seat, [*turns, turn])

    def _section(self, seat: Seat, number: str) -> Section | None:
        """Return the section that has this number in the drawer."""
        every = [s for top in outline(self._index(seat)) for s in top.walk()]
        return every[int(number)] if number.isdecimal() and int(number) < len(every) else None
