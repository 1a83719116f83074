"""Mark-up of Markdown, HTML and LaTeX -> the words that a reader sees."""

import html
import re
from collections.abc import Sequence

_TAG = re.compile(
    r"</?(?:a|b|i|u|s|p|em|br|hr|td|th|tr|ul|ol|li|col|div|img|sup|sub|del|ins|pre|code|font|span"
    r"|html|body|mark|small|thead|tbody|tfoot|table|strong|center|caption|figure|figcaption"
    r"|colgroup|h[1-6])\b[^<>]{0,600}>",
    re.IGNORECASE,
)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_IMAGE = re.compile(r"!\[([^\[\]]{0,300})\]\([^()\n]{0,600}\)")
_IMAGE_TAG = re.compile(r"<img\b([^<>]{0,600})>", re.IGNORECASE)
_ALT = re.compile(r"\balt\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_NO_ALT = re.compile(r"(image|img|picture|figure|图片|图像|插图)?[\s\d_.-]*", re.IGNORECASE)
_LINK = re.compile(r"\[([^\[\]]{0,300})\]\([^()\n]{0,600}\)")
_SCRIPT = re.compile(r"<(su[pb])\b[^<>]{0,100}>\s*([\d+\-]{1,6})\s*</\1>", re.IGNORECASE)
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_LOWERED = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
_FORMULA = re.compile(r"\$([^$\n]{1,200})\$")
_COMMAND = re.compile(r"\\(?:mathrm|text|mathbf|textbf|operatorname|mathit)\s*\{([^{}]*)\}")
_LATEX = {
    r"\%": "%", r"\sim": "~", r"\times": "×", r"\leqslant": "≤", r"\leq": "≤", r"\le": "≤",
    r"\geqslant": "≥", r"\geq": "≥", r"\ge": "≥", r"\pm": "±", r"\cdot": "·", r"\circ": "°",
    r"\&": "&", r"\$": "$", r"\_": "_", r"\,": "", r"\;": " ", "~": " ",
}  # fmt: skip
_BOX = re.compile(r"^([ \t]{0,20}(?:[-*•] )?)\[([ xX])\] ", re.MULTILINE)
_TABLE_TAG = re.compile(r"</?(?:table|thead|tbody|tfoot|tr|td|th)\b", re.IGNORECASE)
_PIPES = re.compile(r"\s*\|.*\|\s*$")
_SEPARATOR = re.compile(r"(\|\s*)?:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?")
_UNESCAPED_PIPE = re.compile(r"(?<!\\)\|")


def plain_text(text: str) -> str:
    """Take the mark-up out: tags, links, stars and formulas give way to the words in them."""
    if not re.search(r"[<!\[*$&]", text):
        return text
    if "<" in text:
        text = blank_comments(text, "")
        text = _SCRIPT.sub(_script, text)
        text = _IMAGE_TAG.sub(_alternative, text)
        text = _TAG.sub("", _BREAK.sub(" ", text))
    text = _BOX.sub(_box, text)
    text = _IMAGE.sub(lambda found: "" if _NO_ALT.fullmatch(found[1]) else found[1], text)
    text = _FORMULA.sub(_formula, _LINK.sub(r"\1", text))
    return html.unescape(text).replace("**", "")


def blank_comments(text: str, blank: str = " ") -> str:
    """Put blanks in the place of comments, so that every other character keeps its own."""
    pieces: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        pieces += [text[at:start], re.sub(r"[^\n]", blank, text[start : end + 3])]
        at = end + 3
    return "".join([*pieces, text[at:]])


def _script(found: re.Match[str]) -> str:
    raised = found[1].casefold() == "sup"
    return found[2].translate(_RAISED if raised else _LOWERED)


def _box(found: re.Match[str]) -> str:
    """A box of a list: one that is ticked says nothing more, an empty one is seen."""
    return f"{found[1]}☐ " if found[2] == " " else found[1]


def _alternative(found: re.Match[str]) -> str:
    alt = _ALT.search(found[1])
    words = (alt[1] or alt[2] or "") if alt else ""
    return "" if _NO_ALT.fullmatch(words) else words


def _formula(found: re.Match[str]) -> str:
    r"""The words of a formula that is no real one: 29.7\% or CO_2; prices in dollars stay."""
    inner = found[1]
    if not re.search(r"[\\{}_^]", inner):
        return found[0] if re.search(r"[\u4e00-\u9fff]|\d\s", inner) else inner
    inner = _COMMAND.sub(r"\1", inner)
    for command, sign in _LATEX.items():
        inner = inner.replace(command, sign)
    inner = re.sub(r"\^\{?([\d+\-]+)\}?", lambda m: m[1].translate(_RAISED), inner)
    inner = re.sub(r"_\{?([\d+\-]+)\}?", lambda m: m[1].translate(_LOWERED), inner)
    inner = inner.replace("{", "").replace("}", "")
    return re.sub(r"(?<=[\d.,%~])\s+(?=[\d.,%~])", "", inner).strip()


def without_outer_tags(text: str) -> str:
    """Take the tags around a text away, such as <center> and its end; those inside stay."""
    while (found := _TAG.match(text)) and found.end() < len(text):
        text = text[found.end() :].lstrip()
    while text.endswith(">"):
        start = text.rfind("<")
        if start <= 0 or not _TAG.fullmatch(text, start):
            break
        text = text[:start].rstrip()
    return text


def is_picture(line: str) -> bool:
    """Whether a line holds pictures, rules or comments and no words."""
    if not re.search(r"[<!]", line) or len(line) > 4000 or _TABLE_TAG.search(line):
        return False
    return not plain_text(line).strip()


def is_pipe_row(line: str) -> bool:
    """Whether a line is a row of a Markdown table."""
    return _PIPES.match(line) is not None


def is_separator(line: str) -> bool:
    """Whether a line only parts the header of a Markdown table from its rows."""
    return _SEPARATOR.fullmatch(line.strip()) is not None


def is_table_line(line: str) -> bool:
    """Whether a line belongs to a table with mark-up, in HTML or in pipes."""
    return is_pipe_row(line) or ("<" in line and _TABLE_TAG.search(line) is not None)


def pipe_cells(line: str) -> list[str]:
    """The cells of a pipe row, without mark-up."""
    line = line.strip().removeprefix("|").removesuffix("|")
    cells = _UNESCAPED_PIPE.split(line)
    return [plain_text(cell).replace("\\|", "|").strip() for cell in cells]


def html_table_spans(lines: Sequence[str]) -> list[range]:
    """The positions of the lines that each HTML table takes, from <table> to </table>.

    A table that is never closed ends with the last line that has a tag of tables.
    """
    spans: list[range] = []
    start, depth, last = 0, 0, 0
    for position, line in enumerate(lines):
        if "<" not in line:
            continue
        lowered = line.casefold()
        opened, closed = lowered.count("<table"), lowered.count("</table")
        if depth == 0:
            start = position
        if opened or depth:
            depth = max(0, depth + opened - closed)
            last = position if _TABLE_TAG.search(line) else last
            if depth == 0:
                spans.append(range(start, position + 1))
    if depth:
        spans.append(range(start, last + 1))
    return spans
