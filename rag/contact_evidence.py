"""Addresses and numbers that a question asks for, as evidence."""

import re
from collections.abc import Sequence

from index.passage import Entry
from index.terms import tokens
from rag.contacts import (
    NUMBER,
    asks_fax,
    asks_way,
    is_bare,
    is_fax,
    is_for_it,
    names_channel,
    reports_something,
    shapes_asked,
    takes_reports,
    without_reaching,
)
from rag.coverage import Coverage
from rag.evidence import ASKS, BUDGET, MARGIN, Evidence, heading, least, numbered, question_parts
from rag.retrieve import Hit

MOST_CONTACTS = 4


def contact_evidence(question: str, hits: Sequence[Hit], coverage: Coverage) -> list[Evidence]:
    """Return the pieces that hold an address or a number of the kind that is asked for.

    [] where none is asked for or found, or where it is asked how to complain or the like, the
    report tells that in words, and none of its addresses is for that. A number printed differently
    in two places is found in both, so that both are shown.
    """
    asked = shapes_asked(question)
    fax = asks_fax(question)
    shaped = [hit for hit in hits if any(_has(hit, shape, fax=fax) for shape in asked)]
    if not is_for_it(question, (f"{hit.entry.title} {hit.passage.text}" for hit in shaped)):
        return []
    subject = coverage.part(without_reaching(question))
    told = asks_way(question) and _says(hits[:1], subject)
    if told and not _says(shaped, subject):
        return []
    of_each = [[hit for hit in shaped if _has(hit, shape, fax=fax)] for shape in asked]
    close = [[hit for hit in found if _is_close(hit, found)] for found in of_each if found]
    if not reports_something(question):
        others = [[hit for hit in found if not _takes_reports(hit)] for found in close]
        close = [other or found for other, found in zip(others, close, strict=True)]
    near = [found[0] for found in close]  # an address, and a number
    near += [hit for found in close for hit in found if hit not in near]
    # a bare number says what it is for only by its heading
    near += [
        hit for hit in shaped if is_bare(hit.entry.quote) and _alike(hit.entry, shaped[0].entry)
    ]
    return numbered(near, BUDGET, MOST_CONTACTS)


def _has(hit: Hit, shape: str, *, fax: bool) -> bool:
    """Whether a piece has an address or a number of a shape; that of a fax only where it is asked
    for.
    """
    quote = hit.entry.quote
    return bool(re.search(shape, quote)) and (fax or shape != NUMBER or not is_fax(quote))


def _is_close(hit: Hit, found: Sequence[Hit]) -> bool:
    return hit.score >= least(found[0].score, MARGIN)


def _takes_reports(hit: Hit) -> bool:
    return takes_reports(f"{hit.entry.title} {hit.entry.quote}")


def _says(hits: Sequence[Hit], coverage: Coverage) -> bool:
    """Whether one of the hits, or its last heading, has a word of the question."""
    entries = (hit.entry for hit in hits)
    return any(coverage.covered(tokens(f"{heading(e)} {e.text}")) for e in entries)


def told_beside(question: str, best: Sequence[Evidence]) -> list[Evidence]:
    """Return what of the best evidence is quoted beside the addresses and numbers asked for."""
    if not asks_for_more(question):
        return []
    return [p for p in best if not asks_way(question) or names_channel(p.words)]


def asks_for_more(question: str) -> bool:
    """Whether some part of a question asks for no address or number: "how many seats, and the
    hotline?"
    """
    if asks_way(question):
        return True
    parts = [part for part in question_parts(question) if ASKS.search(part)]
    return any(not shapes_asked(part) for part in parts)


def _alike(entry: Entry, other: Entry) -> bool:
    """Whether the headings of two share most of their words: 举报渠道, 举报受理渠道."""
    words, others = (set(tokens(heading(e))) for e in (entry, other))
    return len(words & others) > min(len(words), len(others)) / 2
