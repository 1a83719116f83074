"""Reads a PDF page by page, as a process of its own: python -m index.pdf_process FILE.

Prints JSON: the number of pages, then for each its lines, with the size of the letters where a
line is a title, else 0.
"""

import json
import logging
import sys
from collections import Counter

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from index.pdf import LOCKED
from index.pdf_lines import Letters, page_lines
from index.pdf_page import read_page

_MEMORY = 4 << 30  # bytes that a page may take


def main(file: str) -> int:
    """Print the lines of each page."""
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # it warns of every font
    _bound_memory()
    try:
        with pdfplumber.open(file) as pdf:
            _tell(len(pdf.pages))
            letters: Letters = Counter()
            for page in pdf.pages:
                _tell(page_lines(read_page(page), letters))
                page.close()
    except PdfminerException as error:
        if isinstance(error.args[0], PDFPasswordIncorrect):
            return LOCKED
        raise
    return 0


def _tell(answer: object) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def _bound_memory() -> None:
    """A page that unpacks to more than memory ends this process and no other."""
    try:
        import resource  # only where the system has it
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
