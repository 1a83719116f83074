"""The names of a claim, of companies, places and branches, that its evidence must bear out."""

import re
from collections.abc import Sequence

from index.cedict import reading
from index.pieces import is_chinese
from index.terms import in_dictionary, tokens
from rag.evidence import Evidence
from rag.naming import wrong_places
from rag.narrowings import names_place, place_of_part
from rag.people import office_holders
from rag.support import Support, given_tokens

_APART = 2  # words more that another piece has of a claim than that with its name
# Who holds the others: told of a subsidiary, what a subsidiary did is the parent's in no report.
_PARENT = re.compile(
    r"\b(?:parent|holding) (?:company|firm|group|entity)\b|\bthe parent\b(?!-)|母公司",
    re.IGNORECASE,
)
_LEGAL_FORMS = ("Ltd", "Co", "Inc", "Corp", "Limited")
_HAN = re.compile(r"[\u3400-\u9fff]{2,}")
_SHORTEST, _LONGEST = 5, 4  # letters of a name as it is read, characters of it
_CLEAR = 7  # letters that no other word has by accident
_LATIN = re.compile(r"\b[A-Z][A-Za-z]{2,}\b")


def wrong_names(
    text: str, pieces: Sequence[Evidence], question: str, support: Support, language: str
) -> list[str]:
    """Return the names that the cited pieces do not bear out, or give to something else."""
    said = [piece.told for piece in pieces]
    cited = given_tokens([*said, question])
    names = support.strangers(text, cited, language)
    if language == "en":
        holders = " ".join(office_holders("\n".join(said)).values()).split(" ")
        forms = _LEGAL_FORMS if any("公司" in text for text in said) else ()
        names = [name for name in names if name not in (*holders, *forms)]
        names = [name for name in names if not _is_read(name, said)]
        names += wrong_places(text, " ".join(said))
    place = place_of_part(text, support.own_names)
    if place and not names_place(
        place, support.senses(place), " ".join(said)
    ):  # it was asked about
        names.append(place)
    if (parent := _PARENT.search(text)) and not _PARENT.search(" ".join(said)):
        names.append(parent[0])
    return names + wrongly_named(text, pieces, support)


def _is_read(name: str, texts: Sequence[str]) -> bool:
    """Whether a Latin name is how some characters of Chinese texts are read that are no ordinary
    word: Wujiagang of 伍家岗区.
    """
    letters = name.casefold()
    if len(letters) < _SHORTEST:
        return False
    for run in (run for text in texts for run in _HAN.findall(text)):
        for start in range(len(run) - 1):
            for end in range(start + 2, min(start + _LONGEST, len(run)) + 1):
                part = run[start:end]
                read = "".join(map(reading, part)) == letters
                if read and (len(letters) >= _CLEAR or not in_dictionary(part)):
                    return True
    return False


def wrongly_named(text: str, pieces: Sequence[Evidence], support: Support) -> list[str]:
    """Return the Latin names of a claim that stand in one piece, while what the claim says else
    stands in another: the adviser has the name of those who trained.
    """
    own = [name.casefold() for name in support.own_names]
    names = [name for name in dict.fromkeys(_LATIN.findall(text)) if name.casefold() not in own]
    words = support.words(text) if not is_chinese(text) else []
    words = words or [token for token in tokens(text) if len(token) > 1 and is_chinese(token)]
    wrong = []
    for name in names:
        holders = [piece for piece in pieces if name in piece.words]
        others = [piece for piece in pieces if piece not in holders]
        rest = [word for word in words if word != name.casefold()]
        if holders and others:
            least = min(len(_missing(rest, piece, support)) for piece in holders)
            if least >= _APART + min(len(_missing(rest, piece, support)) for piece in others):
                wrong.append(name)
    return wrong


def _missing(words: Sequence[str], piece: Evidence, support: Support) -> list[str]:
    given = given_tokens([piece.told])
    if any(map(is_chinese, words)):
        return [word for word in words if word not in given]
    return support.missing(list(words), given)
