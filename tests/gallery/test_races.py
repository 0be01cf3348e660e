"""Two receptionists at the same instant, sixteen taps, and what happens when the lock is taken away."""

from collections import Counter
from uuid import UUID

import pytest
from django.db import DatabaseError

from tests.gallery.conftest import Gallery
from tests.race import at_once
from yingbin.gallery.actions import arrivals
from yingbin.gallery.actions.arrivals import Arrival
from yingbin.gallery.models import Reception, TurnDecision, Visit
from yingbin.gallery.queries import history
from yingbin.journal import write as path
from yingbin.rules.decision import Refused

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = ["林悦", "周航", "吴敏", "陈思远", "赵雨桐", "王建国", "孙倩", "何家豪"]


@pytest.fixture
def busy(transactional_db: None) -> Gallery:
    """An open gallery with eight salespeople, committed for every connection to see."""
    gallery = Gallery()
    gallery.open(*PEOPLE)
    return gallery


def arrive(gallery: Gallery, desk: str, key: str) -> object:
    told = Arrival(name="同时到", first_visit=True, contacted=False)
    return arrivals.record_arrival(gallery.acting(desk, key), arrival=told)


@pytest.mark.clause("TQ-1.2")
def test_eight_groups_at_once_go_to_eight_people(busy: Gallery) -> None:
    desks = ["苏晴", "叶小满"]
    results = at_once(8, lambda n: arrive(busy, desks[n % 2], f"k{n}"))
    assert not [r for r in results if isinstance(r, Exception)]
    receivers = Counter(TurnDecision.objects.values_list("receiver", flat=True))
    assert sorted(receivers.values()) == [1] * 8
    assert sorted(Visit.objects.values_list("number", flat=True)) == list(range(1, 9))
    day = history.day_of(busy.site, None)
    assert day is not None
    assert history.disagreements(day) == []


def test_sixteen_taps_make_one_visit(busy: Gallery) -> None:
    results = at_once(16, lambda n: arrive(busy, "苏晴", "one tap"))
    assert len({r.visit_id for r in results}) == 1
    assert Visit.objects.count() == Reception.objects.count() == 1


def test_without_the_lock_one_turn_is_given_twice_or_the_database_objects(
    busy: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unlocked(site_id: UUID) -> path.Statement:
        return path.Statement("select seq, head from journal_ledger where site_id = %s", (site_id,))

    monkeypatch.setattr(path, "lock_site", unlocked)
    for attempt in range(10):
        results = at_once(4, lambda n, a=attempt: arrive(busy, "苏晴", f"k{a}-{n}"))
        if any(isinstance(r, DatabaseError | Refused) for r in results):
            return
    pytest.fail("forty unlocked arrivals never collided: the race tests prove nothing")
