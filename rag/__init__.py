"""Cited answers from a report: ask(), search(), Assistant."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from index.passage import Passage
    from rag.answer import Answer, Check, Citation
    from rag.api import ask, search
    from rag.assistant import Assistant

__all__ = ["Answer", "Assistant", "Check", "Citation", "Passage", "ask", "search"]

_HOMES = {
    "Answer": "rag.answer",
    "Check": "rag.answer",
    "Citation": "rag.answer",
    "Passage": "index.passage",
    "Assistant": "rag.assistant",
    "ask": "rag.api",
    "search": "rag.api",
}


def __getattr__(name: str) -> Any:
    """Import a public name at its first use: `import rag` loads nothing heavy."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
