"""What requests hold of one person: handed to them, or emptied when they ask."""

from uuid import UUID

from django.urls import reverse

from yingbin.customers.queries import Section, told
from yingbin.journal.write import Pen
from yingbin.notices.actions import forget
from yingbin.rules.gone import ERASED

from .actions import take_back
from .models import Approval


def erase(*, pen: Pen, customer_ids: list[UUID]) -> dict[str, int]:
    """Empties the words of requests about these customers (inside a write), and the notices of them.

    Nobody can decide on one without its words: what waits is taken back, and whoever asked hears it.
    """
    rows = Approval.objects.filter(site_id=pen.site_id, customer_id__in=customer_ids)
    ids = list(rows.values_list("id", flat=True))
    waiting = list(rows.filter(status=Approval.Status.ASKED))
    forget(pen, links=[reverse("approvals:decide", args=[one]) for one in ids])
    for row in waiting:
        take_back(pen, row, "客户的资料已删除，还需要的话请重新提出。")
    return {"approvals": rows.update(title=ERASED, words="", answer="", salt="")}


def sections(*, site_id: UUID, customer_ids: list[UUID]) -> list[Section]:
    """The requests about these customers."""
    rows = Approval.objects.filter(site_id=site_id, customer_id__in=customer_ids)
    return [
        Section(
            "申请",
            [[told(r.asked_at), r.title, r.words, r.answer] for r in rows.order_by("number")],
        )
    ]
