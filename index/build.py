"""Build the index of a report: the only place that knows the order of the steps."""

import hashlib
from pathlib import Path

from index import store
from index.embed import Embedder
from index.entry_vectors import Done, Known, entry_vectors, known_vectors
from index.keywords import KeywordIndex
from index.names import company_names
from index.passage import read_passages
from index.report import Report, read_report
from index.store import Index, Manifest, StoreError
from index.terms import terms_version, tokens
from index.vectors import VectorIndex


def build(
    report_file: Path,
    folder: Path,
    embedder: Embedder,
    *,
    report: Report | None = None,
    progress: bool = False,
    on_progress: Done | None = None,
) -> Index:
    """Index a report and save the index into the folder; ``report`` is the file's, where it is
    read already.

    Vectors of entries that an earlier index in the folder holds already are taken over.
    ``on_progress`` is told the share embedded, from 0 to 1; what it raises ends the building.
    """
    store.check_folder(folder)  # before minutes of embedding
    report = report or read_report(report_file)
    content = read_passages(report)
    known = _known_vectors(folder, embedder)
    vectors = entry_vectors(
        content.entries, embedder, known, progress=progress, on_progress=on_progress
    )
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


def _known_vectors(folder: Path, embedder: Embedder) -> Known:
    try:
        old = store.load(folder, embedder.name)
    except StoreError:
        return {}
    return known_vectors(old.entries, old.vectors.vector)
