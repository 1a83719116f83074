"""A conversation as safe HTML: each question with its answer and what can be done with it."""

from collections.abc import Sequence
from html import escape

from index.pieces import is_chinese
from rag.captions import CAPTIONS, EXAMPLES, LANGUAGES
from rag.chart import Chart
from rag.conversation import Turn
from rag.export import answer_as_markdown
from rag.plot import draw
from rag.prose import answer_html, link
from rag.sheet import to_csv


def welcome_html(language: str) -> str:
    """Return what stands in an empty conversation: what this is, and examples to ask."""
    labels = CAPTIONS[language]
    examples = [
        f'<li><button type="button" data-ask="example" lang="{CAPTIONS[tongue]["tag"]}" '
        f'data-text="{escape(example)}">{escape(example)}</button></li>'
        for tongue in sorted(LANGUAGES, key=lambda tongue: tongue != language)
        for example in EXAMPLES[tongue]
    ]
    return (
        f'<div class="welcome"><h2>{labels["welcome"]}</h2><p>{labels["welcome_more"]}</p>'
        f'<h3>{labels["try"]}</h3><ul class="examples">{"".join(examples)}</ul></div>'
    )


def past_html(turns: Sequence[Turn], language: str) -> str:
    """Return all turns but the last."""
    return "".join(
        turn_html(turn, number, language) for number, turn in enumerate(turns[:-1], start=1)
    )


def last_html(turns: Sequence[Turn], language: str, *, editing: bool = False) -> str:
    """Return the last turn, or the welcome where there is none."""
    if not turns:
        return welcome_html(language)
    return turn_html(turns[-1], len(turns), language, is_last=True, editing=editing)


def turn_html(
    turn: Turn, number: int, language: str, *, is_last: bool = False, editing: bool = False
) -> str:
    """Return one question with its answer; ``language`` is the page's."""
    labels = CAPTIONS[language]
    kind = "turn editing" if editing else "turn"
    html = (
        f'<article class="{kind}" id="turn-{number}" aria-labelledby="asked-{number}">'
        f'<h2 class="question" id="asked-{number}"><span class="sr">{labels["you"]}: </span>'
        f"{escape(turn.question)}</h2>"
    )
    if is_last:
        status = escape(_status(turn, language, editing=editing))
        html += f'<p role="status" class="status">{status}</p>'
    html += _reply(turn, number, language)
    if turn.more.chart:
        html += _chart(turn.more.chart, number, language)
    if not turn.pending:
        html += _tools(turn, number, language, is_last=is_last)
        html += _reason(turn, number, language)
        html += _following(turn, language) if is_last else ""
    return f"{html}</article>"


def _status(turn: Turn, language: str, *, editing: bool) -> str:
    labels = CAPTIONS[language]
    if editing:
        return labels["editing"]
    if not turn.pending:
        return ""
    if turn.place:
        return labels["waiting"].format(turn.place)
    return labels["writing" if turn.evidence else "searching"]


def _reply(turn: Turn, number: int, language: str) -> str:
    answer, own = turn.answer, CAPTIONS[turn.language]
    citations = answer.citations if answer else turn.evidence
    text = answer.text if answer else turn.text
    parts = []
    if answer and answer.question.strip() != turn.question.strip():
        parts.append(_line("understood", own["understood"] + answer.question))
    if text:
        numbers = {citation.number for citation in citations}
        parts.append(f'<div class="answer">{answer_html(text, numbers, number, language)}</div>')
    if turn.pending and turn.draft:
        name = own["draft"]  # it changes at each word: a screen reader waits for what is checked
        parts.append(
            f'<p class="draft" aria-hidden="true"><small>{name}</small> {escape(turn.draft)}</p>'
        )
    if turn.notice:  # in the language that the page had when it came
        tag = CAPTIONS["zh" if is_chinese(turn.notice) else "en"]["tag"]
        parts.append(_line("notice", turn.notice, tag))
    if answer and answer.checks:
        failed = [check.detail for check in answer.checks if not check.passed]
        passed = [check.detail for check in answer.checks if check.passed]
        space = "" if turn.language == "zh" else " "
        if passed:
            parts.append(_line("checks passed", own["passed"] + space.join(passed)))
        if failed:
            parts.append(_line("checks doubtful", own["doubtful"] + space.join(failed)))
    return f'<div class="reply" lang="{own["tag"]}">{"".join(parts)}</div>' if parts else ""


def _chart(chart: Chart, number: int, language: str) -> str:
    """Return the chart of an answer with its sources, and its figures to be taken along."""
    labels = CAPTIONS[language]
    figures, done = to_csv(chart), labels["copied"]
    plain = figures.lstrip("\ufeff")
    sources = " ".join(link(citation.number, number, language) for citation in chart.citations)
    note = f" {escape(chart.note)}" if chart.note else ""
    taken = _button("copy", number, labels["copy_figures"], text=plain, done=done)
    saved = _button(
        "save", number, labels["csv"], text=figures, name=f"{chart.title}.csv", type="text/csv"
    )
    return (
        f'<div class="drawn" lang="{CAPTIONS[chart.language]["tag"]}">{draw(chart)}'
        f'<p class="from">{labels["from"]} {sources}{note}</p>'
        f'<div class="tools">{taken}{saved}</div></div>'
    )


def _line(kind: str, text: str, tag: str = "") -> str:
    lang = f' lang="{tag}"' if tag else ""
    return f'<p class="{kind}"{lang}>{escape(" ".join(text.split()))}</p>'


def _tools(turn: Turn, number: int, language: str, *, is_last: bool) -> str:
    labels = CAPTIONS[language]
    buttons = []
    if turn.evidence:
        shown = turn.answer.citations if turn.answer else turn.evidence
        count = len(shown or turn.evidence)
        buttons.append(_button("sources", number, labels["sources"].format(count)))
    if turn.answer:
        text, help_ = answer_as_markdown(turn.answer), labels["copy_help"]
        done = labels["copied"]
        buttons.append(_button("copy", number, labels["copy"], text=text, done=done, title=help_))
        buttons += _thumbs(turn, number, language)
    if is_last:
        buttons.append(_button("retry", number, labels["retry"], event="ask"))
        buttons.append(_button("edit", number, labels["edit"]))
    return f'<div class="tools">{"".join(buttons)}</div>'


def _thumbs(turn: Turn, number: int, language: str) -> list[str]:
    labels = CAPTIONS[language]
    if turn.vote:
        return [f'<span role="status" class="voted">{labels["thanks"]}</span>']
    return [
        _button("vote", number, labels["up"], text="up"),
        f'<button type="button" data-act="fold" aria-expanded="false" '
        f'aria-controls="why-{number}">{labels["down"]}</button>',
    ]


def _reason(turn: Turn, number: int, language: str) -> str:
    """Return the form that asks what is wrong with an answer; it opens at a press."""
    if not turn.answer or turn.vote:
        return ""
    labels = CAPTIONS[language]
    options = "".join(f"<option>{reason}</option>" for reason in labels["reasons"].split("|"))
    return (
        f'<form class="why" id="why-{number}" data-submit="vote" data-turn="{number}" '
        f'data-text="down" hidden><label>{labels["why"]} <select name="reason">{options}</select>'
        f'</label><label>{labels["words"]} <input name="words" maxlength="500" autocomplete="off">'
        f'</label><div class="tools"><button type="submit">{labels["send_vote"]}</button>'
        f'<button type="button" data-act="fold" aria-controls="why-{number}">'
        f"{labels['cancel']}</button></div></form>"
    )


def _following(turn: Turn, language: str) -> str:
    """Return what can be asked next, in the language of the answer."""
    tag = CAPTIONS[turn.language]["tag"]
    items = "".join(
        f'<li><button type="button" data-ask="next" lang="{tag}" data-text="{escape(question)}">'
        f"{escape(question)}</button></li>"
        for question in turn.more.following
    )
    title = CAPTIONS[language]["next"]
    return f'<div class="next"><h3>{title}</h3><ul>{items}</ul></div>' if items else ""


def _button(
    act: str, turn: int, label: str, *, event: str = "act", title: str = "", **data: str
) -> str:
    more = "".join(f' data-{name}="{escape(value)}"' for name, value in data.items())
    more += f' title="{escape(title)}"' if title else ""
    return f'<button type="button" data-{event}="{act}" data-turn="{turn}"{more}>{label}</button>'
