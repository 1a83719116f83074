"""Verified parts -> the finished answer: its text, citations in order, and checks."""

import re
from collections.abc import Mapping, Sequence, Set

from index.terms import tokens
from rag.amounts import find_amounts, states
from rag.answer import Answer, Check, Citation, Later
from rag.asked import figure as asks_figure
from rag.claim import Claim
from rag.coverage import Coverage
from rag.draft import QUOTES, quoted, reasons
from rag.evidence import MARGIN, Evidence, asks_given, asks_widely, lists, question_parts
from rag.question import Question
from rag.silence import Silence, say_silence
from rag.verify import leads_on

ADDS = 0.12  # share of the question that a further quote has to cover to be shown
NEARLY = 0.5  # of fused score: a piece so near the best is as good
UNSAID = 0.5  # quotes that have less of the question's words may not be what answers it
ABOUT = 1.5  # of fused score: then those so near the best are quoted, too
_RESULT = re.compile(r"=\s*[+−-]?\d")  # of a working
_MARK = re.compile(r"\[(\d{1,4})\]")  # not the text of a link: [13800000000](tel:13800000000)
_LIST_NUMBER = re.compile(r"\s*\d{1,2}[.、)](?!\d)")


def compose(
    asked: Question,
    text: str,
    evidence: Sequence[Evidence],
    *,
    answered: bool,
    checks: Sequence[Check] = (),
    translations: Mapping[int, str | Later] | None = None,
) -> Answer:
    """Number the evidence in the order in which the text cites it, and finish the answer."""
    in_english = translations or {}
    by_number = {piece.number: piece for piece in evidence}
    order = [n for n in dict.fromkeys(int(n) for n in _MARK.findall(text)) if n in by_number]
    numbers = {old: new for new, old in enumerate(order, 1)}
    text = _MARK.sub(lambda m: f"[{numbers[int(m[1])]}]" if int(m[1]) in numbers else "", text)
    citations = tuple(
        Citation(numbers[old], by_number[old].passage, by_number[old].quote, in_english.get(old))
        for old in order
    )
    verbatim = all(c.quote and c.quote in c.passage.text for c in citations)
    cited = [by_number[number] for number in order]
    standard = _figures_check(text, cited, asked.language) if answered else []
    if citations:
        standard.append(quotes_check(len(citations), asked.language, passed=verbatim))
    return Answer(text, answered, asked.language, citations, (*standard, *checks), asked.understood)


def extract(
    asked: Question,
    evidence: Sequence[Evidence],
    *checks: Check,
    said: Mapping[int, str] | None = None,
    translations: Mapping[int, str | Later] | None = None,
    note: str = "",
) -> Answer:
    """Make the answer of quotes of the evidence, behind what is ``said`` of them in English; a
    ``note`` on them ends it.
    """
    text = "\n\n".join(filter(None, [quoted(evidence, asked.language, said), note.strip()]))
    return compose(asked, text, evidence, answered=True, checks=checks, translations=translations)


def best_quotes(
    evidence: Sequence[Evidence], coverage: Coverage, question: str = ""
) -> list[Evidence]:
    """Return the best piece and those that say something further of what is asked.

    Of a list, whose pieces all have the score of the best, all are returned; of a question that
    a sentence rarely answers (how, which of several, in short), what stands beside and as near.
    """
    best, *others = evidence
    items = [piece for piece in others if piece.score == best.score and piece.kind == best.kind]
    chosen = [best, *items] if len(items) >= QUOTES - 1 else [best]
    wide = asks_widely(question) or asks_given(question)
    parts = question_parts(question)
    said = {token for piece in chosen for token in tokens(piece.told)}
    # a question of one word is of all that the report has of it
    one_word = len(coverage.terms) < 2
    for piece in others:
        if any(_same_words(piece, other) for other in chosen):
            continue
        words = set(tokens(piece.told))
        covers = bool(coverage.covered(words)) and one_word
        near = piece.score >= best.score - (2 * NEARLY if covers else NEARLY)
        same = piece.passage.id == best.passage.id
        goes_on = piece.score >= MARGIN * best.score  # with the next part of the answer
        beside = (wide and (near or same)) or (bool(parts) and (near or goes_on))
        # of two figures that the search finds as near, either may be the one that is meant
        named = not coverage.covered(said) or bool(coverage.covered(words))
        counted = asks_figure(question) and bool(find_amounts(piece.words))
        beside = beside or (near and named and counted)
        further = beside or adds(piece, said, coverage)
        if piece not in chosen and len(chosen) < QUOTES and further:
            chosen.append(piece)
            said |= words
    return chosen


def _same_words(piece: Evidence, other: Evidence) -> bool:
    """Whether two pieces of different places say the same in the same words."""
    one, two = (re.sub(r"\W", "", each.words) for each in (piece, other))
    return one == two and piece.passage.id != other.passage.id


def adds(piece: Evidence, said: Set[str], coverage: Coverage) -> bool:
    """Whether a piece has words of the question that what is ``said`` already does not have."""
    words = said | set(tokens(piece.told))
    return coverage.weight(coverage.covered(words) - coverage.covered(said)) >= ADDS


def with_near(
    quotes: Sequence[Evidence], evidence: Sequence[Evidence], coverage: Coverage
) -> list[Evidence]:
    """Add to the best quotes what the search finds about as near, where a question is in other
    words than theirs, so that these do not tell which of the evidence answers it.
    """
    said = {token for piece in quotes for token in tokens(piece.told)}
    if coverage.weight(coverage.covered(said)) >= UNSAID:
        return list(quotes)
    near = [p for p in evidence if p not in quotes and p.score >= quotes[0].score - ABOUT]
    return [*quotes, *near][: max(QUOTES, len(quotes))]


def with_lists(quotes: Sequence[Evidence], evidence: Sequence[Evidence]) -> list[Evidence]:
    """Add to the quotes what lists things, too, and is about as near: either may be the whole."""
    near = (p for p in evidence if p not in quotes and p.score >= quotes[0].score - ABOUT)
    return [*quotes, *filter(lists, near)][: max(QUOTES, len(quotes))]


def refuse(
    asked: Question,
    silence: Silence,
    evidence: Sequence[Evidence],
    translations: Mapping[int, str | Later] | None = None,
) -> Answer:
    """Say that the report does not answer, and offer what is nearest."""
    nearest = [] if silence.reason == "off-topic" else _distinct(evidence)[:2]
    text = say_silence(silence, nearest, asked.language)
    return compose(asked, text, nearest, answered=False, translations=translations)


def from_claims(
    asked: Question,
    claims: Sequence[Claim],
    evidence: Sequence[Evidence],
    checks: Sequence[Check] = (),
    translations: Mapping[int, str | Later] | None = None,
    rest: str = "",
) -> Answer | None:
    """Keep the claims that stand in the evidence; None where these are few or say nothing.

    ``rest`` follows: what is quoted for the parts of the question that a draft failed.
    """
    kept = _kept(claims)
    fell_back = any(kind == "language" for claim in claims for kind, _ in claim.failures)
    if fell_back and 2 * len(kept) <= len(claims):  # the rest of such a draft is not trusted
        return None
    if all(leads_on(claim.text) for claim in kept):  # to a list, which is empty now
        return None
    text = "\n".join(filter(None, (verified_text(kept, asked.language), rest)))
    return compose(asked, text, evidence, answered=True, checks=checks, translations=translations)


def _kept(claims: Sequence[Claim]) -> list[Claim]:
    """Keep what stands in the evidence; what was checked as a list's number, and would be a figure
    behind another sentence of its line, is left out.
    """
    kept: list[Claim] = []
    for claim in (claim for claim in claims if not claim.failures):
        inside = bool(kept) and kept[-1].line == claim.line
        said = any(claim.text == other.text for other in kept)  # small models go round in circles
        if not said and not (inside and _LIST_NUMBER.match(claim.text)):
            kept.append(claim)
    return kept


def verified_text(claims: Sequence[Claim], language: str) -> str:
    """Join the claims that stand in the evidence, in the lines that the draft had."""
    separator = "" if language == "zh" else " "
    lines: dict[int, list[str]] = {}
    for claim in _kept(claims):
        lines.setdefault(claim.line, []).append(_marked(claim))
    return "\n".join(separator.join(line) for line in lines.values())


def _marked(claim: Claim) -> str:
    """Put the marks before the closing full stop."""
    marks = "".join(f"[{number}]" for number in claim.cited)
    if not marks:
        return claim.text
    match = re.search(r"[。.!！?？;；]$", claim.text)
    body, end = (claim.text[: match.start()], match[0]) if match else (claim.text, "")
    return f"{body} {marks}{end}"


def _distinct(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The first piece of each heading."""
    return list({piece.title: piece for piece in reversed(evidence)}.values())[::-1]


def _figures_check(text: str, cited: Sequence[Evidence], language: str) -> list[Check]:
    """Look for each figure in what is cited; one that is not there was computed, with a working."""
    found = find_amounts(_MARK.sub("", text))
    if not found:
        return []
    sources = [a for piece in cited for a in find_amounts(f"{piece.words}\n{piece.quote}")]
    count = sum(any(states(amount, source) for source in sources) for amount in found)
    # what is computed shows its working, in which the figures of the report stand again
    computed = min(len(found) - count, len(_RESULT.findall(text)))
    if not count and not computed:
        return []
    if language == "zh":
        rest = f"，另有 {computed} 个由其算出" if computed else ""
        detail = f"{count} 个数字已与报告核对{rest}。"
    else:
        rest = f", {computed} computed from them" if computed else ""
        detail = (
            f"{count} {'figure' if count == 1 else 'figures'} checked against the report{rest}."
        )
    return [Check("figures", passed=True, detail=detail)]


def quotes_check(count: int, language: str, *, passed: bool) -> Check:
    """Tell that so many quotes stand in the report word for word, or that one does not."""
    if language == "zh":
        detail = f"{count} 处引文与原文逐字一致。" if passed else "有引文与原文不一致。"
    else:
        plural = "quote" if count == 1 else "quotes"
        detail = f"{count} {plural} verbatim." if passed else "A quote differs from the report."
    return Check("quotes", passed=passed, detail=detail)


def draft_checks(claims: Sequence[Claim], language: str, repaired: int = 0) -> list[Check]:
    """Tell what of a draft was left out, put right, or completed by a limit, where anything was."""
    zh = language == "zh"
    checks = []
    if left := [reasons(claim.failures, language) for claim in claims if claim.failures]:
        named = ("；" if zh else "; ").join(dict.fromkeys(left))
        detail = (
            f"模型草稿中有未能在证据中核实的内容，已删去：{named}。"
            if zh
            else f"Left out of the model's draft, as the evidence does not bear it out: {named}."
        )
        checks.append(Check("draft", passed=False, detail=detail))
    if repaired:
        detail = (
            f"{repaired} 句经核对不符，模型已据证据改正。"
            if zh
            else f"Put right by the model after a check: {repaired} "
            f"{'sentence' if repaired == 1 else 'sentences'}."
        )
        checks.append(Check("repair", passed=True, detail=detail))
    if mended := [words for claim in claims if not claim.failures for words in claim.mended]:
        named = ("、" if zh else ", ").join(mended)
        detail = (
            f"已按原文补上“超过”“近”等限定：{named}。"
            if zh
            else f"Limits of the report put back (such as “more than”): {named}."
        )
        checks.append(Check("limits", passed=True, detail=detail))
    return checks
