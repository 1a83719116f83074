"""Tell from the words of an answer whether it is a refusal."""

import re

_REFUSAL = re.compile(
    r"(?:don't|do not|doesn't|does not|didn't|did not) (?:\w+ly )?"
    r"(?:know|have|contain|provide|mention|specify|say|disclose|state|include)"
    r"|not (?:\w+ly )?(?:provided|mentioned|specified|available|disclosed|given|stated|included)"
    r"|\bno (?:specific |direct |such )?(?:information|mention|data)\b"
    r"|(?:cannot|can't|unable to) (?:be )?(?:answer|determine|find|provide)"
    r"|不知道|无法(?:直接)?(?:回答|确定|得知|判断|提供|找到|获取)"
    r"|(?:没有|未)(?:明确|具体|直接|详细)*(?:地|的)?"
    r"(?:提供|提及|提到|说明|披露|给出|涉及|包含|找到)",
    re.IGNORECASE,
)


def refuses(text: str) -> bool:
    """Tell whether a pipeline that has no mark of its own for it says that it cannot answer."""
    return not text.strip() or bool(_REFUSAL.search(text))
