"""An answer's Markdown -> safe HTML, its marks as links to the passages.

Answers are data: paragraphs, headings, lists, quotes, tables and bold survive; links, images,
HTML, code and formulas are shown as the characters they are made of.
"""

import re
from collections.abc import Container, Mapping
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any

from rag.captions import caption

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

FORMS = ("heading", "list", "blockquote", "table", "newline")
_MARK = re.compile(r"\[(\d{1,4})\]")
# Markdown's own stars fail beside Chinese punctuation
_STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_NUMBER = r"[+−-]?\(?[+−-]?[\d,]*\d(?:\.\d+)?%?\)?"
_WORKING = re.compile(rf"{_NUMBER}(?:\s*[÷×−+*/-]\s*{_NUMBER})+\s*=\s*{_NUMBER}")


def answer_html(text: str, numbers: Container[int], turn: int, language: str) -> str:
    """Return the answer to question ``turn`` as HTML; marks in ``numbers`` are links.

    ``language`` is the page's, for what a screen reader says of a link.
    """
    env = {"numbers": numbers, "turn": turn, "language": language}
    html: str = _markdown().render(text, env)
    return html


@cache
def _markdown() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("zero", {"html": False, "breaks": True, "xhtmlOut": False})
    markdown.enable(list(FORMS))
    markdown.add_render_rule("text", _text)
    for form in ("heading_open", "heading_close"):
        markdown.add_render_rule(form, _heading)
    return markdown


def _heading(_: Any, tokens: "list[Token]", at: int, *__: Any) -> str:
    """The question is the heading above: all headings of an answer stand one level below it."""
    return "<h3>" if tokens[at].nesting > 0 else "</h3>"


def _text(_: Any, tokens: "list[Token]", at: int, __: Any, env: Mapping[str, Any]) -> str:
    pieces = _MARK.split(tokens[at].content)
    pieces[::2] = [escape(piece, quote=False) for piece in pieces[::2]]
    pieces[1::2] = [_mark(number, env) for number in pieces[1::2]]
    html = _WORKING.sub(r'<span class="working">\g<0></span>', "".join(pieces))
    return _STRONG.sub(r"<strong>\1</strong>", html)


def link(number: int, turn: int, language: str) -> str:
    """Return a citation mark that leads to its passage; ``language`` is the page's."""
    name = caption(language, "source", number)
    return f'<a class="cite" href="#cite-{turn}-{number}" aria-label="{name}">[{number}]</a>'


def _mark(printed: str, env: Mapping[str, Any]) -> str:
    number = int(printed)
    if number not in env["numbers"]:
        return f"[{printed}]"
    return link(number, env["turn"], env["language"])
