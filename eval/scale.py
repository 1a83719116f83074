"""What a search costs in corpora of a thousand to a million entries."""

import gc
import multiprocessing
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from copy import copy
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

import numpy as np

from eval.table import Rows
from index.embed import Vectors
from index.keywords import KeywordIndex, best_positions
from index.nearest import approximate_index
from index.store import Index
from index.vectors import APPROXIMATE_FROM, VectorIndex
from rag.retrieve import CANDIDATES

SIZES = (1_000, 10_000, 100_000, 1_000_000)
HEADER = ["entries", "search", "p50 ms", "p90 ms", "recall@10", "memory MB", "mapped MB",
          "disk MB", "built s"]  # fmt: skip
_CHUNK = 20_000
_NOISE = (0.3, 0.7)  # how far a made entry is moved along the difference of two real ones
_SPECK = 0.2  # the length of what is added in a random direction
_MEGABYTE = 1e6
Terms = Sequence[Mapping[str, float]]


class Cost(NamedTuple):
    """What searching a saved index costs, in milliseconds and megabytes, and its ten best."""

    p50: float
    p90: float
    memory: float
    mapped: float
    found: list[list[int]]


def measure_scale(
    index: Index, queries: Vectors, terms: Sequence[Terms], sizes: Sequence[int] = SIZES
) -> Iterator[Rows]:
    """Yield the header, then the rows of each size.

    A star marks the index by meaning that the store picks at that size. Memory is what a process
    of its own holds after opening the index and searching it; mapped is what it has read of
    files, which the system takes back when it runs short.
    """
    yield [HEADER]
    real = np.stack([index.vectors.vector(i) for i in range(len(index.vectors))])
    for size in sizes:
        with tempfile.TemporaryDirectory() as temporary:
            yield from _by_meaning(real, queries, size, Path(temporary))
        with tempfile.TemporaryDirectory() as temporary:
            repeat(index.keywords, size).save(Path(temporary))
            cost = _apart(search_words, Path(temporary), terms)
            yield [_row(size, "words, BM25", cost, Path(temporary), "exact", "-")]


def _by_meaning(real: Vectors, queries: Vectors, size: int, folder: Path) -> Iterator[Rows]:
    made = np.memmap(folder / "made", np.float32, "w+", shape=(size, real.shape[1]))
    for start, chunk in grown(real, size):
        made[start : start + len(chunk)] = chunk
    best: list[list[int]] = []
    for name in ("flat", "IVF, 8 bit"):
        started = perf_counter()
        near = None if name == "flat" else approximate_index(made)
        built = f"{perf_counter() - started:.0f}"
        place = folder / name[:3]
        place.mkdir()
        VectorIndex(_flat(made), near).save(place / "vectors")
        del near
        gc.collect()
        cost = _apart(search_meaning, place / "vectors", queries)
        best = best or cost.found
        shared = [len({*one} & {*other}) / len(one)
                  for one, other in zip(best, cost.found, strict=True)]  # fmt: skip
        mark = " *" * ((name != "flat") == (size >= APPROXIMATE_FROM))
        label = f"meaning, {name}{mark}"
        yield [_row(size, label, cost, place, f"{np.mean(shared):.3f}", built)]


def _row(size: int, label: str, cost: Cost, place: Path, recall: str, built: str) -> list[str]:
    disk = sum(path.stat().st_size for path in place.iterdir()) / _MEGABYTE
    megabytes = [f"{each:.0f}" for each in (cost.memory, cost.mapped, disk)]
    return [f"{size:,}", label, f"{cost.p50:.1f}", f"{cost.p90:.1f}", recall, *megabytes, built]


def grown(real: Vectors, size: int) -> Iterator[tuple[int, Vectors]]:
    """Yield the start and the vectors of each chunk of a corpus made from real vectors.

    A real vector is moved by the difference of two others, so that the noise has the directions
    that texts differ in, and by a speck in any direction, so that no two are the same.
    """
    random = np.random.default_rng(0)
    count, dimension = real.shape
    for start in range(0, size, _CHUNK):
        number = min(_CHUNK, size - start)
        one, two, three = random.integers(0, count, (3, number))
        far = random.uniform(*_NOISE, (number, 1)).astype(np.float32)
        speck = random.standard_normal((number, dimension), np.float32) / np.sqrt(dimension)
        made = real[one] + far * (real[two] - real[three]) + np.float32(_SPECK) * speck
        yield start, (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)


def repeat(keywords: KeywordIndex, size: int) -> KeywordIndex:
    """Return BM25 over ``size`` entries that are the given ones again and again, with noise.

    A word is then in the same share of the entries as in a real report; a larger vocabulary, as
    a real corpus of that size has, would make the lists of most words shorter.
    """
    from scipy.sparse import csc_matrix, vstack  # type: ignore[import-untyped,unused-ignore]

    repeated = copy(keywords._retriever)
    scores, documents = repeated.scores, len(keywords)
    shape = (documents, len(scores["indptr"]) - 1)
    matrix = csc_matrix((scores["data"], scores["indices"], scores["indptr"]), shape=shape)
    whole = vstack([matrix] * (size // documents) + [matrix[: size % documents]], format="csc")
    noise = np.random.default_rng(0).uniform(0.8, 1.2, whole.nnz).astype(np.float32)
    repeated.scores = {
        "data": whole.data * noise,
        "indices": whole.indices,
        "indptr": whole.indptr,
        "num_docs": size,
    }
    return KeywordIndex(repeated)


def search_meaning(path: Path, queries: Sequence[Any] | Vectors) -> Cost:
    """Open vectors and search them for every query."""
    return _cost(
        lambda: VectorIndex.load(path),
        lambda index, query: index.search(query, CANDIDATES)[0],
        queries,
    )


def search_words(path: Path, queries: Sequence[Any]) -> Cost:
    """Open keywords and search them for the terms of every question."""
    return _cost(
        lambda: KeywordIndex.load(path),
        lambda index, terms: best_positions(index.scores(terms), CANDIDATES),
        queries,
    )


def _cost(
    load: Callable[[], Any], search: Callable[[Any, Any], Any], queries: Sequence[Any] | Vectors
) -> Cost:
    """Search for every query twice; only the second, warm, is timed."""
    import bm25s  # noqa: F401 - the packages' own memory is none of the index's
    import faiss  # noqa: F401

    before = np.array(_resident())
    index = load()
    for query in queries:
        search(index, query)
    memory, mapped = np.array(_resident()) - before
    seconds, found = [], []
    for query in queries:
        started = perf_counter()
        positions = search(index, query)
        seconds.append(perf_counter() - started)
        found.append(positions[:10].tolist())
    p50, p90 = np.percentile(seconds, (50, 90)) * 1000
    return Cost(float(p50), float(p90), float(memory), float(mapped), found)


def _apart(measure: Callable[..., Cost], path: Path, queries: Sequence[Any] | Vectors) -> Cost:
    """Measure in a process of its own, whose memory nothing else has used."""
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(measure, path, queries).result()


def _flat(vectors: Vectors) -> Any:
    import faiss

    exact = faiss.IndexFlatIP(vectors.shape[1])
    for start in range(0, len(vectors), _CHUNK):
        exact.add(np.ascontiguousarray(vectors[start : start + _CHUNK]))
    return exact


def _resident() -> tuple[float, float]:
    """Return the megabytes that the process holds for itself, and those of files."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()
    page = os.sysconf("SC_PAGE_SIZE") / _MEGABYTE
    resident, shared = int(pages[1]), int(pages[2])
    return (resident - shared) * page, shared * page
