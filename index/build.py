"""Build the index of a report: the only place that knows the order of the steps."""

import hashlib
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


def build(report_file: Path, folder: Path, embedder: Embedder, *, progress: bool = False) -> Index:
    """Read a report, index it and save the index into the folder.

    Vectors of entries that an earlier index in the folder holds already are taken over.
    """
    store.check_folder(folder)  # before minutes of embedding
    report = read_report(report_file)
    content = read_passages(report)
    vectors = _embed(content.entries, embedder, _known_vectors(folder, embedder), progress=progress)
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
) -> Vectors:
    new = list(dict.fromkeys((e.title, e.text) for e in entries if (e.title, e.text) not in known))
    if new:
        titles, texts = [title for title, _ in new], [text for _, text in new]
        vectors = embedder.encode_entries(titles, texts, progress=progress)
        known = {**known, **dict(zip(new, vectors, strict=True))}
    return np.stack([known[e.title, e.text] for e in entries])
