"""Ask a report on the command line: python -m rag "question"."""

import argparse
import dataclasses
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from index import command
from index.errors import ReportError
from rag.answer import Answer
from rag.assistant import Assistant
from rag.question import language_of


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    The exit code is 0 for an answer, 3 where the report does not say, 1 after an error that the
    user can mend, 2 for wrong use of the command.
    """
    options = _parser().parse_args(arguments)
    question = " ".join(options.question)
    try:
        assistant = Assistant.open(options.index, llm=options.llm)
        answer = assistant.ask(question)
    except ReportError as error:
        print(f"Error: {error.message(language_of(question))}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    if options.json:
        print(json.dumps(dataclasses.asdict(answer), ensure_ascii=False, indent=2))
    else:
        print(_plain(answer))
    return 0 if answer.answered else 3


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m rag",
        description="Ask a question about the report, in Chinese or in English.",
    )
    parser.add_argument("question", nargs="+", metavar="QUESTION")
    parser.add_argument("--index", type=Path, metavar="DIR", help="the index folder (RAG_INDEX)")
    parser.add_argument("--llm", metavar="NAME", help="local, none, or a server's model (RAG_LLM)")
    parser.add_argument("--json", action="store_true", help="print the whole answer as JSON")
    return parser


def _plain(answer: Answer) -> str:
    lines = [answer.text, ""]
    for citation in answer.citations:
        passage = citation.passage
        path = " › ".join((passage.report, *passage.section))
        first, last = passage.lines
        if answer.language == "zh":
            page = f"，第 {passage.page} 页" if passage.page is not None else ""
            place = f"{path}{page}，第 {first}-{last} 行"
        else:
            page = f", p. {passage.page}" if passage.page is not None else ""
            place = f"{path}{page}, lines {first}-{last}"
        quote = " ".join(citation.quote.split())
        lines += [f"[{citation.number}] {place}", f"    {quote}"]
        if citation.translation:
            lines.append(f"    (translation) {citation.translation}")
    lines += [f"{'✓' if check.passed else '✗'} {check.detail}" for check in answer.checks]
    return "\n".join(lines).rstrip()


if __name__ == "__main__":
    command.run(main)
