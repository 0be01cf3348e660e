"""What will become of each line of a file: the very steps of taking it in, without writing anything."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from yingbin.customers.queries import KnownBook, known_book
from yingbin.importing.models import ImportRow

from ...importing.lines import Told
from ...queries.imports import entered_days


def first_name(told: Told) -> str:
    """The name people are told apart by."""
    return told.names[0] if told.names else ""


class Forecast:
    """Who is known, from the register and from the file's earlier lines.

    A new person goes by a mark of the line; as when taking in, later lines add nothing to a card.
    """

    def __init__(self, site_id: UUID) -> None:
        self.site_id = site_id
        self.book = KnownBook()
        self.asked: set[str] = set()
        self.entered: dict[tuple[UUID, date], int] = {}
        self.made: set[UUID] = set()
        self.lines: dict[tuple[UUID, date], int] = {}
        self.since: dict[UUID, int] = {}

    def look_up(self, told: Sequence[Told]) -> None:
        """Asks the database whatever the lines that come next need, in two queries."""
        phones = {p for t in told for p in t.phones} - self.asked
        self.book.update(known_book(self.site_id, phones))
        self.asked |= phones
        met = {c for t in told if (c := self.book.find(first_name(t), t.phones))}
        self.entered = entered_days(self.site_id, met - self.made, {t.day for t in told})

    def judge(self, row: ImportRow, told: Told) -> None:
        """Puts on the row what will become of it."""
        known = self._meet(row, told)
        row.subject_id = known if known not in self.made else None
        row.same_as = row.number = None
        row.verdict = ImportRow.Verdict.NEW
        if known is None:
            return
        again = self.lines.get((known, told.day))
        row.same_as = again or self.since.get(known)
        row.number = self.entered.get((known, told.day))
        row.verdict = ImportRow.Verdict.AGAIN if again or row.number else ImportRow.Verdict.KNOWN
        self._seen(known, row, told)

    def _meet(self, row: ImportRow, told: Told) -> UUID | None:
        known = self.book.find(first_name(told), told.phones)
        if known is None and told.phones:
            mark = UUID(int=row.n)
            self.book.add(mark, told.names, told.phones)
            self.made.add(mark)
            self._seen(mark, row, told)
        return known

    def _seen(self, who: UUID, row: ImportRow, told: Told) -> None:
        self.since.setdefault(who, row.line)
        self.lines.setdefault((who, told.day), row.line)
