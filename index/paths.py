"""Where weights, indexes and the bundled report are kept."""

import os
from pathlib import Path

BUNDLED_REPORT = Path(__file__).parent / "reports" / "zkteco-2023-esg.txt"


def cache_folder() -> Path:
    """Return the folder of everything that can be fetched or made again: RAG_CACHE if set."""
    return Path(os.environ.get("RAG_CACHE") or "~/.cache/report-answers").expanduser()


def index_folder(embedder: str) -> Path:
    """Return the folder of the index: RAG_INDEX if set, else one for each embedder."""
    chosen = os.environ.get("RAG_INDEX")
    return Path(chosen).expanduser() if chosen else cache_folder() / "index" / embedder
