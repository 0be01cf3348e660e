"""An import under way while groups come in: nobody twice, nothing lost; and what the lock is for."""

from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError

from tests.gallery.conftest import Gallery
from tests.gallery.sheet_maker import workbook
from tests.gallery.test_importing import Office, row
from tests.race import at_once
from yingbin.customers.models import Customer, CustomerPhone
from yingbin.gallery.actions import arrivals
from yingbin.gallery.actions.arrivals import Arrival
from yingbin.gallery.importer import RegisterImporter
from yingbin.gallery.models import RegisterEntry, Visit
from yingbin.importing import actions
from yingbin.importing.models import ImportRun
from yingbin.journal import write as path
from yingbin.journal.action import AT_ONCE

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = ["林悦", "周航", "吴敏", "陈思远", "赵雨桐", "王建国", "孙倩", "何家豪"]
PHONES = [f"138123400{n:02d}" for n in range(40)]


@pytest.fixture
def begun(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> tuple[Gallery, UUID]:
    """An open gallery and an import of forty customers whose rows are about to be taken in fives."""
    monkeypatch.setattr(RegisterImporter, "chunk", 5)
    gallery = Gallery()
    gallery.open(*PEOPLE)
    return gallery, begin(gallery, "旧册.xlsx", PHONES)


def begin(gallery: Gallery, name: str, phones: list[str]) -> UUID:
    data = workbook([row("2025-03-08", f"客户{n}", phone) for n, phone in enumerate(phones)])
    office = Office(gallery)
    run = office.sent(data, name)
    office.settle(run)
    one = run.id
    actions.read_some(run_id=one, at=gallery.now)
    actions.apply_import(office.acting(), run_id=one, whole=True, receivers=True)
    return one


def together(gallery: Gallery, one: UUID, attempt: int = 0) -> list[Any]:
    """Two workers take rows in while two desks record customers of the same file."""

    def work(n: int) -> Any:
        if n < 2:
            return actions.apply_some(run_id=one, at=gallery.now, seconds=5)
        return [
            arrivals.record_arrival(
                gallery.acting("苏晴", f"r{attempt}-{n}-{k}"),
                arrival=Arrival(
                    name=f"客户{k}", phone=PHONES[k], first_visit=True, contacted=False
                ),
            )
            for k in range(n * 10, n * 10 + 4)
        ]

    return at_once(4, work)


@pytest.mark.clause("TQ-3", "TQ-8")
def test_groups_that_come_in_meanwhile_are_nobody_twice(begun: tuple[Gallery, UUID]) -> None:
    gallery, one = begun
    results = together(gallery, one)
    assert not [r for r in results if isinstance(r, Exception)]
    assert sum(results[:2]) >= len(PHONES)  # a stored answer may be heard by both
    assert ImportRun.objects.get(id=one).state == "applied"
    numbers = RegisterEntry.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, len(PHONES) + 1))
    assert Visit.objects.count() == 8
    assert CustomerPhone.objects.count() == len(PHONES)
    assert list(Customer.objects.order_by("number").values_list("number", flat=True)) == list(
        range(1, len(PHONES) + 1)
    )


def test_without_the_lock_somebody_is_there_twice_or_the_database_objects(
    begun: tuple[Gallery, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    def unlocked(site_id: UUID) -> path.Statement:
        return path.Statement("select seq, head from journal_ledger where site_id = %s", (site_id,))

    gallery, one = begun
    monkeypatch.setattr(path, "lock_site", unlocked)
    results = together(gallery, one)
    twice = CustomerPhone.objects.count() > len(PHONES)
    assert twice or any(isinstance(r, DatabaseError) or AT_ONCE in str(r) for r in results)
