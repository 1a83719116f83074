"""What of a question only asks or measures, and what names its subject."""

import re
from functools import cache

from index.glossary import glossary, glossary_phrases
from index.terms import function_words, tokens

_COUNTS_OR_YEAR = re.compile(r"(?:19|20)\d{2}年?|[几哪].")
# What asks and what measures says nothing of the subject.
_ASKING_WORDS = """
    数量 多少 金额 人数 次数 总数 总额 数 公司 报告 报告期 年 年度 披露 同比 相比 增长 变化 趋势
    比例 占比 比率 目前 截至 截止 底 增加 增幅 降幅 减少 下降
    提高 上升 百分之 百分之几 相差 平均 平均每
    合计 一共 总共 共有 共计 总计 现有 拥有 年均 复合 达标 构成 分布 之比 分别 一年 哪一年
    最高 最低 最多 最少 最大 最小
    数据 对应 超过 近三年 三年 3年 目标 实际
    每名 每人 每位 每次 每家 每个 大约 大概 约 百分比 百分数 百分点 个百分点 几个百分点
    计算 按照 依据 究竟 到底
    两年 四年 五年 增长率 增速 年底 年末 期末 占多大 占多少 两组 起来 加起来
    cagr compound breakdown ratio level higher lower above below target actual result met meet
    达到 召开 举行 举办 场次 期数 全公司 比重 几成 当年 给出 列出
    写出 回答 归纳 几句话 里面 当中
    人均 哪天 名字 名称 表 表格 表里 表中 概括 简述 介绍 说明 各是 上半年 下半年 里列 对得上 拿到
    number amount total percentage percent share figure year company report change increase compare
    versus compared average rough per imply overall give respective annual actual took time each
    trend many much growth grow spend spent disclose disclosed fewest highest lowest most least 2 3
    table page give agree single full long new
    before after thru until till get got getting one two three four five six seven eight nine ten
    kindly show exactly roughly around really ever still yet else thing things stuff lot lots bit
    like want wanted need needed know look looking find see wonder curious quick short version
    info exact absolute
    原因 情况 具体 下滑 上涨 下跌 涨幅 跌幅 口径 除以 测算 估算 粗算 核对 结果 方面 请问 有没有
    厉害 明显 最厉害 历年 历来 超额 高出 低出 多出 超出
    不会 会不会 全都 全部 数字 好像 算一下 含税 真的 想知道 想了解 告诉 知道 了解 请告 麻烦 能否
    是否 可否 帮忙 帮我 看看 看一下 查一下 问一下
    reason why fine purpose ballpark basically honestly literally simply overall altogether
    approximately precisely currently recently lately entire whole guess suppose assume wonder
    please thanks quickly briefly anything something everything everyone anyone somebody someone
    nobody bunch couple handful tons plenty kind sort
"""


# Words whose dictionary senses would lead astray (to fall ill, to rise in rank).
_ENGLISH_ASKING = re.compile(
    r"\b(?:fall|fell|rise|rose|risen|drop(?:ped)?|changed?|compared|over|grow|grew|grown"
    r"|shr[aiu]nk|dwindled?|surged?|plunged?|cut|slash(?:ed)?|how far|what (?:made|caused|drove)"
    r"|(?<!to )(?:in|de)crease[sd]?|went|(?:go|gone)(?= (?:up|down)\b)"
    r"|climb(?:ed)?|soared|jump(?:ed)?|slipped"
    r"|(?:lost|gained|added)(?= (?:the )?(?:most|fewest|greatest|largest|biggest))"
    r"|(?:the )?(?:greatest|largest|biggest) (?:number|amount|share) of|types?(?: of)?|holds?"
    r"|(?:the )?(?:(?:first|second|third|fourth|last) (?:half|quarter)|Q[1-4]|H[12])(?: of)?"
    r"|(?:what|which) (?:share|percentage|proportion) (?:is|was|are|were) (?:that|this|it)"
    r"|(?:in )?(?:USD|EUR|GBP|HKD|RMB"
    r"|(?:US |Hong Kong )?dollars?|euros?|yuan)(?: (?:m|b|tr)illions?)?"
    r"|(?:does|do|did|has|have|had) (?:it|they|the company|the group)"
    r" (?:ma[dk]e|earn(?:ed)?|ha[vd]e?|generated?|record(?:ed)?|post(?:ed)?|br(?:ing|ought) in"
    r"|achieved?)"
    r"|(?:at|by|as of) (?:the )?(?:end|close) of|(?:at )?year[- ]?end"
    r"|(?:on )?(?:what|which) date|look(?:s|ed)? after|folks?|during|which|of the years?"
    r"|work(?:ed|s|ing)? (?:for|at)|(?:was|is) that|(?:share|proportion|percentage) of"
    r"|to date|so far|(?:large|big)(?= (?:is|was|are|were))|altogether|in all"
    r"|employs?(?= altogether|\?|$| in total)|(?:was|were|are|is) employed(?! (?:in|as) [a-z])"
    r"|outnumber(?:s|ed)?|i(?:['’]d| would) like|shown"
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
    r"[本我该](?:集团|公司|企业|银行)|[多少省涨跌升降增减]出?[来了掉去](?=多少|几|百分)|[从自由至到比]?(?:19|20)\d{2}\s*年[度底末初间内]?(?:以来|[至到~—–-])?"
    r"|[同环]比|[比较]?(?:上一?年|去年|前一年|上年)(?:同期)?|占(?=[^，,。？?]{1,12}(?:比|百分|多少|几成))"
    r"|(?:折合|换算成?|按)?(?:美元|欧元|港[元币]|英镑|人民币)(?:计算?)?|第[一二三四1-4]季度?|[一二三四]季度|各季度?|多[大高长久远快]|[一二两三四五六七八九十]+[项类种个家名位次件组方](?!面)"
    r"|哪?[几两三四五六七八九十]大(?=[\u4e00-\u9fff])|(?:多少|第?几)(?:人次|[次人家件名位个项元份场吨度笔套台倍天年艘辆架座间条头只支枚片户所亩栋幢]|[万亿]元|小时)?"
)


# Who is employed or works there is an employee.
_PEOPLE = re.compile(
    r"\b(?:people|persons|folks)\b(?=[^?]*\b(?:employ(?:s|ed)?|work(?:s|ed|ing)?|payroll)\b)",
    re.IGNORECASE,
)


# Who is on the payroll is employed: it says no more of salespeople.
_ON_PAYROLL = re.compile(
    r"(?P<who>\b\w*(?:staff|people|m[ae]n|employees|workers|engineers|researchers|graduates))"
    r"(?: (?:is|are|was|were|do they have|did they have))* on (?:the|its|their) payroll\b",
    re.IGNORECASE,
)
_TOOK_PART = re.compile(r"\b(?:took|takes?|taken|taking) part\b", re.IGNORECASE)


# Whoever asks for the profit means that of the shareholders.
OWNERS = r"归属?于(?:上市公司|母公司|本公司|公司)(?:普通股)?(?:股东|所有者)的|归母"


@cache
def _asking() -> frozenset[str]:
    return frozenset(tokens(_ASKING_WORDS))


# What labels have before and behind their subject: 派发现金股利, 享受产假员工数.
_IN_LABELS = ("派发", "发放", "获得", "享受", "人员", "员工", "总")


@cache
def dull() -> re.Pattern[str]:
    """What of a Chinese label only measures, or is meant whether said or not."""
    words = sorted((word for word in _asking() if not word.isascii()), key=len, reverse=True)
    return re.compile("|".join([OWNERS, *map(re.escape, [*words, *_IN_LABELS])]))


def says_nothing(token: str) -> bool:
    """Whether it only asks or measures, or names nothing; one Chinese character is a scrap of a
    longer word.
    """
    scrap = len(token) == 1 and not token.isascii()
    said = token in _asking() or token in function_words()
    return scrap or said or _COUNTS_OR_YEAR.fullmatch(token) is not None


def without_asking(question: str) -> str:
    """Leave out what asks and what measures."""
    question = _ON_PAYROLL.sub(r"\g<who>", _PEOPLE.sub("employees", question))
    question = _TOOK_PART.sub("participated", question)
    return _MEASURES.sub(" ", _ENGLISH_ASKING.sub(" ", question))


def names_a_term(question: str) -> bool:
    """Whether it names something that company reports speak of, by the glossary."""
    words = [token for token in tokens(question) if len(token) > 1 and not says_nothing(token)]
    return bool(glossary_phrases(question)) or any(word in glossary() for word in words)
