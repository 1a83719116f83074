import os
import re
import socket
import subprocess
import sys

import pytest
from fake_assistant import FakeLibrary, closing_loops

import app


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


def test_the_page_asks_nothing_while_it_is_built():
    from rag.page import Page

    def library():
        raise AssertionError("asked")

    assert Page(library).blocks is not None


def test_ask_and_search_alone_are_public():
    from rag.page import Page

    fns = Page(FakeLibrary).blocks.fns.values()
    public = [fn.api_name for fn in fns if fn.api_visibility != "private"]
    assert public == ["ask", "search"]


def test_the_models_are_loaded_before_anybody_asks():
    library = FakeLibrary()
    app.warm_up(library)
    assert library.own.histories == [[], [], "read ahead"]  # Chinese and English


def test_a_port_in_use_ends_with_a_message_and_no_traceback(capsys):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert app.main(["--port", str(port)]) == 1
    told = capsys.readouterr().err
    assert f"端口 {port}" in told
    assert f"port {port}" in told
    assert re.search(r"--port \d+", told)
    assert "Traceback" not in told


@pytest.fixture
def served(monkeypatch):
    """What would have been served."""
    monkeypatch.setattr(app.Opening, "start", lambda self, then: None)
    for name in ("RAG_USER", "RAG_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    found = []
    monkeypatch.setattr(app, "serve", lambda blocks, *more: found.append(more))
    return found


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@pytest.mark.parametrize(("host", "warned"), [("127.0.0.1", False), ("0.0.0.0", True)])
def test_an_open_address_is_warned_about(host, warned, served, capsys):
    port = free_port()
    assert app.main(["--host", host, "--port", str(port)]) == 0
    assert served == [(host, port, None)]
    assert ("no password" in capsys.readouterr().err) is warned


def test_a_password_is_asked_for_and_then_nobody_is_warned(served, monkeypatch, capsys, tmp_path):
    port = free_port()
    monkeypatch.setenv("RAG_USER", "ada")
    monkeypatch.setenv("RAG_PASSWORD", "s3cret")
    assert app.main(["--host", "0.0.0.0", "--port", str(port)]) == 0
    file = tmp_path / "login"
    file.write_text("bob:a:b\n")
    assert app.main(["--port", str(port), "--auth", str(file)]) == 0
    assert [login for *_, login in served] == [("ada", "s3cret"), ("bob", "a:b")]
    assert capsys.readouterr().err == ""


def test_half_a_login_ends_with_a_message(served, monkeypatch, capsys):
    monkeypatch.setenv("RAG_USER", "ada")
    assert app.main(["--port", str(free_port())]) == 1
    assert served == []
    assert "both a user and a password" in capsys.readouterr().err


def test_what_libraries_read_is_set_but_a_user_s_own_choice_stays(monkeypatch):
    monkeypatch.delenv("GRADIO_ANALYTICS_ENABLED")
    monkeypatch.setenv("OMP_WAIT_POLICY", "active")
    monkeypatch.setenv("NO_PROXY", "intranet")
    app.prepare_environment()
    assert os.environ["GRADIO_ANALYTICS_ENABLED"] == "False"
    assert os.environ["OMP_WAIT_POLICY"] == "active"
    assert os.environ["NO_PROXY"] == "intranet,localhost,127.0.0.1"
