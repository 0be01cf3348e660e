"""离职交接: the manager hands a leaver's customers and open matters over to colleagues (TQ-8)."""

from dataclasses import dataclass
from itertools import cycle
from uuid import UUID

from django.urls import reverse

from yingbin.customers.actions import hand_over_customers
from yingbin.customers.queries import all_of
from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.matters.actions import take
from yingbin.matters.models import Matter
from yingbin.notices.actions import tell
from yingbin.people.queries import names_of, staff_with_role
from yingbin.rules.decision import Refused
from yingbin.rules.matters import Step


@dataclass(frozen=True)
class Remainder:
    """A matter that stays with the leaver, by its number, and why it could not be handed over."""

    matter: UUID
    number: int
    why: str


@dataclass(frozen=True)
class Succession:
    """How many customers and matters went to successors, and the matters that could not."""

    customers: int
    matters: int
    left: tuple[Remainder, ...] = ()


def shares(customers: list[UUID], to: list[UUID]) -> dict[UUID, UUID]:
    """Deals customers out in turn, so that nobody gets more than one more than another."""
    return dict(zip(customers, cycle(to), strict=False))


@action("hand_over")
def succeed(pen: Pen, *, leaver: UUID, to: list[UUID], reason: str) -> Succession:
    """Hands all customers and open matters of `leaver` to the people in `to`, dealt out in turn.

    What can't be handed over stays where it is: `left` names each such matter and why. Raises `Refused`
    without a reason, without anyone to hand to, or when there is nothing to hand over.
    """
    _check(pen, leaver, to, reason)
    customers = all_of(pen.site_id, leaver)
    matters = list(
        Matter.objects.filter(site_id=pen.site_id, owner_id=leaver, closed_at__isnull=True)
    )
    if not customers and not matters:
        raise Refused("TQ-8", "这位同事名下没有客户，也没有没办完的事，不用交接。")
    dealt = shares(customers, to)
    if dealt:
        hand_over_customers(pen=pen, leaver=leaver, to=dealt, reason=reason)
    left = _offer(pen, matters, to)
    _tell(pen, leaver, dealt)
    return Succession(len(customers), len(matters) - len(left), left)


def _offer(pen: Pen, matters: list[Matter], to: list[UUID]) -> tuple[Remainder, ...]:
    """Offers each matter to the next in turn; those that refuse it, each with its number and the reason."""
    left, takers = [], cycle(to)
    for matter in matters:
        step = Step("offer", pen.by, pen.at, to=str(next(takers)))
        try:
            take(pen=pen, matter_id=matter.id, step=step)
        except Refused as no:
            left.append(Remainder(matter.id, matter.number, no.message))
    return tuple(left)


def _check(pen: Pen, leaver: UUID, to: list[UUID], reason: str) -> None:
    if not reason.strip():
        raise Refused(
            "TQ-8", "请写明为什么交接，例如：10 月 31 日离职。会留在每位客户的卡片上。", "reason"
        )
    if not to or leaver in to:
        raise Refused("TQ-8", "请选接手的同事，至少一位，不能是本人。")
    here = set(staff_with_role(pen.site_id, "salesperson", pen.at).values_list("id", flat=True))
    if not set(to) <= here:
        raise Refused("TQ-8", "接手的人要是本案场在岗的置业顾问，请重新选。")


def _tell(pen: Pen, leaver: UUID, dealt: dict[UUID, UUID]) -> None:
    name = names_of({leaver}).get(str(leaver), "")
    for who in set(dealt.values()):
        many = sum(1 for w in dealt.values() if w == who)
        tell(
            pen,
            to=[who],
            kind="handover",
            title=f"{name}的 {many} 位客户交给您了",
            body="客户卡片上有需求和历次到访，下次来访由您接待。",
            link=reverse("customers:index"),
            clause="TQ-8",
        )
