"""However people come and leave over a day, nobody receives who is no salesperson (TQ-1, TQ-11)."""

import random
from uuid import UUID

import pytest

from tests.gallery.conftest import Gallery
from tests.gallery.leaving import begins, day_is_one, ended_unseen, ends
from yingbin.gallery.actions import presence, receptions
from yingbin.gallery.models import TurnDecision
from yingbin.gallery.queries import board as boards
from yingbin.rules.decision import Refused


@pytest.mark.clause("TQ-1", "TQ-11")
@pytest.mark.parametrize("seed", range(4))
def test_however_people_come_and_leave_nobody_receives_who_is_no_salesperson(
    hall: Gallery, seed: int
) -> None:
    lot = random.Random(seed)
    sells = {"林悦", "周航", "吴敏", "陈思远"}
    everyone = sorted(sells)
    seen: set[UUID] = set()
    for _ in range(45):
        who = lot.choice(everyone)
        step = lot.choice([_arrives, _arrives, _finishes, _moves, _goes, _goes_unseen, _comes])
        step(hall, lot, who, sells)
        if step is _goes_unseen:
            continue
        fresh = TurnDecision.objects.filter(site_id=hall.site, kind="received")
        for d in fresh.exclude(id__in=seen):
            assert hall.name(d.receiver) in sells, f"{hall.name(d.receiver)} left and received"
            seen.add(d.id)
        live = boards.board(hall.site)
        assert live is not None
        if step in (_arrives, _finishes):
            assert {w.whom for w in live.waiting if w.whom} <= sells
            assert {p.name for p in live.free + live.away} <= sells
    day_is_one(hall)


def _arrives(hall: Gallery, lot: random.Random, who: str, sells: set[str]) -> None:
    hall.arrive(**lot.choice([{}, {"named": who}, {"kind": "peer"}, {"kind": "enquirer"}]))


def _finishes(hall: Gallery, lot: random.Random, who: str, sells: set[str]) -> None:
    live = boards.board(hall.site)
    busy = live.busy if live else []
    if busy:
        one = lot.choice(busy)
        assert one.visit is not None
        hall.do(
            receptions.finish, "郑岚", visit_id=one.visit.id, may_any=True, without_entry="代办"
        )
    else:
        hall.arrive()


def _moves(hall: Gallery, lot: random.Random, who: str, sells: set[str]) -> None:
    more = lot.choice([(presence.go_away, {"reason": "meal"}), (presence.come_back, {})])
    try:
        hall.do(more[0], who, who=hall.id(who), **more[1])
    except Refused:
        return


def _goes(hall: Gallery, lot: random.Random, who: str, sells: set[str]) -> None:
    if who in sells:
        ends(hall, who)
    sells.discard(who)


def _goes_unseen(hall: Gallery, lot: random.Random, who: str, sells: set[str]) -> None:
    ended_unseen(hall, who)
    sells.discard(who)
    hall.later(0.1)


def _comes(hall: Gallery, lot: random.Random, who: str, sells: set[str]) -> None:
    begins(hall, who)
    sells.add(who)
    try:
        hall.do(presence.sign_in, "郑岚", who=hall.id(who))
    except Refused:
        return
