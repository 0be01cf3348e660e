"""Statements that travel together: in order, each after the one before, all or nothing."""

from datetime import UTC, datetime
from threading import Event, Thread
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connections, transaction

from yingbin.journal.models import StoredResponse
from yingbin.journal.trips import Statement, columns, finish, insert, read, send, update
from yingbin.journal.write import Pen, write
from yingbin.people.models import Assignment, DemoLeft

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def answer(**more: Any) -> StoredResponse:
    kept = {
        "site_id": uuid4(),
        "key": "k",
        "verb": "note",
        "fingerprint": b"\x00%s\xff",
        "response": {"说": "100%; 'done'", "n": [1, None]},
        "seq": 1,
        "at": NOW,
    }
    return StoredResponse(**{**kept, **more})


@pytest.mark.django_db
def test_what_is_written_is_read_back_as_it_was() -> None:
    one, other = answer(), answer(key="other; select 1", seq=7)
    asked = f"select {columns(StoredResponse, 's')} from journal_storedresponse s order by seq"
    nothing, rows = send([insert(one, other), Statement(asked)])
    assert nothing == []
    back = [read(StoredResponse, row) for row in rows]
    assert [(b.key, b.response, bytes(b.fingerprint), b.at) for b in back] == [
        (one.key, one.response, one.fingerprint, NOW),
        (other.key, other.response, other.fingerprint, NOW),
    ]


@pytest.mark.django_db
def test_an_update_touches_its_row_and_its_fields_only() -> None:
    row = DemoLeft.objects.create(at=NOW)
    other = DemoLeft.objects.create(at=NOW)
    row.at = NOW.replace(hour=10)
    send([update(row, ["at"])])
    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.at.hour, other.at.hour) == (10, 9)


@pytest.mark.django_db
def test_a_trip_that_fails_halfway_leaves_nothing() -> None:
    one = answer()
    with pytest.raises(IntegrityError), transaction.atomic():
        send([insert(one), insert(one)])
    assert not StoredResponse.objects.exists()


@pytest.mark.django_db
def test_no_statement_is_no_trip(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert send([]) == []


@pytest.mark.django_db
def test_a_pen_that_is_held_writes_in_order_with_the_last_trip() -> None:
    site, row = uuid4(), answer()
    here = Statement("select count(*) from journal_storedresponse where key = 'k'")

    def work(pen: Pen) -> dict[str, Any]:
        pen.hold()
        pen.do(insert(row))
        before = pen.ask(here)
        row.seq = 5
        pen.do(Statement("update journal_storedresponse set seq = 5 where key = 'k'"))
        return {"before": before[0][0]}

    done = write(site_id=site, key="w", verb="note", by="x", at=NOW, payload={}, work=work)
    assert done.response == {"before": 0}
    assert StoredResponse.objects.get(key="k").seq == 5


@pytest.mark.django_db(transaction=True)
def test_what_is_asked_with_the_lock_is_read_after_it() -> None:
    """Somebody else holds the lock and changes what we ask: we must see what they committed."""
    site, locked, done = uuid4(), Event(), Event()
    ask = Statement("select count(*) from journal_entry where site_id = %s", (site,))
    seen: list[int] = []

    def first(pen: Pen) -> dict[str, Any]:
        locked.set()
        done.wait(2)
        pen.append("note", {})
        return {}

    def second(pen: Pen) -> dict[str, Any]:
        seen.append(pen.ask(ask)[0][0])
        return {}

    def begin(pen: Pen) -> dict[str, Any]:
        return {}

    def run(key: str, work: Any) -> None:
        asks = [ask] if key == "second" else []
        try:
            write(site_id=site, key=key, verb=key, by="x", at=NOW, payload={}, work=work, asks=asks)
        finally:
            connections.close_all()

    run("begin", begin)
    holder = Thread(target=run, args=("first", first))
    waiter = Thread(target=run, args=("second", second))
    holder.start()
    locked.wait(5)
    waiter.start()
    # The waiter stands at the lock before the holder goes on.
    waiter.join(0.3)
    assert waiter.is_alive()
    done.set()
    holder.join(5)
    waiter.join(5)
    assert seen == [1]


def seen_by_others(key: str) -> int:
    """How many rows of this key somebody on another line sees."""
    found: list[int] = []

    def look() -> None:
        found.append(StoredResponse.objects.filter(key=key).count())
        connections.close_all()

    other = Thread(target=look)
    other.start()
    other.join()
    return found[0]


@pytest.mark.django_db(transaction=True)
def test_what_is_finished_is_committed_with_its_last_trip() -> None:
    afterwards: list[int] = []
    with transaction.atomic():
        transaction.on_commit(lambda: afterwards.append(seen_by_others("k")))
        finish([insert(answer())])
        assert seen_by_others("k") == 1
        assert afterwards == []
    assert afterwards == [1]


@pytest.mark.django_db(transaction=True)
def test_what_is_finished_inside_another_transaction_waits_for_it() -> None:
    with transaction.atomic():
        with transaction.atomic():
            finish([insert(answer())])
        assert seen_by_others("k") == 0
        transaction.set_rollback(True)
    assert seen_by_others("k") == 0


@pytest.mark.django_db(transaction=True)
def test_a_last_trip_that_fails_commits_nothing() -> None:
    one = answer()

    def work() -> None:
        with transaction.atomic():
            send([insert(answer(key="before"))])
            finish([insert(one), insert(one)])

    with pytest.raises(IntegrityError):
        work()
    assert not StoredResponse.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_rule_of_the_database_that_speaks_at_the_commit_is_heard() -> None:
    nowhere = Assignment(site_id=uuid4(), staff_id=uuid4(), role="receptionist", since=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        finish([insert(answer()), insert(nowhere)])
    assert not StoredResponse.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_write_needs_two_trips_and_no_third_to_commit() -> None:
    """The lock with what is asked, then all that is written; the driver has nothing left to commit."""
    sent: list[str] = []

    def watch(execute: Any, sql: str, *rest: Any) -> Any:
        sent.append(sql)
        return execute(sql, *rest)

    def work(pen: Pen) -> dict[str, Any]:
        pen.append("note", {})
        return {}

    site = uuid4()
    write(site_id=site, key="0", verb="note", by="x", at=NOW, payload={}, work=work)
    with connections["default"].execute_wrapper(watch):
        write(site_id=site, key="1", verb="note", by="x", at=NOW, payload={}, work=work)
    assert len(sent) == 2
    assert sent[-1].endswith("commit")
    assert seen_by_others("1") == 1


@pytest.mark.django_db
def test_what_is_foreseen_is_asked_in_one_trip_and_answers_once(
    django_assert_num_queries: Any,
) -> None:
    pen = Pen(uuid4(), "x", NOW, 0, b"")
    many, who = Statement("select count(*) from journal_storedresponse"), Statement("select 7")
    with django_assert_num_queries(1):
        pen.foresee(many, who, many)
    with django_assert_num_queries(0):
        pen.foresee(many)
        assert (pen.ask(many), pen.ask(who)) == ([(0,)], [(7,)])
    pen.add(answer())
    assert pen.ask(many) == [(1,)]


@pytest.mark.django_db
def test_a_row_that_a_pen_added_is_changed_afterwards_and_not_added_again() -> None:
    row = answer()
    Pen(uuid4(), "x", NOW, 0, b"").add(row)
    row.seq = 9
    row.save()
    assert StoredResponse.objects.get().seq == 9
