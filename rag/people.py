"""Whether the name of an office holder or of a firm is asked for, and whether a text has one."""

import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from index.cedict import lookup, reading
from index.glossary import glossary
from index.pieces import CHINESE_STOP_WORDS, HAN, is_chinese
from index.terms import chinese_words
from rag.naming import places

# In most names of people, and no common word themselves (向, 高); any other surname counts only
# before characters that make up no word.
_COMMON_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余杜叶程魏苏吕丁卢姚"
    "沈钟姜崔谭陆范汪廖石金韦贾夏付邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵覃武钱戴严莫孔汤"
)
_OFFICE = (
    r"(?:董事长|总经理|总裁|董秘|董事会秘书|监事会主席|主席|创始人|法定代表人|法人代表|实控人|实际控制人"
    r"|首席\w{2,4}[官家]|总监|(?:董事|监事)(?![会长])|CEO|CFO)"
)
_OFFICE_EN = (
    r"(?:chair(?:man|woman|person)?|CEO|chief \w+ officer|president|general manager|GM|CFO"
    r"|(?:board|company) secretary|founder|legal representative|actual controller)"
)
_ASKS_NAME = re.compile(
    rf"{_OFFICE}[^，,。？?]{{0,6}}(?:叫什么|姓什么|姓名|名字|是谁|是哪[一]?位|是何人)"
    rf"|(?:谁是|谁担任|哪位是)[^，,。？?]{{0,6}}{_OFFICE}"
    rf"|\bwho(?:['’]s| is| was) (?:[\w'’]+ ){{0,3}}?{_OFFICE_EN}\b"
    rf"|\bname of (?:[\w'’]+ ){{0,3}}?{_OFFICE_EN}\b"
    rf"|\b{_OFFICE_EN}(?:['’]s)? (?:\w+ )?(?:name|called)\b"
    r"|\b(?:this|that|the) (?:person|man|woman|lady|gentleman)(?:['’]s)? (?:name|called)\b"
    r"|\bwho chairs the (?:board|company|group)\b"
    r"|\b(?:names of|what are) the (?:[\w-]+ ){0,3}?(?:directors|supervisors|members)(?:['’] names|"
    r" called)?(?= called|['’] names|\?|$)",
    re.IGNORECASE,
)
_HOLDER = re.compile(
    rf"{_OFFICE}\s*[:：]?[\s*]*(?!任(?:主|组长|委员|董事|总|秘书|副|负责))"
    rf"([{HAN}]{{2,3}}?)(?=[\s*，,。、；;（(]|担?任|兼|$)",
    re.IGNORECASE,
)
_TITLED = re.compile(rf"([{HAN}]{{2,3}})(?=先生|女士)|^\W*([{HAN}]{{2,3}})(?=[：:])")
_FIRM = r"(?:机构|事务所|券商|银行|服务商|[那这]家(?:公司|企业|供应商))"  # the company has a name
_FIRM_EN = r"(?:firm|agency|auditor|bank|institution|provider|consultant|laboratory)"
_ASKS_FIRM = re.compile(
    rf"{_FIRM}的?(?:叫什么名|名[字称]是?什么|是哪[一]?[家个])|(?:哪|哪一)家{_FIRM}"
    r"|哪[一]?[家所](?:[\u4e00-\u9fff]{0,3}?)(?:公司|企业|机构|学院|大学|高校|医院|协会|律所)"
    r"|是[由请]?哪[一]?家(?!子公司|分公司)"
    # a firm of auditors does this, and no department
    r"|(?:谁|哪[一]?家)[^，,。？?]{0,4}审计[^，,。？?]{0,6}(?:财务|报表|年报|账)"
    r"|(?:财务|报表|年报|账)[^，,。？?]{0,6}(?:谁|哪[一]?家)[^，,。？?]{0,4}审计"
    r"|审计(?:机构|师|单位)是谁|谁是[^，,。？?]{0,6}审计(?:机构|师)"
    r"|\bwho (?:is|are|was|were) (?:the|its|their|your) (?:[\w-]+ ){0,2}?auditors?\b"
    r"|\bwho (?:has )?(?:audit|assur|verifi|certifi)(?:e?[sd]) (?:[\w'’]+ ){0,3}?"
    r"(?:accounts|statements|books|figures|reports?|data|emissions)\b"
    r"|谁[^，,。？?]{0,4}(?:鉴证|审验|核验|验证)|(?:报告|数据)[^，,。？?]{0,4}谁[^，,。？?]{0,4}(?:审计|鉴证|审验|核验|验证)"
    rf"|\bwhich (?:\w+ )?{_FIRM_EN}\b"
    r"|\b(?:which|what) (?:certif\w+|testing|rating|assurance|verif\w+|inspection)"
    r" (?:body|company)\b"
    r"|\b(?:which|what) (?:outside|external|third-party|independent) (?:\w+ )?"
    rf"(?:{_FIRM_EN}|body|organi[sz]ation|institute|company)\b"
    rf"|\bname of (?:the|that) (?:[\w-]+ ){{0,3}}?{_FIRM_EN}\b",
    re.IGNORECASE,
)
_OF_REPORT = re.compile(  # the company itself
    r"报告[^，,。？?]{0,8}哪[一]?家(?:公司|企业)|哪[一]?家(?:公司|企业)[^，,。？?]{0,6}报告"
)
_FIRM_NAME = re.compile(
    rf"[{HAN}]{{2,}}(?:有限公司|股份公司|事务所|集团|银行|大学|学院|研究院|研究所|医院|基金会|协会|中心)"
    r"|(?<![A-Za-z])(?!ESG|GRI|ISO)[A-Z][A-Za-z&]{2,}(?![A-Za-z]|[ /-]?\d)"
)
_LATIN_NAME = re.compile(r"\b[A-Z][a-z]+ (?:[A-Z]\. ?)?[A-Z][a-z]+\b")
_RUN = re.compile(f"[{HAN}]+")


def asks_name(question: str) -> bool:
    """Whether it asks what the holder of an office is called."""
    return _ASKS_NAME.search(question) is not None


def asks_firm(question: str) -> bool:
    """Whether it asks what a firm or an institution is called."""
    return _ASKS_FIRM.search(question) is not None and not _OF_REPORT.search(question)


def names_firm(text: str, own: Collection[str]) -> bool:
    """Whether a text of the report names a firm other than the company, whose names are given: its
    branch in a place is one.
    """
    for name in own:
        if name[3:] and is_chinese(name):
            branches = re.findall(rf"([{HAN}]{{2}})市?{re.escape(name[:-2])}", text)
            if any(place in places(place) for place in branches):
                return True
        text = re.sub(rf"{re.escape(name)}(?:股份)?(?:有限公司)?", " ", text, flags=re.IGNORECASE)
    return _FIRM_NAME.search(text) is not None


def names_person(text: str) -> bool:
    """Whether a text of the report names a person; in doubt it does."""
    return (
        any(title in text for title in ("先生", "女士"))
        or _LATIN_NAME.search(text) is not None
        or any(_has_name(chinese_words(run)) for run in _RUN.findall(text))
    )


def office_holders(text: str) -> dict[str, str]:
    """Return the names that stand right behind an office in a Chinese text, with their pinyin:
    总经理 金海荣 gives Jin Hairong.
    """
    return _read(dict.fromkeys(m[1] for m in _HOLDER.finditer(text) if names_person(m[1])))


def _read(names: Iterable[str]) -> dict[str, str]:
    read = {name: [reading(c, surname=not at) for at, c in enumerate(name)] for name in names}
    return {
        name: f"{first.capitalize()} {''.join(given).capitalize()}"
        for name, (first, *given) in read.items()
        if first and all(given)
    }


def people(text: str) -> dict[str, str]:
    """Return the people whom a Chinese text names with an office or a title, or before what it says
    of them (闵若川：有机化学博士), with their pinyin.
    """
    found = (
        _name_among([match[1], match[1][-2:]] if match[1] else [match[2]])
        for match in _TITLED.finditer(text)
        if match[1] or not _begins_with_word(match[2])
    )
    return {**office_holders(text), **_read(name for name in found if name)}


def _begins_with_word(label: str) -> bool:
    """Whether what stands before a colon is a label and no name: 毛利率, 周转率."""
    return label in glossary() or any(not entry.is_name for entry in lookup(label[:2]))


def _name_among(ends: Sequence[str]) -> str:
    """Return which of some characters, and of what they end with, is a name: 王晓 of 与王晓; ""
    where it is a word.
    """
    named = [e for e in ends if e[0] in _COMMON_SURNAMES] or [e for e in ends if _is_surname(e[0])]
    return named[0] if named and not lookup(named[0]) else ""


def _has_name(words: list[str]) -> bool:
    for word, given in zip(words, [*words[1:], ""], strict=True):
        if len(word) in (2, 3) and word[0] in _COMMON_SURNAMES and _is_name_entry(word):
            return True
        if len(word) > 1 or not given or given in CHINESE_STOP_WORDS:
            continue
        known = word in _COMMON_SURNAMES and len(given) <= 2
        if known or (len(given) == 1 and _is_surname(word)):
            return True
    return False


@lru_cache(maxsize=1024)
def _is_surname(character: str) -> bool:
    return any(d.startswith("surname ") for e in lookup(character) for d in e.definitions)


def _is_name_entry(word: str) -> bool:
    found = lookup(word)
    return not found or any(entry.is_name for entry in found)
