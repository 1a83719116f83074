"""Write a run as one HTML page and as Markdown, to be read without a network."""

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from pydantic import ValidationError

from eval.plots import bars, steps
from eval.questions import Fact
from eval.record import Cited, Record, load_records
from eval.reliability import reliability
from eval.run import SUMMARY, Finished
from eval.summary import Summary, means
from eval.table import Rows, kind_rows, markdown_table, split_rows, summary_rows
from index.errors import ReportError

HTML, MARKDOWN = "report.html", "report.md"
NOTE = (
    "Mean [95 % bootstrap interval] /number of values. The gap is Chinese minus English over the "
    "parallel pairs. The held-out half counts in the totals and is not shown."
)


def write_report(folder: Path) -> tuple[Path, Path]:
    """Write ``report.html`` and ``report.md`` into the folder of a finished run."""
    records = load_records(folder)
    try:
        finished = Finished.model_validate_json((folder / SUMMARY).read_text(encoding="utf-8"))
    except (OSError, ValidationError) as error:
        raise ReportError(
            f"The run in {folder} is not finished. Go on with: --resume --out {folder}",
            f"{folder} 中的评测尚未完成。请加 --resume --out {folder} 继续。",
        ) from error
    html, markdown = folder / HTML, folder / MARKDOWN
    html.write_text(html_report(finished, records), encoding="utf-8")
    markdown.write_text(markdown_report(finished), encoding="utf-8")
    return html, markdown


def markdown_report(finished: Finished) -> str:
    """Set the totals, and the kinds of the dev half, as Markdown."""
    parts = [
        "# Evaluation",
        _about(finished),
        NOTE,
        markdown_table(summary_rows(finished.summary)),
    ]
    if finished.summary.has_halves:
        parts.append(markdown_table(split_rows(finished.summary)))
    if finished.summary.kinds:
        parts.append(markdown_table(kind_rows(finished.summary)))
    return "\n\n".join(parts) + "\n"


def html_report(finished: Finished, records: Sequence[Record]) -> str:
    """Set totals, plots and every question of the dev half as one page."""
    style, script = (Path(__file__).with_suffix(end).read_text("utf-8") for end in (".css", ".js"))
    dev = [record for record in records if record.question.split == "dev"]
    body = [
        f"<h1>Evaluation</h1><p>{escape(_about(finished))}</p><p>{escape(NOTE)}</p>",
        _table(summary_rows(finished.summary)),
        _table(split_rows(finished.summary)) if finished.summary.has_halves else "",
        *_plots(finished.summary, records, dev),
        f"<h2>By kind, dev half</h2>{_table(kind_rows(finished.summary))}",
        "<h2>Questions of the dev half</h2>",
        _filters(dev),
        *map(_question, dev),
    ]
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Evaluation</title>'
        '<meta name="viewport" content="width=device-width">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'; script-src 'unsafe-inline'\">"
        f"<style>{style}</style>{''.join(body)}<script>{script}</script></html>\n"
    )


def _about(finished: Finished) -> str:
    settings = finished.settings
    model = "search only" if settings.search_only else settings.llm or "the model of the settings"
    embedder = f", {settings.embedder}" if settings.embedder else ""
    return (
        f"{finished.summary.questions} questions; {settings.system}, {model}{embedder}; "
        f"figures that nothing supports: {finished.summary.wrong_figures}; "
        f"memory: {finished.peak_memory_mb} MB at most."
    )


def _plots(summary: Summary, records: Sequence[Record], dev: Sequence[Record]) -> list[str]:
    kinds = sorted(summary.kinds)
    by_kind = {
        (kind, language): means(
            record
            for record in dev
            if (record.question.kind, record.question.language) == (kind, language)
        )
        for kind in kinds
        for language in ("zh", "en")
    }
    plots = [
        bars(
            title,
            {
                kind: {each: by_kind[kind, each].get(measure) for each in ("zh", "en")}
                for kind in kinds
                if any(measure in by_kind[kind, each] for each in ("zh", "en"))
            },
        )
        for measure, title in (
            ("hit@4", "Evidence of every fact in the first 4 passages, dev half"),
            ("right_answer", "Right answers, dev half"),
        )
        if any(measure in row for row in by_kind.values())
    ]
    refusals = {
        label: {each: summary.groups[each].get(measure) for each in ("zh", "en")}
        for measure, label in (
            ("right_refusal", "Unanswerable, refused"),
            ("answerable_refused", "Answerable, refused"),
            ("refusal_precision", "Refused, rightly"),
        )
    }
    if any(found for row in refusals.values() for found in row.values()):
        plots.append(bars("Refusals", refusals))
    fifths = reliability(records)
    if fifths:
        plots.append(bars("Calibration of refusals: fifths by the first passage's score", fifths))
    times = {
        each: [r.seconds["end"] for r in records
               if r.question.language == each and "end" in r.seconds]
        for each in ("zh", "en")
    }  # fmt: skip
    if any(times.values()):
        plots.append(steps("Share of answers that are finished after so many seconds", times))
    return plots


def _table(rows: Rows) -> str:
    head = "".join(f"<th>{escape(text)}</th>" for text in rows[0])
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(text)}</td>" for text in row) + "</tr>" for row in rows[1:]
    )
    return f'<div class="wide"><table><tr>{head}</tr>{body}</table></div>'


def _filters(records: Sequence[Record]) -> str:
    choices: dict[str, list[str]] = {
        "verdict": sorted({verdict(record) for record in records}),
        "kind": sorted({record.question.kind for record in records}),
        "language": ["zh", "en"],
    }
    selects = [
        f'<label>{name} <select data-filter="{name}"><option value="">all</option>'
        + "".join(f"<option>{escape(value)}</option>" for value in values)
        + "</select></label>"
        for name, values in choices.items()
    ]
    text = '<label>text <input type="search" data-filter="text"></label>'
    return f'<div class="filters">{"".join(selects)}{text}<span id="shown"></span></div>'


def verdict(record: Record) -> str:
    """Say in a word or two how it went."""
    if record.reply is None:
        return "found" if record.measures.get("hit@4") == 1.0 else "not found"
    right = record.measures.get("right_answer")
    if right is None:
        right = record.measures.get("right_refusal")
    if not record.reply.answered:
        return "right refusal" if right else "refused"
    return "right" if right else "wrong"


def _question(record: Record) -> str:
    asked, word = record.question, verdict(record)
    good = word in ("right", "right refusal", "found")
    lines = [f'<p class="about">{escape(asked.id)}, {asked.kind}, {asked.language}</p>']
    lines += [f"<p>{escape(turn.role)}: {escape(turn.content)}</p>" for turn in asked.history]
    expected = "; ".join(map(_fact, asked.facts)) or "not in the report"
    lines.append(f"<p>Expected: {escape(expected)}</p>")
    if record.reply:
        lines.append(f'<p class="answer">{escape(record.reply.text)}</p>')
        lines += map(_citation, record.reply.citations)
        lines += [
            f"<p>{'✓' if check.passed else '✗'} {escape(check.name)} {escape(check.detail)}</p>"
            for check in record.reply.checks
        ]
    lines += _listed("Not stated", record.missing)
    lines += _listed("Stated, and wrong", record.mistaken)
    lines += _listed("Figures that nothing supports", record.wrong)
    scores = (f"{name} {value:g}" for name, value in record.measures.items() if value is not None)
    lines.append(f'<p class="about">{escape(", ".join(scores))}</p>')
    return (
        f'<details class="{"right" if good else "wrong"}" data-verdict="{escape(word)}" '
        f'data-kind="{asked.kind}" data-language="{asked.language}"><summary>'
        f'<span class="verdict">{escape(word)}</span> {escape(asked.question)}</summary>'
        f"{''.join(lines)}</details>"
    )


def _fact(fact: Fact) -> str:
    places = ", ".join(f"{a}-{b}" if a < b else str(a) for a, b in fact.evidence)
    return f"{fact.alternatives[0]} (lines {places})"


def _citation(cited: Cited) -> str:
    place = cited.place
    where = " › ".join(place.section) + f", lines {place.lines[0]}-{place.lines[1]}"
    translation = f"<p>{escape(cited.translation)} (translation)</p>" if cited.translation else ""
    return (
        f"<blockquote>[{cited.number}] {escape(cited.quote)}"
        f'<div class="place">{escape(where)}</div>{translation}</blockquote>'
    )


def _listed(label: str, values: Iterable[str]) -> list[str]:
    text = "; ".join(values)
    return [f"<p>{label}: {escape(text)}</p>"] if text else []
