"""整改 as a list: what is done so that complaints don't come again, by whom and until when, what is overdue first (SD-4.2.5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from yingbin.matters.models import Matter, Recusal
from yingbin.matters.queries import not_about
from yingbin.people.queries import Badge, names_of
from yingbin.rules.gone import colleague

from ..corrections import ABOUT
from ..models import DeskMatter

WHICH = {"open": "要做的", "done": "做完的"}


@dataclass(frozen=True)
class CorrectionLine:
    """What somebody does about a complaint. stays_out: it is about them now, so somebody else has to do it."""

    matter: Matter
    complaint: DeskMatter | None
    who: str
    late: bool
    stays_out: bool


@dataclass(frozen=True)
class ToCorrect:
    """How many corrections are still to be done, and how many of them are overdue."""

    open: int
    late: int


def of_place(badge: Badge) -> QuerySet[Matter]:
    """The corrections of an office without those of complaints that are about whoever looks."""
    mine = not_about(badge.staff_id) & not_about(badge.staff_id, "subject_id")
    return Matter.objects.filter(mine, site_id=badge.here, subject_app=ABOUT)


def rows_of(badge: Badge, which: str) -> QuerySet[Matter]:
    """Those that are to be done, the longest overdue first; or those that are over, the latest first. which: of `WHICH`."""
    rows = of_place(badge)
    if which == "done":
        return rows.filter(closed_at__isnull=False).order_by("-closed_at", "-number")
    return rows.filter(closed_at=None).order_by(F("due_at").asc(nulls_last=True), "number")


def to_correct(badge: Badge, at: datetime) -> ToCorrect:
    """The figures above the list; one query."""
    rows = of_place(badge).filter(closed_at=None)
    many = rows.aggregate(open=Count("id"), late=Count("id", filter=Q(due_at__lte=at)))
    return ToCorrect(many["open"], many["late"])


def lines(site_id: UUID, rows: Iterable[Matter], at: datetime) -> list[CorrectionLine]:
    """These with their complaints, and who does them; three queries for any number."""
    page = list(rows)
    about = DeskMatter.objects.filter(site_id=site_id, matter__in={one.subject_id for one in page})
    complaints = {one.matter_id: one for one in about.select_related("matter")}
    names = names_of({one.owner_id for one in page if one.owner_id})
    named = Recusal.objects.filter(matter__in=page, staff_id=F("matter__owner_id"), end=None)
    apart = set(named.values_list("matter_id", flat=True))
    return [
        CorrectionLine(
            one, complaints.get(one.subject_id) if one.subject_id else None, colleague(names, one.owner_id),
            bool(not one.closed_at and one.due_at and one.due_at <= at),
            one.closed_at is None and one.id in apart,
        )
        for one in page
    ]  # fmt: skip
