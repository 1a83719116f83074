"""A conversation -> safe Markdown for the chat and safe HTML for the passages beside it.

Questions, answers and reports are data: every character that could mean something to Markdown or
to HTML is written as an entity, and the few forms that an answer may use are then let back in.
"""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

from rag.conversation import Turn

if TYPE_CHECKING:
    from rag import Citation

LABELS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "searching": "正在报告中查找依据…",
        "writing": "已找到依据，正在作答…",
        "stopped": "已停止。",
        "failed": "出错了，未能作答。您的问题已放回输入框，可以再试一次；"
        "详细信息见运行本程序的终端。",
        "understood": "理解为：",
        "passed": "已核对：",
        "doubtful": "请留意：",
        "cited": "引用的原文",
        "nearest": "报告中最接近的原文",
        "read": "找到的原文",
        "uncited": "读过但未引用的原文",
        "page": "第 {} 页",
        "line": "第 {} 行",
        "lines": "第 {}–{} 行",
        "translation": "引文译文（机器翻译，以原文为准）",
    },
    "en": {
        "searching": "Looking for evidence in the report…",
        "writing": "Evidence found, writing the answer…",
        "stopped": "Stopped.",
        "failed": "Something went wrong and there is no answer. Your question is back in the box, "
        "so that you can try again; the details are in the terminal that runs this program.",
        "understood": "Understood as: ",
        "passed": "Checked: ",
        "doubtful": "Please note: ",
        "cited": "Passages cited",
        "nearest": "Nearest passages in the report",
        "read": "Passages found",
        "uncited": "Passages read but not cited",
        "page": "page {}",
        "line": "line {}",
        "lines": "lines {}–{}",
        "translation": "Translation of the quote (by machine; the original counts)",
    },
}
_MARK = re.compile(r"\[(\d{1,4})\]")
_LEAD = re.compile(r"((?:> ?)*)(?:([-*+]|\d{1,9}[.)]|#{1,6})\s+)?(.*)", re.DOTALL)
_RULE = re.compile(r"\|[\s:|-]+")
_SPECIAL = re.compile(r"""[&<>"\[\]`~_\\*${}^=|#@/]|(?<=[wW]{3})\.|^(?:[-+]|\d{1,9}[.)])""")
_STRONG = re.compile(r"&#42;&#42;(?=\S)(.+?)(?<=\S)&#42;&#42;")


def literal(text: str) -> str:
    """Return Markdown that shows the text as it stands."""
    return "\n".join(_encoded(line.strip()) for line in text.splitlines())


def _encoded(line: str) -> str:
    return _SPECIAL.sub(lambda match: "".join(f"&#{ord(sign)};" for sign in match[0]), line)


def answer_markdown(text: str, numbers: Container[int], turn: int) -> str:
    """Return the answer as Markdown with its marks as links to the passages of the turn.

    Paragraphs, headings, lists, quotes, tables and bold survive; links, images, HTML, code and
    formulas are shown as the characters they are made of.
    """

    def inline(part: str) -> str:
        pieces = _MARK.split(part)
        pieces[::2] = map(_encoded, pieces[::2])
        pieces[1::2] = [
            f"[[{number}]](#cite-{turn}-{number})"
            if int(number) in numbers
            else f"&#91;{number}&#93;"
            for number in pieces[1::2]
        ]
        # Markdown's own stars fail beside Chinese punctuation
        return _STRONG.sub(r"<strong>\1</strong>", "".join(pieces))

    def line(source: str) -> str:
        stripped = source.strip()
        if stripped.startswith("|"):
            cells = stripped.split("|")
            return stripped if _RULE.fullmatch(stripped) else "|".join(map(inline, cells))
        # deeper than three spaces would be a code block
        indent = " " * min(3, len(source) - len(source.lstrip()))
        parts: tuple[str, str, str] = _LEAD.findall(stripped)[0]
        quote, marker, rest = parts
        bullet = "-" if marker in {"*", "+"} else marker
        return indent + quote + (bullet and f"{bullet} ") + inline(rest)

    return "\n".join(map(line, text.splitlines()))


def messages(turns: Sequence[Turn]) -> list[dict[str, str]]:
    """Return the conversation as the chat shows it."""
    shown = []
    for number, turn in enumerate(turns, start=1):
        shown.append({"role": "user", "content": literal(turn.question)})
        shown.append({"role": "assistant", "content": _reply(turn, number)})
    return shown


def _reply(turn: Turn, number: int) -> str:
    answer, labels = turn.answer, LABELS[turn.language]
    citations = answer.citations if answer else turn.evidence
    text = answer.text if answer else turn.text
    parts = [answer_markdown(text, {citation.number for citation in citations}, number)]
    if turn.pending and not text:
        parts = [_aside("waiting", labels["writing" if turn.evidence else "searching"])]
    if turn.notice:
        parts.append(_aside("notice", turn.notice))
    if answer and answer.question.strip() != turn.question.strip():
        parts.insert(0, _aside("understood", labels["understood"] + answer.question))
    if answer and answer.checks:
        failed = [check.detail for check in answer.checks if not check.passed]
        details = failed or [check.detail for check in answer.checks]
        kind = "doubtful" if failed else "passed"
        space = "" if turn.language == "zh" else " "
        parts.append(_aside(f"checks {kind}", labels[kind] + space.join(details)))
    return "\n\n".join(filter(None, parts))


def _aside(kind: str, text: str) -> str:
    return f'<span class="{kind}">{literal(" ".join(text.split()))}</span>'


def panel_html(turns: Sequence[Turn]) -> str:
    """Return the passages of every turn, all but those of the last one that has any hidden."""
    found = [(number, turn) for number, turn in enumerate(turns, start=1) if turn.evidence]
    sections = []
    for number, turn in found:
        hidden = "" if number == found[-1][0] else " hidden"
        sections.append(f'<section class="evidence"{hidden}>{_section(turn, number)}</section>')
    return "".join(sections)


def _section(turn: Turn, number: int) -> str:
    cited = turn.answer.citations if turn.answer else ()
    used = {citation.number for citation in cited}
    others = [citation for citation in turn.evidence if citation.number not in used]
    labels = LABELS[turn.language]
    title = labels["cited" if cited else "nearest" if turn.answer else "read"]
    cards = [citation_html(citation, number, turn.language) for citation in cited or others]
    html = f'<h2>{title}</h2><p class="asked">{escape(turn.question)}</p>'
    html += "".join(cards)
    if cited and others:
        rest = "".join(citation_html(citation, number, turn.language) for citation in others)
        html += f"<details><summary>{labels['uncited']} ({len(others)})</summary>{rest}</details>"
    return html


def citation_html(citation: "Citation", turn: int, language: str) -> str:
    """Return one passage as a card: number, place in the report, text with the quote marked."""
    passage, labels = citation.passage, LABELS[language]
    first, last = passage.lines
    place = [passage.report]
    if passage.page is not None:
        place.append(labels["page"].format(passage.page))
    place.append(labels["line" if first == last else "lines"].format(first, last))
    translation = ""
    if citation.translation:
        translation = (
            f'<div class="translation"><small>{labels["translation"]}</small>'
            f"<p>{escape(citation.translation)}</p></div>"
        )
    return (
        f'<article class="citation" id="cite-{turn}-{citation.number}"><header>'
        f'<a class="number" href="#back-{turn}-{citation.number}">{citation.number}</a>'
        f'<div><div class="path">{escape(" › ".join(passage.section))}</div>'
        f'<div class="place">{escape(" · ".join(place))}</div></div></header>'
        f'<div class="passage" tabindex="0">{passage_html(passage.text, citation.quote)}</div>'
        f"{translation}</article>"
    )


def passage_html(text: str, quote: str) -> str:
    """Return the text as paragraphs and tables, the first place of the quote in <mark>."""
    start = text.find(quote) if quote else -1
    span = (start, start + len(quote)) if start >= 0 else (0, 0)
    html: list[str] = []
    rows: list[tuple[int, str]] = []
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    for i, line in enumerate(lines):
        if "\t" in line or (rows and line.strip() and "\t" in "".join(lines[i + 1 : i + 2])):
            rows.append((starts[i], line))
            continue
        html += _table(rows, span)
        rows = []
        if line.strip():
            html.append(f"<p>{_marked(line, starts[i], span)}</p>")
    return "".join([*html, *_table(rows, span)])


def _table(rows: Sequence[tuple[int, str]], span: tuple[int, int]) -> Iterator[str]:
    if not rows:
        return
    width = max(row.count("\t") + 1 for _, row in rows)
    yield "<table>"
    for start, row in rows:
        cited = ' class="cited"' if start < span[1] and span[0] < start + len(row) else ""
        cells = row.split("\t")
        if not any(cell.strip() for cell in cells[1:]):  # the name of a group of rows
            yield f"<tr{cited}><td colspan={width}>{_marked(cells[0], start, span)}</td></tr>"
            continue
        yield f"<tr{cited}>"
        at = start
        for cell in [*cells, *[""] * (width - len(cells))]:
            yield f"<td>{_marked(cell, at, span)}</td>"
            at += len(cell) + 1
        yield "</tr>"
    yield "</table>"


def _marked(text: str, start: int, span: tuple[int, int]) -> str:
    first, last = (min(max(0, place - start), len(text)) for place in span)
    if first >= last:
        return escape(text)
    quoted = f"<mark>{escape(text[first:last])}</mark>"
    return escape(text[:first]) + quoted + escape(text[last:])
