"""How much of a question some text covers: its rare words count more than its common ones."""

import math
import re
from collections.abc import Collection, Mapping
from functools import cache
from itertools import pairwise

from index.bridge import Bridge, spelt_out
from index.keywords import KeywordIndex
from index.terms import is_chinese, normalise, pieces, tokens
from rag import asked

_COUNTS_OR_YEAR = re.compile(r"(?:19|20)\d{2}年?|[几哪].")
_GOOD = 0.4  # a weaker alternative of a term does not count as the term
# What asks and what measures says nothing of the subject.
_ASKING_WORDS = """
    数量 多少 金额 人数 次数 总数 总额 数 公司 报告 报告期 年 年度 披露 同比 相比 增长 变化 趋势
    比例 占比 目前 截至 截止 底 增加 增幅 降幅 减少 下降 提高 上升 百分之 百分之几 相差 平均 平均每
    合计 一共 总共 共有 共计 总计 现有 拥有 年均 复合 达标 构成 分布 之比 分别 一年 哪一年
    最高 最低 最多 最少 最大 最小
    数据 对应 超过 近三年 三年 3年 目标 实际
    每名 每人 每位 每次 每家 每个 大约 大概 约 百分比 百分数 计算 按照 依据 究竟 到底
    两年 四年 五年 增长率 增速 年底 年末 期末 占多大 占多少 两组 起来 加起来
    cagr compound breakdown ratio level higher lower above below target actual result met meet
    召开 举行 举办
    人均 哪天 名字 名称 表 表格 概括 简述 介绍 说明 各是 上半年 下半年 里列 对得上 拿到
    number amount total percentage percent share figure year company report change increase compare
    compared average rough per imply overall give respective annual actual took time each trend many
    much growth grow spend spent disclose disclosed fewest highest lowest most least 2 3
    table page give agree single full long new
"""


# Words whose dictionary senses would lead astray (to fall ill, to rise in rank).
_ENGLISH_ASKING = re.compile(
    r"\b(?:fall|fell|rise|rose|risen|drop(?:ped)?|changed?|compared|over|grow|grew|grown|shrink|shrank|shrunk"
    r"|(?:the )?(?:(?:first|second|third|fourth|last) (?:half|quarter)|Q[1-4]|H[12])(?: of)?"
    r"|(?:what|which) (?:share|percentage|proportion) (?:is|was|are|were) (?:that|this|it)"
    r"|(?:in )?(?:USD|EUR|GBP|HKD|RMB"
    r"|(?:US |Hong Kong )?dollars?|euros?|yuan)(?: (?:m|b|tr)illions?)?"
    r"|(?:on )?(?:what|which) date|look(?:s|ed)? after|folks?|during|which|of the years?"
    r"|work(?:ed|s|ing)? (?:for|at)|(?:was|is) that|(?:share|proportion|percentage) of"
    r"|(?:large|big)(?= (?:is|was|are|were))|altogether|in all"
    r"|employs?(?= altogether|\?|$| in total)"
    r"|how|did|does|develop(?:ed)?|year by year|up|down|took|take|taken|whats?|came|comes?|long"
    r"|people|persons|actual|(?:actual )?results?|targets?|met|meet|obtain(?:ed)?|receive[ds]?"
    r"|miss(?:ed)?|exceed(?:ed)?"
    r"|listed (?:in|under|below|above|here)|held|conduct(?:ed)?|carried|organi[sz]ed)\b",
    re.IGNORECASE,
)


# What a question says that it does not ask about.
EXCLUDED = re.compile(
    r"[（(]?(?:不含|不包括|不包含|剔除|除了?(?=[^，,。？?]{1,10}(?:之外|以外|外)))[^）),，。？?的]{1,12}[）)]?"
    r"|\(?\b(?:excluding|not including|except(?: for)?|other than|apart from)\b[^),?]{1,40}\)?",
    re.IGNORECASE,
)
# Left out before the words are cut: jieba would make words of their single characters.
_MEASURES = re.compile(
    r"[本我该](?:集团|公司|企业|银行)|[从自由至到]?(?:19|20)\d{2}\s*年[度底末初间内]?(?:以来|[至到~—–-])?"
    r"|[同环]比|[比较]?(?:上一?年|去年|前一年|上年)(?:同期)?|占(?=[^，,。？?]{1,12}(?:比|百分|多少|几成))"
    r"|(?:折合|换算成?|按)?(?:美元|欧元|港[元币]|英镑|人民币)(?:计算?)?|第[一二三四1-4]季度?|[一二三四]季度|各季度?|多[大高长久远快]|[一二两三四五六七八九十]+[项类种个家名位次件组方](?!面)"
    r"|(?:多少|第?几)(?:人次|[次人家件名位个项元份场吨度笔套台倍天年艘辆架座间条头只支枚片户所亩栋幢]|[万亿]元|小时)?"
)


@cache
def _asking() -> frozenset[str]:
    return frozenset(tokens(_ASKING_WORDS))


@cache
def _dull() -> re.Pattern[str]:
    """What of a Chinese label only measures."""
    words = sorted((word for word in _asking() if not word.isascii()), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, [*words, "人员", "员工", "总"])))


class Coverage:
    """The weighted terms of one question."""

    def __init__(
        self,
        question: str,
        bridge: Bridge,
        keywords: KeywordIndex,
        names: Collection[str] = (),
        *,
        focus: str = "",
    ) -> None:
        self._keywords = keywords
        self._bridge = bridge
        self._names = names
        for name in names:
            question = re.sub(re.escape(name), " ", question, flags=re.IGNORECASE)
        question = spelt_out(question)
        self.terms: list[set[str]] = []
        self._weights: list[float] = []
        question = EXCLUDED.sub(" ", question)
        self._bound = asked.bound(question)  # a class of numbers is named by its bound, as a whole
        question = asked.BOUND.sub(lambda match: f" {match['number'] or match['of']} ", question)
        question = _MEASURES.sub(" ", _ENGLISH_ASKING.sub(" ", question))
        found = [_good(term) for term in bridge.query_terms(question)]
        scraps = _scraps(found)
        for term in found:
            most = max(term.values(), default=0)
            said = [token for token, weight in term.items() if weight == most]
            if not all(token in scraps or _says_nothing(token) for token in said):
                self.terms.append(set(term))
                self._weights.append(max(w * self._weight(t) for t, w in term.items()))
        self.focus = (
            frozenset(
                i
                for i, term in enumerate(self.terms)
                if any(not term.isdisjoint(other) for other in bridge.query_terms(focus))
            )
            if focus
            else frozenset()
        )
        self.unknown = _unknown(question, bridge)
        self._total = sum(self._weights) + len(self.unknown) * self._weight("")

    @property
    def says_something(self) -> bool:
        """Whether the question has a word that could be covered."""
        return self._total > 0

    def covered(self, words: Collection[str]) -> frozenset[int]:
        """Return the positions of the terms that the words hold."""
        return frozenset(i for i, term in enumerate(self.terms) if not term.isdisjoint(words))

    def weight(self, covered: Collection[int]) -> float:
        """Return the share, from 0 to 1, that these terms have in the question."""
        return sum(self._weights[i] for i in covered) / self._total if self._total else 0.0

    def part(self, words: str) -> "Coverage":
        """Return the coverage of some words of the question, taken by themselves."""
        return Coverage(words, self._bridge, self._keywords, self._names)

    def tokens_for(self, words: str) -> set[str]:
        """Return the tokens of the report that such words stand for."""
        return {token for term in self._bridge.query_terms(words) for token in _good(term)}

    def named(self, label: str) -> float:
        """Return the share of a label's characters that stand in words of the question."""
        plain = re.sub(r"[\W_]+", " ", normalise(label).casefold())
        marked = bytearray(len(plain))  # 1: named, 2: says nothing of the subject
        for match in _dull().finditer(plain):
            marked[match.start() : match.end()] = b"\2" * len(match[0])
        for token in (token for term in self.terms for token in term):
            start = plain.find(token)
            while start >= 0:
                marked[start : start + len(token)] = b"\1" * len(token)
                start = plain.find(token, start + 1)
        if self._bound and asked.bound(plain) == self._bound:
            for match in asked.BOUND.finditer(plain):
                marked[match.start() : match.end()] = b"\1" * len(match[0])
        letters = [m for char, m in zip(plain, marked, strict=True) if char != " " and m != 2]
        return letters.count(1) / len(letters) if letters else 0.0

    def _weight(self, token: str) -> float:
        """Inverse document frequency, as in BM25; a word the report lacks weighs most."""
        count, frequency = len(self._keywords), self._keywords.document_frequency(token)
        return math.log(1 + (count - frequency + 0.5) / (frequency + 0.5))


def _good(term: Mapping[str, float]) -> Mapping[str, float]:
    least = max(_GOOD, 0.6 * max(term.values(), default=0))  # a whole phrase rules its parts out
    return {token: weight for token, weight in term.items() if weight >= least} or term


def _scraps(terms: Collection[Mapping[str, float]]) -> set[str]:
    """Return the Chinese tokens that say nothing more: words made up of other terms (研发人员 of
    研发 and 人员), and what else is cut out of these (发人).
    """
    words = {token for term in terms for token in term if not token.isascii() and len(token) > 1}
    scraps = set()
    for word in words:
        parts = _parts(word, {other for other in words if len(other) < len(word)})
        if parts:
            scraps |= {word} | {other for other in words if other in word and other not in parts}
    return scraps


def _parts(word: str, known: Collection[str]) -> list[str]:
    """Return known words that make up the word, the shortest ones, or [] where there are none."""
    for part in sorted(known, key=lambda other: (len(other), other)):
        if word == part:
            return [part]
        if word.startswith(part) and (rest := _parts(word[len(part) :], known)):
            return [part, *rest]
    return []


def _says_nothing(token: str) -> bool:
    """Whether it only asks or measures; one Chinese character is a scrap of a longer word."""
    scrap = len(token) == 1 and not token.isascii()
    return scrap or token in _asking() or _COUNTS_OR_YEAR.fullmatch(token) is not None


def _is_name(words: tuple[str, ...], bridge: Bridge) -> bool:
    """Whether the words together say what no part of them says alone."""
    parts = [words[:-1], words[1:]]
    alone = {t for part in parts for term in bridge.query_terms(" ".join(part)) for t in term}
    together = {token for term in bridge.query_terms(" ".join(words)) for token in term}
    return not together <= alone


def _means(token: str, bridge: Bridge) -> bool:
    """Whether the report has it: more than single characters of it (好, 吃 of 好吃)."""
    found = {t for term in bridge.query_terms(token) for t in term}
    return any(len(t) > 1 or t.isascii() for t in found) or token in found


def _without_overlaps(word: str, bridge: Bridge) -> list[str]:
    """Return the tokens of a word, or of a run of Chinese, that say nothing in terms of the report;
    without those that the dictionary cuts across its neighbours (比增 of 同比增长).
    """
    unknown: list[str] = []
    explained = bytearray(len(word))
    for token in tokens(word):
        if not _says_nothing(token) and not _means(token, bridge):
            unknown.append(token)
        elif len(token) > 1:
            for match in re.finditer(re.escape(token), word):
                explained[match.start() : match.end()] = b"\1" * len(token)
    if not is_chinese(word):
        return unknown
    return [
        token
        for token in unknown
        if (at := word.find(token)) < 0 or not all(explained[at : at + len(token)])
    ]


def _unknown(question: str, bridge: Bridge) -> list[str]:
    """Return the content words that say nothing in terms of the report."""
    words = list(pieces(question))
    # a name may only be known whole: Chen Shukai
    runs = [*pairwise(words), *zip(words, words[1:], words[2:], strict=False)]
    named = {word for run in runs if _is_name(run, bridge) for word in run}
    unknown = [
        token
        for word in dict.fromkeys(words)
        if is_chinese(word) or not bridge.query_terms(word)
        for token in _without_overlaps(word, bridge)
    ]
    alone = {token for word in words if word not in named for token in tokens(word)}
    left = _without_known(question, bridge)
    return [
        token
        for token in dict.fromkeys(unknown)
        if (token in alone if token.isascii() else not set(token).isdisjoint(left))
    ]


def _without_known(question: str, bridge: Bridge) -> str:
    """The question without the words of the report: what is cut out across two of these (会会 of
    董事会会议) is no word.
    """
    known = {t for run in pieces(question) for t in tokens(run) if t in bridge.vocabulary and t[1:]}
    for token in sorted(known, key=len, reverse=True):
        question = question.replace(token, " ")
    return question
