import os
import subprocess
import sys

import pytest

from index import openmp


@pytest.fixture
def unset(monkeypatch):
    for name in openmp.SETTINGS:
        monkeypatch.setenv(name, "")  # put back afterwards, whatever becomes of it
        monkeypatch.delenv(name)


@pytest.mark.usefixtures("unset")
def test_threads_spin_for_a_bounded_time():
    openmp.bound_spinning()
    assert {name: os.environ[name] for name in openmp.SETTINGS} == openmp.SETTINGS
    assert os.environ["OMP_WAIT_POLICY"] == "passive" or int(os.environ["GOMP_SPINCOUNT"]) <= 10_000


@pytest.mark.usefixtures("unset")
def test_what_the_user_has_set_stays(monkeypatch):
    monkeypatch.setenv("OMP_WAIT_POLICY", "passive")
    openmp.bound_spinning()
    assert os.environ["OMP_WAIT_POLICY"] == "passive"


@pytest.mark.usefixtures("unset")
@pytest.mark.parametrize(
    "load", ["index.embed._load('none', None)", "rag.llama_cpp.serve('none', 'key', 9)"]
)
def test_it_is_set_before_what_spins_is_loaded(load):
    """Libraries read it once, as they are loaded."""
    code = (
        "import os, sys, index.embed, rag.llama_cpp\n"
        "for name in ('torch', 'xllamacpp'):\n    sys.modules[name] = None  # cannot be imported\n"
        f"try:\n    {load}\nexcept Exception as error:\n    print(type(error).__name__)\n"
        "print(os.environ.get('OMP_WAIT_POLICY'))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split()[-1] == openmp.SETTINGS["OMP_WAIT_POLICY"]
