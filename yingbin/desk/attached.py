"""Matters that hang on one fault: sixty homes tell of one burst pipe, and everybody is answered when it is mended."""

from collections import Counter
from uuid import UUID

from django.urls import reverse

from yingbin.journal.write import Pen
from yingbin.matters.models import MatterLink
from yingbin.matters.queries import not_about
from yingbin.notices.actions import tell

from .models import DeskMatter

PARENT = MatterLink.How.PARENT
MENDED = ("solved", "closed")


def attached_to(site_id: UUID, parent: UUID, me: UUID | None = None) -> list[DeskMatter]:
    """What hangs on a matter, in the order in which it came in; one query. me: without what is about this person."""
    links = MatterLink.objects.filter(other=parent, how=PARENT).values("matter")
    rows = DeskMatter.objects.filter(not_about(me, "matter_id"))
    rows = rows.select_related("matter", "linked")
    return list(rows.filter(site_id=site_id, matter__in=links).order_by("seq"))


def tell_owners(pen: Pen, row: DeskMatter) -> None:
    """The fault is mended: whoever owes answers to the homes that hang on it hears how many."""
    waiting = [
        one for one in attached_to(pen.site_id, row.matter_id) if one.matter.closed_at is None
    ]
    owed = Counter(one.matter.owner_id for one in waiting if one.matter.owner_id)
    for owner, many in sorted(owed.items()):
        tell(
            pen, to=[owner], kind="desk.mended", title=f"总的一件办好了，有 {many} 户等您答复：{row.matter.title}",
            body=f"{row.said} · {row.place}。打开可以一次记下答复，再逐户告诉。", link=reverse("desk:attached", args=[row.matter_id]),
            urgent=True, clause="SD-4.4",
        )  # fmt: skip
