import os
import re
import socket
import subprocess
import sys

import pytest
from fake_assistant import REPORT, FakeAssistant, closing_loops

import app
from index.errors import ReportError
from index.terms import is_chinese
from rag.conversation import Turn


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    """Give back what the tests set."""
    for name in [*app.ENVIRONMENT, "NO_PROXY", "no_proxy"]:
        monkeypatch.setenv(name, os.environ.get(name, ""))
    with closing_loops():
        yield


def test_importing_the_page_loads_nothing_heavy():
    heavy = "gradio torch sentence_transformers faiss jieba langchain_core xllamacpp"
    code = f"import sys, app; print([m for m in '{heavy}'.split() if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_there_are_three_examples_in_each_language():
    assert sum(map(is_chinese, app.EXAMPLES)) == 3
    assert len(set(app.EXAMPLES)) == 6


def test_labels_are_there_in_both_languages():
    assert app.LABELS["zh"].keys() == app.LABELS["en"].keys()


def test_the_page_asks_nothing_while_it_is_built():
    assistant = FakeAssistant()
    assert app.build(assistant) is not None
    assert assistant.histories == []


def test_one_question_at_a_time_reaches_the_model():
    fns = app.build(FakeAssistant()).fns.values()
    answering = [fn for fn in fns if fn.concurrency_id == "llm"]
    assert [(fn.concurrency_limit, fn.queue) for fn in answering] == [(1, True), (1, True)]
    assert {fn.api_visibility for fn in fns} == {"private"}


def test_a_blank_question_changes_nothing():
    assert {str(change) for change in app._accept(" \n", [])} == {"{'__type__': 'update'}"}


def test_a_second_question_waits_for_the_first():
    assert app._accept("again", [Turn("first")])[0] != [Turn("again")]
    turns, *_ = app._accept(" 第二问 ", [Turn("first", notice="Stopped.")])
    assert [turn.question for turn in turns] == ["first", "第二问"]


def test_an_assistant_that_never_finishes_is_told_as_a_failure():
    class Silent(FakeAssistant):
        def stream(self, question, history=()):
            yield ()

    *_, (turns, _, _, box) = app._respond(Silent(), [Turn("R&D?")])
    assert turns[-1].notice.startswith("Something went wrong")
    assert box["value"] == "R&D?"


def test_an_error_gives_the_question_back():
    *_, (_, messages, _, box) = app._respond(FakeAssistant(), [Turn("错误")])
    assert "缺少索引" in messages[-1]["content"]
    assert box["value"] == "错误"


def test_the_heading_is_the_title_or_the_reason_why_there_is_none():
    class Titled(FakeAssistant):
        report_title = "<b>R&D</b>"

    class Broken(FakeAssistant):
        @property
        def report_title(self):
            raise ReportError("Build <it>.", "请建立。")

    assert app.heading(FakeAssistant()) == REPORT
    assert app.heading(Titled()) == "&lt;b&gt;R&amp;D&lt;/b&gt;"
    assert app.heading(Broken()) == "请建立。<br>Build &lt;it&gt;."


def test_a_port_in_use_ends_with_a_message_and_no_traceback(capsys):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert app.main(["--port", str(port)]) == 1
    told = capsys.readouterr().err
    assert f"端口 {port}" in told
    assert f"port {port}" in told
    assert re.search(r"--port \d+", told)
    assert "Traceback" not in told


@pytest.mark.parametrize(("host", "warned"), [("127.0.0.1", False), ("0.0.0.0", True)])
def test_an_open_address_is_warned_about(host, warned, monkeypatch, capsys):
    served = []
    monkeypatch.setattr(app, "serve", lambda blocks, host, port: served.append((host, port)))
    monkeypatch.setattr(app.BackgroundAssistant, "start", lambda self: None)
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert app.main(["--host", host, "--port", str(port)]) == 0
    assert served == [(host, port)]
    assert ("no password" in capsys.readouterr().err) is warned


def test_what_libraries_read_is_set_but_a_user_s_own_choice_stays(monkeypatch):
    monkeypatch.delenv("GRADIO_ANALYTICS_ENABLED")
    monkeypatch.setenv("OMP_WAIT_POLICY", "active")
    monkeypatch.setenv("NO_PROXY", "intranet")
    app.prepare_environment()
    assert os.environ["GRADIO_ANALYTICS_ENABLED"] == "False"
    assert os.environ["OMP_WAIT_POLICY"] == "active"
    assert os.environ["NO_PROXY"] == "intranet,localhost,127.0.0.1"
