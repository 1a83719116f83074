"""What tells rows and figures of one kind apart has to be said by a claim, or was asked for."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from index.pieces import is_chinese
from index.terms import tokens
from rag.amounts import Amount, find_amounts, states
from rag.evidence import Evidence
from rag.rows import joint_parts
from rag.sources import figures, holds, is_labelled
from rag.subject import says_nothing
from rag.support import COUNTING, Support, given_tokens

_BOUND = re.compile(r"[，,；;。！？、：:\n]")
_CLAIM_CLAUSE = re.compile(r"[，；。;\n、]|,\s|\b(?:and|while|but|whereas|of which|of them)\b|其中")
_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
_LAST_HAN = re.compile(r"[\u3400-\u9fff]{2,24}$")
_LINK = re.compile(r"(?:分别|总计|合计|共计|达到|约为|超过|接近|[为是达约共有近至到了计])+$")
# What a figure of a claim counts, right behind it: 7 independent directors, 7 名独立董事.
_BEHIND = re.compile(
    r"\s*((?:(?!(?:of|on|in|at|for|and|or|by|with|from|to|who|that|which|were|was|are|is|have|has|had)\b)"
    r"[a-z'-]+ ?){1,4}|[\u3400-\u9fff]{2,8})",
    re.IGNORECASE,
)
_OF_ALL = frozenset((  # what the words before a figure may have besides what it is of
    "公司", "子公司", "集团", "企业", "员工", "职工", "全体", "全员", "报告期", "报告期内", "本年",
    "全年", "年度", "期内", "截至", "年末", "期末", "累计", "实现", "完成", "取得", "获得", "开展",
    "组织", "举办", "举行", "召开", "拥有", "合计", "共计", "其中", "目前", "我们", "进行", "发放",
    "支付", "投入", "计提", "收到", "派发", "缴纳",
))  # fmt: skip
_SHORTEST = 2  # characters that labels of one kind share, and that tell them apart


def unnamed_rows(
    text: str, question: str, pieces: Sequence[Evidence], support: Support
) -> list[str]:
    """Return the figures that stand only in rows whose label neither claim nor question names."""
    named = f"{text} {question}"
    wrong = []
    for amount in figures(text):
        holders = [piece for piece in pieces if holds([piece], amount)]
        labels = [_label(piece) for piece in holders if is_labelled(piece)]
        if len(labels) == len(holders) > 0 and not any(
            _names(named, label, support) for label in labels
        ):
            wrong.append(amount.text)
    return wrong


def unasked_rows(
    text: str,
    question: str,
    pieces: Sequence[Evidence],
    evidence: Sequence[Evidence],
    support: Support,
) -> list[str]:
    """Return the labels of rows that a claim rests on where another of their kind was asked for.

    国家标准 and 团体标准 are of one kind: who asks for national standards is told of no other,
    unless the claim says what it is, and does not take the one for the other.
    """
    wrong = []
    rows = [piece for piece in pieces if piece.kind == "row"]
    cited = [_label(row) for row in rows]
    for row, label in zip(rows, cited, strict=True):
        same = {_label(p) for p in evidence if p.kind == "row" and p.title == row.title}
        for other in same - {label}:
            own, asked = _apart(label, other) or ("", "")
            if not asked or not support.names(question, asked):
                continue
            said = support.names(f"{text} {question}", own)
            mixed_up = support.names(text, asked) and other not in cited
            if not said or mixed_up:
                wrong.append(label)
    return wrong


def of_kind_asked(evidence: Sequence[Evidence], question: str, support: Support) -> list[Evidence]:
    """Return the evidence without the rows of another kind than the one that is asked for."""
    return [p for p in evidence if not unasked_rows("", question, [p], evidence, support)]


def half_named(text: str, question: str, pieces: Sequence[Evidence], support: Support) -> list[str]:
    """Return the figures of a claim that leave out what tells them from one beside them.

    Where a sentence has "年度股东大会 1 次，临时股东大会 4 次", there was not one meeting.
    """
    named = f"{text} {question}"
    wrong = []
    for amount in figures(text):
        marks = [
            _mark(source, piece.words)
            for piece in pieces
            for source in find_amounts(piece.words)
            if states(amount, source)
        ]
        if marks and not any(mark == "" or support.names(named, mark) for mark in marks):
            given = given_tokens(piece.words for piece in pieces)
            if is_chinese(text) or not _qualifies(text, given, support):
                wrong.append(amount.text)
    return wrong


def narrowed(text: str, question: str, pieces: Sequence[Evidence]) -> list[str]:
    """Return the figures of a Chinese claim for which every source names something narrower.

    In "内部控制审计费用为 25 万元" the 25 are not 审计费用, unless the question has said 内部控制.
    """
    wrong = []
    for amount in figures(text):
        label = _behind_which(text[: amount.start])
        if len(label) < _SHORTEST:
            continue
        named = [
            _behind_which(piece.words[: source.start])
            for piece in pieces
            for source in find_amounts(piece.words)
            if states(amount, source)
        ]
        kinds = [name.removesuffix(label) for name in named if name.endswith(label)]
        if named and len(kinds) == len(named) and all(_lacks(f"{text}{question}", kinds)):
            wrong.append(amount.text)
    return wrong


def _behind_which(text: str) -> str:
    """Return the Chinese words right before a figure, without 为, 共计 and the like."""
    match = _LAST_HAN.search(_LINK.sub("", text.rstrip()))
    return match[0] if match else ""


def _lacks(named: str, kinds: Sequence[str]) -> Iterator[bool]:
    """For each kind: whether a word of it that tells something is not named."""
    for kind in kinds:
        words = [word for word in tokens(kind) if word not in _OF_ALL and not says_nothing(word)]
        yield any(word not in named for word in words)


def misnamed(text: str, pieces: Sequence[Evidence], support: Support) -> list[str]:
    """Return the figures of a claim that its clause, or the noun behind it, gives to what another
    figure is of.

    In "成员 3 名，其中职工监事 1 名" the employee's seat is not the 3.
    """
    wrong = []
    for clause in _CLAIM_CLAUSE.split(text):
        found = figures(clause)
        if len(found) != 1:
            continue
        behind = _BEHIND.match(clause, found[0].end)
        told = [support.senses(said) for said in (clause, behind[1] if behind else clause)]
        others = [
            any(_of_another(source, piece.words, senses) for senses in told)
            for piece in pieces
            for source in find_amounts(piece.words)
            if piece.kind != "row" and states(found[0], source)
        ]
        if others and all(others):
            wrong.append(found[0].text)
    return wrong


def _of_another(amount: Amount, text: str, senses: set[str]) -> bool:
    """Whether words name only the noun of another figure of the same unit in a text."""
    own = _noun_tokens(amount, text)
    beside = [a for a in find_amounts(text) if a.start != amount.start and a.unit == amount.unit]
    others = [_noun_tokens(other, text) for other in beside]
    shared = {word for other in others for word in other if sum(word in o for o in others) > 1}
    return any((other - own - shared) & senses and not (own - other) & senses for other in others)


def _noun_tokens(amount: Amount, text: str) -> set[str]:
    words = (token for noun in _nouns(amount, text) for token in tokens(noun))
    return {word for word in words if not word.isdecimal()}


def _names(text: str, label: str, support: Support) -> bool:
    """Whether a text names a row, and of a count of two things (专利及软件著作权数量) both."""
    return all(support.names_label(text, part) for part in joint_parts(label) or (label,))


def _label(row: Evidence) -> str:
    """The label of a row, without the table and the group that it stands in."""
    return (row.words.partition("：")[0].split() or [""])[-1]


def _apart(label: str, other: str) -> tuple[str, str] | None:
    """Return what tells two labels of one kind apart: 国家, 团体; None where they are of two."""
    end = _common_end(label, other)
    if min(len(label), len(other)) - end < _SHORTEST:  # 内部培训, 外部培训: words, not characters
        end = max(0, end - 1)
    own, others = label[: len(label) - end], other[: len(other) - end]
    told = all(len(part) >= _SHORTEST and _HAN_RUN.fullmatch(part) for part in (own, others))
    shared = COUNTING.sub("", label[len(label) - end :])
    return (own, others) if told and len(shared) >= _SHORTEST else None


def _mark(amount: Amount, text: str) -> str:
    """Return the word that tells a figure from another of its kind in the text; "" without any."""
    for beside in find_amounts(text):
        if beside.start == amount.start or beside.unit != amount.unit:
            continue
        for noun, other in zip(_nouns(amount, text), _nouns(beside, text), strict=True):
            if pair := _apart(noun, other):
                words = [(tokens(part) or [""])[-1] for part in pair]
                if words[0] != words[1] and len(words[0]) >= _SHORTEST:
                    return words[0]
    return ""


def _qualifies(text: str, given: frozenset[str], support: Support) -> bool:
    """Whether English has an unknown word before a known one: it may be the one that is missed,
    to which the dictionaries did not lead (senior lecturers, 高级讲师).
    """
    words = support.words(text)
    known = [not support.missing([word], given) for word in words]
    return any(not first and second for first, second in pairwise(known))


def _nouns(amount: Amount, text: str) -> Iterator[str]:
    """Yield what stands before a figure, and what behind it, inside its clause."""
    yield _BOUND.split(text[: amount.start])[-1].strip(" *")
    behind = _BOUND.split(text[amount.end :])[0].strip(" *")
    yield "" if find_amounts(behind) else behind


def _common_end(one: str, other: str) -> int:
    size = 0
    while size < min(len(one), len(other)) and one[-1 - size] == other[-1 - size]:
        size += 1
    return size
