"""What an answer offers beside its text, the outline, and whether everybody can use it all."""

import json
import re

import pytest
from fakes import small_index
from page_fixtures import ask, idle, opened

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:'future.no_silent_downcasting'"),  # Gradio's own
]
expect = pytest.importorskip("playwright.sync_api").expect
QUESTION = "公司的研发投入是多少？"


@pytest.fixture
def answered(chat):
    ask(chat, QUESTION)
    idle(chat)
    return chat


@pytest.fixture
def copied(context, page):
    """What was copied last."""
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    return lambda: page.evaluate("navigator.clipboard.readText()")


def test_a_chart_shows_the_cited_figures_and_hands_them_out(answered, copied):
    chart = answered.locator(".drawn svg")
    expect(chart).to_be_visible()
    assert "2022：18,798.38 万元" in chart.get_attribute("aria-label")
    expect(answered.locator(".drawn .cite")).to_have_text("[1]")
    answered.get_by_role("button", name="Copy figures").click()
    expect(answered.get_by_role("button", name="Copied")).to_be_visible()
    assert "2023,21361.34,万元" in copied()
    with answered.expect_download() as download:
        answered.get_by_role("button", name="Download CSV").click()
    data = download.value.path().read_bytes()
    assert data.startswith("\ufeff名称".encode())
    assert download.value.suggested_filename.endswith(".csv")


def test_an_answer_is_copied_with_its_sources(answered, copied):
    answered.get_by_role("button", name="Copy", exact=True).click()
    expect(answered.get_by_role("button", name="Copied")).to_be_visible()
    assert "研发投入 **21,361.34 万元** [1]" in copied()
    assert "第 39 页 · 第 748–756 行" in copied()


def test_a_conversation_is_exported_as_often_as_one_likes(answered):
    for _ in range(2):
        with answered.expect_download() as download:
            answered.get_by_role("button", name="Export").click()
        assert download.value.suggested_filename == "conversation.md"
        assert f"## 问: {QUESTION}" in download.value.path().read_text("utf-8")


def test_what_can_be_asked_next_is_asked_by_a_click(answered):
    answered.get_by_role("button", name="2023 年营业收入是多少？").click()
    expect(answered.locator("#thread .question")).to_have_count(2)
    idle(answered)
    expect(answered.locator(".next")).to_have_count(1)


def test_thumbs_are_noted_once_with_a_reason(answered, monkeypatch, tmp_path, address):
    file = tmp_path / "feedback.jsonl"
    monkeypatch.setenv("RAG_FEEDBACK", str(file))
    fold = answered.get_by_role("button", name="Not right")
    fold.click()
    reason = answered.get_by_label("What is wrong?")
    expect(reason).to_be_focused()
    answered.get_by_role("button", name="Cancel").click()
    expect(reason).to_be_hidden()
    fold.click()
    reason.select_option("A quote does not fit")
    answered.get_by_label("In your words").fill("row 2 <b>")
    answered.get_by_label("In your words").press("Enter")
    expect(answered.locator(".voted")).to_have_text("Noted on this machine. Thank you.")
    (line,) = file.read_text("utf-8").splitlines()
    noted = json.loads(line)
    assert (noted["liked"], noted["reason"]) == (False, "A quote does not fit: row 2 <b>")
    assert noted["question"] == QUESTION
    opened(answered, address)
    expect(answered.locator(".voted")).to_have_count(1)


def test_a_section_of_the_outline_is_opened_and_asked_about(chat, assistant, tmp_path, monkeypatch):
    monkeypatch.setattr(assistant, "index", small_index(tmp_path))
    chat.get_by_role("button", name="中文").click()  # draws the outline
    chat.locator("[data-act=menu]").click()
    section = chat.locator("#outline .open", has_text="第三章 员工")
    section.click()
    expect(chat.locator("#evidence-0 .citation").first).to_be_visible()
    expect(chat.locator("#evidence-0")).to_contain_text("第三章 员工")
    chat.get_by_role("button", name=re.compile("问这一节: 第三章 员工")).click()
    expect(chat.locator("#thread .question")).to_contain_text("第三章 员工")
    expect(chat.locator("#thread .cite").first).to_be_visible()
    expect(chat.locator("#cite-1-1")).to_be_visible()
    expect(chat.locator("#menu-close")).to_be_hidden()


# ---- for everybody


def violations(page):
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"resultTypes": ["violations"]})
    return [
        (broken["id"], node["target"], node.get("failureSummary", "")[:300])
        for broken in found.response["violations"]
        for node in broken["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_no_state_of_the_page_breaks_a_rule_of_accessibility(chat, width, scheme):
    chat.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    chat.set_viewport_size({"width": width, "height": 900})
    chat.reload()
    expect(chat.get_by_text("Answers from the report alone")).to_be_visible()
    assert violations(chat) == []
    ask(chat, "How much R&D?")
    idle(chat)
    chat.get_by_role("button", name="Not right").click()
    assert violations(chat) == []
    chat.locator("#thread .cite").first.click()
    expect(chat.locator("#cite-1-1")).to_be_visible()
    chat.locator("#panel summary").click()
    assert violations(chat) == []
    chat.keyboard.press("Escape")
    ask(chat, "an error")
    idle(chat)
    chat.locator("[data-act=menu]").click()
    expect(chat.locator("#menu-close")).to_be_focused()
    chat.wait_for_timeout(300)
    assert violations(chat) == []


def test_the_keyboard_alone_asks_follows_a_citation_and_returns(chat):
    chat.mouse.click(1, 1)  # the box has the focus when the page opens
    chat.keyboard.press("Tab")
    expect(chat.locator("#bar .skip")).to_be_focused()
    chat.keyboard.press("Enter")
    expect(chat.locator("#box textarea")).to_be_focused()
    chat.keyboard.type(QUESTION)
    chat.keyboard.press("Enter")
    idle(chat)
    link = chat.locator("#thread .cite").first
    link.focus()
    assert link.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    chat.keyboard.press("Enter")
    expect(chat.locator("#cite-1-1")).to_be_focused()
    chat.keyboard.press("Escape")
    expect(link).to_be_focused()


def test_who_comes_when_too_many_wait_is_told_so_in_their_language_alone(
    serve, library, assistant, new_context, monkeypatch
):
    monkeypatch.setattr("rag.page.AT_ONCE", 1)
    monkeypatch.setattr("app.MOST_WAITING", 1)
    address = serve(lambda: library)
    assistant.gate.clear()
    try:
        pages = [opened(new_context(locale="zh-CN").new_page(), address) for _ in range(3)]
        for page in pages:  # one is answered, one waits
            ask(page, "queue")
            page.wait_for_timeout(500)
        expect(pages[-1].locator("#thread .notice")).to_contain_text("等候作答的人太多")
        expect(pages[-1].locator("#box textarea")).to_have_value("queue")
        notice = pages[-1].locator(".toast-body")  # Gradio's, in English
        expect(notice).to_have_count(1)
        assert notice.evaluate("e => getComputedStyle(e).display") == "none"
    finally:
        assistant.gate.set()
    idle(pages[0])
    idle(pages[1])
