"""A customer's name in slips, repairs and other matters that nothing links with them: shown, and struck out by choice.

A name alone may be a namesake's, so whoever erases decides on each sentence. A question that went on to a sales centre
has its words there as well: they are asked to go, and the worker sees to it (`actions/passing.py`). A question without
words can't be answered, so it ends.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from yingbin.customers.queries import Mention, called, numbers_of
from yingbin.journal.write import Pen
from yingbin.matters.models import Matter, MatterStep
from yingbin.matters.privacy import end_emptied
from yingbin.notices.actions import forget

from .models import PassedQuestion
from .written import KINDS, LINE, LINES, Writing, empty, find

Forget = PassedQuestion.Forget


def everywhere(site_id: UUID, text: str) -> list[Writing]:
    """All words of a place that contain a text, those in matters first."""
    return find(site_id, text, (*LINES, *KINDS))


def strike(pen: Pen, found: Iterable[Writing], *, because: str) -> int:
    """Empties these (inside a write), with the notices of a matter and its copy at a sales centre; how many."""
    rows = list(found)
    matters = [one.row for one in rows if one.kind is LINE]
    forget(pen, links=[reverse("matters:matter", args=[one]) for one in matters])
    steps = [one.row for one in rows if one.kind is not LINE and one.kind in LINES]
    passed = MatterStep.objects.filter(id__in=steps, verb="answer").values_list("matter", flat=True)
    forget_at_gallery(pen, [*matters, *passed])
    emptied = empty(pen, rows, because=because)
    end_emptied(pen, Matter.objects.filter(site_id=pen.site_id, id__in=matters, kind="question"))
    return emptied


def forget_at_gallery(pen: Pen, matters: Iterable[UUID]) -> None:
    """What was passed on of these matters is to go at the sales centre too; asked once."""
    rows = PassedQuestion.objects.filter(
        site_id=pen.site_id, matter__in=list(matters), forget=Forget.NO
    )
    for row in rows:
        pen.append("duty.question_forget", {"passing": str(row.id), "forget": Forget.ASKED.value})
        row.forget = Forget.ASKED
        row.save(update_fields=["forget"])


@dataclass(frozen=True)
class LinesThatName:
    """Matters and their steps that name a customer and aren't the customer's own."""

    def found(self, *, site_id: UUID, customer_ids: list[UUID]) -> list[Mention]:
        """All of them, the oldest first; `sure` where a whole number stands in it."""
        numbers = numbers_of(customer_ids)
        return [
            Mention(one.key, one.text, one.kind.title, one.at, any(n in one.text for n in numbers))
            for one in self._writings(site_id, customer_ids)
        ]

    def strike(
        self, *, pen: Pen, customer_ids: list[UUID], keys: Collection[str]
    ) -> dict[str, int]:
        """Empties the chosen ones; nothing else that is named in `keys`."""
        if not keys:
            return {}
        chosen = [one for one in self._writings(pen.site_id, customer_ids) if one.key in keys]
        return {"lines_named": strike(pen, chosen, because="customer")}

    def _writings(self, site_id: UUID, customer_ids: list[UUID]) -> list[Writing]:
        hits = {w.row: w for text in called(customer_ids) for w in find(site_id, text, LINES)}
        own = set(
            Matter.objects.filter(
                site_id=site_id, customer_id__in=customer_ids, id__in=hits
            ).values_list("id", flat=True)
        )
        own |= set(
            MatterStep.objects.filter(
                site_id=site_id, matter__customer_id__in=customer_ids, id__in=hits
            ).values_list("id", flat=True)
        )
        return sorted((w for row, w in hits.items() if row not in own), key=lambda w: w.at)


MENTIONS = LinesThatName()
