"""The write path: once for each key, in the order of the lock, all or nothing; and what breaks without the lock."""

import itertools
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, OperationalError

from tests.race import at_once
from yingbin.journal import write as path
from yingbin.journal.models import Entry, Ledger, StoredResponse
from yingbin.journal.write import KeyReused, NotSaved, Pen, write
from yingbin.rules.decision import Refused

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def note(site: UUID, key: str, **more: Any) -> path.Written:
    """One small write."""

    def work(pen: Pen) -> dict[str, Any]:
        line = pen.append("note", {"n": more.get("n", 0)})
        return {"seq": line.seq, "receipt": line.receipt}

    return write(site_id=site, key=key, verb="note", by="x", at=NOW, payload=more, work=work)


def gapless(site: UUID) -> bool:
    """Whether the site's entries are numbered without gaps and each names the one before."""
    rows = list(Entry.objects.filter(site_id=site).order_by("seq"))
    chain = all(bytes(b.prev) == bytes(a.hash) for a, b in itertools.pairwise(rows))
    return [r.seq for r in rows] == list(range(1, len(rows) + 1)) and chain


@pytest.mark.django_db(transaction=True)
def test_sixteen_taps_with_one_key_are_one_write() -> None:
    site = uuid4()
    note(site, "first")
    results = at_once(16, lambda n: note(site, "tap"))
    assert {r.response["seq"] for r in results} == {2}
    assert sum(not r.replayed for r in results) == 1
    assert Entry.objects.filter(site_id=site).count() == 2


@pytest.mark.django_db(transaction=True)
def test_sixteen_writes_at_once_stand_in_one_gapless_chain() -> None:
    site = uuid4()
    results = at_once(16, lambda n: note(site, f"k{n}", n=n))
    assert sorted(r.response["seq"] for r in results) == list(range(1, 17))
    assert gapless(site)
    assert Ledger.objects.get(site_id=site).seq == 16


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_same_race_goes_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    site = uuid4()
    note(site, "first")

    def unlocked(site_id: UUID) -> path.Statement:
        return path.Statement("select seq, head from journal_ledger where site_id = %s", (site_id,))

    monkeypatch.setattr(path, "lock_site", unlocked)
    for attempt in range(20):
        results = at_once(16, lambda n, a=attempt: note(site, f"k{a}-{n}", n=n))
        if any(isinstance(r, DatabaseError) for r in results):
            return
    pytest.fail("sixteen unlocked writes never collided: the race test proves nothing")


@pytest.mark.django_db
def test_a_refusal_leaves_nothing_behind() -> None:
    site = uuid4()

    def refuse(pen: Pen) -> dict[str, Any]:
        pen.append("note", {})
        raise Refused("TQ-7", "不行。")

    with pytest.raises(Refused):
        write(site_id=site, key="k", verb="note", by="x", at=NOW, payload={}, work=refuse)
    assert not Entry.objects.filter(site_id=site).exists()
    assert not StoredResponse.objects.filter(site_id=site).exists()
    assert note(site, "k").replayed is False


@pytest.mark.django_db
def test_a_key_says_one_thing_only() -> None:
    site = uuid4()
    first = note(site, "k", n=1)
    assert note(site, "k", n=1).response == first.response
    with pytest.raises(KeyReused):
        note(site, "k", n=2)


@pytest.mark.django_db
def test_a_lost_database_is_not_saved_and_the_same_key_succeeds_later() -> None:
    site = uuid4()

    def lost(pen: Pen) -> dict[str, Any]:
        raise OperationalError("server closed the connection unexpectedly")

    with pytest.raises(NotSaved):
        write(site_id=site, key="k", verb="note", by="x", at=NOW, payload={}, work=lost)
    assert note(site, "k").response["seq"] == 1


@pytest.mark.django_db
def test_receipts_are_short_and_can_be_read_out() -> None:
    code = note(uuid4(), "k").response["receipt"]
    assert len(code) == 9
    assert code[4] == "-"
    assert not set(code) & set("ILOU")
