import threading

import pytest
from fake_assistant import HOSTILE, REPORT, SENTENCE, FakeLibrary
from page_fixtures import ask, idle, opened

from index.errors import ReportError
from rag.background import Opening
from rag.captions import EXAMPLES

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:'future.no_silent_downcasting'"),  # Gradio's own
]
expect = pytest.importorskip("playwright.sync_api").expect
LINK = '#thread .answer a[href="#cite-{}-{}"]'
QUESTION = "公司的研发投入是多少？"


def replies(page):
    return page.locator("#thread .reply")


# ---- reading an answer


def test_a_chinese_question_is_answered_beside_its_passages(chat, requested):
    ask(chat, QUESTION)
    expect(replies(chat)).to_contain_text("2023 年，公司研发投入 21,361.34 万元 [1]，同比增长")
    expect(replies(chat).locator("strong")).to_have_text("21,361.34 万元")
    expect(chat.locator("#thread .checks")).to_contain_text("已核对：5 个数字都见于所引原文。")
    card = chat.locator("#cite-1-1")
    expect(card).to_contain_text("推动技术创新 › 研发投入")
    expect(card).to_contain_text("page 39 · lines 748–756")
    expect(chat.locator("#box textarea")).to_have_value("")
    assert requested
    assert set(requested) == {"127.0.0.1"}


def test_a_cited_row_and_the_cell_of_the_answer_are_marked(chat):
    ask(chat, QUESTION)
    idle(chat)
    card = chat.locator("#cite-1-1")
    expect(card.locator("tr.cited td")).to_have_text(
        ["研发投入金额", "万元", "18,798.38", "21,361.34"]
    )
    expect(card.locator("td.stated")).to_have_text("21,361.34")
    expect(card.locator("th").first).to_have_text("指标")


def test_the_cell_of_the_answer_is_seen_in_a_table_wider_than_its_place(chat):
    chat.add_style_tag(content="#panel .wide { width: 9em }")
    ask(chat, QUESTION)
    idle(chat)
    hidden = (
        "e => e.getBoundingClientRect().right - e.closest('.wide').getBoundingClientRect().right"
    )
    cell = chat.locator("#cite-1-1 td.stated mark")
    assert cell.evaluate(hidden) <= 0
    replies(chat).locator("a").first.click()
    chat.wait_for_timeout(300)
    assert cell.evaluate(hidden) <= 0


def test_an_english_example_is_asked_by_a_click(chat):
    chat.get_by_text(EXAMPLES["en"][0]).click()
    expect(chat.locator("#thread .question")).to_contain_text(EXAMPLES["en"][0])
    expect(replies(chat)).to_contain_text("invested 213.6134 million yuan in R&D in 2023 [1]")
    expect(replies(chat).locator("td")).to_have_text(["2022", "187.9838", "2023", "213.6134"])
    expect(chat.locator("#cite-1-1 .translation")).to_contain_text("R&D investment: 213.6134")


def test_a_citation_brings_its_quote_into_view_and_back(chat):
    chat.set_viewport_size({"width": 1200, "height": 500})
    ask(chat, QUESTION)
    idle(chat)
    mark = chat.locator("#cite-1-2 mark")
    expect(mark).not_to_be_in_viewport()
    chat.locator(LINK.format(1, 2)).click()
    expect(mark).to_be_in_viewport()
    expect(mark).to_have_text(SENTENCE)
    expect(chat.locator("#cite-1-2")).to_have_class("citation sought")
    chat.locator("#cite-1-2 .number").click()
    expect(chat.locator(LINK.format(1, 2))).to_have_class("cite sought")
    expect(chat.locator(LINK.format(1, 2))).to_be_focused()


def test_a_citation_works_where_the_address_has_a_query(page, address):
    chat = opened(page, address + "?__theme=dark")
    ask(chat, QUESTION)
    idle(chat)
    chat.locator(LINK.format(1, 2)).click()
    expect(chat.locator("#cite-1-2 mark")).to_be_in_viewport()
    expect(replies(chat)).to_have_count(1)  # not loaded anew


def test_a_citation_of_an_earlier_answer_shows_its_own_passages(chat):
    ask(chat, QUESTION)
    idle(chat)
    ask(chat, "And in English?")
    expect(chat.locator("#cite-2-1")).to_be_visible(timeout=15000)
    expect(chat.locator("#cite-1-1")).to_be_hidden()
    idle(chat)
    chat.locator(LINK.format(1, 1)).click()
    expect(chat.locator("#cite-1-1 mark").first).to_be_in_viewport()
    expect(chat.locator("#cite-2-1")).to_be_hidden()


def test_what_is_chosen_stays_when_the_passages_are_drawn_anew(chat):
    ask(chat, QUESTION)
    idle(chat)
    ask(chat, "And in English?")
    idle(chat)
    chat.locator(LINK.format(1, 1)).click()
    chat.locator("#evidence-1 summary").click()
    chat.get_by_role("button", name="中文").click()
    expect(chat.locator("#panel h2")).to_have_text("原文")
    expect(chat.locator("#cite-1-1")).to_be_visible()
    expect(chat.locator("#evidence-1 details")).to_have_attribute("open", "")
    ask(chat, "又问")
    expect(chat.locator("#cite-3-1")).to_be_visible()
    idle(chat)


def test_a_refusal_looks_like_an_answer_and_offers_the_nearest_passages(chat):
    ask(chat, "silent please")
    idle(chat)
    expect(replies(chat)).to_contain_text("The report does not say.")
    expect(chat.locator("#panel .evidence h3")).to_have_text("Nearest passages in the report")
    chat.locator(LINK.format(1, 1)).click()
    expect(chat.locator("#cite-1-1 mark").first).to_be_in_viewport()


def test_on_a_phone_the_passages_are_a_sheet_that_closes(chat):
    chat.set_viewport_size({"width": 390, "height": 800})
    ask(chat, QUESTION)
    idle(chat)
    expect(chat.locator("#cite-1-2")).to_be_hidden()
    chat.locator(LINK.format(1, 2)).click()
    expect(chat.locator("#cite-1-2 mark")).to_be_in_viewport()
    chat.keyboard.press("Escape")
    expect(chat.locator("#cite-1-2")).to_be_hidden()
    expect(chat.locator(LINK.format(1, 2))).to_be_focused()
    chat.get_by_role("button", name="Show sources (2)").click()
    expect(chat.locator("#cite-1-1")).to_be_visible()
    chat.locator("#panel .close").click()
    expect(chat.locator("#cite-1-1")).to_be_hidden()


# ---- asking


def test_a_follow_up_is_asked_with_what_was_said_before(chat, assistant):
    ask(chat, QUESTION)
    idle(chat)
    ask(chat, "占比呢？")
    expect(replies(chat)).to_have_count(2)
    idle(chat)
    assert [message["role"] for message in assistant.histories[-1]] == ["user", "assistant"]
    assert assistant.histories[-1][0]["content"] == QUESTION


def test_the_last_question_is_answered_again(chat, assistant):
    ask(chat, QUESTION)
    idle(chat)
    asked = len(assistant.histories)
    chat.get_by_role("button", name="Try again").click()
    expect(chat.locator("#box .stop-button, #thread .tools")).to_have_count(1)
    idle(chat)
    assert len(assistant.histories) == asked + 1
    assert assistant.histories[-1] == []
    expect(replies(chat)).to_have_count(1)


def test_the_last_question_is_edited_in_its_place(chat):
    ask(chat, QUESTION)
    idle(chat)
    chat.get_by_role("button", name="Edit question").click()
    expect(chat.locator("#box textarea")).to_have_value(QUESTION)
    expect(chat.locator(".turn.editing .status")).to_contain_text("editing")
    chat.keyboard.press("Escape")
    expect(chat.locator(".turn.editing")).to_have_count(0)
    expect(chat.locator("#box textarea")).to_have_value("")
    chat.get_by_role("button", name="Edit question").click()
    expect(chat.locator("#box textarea")).to_have_value(QUESTION)
    chat.locator("#box textarea").fill("And in English?")
    chat.keyboard.press("Enter")
    expect(chat.locator("#thread .question")).to_contain_text(["And in English?"])
    idle(chat)
    expect(replies(chat)).to_have_count(1)
    expect(replies(chat)).to_contain_text("213.6134 million")


def test_enter_while_a_chinese_word_is_being_chosen_asks_nothing(chat):
    chat.locator("#box textarea").fill("研发")
    chat.locator("#box textarea").evaluate(
        """box => box.dispatchEvent(new KeyboardEvent("keydown",
             {key: "Enter", code: "Enter", isComposing: true, bubbles: true, cancelable: true}))"""
    )
    chat.wait_for_timeout(300)
    expect(chat.locator("#thread .question")).to_have_count(0)
    chat.keyboard.press("Shift+Enter")
    chat.keyboard.type("投入")
    expect(chat.locator("#box textarea")).to_have_value("研发\n投入")
    chat.keyboard.press("Enter")
    expect(chat.locator("#thread .question")).to_have_count(1)
    idle(chat)


def test_the_keyboard_reaches_the_box_and_closes_the_drawer(chat):
    chat.locator("body").press("Tab")
    chat.keyboard.press("/")
    expect(chat.locator("#box textarea")).to_be_focused()
    expect(chat.locator("#box textarea")).to_have_value("")
    menu = chat.get_by_role("button", name="Reports and contents")
    menu.press("Enter")
    expect(chat.locator("#menu-close")).to_be_focused()
    expect(menu).to_have_attribute("aria-expanded", "true")
    chat.keyboard.press("Escape")
    expect(chat.locator("#menu-close")).to_be_hidden()
    expect(menu).to_be_focused()


@pytest.mark.parametrize(
    ("language", "told"),
    [("English", "The index is missing: build it."), ("中文", "缺少索引：请先建立索引。")],
)
@pytest.mark.parametrize("question", ["error, please", "错误"])
def test_an_error_is_told_in_the_language_of_the_page(chat, question, language, told):
    chat.get_by_role("button", name=language).click()
    ask(chat, question)
    expect(chat.locator("#thread .notice")).to_have_text(told)
    idle(chat)
    expect(chat.locator("#box textarea")).to_have_value(question)
    expect(chat.locator("#thread .question")).to_contain_text(question)


def test_a_bug_is_told_without_its_details(chat, capfd):
    ask(chat, "a bug")
    expect(chat.locator("#thread .notice")).to_contain_text("Something went wrong")
    idle(chat)
    expect(chat.locator("#box textarea")).to_have_value("a bug")
    assert "secret detail" not in chat.content()
    assert "Traceback" not in chat.content()
    assert "secret detail of a bug" in capfd.readouterr().err  # for whoever runs the program
    ask(chat, "And now?")
    expect(replies(chat).last).to_contain_text("213.6134 million")


def test_stop_ends_the_answer_and_gives_the_question_back(chat, assistant):
    assistant.closed.clear()
    ask(chat, "a slow one")
    expect(replies(chat)).to_contain_text("thinking thinking")
    expect(chat.locator("#cite-1-1")).to_be_visible()  # the evidence is there before the answer
    chat.get_by_role("button", name="Stop").click()
    assert assistant.closed.wait(10)
    expect(chat.locator("#thread .notice")).to_have_text("Stopped.")
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
    ask(chat, QUESTION)
    idle(chat)
    expect(chat.get_by_text(EXAMPLES["zh"][0])).to_have_count(0)
    chat.locator("#new").click()
    expect(chat.get_by_text(EXAMPLES["zh"][0])).to_be_visible()
    expect(chat.locator("#panel .citation")).to_have_count(0)


# ---- the language of the page, and what is kept


@pytest.mark.parametrize(
    ("language", "tag", "said"),
    [
        pytest.param(*found, marks=pytest.mark.browser_context_args(locale=found[0]))
        for found in [
            ("zh-CN", "zh-CN", "新对话"),
            ("zh-TW", "zh-CN", "新对话"),
            ("en-GB", "en", "New conversation"),
        ]
    ],
)
def test_the_page_follows_the_browser(chat, language, tag, said):
    expect(chat.locator("#new")).to_have_text(said)
    expect(chat.locator("html")).to_have_attribute("lang", tag)


def test_the_language_is_switched_and_kept_over_a_reload(chat, address):
    ask(chat, QUESTION)
    idle(chat)
    chat.get_by_role("button", name="中文").click()
    expect(chat.locator("#new")).to_have_text("新对话")
    expect(chat.locator("#panel h2")).to_have_text("原文")
    expect(chat.locator("#box .submit-button")).to_have_text("提问")
    expect(chat.locator("#box textarea")).to_have_attribute("placeholder", "用中文或英文提问")
    expect(chat.locator("#cite-1-1")).to_contain_text("第 39 页 · 第 748–756 行")
    expect(replies(chat)).to_contain_text("21,361.34 万元")
    opened(chat, address)
    expect(chat.locator("#new")).to_have_text("新对话")
    expect(chat.locator("html")).to_have_attribute("lang", "zh-CN")


def test_a_conversation_is_kept_over_a_reload_and_goes_on(chat, assistant, address):
    ask(chat, QUESTION)
    idle(chat)
    ask(chat, "hostile " + " ".join(HOSTILE.split()))
    idle(chat)
    opened(chat, address)
    expect(replies(chat)).to_have_count(2)
    expect(replies(chat).first).to_contain_text("21,361.34 万元 [1]")
    chat.locator(LINK.format(1, 2)).click()
    expect(chat.locator("#cite-1-2 mark")).to_be_in_viewport()
    assert chat.evaluate("window.hacked") is None
    ask(chat, "占比呢？")
    idle(chat)
    assert assistant.histories[-1][0]["content"] == QUESTION
    chat.locator("#new").click()
    expect(replies(chat)).to_have_count(0)
    opened(chat, address)
    expect(chat.get_by_text(EXAMPLES["zh"][0])).to_be_visible()


def test_damaged_memory_is_forgotten(chat, address):
    chat.evaluate("localStorage.setItem('report-answers', 'garbage:in')")
    opened(chat, address)
    expect(chat.get_by_text(EXAMPLES["zh"][0])).to_be_visible()
    ask(chat, QUESTION)
    idle(chat)


# ---- several people, and hostile ones


def test_two_visitors_do_not_see_each_other(chat, address, new_context, assistant):
    other = opened(new_context().new_page(), address)
    ask(chat, "a slow one")
    expect(replies(chat)).to_contain_text("thinking")
    ask(other, "And in English?")  # is not kept waiting by the first
    expect(replies(other)).to_contain_text("213.6134 million")
    idle(other)
    expect(replies(chat)).not_to_contain_text("213.6134")
    ask(other, "again")
    idle(other)
    assert [m["content"] for m in assistant.histories[-1] if m["role"] == "user"] == [
        "And in English?"
    ]
    chat.get_by_role("button", name="Stop").click()
    expect(chat.locator("#thread .notice")).to_have_text("Stopped.")
    expect(other.locator("#thread .notice")).to_have_count(0)


def test_who_waits_for_the_model_sees_the_evidence_and_their_place(
    chat, address, new_context, assistant
):
    assistant.gate.clear()
    ask(chat, "queue")
    expect(chat.locator("#cite-1-1")).to_be_visible()
    other = opened(new_context().new_page(), address)
    ask(other, "queue too")
    expect(other.locator("#cite-1-1")).to_be_visible()
    expect(other.locator("#thread .status")).to_contain_text("1 before you in the line")
    assistant.gate.set()
    idle(chat)
    expect(replies(other)).to_contain_text("213.6134 million")
    idle(other)


def test_hostile_text_is_shown_and_nothing_in_it_runs(chat, requested):
    errors = []
    chat.on("pageerror", lambda error: errors.append(error))
    chat.on("dialog", lambda dialog: errors.append(dialog.message))
    ask(chat, "hostile " + " ".join(HOSTILE.split()))
    expect(chat.locator("#thread .doubtful")).to_contain_text("<script>window.hacked=1</script>")
    idle(chat)
    for place in ("#thread .question", "#thread .answer", "#cite-1-1 .passage"):
        text = chat.locator(place).inner_text()
        for piece in ("<script>window.hacked=1</script>", "${window.hacked=1}", "![x](http://"):
            assert piece in text
    ours = ":is(#thread, #panel)"
    expect(chat.locator(f"{ours} :is(img, script, iframe, code, math)")).to_have_count(0)
    links = chat.locator(f"{ours} a")
    assert [link.get_attribute("href") for link in links.all()] == ["#cite-1-1", "#back-1-1"]
    chat.wait_for_timeout(500)  # an image that fails to load would take a moment to run its code
    assert chat.evaluate("window.hacked") is None
    assert errors == []
    assert set(requested) == {"127.0.0.1"}


@pytest.mark.parametrize("width", [390, 820, 1360])
def test_nothing_is_wider_than_the_window(chat, width):
    chat.set_viewport_size({"width": width, "height": 800})
    ask(chat, "hostile " + "x" * 300)
    idle(chat)
    assert chat.evaluate("document.documentElement.scrollWidth") <= width
    for name in ("#thread", "#bar"):
        assert chat.locator(name).evaluate("e => e.scrollWidth - e.clientWidth") <= 0


# ---- opening


def test_the_page_is_there_before_the_library(page, serve):
    gate = threading.Event()

    def open_library():
        gate.wait(30)
        return FakeLibrary()

    library = Opening(open_library)
    library.start()
    page.goto(serve(library))
    expect(page.locator("#box textarea")).to_be_editable()
    expect(page.locator("#report")).to_contain_text("Opening the report")
    gate.set()
    expect(page.locator("#report")).to_contain_text(REPORT)


def test_a_report_that_cannot_be_opened_is_told(page, serve):
    def fail():
        raise ReportError("Build <it>.", "请建立。")

    page.goto(serve(fail))
    expect(page.locator("#report")).to_have_text("Build <it>.")
