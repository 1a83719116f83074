"""What can be said on the command line."""

import argparse
from pathlib import Path

from eval.llama import ENGINES
from eval.questions import KINDS, QUESTIONS
from index import embed


def run_parser() -> argparse.ArgumentParser:
    """Give the options of ``python -m eval``."""
    parser = argparse.ArgumentParser(
        prog="python -m eval",
        description="Ask the questions and print how it went.",
        epilog="Also, each with --help: python -m eval compare, report, gate, public, calibrate, "
        "candidates, experiment, scale, speed, waiting",
        parents=[models()],
    )
    add = parser.add_argument
    add("--index", type=Path, help="index folder (RAG_INDEX)")
    add("--questions", type=Path, default=QUESTIONS, help="another file, one question a line")
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


def gate_parser() -> argparse.ArgumentParser:
    """Give the options of ``python -m eval gate``."""
    parser = argparse.ArgumentParser(prog="python -m eval gate", parents=[models()])
    parser.add_argument("--index", type=Path, help="index folder (RAG_INDEX)")
    parser.add_argument("--out", type=Path, help="folder of its two runs")
    parser.set_defaults(llm="local", baseline=False, peer=None, search_only=False)
    return parser


def calibrate_parser() -> argparse.ArgumentParser:
    """Give the options of ``python -m eval calibrate``."""
    parser = argparse.ArgumentParser(
        prog="python -m eval calibrate",
        description="Fit when to answer and when to refuse; print the weights.",
        parents=[models()],
    )
    parser.add_argument("--index", type=Path, help="index folder (RAG_INDEX)")
    return parser


def experiment_parser() -> argparse.ArgumentParser:
    """Give the options of ``python -m eval experiment``."""
    parser = argparse.ArgumentParser(
        prog="python -m eval experiment",
        description="Rank all questions under variations of the search.",
    )
    _add_index(parser)
    parser.add_argument(
        "--forms", action="store_true", help="also vary what entries are embedded with: minutes"
    )
    return parser


def scale_parser() -> argparse.ArgumentParser:
    """Give the options of ``python -m eval scale``."""
    parser = argparse.ArgumentParser(
        prog="python -m eval scale",
        description="What a search costs in corpora of 1,000 to 1,000,000 entries.",
    )
    _add_index(parser)
    parser.add_argument(
        "--largest", type=_positive, default=1_000_000, help="the largest corpus to make"
    )
    return parser


def speed_parser() -> argparse.ArgumentParser:
    """Give the options of ``python -m eval speed``."""
    parser = argparse.ArgumentParser(
        prog="python -m eval speed",
        description="Time indexing and search beside the plain way: 500-character chunks.",
    )
    parser.add_argument("--embedder", choices=embed.NAMES, help="RAG_EMBEDDER")
    return parser


def waiting_parser() -> argparse.ArgumentParser:
    """Give the options of ``python -m eval waiting``."""
    parser = argparse.ArgumentParser(
        prog="python -m eval waiting",
        description="Time answers beside the plain way: four chunks of 500 characters.",
    )
    parser.add_argument("--index", type=Path, help="index folder (RAG_INDEX)")
    parser.add_argument("--llm", help="local, or a model name of the server (RAG_LLM)")
    parser.add_argument("--limit", type=_positive, default=20, help="questions asked of both")
    return parser


def _add_index(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--index", type=Path, help="index folder (RAG_INDEX)")
    parser.add_argument("--embedder", choices=embed.NAMES, help="RAG_EMBEDDER")


def public_parser() -> argparse.ArgumentParser:
    """Give the options of ``python -m eval public``."""
    parser = argparse.ArgumentParser(prog="python -m eval public")
    names = parser.add_subparsers(dest="name", required=True)
    xquad = names.add_parser("xquad", parents=[models()], help="search in two languages")
    xquad.add_argument("--zh", type=Path, required=True, help="xquad.zh.json")
    xquad.add_argument("--en", type=Path, required=True, help="xquad.en.json")
    cmrc = names.add_parser("cmrc", parents=[models()], help="search, and short answers")
    rgb = names.add_parser("rgb", parents=[models()], help="noise and refusals")
    rgb.add_argument("--noise", type=_noise, default=0.6, help="share of passages without answer")
    for each in (cmrc, rgb):
        each.add_argument("file", type=Path)
        each.add_argument("--limit", type=_positive, default=100, help="questions answered")
    for each in (xquad, cmrc, rgb):
        each.add_argument("--keep", type=Path, help="folder to keep the index in for another time")
    return parser


def models() -> argparse.ArgumentParser:
    """Give the options that say what is measured."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--llm", help="none, local, or a model name of the server (RAG_LLM)")
    parser.add_argument("--embedder", choices=embed.NAMES, help="RAG_EMBEDDER")
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
