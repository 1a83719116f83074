"""Tell whether an answer is in the language of its question."""

import re

_APART = re.compile(
    r"「[^」]*」|『[^』]*』|“[^”]*”|\"[^\"\n]*\"|《[^》]*》|[(（][^)）]*[)）]|\[[^\]]*\]|【[^】]*】"
    r"|^\s*>.*$"  # a quoted block
    r"|https?://\S+|www\.\S+|\S+@\S+",
    re.MULTILINE,
)
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")


def language_right(text: str, language: str) -> float | None:
    """1 if the text outside quotations, brackets and addresses is in ``language``, else 0.

    A Chinese character weighs as much as an English word; None if there is neither.
    """
    own = _APART.sub(" ", text)
    han, latin = len(_HAN.findall(own)), len(_LATIN.findall(own))
    if not han and not latin:
        return None
    return float(han > latin if language == "zh" else latin > han)
