"""Time the page: from Enter until the evidence, the first words, and the first checked ones.

    .venv/bin/python tests/time_page.py [NUMBER]

Asks so many of the development questions (40), evenly over their kinds, in Chromium, each in a
conversation of its own, with the index and the model of the settings. The first words may be those
of a draft, which the page shows as one.
"""

import os
import shutil
import sys
from statistics import median, quantiles

from page_fixtures import WATCH
from playwright.sync_api import Browser, expect, sync_playwright
from take_screenshots import LANGUAGES, serve_page

from eval.questions import choose, load_questions
from eval.sample import sample
from eval.table import text_table

MOMENTS = ("evidence", "words", "checked")
READING = 6000  # milliseconds: translations of the answer before use the model, too


def main(number: int) -> None:
    """Ask, and print a table."""
    questions = [each for each in choose(load_questions(), split="dev") if not each.history]
    address = serve_page(warm=True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        times: dict[str, list[dict[str, float]]] = {language: [] for language in LANGUAGES}
        for question in sample(questions, number):
            taken = timed(chromium, address, question.question)
            times[question.language].append(taken)
            print({name: round(each, 2) for name, each in taken.items()}, question.question)
    print(text_table(rows(times)))
    os._exit(0)  # the server has threads that would wait for its next visitor


def timed(chromium: Browser, address: str, question: str) -> dict[str, float]:
    """Ask one question; return the seconds until each moment."""
    context = chromium.new_context()
    tab = context.new_page()
    tab.goto(address)
    expect(tab.locator("#report")).not_to_contain_text("…", timeout=60000)
    tab.evaluate(WATCH)
    tab.locator("#box textarea").fill(question)
    tab.keyboard.press("Enter")
    expect(tab.locator("#turn-1 .tools").first).to_be_visible(timeout=240000)
    taken = tab.evaluate("window.times")
    tab.wait_for_timeout(READING)
    context.close()
    return {name: milliseconds / 1000 for name, milliseconds in taken.items()}


def rows(times: dict[str, list[dict[str, float]]]) -> list[list[str]]:
    """Set median, p90 and the share within three seconds beside each other."""
    table = [["seconds from Enter", "questions", "median", "p90", "within 0.5 s", "within 3 s"]]
    for language, moment in ((each, name) for each in times for name in MOMENTS):
        taken = [each[moment] for each in times[language] if moment in each]
        share = [sum(each <= most for each in taken) / len(taken) for most in (0.5, 3)]
        figures = [f"{median(taken):.2f}", f"{quantiles(taken, n=10)[-1]:.2f}"]
        shares = [f"{100 * each:.0f} %" for each in share]
        table.append([f"{language}, {moment}", str(len(taken)), *figures, *shares])
    return table


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
