"""Score a short answer as the official script of CMRC 2018 does."""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

# What that script leaves out, and no other character: "," and "." stay.
_PUNCTUATION = str.maketrans("", "", "-:_*^/\\~`+=，。：？！“”；’《》·、「」（）－～『』")
_HAN = "[\u4e00-\u9fa5]"
_OTHER = rf"(?:(?!{_HAN})\w)+"
# It cuts what is not Chinese with NLTK; this gives the same tokens for words and numbers.
_TOKEN = re.compile(rf"{_HAN}|{_OTHER}(?:[.,]{_OTHER})*|[^\w\s]")


def exact_match(prediction: str, answers: Iterable[str]) -> float:
    """1 if the prediction is one of the answers, whatever the case and the punctuation."""
    return float(without_punctuation(prediction) in map(without_punctuation, answers))


def token_f1(prediction: str, answers: Iterable[str]) -> float:
    """F1 of the longest run of tokens shared with an answer, for the best of the answers."""
    return max((_f1(tokens(prediction), tokens(answer)) for answer in answers), default=0.0)


def without_punctuation(text: str) -> str:
    """Lower case, without the punctuation that does not count."""
    return text.lower().strip().translate(_PUNCTUATION)


def tokens(text: str) -> list[str]:
    """Cut into single Chinese characters, and words and numbers of other scripts."""
    return _TOKEN.findall(without_punctuation(text))


def _f1(prediction: Sequence[str], answer: Sequence[str]) -> float:
    matcher = SequenceMatcher(None, prediction, answer, autojunk=False)
    shared = matcher.find_longest_match().size
    return 2 * shared / (len(prediction) + len(answer)) if shared else 0.0
