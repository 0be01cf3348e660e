"""《样板间客户接待记录表》 as a book: its tables, and how the journal speaks of a day's sheet (SF-4.3.2)."""

from yingbin.sheets.book import Body, Book

from .models import VisitSheet, VisitSheetCopy, VisitSheetWords


def _about(row: VisitSheet) -> Body:
    return {"of_day": row.of_day.isoformat(), "visits": row.visits, "people": row.people}


VISIT_BOOK = Book(
    title="样板间客户接待记录表",
    clause="SF-4.3.2",
    rows=VisitSheet,
    words=VisitSheetWords,
    copies=VisitSheetCopy,
    signed="duty.sheet",
    handed_out="duty.sheet_out",
    signers="交表的接待员或领班",
    about=_about,
    called={"of_day": "哪一天", "visits": "批数", "people": "人数"},
)
