"""What a company says it is and does, for who asks just that."""

import re
from collections.abc import Iterator, Sequence

from index.passage import Entry
from index.store import Index
from rag.evidence import BUDGET, LIST_BUDGET, Evidence, heading, numbered, question_parts
from rag.retrieve import Hit

MOST = 4  # sentences
MOST_LISTED = 10  # lines of a list of businesses

_WHO = r"(?:(?:这一?|该|本|贵)?家?(?:公司|企业|集团)|它|他们)"
_WHAT = r"(?:什么|啥|哪些?|哪几[块类种个项大]类?|哪方面)样?(?:类型|方面|种)?的?"
_BUSINESS = (
    r"(?:主营|主要|核心)?(?:业务|主业|生意|买卖|产品|商品|服务|东西|行业|行当|领域|工作)"
    r"(?:板块|范围|布局|线|领域)?"
)
_KINDS = rf"{_BUSINESS}(?:[和与及、或]{_BUSINESS})?|经营范围"
_DOES = r"(?:[做干搞卖造]|生产|制造|经营|从事|销售|提供)"
_ADVERBS = r"(?:到底|究竟|主要|具体|目前|现在|平时|都|靠)*"
# The whole of a question, with the company's name told by 公司; the more it asks for, the longer.
_IN_CHINESE = re.compile(
    rf"(?:请问|请|简单|介绍一?下?|说说|讲讲|告诉我|我?想(?:知道|了解)(?:一下)?|那么?)*{_WHO}?的?"
    rf"(?:{_ADVERBS}是?{_ADVERBS}{_DOES}{_WHAT}(?:{_KINDS})?的?(?:公司|企业)?"
    rf"|主要{_DOES}{_WHAT}[\u4e00-\u9fff]{{1,3}}"
    rf"|{_ADVERBS}是(?:一?[家个])?(?:什么|啥|怎样|怎么样|哪种)样?(?:类型|性质)?的?(?:公司|企业)"
    rf"|{_ADVERBS}(?:属于?|处[于在]|在|是)(?:什么|哪个|哪些|啥)(?:行业|领域)的?"
    rf"|(?:{_KINDS}){_ADVERBS}(?:有|是|为|包括|包含|涵盖|分为)?(?:{_WHAT}(?:{_KINDS})?|几大?块)"
    rf"|{_ADVERBS}有{_WHAT}(?:{_KINDS})"
    rf"|的?(?:简介|基本情况|概况|{_KINDS}简介)"
    r"|靠什么(?:赚钱|挣钱|吃饭|盈利)的?)"
    r"[了呢啊呀吗]?"
)
_IT = r"(?:(?:the|this|that) (?:company|firm|group|business)|it|they)"
_ITS = r"(?:the company['’]?s|its|their|the|this company['’]?s)"
_MAIN = r"(?:main|core|principal|primary|key|major)"
_MAKES = r"(?:do|make|sell|produce|manufacture|offer|provide|build)"
_LINES = (
    r"(?:business(?:es)?(?: (?:lines?|segments?|areas?))?|lines? of business|activit(?:y|ies)"
    r"|operations|industry|sector|product(?:s| lines?| range)?|services|goods)"
)
_IN_ENGLISH = re.compile(
    r"(?:please |so |and |(?:can|could) you (?:please )?|tell me |i (?:want|would like) to know )*"
    rf"(?:what (?:does|do|is|are) {_IT} (?:actually |really |mainly |mostly |primarily |even )*"
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
    r"(?: exactly| actually| mainly| in (?:a nutshell|short|brief))*",
    re.IGNORECASE,
)
_PRODUCTS = re.compile(
    rf"产品|商品|东西|[卖造]|生产|制造|\b(?:products?|goods|services|{_MAKES[3:-1]})\b(?<!do)",
    re.IGNORECASE,
)
_LINES_ASKED = re.compile(
    r"业务|板块|哪几|哪些|\b(?:business\w*|segments?|lines|activities|operations)\b", re.IGNORECASE
)
# A sentence in which the company says what it is, and how plainly each way says it.
_SUBJECT = (
    r"^[“\"]?(?:报告期内[，,]?)?(?:本?公司|本?集团|我们|{names})(?:自[^，,]{{1,12}}[，,])?"
    r"[^，,。；：:]{{0,8}}?"
)
_SAYS = (
    (3, r"是一?[家个][^。]*(?:企业|公司|集团|商)"),
    (
        3,
        r"主要(?:从事|生产|制造|经营|销售|提供)|主营业务?[为是包：:]|(?:主要|核心)业务[为是包涵：:]",
    ),
    (3, r"以[^，。]{2,40}为主[业营]"),
    (
        2,
        r"致力于|专注于|以[^，。]{2,40}为核心(?!的)|深耕|从事[^。]*(?:研发|生产|制造|销售|经营|服务|业务)",
    ),
    (2, r"[^。]*、[^。]*(?:业务板块|核心赛道|业务领域)"),
    (1, r"聚焦|业务[^，。]{0,4}(?:覆盖|涵盖|包括|分为)"),
)
_NAMES_PRODUCTS = (
    r"(?:产品[^，。]{0,6}(?:覆盖|涵盖|包括|包含|分为|有)|提供[^。]*(?:产品|服务|终端|设备))"
)
_ROW = re.compile(r"(?:公司)?(?:主营业务|主要业务|经营范围|所属行业|主要产品)[^\t]{0,6}\t")
_ABOUT = re.compile(r"简介|概况|介绍|关于(?:我们|公司|集团)|走进|业务")
_LISTS = re.compile(
    r"(?:业务|产品)(?:布局|板块|概况|介绍|矩阵|体系|结构|与服务|和服务|及服务)$|^(?:主要|核心)(?:业务|产品)$"
)


def asks_profile(question: str, names: Sequence[str]) -> bool:
    """Whether a question asks what the company is or does, and nothing more."""
    parts = question_parts(question) or [question]
    return all(_asks(part, names) for part in parts)


def profile(index: Index, question: str) -> list[Evidence]:
    """Return the sentences in which the company says what it does, [] where there are none."""
    names = index.manifest.names
    if not asks_profile(question, names):
        return []
    products = _PRODUCTS.search(question) is not None
    said = [
        (plain, entry)
        for entry in index.entries
        if entry.quote and (plain := _plainness(entry, names, products=products))
    ]
    best = max((plain for plain, _ in said), default=0)
    chosen = sorted((pair for pair in said if pair[0] >= best - 1), key=lambda pair: -pair[0])
    listed = list(_listed(index)) if _LINES_ASKED.search(question) or products else []
    entries = [entry for _, entry in chosen[:MOST]] + listed
    hits = [Hit(entry, index.passages[entry.passage], float(best), 0.0, 0.0) for entry in entries]
    return numbered(hits, LIST_BUDGET if listed else BUDGET, MOST + len(listed))


def _asks(question: str, names: Sequence[str]) -> bool:
    plain = re.sub(r"(?:in|for|during) (?:19|20)\d\d|(?:19|20)\d\d\s?年度?", " ", question)
    plain = re.sub(r"[\s，,、。.!！?？:：“”\"()（）]+", " ", plain).strip()
    english = plain
    for name in names:
        english = re.sub(rf"\b{re.escape(name)}\b", "the company", english, flags=re.IGNORECASE)
    if _IN_ENGLISH.fullmatch(english):
        return True
    chinese = re.sub(r"\s", "", plain)
    if _IN_CHINESE.fullmatch(chinese):
        return True
    # the company's name, or a short form of it
    ends = (end for end in range(2, 13) if _short_for(chinese[:end], names))
    return any(_IN_CHINESE.fullmatch("公司" + chinese[end:]) for end in ends)


def _short_for(said: str, names: Sequence[str]) -> bool:
    """Whether the characters of what is said stand in a name of the company, in this order."""
    for name in names:
        left = iter(f"{name}股份有限公司")
        if all(character in left for character in said) and said[0] in name:
            return True
    return False


def _plainness(entry: Entry, names: Sequence[str], *, products: bool) -> int:
    """Return how plainly an entry says what the company does; 0 where it does not."""
    if entry.kind == "row":
        return 3 * bool(_ROW.match(entry.quote.lstrip()))
    own = "|".join(re.escape(name) for name in names if not name.isascii()) or "公司"
    subject = _SUBJECT.format(names=own)
    quote = entry.quote.strip()
    plain = max((n for n, says in _SAYS if re.search(subject + f"(?:{says})", quote)), default=0)
    named = re.search(subject + ".*?" + _NAMES_PRODUCTS, quote) is not None
    if products and named:
        plain += 2
    return plain + bool(_ABOUT.search(heading(entry))) if plain else 0


def _listed(index: Index) -> Iterator[Entry]:
    """Yield the entries under a heading of businesses or products, in reading order."""
    found = [e for e in index.entries if e.quote and e.kind != "row" and _LISTS.search(heading(e))]
    first = [entry for entry in found if entry.title == found[0].title]
    yield from first[:MOST_LISTED]
