"""答案库: found by two characters, what is used most first; proposed to an enquiry while its day lasts (SD-4.2.1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet

from yingbin.matters.grams import grams
from yingbin.people.calendar import ZONE
from yingbin.people.queries import names_of
from yingbin.rules.gone import colleague

from ..choices import titles_of
from ..models import AnswerEntry, AnswerVersion, DeskMatter

PROPOSED = 3


@dataclass(frozen=True)
class AnswerLine:
    """An entry as it is read."""

    row: AnswerEntry
    subject: str
    vouched_by: str
    over: bool


def is_over(row: AnswerEntry, today: date) -> bool:
    """Whether an entry's time is over."""
    return row.valid_until is not None and row.valid_until < today


def found(site_id: UUID, words: str, subject: str = "") -> QuerySet[AnswerEntry]:
    """Entries that hold these words, or all; what is used most first."""
    rows = AnswerEntry.objects.filter(site_id=site_id)
    if subject:
        rows = rows.filter(subject=subject)
    for word in words.split():
        pairs = grams(site_id, word)
        rows = rows.filter(grams__contains=pairs) if pairs else rows.filter(question__contains=word)
    return rows.order_by("-used", "number")


def answer_lines(site_id: UUID, rows: Iterable[AnswerEntry], at: datetime) -> list[AnswerLine]:
    """These as lines; two queries."""
    page, today = list(rows), at.astimezone(ZONE).date()
    subjects = titles_of(site_id, at)
    names = {str(who): name for who, name in names_of({one.vouched_by for one in page}).items()}
    return [
        AnswerLine(
            one, subjects.get(one.subject, one.subject),
            colleague(names, one.vouched_by), is_over(one, today),
        )
        for one in page
    ]  # fmt: skip


def proposed(
    site_id: UUID, words: str, subject: str, at: datetime, taken: UUID | None = None
) -> list[AnswerLine]:
    """What may answer an enquiry: still valid, and of its words the most; then what is used most of its subject.

    taken: the entry that was taken already; it stays first, whatever is typed after.
    """
    today, asked = at.astimezone(ZONE).date(), set(grams(site_id, words))
    rows = AnswerEntry.objects.filter(site_id=site_id)
    rows = rows.filter(Q(valid_until=None) | Q(valid_until__gte=today))
    near = rows.filter(Q(grams__overlap=sorted(asked)) | Q(subject=subject) | Q(id=taken))
    first = ExpressionWrapper(Q(id=taken), BooleanField()).desc()
    page = list(near.order_by(first, "-used", "number")[:100])
    page.sort(
        key=lambda one: (
            one.id != taken, -len(asked.intersection(one.grams)), one.subject != subject
        )
    )  # fmt: skip
    return answer_lines(site_id, page[:PROPOSED], at)


def versions(entry: AnswerEntry) -> list[AnswerVersion]:
    """How it was written, the latest first."""
    rows = AnswerVersion.objects.filter(entry=entry).select_related("grown_from__matter")
    return list(rows.order_by(F("version").desc()))


def grown(row: DeskMatter) -> AnswerVersion | None:
    """The entry that grew out of this enquiry, if one did."""
    return AnswerVersion.objects.filter(grown_from=row).select_related("entry").first()
