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
from eval.compare import change_rows, changed_questions, compare
from eval.judge import Judge
from eval.llama import ENGINES
from eval.public import measure_cmrc, measure_xquad
from eval.questions import KINDS, choose, load_questions
from eval.report import write_report
from eval.rgb import measure_rgb
from eval.run import RUNS, Assistant, Finished, Settings, digest, run
from eval.sample import sample
from eval.table import kind_rows, markdown_table, split_rows, summary_rows, text_table
from eval.texts import Models, score_rows
from index import embed
from index.errors import ReportError
from rag.settings import read_settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0 if it went well, 1 with a message if the user must mend something."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    commands = {"compare": _compare, "report": _report, "gate": _gate, "public": _public}
    command = commands[given.pop(0)] if given and given[0] in commands else _run
    try:
        command(given)
    except ReportError as error:
        print(error.en, file=sys.stderr)
        return 1
    return 0


def _run(arguments: Sequence[str]) -> None:
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.judge and options.search_only:
        parser.error("--judge judges answers: leave out --search-only")
    if options.resume and not options.out:
        parser.error("--resume needs --out: the folder of the run to go on with")
    _print(measure(options))


def measure(options: argparse.Namespace) -> Finished:
    """Open what is measured and ask it the chosen questions."""
    questions = choose(
        load_questions(), split=options.split, kinds=tuple(options.kind), language=options.lang
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
    if len(summary.splits) > 1:
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


def _gate(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m eval gate", parents=[_models()])
    parser.add_argument("--index", type=Path, help="index folder (RAG_INDEX)")
    parser.add_argument("--out", type=Path, help="folder of its two runs")
    parser.set_defaults(llm="local", baseline=False, peer=None, search_only=False)
    options = parser.parse_args(arguments)
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


def _public(arguments: Sequence[str]) -> None:
    options = _public_parser().parse_args(arguments)
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


def _public_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval public")
    names = parser.add_subparsers(dest="name", required=True)
    xquad = names.add_parser("xquad", parents=[_models()], help="search in two languages")
    xquad.add_argument("--zh", type=Path, required=True, help="xquad.zh.json")
    xquad.add_argument("--en", type=Path, required=True, help="xquad.en.json")
    cmrc = names.add_parser("cmrc", parents=[_models()], help="search, and short answers")
    rgb = names.add_parser("rgb", parents=[_models()], help="noise and refusals")
    rgb.add_argument("--noise", type=_noise, default=0.6, help="share of passages without answer")
    for each in (cmrc, rgb):
        each.add_argument("file", type=Path)
        each.add_argument("--limit", type=_positive, default=100, help="questions answered")
    for each in (xquad, cmrc, rgb):
        each.add_argument("--keep", type=Path, help="folder to keep the index in for another time")
    return parser


def _models() -> argparse.ArgumentParser:
    """Give the options that say what is measured."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--llm", help="none, local, or a model name of the server (RAG_LLM)")
    parser.add_argument("--embedder", choices=embed.NAMES, help="RAG_EMBEDDER")
    return parser


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m eval",
        description=__doc__,
        epilog="Also, each with --help: python -m eval compare, report, gate, public",
        parents=[_models()],
    )
    add = parser.add_argument
    add("--index", type=Path, help="index folder (RAG_INDEX)")
    add("--split", choices=("dev", "held-out", "all"), default="dev")
    add("--kind", choices=KINDS, action="append", default=[], help="may be repeated")
    add("--lang", choices=("zh", "en"))
    add("--limit", type=_positive, help="so many questions, evenly over kinds and languages")
    add("--judge", help="a model of the server (or local) that judges right answers, too")
    add("--search-only", action="store_true", help="the ranking alone, no answers")
    other = parser.add_mutually_exclusive_group()
    other.add_argument(
        "--baseline", action="store_true", help="measure the plain pipeline instead of ours"
    )
    other.add_argument("--peer", choices=ENGINES, help="measure another program instead of ours")
    add("--out", type=Path, help="folder of the run; by default a new one in eval/runs")
    add("--resume", action="store_true", help="go on with the run in --out")
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


def _noise(text: str) -> float:
    share = float(text)
    if not 0 <= share < 1:
        raise argparse.ArgumentTypeError("must be at least 0 and less than 1")
    return share


if __name__ == "__main__":
    sys.exit(main())
