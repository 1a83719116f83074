"""The page with the real index and the embedded model: a citation followed, and the times."""

import statistics

import pytest
from page_fixtures import WATCH, ask, idle

pytestmark = [
    pytest.mark.integration,
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:'future.no_silent_downcasting'"),  # Gradio's own
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # of libraries, as they load a model
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]
expect = pytest.importorskip("playwright.sync_api").expect
WORDS = (
    "公司如何开展供应商管理？",
    "How does the company manage its suppliers?",
    "公司采取了哪些节能减排措施？",
    "How does the company protect whistleblowers?",
)


@pytest.fixture(scope="module")
def real(serve):
    from rag.library import Library

    with pytest.MonkeyPatch.context() as patch:
        for name in ("RAG_LLM", "RAG_LLM_BASE_URL", "RAG_EMBEDDER"):
            patch.delenv(name, raising=False)
        library = Library.open()
        library.assistant("", "report").ask(WORDS[0])  # the models load
        yield serve(lambda: library)


@pytest.fixture
def page(page, real):
    page.goto(real)
    expect(page.locator("#report")).to_contain_text("ESG", timeout=60000)
    page.evaluate(WATCH)
    return page


def test_a_cell_of_the_report_is_asked_for_cited_and_marked(page):
    ask(page, "How many women worked for the company in 2022?")
    idle(page)
    page.locator("#thread .cite").first.click()
    expect(page.locator("#cite-1-1 td.stated")).to_be_in_viewport()
    expect(page.locator("#cite-1-1 td.stated")).to_have_text("1,394")
    expect(page.locator("#cite-1-1 .translation")).to_contain_text("1,394", timeout=30000)


def test_evidence_is_there_at_once_and_the_first_words_soon(page):
    times = []
    for question in WORDS:
        ask(page, question)
        expect(page.locator("#box .submit-button")).to_be_visible(timeout=120000)
        page.wait_for_timeout(8000)  # translations of the answer before use the model, too
        times.append(page.evaluate("window.times"))
    medians = {
        name: statistics.median(found[name] / 1000 for found in times)
        for name in ("evidence", "words")
    }
    print(f"seconds from Enter to evidence and first words: {medians}")
    assert medians["evidence"] <= medians["words"]  # how fast, is for whoever reads the line above
