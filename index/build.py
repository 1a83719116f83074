"""Build the index of a report: the only place that knows the order of the steps."""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from index import store
from index.embed import Embedder, Vectors
from index.keywords import KeywordIndex
from index.names import company_names
from index.passage import Entry, read_passages
from index.report import read_report
from index.store import Index, Manifest, StoreError
from index.terms import terms_version, tokens
from index.vectors import VectorIndex

# Texts embedded at a time where the share done is told: for a quarter of a second or so, after
# which a question that waits for the embedder has its turn.
BATCH = 16
BATCH_CHARACTERS = 500

Done = Callable[[float], None]


def build(
    report_file: Path,
    folder: Path,
    embedder: Embedder,
    *,
    progress: bool = False,
    on_progress: Done | None = None,
) -> Index:
    """Read a report, index it and save the index into the folder.

    Vectors of entries that an earlier index in the folder holds already are taken over.
    ``on_progress`` is told the share done, from 0 to 1; what it raises ends the building.
    """
    store.check_folder(folder)  # before minutes of embedding
    report = read_report(report_file)
    content = read_passages(report)
    known = _known_vectors(folder, embedder)
    vectors = _embed(content.entries, embedder, known, progress=progress, on_progress=on_progress)
    manifest = Manifest(
        report=report.title,
        year=report.year,
        names=company_names(report.lines),
        source=report_file.name,
        sha256=hashlib.sha256(report_file.read_bytes()).hexdigest(),
        embedder=embedder.name,
        dimension=vectors.shape[1],
        terms=terms_version(),
    )
    index = Index(
        manifest,
        content.passages,
        content.entries,
        content.figures,
        VectorIndex.from_vectors(vectors),
        KeywordIndex.from_tokens([tokens(f"{e.title} {e.text}") for e in content.entries]),
    )
    store.save(index, folder)
    return index


def is_current(report_file: Path, folder: Path, embedder: str) -> bool:
    """Whether the folder holds an intact index of this very file by this embedder."""
    try:
        manifest = store.load_manifest(folder)
        sha256 = hashlib.sha256(report_file.read_bytes()).hexdigest()
    except (StoreError, OSError):
        return False
    wanted = (embedder, sha256, terms_version())
    return (manifest.embedder, manifest.sha256, manifest.terms) == wanted


def _known_vectors(folder: Path, embedder: Embedder) -> dict[tuple[str, str], Vectors]:
    try:
        old = store.load(folder, embedder.name)
    except StoreError:
        return {}
    return {(e.title, e.text): old.vectors.vector(i) for i, e in enumerate(old.entries)}


def _embed(
    entries: tuple[Entry, ...],
    embedder: Embedder,
    known: dict[tuple[str, str], Vectors],
    *,
    progress: bool,
    on_progress: Done | None,
) -> Vectors:
    new = list(dict.fromkeys((e.title, e.text) for e in entries if (e.title, e.text) not in known))
    batches = [new] if new else []
    if on_progress:
        on_progress(0.0)
        batches = _batches(new)
    known, done = dict(known), 0
    for batch in batches:
        titles, texts = [title for title, _ in batch], [text for _, text in batch]
        vectors = embedder.encode_entries(titles, texts, progress=progress)
        known.update(zip(batch, vectors, strict=True))
        done += len(batch)
        if on_progress:
            on_progress(done / len(new))
    return np.stack([known[e.title, e.text] for e in entries])


def _batches(pairs: Sequence[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """Titles with texts, in batches that take about as long as each other."""
    batches: list[list[tuple[str, str]]] = []
    room = 0
    for pair in sorted(pairs, key=_length):  # texts of one length embed fastest together
        if not batches or len(batches[-1]) == BATCH or room < _length(pair):
            batches.append([])
            room = BATCH_CHARACTERS
        batches[-1].append(pair)
        room -= _length(pair)
    return batches


def _length(pair: tuple[str, str]) -> int:
    return len(pair[0]) + len(pair[1])
