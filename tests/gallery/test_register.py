"""The visitors' register: signed, final, corrected only by a new row; no finish without it (TQ-3)."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db import Error, connection, transaction

from tests.gallery.conftest import Gallery
from yingbin.customers.queries import shown_as
from yingbin.customers.wording import SHIPPED
from yingbin.gallery.actions import receptions, register
from yingbin.gallery.actions.register import Words
from yingbin.gallery.models import Needs, RegisterEntry, RegisterWords, Visit
from yingbin.gallery.queries import register as registers
from yingbin.journal.canonical import canonical
from yingbin.journal.commit import salted
from yingbin.journal.models import Entry
from yingbin.matters.models import Matter
from yingbin.rules.decision import Refused
from yingbin.rules.register import entries_owed, may_correct
from yingbin.sheets.ink import Signature, drawn

GLASS = Signature("glass", ((100, 100, 300, 200, 500, 120, 600, 130),))


def correct(hall: Gallery, row: RegisterEntry, by: str, **told: object) -> RegisterEntry:
    words = Words(**{"hand": "dictated", "name": "张伟", "why": "少写一个字", **told})  # type: ignore[arg-type]
    done = hall.do(
        register.correct_entry,
        by,
        entry_id=row.id,
        words=words,
        signature=GLASS,
        supervises=by == "郑岚",
    )
    return RegisterEntry.objects.get(id=done.entry)


@pytest.mark.clause("TQ-3")
def test_a_reception_is_not_finished_before_its_customer_is_registered(hall: Gallery) -> None:
    visit = hall.arrive(name="张伟", phone="13812341234")
    with pytest.raises(Refused, match="还差 1 份来访登记没有签名"):
        hall.do(receptions.finish, "林悦", visit_id=visit.id)
    row = hall.sign(visit, name="张伟", phone="13812341234")
    assert row
    assert row.number == 1
    assert row.signed_by == hall.id("林悦")
    hall.do(receptions.finish, "林悦", visit_id=visit.id)
    visit.refresh_from_db()
    assert visit.finished_at


@pytest.mark.clause("TQ-3")
def test_a_customer_in_the_register_is_not_registered_again(hall: Gallery) -> None:
    first = hall.arrive(name="张伟", phone="13812341234")
    hall.finish(first)
    again = hall.arrive(phone="13812341234")
    assert registers.owed(again) == 0
    with pytest.raises(Refused, match="已经登记过了"):
        hall.sign(again)
    hall.do(receptions.finish, hall.receiver(again), visit_id=again.id)
    assert RegisterEntry.objects.count() == 1


@pytest.mark.clause("TQ-3", "TQ-4", "TQ-9")
def test_peers_and_enquirers_register_nothing(hall: Gallery) -> None:
    assert registers.owed(hall.arrive(kind="peer")) == 0
    assert registers.owed(hall.arrive(kind="enquirer")) == 0


@pytest.mark.clause("TQ-3")
def test_two_families_in_one_group_write_two_rows(hall: Gallery) -> None:
    visit = hall.arrive(name="张伟", phone="13812341234", households=2)
    assert registers.owed(visit) == 2
    hall.sign(visit, name="张伟")
    with pytest.raises(Refused, match="还差 1 份"):
        hall.do(receptions.finish, "林悦", visit_id=visit.id)
    second = hall.sign(visit, name="李娜", phone="13900001111", why="")
    assert second
    assert second.number == 2
    assert registers.owed(visit) == 0
    first = RegisterEntry.objects.get(number=1)
    assert first.customer_id != second.customer_id


@pytest.mark.clause("TQ-3")
def test_only_the_receiver_signs(hall: Gallery) -> None:
    visit = hall.arrive(name="张伟")
    with pytest.raises(Refused, match="接待人本人来签"):
        hall.sign(visit, by="周航")
    hall.sign(visit, by="林悦")


@pytest.mark.clause("TQ-3")
def test_who_would_rather_not_is_signed_for_with_a_reason(hall: Gallery) -> None:
    visit = hall.arrive()
    with pytest.raises(Refused, match="请写一句原因"):
        hall.sign(visit, hand="declined", name="", why="")
    row = hall.sign(visit, hand="declined", name="", why="只看看，不愿留")
    assert row
    assert row.customer_id is None
    assert row.hand == "declined"


@pytest.mark.clause("TQ-3")
def test_a_group_without_a_number_gets_its_card_from_the_register(hall: Gallery) -> None:
    visit = hall.arrive(name="王先生")
    row = hall.sign(visit, name="王建国", phone="13600002222", why="")
    visit.refresh_from_db()
    assert row
    assert visit.customer_id == row.customer_id
    assert shown_as(hall.site, [row.customer_id])[row.customer_id].phone.endswith("2222")


@pytest.mark.clause("TQ-3")
def test_a_number_found_in_the_register_links_the_card_and_writes_nothing_twice(
    hall: Gallery,
) -> None:
    known = hall.arrive(name="张伟", phone="13812341234")
    hall.finish(known)
    visit = hall.arrive()
    assert hall.sign(visit, name="张伟", phone="13812341234", why="") is None
    visit.refresh_from_db()
    known.refresh_from_db()
    assert visit.customer_id == known.customer_id
    assert registers.owed(visit) == 0
    assert RegisterEntry.objects.count() == 1


@pytest.mark.clause("TQ-3")
def test_a_correction_is_a_new_signed_row_and_the_old_one_stays(hall: Gallery) -> None:
    visit = hall.arrive(name="张维", phone="13812341234")
    old = hall.sign(visit, name="张维")
    assert old
    new = correct(hall, old, "林悦", name="张伟")
    assert (new.corrects_id, new.number, new.customer_id) == (old.id, 2, old.customer_id)
    assert RegisterWords.objects.get(entry=old).words["name"] == "张维"
    words = RegisterWords.objects.get(entry=new).words
    assert words["name"] == "张伟"
    assert words["phone"] == "+8613812341234"
    assert shown_as(hall.site, [old.customer_id])[old.customer_id].called == "张伟"
    with pytest.raises(Refused, match="已经更正过了"):
        correct(hall, old, "林悦")
    with pytest.raises(Refused, match="只有当时签名"):
        correct(hall, new, "周航")
    assert correct(hall, new, "郑岚").corrects_id == new.id


@pytest.mark.clause("TQ-3")
@pytest.mark.parametrize(
    "sql",
    [
        "update floor_registerentry set signed_by = null",
        "update floor_registerentry set strokes = '[]'",
        "delete from floor_registerentry",
        'update floor_registerwords set words = \'{"name": "李四"}\'',
        "update floor_registerwords set erased_at = now()",
        "delete from floor_registerwords",
    ],
)
def test_the_database_itself_refuses_to_change_what_was_signed(hall: Gallery, sql: str) -> None:
    hall.sign(hall.arrive(name="张伟"))
    with pytest.raises(Error, match="register is final"), transaction.atomic():
        connection.cursor().execute(sql)


def test_words_can_be_erased_once_and_whole(hall: Gallery) -> None:
    hall.sign(hall.arrive(name="张伟"))
    with connection.cursor() as cursor:
        cursor.execute("update floor_registerwords set words=null, salt='', erased_at=now()")
    with pytest.raises(Error, match="only be erased"), transaction.atomic():
        connection.cursor().execute("update floor_registerwords set salt='x', erased_at=null")


@pytest.mark.clause("TQ-3")
def test_the_journal_holds_the_row_without_a_word_of_it(hall: Gallery) -> None:
    row = hall.sign(hall.arrive(name="张伟"), name="张伟", phone="13812341234", why="")
    assert row
    entry = Entry.objects.get(kind="register.signed")
    kept = row.written
    assert entry.body["words"] == row.digest == salted(canonical(kept.words).decode(), kept.salt)
    assert entry.body["signature"] == drawn(row.strokes)
    assert "张伟" not in str(entry.body)
    assert "1381234" not in str(entry.body)


@pytest.mark.clause("TQ-3")
def test_the_manager_ends_a_forgotten_reception_and_the_row_stays_owed(hall: Gallery) -> None:
    visit = hall.arrive(name="张伟")
    with pytest.raises(Refused, match="还差 1 份"):
        hall.do(receptions.finish, "郑岚", visit_id=visit.id, may_any=True)
    why = "林悦突然不适先回家"
    hall.do(receptions.finish, "郑岚", visit_id=visit.id, may_any=True, without_entry=why)
    matter = Matter.objects.get(kind="register_owed")
    assert matter.owner_id == hall.id("林悦")
    assert matter.closed_at is None
    hall.sign(visit, by="林悦")
    matter.refresh_from_db()
    assert matter.closed_at is not None


@pytest.mark.clause("TQ-3", "TQ-6")
def test_a_claim_excuses_the_row_until_it_is_declined(hall: Gallery) -> None:
    visit = hall.arrive(name="某人")
    hall.do(receptions.claim_unrelated, "林悦", visit_id=visit.id, note="像是装修公司的")
    hall.do(receptions.finish, "林悦", visit_id=visit.id)
    claim = visit.claims.get()
    hall.do(receptions.decide_claim, "郑岚", claim_id=claim.id, confirm=False, how="客户要买房")
    assert Matter.objects.get(kind="register_owed").owner_id == hall.id("林悦")
    assert registers.owed(Visit.objects.get(id=visit.id)) == 1


@pytest.mark.clause("TQ-2.1", "TQ-3")
def test_needs_told_at_the_register_are_needs_told(hall: Gallery) -> None:
    from yingbin.gallery.actions.steps import NeedsTold

    visit = hall.arrive(name="张伟")
    told = NeedsTold(area_min=89, area_max=120, rooms="3", purpose="better", source="friend")
    hall.sign(visit, name="张伟", needs=told)
    needs = Needs.objects.get(visit=visit)
    assert registers.in_words(needs) == "89–120㎡、三房、改善居住"


def test_the_rule_of_what_is_owed() -> None:
    new = {"kind": "customer", "assisted": False, "unrelated": False, "registered": False}
    assert entries_owed(**new, households=1, signed=0) == 1  # type: ignore[arg-type]
    assert entries_owed(**new, households=3, signed=2) == 1  # type: ignore[arg-type]
    assert entries_owed(**new, households=1, signed=4) == 0  # type: ignore[arg-type]
    for free in ({"kind": "peer"}, {"assisted": True}, {"unrelated": True}, {"registered": True}):
        assert entries_owed(**(new | free), households=1, signed=0) == 0  # type: ignore[arg-type]


def test_the_rule_of_who_corrects() -> None:
    assert may_correct(signer="a", who="a", supervises=False, corrected=False) == ""
    assert may_correct(signer="a", who="m", supervises=True, corrected=False) == ""
    assert "更正过" in may_correct(signer="a", who="a", supervises=True, corrected=True)
    assert may_correct(signer="a", who="b", supervises=False, corrected=False)


@pytest.mark.clause("TQ-3")
def test_signing_asks_the_database_no_more_than_it_has_to(
    hall: Gallery, django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    visit = hall.arrive(name="张伟", phone="13812341234")
    words = Words(hand="dictated", name="张伟", phone="13812341234", agreed=SHIPPED)
    with django_assert_max_num_queries(20):
        hall.do(register.sign_entry, "林悦", visit_id=visit.id, words=words, signature=GLASS)
    assert RegisterEntry.objects.get().visit_id == visit.id
