"""The register beside the journal: what the database's owner changes behind the program's back is found (TQ-3)."""

import json

import pytest
from django.db import Error, connection, transaction

from tests.force import unguarded
from tests.gallery.conftest import Gallery
from tests.gallery.test_importing import Office, row
from tests.gallery.test_register import correct
from yingbin.customers.actions import erase_person
from yingbin.customers.models import Customer
from yingbin.files.models import StoredFile
from yingbin.gallery import cli
from yingbin.gallery.actions import days
from yingbin.gallery.actions.arrivals import undo_arrival
from yingbin.gallery.actions.nudges import call_again
from yingbin.gallery.actions.reopening import reopen_gallery
from yingbin.gallery.models import RegisterEntry
from yingbin.gallery.queries import imports
from yingbin.gallery.queries.proof import register_faults
from yingbin.importing import actions
from yingbin.importing.models import ImportRun
from yingbin.journal import checkpoints
from yingbin.journal.guards import all_guards
from yingbin.journal.models import Entry
from yingbin.web.cli import COMMANDS, registers


def by_force(sql: str, *values: object) -> None:
    """As the owner of the database does it: with the triggers switched off."""
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)  # refused as long as they are on
    unguarded(sql, *values)


@pytest.fixture
def book(hall: Gallery) -> Gallery:
    """Four signed rows, one of them a correction, and two from an old register."""
    for n in range(3):
        hall.finish(hall.arrive(name=f"客户{n}", phone=f"1381234{n:04d}"))
    correct(hall, RegisterEntry.objects.get(number=2), "郑岚")
    rows = [row(f"2025-03-0{n}", f"老客户{n}", f"1371234{n:04d}") for n in (1, 2)]
    Office(hall).bring(rows)
    assert list(register_faults(hall.site)) == []
    return hall


ROW = "update floor_registerentry set {} where number = %s"
WORDS = (
    "update floor_registerwords set {} where entry_id ="
    " (select id from floor_registerentry where number = %s)"
)


@pytest.mark.clause("TQ-3")
@pytest.mark.parametrize(
    ("sql", "number", "said"),
    [
        (ROW.format("customer_id = gen_random_uuid()"), 1, "第 1 号：客户和记录链里的不一样"),
        (ROW.format("strokes = '[[1,2,3,4]]'"), 2, "第 2 号：签名和记录链里的不一样"),
        (ROW.format("signed_by = gen_random_uuid()"), 3, "第 3 号：签名的人和记录链里的不一样"),
        (ROW.format("at = at - interval '1 day'"), 1, "第 1 号：时间和记录链里的不一样"),
        (ROW.format("corrects_id = null"), 4, "第 4 号：更正的那一行和记录链里的不一样"),
        (ROW.format("digest = 'sha256:00'"), 1, "第 1 号：内容的凭据和记录链里的不一样"),
        (ROW.format("day = '2024-01-01'"), 5, "第 5 号到第 6 号：导入的这一批被改过"),
        (ROW.format("signed_by = gen_random_uuid()"), 6, "第 5 号到第 6 号：导入的这一批被改过"),
        (ROW.format("at = at + interval '1 minute'"), 5, "第 5 号到第 6 号：导入的这一批被改过"),
        (WORDS.format('words = \'{"name": "李四"}\''), 1, "第 1 号：内容和记录链里的凭据对不上"),
        (WORDS.format('words = words || \'{"name": "李四"}\''), 6, "第 6 号：内容和记录链里的凭据"),
        (WORDS.format("salt = ''"), 2, "第 2 号：内容和记录链里的凭据对不上"),
        (ROW.format("receipt = 'AAAA-AAAA'"), 2, "第 2 号：回执码和记录链里的不一样"),
        (ROW.format("day = day - 1"), 3, "第 3 号：日期和记录链里的不一样"),
        (ROW.format("seq = 1"), 1, "第 1 号：记录链里没有这一行"),
        (ROW.format("number = 9"), 6, "第 6 号到第 8 号不见了"),
        (ROW.format("import_id = gen_random_uuid()"), 1, "第 1 号：标成了导入的"),
        (ROW.format("import_id = null"), 5, "第 5 号：属于哪一次导入和记录链里的不一样"),
        (ROW.format("signed = 'glass'"), 6, "第 6 号：是导入的一行，却改成了当场登记的样子"),
        (ROW.format("at = at + interval '1 day'"), 5, "第 5 号：时间和日期不是同一天"),
        (WORDS.format("words = null"), 2, "第 2 号：内容空了，但没有删除的记录"),
    ],
)
def test_a_row_changed_by_force_is_found_and_named(
    book: Gallery, sql: str, number: int, said: str
) -> None:
    by_force(sql, number)
    assert any(f.startswith(said) for f in register_faults(book.site)), list(
        register_faults(book.site)
    )


@pytest.mark.clause("TQ-3")
def test_chunks_of_before_are_compared_by_what_they_held(book: Gallery) -> None:
    rows = list(RegisterEntry.objects.filter(number__gte=5).order_by("number"))
    entry = Entry.objects.get(kind="register.imported")
    old = {k: v for k, v in entry.body.items() if k != "whole"}
    old["commitment"] = imports.commitment(rows, whole=False)
    change = "update journal_entry set body = %s where seq = %s"
    unguarded(change, json.dumps(old), entry.seq)
    assert list(register_faults(book.site)) == []
    by_force(ROW.format("day = '2024-01-01'"), 5)
    assert any("导入的这一批被改过" in f for f in register_faults(book.site))


@pytest.mark.clause("TQ-3")
@pytest.mark.parametrize("number", [1, 4, 6])
def test_a_row_taken_out_by_force_is_missed(book: Gallery, number: int) -> None:
    entry = RegisterEntry.objects.get(number=number)
    by_force("delete from floor_registerwords where entry_id = %s", entry.id)
    by_force("delete from floor_registerentry where number = %s", number)
    told = list(register_faults(book.site))
    assert any(str(number) in f for f in told), (entry.number, told)


@pytest.mark.clause("TQ-3")
def test_an_import_taken_out_by_force_is_missed(book: Gallery) -> None:
    for entry in RegisterEntry.objects.filter(number__gte=5):
        by_force("delete from floor_registerwords where entry_id = %s", entry.id)
        by_force("delete from floor_registerentry where id = %s", entry.id)
    assert any(f.startswith("第 5 到 6 号：") for f in register_faults(book.site))


@pytest.mark.clause("TQ-3")
def test_a_row_put_in_by_force_has_no_witness(book: Gallery) -> None:
    copied = RegisterEntry.objects.get(number=3)
    copied.pk, copied.number, copied.seq = copied.site_id, 7, 99999
    copied.save(force_insert=True)
    told = list(register_faults(book.site))
    assert "第 7 号：记录链里没有这一行，是绕过程序加进来的" in told


SWAPPED = (
    "update floor_registerentry set import_id = gen_random_uuid(), digest = %s where number = 1"
)


@pytest.mark.clause("TQ-3")
def test_a_signed_row_dressed_up_as_an_imported_one_is_found(book: Gallery) -> None:
    other = RegisterEntry.objects.get(number=2)
    by_force(SWAPPED, other.digest)
    told = list(register_faults(book.site))
    assert "第 1 号：内容的凭据和记录链里的不一样" in told
    assert "第 1 号：标成了导入的，记录链里是当场签的" in told


def erased(book: Gallery) -> RegisterEntry:
    """The customer of row 3 asked for their data to be erased, and it was."""
    row = RegisterEntry.objects.select_related("written").get(number=3)
    number = str(Customer.objects.get(id=row.customer_id).number)
    told = {"customer_id": row.customer_id, "reason": "本人来信", "sure": number}
    book.do(erase_person, "郑岚", **told)
    return row


@pytest.mark.clause("TQ-3")
def test_words_erased_on_request_are_no_fault(book: Gallery) -> None:
    erased(book)
    assert list(register_faults(book.site)) == []


@pytest.mark.clause("TQ-3")
def test_words_emptied_by_a_bare_statement_are_found(book: Gallery) -> None:
    unguarded(WORDS.format("words = null, salt = '', erased_at = now()"), 2)
    assert list(register_faults(book.site)) == ["第 2 号：内容空了，但没有删除的记录"]


@pytest.mark.clause("TQ-3")
def test_erased_words_put_back_by_force_are_found(book: Gallery) -> None:
    row = erased(book)
    back = "update floor_registerwords set words = %s, salt = %s where entry_id = %s"
    by_force(back, json.dumps(row.written.words), row.written.salt, row.id)
    assert list(register_faults(book.site)) == ["第 3 号：内容已按客户要求删除过，却又有了"]


@pytest.mark.clause("TQ-3")
def test_an_undone_import_that_counts_again_is_found(book: Gallery) -> None:
    one = ImportRun.objects.get()
    actions.undo_import(Office(book).acting(), run_id=one.id, why="导错了项目")
    assert list(register_faults(book.site)) == []
    ImportRun.objects.update(undone_at=None)
    (told,) = register_faults(book.site)
    assert told.startswith("第 5 号到第 6 号（记录链第")
    assert told.endswith("这次导入撤销过，却又算数了")


@pytest.mark.clause("TQ-3")
def test_an_import_undone_without_the_journal_is_found(book: Gallery) -> None:
    ImportRun.objects.update(undone_at=book.now)
    (told,) = register_faults(book.site)
    assert told.startswith("第 5 号到第 6 号（记录链第")
    assert told.endswith("这次导入的撤销，记录链里没有或时间不同")


@pytest.mark.clause("TQ-3")
def test_an_import_whose_own_row_is_gone_is_found(book: Gallery) -> None:
    for table in ("importfile", "importrow", "importrun"):
        unguarded(f"delete from importing_{table}")
    (told,) = register_faults(book.site)
    assert told.endswith("导入的记录不见了")


@pytest.mark.clause("TQ-3")
def test_the_command_says_it_and_ends_with_one(
    book: Gallery, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _check() == 0
    assert "核对 6 行，不一致 0 处" in capsys.readouterr().out
    by_force(ROW.format("signed = 'password'"), 1)
    assert _check() == 1
    assert "第 1 号：签名方式和记录链里的不一样" in capsys.readouterr().out


@pytest.mark.clause("TQ-3")
def test_guards_switched_off_are_named(book: Gallery, capsys: pytest.CaptureFixture[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("alter table floor_registerentry disable trigger register_entry_rows")
        cursor.execute("drop trigger floor_undone_rows on floor_undone")
    assert _check() == 1
    said = capsys.readouterr().out
    assert "数据表 floor_registerentry 的保护 register_entry_rows 被关掉或拆掉了" in said
    assert "数据表 floor_undone 的保护 floor_undone_rows" in said
    assert "不一致 2 处" in said


@pytest.mark.clause("TQ-3")
@pytest.mark.parametrize(
    "way",
    [
        "update floor_turndecision set because = '（已按本人要求删除）'",
        "update floor_turndecision set counted = false",
        "update floor_turnevent set salt = ''",
        'update floor_turnevent set event = event || \'{"reason": "（已按本人要求删除）"}\'',
        "update floor_turnevent set at = at - interval '1 hour'",
    ],
)
def test_a_decision_is_not_changed_under_the_cloak_of_an_erasure(book: Gallery, way: str) -> None:
    with pytest.raises(Error, match="refused"), transaction.atomic():
        connection.cursor().execute(way)


# Of other wings, and what is decided or put apart: tests of their own, where each of these tables has a row:
# tests/duty/, tests/desk/ and tests/tours/test_final_rows.py, tests/approvals/test_final.py.
ELSEWHERE = ("duty_", "desk_", "tours_", "approvals_", "matters_recusal")


@pytest.mark.clause("TQ-3")
@pytest.mark.parametrize(
    "guard",
    [name for name in sorted(all_guards().triggers) if not name.startswith(ELSEWHERE)],
)
def test_no_session_gets_round_a_guard(book: Gallery, guard: str) -> None:
    table = all_guards().triggers[guard].table
    if guard == "floor_undone_rows":
        book.do(undo_arrival, "苏晴", visit_id=book.arrive(name="点错").id, may_any=False)
    if guard == "floor_nudge_rows":
        visit = book.arrive(name="久等")
        book.later(1)
        book.do(call_again, "苏晴", visit_id=visit.id)
    if guard in ("journal_dayroot_rows", "floor_reopening_rows"):
        book.do(days.close_gallery, "郑岚")
    if guard == "floor_reopening_rows":
        book.do(reopen_gallery, "郑岚", reason="还有客户", gone=[])
    if guard == "journal_checkpoint_rows":
        checkpoints.make(book.site, book.now)
    if guard == "files_storedfile_rows":
        StoredFile.objects.create(
            site_id=book.site, name="a", owner="note", media_type="image/jpeg", sha256="0" * 64,
            size=1, width=1, height=1, taken_by=book.id("苏晴"), taken_at=book.now, seq=1,
        )  # fmt: skip
    round_it = "set constraints all immediate; set local yingbin.disposable = off;"
    round_it += " set local session_replication_role = replica;"
    way = f"truncate {table} cascade" if guard.endswith("whole") else f"delete from {table}"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(round_it)
        with pytest.raises(Error, match="refused"):
            cursor.execute(way)
        transaction.set_rollback(True)


def _check() -> int:
    import argparse

    assert any(c.word == "register" for c in COMMANDS)
    parser = argparse.ArgumentParser()
    registers.register(parser.add_subparsers())
    args = parser.parse_args(["register", "check", "--site", "hupan"])
    assert args.run is registers.run_check
    return cli.run_register_check(args)
