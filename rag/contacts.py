"""Addresses and numbers by which somebody is reached: what asks for them, and how they look."""

import re
from collections.abc import Iterable

NUMBER = r"(?<![\d-])(?:\d{3,4}-\d{3,4}-\d{3,4}|(?:\d{3,4}-)?\d{7,11})(?![\d@-])"
# What a question can ask for that is known by its shape: (its words, the shape).
_SHAPES = (
    (r"邮箱|电子信箱|电子邮件|\be-?mails?|mailbox|inbox", r"[\w.+-]+@[\w-]+\.\w+"),
    (
        r"电话|热线|传真|手机号码?|\b(?:tele)?phone|hotline|tip ?line|fax"
        r"|(?:cell|mobile)(?= numbers?)",
        NUMBER,
    ),
    (r"网址|网站|官网|web ?site|\burl|web address", r"https?://|www\."),
    (
        r"(?<![箱络网页P])地址|\b(?:postal|mailing|street|office|registered) address",
        r"[路街道巷弄]\s*\d+\s*[号弄]",
    ),
)
# How such a thing is asked for; a question about the e-mail system does not.
_ASKS_FOR = (
    r"(?:哪[些个]?|什么|多少|几|[发给]个|告诉我).{{0,6}}(?:{0})(?!系统|服务)"
    r"|(?:{0})(?:号码?|地址)?[也都]?(?:[发给]|告诉|提供|留)"
    r"|(?:{0})(?:号码?|地址)?(?:到底|究竟|具体)?(?:是|为|有|在|多少|分别|[？?]|$)"
    r"|\b(?:what|which|where)\b[^,;?]{{0,60}}\b(?:{0})\b(?: (?:number|address)e?s?)?"
    r"(?! [a-z]*system)"
    r"|有[^，,。？?]{{0,10}}(?:{0})(?:号码?)?(?:吗|[？?]|$)"
    r"|\b(?:is|are) there (?:an? |any )?(?:(?!by|via|over|through|on)[\w-]+ ){{0,2}}?(?:{0})\b"
    r"|\b(?:give|send|share|tell) [^,;?]{{0,40}}\b(?:{0})\b"
    r"|(?<!how many )\b(?:{0})\b(?: (?:number|address)e?s?\b|[.:]? (?:the )?number\b(?! of))"
)
# How many calls came in is no question for the number; a question may ask for both.
_CLAUSE_ENDS = re.compile(r"[,;?，；？。]|\band\b", re.IGNORECASE)
_COUNTS = re.compile(
    r"\bhow (?:many|often|much)\b|(?:多少|几)(?:[次件通起位名人]|个(?=[^\W电号热邮网传]))"
    r"|\bnumber of (?:[\w-]+ ){0,2}?(?:calls|e-?mails|messages|complaints|reports|tips|cases)\b",
    re.IGNORECASE,
)
# Of two that are asked for together, each is asked for: the telephone and e-mail of the secretary.
_CALLED = rf"(?:{'|'.join(words for words, _ in _SHAPES)})(?: address(?:es)?| numbers?|号码?)?"
_TOGETHER = re.compile(
    rf"(?P<one>{_CALLED})\s*(?:[和与及、/&,]|以及|还有|\band\b|\bor\b)\s*"
    rf"(?:the |an? |their |its )?(?P<other>{_CALLED})",
    re.IGNORECASE,
)
# A number is asked for by what is done with it: which one to dial.
_TO_DIAL = re.compile(
    r"[拨打](?:打|通)?(?:哪个|什么|多少)"
    r"|\bnumbers?\b(?! of)(?: [\w']+){0,3} (?:dial|call|ring|phone)\b"
    r"|\bwho(?:m)? (?:do|should|can|could|would) (?:\w+ )?(?:phone|ring)\b",
    re.IGNORECASE,
)
# Who asks how to reach somebody wants to know what is done with it, too.
_ASKS_WAY = re.compile(
    r"(?:怎[么样]|如何|哪里|哪儿|通过什么|何处)(?:才|去|来|可以|可|能够?|向公司|[与和跟]公司)*"
    r"(?:举报|检举|投诉|联系|咨询|反映|反馈)|(?:找|联系|问|向)谁|联系方式"
    r"|(?:举报|联系|投诉)(?:渠道|方式|途径)"
    r"|\bhow (?:can|could|do|should|would|may|might) (?:(?:an?|the|any) )?[\w-]+"
    r" (?:report\b(?! on)|contact|reach|complain|raise|file|submit|tip|blow|get in touch|get hold)"
    r"|\b(?:how|where) to (?:report\b(?! on)|contact|complain|reach|get in touch)"
    r"|\bwhom? (?:should|do|can|could|to|would) (?:(?:I|we|one|you|people) )?"
    r"(?:contact|ask|call|write|e-?mail|turn to|speak|reach)"
    r"|\bwhere (?:do|can|could|should|would|must|may) (?:an? |the |my |our )?[\w-]+ "
    r"(?:write|call|phone|turn|report|complain|e-?mail|send (?:a |an |the |my |our )?"
    r"(?:complaint|report|tip|question|letter|message))\b"
    r"|\bcontact (?:details?|information|persons?|points?)\b|\bpoint of contact\b",
    re.IGNORECASE,
)
_CHANNEL = re.compile(
    r"邮[箱件寄]|信箱|电话|热线|传真|官网|网站|微信|公众号|渠道|平台|地址|投诉|举报|检举"
    r"|反[映馈]"
)
# Numbers that are for one thing alone: a hotline for whistleblowers is no other telephone.
_TO_REPORT = re.compile(
    r"举报|检举|揭发"
    r"|\b(?:whistle-?blow\w*|misconduct|wrongdoing|corruption|bribery|fraud|tip ?line)\b",
    re.IGNORECASE,
)
_COMPLAINS = re.compile(
    r"投诉|反映|回扣|贿|腐败|廉[洁政]|违[法规纪]|不当"
    r"|\b(?:complain\w*|report(?:s|ing)?|brib\w*|kick-?backs?|corrupt\w*|integrity|unethical)\b",
    re.IGNORECASE,
)
_FOR_REPORTS = re.compile("举报|检举|投诉|廉洁|廉政|纪检|监察|合规|诚信|不当行为|违[法规纪]")
_FAX = re.compile(r"传真|\bfax\b", re.IGNORECASE)
_REACHES = re.compile(
    r"联系|咨询|[找问]谁|\b(?:contact|reach|get in touch|get hold|ask|call|write|speak|turn to)\b",
    re.IGNORECASE,
)


def shapes_asked(question: str) -> list[str]:
    """Return the shapes of the addresses and numbers that a question asks for, as patterns."""
    if asks_way(question):
        return [shape for _, shape in _SHAPES[:2]]  # by e-mail or telephone
    return _shapes_named(question)


def asks_way(question: str) -> bool:
    """Whether it asks how to reach somebody, and not for a number or an address by its name."""
    return _ASKS_WAY.search(question) is not None and not _shapes_named(question)


def reports_something(question: str) -> bool:
    """Whether who asks may want to report or to complain."""
    return _TO_REPORT.search(question) is not None or _COMPLAINS.search(question) is not None


def takes_reports(text: str) -> bool:
    """Whether a text of the report speaks of reporting misconduct: its numbers are for that."""
    return _TO_REPORT.search(text) is not None


def asks_fax(question: str) -> bool:
    """Whether it asks for the number of a fax machine, which is no other telephone."""
    return _FAX.search(question) is not None


def is_fax(text: str) -> bool:
    """Whether a text of the report gives the number of a fax machine alone."""
    return _FAX.search(text) is not None and re.search("电话|热线|手机", text) is None


def without_reaching(question: str) -> str:
    """Leave out what asks how to reach somebody: what is left says about what."""
    return _REACHES.sub(" ", question)


def is_for_it(question: str, texts: Iterable[str]) -> bool:
    """Whether one of the texts around an address or a number says that it is for reporting, where
    a question asks for one to report to.
    """
    return not _TO_REPORT.search(question) or any(map(_FOR_REPORTS.search, texts))


def names_channel(text: str) -> bool:
    """Whether a text of the report says through what somebody is reached."""
    return _CHANNEL.search(text) is not None


def is_bare(text: str) -> bool:
    """Whether a text is no more than an address or a number (it may hold the company's name)."""
    return any(re.fullmatch(rf"[\s<(\[]*{shape}\S*", text.strip()) for _, shape in _SHAPES)


def only_contacts(text: str) -> bool:
    """Whether a line of the report is no more than addresses or numbers, each with its name."""
    left = text
    for words, shape in _SHAPES[:2]:  # e-mail, telephone
        named = rf"[^\s:：，。；\d]{{0,8}}(?:{words})(?:号码?|地址)?[\s:：]*(?:{shape}[\s、,，]*)+"
        left = re.sub(named, "", left, flags=re.IGNORECASE)
    return left != text and not re.search(r"\w", re.sub(r"[（(][^）)]*[）)]", "", left))


def _shapes_named(question: str) -> list[str]:
    each = (_TOGETHER.sub(rf"\g<{said}>", question) for said in ("one", "other"))
    split = (clause.strip() for said in each for clause in _CLAUSE_ENDS.split(said))
    clauses = [clause for clause in split if not _COUNTS.search(clause)]
    named = [
        shape
        for words, shape in _SHAPES
        if any(re.search(_ASKS_FOR.format(words), clause, re.IGNORECASE) for clause in clauses)
    ]
    return named or ([NUMBER] if _TO_DIAL.search(question) else [])
