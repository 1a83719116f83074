"""An assistant and a library for the tests of the page: known answers, no models."""

import asyncio
import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from types import SimpleNamespace
from typing import Any
from unittest import mock

from index.errors import ReportError
from index.passage import FigureEntry
from index.table import figures, read_tables
from rag import Answer, Check, Citation, Passage
from rag.library import OWN, OpenReport
from rag.line import Line
from rag.upload import Limits, UploadError, check_file
from rag.writing import Draft

REPORT = "示例科技 2023 年度环境、社会及治理 (ESG) 报告"
TABLE = Passage(
    id="table",
    report=REPORT,
    text="创新是产品质量提升的重要支撑，我们高度重视研发投入。\n\n指标\t单位\t2022 年\t2023 年\n"
    "研发投入金额\t万元\t18,798.38\t21,361.34\n研发投入占营业收入比例\t%\t9.80\t10.84\n"
    "按性别划分的研发人员数量\t\t\t\n男性\t人\t884\t956\n女性\t人\t241\t270",
    section=("创智纳新 培育发展新动能", "推动技术创新", "研发投入"),
    page=39,
    lines=(748, 756),
    score=0.91,
)
PROSE = Passage(
    id="prose",
    report=REPORT,
    text="\n".join(f"第 {n} 段：公司持续完善研发体系，鼓励员工提出改进建议。" for n in range(1, 31))
    + "\n报告期内，公司研发投入 2.14 亿元，**同比增长** 13.63%。\n研发人员共 1,226 人。",
    section=("走进公司", "数说 2023"),
    page=None,
    lines=(120, 120),
    score=0.8,
)
OTHER = Passage("other", REPORT, "公司鼓励创新。", ("总经理致辞",), 3, (60, 60), 0.5)
ROW = "研发投入金额\t万元\t18,798.38\t21,361.34"
SENTENCE = "报告期内，公司研发投入 2.14 亿元，**同比增长** 13.63%。"
HOSTILE = (
    "<img src=http://evil.test/a.png onerror=window.hacked=1><script>window.hacked=1</script>"
    "${window.hacked=1} {{window.hacked=1}} ![x](http://evil.test/b.png) [y](javascript:hack()) "
    "<http://evil.test/c> http://evil.test/d www.evil.test me@evil.test `code` $x^2$ ![z][r]\n\n"
    "[r]: http://evil.test/e.png\n\n    <b>indented</b>\n\n~~~mermaid\ngraph TD; A-->B\n~~~\n"
    "</span></div><a href='javascript:window.hacked=1' onclick=window.hacked=1>z</a>"
)


def evidence(language: str = "zh") -> tuple[Citation, ...]:
    english = language == "en"
    return (
        Citation(
            1, TABLE, ROW, "R&D investment: 213.6134 million yuan in 2023" if english else None
        ),
        Citation(2, PROSE, SENTENCE, "R&D came to 214 million yuan." if english else None),
        Citation(3, OTHER, "公司鼓励创新。", None),
    )


def tiny_index() -> Any:
    """What charts need to know of the passages above."""
    (table,) = read_tables(TABLE.text.split("\n\n")[1].split("\n"), 750)
    found = [
        FigureEntry(figure, 0, TABLE.section, TABLE.text.split("\n")[figure.line - 748])
        for figure in figures(table, "2023")
    ]
    manifest = SimpleNamespace(year="2023", report=REPORT)
    return SimpleNamespace(
        figures=found, passages=(TABLE, PROSE, OTHER), entries=(), manifest=manifest
    )


class FakeAssistant:
    """Answers by a word of the question: hostile, error, bug, slow, silent, queue; else on R&D."""

    def __init__(self, pause: float = 0.0, title: str = REPORT, line: Line | None = None) -> None:
        self.pause = pause
        self.report_title = title
        self.histories: list[list[Mapping[str, str]]] = []
        self.closed = threading.Event()
        self.gate = threading.Event()  # opens for questions that queue
        self.line = line or Line()
        self.index = tiny_index()

    def stream(
        self, question: str, history: Sequence[Mapping[str, str]] = ()
    ) -> Generator[tuple[Citation, ...] | str | Answer, None, None]:
        self.histories.append(list(history))
        if "hostile" in question:
            yield from self._hostile()
            return
        if "error" in question or "错误" in question:
            raise ReportError("The index is missing: build it.", "缺少索引：请先建立索引。")
        if "bug" in question:
            raise KeyError("secret detail of a bug")
        language = "en" if question.isascii() else "zh"
        found = tuple(
            replace(c, passage=replace(c.passage, report=self.report_title))
            for c in evidence(language)
        )
        yield found
        if "slow" in question:
            yield from self._forever()
        if "queue" in question:
            with self.line.turn():
                self.gate.wait(30)
        answer = silent(question, language, found) if "silent" in question else None
        answer = answer or answer_of(question, language, found)
        for start in range(0, len(answer.text), 8):
            time.sleep(self.pause)
            yield answer.text[start : start + 8]
        yield answer

    def stream_with_drafts(
        self, question: str, history: Sequence[Mapping[str, str]] = ()
    ) -> Generator[tuple[Citation, ...] | str | Draft | Answer, None, None]:
        with closing(self.stream(question, history)) as steps:
            for step in steps:
                if isinstance(step, str):
                    yield Draft("<b>5</b>")
                yield step

    def read_ahead(self) -> None:
        self.histories.append("read ahead")

    def following(self, answer: Answer) -> list[str]:
        return ["2023 年营业收入是多少？"] if answer.language == "zh" else ["And the year before?"]

    def ask(self, question, *, history=()) -> Answer:
        *_, answer = self.stream(question, history)
        return answer

    def search(self, question: str, *, k: int = 8) -> list[Passage]:
        return [TABLE, PROSE, OTHER][:k]

    def _forever(self) -> Generator[str, None, None]:
        try:
            while True:
                yield "thinking "
                time.sleep(0.05)
        finally:
            self.closed.set()

    def _hostile(self) -> Generator[tuple[Citation, ...] | str | Answer, None, None]:
        passage = Passage(
            HOSTILE, HOSTILE, f"{HOSTILE}\t{HOSTILE}\n{HOSTILE}", (HOSTILE, "b"), 1, (1, 2), 1.0
        )
        found = (Citation(1, passage, "${window.hacked=1}", HOSTILE),)
        yield found
        yield HOSTILE
        checks = (Check("figures", False, HOSTILE),)
        yield Answer(HOSTILE + " [1]", True, "en", found, checks, HOSTILE)


def answer_of(question: str, language: str, found: tuple[Citation, ...]) -> Answer:
    if language == "en":
        text = (
            "The company invested **213.6134 million yuan** in R&D in 2023 [1], up 13.63% on the "
            "year before [2].\n\n| Year | R&D, million yuan |\n|---|---|\n| 2022 | 187.9838 |\n"
            "| 2023 | 213.6134 |"
        )
        checks = (
            Check("figures", True, "All 5 figures stand in the cited passages."),
            Check("quotes", True, "Both quotes are verbatim."),
        )
    else:
        text = (
            "2023 年，公司研发投入 **21,361.34 万元** [1]，同比增长 13.63% [2]：\n\n"
            "- 2022 年：18,798.38 万元\n- 2023 年：21,361.34 万元"
        )
        checks = (
            Check("figures", True, "5 个数字都见于所引原文。"),
            Check("quotes", True, "2 处引文与原文一字不差。"),
        )
    return Answer(text, True, language, found[:2], checks, question)


def silent(question: str, language: str, found: tuple[Citation, ...]) -> Answer:
    """An answer that the report does not say."""
    text = (
        "The report does not say. The nearest passages are under: “研发投入” [1], “数说 2023” [2]."
    )
    return Answer(text, False, language, found[:2], (), question)


class FakeLibrary:
    """A library whose reports are all answered by fake assistants."""

    def __init__(self, own: FakeAssistant | None = None) -> None:
        self.own = own or FakeAssistant()
        self.limits = Limits()
        self.added: dict[str, list[tuple[OpenReport, FakeAssistant]]] = {}

    def reports(self, visitor: str) -> list[OpenReport]:
        own = OpenReport(OWN, self.own.report_title, 96, 2008, removable=False)
        return [own, *(report for report, _ in self.added.get(visitor, []))]

    def assistant(self, visitor: str, report: str = OWN) -> FakeAssistant:
        for found, assistant in self.added.get(visitor, []):
            if found.id == report:
                return assistant
        return self.own

    def add(self, visitor: str, name: str, data: bytes, progress: Callable[[float], None]) -> str:
        check_file(name, data, self.limits)
        if b"\0" in data:
            raise UploadError("This is no text.", "这不是文本。")
        for share in (0.0, 0.5, 1.0):
            progress(share)
            time.sleep(0.2)
        title = data.decode().splitlines()[0]
        report = OpenReport(f"r{len(data)}", title, None, 12, removable=True)
        self.added.setdefault(visitor, []).append((report, FakeAssistant(title=title)))
        return report.id

    def remove(self, visitor: str, report: str) -> None:
        kept = [pair for pair in self.added.get(visitor, []) if pair[0].id != report]
        self.added[visitor] = kept


@contextmanager
def closing_loops() -> Iterator[None]:
    """Close the event loops that Gradio makes while it builds a page, and never uses."""
    made = []
    new_event_loop = asyncio.new_event_loop

    def recorded() -> asyncio.AbstractEventLoop:
        made.append(new_event_loop())
        return made[-1]

    with mock.patch.object(asyncio, "new_event_loop", recorded):
        yield
    asyncio.set_event_loop(None)
    for loop in made:
        loop.close()
