"""Work in a thread of its own: something that opens, and work that tells how it gets on."""

import threading
from collections.abc import Callable, Generator
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Generic, TypeVar

from index.errors import ReportError
from rag.line import LeftError

LOOK = 0.3  # seconds between two looks at work that tells nothing
T = TypeVar("T")


class Opening(Generic[T]):
    """Something that opens in a thread, so that the page is there at once.

    Where opening fails, the error is raised to whoever asks, and the next one tries again.
    """

    def __init__(self, open_it: Callable[[], T]) -> None:
        self._open = open_it
        self._lock = threading.Lock()
        self._opened: T | None = None

    def start(self, then: Callable[[T], object] = lambda _: None) -> None:
        """Begin to open in a thread of its own, and do with it there what is to come ``then``."""
        threading.Thread(target=self._start, args=(then,), name="opening", daemon=True).start()

    def _start(self, then: Callable[[T], object]) -> None:
        with suppress(ReportError):  # told to whoever asks
            then(self())

    def __call__(self) -> T:
        """Return what has been opened, once it is; raises ReportError where it cannot be."""
        with self._lock:
            if self._opened is None:
                self._opened = self._open()
            return self._opened


def in_background(
    work: Callable[[Callable[[T], None]], None],
    stop: Callable[[], None] = lambda: None,
    seconds: float = LOOK,
) -> Generator[T | None, None, None]:
    """Run work in a thread and yield what it tells; None where it told nothing for ``seconds``.

    ``work`` is given the function to tell with, which raises LeftError once this is closed;
    ``stop`` is called then, and nobody waits for the work to end. What it raises is raised here.
    """
    told: SimpleQueue[tuple[T] | BaseException | None] = SimpleQueue()
    closed = threading.Event()

    def tell(piece: T) -> None:
        if closed.is_set():
            raise LeftError
        told.put((piece,))

    def run() -> None:
        try:
            work(tell)
            told.put(None)
        except LeftError:
            told.put(None)
        except BaseException as error:  # whoever looks gets it
            told.put(error)

    threading.Thread(target=run, name="background", daemon=True).start()
    try:
        while True:
            try:
                piece = told.get(timeout=seconds)
            except Empty:
                yield None
                continue
            if piece is None:
                return
            if isinstance(piece, BaseException):
                raise piece
            yield piece[0]
    finally:
        closed.set()
        stop()
