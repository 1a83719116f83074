"""Run a command of the command line, whatever console or pipe it prints to."""

import io
import os
import sys
from collections.abc import Callable
from typing import NoReturn

from index.openmp import bound_spinning


def run(main: Callable[[], int]) -> NoReturn:
    """Run ``main`` and exit with the code that it returns.

    Where the reader of its output has seen enough (``| head``), the command ends without a word
    and with code 0.
    """
    bound_spinning()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # a console that lacks a character shows it escaped; it is no reason to stop
            stream.reconfigure(errors="backslashreplace")
    try:
        try:
            code = main()
        finally:
            sys.stdout.flush()  # here, not at the exit, where nothing could catch what it raises
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left goes there
        code = 0
    sys.exit(code)
