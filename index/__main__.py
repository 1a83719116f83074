"""Index a report: python -m index [FILE] [--out DIR]."""

import argparse
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tqdm import tqdm

from index import command, embed, paths
from index.build import build, is_current
from index.errors import ReportError
from index.passage import read_passages
from index.report import read_report
from index.show import shown

_BAR = "{desc}: {percentage:3.0f}%"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; the exit code is 0, or 1 after an error that the user can mend."""
    options = _parser().parse_args(arguments)
    name = os.environ.get("RAG_EMBEDDER") or embed.DEFAULT
    try:
        if options.show:
            report = read_report(options.file)
            for line in shown(report, read_passages(report)):
                print(line)
            return 0
        folder = options.out or paths.index_folder(name)
        if not options.again and is_current(options.file, folder, name):
            print(f"{folder} is up to date.", file=sys.stderr)
            return 0
        started = time.monotonic()
        print(f"Indexing {options.file.name} with {name} ...", file=sys.stderr)
        with tqdm(desc="Reading", total=1.0, bar_format=_BAR, mininterval=1.0, leave=False) as bar:
            report = read_report(options.file, lambda done: bar.update(done - bar.n))
        embedder = embed.open_embedder(name)
        index = build(options.file, folder, embedder, report=report, progress=True)
    except ReportError as error:
        language = "zh" if os.environ.get("LANG", "").startswith("zh") else "en"
        print(f"Error: {error.message(language)}", file=sys.stderr)
        return 1
    print(
        f"{index.manifest.report}: {len(index.passages)} passages, {len(index.entries)} entries, "
        f"{len(index.figures)} figures -> {folder} ({time.monotonic() - started:.0f} s)",
        file=sys.stderr,
    )
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m index", description="Index a report.")
    parser.add_argument(
        "file", type=Path, nargs="?", default=paths.BUNDLED_REPORT, metavar="FILE",
        help="a PDF, text or Markdown file (default: the bundled report)",
    )  # fmt: skip
    parser.add_argument(
        "--out", type=Path, metavar="DIR",
        help="the index folder (default: RAG_INDEX, else a folder in the cache)",
    )  # fmt: skip
    parser.add_argument("--again", action="store_true", help="build also where it is up to date")
    parser.add_argument(
        "--show", action="store_true", help="print what would be indexed, and index nothing"
    )
    return parser


if __name__ == "__main__":
    command.run(main)
