"""The README says what is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
READMES = ("README.md", "README.zh.md")


@pytest.mark.parametrize("name", READMES)
def test_the_two_commands_come_first(name: str) -> None:
    commands = re.findall(r"^make \w+", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
    assert commands[:2] == ["make run", "make test"]


@pytest.mark.parametrize("name", READMES)
def test_every_module_has_its_line_in_the_tree(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    rooms = ("index", "rag", "eval")
    modules = {path.name for room in rooms for path in (ROOT / room).glob("*.py")} - {"__init__.py"}
    listed = set(re.findall(r"^ +(\w+\.py) +\S", text, re.MULTILINE))
    assert modules - listed == set()


def test_both_languages_name_the_same_settings_and_code() -> None:
    english, chinese = ((ROOT / name).read_text(encoding="utf-8") for name in READMES)
    assert set(re.findall(r"RAG_[A-Z_]+", english)) == set(re.findall(r"RAG_[A-Z_]+", chinese))
    python = [re.findall(r"^(?:from|import) .*", text, re.MULTILINE) for text in (english, chinese)]
    assert python[0] == python[1]
