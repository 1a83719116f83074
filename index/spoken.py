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

# What is said of the largest customers and the like, of cash and of dividends, and what annual
# reports call it.
_IN_WORDS_OF_REPORTS = tuple(
    (re.compile(said, re.IGNORECASE), meant)
    for said, meant in (
        (r"前([三五十])大(?=客户|供应商|股东)", r"前\1名"),
        (
            r"\b(?:top (?:five|5)|(?:five|5) (?:largest|biggest)) (?:customers|clients)\b",
            " 前五名客户 ",
        ),
        (
            r"\b(?:top (?:five|5)|(?:five|5) (?:largest|biggest)) (?:suppliers|vendors)\b",
            " 前五名供应商 ",
        ),
        (
            r"\b(?:top (?:ten|10)|(?:ten|10) (?:largest|biggest)) (?:share|stock)holders\b",
            " 前十名股东 ",
        ),
        (
            r"经营(?:性|活动)?的?(?:净现金流|现金流(?:净额|量净额)?)(?![入出量])"
            r"|\b(?:net )?operating cash ?flows?\b(?! (?:in|out))"
            r"|\bcash ?flows? from (?:its |the )?operat(?:ions|ing activities)\b"
            r"|\bcash (?:generated |came )?(?:by|from) (?:its )?operations\b",
            " 经营活动产生的现金流量净额 ",
        ),
        (
            r"(?:账上|手[里头上])(?:还|一共)?有(?:多少|几)(?:现金|钱)|有多少现金(?![分流股])|现金(?:余额|储备)"
            r"|\b(?<=how much )cash (?:do|does|did|has|have) (?:it|they|the (?:company|group|firm))"
            r"(?: (?:have|hold|got))?(?: (?:on hand|left|in (?:the )?bank))?"
            r"(?=\W*$| (?:at|by|in)\b)"
            r"|\bcash (?:balance|on hand|position|pile|holdings|reserves?)\b",
            " 货币资金 ",
        ),
        (
            r"每\s*(?:10|十)\s*股(?:[派分发]了?)(?!息)(?=多少|几)"
            r"|\bdividends? (?:per|for each) (?:share|(?:10|ten) shares)\b"
            r"|\bper-share dividends?\b",
            " 每10股派息数 ",
        ),
    )
)


def spelt_out(run: str) -> str:
    """Spell out what is said in short: 男女员工 is 男性 and 女性 员工, 公司有多少人 its 员工."""
    run = _FLOATED.sub("listed on the stock exchange", _TURNOVER.sub("revenue", run))
    run = _PEOPLE.sub(r"\g<before> 员工总人数 ", _PEOPLE_EN.sub("employees", run))
    for said, meant in _IN_WORDS_OF_REPORTS:
        run = said.sub(meant, run)
    run = _USED.sub(r" 用\g<of>量 ", _EARNED.sub(" 净利润 ", run))
    return _ONE_SEX.sub(r" \1性 ", run.replace("男女", " 男性 女性 "))
