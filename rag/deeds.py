"""Deeds: what a claim says was done (approved, completed, published) its source has to tell too."""

import re
from collections.abc import Sequence

from index.english import in_english
from index.glossary import content_words
from rag.dates import Date, date_states, find_dates
from rag.evidence import Evidence

# How a claim words a deed, in Chinese and in English, and the Chinese words that bear it out. The
# last are wider: a report that a plan was "released" may be told by 发布 or by 推出.
_DEEDS = tuple(
    (re.compile(rf"{zh}|\b(?:{en})", re.IGNORECASE), re.compile(told))
    for zh, en, told in (
        (
            "完成|完毕|竣工",
            r"complet(?:ed|ion)\b|finish(?:ed|es)\b",
            "完成|完毕|竣工|结束|达成|实现|后$",
        ),
        (
            "批准|获批|核准",
            r"approv(?:ed|es?|als?|ing)\b",
            "[批准核]准|审批|获批|批复|审议|通过|认可|同意|许可|签核|裁定|核定",
        ),
        (
            "发布|公布|出版",
            r"publish(?:ed|es)?\b|publication\b|announc|unveil",
            "[发公颁]布|出版|刊|推出|出台|披露|公告|公示|问世|上线",
        ),
        (
            "成立|设立|创立|创办",
            r"founded\b|established\b",
            "[成设创建]立|创[办建始]|[组共筹]建|[建开]设|[设建]有|制定|健全|[形构组]成|构建|完善",
        ),
        (
            "上市(?!公司)|挂牌",
            r"listed on\b|(?:went|go(?:es|ing)?) public\b|ipo\b",
            "上市|挂牌|IPO",
        ),
        ("签署|签订|签约", r"sign(?:ed|ing)\b|signs (?:an?|the|its|their|with|up)\b", "签"),
        (
            "荣获|获奖|得奖",
            r"award(?:ed|s)?\b|wo?n\b|winn(?:er|ing)s?\b|prizes?\b",
            "获|奖|称号|评为|颁|上榜|入围|认定|荣誉|表彰|位列",
        ),
        ("捐", r"donat", "捐|赠|赞助|资助|献血"),
        ("处罚|罚款", r"fine[ds]\b|penal|punish", "罚|惩|处分"),
        (
            "启动|上线",
            r"launch",
            "启[动用]|[上在]线|[发颁]布|推出|开[始展设通启办]|[成设创建]立|实施|投入|举[办行]",
        ),
        (
            "并网|投产|投运|投用|启用",
            r"(?:connected|hooked up|linked)(?: \w+)? to the grid\b|grid[- ]connect\w+"
            r"|(?:put|went|go(?:es|ing)?|came) into (?:operation|service|production|use)\b",
            "并网|投[产运用入]|启用|运[行营]|上线|使用|生产",
        ),
        (
            "终止|解散|撤销|取消",
            r"terminat|cancel|dissol|abolish|(?:shut|closed) down\b",
            "[终停]止|解[散除]|[撤注]销|取消|关[闭停]|清除|淘汰",
        ),
        ("收购|并购", r"acquisition|took over\b|merged\b", "[收并]购|合并|取得|获"),
        ("归属|解锁|行权", r"vest(?:ed|ing|s)?\b", "归属|解锁|行权"),
        ("回购|购回", r"repurchas|buy-?backs?\b|b(?:uy|ought) back\b", "回购|购回"),
        ("召回", r"recall(?:ed|s)?\b", "召回"),
        (
            "更换|变更|改聘|换了",
            r"replac(?:e[ds]?|ing)\b|chang(?:ed?|es|ing) (?:its|the|their)\b|switch(?:ed|ing)?\b",
            "更换|变更|换|改聘|改为|转为|调整",
        ),
    )
)
_CLAUSE = re.compile(r"[，；。;\n]|,\s|\b(?:and|while|but|whereas|then)\b")
# Whom somebody answers to: 对审计委员会负责, reports to the audit committee.
_ANSWERS_TO = re.compile(r"[对向]([^，。；,;对向]{2,14}?)(?:直接)?(?:负责|汇报|述职)")
_ANSWERS_TO_EN = re.compile(
    r"\b(?:reports?|answers?|(?:is|are) (?:accountable|responsible)) (?:directly )?to (?:the )?"
    r"([\w' -]+?)(?=[,.;]|$| \[| and | for | on )",
    re.IGNORECASE,
)
_CLAUSE_ZH = re.compile(r"[，,；;。！？\n]")
_LEAD = 3  # characters that may stand before the date that a clause begins with: 截至, 并于


def untold(claim: str, pieces: Sequence[Evidence]) -> list[str]:
    """Return the words of a claim for a deed that no piece tells of."""
    told = " ".join(piece.told for piece in pieces)
    found = [(said.search(claim), source) for said, source in _DEEDS]
    return [match[0] for match, source in found if match and not source.search(told)]


def wrong_superiors(claim: str, pieces: Sequence[Evidence]) -> list[str]:
    """Return whom a claim says that somebody answers to, where no piece says so."""
    told = [whom for piece in pieces for whom in _ANSWERS_TO.findall(piece.words)]
    wrong = [
        whom
        for whom in _ANSWERS_TO.findall(claim)
        if not any(whom in other or other in whom for other in told)
    ]
    for whom in _ANSWERS_TO_EN.findall(claim):
        words = set(content_words(whom))
        known = [content_words(in_english(other) or whom) for other in told]
        if not any(words & set(other) for other in known):
            wrong.append(whom)
    return wrong


def misdated(claim: str, pieces: Sequence[Evidence], report_year: str = "") -> list[str]:
    """Return the dates of a claim on which another deed was done than the one it names.

    What names no date is of the report's year.
    What a source dates stands from the clause of the date to the next one that begins with one.
    """
    wrong = []
    for date in find_dates(claim):
        told = [span for piece in pieces for span in _spans(date, piece)]
        if told and not date.month and str(date.year) == report_year:
            told += [piece.words for piece in pieces if not find_dates(piece.words)]
        clause = _clause_at(claim, date)
        deeds = [source for said, source in _DEEDS if said.search(clause)]
        if told and any(not any(deed.search(span) for span in told) for deed in deeds):
            wrong.append(date.text)
    return wrong


def fuller_dates(claim: str, pieces: Sequence[Evidence]) -> list[tuple[Date, Date]]:
    """Return the years of a claim for which its source has a month, each with the source's date.

    Only where the deeds of its clause tell which date it is: "the first vesting was in 2023".
    """
    found = []
    for date in (date for date in find_dates(claim) if date.year and not date.month):
        clause = _clause_at(claim, date)
        deeds = [source for said, source in _DEEDS if said.search(clause)]
        fuller = {
            (told.year, told.month, told.day): told
            for piece in pieces
            for told, span in _dated_spans(date, piece)
            if told.month and all(deed.search(span) for deed in deeds)
        }
        if deeds and len(fuller) == 1:
            found.append((date, next(iter(fuller.values()))))
    return found


def _clause_at(text: str, date: Date) -> str:
    starts = [match.end() for match in _CLAUSE.finditer(text, 0, date.start)]
    end = _CLAUSE.search(text, date.end)
    return text[starts[-1] if starts else 0 : end.start() if end else len(text)]


def _spans(claim: Date, piece: Evidence) -> list[str]:
    """Return what a piece says of a date; what stands under it as a heading, all."""
    if any(date_states(claim, date) for date in find_dates(piece.title)):
        return [piece.words]
    return [span for _, span in _dated_spans(claim, piece)]


def _dated_spans(claim: Date, piece: Evidence) -> list[tuple[Date, str]]:
    """Return the dates of a piece that a claim states, each with what is said of it."""
    dates = find_dates(piece.words)
    stated = [date for date in dates if date_states(claim, date)]
    if piece.kind == "row":
        return [(date, piece.words) for date in stated]
    starts = [0, *(match.end() for match in _CLAUSE_ZH.finditer(piece.words))]
    leading = [place for place in starts if any(0 <= d.start - place <= _LEAD for d in dates)]
    spans = []
    for date in stated:
        start = max(place for place in starts if place <= date.start)
        end = next((place for place in leading if place > date.start), len(piece.words))
        spans.append((date, piece.words[start:end]))
    return spans
