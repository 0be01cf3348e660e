"""What the rules of visits answer when they refuse."""

from __future__ import annotations


class VisitRefusal(Exception):
    """A code, the clause it stands under (None for none), and a sentence that says why."""

    def __init__(self, code: str, clause: str | None, because: str) -> None:
        super().__init__(code)
        self.code, self.clause, self.because = code, clause, because
