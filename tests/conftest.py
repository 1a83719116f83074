"""What the tests of index share: sample reports, an embedder to be predicted by eye, an index."""

import os
import shutil
import unicodedata
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings

from index.build import build
from index.passage import read_passages
from index.paths import BUNDLED_REPORT
from index.report import parse, read_report

pytest_plugins = ["page_fixtures"]
CHROMIUM_OPTIONS = (
    "--no-sandbox --headless --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)
settings.register_profile("untimed", deadline=None)  # how fast a machine is, is no property
settings.load_profile("untimed")

REPORTS = Path(__file__).parent / "reports"
DAIRY = REPORTS / "dairy.txt"  # plain text as taken from a PDF
SHIPPING = REPORTS / "shipping.md"
BANK = REPORTS / "bank.md"  # as a tool wrote it that reads pictures of pages
CHEMICALS = REPORTS / "chemicals.txt"  # with page numbers and running headers
ALL_REPORTS = (BUNDLED_REPORT, DAIRY, SHIPPING, BANK, CHEMICALS)


def pytest_collection_modifyitems(items):
    """Run the browser's tests last: its driver keeps an event loop running in this thread.

    They may be tried again: on a busy machine a key press can come before the page listens.
    """
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=2))


class FakeEmbedder:
    """Counts pairs of neighbouring characters; remembers what it was asked to embed."""

    def __init__(self, name="bigrams", dimension=256):
        self.name = name
        self.dimension = dimension
        self.embedded = []

    def encode_entries(self, titles, texts, *, progress=False):
        self.embedded += zip(titles, texts, strict=True)
        return np.stack(
            [self._vector(f"{title} {text}") for title, text in zip(titles, texts, strict=True)]
        )

    def encode_questions(self, questions):
        return np.stack([self._vector(question) for question in questions])

    def encode_words(self, words):
        return self.encode_questions(words)

    def _vector(self, text):
        text = "".join(unicodedata.normalize("NFKC", text).casefold().split())
        vector = np.zeros(self.dimension, dtype=np.float32)
        vector[0] = 1e-3  # a text of one character has a direction, too
        for start in range(len(text) - 1):
            vector[zlib.crc32(text[start : start + 2].encode()) % self.dimension] += 1
        return vector / np.linalg.norm(vector)


@pytest.fixture
def embedder():
    return FakeEmbedder()


@pytest.fixture(params=ALL_REPORTS, ids=lambda path: path.stem)
def any_report(request):
    return read_report(request.param)


@pytest.fixture(scope="session")
def dairy():
    return read_report(DAIRY)


@pytest.fixture(scope="session")
def shipping():
    return read_report(SHIPPING)


@pytest.fixture(scope="session")
def bank():
    return read_report(BANK)


@pytest.fixture(scope="session")
def chemicals():
    return read_report(CHEMICALS)


@pytest.fixture(scope="session")
def bundled():
    return read_report(BUNDLED_REPORT)


@pytest.fixture
def passages_of():
    """Parse a text and cut it into passages."""
    return lambda text, name="report": read_passages(parse(text.split("\n"), name))


@pytest.fixture
def tiny_index(tmp_path, embedder):
    """The index of the dairy report, saved in ``tmp_path / "index"``."""
    return build(DAIRY, tmp_path / "index", embedder)


@pytest.fixture(scope="session")
def browser_type_launch_args():
    chromium = shutil.which("chromium")
    if chromium is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("there is no chromium on the PATH")
    return {"executable_path": chromium, "args": CHROMIUM_OPTIONS.split()}


@pytest.fixture(scope="session")
def base_url():
    """The plugin's own fixture of this name warns with today's pytest."""
