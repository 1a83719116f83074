"""What the tests of the page share: a browser, pages served on free ports, what is asked."""

import os
import socket
from urllib.parse import urlsplit

import pytest
from fake_assistant import REPORT, FakeAssistant, FakeLibrary, closing_loops

import app

# When the last turn has its evidence, its first words, be they a draft's, and the first that are
# checked, in milliseconds from Enter.
WATCH = """() => {
  const seen = (name, found) => { if (found && !(name in window.times)) {
    window.times[name] = performance.now() - window.start; } };
  window.addEventListener("keydown", (event) => { if (event.key === "Enter") {
    window.start = performance.now(); window.times = {};
    window.turn = document.querySelectorAll(".turn").length + 1; } }, true);
  new MutationObserver(() => { if (window.start) {
    seen("evidence", document.querySelector(`#evidence-${window.turn} .citation`));
    const last = document.getElementById(`turn-${window.turn}`);
    seen("words", last?.querySelector(".answer, .draft")?.textContent.trim());
    seen("checked", last?.querySelector(".answer")?.textContent.trim()); } }
  ).observe(document.body, { childList: true, subtree: true, characterData: true });
}"""


@pytest.fixture(scope="module")
def serve():
    """Serve libraries on free ports for the length of the module."""
    served = []

    def start(library, login=None):
        from rag.page import Page

        with closing_loops(), socket.create_server(("127.0.0.1", 0)) as probe:
            port = probe.getsockname()[1]
            probe.close()
            blocks = Page(library).blocks
            app.serve(blocks, "127.0.0.1", port, login, wait=False)
        served.append(blocks)
        return f"http://127.0.0.1:{port}/"

    with pytest.MonkeyPatch.context() as patch:
        for name in [*app.ENVIRONMENT, "NO_PROXY", "no_proxy"]:
            patch.setenv(name, os.environ.get(name, ""))
        app.prepare_environment()
        yield start
    for blocks in served:
        blocks.close(verbose=False)


@pytest.fixture(scope="module")
def library():
    return FakeLibrary(FakeAssistant())


@pytest.fixture(scope="module")
def assistant(library):
    return library.own


@pytest.fixture(scope="module")
def address(serve, library):
    return serve(lambda: library)


@pytest.fixture
def requested(page):
    """Every host that the page asked for something."""
    hosts = []
    page.on("request", lambda request: hosts.append(urlsplit(request.url).hostname))
    return hosts


@pytest.fixture
def chat(page, requested, address):
    """The open page."""
    return opened(page, address)


def opened(page, address):
    from playwright.sync_api import expect

    page.goto(address)
    expect.set_options(timeout=15000)  # two cores may be busy with other tests
    expect(page.locator("#report")).to_have_text(REPORT)
    return page


def ask(page, question):
    """Type into the box and press Enter."""
    from playwright.sync_api import expect

    asked = page.locator("#thread .question")
    before = asked.count()
    page.locator("#box textarea").fill(question)
    page.keyboard.press("Enter")
    expect(asked).to_have_count(before + 1)


def idle(page):
    """Wait for the end of an answer."""
    from playwright.sync_api import expect

    expect(page.locator("#box textarea")).to_be_editable(timeout=15000)
    expect(page.locator("#box .submit-button")).to_be_visible()
