"""Rows of a show flat that the database itself keeps as they were written; only a customer's words can be emptied (TQ-3)."""

import pytest
from django.db import DatabaseError, connection, transaction

from yingbin.duty.guards import GUARDS

from .flat import Flat
from .full import findings

pytestmark = pytest.mark.clause("TQ-3")

# Each final table of the wing, with a change that somebody could wish for.
FINAL = {
    "duty_dutyevent": "facts = '{}'",
    "duty_dutyalert": "because = '没事'",
    "duty_handover": "receiver = giver",
    "duty_handoversignature": "strokes = '[]'",
    "duty_handovernote": "at = at - interval '1 day'",
    "duty_checklist": "version = version + 1",
    "duty_sharedchecklist": "version = version + 1",
    "duty_checkanswer": "count = 12",
    "duty_checkreturn": "item = 'goods'",
    "duty_flatfacts": "area = '128 平方米'",
    "duty_visitmatching": "pairs = '[]'",
    "duty_matchsettlement": "same = true",
    "duty_matchconfirmation": "agreed = true",
    "duty_emergencyprocedure": "steps = '[]'",
    "duty_incidentnote": "at = at - interval '1 day'",
    "duty_linedetail": "value = 0",
    "duty_visitsheet": "people = 99",
    "duty_visitsheetwords": "words = '{\"x\": 1}'",
}
# Words that a customer may ask to have emptied: another word is no emptying.
WORDS = {
    "duty_dutyevent": ("words", '\'{"reason": "别的"}\'', "'{}'"),
    "duty_handovernote": ("words", "'别的'", "''"),
    "duty_checkreturn": ("word", "'别的'", "''"),
    "duty_matchsettlement": ("word", "'别的'", "'（已按本人要求删除）'"),
    "duty_matchconfirmation": ("word", "'别的'", "''"),
    "duty_incidentnote": ("words", '\'{"text": "别的"}\'', "'{}'"),
    "duty_linedetail": ("present", "'别的'", "''"),
}
# What says that words were there must go with them, and nothing else may.
BESIDE = {
    "duty_handovernote": "seq = seq + 1",
    "duty_linedetail": "value = 1",
    "duty_incidentnote": "number = number + 90",
}


def refused(statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            assert cursor.rowcount, "no row to try it on"
    except DatabaseError as no:
        return "final" in str(no)
    return False


def test_every_final_table_of_the_wing_is_tried_here() -> None:
    assert {guard.table for guard in GUARDS.triggers.values()} == set(FINAL)


@pytest.mark.parametrize("table", FINAL)
def test_a_final_row_is_not_changed(day: Flat, table: str) -> None:
    assert refused(f"update {table} set {FINAL[table]}")


@pytest.mark.parametrize("table", FINAL)
def test_a_final_row_is_not_deleted(day: Flat, table: str) -> None:
    assert refused(f"delete from {table}")


@pytest.mark.parametrize("table", FINAL)
def test_a_final_row_is_kept_where_triggers_are_told_to_sleep(day: Flat, table: str) -> None:
    asleep = "set local session_replication_role = replica"
    assert refused(f"{asleep}; update {table} set {FINAL[table]}")
    with connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = origin")


@pytest.mark.parametrize("table", FINAL)
def test_a_final_table_is_not_emptied_in_a_house_that_works(day: Flat, table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("set local yingbin.disposable = 'off'")
        with pytest.raises(DatabaseError, match="final"), transaction.atomic():
            cursor.execute(f"truncate {table} cascade")


@pytest.mark.parametrize("table", WORDS)
def test_words_are_emptied_or_stay_and_become_no_others(day: Flat, table: str) -> None:
    column, others, empty = WORDS[table]
    filled = f"where {column}::text not in ('', '{{}}')"
    assert refused(f"update {table} set {column} = {others} {filled}")
    assert not refused(f"update {table} set {column} = {empty}, salt = '' {filled}")
    gone = f"where {column}::text = {empty}::text"
    assert refused(f"update {table} set {column} = {others} {gone}")


@pytest.mark.parametrize("table", BESIDE)
def test_nothing_else_changes_under_cover_of_an_erasure(day: Flat, table: str) -> None:
    column, _, empty = WORDS[table]
    filled = f"where {column}::text not in ('', '{{}}')"
    assert refused(f"update {table} set {column} = {empty}, salt = '', {BESIDE[table]} {filled}")


@pytest.mark.clause("TQ-11")
@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("duty_dutyevent", "写的话空了"),
        ("duty_handovernote", "写的话空了"),
        ("duty_checkreturn", "哪里不行空了"),
        ("duty_matchsettlement", "说明空了"),
        ("duty_matchconfirmation", "说明空了"),
        ("duty_incidentnote", "写的话空了"),
        ("duty_linedetail", "在场的人空了"),
    ],
)
def test_words_emptied_without_a_customer_who_asked_are_found(
    day: Flat, table: str, said: str
) -> None:
    """The database lets words be emptied; that nobody asked for it is the journal's to say."""
    column, _, empty = WORDS[table]
    filled = f"where {column}::text not in ('', '{{}}')"
    assert not refused(f"update {table} set {column} = {empty}, salt = '' {filled}")
    assert [f for f in findings(day) if f"{said}，但没有删除的记录" in f]
