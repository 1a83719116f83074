"""Divide a part by its whole where one sentence gives both: 858 件，其中发明专利 149 件."""

import re
from collections.abc import Sequence

from index.english import in_english
from index.terms import tokens
from rag import amounts, asked, sums
from rag.amounts import Amount, find_amounts
from rag.coverage import Coverage
from rag.evidence import sentences_asked
from rag.periods import to_date, years
from rag.question import Question
from rag.retrieve import Hit
from rag.rows import NEAR, FigureAnswer, evidence_of
from rag.subject import EXCLUDED
from rag.units import RATIOS

ENOUGH = 0.6  # share of the question that a sentence with part and whole must cover
SURE = 4.5  # score of a sentence that the search is sure of, whatever else the question says
CLEAR = 0.75  # share of the part's label that the question must name

Named = tuple[str, Amount]  # an amount of a sentence with what it is called there

_FOR_EACH = re.compile(
    r"平均每一?(?P<per>[次场人名家件项份个])[^，,。？?]{0,16}(?:几|多少)(?P<of>人次|[次场人名家件项份个])"
)
_OF_WHICH = re.compile(r"其中|\bof which\b|包括|含")
_VERBS = re.compile(
    r"^(?:公司|本公司|我们|集团)?(?:累计|共计|共|合计|总共)?(?:获得|取得|拥有|有|开展|完成|实现)?"
)
# What a share is said to be taken of.
_OF_WHOLE = re.compile(
    r"([^，,。？?在占]{2,12}?)(?:当中|之中|[中里])|占([^，,。？?]{2,12}?)的?(?:比|百分|多少|几成)"
    r"|\b(?:share|proportion|percentage|percent|fraction|part) of (?:the |its |their |all )*"
    r"([^?,]{3,40}?) (?:is|are|was|were|went|came|has|have|had|holds?|held|did|do|does)\b"
    r"|^\W*of (?:the |its |their |all )*([^?,]{3,60})",
    re.IGNORECASE,
)
# What is left without a part, and how many did not pass.
_REST = re.compile(
    r"扣[掉除去]|除[去开掉了]|剩[下余]|其余|刨[去除]"
    r"|\b(?:remain(?:ing|s)?|the rest|left (?:over|after)|other than|apart from|excluding"
    r"|besides)\b",
    re.IGNORECASE,
)
_FAILS = re.compile(
    r"[没未不](?:有)?(?:通过|过关|合格|达标|及格)|[没未](?:有)?过(?![程去])"
    r"|\b(?:did(?: not|n['’]t) pass|fail(?:ed)?|not pass)\b",
    re.IGNORECASE,
)
_PASSES = re.compile("合格|通过|达标")
_OWN = re.compile("^年?(?:本?公司|我们|集团)?")
_COUNT_LABEL = re.compile(r"([\u3400-\u9fff]{2,14})\s*[为是：:]?\s*\**$")
_CLAUSE_END = re.compile(r"[；;。]")


def share_in_sentence(
    hits: Sequence[Hit], question: Question, coverage: Coverage
) -> FigureAnswer | None:
    """Divide the part that the question names by its whole, from the best of the sentences."""
    if EXCLUDED.search(question.text):
        return None
    for sentence in sentences_asked(question.text)[1:]:  # which may ask for that of something else
        own = coverage.part(sentence)
        coverage = own if asked.share(sentence) and own.terms else coverage
    taken_of = _OF_WHOLE.search(question.text)
    divided = coverage.part(next(filter(None, taken_of.groups()))) if taken_of else None
    timed = to_date(question.text) or years(question.text)  # all up to a day, or of one year
    best: tuple[tuple[bool, float], Hit, Named, Named] | None = None
    for hit in hits:
        if hit.entry.kind != "sentence" or hit.score < hits[0].score - NEAR:
            continue
        found = _part_and_whole(hit.entry.text, question.text, coverage)
        if found and divided and divided.named(found[0][0]) >= CLEAR:
            continue  # the share of something else in what the sentence has as the part
        covered = coverage.weight(coverage.covered(set(tokens(hit.entry.text))))
        fits = not timed or to_date(hit.entry.text) == to_date(question.text)
        meant = hit.score >= SURE or (covered >= ENOUGH and not coverage.unknown)
        if found and meant and (best is None or (fits, covered) > best[0]):
            best = ((fits, covered), hit, *found)
    if best is None:
        return None
    _, hit, part, whole = best
    said = _share(part, whole, question.language)
    return FigureAnswer(said, (evidence_of(hit, 1),))


def each_in_sentence(
    hits: Sequence[Hit], question: Question, coverage: Coverage
) -> FigureAnswer | None:
    """Divide two counts that one clause gives, 9 次 and 23 项, where it is asked how many of one
    there are for each of the other.
    """
    asks = _FOR_EACH.search(question.text)
    if coverage.unknown or not asks or not hits:
        return None
    per, of = asks["per"], asks["of"]
    for hit in hits:
        if hit.entry.kind != "sentence" or hit.score < hits[0].score - NEAR:
            continue
        if coverage.weight(coverage.covered(set(tokens(hit.entry.text)))) < ENOUGH:
            continue
        found = find_amounts(hit.entry.text)
        counts = [[a for a in found if a.text.strip(" *").endswith(u)] for u in (of, per)]
        if all(len(each) == 1 and each[0].value > 0 for each in counts):
            one, two = (each[0].text.strip(" *") for each in counts)
            result = sums.rounded(counts[0][0].value / counts[1][0].value)
            said = f"“{hit.entry.text}” [1]。{one} ÷ {two} = {result:,}（平均每{per}）。"
            return FigureAnswer(said, (evidence_of(hit, 1),))
    return None


def rest_in_sentence(
    hits: Sequence[Hit], question: Question, coverage: Coverage, report_year: str
) -> FigureAnswer | None:
    """Take a part from its whole, which one sentence gives both: what is left without it, or how
    many of those who took part did not pass.
    """
    fails, rest = _FAILS.search(question.text), _REST.search(question.text)
    wanted = set(years(question.text))
    coverage = coverage.part(_REST.sub(" ", question.text))  # the part is named by what it excludes
    for hit in hits if fails or rest else ():
        if hit.entry.kind != "sentence" or hit.score < hits[0].score - NEAR:
            continue
        if not wanted <= (set(years(hit.entry.text)) or {report_year}):
            continue
        found = (
            _taking_part_and_passing(hit.entry.text)
            if fails
            else _part_and_whole(hit.entry.text, question.text, coverage)
        )
        covered = coverage.covered(set(tokens(f"{hit.entry.title} {hit.entry.text}")))
        if found and len(covered) >= ENOUGH * len(coverage.terms):
            return FigureAnswer(_difference(*found, question.language), (evidence_of(hit, 1),))
    return None


def _taking_part_and_passing(text: str) -> tuple[Named, Named] | None:
    """Return how many passed, and how many took part, where a sentence tells both."""
    for sentence in re.split(r"[。；;]", text):
        counts = [
            (_OWN.sub("", match[1]), amount)
            for amount in find_amounts(sentence)
            if amount.unit in ("person", "item")
            and (match := _COUNT_LABEL.search(sentence[: amount.start]))
        ]
        passed = [each for each in counts if _PASSES.search(each[0])]
        others = [each for each in counts if each not in passed]
        if len(passed) == len(others) == 1 and passed[0][1].value <= others[0][1].value:
            return passed[0], others[0]
    return None


def _difference(part: Named, whole: Named, language: str) -> str:
    working = f"{whole[1].value:,} − {part[1].value:,} = {whole[1].value - part[1].value:,}"
    shown = [_shown(each, language) for each in (whole, part)]
    if language == "zh":
        unit = whole[1].text.lstrip("0123456789,. *").strip(" *")
        return f"{'，'.join(shown)} [1]。{working} {unit}。"
    return f"{shown[0][0].upper()}{shown[0][1:]}, {shown[1]} [1]. {working}."


def _part_and_whole(text: str, asked_for: str, coverage: Coverage) -> tuple[Named, Named] | None:
    """Return the part that the question names and the whole before it, of one clause, each with
    what stands before it.
    """
    for clause in _CLAUSE_END.split(text):
        match = _OF_WHICH.search(clause)
        if match is None:
            continue
        found = [amount for amount in find_amounts(clause) if amount.value > 0]
        if any(amount.unit in RATIOS for amount in found):  # the share itself is printed
            continue
        wholes = [amount for amount in found if amount.end <= match.start()]
        parts = [amount for amount in found if amount.start >= match.end()]
        starts = [match.end(), *(amount.end for amount in parts)]
        fitting = []
        for amount, start in zip(parts, starts, strict=False):
            label = re.sub(r"[，,、：:]", "", clause[start : amount.start]).strip()
            whole = next((w for w in reversed(wholes) if w.unit == amount.unit), None)
            named = coverage.named(label)
            if whole and amount.value <= whole.value and named >= CLEAR:
                fitting.append((named, _longest_shared(label, asked_for), label, amount, whole))
        fitting.sort(key=lambda fit: fit[:2], reverse=True)
        if fitting[1:] and fitting[0][1] == fitting[1][1] > 0:
            continue  # 事业群内调动, 跨事业群调动: which of them is 换到别的事业群?
        if fitting:
            _, _, label, amount, whole = fitting[0]
            before = re.split("[，,、：:]", clause[: whole.start].strip())[-1]
            return (label, amount), (_VERBS.sub("", before).strip(), whole)
    return None


def _longest_shared(label: str, text: str) -> int:
    """Return how long a part of a label stands in a text: 跨事业群 of 跨事业群调动."""
    parts = (label[i:j] for i in range(len(label)) for j in range(i + 1, len(label) + 1))
    return max((len(part) for part in parts if part in text), default=0)


def _share(part: Named, whole: Named, language: str) -> str:
    """Say what share one amount of a sentence, cited as [1], is of another; each has its name."""
    shown = [_shown(each, language) for each in (part, whole)]
    result = sums.percent(part[1].value, whole[1].value)
    if language == "zh":
        working = f"{part[1].text.strip(' *')} ÷ {whole[1].text.strip(' *')} = {result}"
        return f"{shown[1]}，其中{shown[0]} [1]。{working}。"
    working = f"{amounts.to_english(part[1])} ÷ {amounts.to_english(whole[1])} = {result}"
    return f"{shown[1][0].upper()}{shown[1][1:]}, of which {shown[0]} [1]. {working}."


def _shown(named: Named, language: str) -> str:
    """Word an amount with its name."""
    name, amount = named
    value = amount.text.strip(" *") if language == "zh" else amounts.to_english(amount)
    known = name if language == "zh" else in_english(name) or f"“{name}”"
    return f"{known} {value}" if name else value
