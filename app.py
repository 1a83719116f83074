"""The web page: a conversation beside the passages that its answers cite."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from index import openmp
from index.errors import ReportError
from rag.address import Login, check_address, is_loopback, read_login
from rag.background import Opening
from rag.captions import EXAMPLES

if TYPE_CHECKING:
    import gradio as gr

    from rag.library import Library

ENVIRONMENT = {
    **openmp.SETTINGS,
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "LANGSMITH_TRACING": "false",
    "TOKENIZERS_PARALLELISM": "false",
}
LARGEST_UPLOAD = "100mb"  # is not even received; the library tells of less, which is still too much
MOST_WAITING = 64  # people; more are told to come back later
FONTS = ("system-ui", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif")


def serve(
    blocks: "gr.Blocks", host: str, port: int, login: Login | None = None, *, wait: bool = True
) -> None:
    """Serve the page; nothing on it is fetched from anywhere else."""
    import gradio as gr

    from rag.widgets import page_file

    blocks.queue(max_size=MOST_WAITING).launch(
        server_name=host,
        server_port=port,
        auth=login,
        prevent_thread_lock=not wait,
        quiet=True,
        share=False,
        ssr_mode=False,
        show_error=False,
        run_history=False,
        enable_monitoring=False,
        footer_links=[],
        mcp_server=True,
        max_file_size=LARGEST_UPLOAD,
        theme=gr.themes.Base(primary_hue="teal", neutral_hue="stone", font=FONTS, font_mono=FONTS),
        head=f"<style>{page_file('page.css').read_text('utf-8')}</style>",  # css= is rewritten
    )


def prepare_environment() -> None:
    """Set what libraries read as they load: no telemetry, no long spinning, no proxy."""
    for name, value in ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    for name in ("NO_PROXY", "no_proxy"):  # Gradio asks its own address whether it is up
        hosts = [os.environ.get(name, ""), "localhost", "127.0.0.1"]
        os.environ[name] = ",".join(filter(None, hosts))


def warm_up(library: "Library") -> None:
    """Load the models and let them read what they can before anybody asks."""
    assistant = library.assistant("")
    for examples in EXAMPLES.values():
        assistant.ask(examples[-1])
    assistant.read_ahead()


def main(argv: Sequence[str] | None = None) -> int:
    """Serve the page until interrupted; return the exit code."""
    parser = argparse.ArgumentParser(prog="app.py", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to serve on (%(default)s)")
    parser.add_argument("--port", type=int, default=7860, help="port to serve on (%(default)s)")
    parser.add_argument("--index", type=Path, metavar="DIR", help="index folder of the report")
    parser.add_argument(
        "--auth", type=Path, metavar="FILE",
        help='file with a line "user:password" to ask for (else RAG_USER and RAG_PASSWORD)',
    )  # fmt: skip
    options = parser.parse_args(argv)
    prepare_environment()
    try:
        check_address(options.host, options.port)
        login = read_login(options.auth)
    except ReportError as error:
        sys.stderr.write(f"{error.message('zh')}\n{error.message('en')}\n")
        return 1
    if login is None and not is_loopback(options.host):
        sys.stderr.write(
            f"注意：{options.host} 可从其他机器访问，且没有密码。"
            "请设置 RAG_USER 和 RAG_PASSWORD。\n"
            f"Warning: other machines can reach {options.host}, and there is no password. "
            "Set RAG_USER and RAG_PASSWORD.\n"
        )

    def open_library() -> "Library":
        from rag.library import Library

        return Library.open(options.index)

    library = Opening(open_library)
    library.start(then=warm_up)
    sys.stdout.write(f"http://{options.host}:{options.port}  (Ctrl+C)\n")
    from rag.page import Page

    serve(Page(library).blocks, options.host, options.port, login)
    return 0


if __name__ == "__main__":
    sys.exit(main())
