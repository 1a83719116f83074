"""Pieces of evidence in English, translated by the language model and checked."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from rag.draft import evidence_words
from rag.evidence import Evidence
from rag.llm import LanguageModel
from rag.verify import check_claims

_PROMPT = Path(__file__).parent / "prompts" / "translate.en.md"


def translate(
    llm: LanguageModel, evidence: Sequence[Evidence], report_year: str, names: Sequence[str] = ()
) -> dict[int, str]:
    """Return the translation of each piece by its number; one that fails a check is left out.

    ``names`` are the company's, first in Chinese, then in Latin letters. Raises
    LanguageModelError.
    """
    translations = {}
    for piece in evidence:
        words = evidence_words(piece, "en")
        if len(names) > 1:
            words = words.replace(names[0], names[1])
        said = "".join(llm.stream([("system", _prompt()), ("user", f"Sentence: {words}")]))
        text = " ".join(said.removeprefix("Translation:").split())
        claims = check_claims(f"{text} [{piece.number}]", [piece], "en", report_year)
        if claims and not any(claim.failures for claim in claims):
            translations[piece.number] = text
    return translations


@cache
def _prompt() -> str:
    return _PROMPT.read_text(encoding="utf-8").strip()
