"""What happens when a question is asked: it is answered, stopped, edited or asked again."""

import time
from collections import deque
from collections.abc import Generator
from contextlib import closing
from dataclasses import replace
from typing import Any

import gradio as gr

from rag import panel, thread
from rag.answer import Citation
from rag.captions import caption
from rag.conversation import Turn, answer_last
from rag.widgets import LONGEST_QUESTION, Seat, Updates, Widgets

STOP_SECONDS = 1.0  # a press on stop arrives within this time of the failure that it causes
DRAW_SECONDS = 0.2  # between two drawings of a draft: each keeps the cores from the model


class Asking(Widgets):
    """The events of questions and answers."""

    # Gradio reports a stopped answer as failed too, before or after the stop, and it may have one
    # more piece on its way: the keys of the questions that were stopped last
    _stopped: deque[str]
    _begun: deque[str]  # those whose answers were begun last: others found the queue full

    def accept(self, question: str, editing: bool, seat: Seat, turns: list[Turn]) -> Updates:  # noqa: FBT001
        """Put a question into the conversation; a blank one is left where it is."""
        question = question.strip()[:LONGEST_QUESTION]
        turns = self._without_stopped(seat, turns)
        if not question or (turns and turns[-1].pending):
            return self._nothing()
        before = turns[:-1] if editing else turns
        return self._asked(seat, [*before, Turn(question, report=seat.report)])

    def ask(self, seat: Seat, turns: list[Turn], event: gr.EventData) -> Updates:
        """Ask what a button of the page offers, or the last question again."""
        turns = self._without_stopped(seat, turns)
        if turns and turns[-1].pending:
            return self._nothing()
        if field_of(event, "ask") == "retry":
            again = [Turn(turn.question, report=seat.report) for turn in turns[-1:]]
            return self._asked(seat, [*turns[:-1], *again]) if again else self._nothing()
        return self.accept(field_of(event, "text"), False, seat, turns)  # noqa: FBT003

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
        self._begun.append(before.key)

        def assistant() -> Any:
            return self.library().assistant(seat.visitor, turns[-1].report)

        with closing(answer_last(assistant, turns, seat.language)) as conversations:
            for turns in conversations:
                if turns[-1].key in self._stopped:
                    return
                last = turns[-1]
                if last.evidence is not before.evidence:
                    yield self._thread(seat, turns)
                elif last.draft in ("", before.draft) or time.monotonic() - drawn > DRAW_SECONDS:
                    drawn = time.monotonic()
                    yield {self.turns: turns, self.last: thread.last_html(turns, seat.language)}
                before = last
        if turns[-1].pending:  # an assistant that never finished its answer
            turns = _ended(seat, turns, "failed")
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

    def stop(self, seat: Seat, turns: list[Turn]) -> Updates:
        """End the answer that is being made, and give the question back."""
        self._stopped.extend(turn.key for turn in turns[-1:])
        return self.finish(seat, _ended(seat, turns, "stopped"))

    def fail(self, seat: Seat, turns: list[Turn]) -> Updates:
        """Tell that an answer failed, or was not even begun, unless it was stopped."""
        latest = time.monotonic() + STOP_SECONDS
        while time.monotonic() < latest:
            if turns and turns[-1].key in self._stopped:
                return self._nothing()
            time.sleep(STOP_SECONDS / 20)
        begun = turns and turns[-1].key in self._begun
        return self.finish(seat, _ended(seat, turns, "failed" if begun else "many"))

    def renew(self, seat: Seat, turns: list[Turn]) -> Updates:
        """Begin a new conversation."""
        self._stopped.extend(turn.key for turn in turns[-1:])
        return {**self._thread(seat, []), **self._settled(seat, [], "")}

    def _without_stopped(self, seat: Seat, turns: list[Turn]) -> list[Turn]:
        """End the last turn where it was stopped and a piece of its answer came later."""
        stopped = turns and turns[-1].key in self._stopped
        return _ended(seat, turns, "stopped") if stopped else turns

    def _edit(self, seat: Seat, turns: list[Turn], *, editing: bool) -> Updates:
        if not turns or turns[-1].pending:
            return self._nothing()
        return {
            self.editing: editing,
            self.last: thread.last_html(turns, seat.language, editing=editing),
            self.box: self._idle(seat, turns[-1].question if editing else ""),
        }


def field_of(event: gr.EventData, name: str) -> str:
    """Return a field of what a button sent, which anybody can have written."""
    value = event._data.get(name, "") if isinstance(event._data, dict) else ""
    return value if isinstance(value, str) else ""


def _ended(seat: Seat, turns: list[Turn], reason: str) -> list[Turn]:
    """End the last turn, where it is still being answered."""
    if not turns or not turns[-1].pending:
        return turns
    last = turns[-1]
    return [*turns[:-1], replace(last, notice=caption(seat.language, reason))]


def _waiting(turns: list[Turn]) -> list[Citation]:
    """Return what the last answer cites and is still to be translated."""
    answer = turns[-1].answer if turns else None
    return [
        citation for citation in (answer.citations if answer else ()) if citation.awaits_translation
    ]
