"""Take the screenshots of the page at three sizes, in both languages, light and dark.

    .venv/bin/python tests/take_screenshots.py [FOLDER]

Without a folder the few that the README shows are taken anew, into tests/screenshots. The page is
served as it is for users, from the index of the settings; RAG_LLM=none makes it quick.
"""

import os
import shutil
import socket
import sys
import tempfile
from itertools import product
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect, sync_playwright

import app

SIZES = {"phone": (390, 844), "tablet": (820, 1180), "desktop": (1440, 900)}
LANGUAGES = {"zh": "zh-CN", "en": "en-GB"}
SCHEMES = ("light", "dark")
QUESTIONS = {
    "zh": ("2021年到2023年研发投入分别是多少？", "公司范围一排放是多少？"),
    "en": (
        "How many employees does the company have, men and women?",
        "What were Scope 1 emissions?",
    ),
}
KEPT = (
    "desktop-zh-light-answer", "desktop-en-dark-answer", "tablet-zh-dark-contents",
    "phone-en-light-welcome", "phone-en-light-answer", "phone-zh-dark-passage",
)  # fmt: skip
SHEET_HEIGHT = 450  # pixels of each picture on a sheet of all
COLOURS = 64  # of a kept picture: few are needed, and it stays small


def serve_page(*, warm: bool = False) -> str:
    """Serve the page on a free port, ``warm`` with its models loaded; return its address."""
    app.prepare_environment()
    from rag.library import Library
    from rag.page import Page

    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    library = Library.open()
    if warm:
        app.warm_up(library)
    app.serve(Page(lambda: library).blocks, "127.0.0.1", port, wait=False)
    return f"http://127.0.0.1:{port}/"


def take(tab: Tab, language: str, save) -> None:
    """Lead one tab through the states of the page."""
    expect(tab.locator("#report")).not_to_contain_text("…", timeout=60000)
    save("welcome")
    for number, question in enumerate(QUESTIONS[language], start=1):
        tab.locator("#box textarea").fill(question)
        tab.keyboard.press("Enter")
        expect(tab.locator(f"#turn-{number} .tools").first).to_be_visible(timeout=120000)
        tab.wait_for_timeout(1500)  # translations follow
        save("answer" if number == 1 else "refusal")
    tab.locator("#turn-1 .cite").first.click()
    tab.wait_for_timeout(2300)  # until what was sought is no longer framed
    save("passage")
    tab.keyboard.press("Escape")
    tab.locator("[data-act=menu]").click()
    tab.locator(".outline > li > details > summary").nth(2).click()
    tab.wait_for_timeout(400)
    save("contents")


def main(folder: Path | None) -> None:
    """Take all pictures into a folder; without one, replace those that are kept."""
    with tempfile.TemporaryDirectory() as temporary:
        taken = folder or Path(temporary)
        taken.mkdir(parents=True, exist_ok=True)
        take_all(taken)
        if folder is None:
            kept = Path(__file__).parent / "screenshots"
            for name in KEPT:
                shutil.copy(taken / f"{name}.png", kept)
            for state in ("answer", "passage"):
                sheet(taken, state).save(kept / f"all-{state}.png", optimize=True)
    os._exit(0)  # the server has threads that would wait for its next visitor


def sheet(folder: Path, state: str) -> Image.Image:
    """Put a state in all sizes, languages and colours on one picture: a language a row."""
    made = Image.new("RGB", (0, 0))
    for row, language in enumerate(LANGUAGES):
        left = 0
        for size, scheme in product(SIZES, SCHEMES):
            with Image.open(folder / f"{size}-{language}-{scheme}-{state}.png") as picture:
                small = picture.convert("RGB")
                small.thumbnail((SHEET_HEIGHT * 2, SHEET_HEIGHT))
            width, height = left + small.width, (row + 1) * SHEET_HEIGHT
            made = made.crop((0, 0, max(made.width, width), max(made.height, height)))
            made.paste(small, (left, row * SHEET_HEIGHT))
            left += small.width
    return made.quantize(COLOURS)


def take_all(target: Path) -> None:
    """Take the picture of every state of the page in every size, language and colour."""
    address = serve_page()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for size, language, scheme in product(SIZES, LANGUAGES, SCHEMES):
            series = f"{size}-{language}-{scheme}"
            width, height = SIZES[size]
            context = chromium.new_context(
                viewport={"width": width, "height": height},
                locale=LANGUAGES[language],
                color_scheme=scheme,
            )
            tab = context.new_page()
            tab.goto(address)

            def save(state: str, series: str = series, tab: Tab = tab) -> None:
                file = target / f"{series}-{state}.png"
                tab.screenshot(path=file)
                with Image.open(file) as picture:
                    picture.convert("RGB").quantize(COLOURS).save(file, optimize=True)

            take(tab, language, save)
            context.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
