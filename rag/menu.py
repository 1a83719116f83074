"""The page's top line, and the drawer with the reports and contents, as safe HTML."""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import count
from typing import TYPE_CHECKING

from rag import outline
from rag.captions import CAPTIONS, LANGUAGES, TITLE

if TYPE_CHECKING:
    from index.store import Index
    from rag.library import OpenReport
    from rag.upload import Limits

_NAMES = {"zh": "中文", "en": "English"}


def bar_html(language: str, report: str) -> str:
    """Return the top line: the way to the box, the report that is asked, what can be done."""
    labels = CAPTIONS[language]
    languages = "".join(
        f'<button type="button" data-act="language" data-text="{tongue}" '
        f'lang="{CAPTIONS[tongue]["tag"]}" aria-pressed="{str(tongue == language).lower()}">'
        f"{_NAMES[tongue]}</button>"
        for tongue in LANGUAGES
    )
    return (
        f'<div class="bar" data-tag="{labels["tag"]}" data-title="{TITLE}">'
        f'<a class="skip" href="#box">{labels["skip"]}</a>'
        f"<h1>{labels['title']}</h1>"
        f'<button type="button" data-act="menu" class="report" aria-expanded="false" '
        f'aria-controls="menu"><span class="icon" aria-hidden="true">☰</span>'
        f'<span class="sr">{labels["menu"]}: </span>'
        f'<span id="report">{escape(report or labels["opening"])}</span></button>'
        f'<div class="acts">'
        f'<button type="button" data-act="export" '
        f'title="{labels["export_help"]}">{labels["export"]}</button>'
        f'<button type="button" data-act="renew" id="new">{labels["new"]}</button>'
        f'<div role="group" class="languages" aria-label="{labels["languages"]}">{languages}</div>'
        f'</div><p id="say" role="status" class="sr"></p></div>'
    )


def reports_html(
    reports: Sequence["OpenReport"],
    chosen: str,
    language: str,
    limits: "Limits | None" = None,
    *,
    message: str = "",
    busy: bool = False,
) -> str:
    """Return the reports to choose from, and how an upload fares or why it failed."""
    labels = CAPTIONS[language]
    items = "".join(_report(report, chosen, language) for report in reports)
    told = f'<p role="status" class="told{" busy" if busy else ""}">{escape(message)}</p>'
    hint = ""
    if limits:
        text, pdf = (f"{size / 1024 / 1024:.3g}" for size in (limits.text, limits.pdf))
        large = escape(labels["large"].format("{name}", "{size}"))  # the page puts both in
        hint = (
            f'<p class="hint" data-text-size="{text}" data-pdf-size="{pdf}" data-large="{large}">'
            f"{labels['limits'].format(pdf, text, limits.each)}</p>"
        )
    return (
        f'<div class="head"><h2>{labels["reports"]}</h2>'
        f'<button type="button" id="menu-close" data-act="close" class="close">'
        f"{labels['close']}</button></div>"
        f'<fieldset class="reports"><legend class="sr">{labels["choose"]}</legend>{items}'
        f"</fieldset>{told}{hint}"
    )


def _report(report: "OpenReport", chosen: str, language: str) -> str:
    labels = CAPTIONS[language]
    size = labels["lines_in_all"].format(f"{report.lines:,}")
    if report.pages is not None:
        size = f"{labels['pages_in_all'].format(report.pages)} · {size}"
    title, name = escape(report.title), escape(report.id)
    checked = " checked" if report.id == chosen else ""
    remove = ""
    if report.removable:
        remove = (
            f'<button type="button" data-act="remove" data-text="{name}" class="remove" '
            f'aria-label="{labels["remove"]}: {title}">{labels["remove"]}</button>'
        )
    return (
        f'<div class="choice"><label><input type="radio" name="report" value="{name}" '
        f'data-change="choose"{checked}><span><span class="name">{title}</span>'
        f"<small>{size}</small></span></label>{remove}</div>"
    )


def outline_html(index: "Index", language: str) -> str:
    """Return the contents of a report: each section can be opened and asked about."""
    numbers = count()
    items = "".join(_section(top, language, numbers) for top in outline.outline(index))
    title = CAPTIONS[language]["contents"]
    return f'<h2>{title}</h2><ul class="outline" aria-label="{title}">{items}</ul>'


def _section(section: outline.Section, language: str, numbers: Iterator[int]) -> str:
    """Number the sections in reading order: by its number a section is asked for."""
    labels, number = CAPTIONS[language], next(numbers)
    title, translated = outline.heading(section.title, language)
    page = labels["page"].format(section.page) if section.page is not None else ""
    name = escape(f"{title}（{section.title}）" if translated else title)
    row = (
        f'<div class="section"><button type="button" data-act="open" data-text="{number}" '
        f'class="open">{name}<small>{page}</small></button>'
        f'<button type="button" data-ask="section" data-text="{number}" class="about" '
        f'aria-label="{labels["about"]}: {name}">{labels["about"]}</button></div>'
    )
    below = "".join(_section(child, language, numbers) for child in section.children)
    if not below:
        return f"<li>{row}</li>"
    return (
        f"<li>{row}<details><summary>{labels['below'].format(len(section.children))}"
        f'<span class="sr">: {name}</span></summary><ul>{below}</ul></details></li>'
    )
