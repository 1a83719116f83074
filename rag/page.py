"""The page: which events its widgets have, and what each press does."""

import secrets
import time
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from html import escape
from typing import TYPE_CHECKING, Any

import gradio as gr

from index.errors import ReportError
from rag import memory, menu
from rag.asking import Asking, field_of
from rag.captions import LANGUAGES, caption, language_of
from rag.conversation import Turn
from rag.export import conversation_as_markdown
from rag.feedback import record
from rag.service import Service
from rag.shelf import Shelf
from rag.translate import MOST_TRANSLATED
from rag.widgets import OWN, Seat, Updates

if TYPE_CHECKING:
    from rag.library import Library

MOST_KEPT = 256  # answers that were begun or stopped last, of all visitors
AT_ONCE = 24  # people whose answers are made or waited for; each takes a thread


class Page(Asking, Shelf):
    """The page with all its events; ``library`` returns the reports once they are open."""

    def __init__(self, library: "Callable[[], Library]") -> None:
        super().__init__(library)
        self._stopped, self._begun = deque(maxlen=MOST_KEPT), deque(maxlen=MOST_KEPT)
        with self.blocks:
            self._offer()  # first: it takes the plain names
            self._connect()

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
        self.bar.renew(self.renew, state, cancels=answers, **settings())
        self.bar.act(self.act, state, **settings(trigger_mode="multiple"))
        added = self.add.upload(
            self.add_report, [self.add, self.seat],
            **settings(queue=True, concurrency_limit=2, concurrency_id="uploads"),
        )  # fmt: skip
        added.then(self._keep, state, **settings())

    def _offer(self) -> None:
        """Offer ask and search to other programs, as an API and as tools of an MCP server."""
        service = Service(lambda: self.library().assistant("", OWN))
        for tool in (service.ask, service.search):
            gr.api(  # type: ignore[attr-defined]
                _told(tool), api_name=tool.__name__, concurrency_limit=4, concurrency_id="tools"
            )

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

    def ask(self, seat: Seat, turns: list[Turn], event: gr.EventData) -> Updates:
        """Ask what a button offers: a question, the last one again, or what a section says."""
        if field_of(event, "ask") == "section":
            return self._ask_section(seat, turns, field_of(event, "text"))
        return super().ask(seat, turns, event)

    def act(self, seat: Seat, turns: list[Turn], event: gr.EventData) -> Updates:
        """Do what the pressed button says; what is not understood does nothing."""
        text = field_of(event, "text")
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
        return actions.get(field_of(event, "act"), self._nothing)()

    def _speak(self, seat: Seat, turns: list[Turn], language: str) -> Updates:
        if language not in LANGUAGES:
            return self._nothing()
        seat = replace(seat, language=language)
        return {**self._all(seat, turns), **self.show_reports(seat), **self._keep(seat, turns)}

    def _vote(self, seat: Seat, turns: list[Turn], event: gr.EventData) -> Updates:
        """Note what the reader thinks of an answer, on this machine."""
        number, vote = field_of(event, "turn"), field_of(event, "text")
        at = int(number) - 1 if number.isdecimal() else -1
        if not 0 <= at < len(turns) or vote not in ("up", "down"):
            return self._nothing()
        turn = turns[at]
        if turn.answer is None or turn.vote:
            return self._nothing()
        reason = ": ".join(filter(None, (field_of(event, "reason"), field_of(event, "words"))))
        try:
            record(turn.answer, liked=vote == "up", reason=reason)
        except ReportError as error:
            title = caption(seat.language, "trouble")
            raise gr.Error(error.message(seat.language), title=title) from None
        turns = [*turns[:at], replace(turn, vote=vote), *turns[at + 1 :]]
        return {**self._thread(seat, turns), **self._keep(seat, turns)}

    def _export(self, seat: Seat, turns: list[Turn]) -> Updates:
        text = conversation_as_markdown(self._index(seat).manifest.report, turns)
        # the time makes each file another value, which the page then hands out
        return {
            self.outbox: f'<i data-name="{caption(seat.language, "file")}" '
            f'data-type="text/markdown" data-at="{time.time()}" data-text="{escape(text)}"></i>'
        }


def _told(tool: Callable[..., Any]) -> Callable[..., Any]:
    """Let a caller read what is wrong; of other errors they learn nothing."""

    @wraps(tool)
    def told(*arguments: Any, **named: Any) -> Any:
        try:
            return tool(*arguments, **named)
        except ReportError as error:
            raise gr.Error(f"{error.en} {error.zh}", print_exception=False) from None

    return told


def _visitor_name() -> str:
    return secrets.token_urlsafe(24)
