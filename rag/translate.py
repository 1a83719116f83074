"""Pieces of evidence in English: table rows by rule, sentences by the language model, checked."""

import re
import threading
from collections.abc import Generator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path

from index.english import in_english
from rag import amounts
from rag.answer import Later
from rag.claim import Frame
from rag.draft import evidence_words
from rag.evidence import Evidence
from rag.faithful import fails, keeps_figures, keeps_names
from rag.gloss import terms_line
from rag.latin_names import Naming
from rag.llm import LanguageModel, LanguageModelError, Messages
from rag.sources import is_labelled
from rag.verify import check_claims

MOST_TRANSLATED = 5  # pieces, where an English answer has to be made of quotes
_PROMPT = Path(__file__).parent / "prompts" / "translate.en.md"
_YEAR = re.compile(r"((?:19|20)\d\d) ?年(?:度|末|底)?")
_GRADE = re.compile(r"(?:等级 ?)?\b([A-Z]) ?级")
_RUN = re.compile(r"[\u3400-\u9fff]+")
_CODED = re.compile(r"`([^`]+)`")  # how the model writes titles
_ITEM_NUMBER = re.compile(r"^\W*(?:\d{1,2}[.、)）]\s*(?!\d)|(?:注|附注|Note) ?\d?[:：]\s*)")
_LEGAL_FORM = re.compile(r",? (?:Co\.?, ?)?\bLtd\b(?:\.(?!$))?")
_DONE = re.compile(r"已|截[至止]|了")
_HAN = re.compile(r"[\u3400-\u9fff]")


class Translator:
    """Translates evidence; ``naming`` tells how companies are called in English.

    Each sentence is asked of the model once. Without a model only rows are translated.
    """

    def __init__(
        self, llm: LanguageModel | None, frame: Frame, naming: Naming | None = None
    ) -> None:
        self._llm = llm
        self._frame = frame
        self._naming = naming or Naming()
        self._done: dict[str, str | None] = {}
        self._lock = threading.Lock()

    def later(self, piece: Evidence) -> Later:
        """Return the translation of a piece, to be made when it is first read."""
        return Later(lambda: self.translate(piece) if _HAN.search(piece.words) else None)

    def translate(self, piece: Evidence) -> str | None:
        """Return a piece in English; None where no translation passes the checks."""
        if not self.is_finished(piece):
            self._write_all([piece])
        return self._said(piece)

    def write(self, pieces: Sequence[Evidence]) -> Generator[str, None, None]:
        """Yield what is written so far of the first translation that is not finished, before it is
        checked; what passes is ``translate``d from then on. Raises LanguageModelError.

        The model writes a few of them side by side.
        """
        if self._llm is None:
            return
        with self._lock:  # a second reader must not ask the model again
            left = {piece.words: piece for piece in pieces if not self.is_finished(piece)}
            if left:
                yield from self._by_model(self._llm, list(left.values()))

    def is_finished(self, piece: Evidence) -> bool:
        """Whether a piece is translated, or can be or need not be, without the model."""
        return piece.words in self._done or self._said(piece) is not None

    def all(self, pieces: Sequence[Evidence], *, slow: bool) -> dict[int, str]:
        """Return the pieces in English, as far as they can be had; by number.

        The model only translates where it may be ``slow``, and no more than a few.
        """
        few = pieces[:MOST_TRANSLATED] if slow else ()
        self._write_all(few)
        said = {piece.number: self._said(piece) for piece in few}
        said |= {piece.number: self.made(piece) for piece in pieces[len(few) :]}
        return {number: text for number, text in said.items() if text}

    def made(self, piece: Evidence) -> str | None:
        """Return a piece in English as far as that needs no model, or not again."""
        return self.by_rule(piece) or self._done.get(piece.words)

    def by_rule(self, piece: Evidence) -> str | None:
        """Return a table row or a key figure in English, without the model."""
        if not is_labelled(piece):
            return None
        said = row_in_english(self._naming.in_latin(piece.words))
        return said if said and keeps_figures(said, piece.words) else None

    def _write_all(self, pieces: Sequence[Evidence]) -> None:
        with suppress(LanguageModelError):
            for _ in self.write(pieces):
                pass

    def _said(self, piece: Evidence) -> str | None:
        """Return a piece in English as a reader gets it, as far as it was made."""
        if not _HAN.search(piece.words):  # a number or an address reads the same
            return piece.words
        said = self.by_rule(piece) if piece.kind == "row" or self._llm is None else None
        return said or self._done.get(piece.words)

    def _by_model(
        self, llm: LanguageModel, pieces: Sequence[Evidence]
    ) -> Generator[str, None, None]:
        """Let the model translate; what passes the checks is noted, and what does not."""
        texts = [""] * len(pieces)
        for place, more in llm.stream_together(
            [self._asking(piece) for piece in pieces], latin=True
        ):
            if more is None:
                self._done[pieces[place].words] = self._checked(_plain(texts[place]), pieces[place])
            else:
                texts[place] += more
            unfinished = zip(texts, pieces, strict=True)
            yield next((_plain(text) for text, p in unfinished if p.words not in self._done), "")

    def _asking(self, piece: Evidence) -> Messages:
        words = self._naming.in_latin(evidence_words(piece, "en"))
        words = _ITEM_NUMBER.sub("", words)
        asked = f"{terms_line([words])}{self._plans(words)}Sentence: {words}"
        return [("system", _prompt()), ("user", asked)]

    def _checked(self, text: str, piece: Evidence) -> str | None:
        """Return a translation with small slips mended; None where it fails a check."""
        words = self._naming.in_latin(evidence_words(piece, "en"))
        if "公司" not in piece.words:
            text = _LEGAL_FORM.sub("", text)
        named = replace(piece, words=self._naming.in_latin(_ITEM_NUMBER.sub("", piece.words)))
        claims = check_claims(_ITEM_NUMBER.sub("", text), [named], self._frame)
        if not claims or any(fails(claim, named.words) for claim in claims):
            return None
        text = " ".join(claim.text for claim in claims)
        kept = keeps_figures(text, named.words) and keeps_names(text, words)
        return _CODED.sub(r"“\1”", text) if kept else None

    def _plans(self, words: str) -> str:
        """Tell the model of a year after the report's: Chinese verbs have no future."""
        later = [year for year in _YEAR.findall(words) if year > self._frame.report_year]
        if not later or _DONE.search(words):  # done before the report came out
            return ""
        return f"{later[0]} is after this report, a plan: use will.\n"


def row_in_english(words: str) -> str | None:
    """Word a row, "label：2022 年 5 人；2023 年 6 人", in English; None where a word is unknown."""
    label, colon, cells = re.sub(r": ", "：", words.replace("**", ""), count=1).partition("：")
    worded = _label_in_english(label)
    values = [_cell_in_english(cell) for cell in re.split("[；;]", cells)] if colon else []
    if worded is None or None in values:
        return None
    said = f"{worded}: {'; '.join(value for value in values if value)}" if colon else worded
    return said[0].upper() + said[1:]


def _label_in_english(label: str) -> str | None:
    """Word a label; without the titles before it where these have a word that is not known."""
    label = re.sub(r"[^\w\s()（）&%/、.,:-]", " ", label).strip()
    if not _HAN.search(label):
        return label or None
    parts = label.replace("（", " (").replace("）", ")").split()
    titles = [place for place, part in enumerate(parts[:-1]) if part.endswith("表")]
    parts = parts[titles[-1] + 1 :] if titles else parts  # without the title of the table
    worded = (in_english(" ".join(parts[start:])) for start in range(len(parts)))
    return next((words for words in worded if words), None)


def _cell_in_english(cell: str) -> str | None:
    plain = _YEAR.sub(r"\1:", amounts.in_english(cell.strip()))
    plain = _GRADE.sub(r"grade \1", plain).replace("评分", "score")
    parts = []
    for part in re.split(rf"({_RUN.pattern})", plain):
        said = in_english(part) if _RUN.fullmatch(part) else part.strip()
        if said is None:
            return None
        parts.append(said)
    return re.sub(r"\s+(?=[,.;:%)])|(?<=\()\s+", "", " ".join(part for part in parts if part))


def _plain(text: str) -> str:
    return " ".join(text.removeprefix("Translation:").split())


@cache
def _prompt() -> str:
    return _PROMPT.read_text(encoding="utf-8").strip()
