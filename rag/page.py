"""The page: its widgets, and what becomes of them at each event."""

import secrets
import time
from collections.abc import Callable, Generator
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from functools import wraps
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from index.errors import ReportError
from index.store import Index
from rag import memory, menu, panel, thread
from rag.answer import Citation
from rag.background import in_background
from rag.captions import LANGUAGES, TITLE, caption, language_of
from rag.conversation import Turn, answer_last
from rag.export import conversation_as_markdown
from rag.feedback import record
from rag.outline import Section, outline, section_answer, section_passages
from rag.service import Service

if TYPE_CHECKING:
    from rag.library import Library

HAND_OUT = """watch("value", () => {
  const file = element.querySelector("[data-name]");
  if (file) document.dispatchEvent(new CustomEvent("save-file", { detail: { ...file.dataset } }));
})"""
KEPT = "report-answers"  # where the browser keeps a conversation; no secret, it stays with it
OWN = "report"  # the id of the report that everybody sees
MOST_TRANSLATED = 4  # quotes of one answer
MOST_PASSAGES = 12  # of a section that is opened
LONGEST_QUESTION = 2000  # characters
AT_ONCE = 24  # people whose answers are made or waited for; each takes a thread
STOP_SECONDS = 1.0  # a press on stop arrives within this time of the failure that it causes
DRAW_SECONDS = 0.08  # between two drawings of an answer that is being written
Updates = dict[Any, Any]  # what becomes of some of the widgets


@dataclass(frozen=True, slots=True)
class Seat:
    """Who sits before the page, in which language, with which report."""

    visitor: str = ""
    language: str = "en"
    report: str = OWN


class Page:
    """The widgets of the page and what happens at each event; nothing is asked while it is built.

    ``library`` returns the reports once they are open.
    """

    def __init__(self, library: "Callable[[], Library]") -> None:
        self.library = library
        # Gradio reports a stopped answer as failed too, before or after the stop
        self._stopped: set[tuple[str | None, int]] = set()
        with gr.Blocks(title=TITLE, fill_width=True, analytics_enabled=False) as self.blocks:
            self.seat, self.turns = gr.State(Seat()), gr.State([])
            self.editing = gr.State(value=False)
            self.kept = gr.BrowserState(None, storage_key=KEPT, secret=KEPT)
            self.bar = self._html("bar", js_on_load=page_file("page.js").read_text("utf-8"))
            with gr.Row(elem_id="columns"):
                with gr.Column(elem_id="menu"):
                    self.reports = self._html("reports")
                    self.add = gr.UploadButton(
                        type="filepath", file_types=[".txt", ".md"], size="sm", elem_id="add"
                    )
                    self.outline = self._html("outline")
                with gr.Column(elem_id="talk"):
                    with gr.Column(elem_id="thread"):
                        self.past = self._html("past")
                        self.last = self._html("last")
                    self.box = gr.Textbox(
                        show_label=False, elem_id="box", autofocus=True, lines=1, max_lines=6,
                        max_length=LONGEST_QUESTION, submit_btn=True,
                    )  # fmt: skip
                    self.hint = self._html("hint")
                with gr.Column(elem_id="sources"):
                    self.panel = self._html("panel")
            self.outbox = self._html("outbox", js_on_load=HAND_OUT)
            self._offer()  # first: it takes the plain names
            self._connect()

    @staticmethod
    def _html(name: str, **more: Any) -> gr.HTML:
        return gr.HTML(elem_id=name, apply_default_css=False, **{"js_on_load": None, **more})

    def _connect(self) -> None:
        state = [self.seat, self.turns]
        everything = [
            self.seat, self.turns, self.editing, self.kept, self.bar, self.reports, self.add,
            self.outline, self.outbox,
            self.past, self.last, self.box, self.hint, self.panel,
        ]  # fmt: skip

        def settings(**more: Any) -> dict[str, Any]:
            return {
                "outputs": everything, "show_progress": "hidden", "api_visibility": "private",
                "queue": False, **more,
            }  # fmt: skip

        answering = {"queue": True, "concurrency_limit": AT_ONCE, "concurrency_id": "answers"}
        translating = {"queue": True, "concurrency_limit": 4, "concurrency_id": "translations"}
        loaded = self.blocks.load(self.open, self.kept, **settings())
        loaded.then(self.show_reports, self.seat, **settings())
        typed = self.box.submit(self.accept, [self.box, self.editing, *state], **settings())
        clicked = self.bar.ask(self.ask, state, **settings(trigger_mode="multiple"))
        answers = [
            accepted.then(self.respond, state, **settings(**answering))
            for accepted in (typed, clicked)
        ]
        for event in answers:
            done = event.success(self.finish, state, **settings())
            for _ in range(MOST_TRANSLATED):  # one after another, each shown when it is there
                done = done.then(self.translate, self.turns, **settings(**translating))
                done = done.then(self.show_translations, state, **settings())
            event.failure(self.fail, state, **settings())
        self.box.stop(self.stop, state, cancels=answers, **settings())
        self.bar.renew(self.renew, self.seat, cancels=answers, **settings())
        self.bar.act(self.act, state, **settings(trigger_mode="multiple"))
        self.add.upload(
            self.add_report, [self.add, self.seat],
            **settings(queue=True, concurrency_limit=2, concurrency_id="uploads"),
        )  # fmt: skip

    def _offer(self) -> None:
        """Offer ask and search to other programs, as an API and as tools of an MCP server."""
        service = Service(lambda: self.library().assistant("", OWN))
        for tool in (service.ask, service.search):
            gr.api(  # type: ignore[attr-defined]
                _told(tool), api_name=tool.__name__, concurrency_limit=4, concurrency_id="tools"
            )

    # ---- the page opens

    def open(self, kept: Any, request: gr.Request) -> Updates:
        """Bring back what the browser has kept; a new visitor gets a name nobody can guess."""
        kept = kept if isinstance(kept, dict) else {}
        visitor, language = kept.get("visitor"), kept.get("language")
        if not (isinstance(visitor, str) and len(visitor) == len(_visitor_name())):
            visitor = _visitor_name()
        if language not in LANGUAGES:
            language = language_of(request.headers.get("accept-language"))
        report = kept.get("report")
        seat = Seat(visitor, language, report if isinstance(report, str) else OWN)
        turns = memory.from_plain(kept.get("turns", []))
        return {**self._all(seat, turns), self.bar: menu.bar_html(language, "")}

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

    # ---- a question and its answer

    def accept(self, question: str, editing: bool, seat: Seat, turns: list[Turn]) -> Updates:  # noqa: FBT001
        """Put a question into the conversation; a blank one is left where it is."""
        question = question.strip()[:LONGEST_QUESTION]
        if not question or (turns and turns[-1].pending):
            return self._nothing()
        before = turns[:-1] if editing else turns
        return self._asked(seat, [*before, Turn(question, report=seat.report)])

    def ask(self, seat: Seat, turns: list[Turn], event: gr.EventData) -> Updates:
        """Ask what a button of the page offers, or the last question again."""
        if turns and turns[-1].pending:
            return self._nothing()
        if _of(event, "ask") == "retry":
            again = [replace(turn, report=seat.report) for turn in map(_blank, turns[-1:])]
            return self._asked(seat, [*turns[:-1], *again]) if again else self._nothing()
        if _of(event, "ask") == "section":
            return self._ask_section(seat, turns, _of(event, "text"))
        return self.accept(_of(event, "text"), False, seat, turns)  # noqa: FBT003

    def _ask_section(self, seat: Seat, turns: list[Turn], number: str) -> Updates:
        section = self._section(seat, number)
        if section is None:
            return self._nothing()
        answer = section_answer(self._index(seat), section, seat.language)
        turn = Turn(answer.question, evidence=answer.citations, answer=answer, report=seat.report)
        return self._thread(seat, [*turns, turn])

    def _open_section(self, seat: Seat, turns: list[Turn], number: str) -> Updates:
        section = self._section(seat, number)
        if section is None:
            return self._nothing()
        passages = section_passages(self._index(seat), section)[:MOST_PASSAGES]
        title = " › ".join(section.path)
        shown = panel.section_html(passages, title, seat.language)
        return {self.panel: panel.panel_html(turns, seat.language, shown)}

    def _section(self, seat: Seat, number: str) -> Section | None:
        """Return the section that has this number in the drawer."""
        every = [s for top in outline(self._index(seat)) for s in top.walk()]
        return every[int(number)] if number.isdecimal() and int(number) < len(every) else None

    def _index(self, seat: Seat) -> Index:
        return self.library().assistant(seat.visitor, seat.report).index

    def _asked(self, seat: Seat, turns: list[Turn]) -> Updates:
        box = gr.Textbox(
            value="", interactive=False, submit_btn=False, stop_btn=caption(seat.language, "stop")
        )
        return {**self._thread(seat, turns), self.editing: False, self.box: box}

    def respond(self, seat: Seat, turns: list[Turn]) -> Generator[Updates, None, None]:
        """Stream the answer to the last turn."""
        if not turns or not turns[-1].pending:
            return
        before, drawn = turns[-1], 0.0

        def assistant() -> Any:
            return self.library().assistant(seat.visitor, turns[-1].report)

        with closing(answer_last(assistant, turns)) as conversations:
            for turns in conversations:
                last = turns[-1]
                if last.evidence is not before.evidence:
                    yield self._thread(seat, turns)
                elif last.text == before.text or time.monotonic() - drawn > DRAW_SECONDS:
                    drawn = time.monotonic()
                    yield {self.turns: turns, self.last: thread.last_html(turns, seat.language)}
                before = last
        if turns[-1].pending:  # an assistant that never finished its answer
            turns = _ended(turns, "failed")
        yield {self.turns: turns}

    def finish(self, seat: Seat, turns: list[Turn]) -> Updates:
        """Show the whole of the answer, and let the next question in."""
        question = turns[-1].question if turns and turns[-1].notice else None
        return {**self._thread(seat, turns), **self._settled(seat, turns, question)}

    def translate(self, turns: list[Turn]) -> Updates:
        """Make the next translation of a quote that the last answer cites, where one is to come."""
        for citation in _waiting(turns)[:1]:
            _ = citation.translation  # made as it is read
        return self._nothing()

    def show_translations(self, seat: Seat, turns: list[Turn]) -> Updates:
        """Show which translations are there by now."""
        if not turns or turns[-1].language != "en":
            return self._nothing()
        shown: Updates = {self.panel: panel.panel_html(turns, seat.language)}
        return shown if _waiting(turns) else {**shown, **self._keep(seat, turns)}

    def stop(self, seat: Seat, turns: list[Turn], request: gr.Request) -> Updates:
        """End the answer that is being made, and give the question back."""
        self._stopped.add((request.session_hash, len(turns)))
        return self.finish(seat, _ended(turns, "stopped"))

    def fail(self, seat: Seat, turns: list[Turn], request: gr.Request) -> Updates:
        """Tell that an answer failed, unless it was stopped; its details are in the terminal."""
        time.sleep(STOP_SECONDS)
        key = (request.session_hash, len(turns))
        was_stopped = key in self._stopped
        self._stopped.discard(key)
        return self.finish(seat, _ended(turns, "stopped" if was_stopped else "failed"))

    def renew(self, seat: Seat) -> Updates:
        """Begin a new conversation."""
        return {**self._thread(seat, []), **self._settled(seat, [], "")}

    # ---- everything else that a press on the page does

    def act(self, seat: Seat, turns: list[Turn], event: gr.EventData) -> Updates:
        """Do what the pressed button says; what is not understood does nothing."""
        text = _of(event, "text")
        actions: dict[str, Callable[[], Updates]] = {
            "language": lambda: self._speak(seat, turns, text),
            "choose": lambda: self._choose(replace(seat, report=text), turns),
            "remove": lambda: self._remove(seat, turns, text),
            "open": lambda: self._open_section(seat, turns, text),
            "vote": lambda: self._vote(seat, turns, event),
            "export": lambda: self._export(seat, turns),
            "edit": lambda: self._edit(seat, turns, editing=True),
            "keep": lambda: self._edit(seat, turns, editing=False),
        }
        return actions.get(_of(event, "act"), self._nothing)()

    def _speak(self, seat: Seat, turns: list[Turn], language: str) -> Updates:
        if language not in LANGUAGES:
            return self._nothing()
        seat = replace(seat, language=language)
        return {**self._all(seat, turns), **self.show_reports(seat), **self._keep(seat, turns)}

    def _choose(self, seat: Seat, turns: list[Turn], message: str = "") -> Updates:
        shown = self.show_reports(seat, message)
        return {**shown, **self._keep(shown.get(self.seat, seat), turns)}

    def _remove(self, seat: Seat, turns: list[Turn], report: str) -> Updates:
        with suppress(ReportError):
            self.library().remove(seat.visitor, report)
        return self._choose(seat, turns, caption(seat.language, "removed"))

    def _edit(self, seat: Seat, turns: list[Turn], *, editing: bool) -> Updates:
        if not turns or turns[-1].pending:
            return self._nothing()
        return {
            self.editing: editing,
            self.last: thread.last_html(turns, seat.language, editing=editing),
            self.box: self._idle(seat, turns[-1].question if editing else ""),
        }

    def _vote(self, seat: Seat, turns: list[Turn], event: gr.EventData) -> Updates:
        """Note what the reader thinks of an answer, on this machine."""
        number, vote = _of(event, "turn"), _of(event, "text")
        at = int(number) - 1 if number.isdecimal() else -1
        if not 0 <= at < len(turns) or vote not in ("up", "down"):
            return self._nothing()
        turn = turns[at]
        if turn.answer is None or turn.vote:
            return self._nothing()
        reason = ": ".join(filter(None, (_of(event, "reason"), _of(event, "words"))))
        try:
            record(turn.answer, liked=vote == "up", reason=reason)
        except ReportError as error:
            raise gr.Error(error.message(seat.language)) from None
        turns = [*turns[:at], replace(turn, vote=vote), *turns[at + 1 :]]
        return {**self._thread(seat, turns), **self._keep(seat, turns)}

    def _export(self, seat: Seat, turns: list[Turn]) -> Updates:
        text = conversation_as_markdown(self._index(seat).manifest.report, turns)
        # the time makes each file another value, which the page then hands out
        return {
            self.outbox: f'<i data-name="{caption(seat.language, "file")}" '
            f'data-type="text/markdown" data-at="{time.time()}" data-text="{escape(text)}"></i>'
        }

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

    # ---- how it is shown

    def _nothing(self) -> Updates:
        """Change nothing; Gradio takes an empty answer for a mistake."""
        return {self.hint: gr.skip()}

    def _all(self, seat: Seat, turns: list[Turn]) -> Updates:
        """Everything in the language of the seat, but for what needs the library."""
        return {
            self.seat: seat,
            self.add: gr.UploadButton(label=caption(seat.language, "add")),
            self.hint: f'<p class="hint">{caption(seat.language, "hint")}</p>',
            **self._thread(seat, turns),
            self.box: self._idle(seat),
        }

    def _thread(self, seat: Seat, turns: list[Turn]) -> Updates:
        return {
            self.turns: turns,
            self.past: thread.past_html(turns, seat.language),
            self.last: thread.last_html(turns, seat.language),
            self.panel: panel.panel_html(turns, seat.language),
        }

    def _settled(self, seat: Seat, turns: list[Turn], question: str | None) -> Updates:
        return {
            self.editing: False,
            self.box: self._idle(seat, question),
            **self._keep(seat, turns),
        }

    def _keep(self, seat: Seat, turns: list[Turn]) -> Updates:
        """What the browser keeps over a reload: plain data, drawn anew when it comes back."""
        return {
            self.kept: {
                "visitor": seat.visitor,
                "language": seat.language,
                "report": seat.report,
                "turns": memory.to_plain(turns),
            }
        }

    @staticmethod
    def _idle(seat: Seat, question: str | None = None) -> Any:
        """Return the box as it waits for a question, with one in it to be asked again."""
        changes: dict[str, Any] = {} if question is None else {"value": question}
        return gr.update(
            label=caption(seat.language, "box"),
            placeholder=caption(seat.language, "placeholder"),
            interactive=True,
            submit_btn=caption(seat.language, "send"),
            stop_btn=False,
            **changes,
        )


def _told(tool: Callable[..., Any]) -> Callable[..., Any]:
    """Let a caller read what is wrong; of other errors they learn nothing."""

    @wraps(tool)
    def told(*arguments: Any, **named: Any) -> Any:
        try:
            return tool(*arguments, **named)
        except ReportError as error:
            raise gr.Error(f"{error.en} {error.zh}", print_exception=False) from None

    return told


def _of(event: gr.EventData, name: str) -> str:
    """Return a field of what a button sent, which anybody can have written."""
    value = event._data.get(name, "") if isinstance(event._data, dict) else ""
    return value if isinstance(value, str) else ""


def _blank(turn: Turn) -> Turn:
    return Turn(turn.question)


def _ended(turns: list[Turn], reason: str) -> list[Turn]:
    """End the last turn, where it is still being answered."""
    if not turns or not turns[-1].pending:
        return turns
    last = turns[-1]
    return [*turns[:-1], replace(last, notice=caption(last.language, reason))]


def _waiting(turns: list[Turn]) -> list[Citation]:
    """Return what the last answer cites and is still to be translated."""
    answer = turns[-1].answer if turns else None
    return [
        citation for citation in (answer.citations if answer else ()) if citation.awaits_translation
    ]


def _visitor_name() -> str:
    return secrets.token_urlsafe(24)


def page_file(name: str) -> Path:
    """Return the place of a file of the page."""
    return Path(__file__).with_name(name)
