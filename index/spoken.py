"""Spell out what a question says in short, or as one speaks, in the words of reports."""

import re

_ONE_SEX = re.compile(r"([男女])(?=员工|职工|董事|高管|干部|研发|技术|管理)")
# How many people a company has, its employees, and what it earned, as one says it in speech.
_PEOPLE = re.compile(
    r"(?P<before>(?:(?P<own>公司|集团|银行|企业|[你他它]们)|^\s*年?[底末]?)"
    r"(?:的|现在|目前|[这近过去最]*[两三]年(?:来|里)?|(?:19|20)\d\d ?年[底末]?)*)"
    r"(?:(?:一共|总共|共|大概|大约)*有(?:多少|几)[个名号]?人(?![次数员均民])"
    r"|(?:一共|总共|共|大概|大约)*(?:多少|几)[个名号]?人(?=\W|[了呢啊呀吗]|$)"
    r"|总人数|(?(own)人数(?!最)|(?!)))"
)
_PEOPLE_EN = re.compile(
    r"(?<=\bhow many )people(?= (?:does|do|did) (?:[\w'’]+ ){0,3}?have\b"
    r"(?=\W*$|[?,.;]| (?:now|today|at|by|in (?:20\d\d|total|all)|as of|altogether|overall)\b)"
    r"| (?:are|were) there (?:in|at) (?:the |this )?(?:company|group|firm|bank)\b)",
    re.IGNORECASE,
)
_USED = re.compile(r"[用耗]了?(?:多少|几)[度吨]?(?P<of>[电水])")
_TURNOVER = re.compile(r"(?<=\bof )turnover\b(?! (?:rate|among|of))", re.IGNORECASE)
_FLOATED = re.compile(
    r"(?:\b(?:shares?|stock) )?\b"
    r"(?:(?:start|began|beg[iu]n|commenced?)(?:s|ed|ning)? (?:to trade|trading)"
    r"|(?:made?|make) (?:its|their) (?:stock ?market|trading|market) debut|float(?:ed)? on"
    r"|(?:went|go|gone|going) public)\b",
    re.IGNORECASE,
)
_EARNED = re.compile(r"[赚挣]了?(?=多少钱|钱|多少|几个?亿)")


def spelt_out(run: str) -> str:
    """Spell out what is said in short: 男女员工 is 男性 and 女性 员工, 公司有多少人 its 员工."""
    run = _FLOATED.sub("listed on the stock exchange", _TURNOVER.sub("revenue", run))
    run = _PEOPLE.sub(r"\g<before> 员工总人数 ", _PEOPLE_EN.sub("employees", run))
    run = _USED.sub(r" 用\g<of>量 ", _EARNED.sub(" 净利润 ", run))
    return _ONE_SEX.sub(r" \1性 ", run.replace("男女", " 男性 女性 "))
