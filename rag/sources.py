"""Find the pieces of evidence that carry a claim, and no more than these."""

import re
from collections.abc import Sequence

from index.terms import tokens
from rag.amounts import Amount, find_amounts, states
from rag.dates import blank, chinese_number, date_states, find_dates
from rag.evidence import Evidence
from rag.limits import denials
from rag.support import Support, given_tokens

_CODE = re.compile(r"\b[A-Za-z]*[A-Z][A-Z0-9]+[A-Za-z0-9]*\b")  # ESMC, BioCV, ISO27001
_ADDS = 0.25  # share of a claim's words that a second piece has to add to be cited, too
_UNMARKED = 3  # words that a piece has to add which the draft does not mark
_LABELLED = re.compile(r"[^：:，。；;]{2,40}[：:][^：:，。；;]{1,20}")
_HALF_YEAR = re.compile(r"半年")
_QUOTED = re.compile(r"[“「《\"]([^”」》\"]*[\u3400-\u9fff]{3}[^”」》\"]*)[”」》\"]")
_STANDARD = re.compile(
    r"(?<![A-Za-z/])(?:(?:ISO|IEC|GB|QC|SA)(?:/[A-Z]{1,4})?|[A-Z]{1,4}/[A-Z]{2,6})"
    r"[ -]?\d{3,}(?:-\d+)?"
)
_ORDINAL = re.compile(
    r"\b(\d{1,3})(?:st|nd|rd|th)\b(?! (?:century|of \w+ \d{4}))"
    r"|第 ?(\d{1,3}|[一二三四五六七八九十]{1,3})"
)
_LEVEL = re.compile(r"\b(?:level|grade|class|tier|stage|category|step|phase|type)[ -]?$", re.I)
_NUMERALS = "零一二三四五六七八九十"
_MONTHS = {"month": 1, "year": 12}


def figures(text: str) -> list[Amount]:
    """Return the figures of a claim: all its amounts but levels, which name something (level 2)."""
    found = find_amounts(text)
    return [a for a in found if a.unit or not _LEVEL.search(text[: a.start])]


def wrong_levels(text: str, pieces: Sequence[Evidence]) -> list[str]:
    """Return the levels of an English claim that no piece has: level 2 is 二级, 2级 or M2."""
    said = " ".join(piece.told for piece in pieces)
    wrong = []
    for amount in find_amounts(text):
        number = amount.text.strip()
        if not amount.unit and _LEVEL.search(text[: amount.start]) and number.isdecimal():
            numeral = _NUMERALS[int(number)] if int(number) < len(_NUMERALS) else number
            if not re.search(
                rf"(?<!\d){number}(?!\d)|{numeral}[级等期类档阶步层]|第 ?{numeral}", said
            ):
                wrong.append(number)
    return wrong + _wrong_ordinals(text, said)


def wrong_codes(text: str, given: Sequence[str]) -> list[str]:
    """Return the numbers of standards in a claim (ISO 9001) that the given texts do not have."""
    said = " ".join(map(_plain_code, given))
    found = [match[0] for match in _STANDARD.finditer(text)]
    return [c for c in found if not re.search(rf"{re.escape(_plain_code(c))}(?!\d)", said)]


def _plain_code(text: str) -> str:
    return re.sub(r"(?<=[A-Z])-(?=\d)|\s", "", re.sub("[—–]", "-", text))


def _wrong_ordinals(text: str, said: str) -> list[str]:
    """Return the places in an order (the 9th session, 第九次) that the sources do not name."""
    dates = [(date.start, date.end) for date in find_dates(text)]
    wrong = []
    for match in _ORDINAL.finditer(blank(text, dates)):
        number = match[1] or match[2]
        value = int(number) if number.isdecimal() else chinese_number(number)
        forms = [f"{value}", _NUMERALS[value] if value and value < len(_NUMERALS) else number]
        named = "|".join(rf"(?<!\d){re.escape(form)}(?!\d)" for form in {*forms, number})
        if not re.search(
            rf"第 ?(?:{named})|(?:{named})(?:st|nd|rd|th)\b|(?:{named})[级等期类档阶步层]", said
        ):
            wrong.append(match[0])
    return wrong


def is_labelled(piece: Evidence) -> bool:
    """Whether a piece says itself what its figures are of: a row, or "label：5 件" in a list."""
    return piece.kind == "row" or _LABELLED.fullmatch(piece.words.replace("**", "")) is not None


def says(piece: Evidence) -> str:
    """Return all that a piece says: its headings, its words, the passage around it."""
    return f"{piece.told} {piece.passage.text}"


def holds(pieces: Sequence[Evidence], amount: Amount) -> bool:
    """Whether a figure stands in one of the pieces; 0 also stands where something is denied."""
    return any(_stands(amount, text) for p in pieces for text in (p.words, p.quote, p.title))


def _stands(amount: Amount, text: str) -> bool:
    if any(states(amount, source) for source in find_amounts(text)):
        return True
    if amount.value == 0:
        return any(denials(text))
    months = amount.value * _MONTHS.get(amount.unit, 0)
    spans = [a.value * _MONTHS[a.unit] for a in find_amounts(text) if a.unit in _MONTHS]
    return months in [*spans, *(6 for _ in _HALF_YEAR.findall(text))] if months else False


def choose_sources(
    text: str,
    marks: Sequence[int],
    evidence: Sequence[Evidence],
    support: Support | None,
    report_year: str = "",
) -> list[int]:
    """Return the numbers of the pieces that carry the figures, dates, codes and words of a claim.

    A piece that the draft marks is preferred; of those that add nothing none is returned. The
    year of the report needs no piece: what names no year is of it.
    """
    carried = {piece.number: _carried(text, piece, report_year) for piece in evidence}
    words = {piece.number: _words_in(text, piece, support) for piece in evidence}
    said = support.senses(text) if support else given_tokens([text])
    ranked = sorted(
        evidence,
        key=lambda p: (
            len(carried[p.number]),
            len(words[p.number])
            + 2 * _ADDS * len(said) * (p.number in marks and bool(words[p.number])),
            p.number in marks,
            p.score,
        ),
        reverse=True,
    )
    if not ranked:
        return []
    chosen = [ranked[0].number]
    had, heard = set(carried[chosen[0]]), set(words[chosen[0]])
    for piece in ranked[1:]:
        number = piece.number
        more = [word for word in words[number] - heard if len(word) > 1]
        adds_words = len(more) >= _ADDS * _size(text, support) and (
            number in marks or len(more) >= _UNMARKED
        )
        if carried[number] - had or adds_words:
            chosen.append(number)
            had |= carried[number]
            heard |= words[number]
    return chosen


def _carried(text: str, piece: Evidence, report_year: str) -> set[str]:
    """The figures, dates and codes of a claim that a piece has."""
    found = {f"figure {a.start}" for a in figures(text) if holds([piece], a)}
    dates = [date for part in (piece.words, piece.title) for date in find_dates(part)]
    for date in find_dates(text):
        known = str(date.year) == report_year and date.month is None
        if not known and any(date_states(date, source) for source in dates):
            found.add(f"date {date.start}")
    named = piece.told
    quoted = [match[1] for match in _QUOTED.finditer(text)]
    found |= {f"quote {words}" for words in quoted if "".join(words.split()) in _close(named)}
    return found | {f"code {code}" for code in _CODE.findall(text) if code in named}


def _close(text: str) -> str:
    return re.sub(r"[\s*]", "", text)


def _words_in(text: str, piece: Evidence, support: Support | None) -> set[str]:
    given = given_tokens([piece.title, piece.words])
    if support is None or not re.search("[A-Za-z]{3}", text):
        return set(tokens(text)) & given
    words = support.words(text)
    return set(words) - set(support.missing(words, given)) | (set(tokens(text)) & given)


def _size(text: str, support: Support | None) -> int:
    """How many words of its own a claim has."""
    if support is None or not re.search("[A-Za-z]{3}", text):
        return len(set(tokens(text)))
    return len(set(support.words(text)))
