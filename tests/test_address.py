import socket

import pytest

from index.errors import ReportError
from rag.address import check_address, is_loopback, read_login


def test_a_port_in_use_is_named_with_another_to_take():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(ReportError) as caught:
            check_address("127.0.0.1", port)
    for language in ("zh", "en"):
        assert str(port) in caught.value.message(language)
        assert "--port" in caught.value.message(language)
    check_address("127.0.0.1", port)  # free again


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 70000), ("no.such.invalid", 7860)])
def test_an_address_that_cannot_be_is_an_error_for_the_user(host, port):
    with pytest.raises(ReportError, match=r"--port \d+"):
        check_address(host, port)


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("box", False)],
)
def test_who_can_reach_it(host, expected):
    assert is_loopback(host) is expected


def test_no_login_is_asked_for_where_none_is_set(monkeypatch):
    monkeypatch.delenv("RAG_USER", raising=False)
    monkeypatch.delenv("RAG_PASSWORD", raising=False)
    assert read_login() is None


@pytest.mark.parametrize("text", ["", "ada", "ada:", ":secret"])
def test_a_password_file_without_both_is_refused_and_its_text_not_told(tmp_path, text):
    file = tmp_path / "login"
    file.write_text(text)
    with pytest.raises(ReportError) as error:
        read_login(file)
    assert "secret" not in error.value.en


def test_a_password_file_that_cannot_be_read_is_told(tmp_path):
    with pytest.raises(ReportError, match="cannot be read"):
        read_login(tmp_path / "none")
