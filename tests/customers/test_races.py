"""Several who register customers at the same moment get one card each, one for one number; without the lock they wouldn't."""

import threading
from typing import Any
from uuid import UUID

import pytest

from tests.race import at_once
from yingbin.customers import actions, queries
from yingbin.customers.models import Customer
from yingbin.journal.action import AT_ONCE, Acting
from yingbin.journal.trips import Statement
from yingbin.rules.decision import Refused

from .office import Office

pytestmark = pytest.mark.django_db(transaction=True)


def registering(office: Office, key: str, **told: str) -> actions.Registration:
    acting = Acting(office.site, key, office.id("苏晴"), office.now)
    return actions.register(acting, **told)


def test_eight_desks_at_once_register_eight_customers_with_eight_numbers() -> None:
    office = Office()
    made = at_once(8, lambda n: registering(office, key=f"k{n}", name=f"客户{n}"))
    assert sorted(m.number for m in made) == list(range(1, 9))


def test_eight_taps_of_one_form_register_one_customer() -> None:
    office = Office()
    sent = {"key": "same", "name": "张三", "phone": "13800008821"}
    made = at_once(8, lambda n: registering(office, **sent))
    assert len({m.customer for m in made}) == 1
    assert Customer.objects.count() == 1


def test_eight_forms_with_one_phone_register_one_customer() -> None:
    office = Office()
    sent = {"name": "张三", "phone": "13800008821"}
    made = at_once(8, lambda n: registering(office, key=f"k{n}", **sent))
    assert len({m.customer for m in made}) == 1
    assert [m.known for m in made].count(False) == 1


def test_without_the_sites_lock_one_phone_would_give_several_cards(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The negative control: everyone looks before anyone writes."""
    office = Office()
    registering(office, key="first", name="别人")
    together = threading.Barrier(4)
    looked = queries.known_as

    def lock(site_id: UUID) -> Statement:
        return Statement("select seq, head from journal_ledger where site_id = %s", (site_id,))

    def look(*asked: Any) -> Any:
        found = looked(*asked)
        together.wait(10)
        return found

    monkeypatch.setattr("yingbin.journal.write.lock_site", lock)
    monkeypatch.setattr("yingbin.customers.queries.known_as", look)

    def one(n: int) -> str:
        try:
            registering(office, key=f"k{n}", name="张三", phone="13800008821")
        except Refused as clash:
            return clash.message
        return "made"

    assert AT_ONCE in at_once(4, one)
