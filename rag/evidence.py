"""Hits -> the few sentences and rows that bear on the question, numbered."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from index.passage import PATH, Entry, Passage
from index.store import Index
from rag.announced import announced, counted
from rag.cases import cases
from rag.contacts import is_bare, only_contacts, shapes_asked
from rag.naming import shares_place
from rag.periods import day, tells_day
from rag.retrieve import Hit

BUDGET = 420  # characters of evidence: about 300 tokens of the embedded model
MOST = 5  # pieces
MARGIN = 0.8  # share of the best fused score that a piece must have
PART = 0.4  # the same, of what answers a part of the question
CLEAR_PART = 4.0  # a part of a question that finds something by so much needs no more words
NEARBY = 0.5  # of fused score: what is so near the best counts whatever its share
LONGEST_LIST = 20  # pieces under one heading; more are a form or a long text, and no list
LISTED = 2  # commas of a Chinese list: three things
LIST_BUDGET = 900  # characters, where a question asks for all items of a list

_ASKS_LIST = re.compile(
    r"哪些|哪几|哪三|哪四|哪五|列出|列举|有什么|包括什么|清单|名单|分别|有谁|谁[^，,。？?]{1,8}[、，]谁"
    r"|\b(?:list|what are|what were|name (?:the|all|every|each|some|three|four|five)"
    r"|(?:kind|type|sort)s? of"
    r"|which (?:[\w&-]+ ){0,3}?(?:(?:two|three|four|five|six)|[\w-]+[^su\W]s))\b",
    re.IGNORECASE,
)
_ASKS_WIDELY = re.compile(
    r"如何|怎[么样]|怎么样|哪[两二]|简述|概括|总结|介绍|说明|描述|用[在于途]|做了?什么|干了?什么|措施|流程"
    r"|去向|去了?哪|梳理|概述|要点|归纳"
    r"|\b(?:how (?:does|do|did|is|are|was|were|can|could|should|must)"
    r"|summari[sz]e|describe|explain|briefly|measures"
    r"|sum(?:ming|med)? up|overview|rundown|outline|walk me through|in short|short version|end up"
    r"|what(?:['’]?s| is| are| was| were) (?:its|their|the|the company['’]s) plans?"
    r"|what (?:has|have|did|does|do|is|are) (?:[\w'’&-]+ ){1,5}?(?:done|do|doing)"
    r"|process|steps|what (?:becomes?|became|happens?|happened)|(?:which|what) two|what for"
    r"|used for|for what|and (?:what|how|why))\b"
    r"|\bfor\?",
    re.IGNORECASE,
)
# What somebody got is often told behind that they got something.
_ASKS_GIVEN = re.compile(
    r"(?:给|送|捐|发|寄|拿|得|收|提供|得到|收到|拿到)[了到过]?[点些]?什么"
    r"|\bwhat (?:has|have|did|does|do) (?:[\w'’&-]+ ){1,6}?"
    r"(?:given?|get|got|received?|donated?|sen[dt]|hand(?:ed)? (?:out|over)|contributed?|provided?"
    r"|offer(?:ed)?)\b",
    re.IGNORECASE,
)
# What a report asks its readers, and its index of what stands where, answer nothing else.
_ASKS_FORM = re.compile(
    r"问卷|问题|反馈|\b(?:questions?|questionnaire|feedback|survey)\b", re.IGNORECASE
)
INDEX = re.compile(r"索引$|对照表$|\bindex$", re.IGNORECASE)
_ASKS_INDEX = re.compile(
    r"索引|对照|指标|哪一?[章节页部]|GRI|CASS|SASB|TCFD|ISSB|\b(?:index|indicators?|standards?|sections?"
    r"|pages?|chapters?|disclosures?)\b",
    re.IGNORECASE,
)
_IN_TABLE = re.compile(r"表(?:格|中|里|内)|\btable\b", re.IGNORECASE)
ASKS = re.compile(
    r"[？?]|哪|多少|几|什么|如何|怎|谁|吗"
    r"|\b(?:what|which|how|who|when|where|why|does|do|did|is|are)\b",
    re.IGNORECASE,
)
_REASON = re.compile("(?:这|那|其|具体|主要)*(?:是?什么)?(?:的?原因|理由|为什么|为何)")
_SENTENCE_ENDS = re.compile(r"(?<=[？?；;])\s*")
_PART_ENDS = re.compile(
    r"(?<=[？?；;])\s*"
    r"|[，,]\s*(?=(?:and |then )?(?:what|how|which|who|when|where|why|did|does|is)\b)"
    r"|[，,]\s*(?=(?:以及|还有|另外))"
    r"|[，,]\s*(?=[^，,]{0,12}(?:多少|几|哪|什么|如何|怎么|是否|谁|吗))"
    r"|(?<=[几少][个人家次项件名位])[，,]\s*(?=[^，,]{0,30}(?:多少|几))"
    r"|\s(?=and (?:what|how|which|who|when|where)\b)",
    re.IGNORECASE,
)


def question_parts(question: str) -> list[str]:
    """Return the parts of a question that asks several things; [] where it asks one, be it the
    reason of what it states.
    """
    parts = [part.strip(" ，,") for part in _PART_ENDS.split(question)]
    parts = [part for part in parts if len(re.findall(r"[\u3400-\u9fff]|[A-Za-z]+", part)) >= 4]
    stated = len(parts) == 2 and not ASKS.search(parts[0]) and _REASON.match(parts[1])
    return parts if len(parts) > 1 and not stated else []


def sentences_asked(question: str) -> list[str]:
    """Return the sentences of a question that ask something, each by itself."""
    sentences = (sentence.strip(" ，,") for sentence in _SENTENCE_ENDS.split(question))
    return [sentence for sentence in sentences if ASKS.search(sentence)]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A numbered piece of evidence.

    ``words`` is how it is shown to a language model (a row with its header), ``quote`` how it
    stands in the passage.
    """

    number: int
    passage: Passage
    title: str
    words: str
    quote: str
    kind: str
    lines: tuple[int, int]
    score: float

    @property
    def told(self) -> str:
        """Its words below its headings, which say what they are told of."""
        return f"{self.title} {self.words}"


def choose_evidence(
    index: Index, question: str, hits: Sequence[Hit], part_hits: Sequence[Sequence[Hit]] = ()
) -> list[Evidence]:
    """Return the best pieces within the budget; for a question about a list, the whole list.

    ``part_hits`` are the hits of each part of a question that asks several things: every part
    gets its best piece.
    """
    contacts = shapes_asked(question)
    details = [h for h in hits if h.entry.quote and (contacts or not _is_contact(h.entry.quote))]
    details = [hit for hit in details if not _beside_the_point(hit.entry, question)] or details
    if not details:
        return []
    best = details[0].score
    near = [hit for hit in details if hit.score >= least(best, MARGIN)]
    # a part may lean on the rest ("and what for?"): it chooses among what the whole one found
    found = {hit.entry for hit in details if hit.score >= least(best, PART)}
    alone = set(sentences_asked(question)[1:])
    parts = zip(question_parts(question), part_hits, strict=False)
    heads = [_head(part_found, found, alone=part in alone) for part, part_found in parts]
    near = near[:1] + [hit for hit in heads if hit is not None] + near[1:]
    if day(question):  # a year, or a month, does not answer
        near += [h for h in details if h.score >= least(best, PART) and tells_day(h.entry.text)][:2]
    # what stands beside the best sentence often completes it
    near += [hit for hit in details if hit.entry.title == near[0].entry.title]
    if asks_list(question):
        in_table = [hit for hit in near if hit.entry.kind == "row"]
        first = (in_table if in_table and _IN_TABLE.search(question) else near)[0]
        siblings = announced(index, first.entry) or counted(index, first.entry)
        if not siblings:
            siblings = _list_around(index, first.entry)
            if first.entry.kind == "sentence":  # running text may turn to other things
                siblings = [entry for entry in siblings if entry in found]
        if len(siblings) > 1:
            items = [Hit(e, index.passages[e.passage], best, 0.0, 0.0) for e in siblings]
            items = _of_place(question, items)
            return numbered(items + near, LIST_BUDGET, MOST + len(siblings))
    several = asks_list(question) or asks_widely(question)
    if several and (told := [Hit(h.entry, h.passage, best, 0.0, 0.0) for h in cases(details)]):
        told = _of_place(question, told)
        return numbered(told, LIST_BUDGET, MOST + len(told))
    return numbered(near, BUDGET, MOST)


def _of_place(question: str, items: Sequence[Hit]) -> list[Hit]:
    """Return the items of a list that tell of the place a question names; all, if none does."""
    there = [hit for hit in items if shares_place(question, f"{hit.entry.title} {hit.entry.text}")]
    return there or list(items)


def _is_contact(quote: str) -> bool:
    return is_bare(quote) or only_contacts(quote)


def _head(part: Sequence[Hit], found: Set[Entry], *, alone: bool) -> Hit | None:
    """Return the best hit of a part: of those that the whole question found too, unless the part
    stands ``alone`` and finds something clearly.
    """
    details = [hit for hit in part if hit.entry.quote]
    if alone and details and details[0].score >= CLEAR_PART:
        return details[0]
    return next((hit for hit in part if hit.entry in found), None)


def least(best: float, share: float) -> float:
    """Return the score that is enough beside the best."""
    return best - max(NEARBY, (1 - share) * best)


def asks_widely(question: str) -> bool:
    """Whether one sentence is rarely the whole answer: how something is done, two of a kind."""
    return _ASKS_WIDELY.search(question) is not None


def asks_given(question: str) -> bool:
    """Whether it asks what somebody was given, or gave."""
    return _ASKS_GIVEN.search(question) is not None


def asks_much(question: str) -> bool:
    """Whether it asks widely, for a list, or several things."""
    return asks_list(question) or asks_widely(question) or bool(question_parts(question))


def asks_list(question: str) -> bool:
    """Whether it asks for several things of one kind."""
    return _ASKS_LIST.search(question) is not None


def lists(piece: Evidence) -> bool:
    """Whether a piece of running text lists several things."""
    return piece.kind == "sentence" and piece.words.count("、") >= LISTED


def _beside_the_point(entry: Entry, question: str) -> bool:
    if entry.quote.endswith(("？", "?")):
        return not _ASKS_FORM.search(question)
    return bool(INDEX.search(heading(entry))) and not _ASKS_INDEX.search(question)


def joined(first: Sequence[Evidence], more: Sequence[Evidence]) -> list[Evidence]:
    """Return all pieces, each once, numbered anew."""
    distinct = {(piece.lines, piece.quote): piece for piece in (*more, *first)}
    order = dict.fromkeys((piece.lines, piece.quote) for piece in (*first, *more))
    return [replace(distinct[key], number=number) for number, key in enumerate(order, 1)]


def heading(entry: Entry) -> str:
    """Return the last heading above an entry."""
    return entry.title.rpartition(PATH)[2]


def _list_around(index: Index, entry: Entry) -> list[Entry]:
    """Return the entries on the neighbouring lines under the same heading, in reading order."""
    same = [e for e in index.entries if e.passage == entry.passage and e.title == entry.title]
    pieces = [e for e in same if e.quote and e.kind == entry.kind]
    short = sum(len(e.text) for e in pieces) <= LIST_BUDGET and len(pieces) <= LONGEST_LIST
    return pieces if short and len({e.lines for e in pieces}) > 1 else []


def numbered(hits: Sequence[Hit], budget: int, most: int) -> list[Evidence]:
    """Return the hits, each once, as numbered evidence: no more than fits the budget."""
    chosen: list[Hit] = []
    used = 0
    for hit in hits:
        said_before = any(_key(hit.entry) == _key(other.entry) for other in chosen)
        too_much = chosen and used + len(hit.entry.text) > budget
        if said_before or too_much or len(chosen) >= most:
            continue
        chosen.append(hit)
        used += len(hit.entry.text)
    return [
        Evidence(
            number, hit.passage, hit.entry.title, hit.entry.text, hit.entry.quote,
            hit.entry.kind, hit.entry.lines, hit.score,
        )
        for number, hit in enumerate(chosen, 1)
    ]  # fmt: skip


def _key(entry: Entry) -> tuple[int, tuple[int, int], str]:
    return entry.passage, entry.lines, entry.quote
