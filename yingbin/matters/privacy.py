"""What matters hold of one person: handed to them, or emptied when they ask."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from yingbin.customers.queries import Section, told
from yingbin.journal.write import Pen
from yingbin.notices.actions import forget, tell
from yingbin.people.rows import actor
from yingbin.rules.gone import ERASED
from yingbin.rules.matters import KINDS, Step

from .actions.steps import take
from .models import Matter, MatterStep
from .words import link_to

NO_LONGER = "客户的资料已删除，不用再办。"


def erase(*, pen: Pen, customer_ids: list[UUID]) -> dict[str, int]:
    """Empties titles, details and notes of matters about these customers (inside a write), and their notices.

    What was owed to them alone ends; what is to be done all the same (a repair) goes on, and its page says so.
    """
    rows = Matter.objects.filter(site_id=pen.site_id, customer_id__in=customer_ids)
    ids = list(rows.values_list("id", flat=True))
    empty_steps(MatterStep.objects.filter(site_id=pen.site_id, matter__in=ids))
    emptied = empty(pen, ids)
    owed = [name for name, kind in KINDS.items() if kind.of_customer]
    end_emptied(pen, rows.filter(kind__in=owed))
    return {"matters": emptied}


def end_emptied(pen: Pen, rows: Iterable[Matter]) -> None:
    """Ends those of these that are open, as nobody can read any more what was asked (inside a write); who has one is told."""
    for row in list(rows):
        if row.closed_at is not None:
            continue
        people = [who for who in (row.owner_id, row.holder_id, row.offered_to) if who]
        over = Step("lapse", str(actor(pen) or ""), pen.at, note=NO_LONGER)
        take(pen=pen, matter_id=row.id, step=over, quiet=True)
        told = f"{KINDS[row.kind].title} {row.number} 号不用再办了"
        tell(
            pen,
            to=dict.fromkeys(people),
            kind="matter.cancel",
            title=told,
            body=NO_LONGER,
            link=link_to(row.id),
        )


def empty(pen: Pen, ids: list[UUID]) -> int:
    """Empties titles and details of these matters, and their notices (inside a write); how many.

    Whoever calls it names them in an entry, as `customers` or as `erased_rows`.
    """
    forget(pen, links=[reverse("matters:matter", args=[one]) for one in ids])
    rows = Matter.objects.filter(site_id=pen.site_id, id__in=ids)
    return rows.update(title=ERASED, detail="", salt="", grams=[])


def empty_steps(rows: QuerySet[MatterStep]) -> int:
    """Empties what was noted with these steps; how many. Named in an entry as `empty` asks."""
    return rows.update(note="", salt="")


def sections(*, site_id: UUID, customer_ids: list[UUID]) -> list[Section]:
    """The matters about these customers."""
    rows = Matter.objects.filter(site_id=site_id, customer_id__in=customer_ids).order_by("number")
    return [Section("事项", [[told(m.opened_at), m.title, m.detail] for m in rows])]
