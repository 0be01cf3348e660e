"""Two phones meet the same visitors at the same instant: one confirms, nobody is counted or sent twice (SF-4.3.2, SF-4.3.3)."""

from uuid import UUID

import pytest
from django.db import DatabaseError

from tests.race import at_once
from yingbin.customers.models import Consent, Customer
from yingbin.duty.actions import referrals, visits
from yingbin.duty.actions.visits import GuestsIn
from yingbin.duty.models import ShowVisit
from yingbin.gallery.models import Visit
from yingbin.journal import write as path
from yingbin.journal.action import AT_ONCE, Acting
from yingbin.journal.models import Entry
from yingbin.rules.decision import Refused

from .beside import Beside
from .flat import Flat
from .test_visits import WANG, come_in, scan

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clause("SF-4.3.2")]
PAIR = ("叶", "许")


@pytest.fixture
def morning(transactional_db: None) -> Flat:
    """叶 and 许 are there at ten, committed for every connection to see."""
    flat = Flat()
    flat.roster(叶="全", 许="全")
    flat.sign_on("叶", "许", at="08:40")
    flat.now = flat.at("10:00")
    return flat


def confirm(flat: Flat, visit: ShowVisit, n: int, key: str = "k") -> object:
    acting = Acting(flat.site, f"{key}-{n}", flat.people[PAIR[n]], flat.now)
    return visits.confirm_guests(acting, visit_id=visit.id, size=2, been=False)


def test_of_two_phones_that_confirm_one_visit_the_second_is_told(morning: Flat) -> None:
    visit = scan(morning)
    results = at_once(2, lambda n: confirm(morning, visit, n))
    assert sum(isinstance(r, GuestsIn) for r in results) == 1
    (no,) = [r for r in results if isinstance(r, Refused)]
    assert "已经有人确认了" in no.message
    assert (Customer.objects.count(), Consent.objects.count()) == (1, 1)
    assert Entry.objects.filter(kind="duty.visit_changed").count() == 1


def test_without_the_lock_both_would_confirm_or_the_database_objects(
    morning: Flat, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unlocked(site_id: UUID) -> path.Statement:
        return path.Statement("select seq, head from journal_ledger where site_id = %s", (site_id,))

    found = [scan(morning) for _ in range(10)]
    monkeypatch.setattr(path, "lock_site", unlocked)
    for attempt, visit in enumerate(found):
        results = at_once(2, lambda n, v=visit, a=attempt: confirm(morning, v, n, f"k{a}"))
        if sum(isinstance(r, GuestsIn) for r in results) == 2 or any(
            isinstance(r, DatabaseError) or (isinstance(r, Refused) and r.message == AT_ONCE)
            for r in results
        ):
            return
    pytest.fail("ten unlocked pairs never collided: the race test proves nothing")


def test_groups_that_come_at_once_have_numbers_of_their_own(morning: Flat) -> None:
    told = {"post": morning.post, "size": 1, "been": None}

    def come(n: int) -> object:
        acting = Acting(morning.site, f"in-{n}", morning.people[PAIR[n % 2]], morning.now)
        return visits.guests_in(acting, **told)  # type: ignore[arg-type]

    at_once(4, come)
    assert sorted(ShowVisit.objects.values_list("number", flat=True)) == [1, 2, 3, 4]


@pytest.mark.clause("SF-4.3.3")
def test_a_tap_and_the_worker_send_a_visitor_once(morning: Flat) -> None:
    hall = Beside(morning).chosen()
    visit = come_in(morning)
    morning.do(visits.tell_guests, "叶", visit_id=visit.id, size=2, been=False, **WANG)
    referral = morning.do(referrals.ask_referral, "叶", visit_id=visit.id)
    results = at_once(3, lambda _: referrals.carry_out(morning.site, referral, morning.now))
    assert {getattr(r, "state", r) for r in results} == {"queued"}
    assert Visit.objects.filter(site_id=hall.site).count() == 1
