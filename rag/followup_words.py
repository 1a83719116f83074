"""Follow-ups of a word or two, "why?", "altogether?", put behind the question before."""

import re

from index.pieces import is_chinese

# Short questions that only make sense behind another: (its form, how it is put in zh, in en).
_ADDED = (
    (r"为什么|为何|(?:是)?什么原因|原因|why(?: (?:is that|so|not))?", "为什么？", "and why?"),
    (
        r"(?:请)?(?:全部|都|逐一|一一)?列(?:出|举)(?:来|全部|所有|它们)?|分别是(?:什么|哪些)|都?有哪些"
        r"|(?:please )?(?:list|name) (?:them|all|all of them|them all)|which ones|what are they",
        "请列出全部。",
        "List them all.",
    ),
    (
        r"还有(?:别的|其他的?|什么|哪些)?|其他的?|anything else|what else|any (?:others|more)|more",
        "还有哪些？",
        "What else?",
    ),
    (
        r"占比(?:是?多少)?|占多少|比例(?:是?多少)?|百分之多少"
        r"|what (?:share|percentage|proportion)(?: is (?:that|it))?|as a (?:share|percentage)",
        "占比是多少？",
        "What share is that?",
    ),
    (
        r"(?:具体|一共|总共)?(?:是|有)?多少|how (?:many|much)(?: exactly| is (?:it|that))?",
        "具体是多少？",
        "How much exactly?",
    ),
    (
        r"(?:全部|都)?(?:加|合)(?:起来|一块|一起)(?:一共|总共)?(?:是|有)?(?:多少)?|合计|总共|一共"
        r"|(?:and )?(?:in total|altogether|all together|added up|(?:what is )?the total)",
        "加起来一共是多少？",
        "How many is that altogether?",
    ),
    (
        r"(?:折合|换算?成?|兑换?成?)?(?P<zh>美元|美金|港[币元]|欧元|英镑)(?:是|有|呢)?(?:多少)?"
        r"|(?:in |as )?(?P<en>(?:US |Hong Kong )?dollars|euros|pounds|USD|EUR|HKD|GBP)",
        "折合{zh}是多少？",
        "How much is that in {en}?",
    ),
    (
        r"(?:这|那|它)?是?什么意思|what does (?:that|it|this) mean|meaning",
        "是什么意思？",
        "What does that mean?",
    ),
)


def behind(core: str, before: str) -> str:
    """Return the question before with "why?", "list them all" and the like behind it."""
    for form, chinese, english in _ADDED:
        if said := re.fullmatch(form, core, re.IGNORECASE):
            stem = before.rstrip(" ?？。.")
            named = {"zh": "外币", "en": "foreign currency"} | {
                language: word for language, word in said.groupdict().items() if word
            }
            if is_chinese(before):
                return f"{stem}，{chinese.format(**named)}"
            english = english.format(**named)
            english = english if english[0].islower() else f"? {english}"
            return f"{stem}{', ' if english[0] != '?' else ''}{english}"
    return ""
