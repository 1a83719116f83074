import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def run(code, tail="", **more):
    """What a command with this body does, with its output sent through ``tail``."""
    body = f"from index import command\ndef main():\n{code}\ncommand.run(main)"
    shell = '"$0" -c "$1"' + (f" | {tail}; exit ${{PIPESTATUS[0]}}" if tail else "")
    return subprocess.run(
        ["bash", "-c", shell, sys.executable, body],
        capture_output=True, timeout=60, cwd=ROOT, check=False, **more,
    )  # fmt: skip


@pytest.mark.parametrize("lines", [3, 100_000])  # that wait for the exit, and that do not
def test_a_reader_that_stops_early_sees_no_traceback(lines):
    done = run(f"    for _ in range({lines}): print('x' * 99)\n    return 3", "head -c 1")
    assert done.stdout == b"x"
    assert done.stderr == b""
    assert done.returncode == 0 if lines > 3 else done.returncode in (0, 3)  # who was first


def test_help_that_is_cut_off():
    code = "    print('x')\n    raise SystemExit(0)"
    done = run(code, "exec 0<&-; sleep 0")
    assert (done.returncode, done.stderr) == (0, b"")


def test_the_exit_code_is_that_of_the_command():
    done = run("    print('said')\n    return 3")
    assert (done.returncode, done.stdout) == (3, b"said\n")


def test_an_error_is_not_taken_for_a_cut_off_output():
    done = run("    raise ValueError('a bug')")
    assert done.returncode == 1
    assert b"ValueError: a bug" in done.stderr


def test_a_console_that_lacks_a_character_shows_it_escaped():
    done = run("    print('报告')\n    return 0", env={"PYTHONIOENCODING": "ascii"})
    assert done.stdout == b"\\u62a5\\u544a\n"


@pytest.mark.parametrize("module", ["rag", "index", "index.weights", "eval"])
def test_the_commands_are_run_so(module):
    command = f'"$0" -m {module} --help | (exec 0<&-); exit ${{PIPESTATUS[0]}}'
    done = subprocess.run(
        ["bash", "-c", command, sys.executable],
        capture_output=True, text=True, timeout=60, cwd=ROOT, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
