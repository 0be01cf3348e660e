"""What the desk keeps stays as it was written; what is changed behind its back is found; a resident's words can go."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from tests.force import unguarded
from yingbin.customers.models import Customer
from yingbin.desk.actions.verbs import guide, happen, remark
from yingbin.desk.checking import Replayed
from yingbin.desk.export import exported
from yingbin.desk.models import DeskEvent, DeskMatter, DeskNote
from yingbin.desk.privacy import erase
from yingbin.people.policies import set_row
from yingbin.rules.desk.replay import replay

from .counter import Counter

ALWAYS = (date(2026, 11, 1), date(2026, 12, 31))
FINAL = {
    "desk_deskoffice": "version = version + 1",
    "desk_deskevent": "because = '没事'",
    "desk_desknote": "at = at - interval '1 day'",
}


@pytest.fixture
def lived(counter: Counter) -> Counter:
    """A complaint with a row in every table."""
    one = counter.record("苏", "complaint", caller="王女士")
    counter.act("苏", "respond", one)
    counter.act("苏", "assess", one, severity="grave")
    counter.act("苏", "investigate", one, note="看了监控")
    counter.do(guide, "林", matter_id=one, words="先道歉")
    counter.do(remark, "苏", matter_id=one, words="住户晚上在家")
    return counter


def refused(statement: str) -> bool:
    """Whether the database itself says no."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            assert cursor.rowcount, "no row to try it on"
    except DatabaseError as no:
        return "final" in str(no)
    return False


@pytest.mark.clause("SD-4.1", "SD-3.3")
def test_the_database_itself_keeps_what_happened(lived: Counter) -> None:
    for table, change in FINAL.items():
        assert refused(f"update {table} set {change}"), table
        assert refused(f"delete from {table}"), table
    for table, words in (("desk_deskevent", "'{}'"), ("desk_desknote", "''")):
        assert not refused(f"update {table} set words = {words}, salt = '' where salt <> ''"), table


TAMPERED: list[tuple[str, str, str]] = [
    ("desk_deskevent", "because = '没事'", "判定的话"),
    ("desk_deskevent", "fields = '{}'", "内容"),
    ("desk_deskevent", "words = '{\"note\": \"没看监控\"}' where event = 'investigate'", "写的话"),
    ("desk_desknote", "words = '别管'", "写的话"),
    ("desk_deskoffice", "policy = '{}'", "规定"),
    ("desk_deskmatter", "amount = 1", "现在的情况"),
    ("desk_deskmatter", "subject = 'lift'", "事项"),
    ("desk_deskmatter", "place = '1-1-101'", "地点"),
    ("desk_deskmatter", "caller = '李先生'", "来电来访人"),
]


@pytest.mark.parametrize(("table", "change", "said"), TAMPERED)
def test_whatever_is_changed_behind_our_back_is_found(
    lived: Counter, table: str, change: str, said: str
) -> None:
    assert lived.faults() == []
    unguarded(f"update {table} set {change}")
    assert any(said in fault for fault in lived.faults()), lived.faults()


@pytest.mark.clause("SD-4.3")
def test_an_event_that_the_rules_would_not_have_taken_is_found_by_the_check(lived: Counter) -> None:
    assert list(Replayed(lived.site).faults()) == []
    unguarded("update desk_deskevent set by = %s where event = 'assess'", lived.id("周"))
    fault = next(f for f in Replayed(lived.site).faults() if "重放是不准" in f)
    assert "号第 2 件" in fault
    assert "周不能办这一步，请找负责人苏或主管林" in fault


def test_a_resident_who_asks_for_it_is_no_longer_in_any_word(lived: Counter) -> None:
    card = Customer.objects.create(
        site=lived.place, number=1, registered_at=lived.now, last_seen_at=lived.now
    )
    row = DeskMatter.objects.get()
    unguarded("update matters_matter set customer_id = %s", card.id)
    lived.within(lambda pen: {"n": erase(pen=pen, customer_ids=[card.id])}, by="顾")
    row.refresh_from_db()
    assert row.caller == ""
    assert all(not event.words for event in DeskEvent.objects.all())
    assert {note.words for note in DeskNote.objects.all()} == {""}
    # The rules still say the same of it, and so does the file.
    assert list(Replayed(lived.site).faults()) == []
    told = exported(lived.site, *ALWAYS)
    assert told is not None
    assert "已删除" in told.remarks[-1]
    assert [d for d in replay(told.file)["decisions"] if d["refused"]] == []  # type: ignore[attr-defined]


@pytest.mark.clause("SD-4.3")
def test_a_file_of_days_in_which_people_or_limits_changed_says_so(counter: Counter) -> None:
    one = counter.record()
    numbers: Any = {"minutes": 20}
    counter.do(
        set_row,
        "林",
        name="desk.office",
        row_id="help/respond",
        numbers=numbers,
        reason="承诺二十分钟",
    )
    again = counter.record()
    row = counter.row(again)
    assert row.due_at == row.opened_at + timedelta(minutes=20)
    told = exported(counter.site, *ALWAYS)
    assert told is not None
    assert "改过 1 次" in told.remarks[0]
    assert list(Replayed(counter.site).faults()) == []
    old = counter.row(one)
    assert old.due_at == old.opened_at + timedelta(minutes=30), "what runs is moved by no new limit"


def test_names_stand_for_ids_and_two_of_one_name_are_two(counter: Counter) -> None:
    counter.hire("钱", "qian2", "desk_clerk")
    one = counter.record()
    counter.offer("苏", one)
    counter.do(happen, "叶", event="cancel", matter_id=one, fields={"reason": "withdrawn"})
    told = exported(counter.site, *ALWAYS)
    assert told is not None
    people = told.file["people"]
    assert isinstance(people, dict)
    assert people["departments"]["工程部"]["head"] == "赵"
    names = [*people["clerks"], *people["departments"]["工程部"]["members"]]
    assert {"钱", "钱2"} <= set(names)
    assert [e["by"] for e in told.file["events"]] == ["苏", "苏", "叶"]  # type: ignore[attr-defined]
