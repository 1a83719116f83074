"""A follow-up and the question before it -> one question that stands alone."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from index.pieces import is_chinese
from index.terms import tokens
from rag.followup_compares import compared, compares, share_of
from rag.followup_words import behind
from rag.leaning import ASKS, LEAD, leans, of_company, only_asks, pronoun_in
from rag.swaps import framed, is_part, swapped

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_YEAR_BEFORE = re.compile(
    r"(?<![比较跟与和])(?:再?(?:上一|前一)年度?|去年)"
    r"|(?<!than )(?<!from )(?<!on )the (?:year before|previous year|prior year)"
    r"|(?:a|one) year earlier|last year",
    re.IGNORECASE,
)
_YEAR_AFTER = re.compile(
    r"(?:下一|后一)年度?|次年|the (?:next|following) year|the year after", re.IGNORECASE
)
_POLITE = r"(?:please |can you |could you |now )*"
_TO_ENGLISH = re.compile(
    r"(?:请|麻烦)?你?(?:(?:用|换成|翻译成|译成|说)(?:英文|英语)(?:回答|说|再说)?.{0,6}|(?:英文|英语)(?:回答|版|呢)?)"
    rf"|{_POLITE}(?:(?:say|answer|repeat|translate)(?: it| that| this)?(?: again)? )?"
    r"(?:in|into|to )? ?english,?(?: please)?",
    re.IGNORECASE,
)
_TO_CHINESE = re.compile(
    r"(?:请|麻烦)?你?(?:(?:用|换成|翻译成|译成|说)(?:中文|汉语)(?:回答|说|再说)?.{0,6}|(?:中文|汉语)(?:回答|版|呢)?)"
    rf"|{_POLITE}(?:(?:say|answer|repeat|translate)(?: it| that| this)?(?: again)? )?"
    r"(?:in|into|to )? ?chinese,?(?: please)?",
    re.IGNORECASE,
)
# "No, I meant X": X takes the place of what was asked.
_CORRECTS = re.compile(
    r"^(?:(?:不是|不对|错了|我是?说错了)[,，。]?\s*(?:我(?:问|说|指|要)的?是)?|我(?:问|说|指)的是)"
    r"|^(?:no|sorry|wait)?[,.]?\s*(?:i (?:meant?|(?:was|am) asking about)|not that[,.]?)\b",
    re.IGNORECASE,
)
# What a follow-up begins and ends with, and says nothing.
_TAIL = re.compile(r"(?:那边|那里|这边)?(?:同年|同期)?(?:的)?[呢吗呀啊]?\s*[？?。.!！]*$")
_ARTICLE = re.compile(r"^(?:in|for|the|about|its|their|it's|of)\b\s*", re.IGNORECASE)
# "And the supervisors? How often did they meet?" is about the supervisors alone.
_OF_ANOTHER = re.compile(
    r"(?P<lead>那么?(?![边里])|and\b|(?:what|how) about\b)?[,，]?\s*"
    r"(?P<whom>[^？?。.,，]{1,40}?)(?P<mark>呢)?\s*[？?]\s*(?P<asks>.{2,200})",
    re.IGNORECASE,
)
_ASKS_WHOLE = re.compile(rf"{ASKS.pattern}|(.)不\1", re.IGNORECASE)
_OF_WHICH = re.compile(r"，其中[^，]{1,12}呢$")
_ASKS_ENOUGH = 2  # words of a question that says what it is about somebody


class Completed(NamedTuple):
    """A question that stands alone, the language it switches to ("" for none), what it added."""

    text: str
    language: str = ""
    added: str = ""


def complete(text: str, before: str, report_year: str, earlier: str = "") -> Completed:
    """Complete a follow-up from the question before; one that stands alone comes back as it is.

    ``report_year`` is the year that "the year before" counts from where none was named;
    ``earlier`` is the question before that, which may have asked the same of another year.
    """
    bare = text.strip(" .。!！?？~")
    for switch, language in ((_TO_ENGLISH, "en"), (_TO_CHINESE, "zh")):
        if switch.fullmatch(bare):
            return Completed(before, language)
    corrected = _CORRECTS.sub("", text).strip(" ,，")
    corrects = bool(corrected) and corrected != text
    text = corrected if corrects else text
    years, rest = _years_of(text, before, report_year)
    core = _core(rest)
    if added := behind(core, before):
        return Completed(added)
    if of_another := _of_another(text, before):
        return Completed(of_another)
    if shared := share_of(core, before):
        return Completed(shared)
    if core and compares(core):
        same = _YEAR.sub("", earlier) == _YEAR.sub("", before)
        years = years or (_YEAR.findall(earlier) if same else [])
        return Completed(compared(before, years, report_year))
    if not leans(text, core, years, corrects=corrects) or of_company(text, before):
        return Completed(text)
    base = with_years(before, years) if years else before
    if not core:
        return Completed(base)
    if only_asks(text):
        return Completed(_asked_behind(base, text), added=core)
    if ASKS.search(core) and not pronoun_in(text) and len(tokens(core)) > 1:
        return _asked_anew(text, before, years, core)
    return _merged(base, core, text)


def _of_another(text: str, before: str) -> str:
    """Put whom a follow-up names first into its question, with the years of the one before; ""
    where it names nobody, or its question leans on the one before.
    """
    spoken = _OF_ANOTHER.fullmatch(text)
    if not spoken or not (spoken["lead"] or spoken["mark"]) or ASKS.search(spoken["whom"]):
        return ""
    if _YEAR.search(spoken["whom"]) or _YEAR_BEFORE.search(spoken["whom"]):
        return ""
    whom, asks = _core(spoken["whom"]), spoken["asks"]
    if not whom or len(tokens(asks)) < _ASKS_ENOUGH or not _ASKS_WHOLE.search(asks):
        return ""
    whole = f"{whom}，{asks}" if is_chinese(whom) else f"{whom}: {asks}"
    carried = _YEAR.findall(before)
    return with_years(whole, carried[-1:]) if carried and not _YEAR.search(whole) else whole


def _years_of(text: str, before: str, report_year: str) -> tuple[list[str], str]:
    """Return the years that a follow-up names, and the text without them."""
    years = _YEAR.findall(text)
    known = _YEAR.findall(before) or _YEAR.findall(report_year)
    if not years and known:
        if _YEAR_BEFORE.search(text):
            years = [str(int(known[0]) - 1)]
        elif _YEAR_AFTER.search(text):
            years = [str(int(known[-1]) + 1)]
    rest = _YEAR.sub(" ", _YEAR_AFTER.sub(" ", _YEAR_BEFORE.sub(" ", text)))
    return years, re.sub(r"^\s*(?=年)年度?的?|\s年度?的?", " ", rest)


def _core(text: str) -> str:
    """Return what is left without "and what about the" and "呢？"."""
    core, last = text.strip(), ""
    while core != last:
        last = core
        core = _ARTICLE.sub("", LEAD.sub("", core)).strip(" ,，")
    return _TAIL.sub("", core).strip(" ,，.。?？!！的")


def _asked_anew(text: str, before: str, years: Sequence[str], core: str) -> Completed:
    """A whole question behind "and": a name of the same kind changes places, else years carry on.

    "And how many women?" behind "How many men were there in 2023?" asks for women in 2023.
    """
    name = re.sub(r"^(?:how (?:many|much)|多少|几[个名位人])\s*", "", core, flags=re.IGNORECASE)
    if name != core and (other := swapped(before, name)):
        return Completed(with_years(other, years) if years else other)
    own = LEAD.sub("", text).strip(" ,，")
    own = own[:1].upper() + own[1:]
    carried = _YEAR.findall(before)
    if years or not carried or _YEAR.search(own):
        return Completed(with_years(own, years) if years and not _YEAR.search(own) else own)
    return Completed(with_years(own, carried[-1:]))


def _merged(base: str, core: str, text: str) -> Completed:
    """Put a name, or a question with a pronoun, into or behind the question before."""
    if pronoun_in(text) and ASKS.search(core):
        return Completed(_asked_behind(base, text), added=core)
    if other := swapped(base, core) or _framed(base, core, text):
        return Completed(other)
    if is_chinese(base) and is_chinese(core):
        stem = _OF_WHICH.sub("", base.rstrip(" ?？。."))  # another part in the place of the last
        return Completed(f"{stem}，其中{core}呢？", added=core)
    return Completed(f"{base.rstrip(' ?？。.')}: {core}?", added=core)


def _framed(base: str, core: str, text: str) -> str:
    """Return the question about another name; a part of what it counts is none: women, 男的."""
    counts = re.match(r"how many\b", base, re.IGNORECASE)
    return framed(base, core, text) if counts or not is_part(core) else ""


def _asked_behind(base: str, text: str) -> str:
    """Return the question before with a whole one behind it, in the place of one that only asks."""
    *first, last = re.split(r"(?<=[?？])\s*(?=.)", base)
    base = base.removesuffix(last).strip() if first and only_asks(last) else base
    asked = text.strip()
    asked = LEAD.sub("", asked).strip(" ,，") or asked
    mark = "" if base[-1:] in "?？。." else ("？" if is_chinese(base) else "?")
    gap = "" if is_chinese(base) and is_chinese(asked) else " "
    return f"{base}{mark}{gap}{asked[:1].upper()}{asked[1:]}"


def with_years(question: str, years: Sequence[str]) -> str:
    """Put other years in the place of the question's own, or add them where it has none."""
    found = list(_YEAR.finditer(question))
    if not found:
        if is_chinese(question):
            return f"{'和'.join(f'{year}年' for year in years)}{question}"
        stem = question.rstrip(" ?.")
        return f"{stem} in {' and '.join(years)}{question[len(stem) :].strip() or ''}"
    start, end = found[0].start(), found[-1].end()
    if len(found) == 1 or len(years) == 1:
        return question[:start] + years[0] + question[end:]
    new = iter(years)
    between = _YEAR.sub(lambda _: next(new, years[-1]), question[start:end])
    return question[:start] + between + question[end:]
