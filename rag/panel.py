"""The passages of a conversation as safe HTML: cards with the place, the text and the quote."""

from collections.abc import Sequence
from html import escape

from index.passage import Passage
from rag.answer import Citation
from rag.captions import CAPTIONS, caption
from rag.cells import stated_cells
from rag.conversation import Turn
from rag.excerpt import excerpt_html
from rag.outline import heading


def panel_html(turns: Sequence[Turn], language: str, section: str = "") -> str:
    """Return the passages of every turn; all but those of the last one that has any are hidden.

    ``language`` is the page's; ``section`` is shown in place of all where it is given.
    """
    found = [(number, turn) for number, turn in enumerate(turns, start=1) if turn.evidence]
    close = caption(language, "close")
    head = (
        f'<div class="head"><h2>{caption(language, "passages")}</h2>'
        f'<button type="button" data-act="close" class="close">{close}</button></div>'
    )
    if not found and not section:
        return (
            f'{head}<div class="empty"><p>{caption(language, "empty")}</p>'
            f"<p>{caption(language, 'empty_more')}</p></div>"
        )
    sections = [section]
    for number, turn in found:
        hidden = "" if number == found[-1][0] and not section else " hidden"
        sections.append(
            f'<section class="evidence" id="evidence-{number}"{hidden}>'
            f"{_section(turn, number, language)}</section>"
        )
    return head + "".join(sections)


def section_html(passages: Sequence[Passage], title: str, language: str) -> str:
    """Return the passages of a section of the report, to be read by themselves."""
    cards = "".join(
        citation_html(Citation(0, passage, ""), 0, language, numbered=False) for passage in passages
    )
    name = caption(language, "section")
    return (
        f'<section class="evidence" id="evidence-0"><h3>{name}</h3>'
        f'<p class="asked">{escape(title)}</p>{cards}</section>'
    )


def _section(turn: Turn, number: int, language: str) -> str:
    answer, labels = turn.answer, CAPTIONS[language]
    shown = answer.citations if answer and answer.citations else turn.evidence
    # an answer numbers what it cites anew: what it did not cite has no number of its own
    used = {(citation.passage.id, citation.quote) for citation in shown}
    others = [c for c in turn.evidence if (c.passage.id, c.quote) not in used]
    title = labels["read" if answer is None else "cited" if answer.answered else "nearest"]
    text = answer.text if answer and answer.answered else ""
    html = f'<h3>{title}</h3><p class="asked">{escape(turn.question)}</p>'
    for citation in shown:
        html += citation_html(citation, number, language, text)
    if others:
        rest = "".join(citation_html(c, number, language, numbered=False) for c in others)
        summary = labels["uncited"].format(len(others))
        html += f"<details><summary>{summary}</summary>{rest}</details>"
    return html


def citation_html(
    citation: Citation, turn: int, language: str, answer: str = "", *, numbered: bool = True
) -> str:
    """Return one passage as a card: number, place in the report, text with the quote marked.

    The cells of a quoted row whose figures ``answer`` states are marked more.
    """
    passage, labels, number = citation.passage, CAPTIONS[language], citation.number
    stated = stated_cells(passage.text, citation.quote, answer, number) if answer else ()
    path = escape(" › ".join(passage.section))
    name = labels["source"].format(number) if numbered else labels["unnumbered"]
    identity = link = translation = ""
    if numbered:
        back = escape(labels["back"].format(number))
        identity = f' id="cite-{turn}-{number}"'
        link = (
            f'<a class="number" href="#back-{turn}-{number}" title="{back}" '
            f'aria-label="{back}">{number}</a>'
        )
    if citation.awaits_translation:
        translation = f'<div class="translation"><small>{labels["translating"]}</small></div>'
    elif english := citation.translation_so_far:
        translation = (
            f'<div class="translation"><small>{labels["translation"]}</small>'
            f'<p lang="en">{escape(english)}</p></div>'
        )
    return (
        f'<article class="citation"{identity} tabindex="-1" aria-label="{escape(name)}"><header>'
        f'{link}<div><div class="path">{path}</div>{_heading(passage, language)}'
        f'<div class="place">{escape(_place(citation, language))}</div></div></header>'
        f'<div class="passage" tabindex="0" role="group" '
        f'aria-label="{escape(labels["passage"].format(""))}{path}">'
        f"{excerpt_html(passage.text, citation.quote, stated)}</div>{translation}</article>"
    )


def _heading(passage: Passage, language: str) -> str:
    """The section's own heading in English, for those who read no Chinese."""
    own = passage.section[-1] if passage.section else ""
    english, translated = heading(own, language)
    return f'<div class="gloss" lang="en">{escape(english)}</div>' if translated else ""


def _place(citation: Citation, language: str) -> str:
    passage, labels = citation.passage, CAPTIONS[language]
    first, last = passage.lines
    place = [passage.report]
    if passage.page is not None:
        place.append(labels["page"].format(passage.page))
    place.append(labels["line" if first == last else "lines"].format(first, last))
    return " · ".join(place)
