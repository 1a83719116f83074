"""Count the tokens that an answer cost, where the language model says how many."""

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def counted_tokens() -> Iterator[dict[str, float | None]]:
    """Count what LangChain chat models read and write inside; filled in at the end.

    None where no model was asked or where its stream carries no ``usage_metadata``.
    """
    from langchain_core.callbacks import get_usage_metadata_callback

    counts: dict[str, float | None] = {"prompt_tokens": None, "answer_tokens": None}
    with get_usage_metadata_callback() as callback:
        yield counts
    usages = callback.usage_metadata.values()
    if usages:
        counts["prompt_tokens"] = float(sum(usage["input_tokens"] for usage in usages))
        counts["answer_tokens"] = float(sum(usage["output_tokens"] for usage in usages))
