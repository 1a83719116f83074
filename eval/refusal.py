"""Tell from the words of an answer whether it is a refusal."""

import re

_REFUSAL = re.compile(
    r"(?:don't|do not|doesn't|does not|didn't) (?:know|have|contain|provide|mention|specify|say)"
    r"|not (?:provided|mentioned|specified|available|disclosed|given|stated)"
    r"|不知道|无法(?:回答|确定|得知)|(?:没有|未)(?:明确)?(?:提供|提及|提到|说明|披露|给出|涉及)",
    re.IGNORECASE,
)


def refuses(text: str) -> bool:
    """Tell whether a pipeline that has no mark of its own for it says that it cannot answer."""
    return not text.strip() or bool(_REFUSAL.search(text))
