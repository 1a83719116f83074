"""The index folder: written whole or not at all, read with every mismatch named."""

import hashlib
import json
import shlex
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from index.errors import ReportError
from index.keywords import KeywordIndex
from index.passage import Entry, FigureEntry, Passage
from index.paths import BUNDLED_REPORT, cache_folder
from index.table import Figure
from index.vectors import VectorIndex

FORMAT = 9
_MANIFEST = "manifest.json"
_PASSAGES = "passages.jsonl"
_VECTORS = "vectors.faiss"
_PARTS = {_MANIFEST, _PASSAGES, "entries.jsonl", "figures.jsonl", "keywords"}
_PARTS |= {_VECTORS, f"near-{_VECTORS}"}


class StoreError(ReportError):
    """The index folder is missing, damaged, or made by something else."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index was built from and by; ``terms`` names the version of the search terms."""

    report: str
    year: str
    names: tuple[str, ...]
    source: str
    sha256: str
    embedder: str
    dimension: int
    terms: str
    format: int = FORMAT


@dataclass(frozen=True, slots=True)
class Index:
    """An index in memory: entry number i is vector i and keyword document i."""

    manifest: Manifest
    passages: tuple[Passage, ...]
    entries: tuple[Entry, ...]
    figures: tuple[FigureEntry, ...]
    vectors: VectorIndex
    keywords: KeywordIndex


def save(index: Index, folder: Path) -> None:
    """Write the index aside and put it in the folder's place; an older index there is replaced."""
    check_folder(folder)
    folder = folder.resolve()
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            _write(index, aside)
            _put_in_place(aside, folder)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    except OSError as error:
        raise StoreError(
            f"Cannot write to {folder.parent}: {error.strerror}. Choose another folder with --out.",
            f"无法写入 {folder.parent}：{error.strerror}。请用 --out 指定其他文件夹。",
        ) from error


def check_folder(folder: Path) -> None:
    """Raise StoreError where saving there would overwrite anything but an index."""
    if folder.exists() and not _replaceable(folder):
        raise StoreError(
            f"{folder} exists and is no index: it is left as it is. "
            "Choose another folder with --out.",
            f"{folder} 已存在且不是索引，未作改动。请用 --out 指定其他文件夹。",
        )


def _replaceable(folder: Path) -> bool:
    """Whether the folder is empty or holds an index, be it damaged, and nothing else."""
    if not folder.is_dir():
        return False
    names = {path.name for path in folder.iterdir() if not path.name.startswith(".")}
    return not names or (_PASSAGES in names and names <= _PARTS)


def _put_in_place(aside: Path, folder: Path) -> None:
    old = aside.with_name(aside.name + "-old")
    if folder.exists():
        folder.rename(old)
    try:
        aside.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _write(index: Index, folder: Path) -> None:
    _write_lines(folder / _PASSAGES, index.passages)
    _write_lines(folder / "entries.jsonl", index.entries)
    _write_lines(folder / "figures.jsonl", index.figures)
    index.vectors.save(folder / _VECTORS)
    index.keywords.save(folder / "keywords")
    files = {name: _sha256(folder / name) for name in _files(folder)}
    manifest = {**asdict(index.manifest), "files": files}
    text = json.dumps(manifest, ensure_ascii=False, indent=2)
    (folder / _MANIFEST).write_text(text, encoding="utf-8")


def load(folder: Path, embedder: str | None = None) -> Index:
    """Read an index; ``embedder`` is the name of the one that questions will be embedded with.

    Raises StoreError where the folder is missing, empty, damaged or built by another embedder.
    """
    manifest = load_manifest(folder)
    if embedder is not None and manifest.embedder != embedder:
        raise StoreError(
            f"The index in {folder} was built with the embedder {manifest.embedder!r}, "
            f"but {embedder!r} is set. Set RAG_EMBEDDER={manifest.embedder}, or build again: "
            f"RAG_EMBEDDER={embedder} {_command(folder)}",
            f"{folder} 中的索引由向量模型 {manifest.embedder!r} 建立，而当前设置为 {embedder!r}。"
            f"请设置 RAG_EMBEDDER={manifest.embedder}，或重新建立索引："
            f"RAG_EMBEDDER={embedder} {_command(folder)}",
        )
    try:
        passages = tuple(_passage(row) for row in _read_lines(folder / _PASSAGES))
        entries = tuple(_entry(row) for row in _read_lines(folder / "entries.jsonl"))
        figures = tuple(_figure(row) for row in _read_lines(folder / "figures.jsonl"))
        vectors = VectorIndex.load(folder / _VECTORS)
        keywords = KeywordIndex.load(folder / "keywords")
    except (OSError, ValueError, KeyError, TypeError, RuntimeError) as error:
        raise _damaged(folder, str(error)) from error
    sizes = {len(entries), len(vectors), len(keywords)}
    pointers = [entry.passage for entry in entries] + [figure.passage for figure in figures]
    inside = all(0 <= passage < len(passages) for passage in pointers)
    if len(sizes) != 1 or not inside or vectors.dimension != manifest.dimension:
        raise _damaged(folder, "its files do not belong together")
    return Index(manifest, passages, entries, figures, vectors, keywords)


def load_manifest(folder: Path) -> Manifest:
    """Read what an index was built from and check its files against it."""
    if not folder.is_dir() or not any(folder.iterdir()):
        raise StoreError(
            f"There is no index in {folder}. Build it: {_command(folder)}",
            f"{folder} 中没有索引。请先建立：{_command(folder)}",
        )
    if not (folder / _MANIFEST).is_file():
        raise StoreError(
            f"{folder} holds no index of this program (no {_MANIFEST}). "
            "Set RAG_INDEX to an index folder, or build one: python -m index FILE --out DIR",
            f"{folder} 不是本程序的索引（缺少 {_MANIFEST}）。"
            "请将 RAG_INDEX 指向索引文件夹，或新建：python -m index FILE --out DIR",
        )
    try:
        data = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        files = data.pop("files")
        if data.get("format") != FORMAT:
            raise StoreError(
                f"The index in {folder} has format {data.get('format')}, this version reads "
                f"{FORMAT}. Build it again: {_command(folder)}",
                f"{folder} 的索引格式为 {data.get('format')}，本版本读取 {FORMAT}。"
                f"请重新建立：{_command(folder)}",
            )
        manifest = Manifest(**{**data, "names": tuple(data["names"])})
        bad = [name for name, sha in files.items() if _sha256(folder / name) != sha]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _damaged(folder, str(error)) from error
    if bad or not files:
        raise _damaged(folder, ", ".join(bad))
    return manifest


def _damaged(folder: Path, detail: str) -> StoreError:
    return StoreError(
        f"The index in {folder} is damaged ({detail}). Build it again: {_command(folder)}",
        f"{folder} 中的索引已损坏（{detail}）。请重新建立：{_command(folder)}",
    )


def _command(folder: Path) -> str:
    """Return the command that builds the folder's index, of the report that it was built from."""
    try:
        source = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))["source"]
    except (OSError, ValueError, KeyError, TypeError):
        # nothing tells which report it was; a new folder and the cache's are of the bundled one
        ours = not folder.is_dir() or folder.parent == cache_folder() / "index"
        source = BUNDLED_REPORT.name if ours else "FILE"
    file = "" if source == BUNDLED_REPORT.name else f" {shlex.quote(str(source))}"
    return f"python -m index{file} --out {shlex.quote(str(folder))}"


def _files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_lines(path: Path, rows: Iterable[Any]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            file.write(json.dumps(asdict(row), ensure_ascii=False, default=str) + "\n")


def _read_lines(path: Path) -> list[dict[str, Any]]:
    # split at line feeds alone: a passage may hold other characters that count as line ends
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def _passage(row: dict[str, Any]) -> Passage:
    return Passage(**{**row, "section": tuple(row["section"]), "lines": tuple(row["lines"])})


def _entry(row: dict[str, Any]) -> Entry:
    return Entry(**{**row, "lines": tuple(row["lines"])})


def _figure(row: dict[str, Any]) -> FigureEntry:
    figure = Figure(**{**row["figure"], "value": Decimal(row["figure"]["value"])})
    return FigureEntry(**{**row, "figure": figure, "section": tuple(row["section"])})
