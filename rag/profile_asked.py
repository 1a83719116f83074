"""Whether a question asks for what the company itself is or does, since when, or where, and for
nothing more.
"""

import re
from collections.abc import Sequence
from typing import Literal

from rag.evidence import question_parts

Aspect = Literal["business", "founded", "seat"]

_WHO = r"(?:(?:这一?|该|本|贵)?家?(?:公司|企业|集团)|它|他们)"
_WHAT = r"(?:什么|啥|哪些?|哪几[块类种个项大]类?|哪方面)样?(?:类型|方面|种)?的?"
_BUSINESS = (
    r"(?:主营|主要|核心)?(?:业务|主业|生意|买卖|产品|商品|服务|东西|行业|行当|领域|工作)"
    r"(?:板块|范围|布局|线|领域)?"
)
_KINDS = rf"{_BUSINESS}(?:[和与及、或]{_BUSINESS})?|经营范围"
_DOES = r"(?:[做干搞卖造]|生产|制造|经营|从事|销售|提供)"
_ADVERBS = r"(?:到底|究竟|主要|具体|目前|现在|平时|都|靠)*"
_PLEASE = r"(?:请问|请|简单|介绍一?下?|说说|讲讲|告诉我|我?想(?:知道|了解)(?:一下)?|那么?)*"
_FOUND = r"(?:正式)?(?:成立|创立|创办|创建|设立|建立|组建|开办|始建)"
_WHEN = r"(?:什么时候|何时|哪一?年|哪[天日])"
_WHERE = r"(?:哪里|哪儿|何处|(?:哪个|哪座|什么)(?:城市|地方|省份?|国家))"
# The whole of a question, with the company's name told by 公司.
_IN_CHINESE: dict[Aspect, str] = {
    "business": (
        rf"{_WHO}?的?(?:{_ADVERBS}是?{_ADVERBS}{_DOES}{_WHAT}(?:{_KINDS})?的?(?:公司|企业)?"
        rf"|主要{_DOES}{_WHAT}[\u4e00-\u9fff]{{1,3}}"
        rf"|{_ADVERBS}是(?:一?[家个])?(?:什么|啥|怎样|怎么样|哪种)样?(?:类型|性质)?的?(?:公司|企业)"
        rf"|{_ADVERBS}(?:属于?|处[于在]|在|是)(?:什么|哪个|哪些|啥)(?:行业|领域)的?"
        rf"|(?:{_KINDS}){_ADVERBS}(?:有|是|为|包括|包含|涵盖|分为)?(?:{_WHAT}(?:{_KINDS})?|几大?块)"
        rf"|{_ADVERBS}有{_WHAT}(?:{_KINDS})"
        rf"|的?(?:简介|基本情况|概况|{_KINDS}简介)"
        r"|靠什么(?:赚钱|挣钱|吃饭|盈利)的?)"
    ),
    "founded": (
        rf"{_WHO}?的?(?:是?{_WHEN}(?:开始)?{_FOUND}的?|是?{_FOUND}于?(?:是|在)?{_WHEN}的?"
        rf"|(?:成立|创立|创建|注册)(?:时间|日期|年份)(?:是|为)?(?:{_WHEN}|多少|什么)?"
        rf"|{_FOUND}(?:有|了)?(?:多久|多少年|几年)(?:历史)?)"
    ),
    "seat": (
        rf"{_WHO}?的?(?:总部|总公司|所在地)?(?:是)?(?:位于|设在|坐落[于在]?|在){_WHERE}"
        rf"|{_WHO}?的?(?:总部|总公司|所在地)(?:是|地址是)?(?:{_WHERE}|什么)"
    ),
}
_IT = r"(?:(?:the|this|that) (?:company|firm|group|business)|it|they)"
_ITS = r"(?:the company['’]?s|its|their|the|this company['’]?s)"
_MAIN = r"(?:main|core|principal|primary|key|major)"
_MAKES = r"(?:do|make|sell|produce|manufacture|offer|provide|build)"
_LINES = (
    r"(?:business(?:es)?(?: (?:lines?|segments?|areas?))?|lines? of business|activit(?:y|ies)"
    r"|operations|industry|sector|product(?:s| lines?| range)?|services|goods)"
)
_FOUNDED = r"(?:founded|established|set up|incorporated|formed|created|started)"
_HEAD = r"(?:headquarters?|head ?office|hq|main office|corporate office|headquartered office)"
_IN_ENGLISH: dict[Aspect, str] = {
    "business": (
        rf"(?:what (?:does|do|is|are) {_IT} (?:actually |really |mainly |mostly |primarily )*"
        rf"(?:{_MAKES}|doing|making|selling)(?: (?:and|or) {_MAKES})?(?: for a living)?"
        rf"|what {_IT} (?:actually |really |mainly )*(?:does|makes|sells|produces)"
        rf"|(?:what|which) (?:kind|sort|type|line)s? of (?:{_LINES}|company|work)"
        rf"(?: (?:is|are|does|do) {_IT}(?: (?:in|{_MAKES}|run))?)?"
        rf"|(?:what|which) {_LINES} (?:is|are) {_IT} in"
        rf"|what(?:['’]?s| is| are|) {_ITS} (?:{_MAIN} )?{_LINES}(?: (?:and|or) {_LINES})?"
        rf"|what {_ITS} (?:{_MAIN} )?{_LINES}(?: (?:and|or) {_LINES})? (?:is|are)"
        rf"|(?:what|which) (?:{_MAIN} )?{_LINES}(?: (?:and|or) {_LINES})? (?:does|do) {_IT}"
        rf" (?:mainly |mostly )?{_MAKES}"
        rf"|(?:describe|explain|summari[sz]e) (?:{_ITS} (?:{_MAIN} )?{_LINES}|what {_IT} does)"
        rf"|how (?:does|do) {_IT} (?:make|earn) (?:its |their )?money"
        rf"|what is {_IT}|(?:tell me )?about {_IT})"
        r"(?: (?:of|at|for) (?:the|this) (?:company|group))?"
    ),
    "founded": (
        rf"(?:when|(?:in )?(?:what|which) year) (?:was|were|is) {_IT} (?:first )?{_FOUNDED}"
        rf"|when did {_IT} (?:start|begin)(?: (?:out|up|business|operations|operating))?"
        rf"|how old is {_IT}"
        rf"|how long has {_IT} (?:been (?:around|in business|going|operating)|existed)"
        rf"|since when (?:has|does) {_IT} (?:existed?|been (?:around|in business))"
        rf"|(?:what is |what's )?{_ITS} (?:founding|establishment) (?:date|year)"
    ),
    "seat": (
        rf"where (?:is|are) {_IT}(?: (?:based|headquartered|located|situated))?"
        rf"|where (?:is|are) {_ITS} {_HEAD}(?: (?:located|based|situated))?"
        rf"|(?:in )?(?:what|which) (?:city|country|town|province) (?:is|are) {_IT}"
        r" (?:based|headquartered|located)(?: in)?"
        rf"|(?:in )?(?:what|which) (?:city|country|town|province) (?:is|are) {_ITS} {_HEAD}(?: in)?"
    ),
}
_ASKS_EN = (
    r"(?:please |so |and |(?:can|could) you (?:please )?|tell me |i (?:want|would like) to know )*"
)
_BEHIND_EN = r"(?: exactly| actually| mainly| in (?:a nutshell|short|brief))*"
_LONGEST_NAME = 12  # characters of a company's name, as it is said


def aspect_asked(question: str, names: Sequence[str]) -> Aspect | None:
    """Return what a question asks of the company itself; None where it asks something else too."""
    parts = question_parts(question) or [question]
    asked = {_aspect(part, names) for part in parts}
    return asked.pop() if len(asked) == 1 else None


def _aspect(question: str, names: Sequence[str]) -> Aspect | None:
    plain = re.sub(r"(?:in|for|during) (?:19|20)\d\d|(?:19|20)\d\d\s?年度?", " ", question)
    plain = re.sub(r"[\s，,、。.!！?？:：“”\"()（）]+", " ", plain).strip()
    english = plain
    for name in names:
        english = re.sub(rf"\b{re.escape(name)}\b", "the company", english, flags=re.IGNORECASE)
    chinese = re.sub(r"\s", "", plain)
    ends = (end for end in range(2, _LONGEST_NAME + 1) if _short_for(chinese[:end], names))
    said = [chinese, *("公司" + chinese[end:] for end in ends)]
    for aspect in _IN_CHINESE:
        form = rf"{_ASKS_EN}(?:{_IN_ENGLISH[aspect]}){_BEHIND_EN}"
        if re.fullmatch(form, english, re.IGNORECASE):
            return aspect
        form = rf"{_PLEASE}(?:{_IN_CHINESE[aspect]})[了呢啊呀吗]?"
        if any(re.fullmatch(form, each) for each in said):
            return aspect
    return None


def _short_for(said: str, names: Sequence[str]) -> bool:
    """Whether the characters of what is said stand in a name of the company, in this order."""
    for name in names:
        left = iter(f"{name}股份有限公司")
        if said[0] in name and all(character in left for character in said):
            return True
    return False
