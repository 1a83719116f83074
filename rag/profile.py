"""What the company says of itself: what it does, since when it is there, and where."""

import re
from collections.abc import Iterator, Sequence

from index.passage import Entry
from index.store import Index
from rag.evidence import BUDGET, LIST_BUDGET, Evidence, heading, numbered
from rag.profile_asked import Aspect, aspect_asked
from rag.retrieve import Hit

MOST: dict[Aspect, int] = {"business": 4, "founded": 2, "seat": 2}  # sentences
MOST_LISTED = 10  # lines of a list of businesses

_PRODUCTS = re.compile(
    r"产品|商品|东西|[卖造]|生产|制造"
    r"|\b(?:products?|goods|services|make|sell|produce|manufacture|build)\b",
    re.IGNORECASE,
)
_LINES_ASKED = re.compile(
    r"业务|板块|哪几|哪些|\b(?:business\w*|segments?|lines|activities|operations)\b", re.IGNORECASE
)
_OWN = (
    r"(?:本?公司|本?集团|我们|(?:{names})(?:股份|集团|控股|有限|责任)*(?:公司)?)"
    r"(?:[（(][^）)]*[）)])?"
)
_SUBJECT = r"^[“\"]?(?:报告期内[，,]?)?{own}(?:自[^，,]{{1,12}}[，,])?[^，,。；：:]{{0,8}}?"
_YEAR = r"(?:19|20)\d\d\s?年"
_FOUND = r"(?:成立|创立|创建|创办|设立|组建|始建|始创)"
# The ways in which a sentence about the company says it, and how plainly.
_SAYS: dict[Aspect, tuple[tuple[int, str], ...]] = {
    "business": (
        (3, r"{subject}是一?[家个][^。]*(?:企业|公司|集团|商)"),
        (3, r"{subject}(?:主要(?:从事|生产|制造|经营|销售|提供)|主营业?务?[为是包：:])"),
        (3, r"{subject}(?:以[^，。]{{2,40}}为主[业营]|(?:主要|核心)业务[为是包涵：:])"),
        (2, r"{subject}(?:致力于|专注于|以[^，。]{{2,40}}为核心(?!的)|深耕)"),
        (2, r"{subject}从事[^。]*(?:研发|生产|制造|销售|经营|服务|业务)"),
        (2, r"{subject}[^。]*、[^。]*(?:业务板块|核心赛道|业务领域)"),
        (1, r"{subject}(?:聚焦|业务[^，。]{{0,4}}(?:覆盖|涵盖|包括|分为))"),
    ),
    "founded": (
        (3, r"^[“\"]?{own}[^，。；]{{0,12}}?" + _FOUND + r"于\s*" + _YEAR),
        (
            3,
            r"^[“\"]?{own}[^，。]{{0,6}}于\s*"
            + _YEAR
            + r"[^，。]{{0,10}}"
            + _FOUND
            + "(?=[，。、]|$)",
        ),
        (3, r"^" + _YEAR + r"[^，。]{{0,8}}{own}[^，。]{{0,6}}" + _FOUND + "(?=[，。、]|$)"),
        (2, r"自\s*" + _YEAR + _FOUND + r"以来[，,]\s*{own}"),
    ),
    "seat": (
        (3, r"^[“\"]?{own}.*总部(?:位于|设在|坐落|地处|在)"),
        (2, r"{subject}(?:位于|坐落|地处)"),
        (2, r"^(?:公司)?(?:总部|办公)地址[：:]"),
        (1, r"^(?:公司)?注册地址[：:]"),
    ),
}
_NAMES_PRODUCTS = (
    r"(?:产品[^，。]{0,6}(?:覆盖|涵盖|包括|包含|分为|有)|提供[^。]*(?:产品|服务|终端|设备))"
)
_NAMING = 2  # how much plainer a sentence is that names products
_ROWS: dict[Aspect, str] = {
    "business": r"(?:公司)?(?:主营业务|主要业务|经营范围|所属行业|主要产品)[^\t]{0,6}\t",
    "founded": r"(?:公司)?(?:成立|设立|注册)(?:日期|时间|年份)\t",
    "seat": r"(?:公司)?(?:总部|办公)(?:地址|地点|所在地)?\t",
}
_OF_OTHERS = re.compile(r"事务所|证券公司|保荐|律师|股东|子公司")
_ABOUT = re.compile(r"简介|概况|介绍|关于(?:我们|公司|集团)|走进|业务")
_LISTS = re.compile(
    r"(?:业务|产品)(?:布局|板块|概况|介绍|矩阵|体系|结构|与服务|和服务|及服务)$|^(?:主要|核心)(?:业务|产品)$"
)


def profile(index: Index, question: str) -> list[Evidence] | None:
    """Return what the company says of itself, where a question asks for that and nothing more:
    [] where it does not say since when it is there, None where other evidence may tell it.
    """
    names = index.manifest.names
    aspect = aspect_asked(question, names)
    if aspect is None:
        return None
    products = aspect == "business" and _PRODUCTS.search(question) is not None
    ways = _ways(aspect, names, products=products)
    said = [
        (plain, entry)
        for entry in index.entries
        if entry.quote and (plain := _plainness(entry, aspect, ways))
    ]
    if not said:
        return [] if aspect == "founded" else None
    best = max(plain for plain, _ in said)
    chosen = sorted((pair for pair in said if pair[0] >= best - 1), key=lambda pair: -pair[0])
    widely = aspect == "business" and (products or _LINES_ASKED.search(question) is not None)
    listed = list(_listed(index)) if widely else []
    entries = [entry for _, entry in chosen[: MOST[aspect]]] + listed
    hits = [Hit(entry, index.passages[entry.passage], float(best), 0.0, 0.0) for entry in entries]
    return numbered(hits, LIST_BUDGET if listed else BUDGET, MOST[aspect] + len(listed))


def _ways(
    aspect: Aspect, names: Sequence[str], *, products: bool
) -> list[tuple[int, re.Pattern[str]]]:
    """Return the ways in which a sentence about the company may say it, the plainest first; where
    its products are asked for, those that name some are.
    """
    chinese = [re.escape(name) for name in names if not name.isascii()]
    own = _OWN.format(names="|".join(chinese) or "公司")
    subject = _SUBJECT.format(own=own)
    forms = [(plain, form.format(subject=subject, own=own)) for plain, form in _SAYS[aspect]]
    if products:
        naming = f"(?={subject}.*?{_NAMES_PRODUCTS})"
        forms = [*((plain + _NAMING, naming + form) for plain, form in forms), *forms]
    forms.sort(key=lambda way: -way[0])
    return [(plain, re.compile(form)) for plain, form in forms]


def _plainness(entry: Entry, aspect: Aspect, ways: Sequence[tuple[int, re.Pattern[str]]]) -> int:
    """Return how plainly an entry says it of the company; 0 where it does not."""
    if entry.kind == "row":
        of_others = _OF_OTHERS.search(f"{entry.title} {entry.text}")
        return 0 if of_others else 3 * bool(re.match(_ROWS[aspect], entry.quote.lstrip()))
    quote = entry.quote.strip()
    plain = next((plain for plain, form in ways if form.search(quote)), 0)
    return plain + bool(_ABOUT.search(heading(entry))) if plain else 0


def _listed(index: Index) -> Iterator[Entry]:
    """Yield the entries under a heading of businesses or products, in reading order."""
    found = [e for e in index.entries if e.quote and e.kind != "row" and _LISTS.search(heading(e))]
    first = [entry for entry in found if entry.title == found[0].title]
    yield from first[:MOST_LISTED]
