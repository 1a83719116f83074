"""Ask every question and keep what came back, one line a question."""

import resource
import sys
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Protocol

from pydantic import BaseModel, ConfigDict, ValidationError

from eval.questions import Question
from eval.record import LINES, Record, append_record, load_records, place, reply
from eval.score import DEPTH, score_answer, score_ranking
from eval.summary import Summary, summarise
from eval.tokens import counted_tokens
from index.errors import ReportError

if TYPE_CHECKING:
    from eval.judge import Judge
    from index.passage import Passage
    from rag.answer import Answer, Citation

RUNS = Path(__file__).with_name("runs")
SETTINGS = "run.json"
SUMMARY = "summary.json"


class Assistant(Protocol):
    """What is measured: the product, or a pipeline to compare it with."""

    def search(self, question: str, *, k: int = 8) -> "list[Passage]":
        """Rank passages."""
        ...

    def stream(
        self, question: str, history: Sequence[Mapping[str, str]] = ()
    ) -> "Iterator[tuple[Citation, ...] | str | Answer]":
        """Yield the evidence, pieces of the answer, and the answer."""
        ...


class Settings(BaseModel):
    """What a run was made with; a run is only taken up again with the same."""

    model_config = ConfigDict(frozen=True)
    system: str
    llm: str
    embedder: str = ""
    index: str
    search_only: bool
    judge: str = ""
    questions: str  # sha256 of the chosen questions


class Finished(BaseModel):
    """What is written at the end of a run."""

    model_config = ConfigDict(frozen=True)
    settings: Settings
    peak_memory_mb: int
    summary: Summary


def digest(questions: Sequence[Question]) -> str:
    """Name a choice of questions by what is in it."""
    text = "\n".join(question.model_dump_json(by_alias=True) for question in questions)
    return sha256(text.encode()).hexdigest()


def run(
    assistant: Assistant,
    questions: Sequence[Question],
    folder: Path,
    settings: Settings,
    *,
    resume: bool = False,
    judge: "Judge | None" = None,
) -> Finished:
    """Ask what has not been asked yet, add everything up, and write ``summary.json``."""
    from tqdm import tqdm

    records = _begin(folder, settings, resume=resume)
    done = {record.question.id for record in records}
    left = [question for question in questions if question.id not in done]
    for question in tqdm(left, total=len(questions), initial=len(done), unit="question"):
        record = ask(assistant, question, search_only=settings.search_only, judge=judge)
        append_record(folder, record)
        records.append(record)
    finished = Finished(
        settings=settings, peak_memory_mb=peak_memory_mb(), summary=summarise(records)
    )
    (folder / SUMMARY).write_text(finished.model_dump_json(indent=1) + "\n", encoding="utf-8")
    return finished


def ask(
    assistant: Assistant,
    question: Question,
    *,
    search_only: bool = False,
    judge: "Judge | None" = None,
) -> Record:
    """Ask one question, taking the time, and score what comes back."""
    started = perf_counter()
    passages = assistant.search(question.question, k=DEPTH)
    seconds = {"search": perf_counter() - started}
    ranked = [passage.lines for passage in passages]
    record = Record(
        question=question,
        ranked=tuple(place(passage) for passage in passages),
        reply=None,
        seconds=seconds,
        # the search knows nothing of the conversation, so a follow-up is not its to find
        measures={} if question.history else score_ranking(question, ranked),
    )
    if search_only:
        return record
    with counted_tokens() as tokens:
        answer, taken = _answer(assistant, question)
    verdict = score_answer(question, answer)
    judged = judge.measures(question, answer) if judge else {}
    return record.model_copy(
        update={
            "reply": reply(answer),
            "seconds": seconds | taken,
            "measures": record.measures | verdict.measures | tokens | judged,
            "missing": verdict.missing,
            "mistaken": verdict.mistaken,
            "wrong": verdict.wrong,
        }
    )


def _answer(assistant: Assistant, question: Question) -> "tuple[Answer, dict[str, float]]":
    """Let the assistant answer, and note when the evidence, a first word and the end came."""
    seconds: dict[str, float] = {}
    started = perf_counter()
    history = [turn.model_dump() for turn in question.history]
    last = None
    for last in assistant.stream(question.question, history):
        passed = perf_counter() - started
        seconds.setdefault("evidence", passed)
        if isinstance(last, str):
            seconds.setdefault("first_word", passed)
    seconds["end"] = perf_counter() - started
    if last is None or isinstance(last, str | tuple):
        raise TypeError(f"stream() of {question.id} ended with {type(last).__name__}, not Answer")
    return last, seconds


def _begin(folder: Path, settings: Settings, *, resume: bool) -> list[Record]:
    """Start a new run, or take up one that was made with the same settings."""
    kept = folder / SETTINGS
    if kept.exists() and not resume:
        raise ReportError(
            f"{folder} already holds a run. Add --resume, or choose another --out.",
            f"{folder} 中已有评测记录。请加 --resume 继续，或用 --out 换一个目录。",
        )
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        kept.write_text(settings.model_dump_json(indent=1) + "\n", encoding="utf-8")
        (folder / LINES).touch()
        return []
    _refuse_other(kept, settings)
    records = load_records(folder)
    _rewrite(folder, records)
    return records


def _refuse_other(kept: Path, settings: Settings) -> None:
    try:
        before = Settings.model_validate_json(kept.read_text(encoding="utf-8"))
    except ValidationError as error:
        raise ReportError(
            f"{kept} is damaged. Choose another --out.", f"{kept} 已损坏，请用 --out 换一个目录。"
        ) from error
    for name, value in settings:
        # what an earlier version did not write down cannot differ
        if name in before.model_fields_set and getattr(before, name) != value:
            raise ReportError(
                f"The run in {kept.parent} has another value of '{name}' "
                f"({getattr(before, name)}, now {value}). Choose another --out.",
                f"{kept.parent} 中评测的“{name}”不同（原为 {getattr(before, name)}，"
                f"现为 {value}）。请用 --out 换一个目录。",
            )


def _rewrite(folder: Path, records: Sequence[Record]) -> None:
    """Leave whole lines only: the last one may have been cut when the run was stopped."""
    aside = folder / f"{LINES}.new"
    text = "".join(record.model_dump_json(by_alias=True) + "\n" for record in records)
    aside.write_text(text, encoding="utf-8")
    aside.replace(folder / LINES)


def peak_memory_mb() -> int:
    """Give the most memory this process ever held."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // (1024 * 1024 if sys.platform == "darwin" else 1024)
