"""The web page: a chat beside the passages that its answers cite."""

import argparse
import os
import sys
import time
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import ReportError
from rag import panel
from rag.address import check_address, is_loopback
from rag.conversation import Asker, BackgroundAssistant, Turn, answer_last

if TYPE_CHECKING:
    import gradio as gr

EXAMPLES = (
    "公司在研发上投入了多少资金？占营业收入的比例是多少？",
    "How much did the company invest in R&D, and what share of revenue is that?",
    "公司有多少名员工？男女各多少？",
    "How many employees does the company have, men and women?",
    "员工培训的总时长和人均时长是多少？",
    "How many hours of training did employees get, in total and each?",
)
LABELS = {
    "en": {
        "title": "Ask the report",
        "chat": "Conversation",
        "box": "Your question",
        "placeholder": "Ask about the report, in English or Chinese",
        "new": "New conversation",
    },
    "zh": {
        "title": "问报告",
        "chat": "对话",
        "box": "您的问题",
        "placeholder": "请就报告提问，中文或英文均可",
        "new": "新对话",
    },
}
ENVIRONMENT = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "LANGSMITH_TRACING": "false",
    "OMP_WAIT_POLICY": "passive",  # spinning thread pools stall each other
    "TOKENIZERS_PARALLELISM": "false",
}
LONGEST_QUESTION = 2000  # characters
STOP_SECONDS = 1.0  # a press on stop arrives within this time of the failure that it causes
FONTS = ("system-ui", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif")
OPENING = "正在打开报告… · Opening the report…"
WELCOME = "只依据报告作答，处处可查原文\n\nAnswers from the report alone, with every source shown"
EMPTY = (
    '<p class="empty">回答所依据的原文会显示在这里。<br>'
    "The passages behind an answer appear here.</p>"
)


def heading(assistant: Asker) -> str:
    """Return the title of the report as HTML, or why it could not be opened."""
    try:
        return escape(assistant.report_title)
    except ReportError as error:
        return f"{escape(error.message('zh'))}<br>{escape(error.message('en'))}"


def build(assistant: Asker) -> "gr.Blocks":
    """Return the page; nothing is asked of the assistant until the page is open."""
    import gradio as gr

    label = gr.I18n(**LABELS)
    name = " · ".join(labels["title"] for labels in LABELS.values())
    blocks = gr.Blocks(title=name, fill_width=True, analytics_enabled=False)
    with blocks:
        with gr.Row(elem_id="top"):
            title = gr.HTML(OPENING, elem_id="title", apply_default_css=False)
            new = gr.Button(label("new"), size="sm", scale=0, min_width=0, elem_id="new")
        with gr.Row(elem_id="columns"):
            with gr.Column(scale=6, min_width=320, elem_id="talk"):
                chat = gr.Chatbot(
                    label=label("chat"),
                    show_label=False,
                    placeholder=WELCOME,
                    elem_id="chat",
                    height=None,
                    buttons=[],  # what they would copy is the escaped text
                    feedback_options=None,
                    latex_delimiters=[],
                    examples=[{"text": example} for example in EXAMPLES],
                )
                box = gr.Textbox(
                    label=label("box"),
                    show_label=False,
                    placeholder=label("placeholder"),
                    elem_id="box",
                    autofocus=True,
                    max_lines=6,
                    max_length=LONGEST_QUESTION,
                    submit_btn=True,
                )
            with gr.Column(scale=5, min_width=320, elem_id="sources"):
                beside = gr.HTML(
                    EMPTY,
                    elem_id="panel",
                    apply_default_css=False,
                    js_on_load=_page_file("page.js").read_text(),
                )
        blocks.load(lambda: heading(assistant), None, title, queue=False, api_visibility="private")
        _connect(assistant, gr.State([]), chat, box, new, beside)
    return blocks


def _connect(
    assistant: Asker,
    turns: "gr.State",
    chat: "gr.Chatbot",
    box: "gr.Textbox",
    new: "gr.Button",
    beside: "gr.HTML",
) -> None:
    """Connect the widgets; every handler returns the four things in ``outputs``."""
    import gradio as gr

    outputs = [turns, chat, beside, box]

    def settings(**more: Any) -> dict[str, Any]:
        return {"outputs": outputs, "show_progress": "hidden", "api_visibility": "private", **more}

    def accept_example(past: list[Turn], example: gr.SelectData) -> tuple[Any, ...]:
        return _accept(example.value["text"], past)

    def respond(past: list[Turn]) -> Generator[tuple[Any, ...], None, None]:
        yield from _respond(assistant, past)

    typed = box.submit(_accept, [box, turns], **settings(queue=False))
    clicked = chat.example_select(accept_example, turns, **settings(queue=False))
    answering = [
        accepted.then(respond, turns, **settings(concurrency_limit=1, concurrency_id="llm"))
        for accepted in (typed, clicked)
    ]
    # Gradio reports a stopped answer as failed too, before or after the stop: both say "stopped".
    stopped: set[tuple[str | None, int]] = set()

    def stop(past: list[Turn], request: gr.Request) -> tuple[Any, ...]:
        stopped.add((request.session_hash, len(past)))
        return _cut(past, "stopped")

    def fail(past: list[Turn], request: gr.Request) -> tuple[Any, ...]:
        time.sleep(STOP_SECONDS)
        was_stopped = (request.session_hash, len(past)) in stopped
        stopped.discard((request.session_hash, len(past)))
        return _cut(past, "stopped" if was_stopped else "failed")

    for event in answering:
        event.failure(fail, turns, **settings(queue=False))
    box.stop(stop, turns, cancels=answering, **settings(queue=False))
    new.click(lambda: _shown([], _idle()), None, cancels=answering, **settings(queue=False))


def _accept(question: str, past: list[Turn]) -> tuple[Any, ...]:
    """Put a question into the conversation; a blank one is left where it is."""
    import gradio as gr

    question = question.strip()
    if not question or (past and past[-1].pending):
        return (gr.skip(),) * 4
    busy = gr.Textbox(value="", interactive=False, submit_btn=False, stop_btn=True)
    return _shown([*past, Turn(question)], busy)


def _respond(assistant: Asker, past: list[Turn]) -> Generator[tuple[Any, ...], None, None]:
    """Stream the answer to the last turn; after an error its question is back in the box."""
    import gradio as gr

    if not past or not past[-1].pending:
        return
    before = past[-1]
    with closing(answer_last(assistant, past)) as conversations:
        for conversation in conversations:
            past, last = conversation, conversation[-1]
            beside_too = last.evidence is not before.evidence or last.answer is not before.answer
            yield _shown(past, gr.skip(), beside_too=beside_too)
            before = last
    if before.pending:  # an assistant that never finished its answer
        yield _cut(past, "failed")
    else:
        yield _shown(past, _idle(before.question if before.notice else None), beside_too=False)


def _cut(past: list[Turn], reason: str) -> tuple[Any, ...]:
    """End the turn that is still being answered, and put its question back into the box."""
    if not past or not past[-1].pending:
        return _shown(past, _idle())
    last = past[-1]
    notice = panel.LABELS[last.language][reason]
    return _shown([*past[:-1], replace(last, notice=notice)], _idle(last.question))


def _shown(turns: list[Turn], box: Any, *, beside_too: bool = True) -> tuple[Any, ...]:
    import gradio as gr

    beside = (panel.panel_html(turns) or EMPTY) if beside_too else gr.skip()
    return turns, panel.messages(turns), beside, box


def _idle(question: str | None = None) -> Any:
    """Return the box as it waits for a question, with one in it where it is to be asked again."""
    import gradio as gr

    value: dict[str, Any] = {} if question is None else {"value": question}
    return gr.update(interactive=True, submit_btn=True, stop_btn=False, **value)


def _page_file(name: str) -> Path:
    return Path(panel.__file__).with_name(name)


def serve(blocks: "gr.Blocks", host: str, port: int, *, wait: bool = True) -> None:
    """Serve the page; nothing on it is fetched from anywhere else."""
    import gradio as gr

    blocks.queue(max_size=64).launch(
        server_name=host,
        server_port=port,
        prevent_thread_lock=not wait,
        quiet=True,
        share=False,
        ssr_mode=False,
        show_error=False,
        run_history=False,
        enable_monitoring=False,
        footer_links=[],
        i18n=gr.I18n(**LABELS),
        theme=gr.themes.Base(primary_hue="teal", neutral_hue="stone", font=FONTS, font_mono=FONTS),
        css_paths=_page_file("page.css"),
    )


def prepare_environment() -> None:
    """Set what libraries read as they load: no telemetry, no spinning, no proxy to ourselves."""
    for name, value in ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    for name in ("NO_PROXY", "no_proxy"):  # Gradio asks its own address whether it is up
        hosts = [os.environ.get(name, ""), "localhost", "127.0.0.1"]
        os.environ[name] = ",".join(filter(None, hosts))


def main(argv: Sequence[str] | None = None) -> int:
    """Serve the page until interrupted; return the exit code."""
    parser = argparse.ArgumentParser(prog="app.py", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to serve on (%(default)s)")
    parser.add_argument("--port", type=int, default=7860, help="port to serve on (%(default)s)")
    parser.add_argument("--index", type=Path, metavar="DIR", help="index folder of the report")
    options = parser.parse_args(argv)
    prepare_environment()
    try:
        check_address(options.host, options.port)
    except ReportError as error:
        sys.stderr.write(f"{error.message('zh')}\n{error.message('en')}\n")
        return 1
    if not is_loopback(options.host):
        sys.stderr.write(
            f"注意：{options.host} 可从其他机器访问，且没有密码。\n"
            f"Warning: other machines can reach {options.host}, and there is no password.\n"
        )

    def open_assistant() -> Asker:
        from rag import Assistant

        return Assistant.open(options.index)

    assistant = BackgroundAssistant(open_assistant)
    assistant.start()
    sys.stdout.write(f"http://{options.host}:{options.port}  (Ctrl+C)\n")
    serve(build(assistant), options.host, options.port)
    return 0


if __name__ == "__main__":
    sys.exit(main())
