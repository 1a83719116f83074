import os
import shutil
import socket
import threading
from urllib.parse import urlsplit

import pytest
from fake_assistant import HOSTILE, REPORT, SENTENCE, FakeAssistant, closing_loops

import app
from rag.conversation import BackgroundAssistant

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:'future.no_silent_downcasting'"),  # Gradio's own
]
expect = pytest.importorskip("playwright.sync_api").expect
CHROMIUM_OPTIONS = (
    "--no-sandbox --headless --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)
LINK = '#chat a[href="#cite-{}-{}"]'


@pytest.fixture(scope="session")
def browser_type_launch_args():
    chromium = shutil.which("chromium")
    if chromium is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("there is no chromium on the PATH")
    return {"executable_path": chromium, "args": CHROMIUM_OPTIONS.split()}


@pytest.fixture(scope="session")
def base_url():
    """The plugin's own fixture of this name warns with today's pytest."""


@pytest.fixture(scope="module")
def serve():
    """Serve assistants on free ports for the length of the module."""
    served = []

    def start(assistant):
        with closing_loops(), socket.create_server(("127.0.0.1", 0)) as probe:
            port = probe.getsockname()[1]
            probe.close()
            blocks = app.build(assistant)
            app.serve(blocks, "127.0.0.1", port, wait=False)
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
def assistant():
    return FakeAssistant()


@pytest.fixture(scope="module")
def address(serve, assistant):
    return serve(assistant)


@pytest.fixture
def requested(page):
    """Every host that the page asked for something."""
    hosts = []
    page.on("request", lambda request: hosts.append(urlsplit(request.url).hostname))
    return hosts


@pytest.fixture
def chat(page, requested, address):
    """The open page; asking types into the box and presses Enter."""
    page.goto(address)
    expect(page.locator("#title")).to_contain_text(REPORT)
    return page


def ask(page, question):
    asked = page.locator('#chat [data-testid="user"]')
    before = asked.count()
    page.locator("#box textarea").fill(question)
    page.keyboard.press("Enter")
    expect(asked).to_have_count(before + 1)


def replies(page):
    return page.locator('#chat [data-testid="bot"]')


def idle(page):
    expect(page.locator("#box textarea")).to_be_editable(timeout=15000)


def test_a_chinese_question_is_answered_beside_its_passages(chat, requested):
    ask(chat, "公司的研发投入是多少？")
    expect(replies(chat)).to_contain_text("2023 年，公司研发投入 21,361.34 万元 [1]，同比增长")
    expect(replies(chat).locator("strong")).to_have_text("21,361.34 万元")
    expect(chat.locator("#chat .checks")).to_contain_text("已核对：5 个数字都见于所引原文。")
    card = chat.locator("#cite-1-1")
    expect(card).to_contain_text("推动技术创新 › 研发投入")
    expect(card).to_contain_text("第 39 页 · 第 748–756 行")
    expect(card.locator("tr.cited td")).to_have_text(
        ["研发投入金额", "万元", "18,798.38", "21,361.34"]
    )
    expect(chat.locator("#box textarea")).to_have_value("")
    assert requested
    assert set(requested) == {"127.0.0.1"}


def test_an_english_example_is_asked_by_a_click(chat):
    question = next(example for example in app.EXAMPLES if example.isascii())
    chat.get_by_text(question).click()
    expect(chat.locator('#chat [data-testid="user"]')).to_have_text(question)
    expect(replies(chat)).to_contain_text("invested 213.6134 million yuan in R&D in 2023 [1]")
    expect(replies(chat).locator("td")).to_have_text(["2022", "187.9838", "2023", "213.6134"])
    expect(chat.locator("#cite-1-1 .translation")).to_contain_text("R&D investment: 213.6134")


def test_a_citation_brings_its_quote_into_view_and_back(chat):
    chat.set_viewport_size({"width": 1200, "height": 500})
    ask(chat, "公司的研发投入是多少？")
    idle(chat)
    mark = chat.locator("#cite-1-2 mark")
    expect(mark).not_to_be_in_viewport()
    chat.locator(LINK.format(1, 2)).click()
    expect(mark).to_be_in_viewport()
    expect(mark).to_have_text(SENTENCE)
    expect(chat.locator("#cite-1-2")).to_have_class("citation sought")
    chat.locator("#cite-1-2 .number").click()
    expect(chat.locator(LINK.format(1, 2))).to_have_class("sought")


def test_a_citation_works_where_the_address_has_a_query(chat, address):
    chat.goto(address + "?__theme=dark")
    ask(chat, "公司的研发投入是多少？")
    idle(chat)
    chat.locator(LINK.format(1, 2)).click()
    expect(chat.locator("#cite-1-2 mark")).to_be_in_viewport()
    expect(replies(chat)).to_have_count(1)  # not loaded anew


def test_a_citation_of_an_earlier_answer_shows_its_own_passages(chat):
    ask(chat, "公司的研发投入是多少？")
    idle(chat)
    ask(chat, "And in English?")
    expect(chat.locator("#cite-2-1")).to_be_visible(timeout=15000)
    expect(chat.locator("#cite-1-1")).to_be_hidden()
    idle(chat)
    chat.locator(LINK.format(1, 1)).click()
    expect(chat.locator("#cite-1-1 mark").first).to_be_in_viewport()
    expect(chat.locator("#cite-2-1")).to_be_hidden()


def test_a_follow_up_is_asked_with_what_was_said_before(chat, assistant):
    ask(chat, "公司的研发投入是多少？")
    idle(chat)
    ask(chat, "占比呢？")
    expect(replies(chat)).to_have_count(2)
    idle(chat)
    assert [message["role"] for message in assistant.histories[-1]] == ["user", "assistant"]
    assert assistant.histories[-1][0]["content"] == "公司的研发投入是多少？"


def test_hostile_text_is_shown_and_nothing_in_it_runs(chat, requested):
    errors = []
    chat.on("pageerror", lambda error: errors.append(error))
    chat.on("dialog", lambda dialog: errors.append(dialog.message))
    ask(chat, "hostile " + " ".join(HOSTILE.split()))
    expect(chat.locator("#chat .doubtful")).to_contain_text("<script>window.hacked=1</script>")
    idle(chat)
    for place in ('#chat [data-testid="user"]', '#chat [data-testid="bot"]', "#cite-1-1 .passage"):
        text = chat.locator(place).inner_text()
        for piece in ("<script>window.hacked=1</script>", "${window.hacked=1}", "![x](http://"):
            assert piece in text
    expect(chat.locator("#chat .message :is(img, script, iframe, code, svg, math)")).to_have_count(
        0
    )
    expect(chat.locator("#panel :is(img, script, iframe)")).to_have_count(0)
    links = chat.locator("#chat .message a, #panel a")
    assert [link.get_attribute("href") for link in links.all()] == ["#cite-1-1", "#back-1-1"]
    chat.wait_for_timeout(500)  # an image that fails to load would take a moment to run its code
    assert chat.evaluate("window.hacked") is None
    assert errors == []
    assert set(requested) == {"127.0.0.1"}


@pytest.mark.parametrize(
    ("question", "told"),
    [("error, please", "The index is missing: build it."), ("错误", "缺少索引：请先建立索引。")],
)
def test_an_error_is_told_in_the_language_of_the_question(chat, question, told):
    ask(chat, question)
    expect(chat.locator("#chat .notice")).to_have_text(told)
    idle(chat)
    expect(chat.locator("#box textarea")).to_have_value(question)
    expect(chat.locator('#chat [data-testid="user"]')).to_have_text(question)


def test_a_bug_is_told_without_its_details(chat, capfd):
    ask(chat, "a bug")
    expect(chat.locator("#chat .notice")).to_contain_text("Something went wrong")
    idle(chat)
    expect(chat.locator("#box textarea")).to_have_value("a bug")
    assert "secret" not in chat.content()
    assert "Traceback" not in chat.content()
    assert "secret detail of a bug" in capfd.readouterr().err  # for whoever runs the program
    ask(chat, "And now?")
    expect(replies(chat).last).to_contain_text("213.6134 million")


def test_stop_ends_the_answer_and_gives_the_question_back(chat, assistant):
    assistant.closed.clear()
    ask(chat, "a slow one")
    expect(replies(chat)).to_contain_text("thinking thinking")
    expect(chat.locator("#cite-1-1")).to_be_visible()  # the evidence is there before the answer
    chat.locator("#box button").click()
    assert assistant.closed.wait(10)
    expect(chat.locator("#chat .notice")).to_have_text("Stopped.")
    expect(replies(chat)).to_contain_text("thinking thinking")
    idle(chat)
    expect(chat.locator("#box textarea")).to_have_value("a slow one")
    ask(chat, "And now?")
    expect(replies(chat).last).to_contain_text("213.6134 million")


def test_closing_the_tab_ends_the_answer(chat, assistant):
    assistant.closed.clear()
    ask(chat, "a slow one")
    expect(replies(chat)).to_contain_text("thinking")
    chat.close()
    assert assistant.closed.wait(20)


def test_a_new_conversation_brings_the_examples_back(chat):
    ask(chat, "公司的研发投入是多少？")
    idle(chat)
    expect(chat.get_by_text(app.EXAMPLES[0])).to_have_count(0)
    chat.locator("#new").click()
    expect(chat.get_by_text(app.EXAMPLES[0])).to_be_visible()
    expect(chat.locator("#panel .citation")).to_have_count(0)


@pytest.mark.parametrize(
    ("language", "label"),
    [
        pytest.param(*pair, marks=pytest.mark.browser_context_args(locale=pair[0]))
        for pair in [("zh-CN", "新对话"), ("zh-TW", "新对话"), ("en-GB", "New conversation")]
    ],
)
def test_labels_follow_the_browser(chat, language, label):
    expect(chat.locator("#new")).to_have_text(label)


def test_the_page_is_there_before_the_assistant(page, serve):
    gate = threading.Event()

    def open_assistant():
        gate.wait(30)
        return FakeAssistant()

    assistant = BackgroundAssistant(open_assistant)
    assistant.start()
    page.goto(serve(assistant))
    expect(page.locator("#box textarea")).to_be_editable()
    expect(page.locator("#title")).to_contain_text("Opening the report")
    gate.set()
    expect(page.locator("#title")).to_contain_text(REPORT)


@pytest.mark.parametrize("width", [390, 1360])
def test_nothing_is_wider_than_the_window(chat, width):
    chat.set_viewport_size({"width": width, "height": 800})
    ask(chat, "hostile " + "x" * 300)
    idle(chat)
    assert chat.evaluate("document.documentElement.scrollWidth") <= width
    columns = [chat.locator(name).bounding_box() for name in ("#talk", "#sources")]
    stacked = columns[1]["y"] >= columns[0]["y"] + columns[0]["height"]
    assert stacked is (width < 760)
