"""The names of the company that a report is about, found in the report itself."""

import re
from collections import Counter
from collections.abc import Sequence

_COMPANY = re.compile(
    r"([\u4e00-\u9fff]{2,12}?)(?:股份有限公司|集团有限公司|有限责任公司|有限公司)"
)
_DOMAIN = re.compile(r"(?:www\.|@)([a-z][a-z0-9-]{1,30})\.(?:com|cn|net|org|hk)", re.IGNORECASE)
_MAIL_SERVICES = frozenset(
    {"qq", "163", "126", "gmail", "outlook", "hotmail", "sina", "sohu", "foxmail", "139", "yahoo"}
)


def company_names(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the Chinese short name and the name in web and mail addresses, as far as found."""
    text = "\n".join(lines)
    names = [_short_name(_COMPANY.findall(text))]
    domains = Counter(match.casefold() for match in _DOMAIN.findall(text))
    own = [name for name, _ in domains.most_common() if name not in _MAIL_SERVICES][:1]
    names += [_usual_spelling(name, text) for name in own]
    return tuple(name for name in names if name)


def _usual_spelling(name: str, text: str) -> str:
    """Return how the text writes the name outside of addresses: zkteco is ZKTeco, and acme-energy
    Acme Energy.
    """
    words = r"[- ]?".join(map(re.escape, name.split("-")))
    spelt = re.findall(rf"(?<![@.\w-]){words}(?![.\w-])", text, re.IGNORECASE)
    return Counter(spelt).most_common(1)[0][0] if spelt else name


def _short_name(before_suffix: Sequence[str]) -> str:
    """The longest ending that most of the names share.

    What stands before "股份有限公司" may hold words of the sentence too: 本报告是熵基科技.
    """
    if not before_suffix:
        return ""
    best, count = Counter(name[-2:] for name in before_suffix).most_common(1)[0]
    for size in range(3, 9):
        ending, times = Counter(n[-size:] for n in before_suffix if n.endswith(best)).most_common(
            1
        )[0]
        alone = len(best) > 2 and best in before_suffix  # no words of a sentence in front of it
        if len(ending) < size or times * 2 <= count or alone:
            break
        best = ending
    return best
