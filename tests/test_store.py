import dataclasses
import json
import shlex
import shutil

import numpy as np
import pytest
from conftest import FakeEmbedder

from index import store
from index.build import build
from index.store import FORMAT, StoreError, load, load_manifest, save


@pytest.fixture
def folder(tmp_path, tiny_index):
    return tmp_path / "index"


def files(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


def content(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in files(folder)}


def refused(folder, embedder=None):
    """The message of the error, which names the folder and a command in both languages."""
    with pytest.raises(StoreError) as caught:
        load(folder, embedder)
    for language in ("en", "zh"):
        assert str(folder) in caught.value.message(language)
        assert "python -m index" in caught.value.message(language)
    return str(caught.value)


def test_round_trip(folder, tiny_index):
    again = load(folder, "bigrams")
    assert again.manifest == tiny_index.manifest
    assert again.passages == tiny_index.passages
    assert again.entries == tiny_index.entries
    assert again.figures == tiny_index.figures
    for position in range(len(again.entries)):
        assert np.array_equal(again.vectors.vector(position), tiny_index.vectors.vector(position))
    terms = [{"牧场": 1.0}, {"员工": 1.0}]
    assert np.array_equal(again.keywords.scores(terms), tiny_index.keywords.scores(terms))


def test_line_separators_inside_a_text_survive(tmp_path, embedder):
    report = tmp_path / "report.txt"
    report.write_text("公司\u2028治理\x85制度。\n\n员工\u2029关怀\x0b措施。", encoding="utf-8")
    built = build(report, tmp_path / "index", embedder)
    assert load(tmp_path / "index").passages == built.passages


def test_the_manifest_says_what_it_was_built_from(folder, tiny_index):
    manifest = load_manifest(folder)
    assert (manifest.source, manifest.year, manifest.embedder) == ("dairy.txt", "2023", "bigrams")
    assert (manifest.dimension, manifest.format) == (256, FORMAT)
    assert manifest.names == ("青牧乳业", "qingmu-dairy")


def test_missing_and_empty(tmp_path):
    assert "There is no index" in refused(tmp_path / "none")
    (tmp_path / "empty").mkdir()
    assert "There is no index" in refused(tmp_path / "empty")
    (tmp_path / "file").write_text("a")
    assert "There is no index" in refused(tmp_path / "file")


def test_half_written(folder):
    (folder / "manifest.json").unlink()
    assert "no manifest.json" in refused(folder)


@pytest.mark.parametrize("position", [0, 0.5, 1])
def test_one_flipped_byte_in_any_file(folder, position):
    for path in files(folder):
        if path.name == "manifest.json":
            continue
        data = bytearray(path.read_bytes())
        data[int(position * (len(data) - 1))] ^= 0x20
        path.write_bytes(data)
        assert f"damaged ({path.relative_to(folder)})" in refused(folder)
        data[int(position * (len(data) - 1))] ^= 0x20
        path.write_bytes(data)
    load(folder)


@pytest.mark.parametrize("keep", [0, 0.5, 0.99])
def test_any_file_cut_short(folder, keep):
    for path in files(folder):
        data = path.read_bytes()
        path.write_bytes(data[: int(len(data) * keep)])
        assert "damaged" in refused(folder)
        path.write_bytes(data)
    load(folder)


def test_any_file_missing(folder):
    for path in files(folder):
        if path.name == "manifest.json":
            continue
        data = path.read_bytes()
        path.unlink()
        assert "damaged" in refused(folder)
        path.write_bytes(data)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "3", '"a"', "{}", "null", '{"files": {}}', '{"files": [], "format": 1}']
)
def test_any_other_manifest(folder, text):
    (folder / "manifest.json").write_text(text)
    refused(folder)


def edit_manifest(folder, **changes):
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    (folder / "manifest.json").write_text(json.dumps(manifest | changes), encoding="utf-8")


@pytest.mark.parametrize(
    "changes", [{"names": 3}, {"unknown": 1}, {"dimension": 255}, {"files": {}}, {"files": None}]
)
def test_a_manifest_that_does_not_fit(folder, changes):
    edit_manifest(folder, **changes)
    assert "damaged" in refused(folder)


def test_another_format(folder):
    edit_manifest(folder, format=FORMAT + 1)
    assert f"format {FORMAT + 1}, this version reads {FORMAT}" in refused(folder)


def test_another_embedder(folder):
    message = refused(folder, "e5-small")
    assert "'bigrams'" in message
    assert "RAG_EMBEDDER=e5-small python -m index dairy.txt --out" in message  # not the bundled one
    assert load(folder, "bigrams").manifest == load(folder).manifest


def test_files_of_two_indexes(folder, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text("另一份报告。\n\n它的第二段。", encoding="utf-8")
    build(other, tmp_path / "other", FakeEmbedder())
    for name in ("passages.jsonl", "figures.jsonl", "vectors.faiss"):
        mixed = tmp_path / f"mixed-{name}"
        shutil.copytree(folder, mixed)
        shutil.copy(tmp_path / "other" / name, mixed / name)
        hashes = json.loads((mixed / "manifest.json").read_text(encoding="utf-8"))["files"]
        edit_manifest(mixed, files=hashes | {name: store._sha256(mixed / name)})
        if name != "figures.jsonl":
            assert "do not belong together" in refused(mixed)
    edit_figures = (
        (folder / "figures.jsonl")
        .read_text(encoding="utf-8")
        .replace('"passage": 2', '"passage": 99')
    )
    (folder / "figures.jsonl").write_text(edit_figures, encoding="utf-8")
    hashes = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    edit_manifest(folder, files=hashes | {"figures.jsonl": store._sha256(folder / "figures.jsonl")})
    assert "do not belong together" in refused(folder)


def test_the_command_can_be_pasted_for_any_folder(tmp_path):
    folder = tmp_path / "my index; echo"
    with pytest.raises(StoreError) as caught:
        load(folder)
    command = str(caught.value).split("Build it: ")[1]
    assert shlex.split(command) == ["python", "-m", "index", "--out", str(folder)]


@pytest.mark.parametrize(
    "names",
    [
        ["notes.txt"],
        ["manifest.json"],
        ["manifest.json", "app.js"],
        ["passages.jsonl", "thesis.docx"],
    ],
)
def test_a_foreign_folder_is_not_touched(tmp_path, tiny_index, names):
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    for name in names:
        (foreign / name).write_text("{}")
    with pytest.raises(StoreError, match=r"left as it is.*--out"):
        save(tiny_index, foreign)
    assert sorted(content(foreign)) == sorted(names)


def test_a_file_is_not_overwritten(tmp_path, tiny_index):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(StoreError):
        save(tiny_index, tmp_path / "file")
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.parametrize("damage", ["manifest.json", "entries.jsonl", None])
def test_an_index_is_replaced_even_a_damaged_one(folder, tiny_index, damage):
    if damage:
        (folder / damage).write_text("damaged")
    else:
        (folder / "manifest.json").unlink()
        (folder / ".DS_Store").write_text("")
    save(tiny_index, folder)
    assert load(folder).manifest == tiny_index.manifest


def test_saving_leaves_nothing_beside_the_folder(tmp_path, folder, tiny_index):
    save(tiny_index, folder)
    save(tiny_index, tmp_path / "deep" / "er")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["deep", "index"]
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["er"]


def test_a_link_to_a_folder_stays_a_link(tmp_path, folder, tiny_index):
    link = tmp_path / "link"
    link.symlink_to(folder)
    save(tiny_index, link)
    assert link.is_symlink()
    assert load(link).manifest == tiny_index.manifest


@pytest.mark.parametrize("broken", ["vectors", "keywords"])
def test_a_crash_while_writing_leaves_the_old_index(tmp_path, folder, tiny_index, broken):
    class Crash:
        def save(self, path):
            path.with_name("partial").write_text("half")
            raise KeyboardInterrupt

    before = content(folder)
    with pytest.raises(KeyboardInterrupt):
        save(dataclasses.replace(tiny_index, **{broken: Crash()}), folder)
    assert content(folder) == before
    assert [path.name for path in tmp_path.iterdir()] == ["index"]


def test_a_crash_while_renaming_leaves_the_old_index(tmp_path, folder, tiny_index, monkeypatch):
    rename = type(folder).rename

    def fail(self, target):
        if target == folder and not self.name.endswith("-old"):
            raise OSError(5, "Input/output error")
        return rename(self, target)

    before = content(folder)
    monkeypatch.setattr(type(folder), "rename", fail)
    with pytest.raises(StoreError, match=r"Cannot write to .*Input/output error"):
        save(tiny_index, folder)
    assert content(folder) == before
    assert [path.name for path in tmp_path.iterdir()] == ["index"]


def test_a_folder_that_cannot_be_made(tmp_path, tiny_index):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match=r"Choose another folder with --out"):
        save(tiny_index, tmp_path / "file" / "index")


def test_a_full_disk_is_told(folder, tiny_index, monkeypatch):
    def full(path, rows):
        raise OSError(28, "No space left on device")

    before = content(folder)
    monkeypatch.setattr(store, "_write_lines", full)
    with pytest.raises(StoreError, match="No space left"):
        save(tiny_index, folder)
    assert content(folder) == before
