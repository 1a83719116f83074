"""What a claim quotes, and the language that it is in outside of quotations."""

import re
from collections.abc import Sequence

_HAN = re.compile(r"[\u3400-\u9fff]")
_RUN = re.compile(r"[\u3400-\u9fff][\u3400-\u9fff0-9·、]*[\u3400-\u9fff]")
_QUOTATION = re.compile(r"[“「]([^”」]+)[”」]|\"([^\"]+)\"")
_QUOTED = re.compile(r"“[^”]*”|「[^」]*」|《[^》]*》|\"[^\"\n]*\"|\([^()]*\)|（[^（）]*）")
_MIXED = 12  # Chinese characters that English may hold outside quotations, as names
_CLAUSE = re.compile(r"[，；。][\u3400-\u9fff]")
_GROWN_TOGETHER = re.compile(r"[a-z][\u3400-\u9fff]|[\u3400-\u9fff][a-z]")


def wrong_quotes(text: str, given: Sequence[str], language: str) -> list[str]:
    """Return what stands in Chinese as the words of the given texts, and is not."""
    sources = [_bare(source) for source in given]
    quotes = [match[1] or match[2] for match in _QUOTATION.finditer(text)]
    if language == "en":  # whatever is Chinese in it is the report's
        quotes += _RUN.findall(text)
    return [q for q in quotes if _HAN.search(q) and not any(_bare(q) in s for s in sources)]


def _bare(text: str) -> str:
    """Without what a quotation may leave out: spaces, stars, and the punctuation at its end."""
    return re.sub(r"[\s*]", "", text).rstrip("。，,.;；！!？?…")


def right_language(text: str, language: str) -> bool:
    """Whether running text is in the language; quotes, titles and brackets may be in the other."""
    plain = _QUOTED.sub("", text)
    han, latin = len(_HAN.findall(plain)), len(re.findall(r"[A-Za-z]+", plain))
    if language == "zh":
        return han > 0 or latin == 0
    # "are发明专利", "10 meetings，董事出席率达 100%": the model fell back into Chinese
    if _GROWN_TOGETHER.search(plain) or _CLAUSE.search(plain):
        return False
    return han <= min(_MIXED, 2 * latin + 2) and (latin > 0 or han == 0)
