"""Visits kept long enough are made anonymous: every word and name goes; what was decided, when and for how many stays."""

from dataclasses import dataclass
from uuid import UUID

from yingbin.customers.actions import erase_person
from yingbin.customers.models import Customer
from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.people.rows import actor
from yingbin.rules.decision import Refused
from yingbin.rules.times import written

from ..keeping import KEEPING
from ..models import TourGuest, TourVisit, VisitClearing
from ..privacy import empty_visits
from ..queries.keeping import AT_ONCE, cards_going, due


@dataclass(frozen=True)
class Clearing:
    """How many visits, names on lists and contacts' cards went."""

    visits: int
    guests: int
    cards: int


@action("tours.clear")
def clear_visits(pen: Pen, *, visits: tuple[UUID, ...]) -> Clearing:
    """Clears visits that have been kept as long as the place's policy says. Raises `Refused` for one that hasn't."""
    if not visits:
        raise Refused(None, "请先勾选要清除的来访。")
    if len(visits) > AT_ONCE:
        raise Refused(None, f"每次最多清除 {AT_ONCE} 次来访，请少勾几次。")
    rows = list(due(pen.site_id, pen.at).filter(id__in=visits))
    if len(rows) != len(set(visits)):
        raise Refused(None, "有的来访还没到保存期限，或已经清除过，请刷新后重新看。")
    policy = KEEPING.in_force(pen.site_id, pen.at)
    guests = TourGuest.objects.filter(visit__in=rows).exclude(salt="").count()
    cards = cards_going(pen.site_id, rows, pen.at)
    empty_visits(pen, [row.id for row in rows])
    done = Clearing(len(rows), guests, _erase(pen, list(cards.values()), policy.values.days))
    _kept(pen, rows, done, policy.values.days, policy.version)
    return done


def _erase(pen: Pen, cards: list[Customer], days: int) -> int:
    """The contacts' cards, as when they ask for it themselves; one that something keeps stays."""
    gone = 0
    for card in cards:
        reason = f"来访资料保存 {days} 天期满"
        try:
            erase_person.within(pen, customer_id=card.id, reason=reason, sure=str(card.number))
        except Refused:
            continue
        gone += 1
    return gone


def _kept(pen: Pen, rows: list[TourVisit], done: Clearing, days: int, version: int) -> None:
    at = pen.at.replace(microsecond=0)
    body = {
        "erased_rows": sorted(str(row.id) for row in rows), "because": "kept_long_enough", "at": written(at),
        "days": days, "policy": version, "guests": done.guests, "cards": done.cards,
    }  # fmt: skip
    line = pen.append("tours.cleared", body)
    VisitClearing.objects.create(
        site_id=pen.site_id, seq=line.seq, at=at, by=actor(pen), days=days, version=version,
        visits=done.visits, guests=done.guests, cards=done.cards,
    )  # fmt: skip
