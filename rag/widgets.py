"""The widgets of the page, and how a conversation and its captions are shown in them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from index.store import Index
from rag import memory, panel, thread
from rag.captions import TITLE, caption
from rag.conversation import Turn

if TYPE_CHECKING:
    from rag.library import Library

OWN = "report"  # the id of the report that everybody sees
KEPT = "report-answers"  # where the browser keeps a conversation; no secret, it stays with it
LONGEST_QUESTION = 2000  # characters
HAND_OUT = """watch("value", () => {
  const file = element.querySelector("[data-name]");
  if (file) document.dispatchEvent(new CustomEvent("save-file", { detail: { ...file.dataset } }));
})"""
HOURLY = (3600, 3600)  # seconds: how often uploads that were never read are deleted, how old
Updates = dict[Any, Any]  # what becomes of some of the widgets


@dataclass(frozen=True, slots=True)
class Seat:
    """Who sits before the page, in which language, with which report."""

    visitor: str = ""
    language: str = "en"
    report: str = OWN


class Widgets:
    """The widgets; nothing is asked while they are built.

    ``library`` returns the reports once they are open.
    """

    def __init__(self, library: "Callable[[], Library]") -> None:
        self.library = library
        with gr.Blocks(
            title=TITLE, fill_width=True, analytics_enabled=False, delete_cache=HOURLY
        ) as self.blocks:
            self.seat, self.turns = gr.State(Seat()), gr.State([])
            self.editing = gr.State(value=False)
            self.kept = gr.BrowserState(None, storage_key=KEPT, secret=KEPT)
            self.bar = self._html("bar", js_on_load=page_file("page.js").read_text("utf-8"))
            with gr.Row(elem_id="columns"):
                with gr.Column(elem_id="menu"):
                    self.reports = self._html("reports")
                    # of every type: the library tells in the reader's language what it takes
                    self.add = gr.UploadButton(type="filepath", size="sm", elem_id="add")
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

    @staticmethod
    def _html(name: str, **more: Any) -> gr.HTML:
        return gr.HTML(elem_id=name, apply_default_css=False, **{"js_on_load": None, **more})

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

    def _nothing(self) -> Updates:
        """Change nothing; Gradio takes an empty answer for a mistake."""
        return {self.hint: gr.skip()}

    def _index(self, seat: Seat) -> Index:
        return self.library().assistant(seat.visitor, seat.report).index


def page_file(name: str) -> Path:
    """Return the place of a file of the page."""
    return Path(__file__).with_name(name)
