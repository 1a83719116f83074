import pytest
from fake_assistant import REPORT
from page_fixtures import ask, idle, opened

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:'future.no_silent_downcasting'"),  # Gradio's own
]
expect = pytest.importorskip("playwright.sync_api").expect
TITLE = "乙公司 2023 年报告 <img src=http://evil.test/a.png onerror=window.hacked=1>"


def upload(page, tmp_path, name, data):
    file = tmp_path / name
    file.write_bytes(data)
    page.locator("#add").locator("xpath=..").locator("input[type=file]").set_input_files(file)


@pytest.fixture
def menu(chat):
    chat.get_by_role("button", name="Reports and contents").click()
    expect(chat.locator("#reports .choice")).to_have_count(1)
    return chat


def test_a_report_is_added_asked_and_removed(menu, tmp_path, requested):
    upload(menu, tmp_path, "b.txt", f"{TITLE}\n正文。".encode())
    expect(menu.locator("#reports .told")).to_contain_text("Reading b.txt: 50 %")
    expect(menu.locator("#reports .told")).to_contain_text("Added: b.txt")
    expect(menu.locator("#reports input:checked")).to_have_count(1)
    expect(menu.locator("#reports .choice").nth(1).locator("input")).to_be_checked()
    expect(menu.locator("#report")).to_have_text(TITLE)
    menu.keyboard.press("Escape")
    ask(menu, "研发投入是多少？")
    idle(menu)
    expect(menu.locator("#cite-1-1 .place")).to_contain_text(TITLE)
    menu.get_by_role("button", name="Reports and contents").click()
    menu.get_by_label(REPORT).click()
    expect(menu.locator("#report")).to_have_text(REPORT)
    menu.get_by_label("Remove").click()
    expect(menu.locator("#reports .told")).to_have_text("Removed.")
    expect(menu.locator("#reports .choice")).to_have_count(1)
    expect(menu.locator("#reports input")).to_be_checked()
    assert menu.evaluate("window.hacked") is None
    assert set(requested) == {"127.0.0.1"}


def test_the_chosen_report_that_is_removed_gives_way_to_the_first(menu, tmp_path, address):
    upload(menu, tmp_path, "c.txt", "丙公司\n正文。。".encode())
    expect(menu.locator("#report")).to_have_text("丙公司")
    menu.get_by_role("button", name="中文").click(force=True)
    menu.goto(address)
    expect(menu.locator("#report")).to_have_text("丙公司")  # kept over a reload
    menu.locator("[data-act=menu]").click()
    menu.locator("#reports .remove").click()
    expect(menu.locator("#report")).to_have_text(REPORT)
    expect(menu.locator("#reports input")).to_be_checked()


def test_one_visitor_s_report_is_not_another_s(menu, tmp_path, address, new_context):
    upload(menu, tmp_path, "d.txt", "丁公司\n正文。。。".encode())
    expect(menu.locator("#reports .choice")).to_have_count(2)
    other = opened(new_context().new_page(), address)
    other.locator("[data-act=menu]").click()
    expect(other.locator("#reports .choice")).to_have_count(1)


def test_a_damaged_upload_is_told_and_harms_nothing(menu, tmp_path):
    upload(menu, tmp_path, "e.txt", b"\0\0")
    expect(menu.locator("#reports .told")).to_have_text("This is no text.")
    expect(menu.locator("#reports .choice")).to_have_count(1)
    menu.keyboard.press("Escape")
    ask(menu, "研发投入是多少？")
    idle(menu)
    expect(menu.locator("#cite-1-1")).to_be_visible()


@pytest.mark.parametrize(
    ("language", "other", "large"),
    [
        ("English", "a.doc is no .pdf, .txt or .md file", "big<b>.txt is too large: at most 5 MB"),
        ("中文", "a.doc 不是 .pdf、.txt、.md 文件", "big<b>.txt 太大：此处最多读取 5 MB"),
    ],
)
def test_what_is_not_taken_is_told_in_the_language_of_the_page(
    menu, tmp_path, language, other, large
):
    menu.get_by_role("button", name=language).click(force=True)
    expect(menu.locator("#menu-close")).to_have_text({"English": "Close", "中文": "关闭"}[language])
    told = menu.locator("#reports .told")
    upload(menu, tmp_path, "a.doc", b"x")
    expect(told).to_contain_text(other)
    upload(menu, tmp_path, "big<b>.txt", b"x" * (30 * 1024 * 1024))
    expect(told).to_contain_text(large)
    expect(menu.locator(".toast-body")).to_have_count(0)
    upload(menu, tmp_path, "big<b>.txt", "庚公司\n正文。".encode())  # the same name, mended
    expect(menu.locator("#report")).to_have_text("庚公司")
