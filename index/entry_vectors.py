"""Entries -> their vectors: nothing is embedded twice, a section is the sum of its parts."""

from collections.abc import Callable, Sequence

import numpy as np

from index.embed import Embedder, Vectors
from index.passage import PATH, Entry

# Texts embedded at a time where the share done is told: for a quarter of a second or so, after
# which a question that waits for the embedder has its turn.
BATCH = 16
BATCH_CHARACTERS = 500
# Of a heading path, what an entry is embedded under: chapters often go by slogans, and every word
# costs time.
_HEADINGS = 2

Done = Callable[[float], None]
Titled = tuple[str, str]  # the title and the text that an entry is embedded by
Known = dict[Titled, Vectors]


def titled(entry: Entry) -> Titled:
    """Return what an entry is embedded by: its last headings, and its text."""
    return PATH.join(entry.title.split(PATH)[-_HEADINGS:]), entry.text


def entry_vectors(
    entries: Sequence[Entry],
    embedder: Embedder,
    known: Known,
    *,
    form: Callable[[Entry], Titled] = titled,
    progress: bool = False,
    on_progress: Done | None = None,
) -> Vectors:
    """Return unit vectors of shape (entries, dimension); those of ``known`` are taken over.

    ``form`` tells what an entry is embedded by, ``on_progress`` is told the share done, from 0
    to 1.
    """
    parts = _parts(entries)
    alone = [position for position in range(len(entries)) if position not in parts]
    pairs = [form(entries[position]) for position in alone]
    new = [pair for pair in dict.fromkeys(pairs) if pair not in known]
    batches = [new] if new else []
    if on_progress:
        on_progress(0.0)
        batches = _batches(new)
    known, done = dict(known), 0
    for batch in batches:
        titles, texts = zip(*batch, strict=True)
        vectors = embedder.encode_entries(titles, texts, progress=progress)
        known.update(zip(batch, vectors, strict=True))
        done += len(batch)
        if on_progress:
            on_progress(done / len(new))
    embedded = np.stack([known[pair] for pair in pairs])
    all_vectors = np.empty((len(entries), embedded.shape[1]), dtype=np.float32)
    all_vectors[alone] = embedded
    for section, own in parts.items():
        lengths = [len(entries[position].text) for position in own]
        all_vectors[section] = _together(all_vectors[own], lengths)
    return all_vectors


def known_vectors(entries: Sequence[Entry], vector: Callable[[int], Vectors]) -> Known:
    """Return what an index has embedded; ``vector`` gives the vector at a position."""
    parts = _parts(entries)
    return {titled(e): vector(i) for i, e in enumerate(entries) if i not in parts}


def _parts(entries: Sequence[Entry]) -> dict[int, list[int]]:
    """Return for each section's position those of its parts; a section without any has none."""
    parts: dict[int, list[int]] = {}
    sections = {e.passage: i for i, e in enumerate(entries) if e.kind == "section"}
    for position, entry in enumerate(entries):
        if entry.kind != "section" and entry.passage in sections:
            parts.setdefault(sections[entry.passage], []).append(position)
    return parts


def _together(vectors: Vectors, lengths: Sequence[int]) -> Vectors:
    """Return the sum of the vectors, each by the root of its text's length, as a unit vector."""
    summed: Vectors = np.sqrt(np.maximum(lengths, 1), dtype=np.float32) @ vectors
    return summed / max(float(np.linalg.norm(summed)), 1e-12)


def _batches(pairs: Sequence[Titled]) -> list[list[Titled]]:
    """Titles with texts, in batches that take about as long as each other."""
    batches: list[list[Titled]] = []
    room = 0
    for pair in sorted(pairs, key=_length):  # texts of one length embed fastest together
        if not batches or len(batches[-1]) == BATCH or room < _length(pair):
            batches.append([])
            room = BATCH_CHARACTERS
        batches[-1].append(pair)
        room -= _length(pair)
    return batches


def _length(pair: Titled) -> int:
    return len(pair[0]) + len(pair[1])
