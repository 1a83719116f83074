"""The line of those who wait for the language model: first come, first served."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from types import TracebackType

LONGEST = 20  # visits: whoever comes then would wait for minutes


class LineFullError(Exception):
    """So many wait already that nobody else is let in."""


class LeftError(Exception):
    """Whoever waited was told to leave."""


class Visit:
    """One answer's stay in a line, from its first turn to the end of its ``with`` block.

    The block and the turns belong to one thread; another may look at ``place``, or ``leave``.
    """

    def __init__(self) -> None:
        self.has_left = False
        self._line: Line | None = None
        self._token: Token[Visit | None] | None = None

    @property
    def place(self) -> int:
        """How many are before this one."""
        return self._line.place(self) if self._line else 0

    def leave(self) -> None:
        """Give the place up; whoever waits in it raises LeftError."""
        self.has_left = True
        if self._line:
            self._line.leave(self)

    def join(self, line: "Line") -> None:
        """Wait in this line for the first place."""
        self._line = line
        line.wait(self)

    def __enter__(self) -> "Visit":
        self._token = _visit.set(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        if self._token:
            _visit.reset(self._token)
        self.leave()


_visit: ContextVar[Visit | None] = ContextVar("visit", default=None)


class Line:
    """Lets ``width`` visits at a time through, and at most ``longest`` wait or be let through."""

    def __init__(self, width: int = 1, longest: int = LONGEST) -> None:
        self._width = width
        self._longest = longest
        self._visits: list[Visit] = []
        self._changed = threading.Condition()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for one's turn; inside a Visit the place is kept until that ends.

        Raises LineFullError, and LeftError where the visit was told to leave.
        """
        visit = _visit.get() or Visit()
        visit.join(self)
        try:
            yield
        finally:
            if visit is not _visit.get():
                visit.leave()

    def wait(self, visit: Visit) -> None:
        """Take the last place, where the visit has none yet, and wait for the first."""
        with self._changed:
            if visit not in self._visits:
                if len(self._visits) >= self._longest:
                    raise LineFullError
                self._visits.append(visit)
            self._changed.wait_for(lambda: visit.has_left or visit in self._visits[: self._width])
            if visit.has_left:
                self._remove(visit)
                raise LeftError

    @property
    def is_empty(self) -> bool:
        """Whether nobody waits or is let through."""
        with self._changed:
            return not self._visits

    def leave(self, visit: Visit) -> None:
        """Give the place of a visit up, if it has one."""
        with self._changed:
            self._remove(visit)

    def place(self, visit: Visit) -> int:
        """Return how many are before a visit."""
        with self._changed:
            if visit not in self._visits:
                return 0
            return max(0, self._visits.index(visit) + 1 - self._width)

    def _remove(self, visit: Visit) -> None:
        if visit in self._visits:
            self._visits.remove(visit)
        self._changed.notify_all()
