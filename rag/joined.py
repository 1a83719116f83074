"""Figures that a claim joins with one another, or with several names, as no source does."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from index.pieces import is_chinese
from index.terms import tokens
from rag import asked
from rag.amounts import Amount, find_amounts, states
from rag.evidence import Evidence
from rag.periods import to_date, years
from rag.sources import figures, holds, is_labelled
from rag.support import Support, given_tokens

# Where another statement begins, with a subject of its own.
_LEANS = (  # what has none: "7 subsidiaries, located in 31 countries"
    r"(?:(?:of|with|in|at|across|among|from|for|which|who|where|whose)\b|[a-z]+(?:ing|ed)\b"
    r"|其中|分别|位于|[分遍]布|覆盖|涉及|涵盖|来自|占|均)"
)
_STATEMENT = re.compile(
    rf"[；;。\n]|[，,](?!\s*(?:{_LEANS}|\d{{3}}))|[、和及与]"
    rf"|\b(?:and|while|but|whereas)\b(?!\s*{_LEANS})"
)
_COMPARES = re.compile(
    r"(?<!占)比(?![例重率])|[高低大小多少]于|超过|目标"
    r"|\b(?:than|exceed\w*|targets?|goals?|compared|versus|above|below)\b",
    re.IGNORECASE,
)
_RESPECTIVELY = re.compile(r"分别|依次|\brespectively\b", re.IGNORECASE)
_PAIR = 2
_IS = re.compile(  # what a claim says where a percentage is the share that an amount is
    r"占|[即相]当于|\b(?:represents?|representing|accounts? for|accounting for|equals?"
    r"|equivalent to|makes? up|making up)\b",
    re.IGNORECASE,
)
_APART = re.compile(r"[^\W\d_和及与或]")  # what stands between names that are not simply listed
_SUMMED = re.compile("[一总]共|合计|共")  # what follows the names
_CLAUSE = re.compile(r"[，,；;。\n](?!\d{3})")
_NAME = r"[\u3400-\u9fffA-Za-z]{2,16}"
_LIST_ZH = re.compile(rf"{_NAME}(?:、{_NAME})*[和及与以、]{{1,2}}{_NAME}")
_WORDS = r"[a-zA-Z0-9'’&-]+(?: [a-zA-Z0-9'’&-]+){0,4}"
_LIST_EN = re.compile(rf"{_WORDS}(?:, {_WORDS})+,? and {_WORDS}|{_WORDS}(?:、 ?{_WORDS}){{2,}}")


def wrongly_joined(text: str, pieces: Sequence[Evidence]) -> list[str]:
    """Return the figures of one statement that stand in different sentences of the report.

    A row says itself what its figures are of; to compare, or to list, is to join nothing.
    """
    for statement in _STATEMENT.split(text):
        if _COMPARES.search(statement):
            continue
        holders = []
        for amount in figures(statement):
            found = [piece for piece in pieces if holds([piece], amount)]
            if found and not any(map(is_labelled, found)):
                holders.append((amount.text, {piece.number for piece in found}))
        if len(holders) > 1 and not set.intersection(*(numbers for _, numbers in holders)):
            return [", ".join(said for said, _ in holders)]
    return []


def mixed_rows(text: str, evidence: Sequence[Evidence]) -> list[str]:
    """Return the names of rows that a claim without figures says different things of: who left,
    who came. A list of names says one thing of all.
    """
    if figures(text):
        return []
    labels = {
        label
        for piece in evidence
        if piece.kind == "row" and (label := piece.words.partition("：")[0].split(" ")[-1])[1:]
    }
    found = [label for label in labels if label in text]
    whole = [name for name in found if not any(name in other for other in found if other != name)]
    named = sorted(whole, key=text.index)
    between = [text[text.index(a) + len(a) : text.index(b)] for a, b in pairwise(named)]
    return [", ".join(named)] if any(map(_APART.search, between)) else []


def wrongly_related(text: str, pieces: Sequence[Evidence]) -> list[str]:
    """Return an amount and the percentage that a claim says it is, where the source tells the
    percentage of something else: 6 billion shares, the owner's stake being 46.8%.
    """
    found = figures(text)
    for amount, share in pairwise(found):
        said = text[amount.end : share.start]
        if amount.unit == "%" or share.unit != "%" or not _IS.search(said):
            continue
        sources = [p.words for p in pieces if not is_labelled(p) and holds([p], amount)]
        between = [
            source[one.end : other.start]
            for source in sources
            for one, other in combinations(find_amounts(source), _PAIR)
            if states(amount, one) and states(share, other)
        ]
        if between and not any(len(re.findall("[，,；;。]", words)) <= 1 for words in between):
            return [f"{amount.text}, {share.text}"]
    return []


def said_twice(text: str, pieces: Sequence[Evidence], question: str) -> list[str]:
    """Return the figures that a claim states more often than its source and the question do: the
    one figure for two things, where the source has another for the second.
    """
    given = [a for words in (question, *(p.words for p in pieces)) for a in figures(words)]
    found = {amount.text: amount for amount in figures(text)}
    count = Counter(amount.text for amount in figures(text))
    return [
        said
        for said, amount in found.items()
        if count[said] > max(1, sum(states(amount, source) for source in given))
    ]


def wrongly_shared(text: str, pieces: Sequence[Evidence], support: Support | None) -> list[str]:
    """Return the figure that a claim gives for several names, some of which its source lacks."""
    for clause in _clauses(text):
        found = figures(clause)
        if len(found) != 1:
            continue
        given = given_tokens(piece.told for piece in pieces if holds([piece], found[0]))
        for names in listed_names(clause):
            counted = found[0].value == len(names)  # "the three boards are A, B and C"
            if given and not counted and any(_lacks(name, given, support) for name in names):
                return [found[0].text]
    return []


def _clauses(text: str) -> Iterator[str]:
    """Yield the clauses of Chinese; English commas stand inside of lists, too."""
    yield from _CLAUSE.split(text) if is_chinese(text) else [text]


def wrongly_paired(text: str) -> list[str]:
    """Return "respectively" where the lists that it pairs are not as long as one another."""
    for clause in re.split(r"[；;。\n]", text):
        word = _RESPECTIVELY.search(clause)
        sizes = [len(names) for names in listed_names(clause)]
        if word and len(sizes) == _PAIR and len(set(sizes)) > 1:
            return [word[0]]
    return []


def listed_names(clause: str) -> Iterator[list[str]]:
    """Yield the names of each list in a clause: A、B和C; A, B and C."""
    for match in _LIST_ZH.finditer(clause):
        yield re.split("[、和]" if re.search("[、和]", match[0]) else "[及与以]+", match[0])
    for match in _LIST_EN.finditer(clause):
        yield re.split("、 ?" if "、" in match[0] else ",? and |, ", match[0])


def wrongly_averaged(text: str, pieces: Sequence[Evidence]) -> list[str]:
    """Return the words that give a figure for each, where what is cited gives it for all."""
    words = asked.for_each(text)
    told = any(asked.tells_each(piece.told) for piece in pieces)
    return [words] if words and figures(text) and not told else []


def wrongly_dated(text: str, pieces: Sequence[Evidence], evidence: Sequence[Evidence]) -> list[str]:
    """Return the figure of one year that a claim gives for all there is up to a day, or the
    reverse, where another sentence tells what the claim speaks of.
    """
    in_all = to_date(text)
    if not in_all and not years(text):
        return []
    for amount in figures(text):
        sources = [piece for piece in pieces if holds([piece], amount)]
        if not sources or any(
            is_labelled(piece) or to_date(piece.words) == in_all for piece in sources
        ):
            continue
        for other in evidence:
            told = not is_labelled(other) and to_date(other.words) == in_all
            if told and any(_counts_alike(found, amount) for found in figures(other.words)):
                return [amount.text]
    return []


def _counts_alike(one: Amount, other: Amount) -> bool:
    """Whether both have one unit; English counts without any: 149 patents, 149 件."""
    return one.unit == other.unit or {one.unit, other.unit} == {"", "item"}


def _lacks(name: str, given: frozenset[str], support: Support | None) -> bool:
    """Whether no word of a name stands in the source."""
    if is_chinese(name):
        words = [word for word in tokens(_SUMMED.split(name)[0]) if len(word) > 1]
        return bool(words) and not given & set(words)
    if support is None:
        return False
    words = support.words(name)
    return bool(words) and len(support.missing(words, given)) == len(words)
