"""Ask the questions and print how it went; or what else can be done with questions and runs."""

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from eval import gate
from eval.beside import beside_rows
from eval.calibrate import calibrate
from eval.candidates import as_lines, candidates
from eval.compare import change_rows, changed_questions, compare
from eval.judge import Judge
from eval.options import (
    calibrate_parser,
    experiment_parser,
    gate_parser,
    public_parser,
    run_parser,
    scale_parser,
    speed_parser,
    waiting_parser,
)
from eval.public import measure_cmrc, measure_xquad
from eval.questions import Question, choose, load_questions
from eval.report import write_report
from eval.rgb import measure_rgb
from eval.run import RUNS, Assistant, Finished, Settings, digest, run
from eval.sample import sample
from eval.table import kind_rows, markdown_table, split_rows, summary_rows, text_table
from eval.texts import Models, score_rows
from eval.told import open_others
from index import command, embed
from index.errors import ReportError
from rag.question import read_question
from rag.settings import read_settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0 if it went well, 1 with a message if the user must mend something."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    commands = {
        "compare": _compare,
        "report": _report,
        "gate": _gate,
        "public": _public,
        "calibrate": _calibrate,
        "candidates": _candidates,
        "experiment": _experiment,
        "scale": _scale,
        "speed": _speed,
        "waiting": _waiting,
    }
    measured = commands[given.pop(0)] if given and given[0] in commands else _run
    try:
        measured(given)
    except ReportError as error:
        print(error.en, file=sys.stderr)
        return 1
    return 0


def _run(arguments: Sequence[str]) -> None:
    parser = run_parser()
    options = parser.parse_args(arguments)
    if options.judge and options.search_only:
        parser.error("--judge judges answers: leave out --search-only")
    if options.resume and not options.out:
        parser.error("--resume needs --out: the folder of the run to go on with")
    _print(measure(options))


def measure(options: argparse.Namespace) -> Finished:
    """Open what is measured and ask it the chosen questions."""
    questions = choose(
        load_questions(options.questions),
        split=options.split,
        kinds=tuple(options.kind),
        language=options.lang,
    )
    questions = sample(questions, options.limit)
    if not questions:
        raise ReportError("No question is left by these options.", "按这些选项没有可用的问题。")
    system = options.peer or ("baseline" if options.baseline else "rag")
    settings = Settings(
        system=system,
        llm=read_settings(options.llm).llm,
        embedder=_set_embedder(options.embedder),
        index=str(options.index or ""),
        search_only=options.search_only,
        judge=options.judge or "",
        questions=digest(questions),
    )
    judge = Judge.open(options.judge) if options.judge else None
    folder = options.out or _new_folder(system)
    try:
        finished = run(
            _open(options), questions, folder, settings, resume=options.resume, judge=judge
        )
    except KeyboardInterrupt as error:
        raise ReportError(
            f"Stopped. Go on with the same options and: --resume --out {folder}",
            f"已停止。用相同选项加 --resume --out {folder} 可继续。",
        ) from error
    print(f"Written to {folder}", file=sys.stderr)
    return finished


def _new_folder(name: str) -> Path:
    return RUNS / f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{name}"


def _open(options: argparse.Namespace) -> Assistant:
    """Open what is measured; its embedder is loaded by a first search, which nobody times."""
    assistant = _opened(options)
    assistant.search("1", k=1)
    return assistant


def _opened(options: argparse.Namespace) -> Assistant:
    llm = "none" if options.search_only else options.llm
    if options.baseline:
        from eval.baseline import Baseline

        return Baseline.open(llm)
    if options.peer:
        from eval.llama import LlamaIndex

        return LlamaIndex.open(options.peer, llm)
    from rag import Assistant

    return Assistant.open(options.index, llm=llm)


def _set_embedder(name: str | None) -> str:
    """Set RAG_EMBEDDER if a name is given; return the one that is set."""
    if name:
        os.environ["RAG_EMBEDDER"] = name
    return os.environ.get("RAG_EMBEDDER") or embed.DEFAULT


def _print(finished: Finished) -> None:
    """Print the totals, and the kinds of the dev half; of the held-out half only totals."""
    summary = finished.summary
    print(f"{summary.questions} questions; mean [95 % bootstrap interval] /number of values\n")
    print(text_table(summary_rows(summary)))
    print(f"\nWrong figures: {summary.wrong_figures}; peak memory: {finished.peak_memory_mb} MB")
    if summary.has_halves:
        print(f"\n{text_table(split_rows(summary))}")
    if summary.kinds:
        print(f"\n{text_table(kind_rows(summary))}")


def _compare(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m eval compare",
        description="Set runs side by side as Markdown; of two, tell what changed, and how surely.",
    )
    parser.add_argument("runs", type=Path, nargs="+", help="folders of the runs: A B ...")
    runs = parser.parse_args(arguments).runs
    if len(runs) < 2:
        parser.error("give two folders or more")
    print(markdown_table(beside_rows(runs)))
    if len(runs) == 2:
        before, after = runs
        changes = compare(before, after)
        print(f"\n{text_table(change_rows(changes))}")
        for line in changed_questions(before, after, changes):
            print(line)


def _report(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m eval report")
    parser.add_argument("run", type=Path, help="folder of a finished run")
    for path in write_report(parser.parse_args(arguments).run):
        print(path)


def _candidates(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m eval candidates")
    parser.add_argument("file", type=Path, help="feedback of readers (RAG_FEEDBACK)")
    print(as_lines(candidates(parser.parse_args(arguments).file)))


def _gate(arguments: Sequence[str]) -> None:
    options = gate_parser().parse_args(arguments)
    floors = gate.load_floors()
    settings = Settings(
        system="rag",
        llm=options.llm,
        embedder=_set_embedder(options.embedder),
        index=str(options.index or ""),
        search_only=False,
        questions="",
    )
    folder = options.out or _new_folder("gate")
    figures = gate.measure(_open(options), load_questions(), folder, settings, floors)
    print(text_table(gate.rows(figures)))
    gate.hold(figures, folder)


def _calibrate(arguments: Sequence[str]) -> None:
    options = calibrate_parser().parse_args(arguments)
    from rag import Assistant
    from rag.llm import open_llm
    from rag.settings import read_settings

    _set_embedder(options.embedder)
    llm = open_llm(read_settings(options.llm))
    ours = Assistant.open(options.index, llm="none")
    print(text_table(calibrate(ours, llm, others=open_others(ours.retriever.embedder))))


def _experiment(arguments: Sequence[str]) -> None:
    options = experiment_parser().parse_args(arguments)
    from eval.experiment import run_experiment
    from rag import Assistant

    _set_embedder(options.embedder)
    retriever = Assistant.open(options.index, llm="none").retriever
    for rows in run_experiment(retriever, load_questions(), forms=options.forms):
        print(f"{text_table(rows)}\n", flush=True)


def _scale(arguments: Sequence[str]) -> None:
    options = scale_parser().parse_args(arguments)
    from eval.scale import SIZES, measure_scale
    from rag import Assistant

    _set_embedder(options.embedder)
    retriever = Assistant.open(options.index, llm="none").retriever
    texts = [read_question(each.question).text for each in _standing_alone()]
    rows: list[list[str]] = []
    for more in measure_scale(
        retriever.index,
        retriever.embedder.encode_questions(texts),
        [retriever.bridge.query_terms(text) for text in texts],
        [size for size in SIZES if size <= options.largest],
    ):
        rows += more
        print("  ".join(more[-1]), file=sys.stderr)
    print(text_table(rows))


def _speed(arguments: Sequence[str]) -> None:
    options = speed_parser().parse_args(arguments)
    from eval.speed import measure_speed
    from index.embed import DEFAULT, SentenceEmbedder

    _set_embedder(options.embedder)
    embedder = Models.open("none").embedder
    large = isinstance(embedder, SentenceEmbedder) and embedder.name == DEFAULT
    torch = SentenceEmbedder(DEFAULT, in_torch=True) if large else None
    questions = [each.question for each in _standing_alone()]
    print(text_table(measure_speed(embedder, questions, torch=torch)))


def _waiting(arguments: Sequence[str]) -> None:
    options = waiting_parser().parse_args(arguments)
    from eval.baseline import Baseline
    from eval.waiting import measure_waiting
    from rag import Assistant

    questions = sample(choose(load_questions(), split="dev"), options.limit)
    ours, plain = Assistant.open(options.index, llm=options.llm), Baseline.open(options.llm)
    print(text_table(measure_waiting(ours, plain, questions)))


def _standing_alone() -> list[Question]:
    """Give a hundred or so questions of the dev half that the report answers."""
    dev = choose(load_questions(), split="dev")
    return [each for each in dev if each.facts and not each.history][:100]


def _public(arguments: Sequence[str]) -> None:
    options = public_parser().parse_args(arguments)
    _set_embedder(options.embedder)
    models = Models.open("none" if options.name == "xquad" else options.llm)
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        if options.name == "xquad":
            scores = measure_xquad(options.zh, options.en, folder, models)
        elif options.name == "cmrc":
            scores = measure_cmrc(options.file, folder, models, options.limit)
        else:
            scores = measure_rgb(options.file, folder, models, options.noise, options.limit)
    print(text_table(score_rows(scores)))


if __name__ == "__main__":
    command.run(main)
