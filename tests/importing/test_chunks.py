"""Lines are taken in and taken back chunk by chunk: whole chunks, each once, whoever is at it and whatever breaks (TQ-3)."""

from typing import Any
from uuid import uuid4

import pytest

from tests.gallery.conftest import Gallery
from tests.gallery.sheet_maker import workbook
from tests.gallery.test_importing import GOOD, MESSY, Office, row
from tests.importing.personnel import rows, verdicts
from yingbin.gallery.importer import RegisterImporter
from yingbin.gallery.models import RegisterEntry
from yingbin.gallery.queries.imports import standing
from yingbin.importing import actions, queries, ticks
from yingbin.importing.actions import chunks, reading
from yingbin.importing.models import ImportFile, ImportRow, ImportRun
from yingbin.journal.models import Entry
from yingbin.notices.models import Notice
from yingbin.people.models import Site
from yingbin.rules.decision import Refused

pytestmark = pytest.mark.clause("TQ-3")
MANY = [row("2025-03-08", f"客户{n}", f"138123400{n:02d}") for n in range(10)]


@pytest.fixture
def office(hall: Gallery, monkeypatch: pytest.MonkeyPatch) -> Office:
    """The manager; three lines are taken in at once."""
    monkeypatch.setattr(RegisterImporter, "chunk", 3)
    return Office(hall)


def begun(office: Office, lines: Any = MANY) -> ImportRun:
    """An import whose lines are about to be taken in."""
    run = office.upload(lines)
    actions.apply_import(office.acting(), run_id=run.id, whole=False, receivers=False)
    run.refresh_from_db()
    return run


def once(office: Office, run: ImportRun) -> int:
    """The worker takes in one chunk."""
    return actions.apply_some(run_id=run.id, at=office.gallery.now, seconds=0)


def how_far(run: ImportRun) -> tuple[str, int, int]:
    """Its state, how many lines are done, how many rows the register has of it."""
    run.refresh_from_db()
    return run.state, run.done, RegisterEntry.objects.filter(import_id=run.id).count()


def standing_rows(office: Office) -> int:
    """How many rows of the register count."""
    site = office.gallery.site
    return RegisterEntry.objects.filter(standing(site), site_id=site).count()


def test_the_bar_moves_by_whole_chunks_until_all_is_in(office: Office) -> None:
    run = begun(office)
    seen = [how_far(run)]
    while once(office, run):
        seen.append(how_far(run))
    assert seen == [
        ("applying", 0, 0),
        ("applying", 3, 3),
        ("applying", 6, 6),
        ("applying", 9, 9),
        ("applied", 10, 10),
    ]


def test_a_chunk_that_breaks_leaves_nothing_and_is_tried_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = begun(office)
    once(office, run)

    def breaks(*_: Any) -> None:
        raise ConnectionError("the database went away")

    with monkeypatch.context() as broken:
        broken.setattr(RegisterImporter, "take", breaks)
        with pytest.raises(ConnectionError):
            once(office, run)
    assert how_far(run) == ("applying", 3, 3)
    office.work()
    assert how_far(run) == ("applied", 10, 10)


def test_a_worker_that_was_late_does_nothing_twice(office: Office) -> None:
    run = begun(office)
    stale = ImportRun.objects.get(id=run.id)
    once(office, run)
    assert chunks._apply(stale, office.gallery.now) == 3  # the stored answer of the first
    assert how_far(run) == ("applying", 3, 3)


def test_a_chunk_that_was_prepared_for_another_place_in_the_file_is_not_taken(
    office: Office,
) -> None:
    run = begun(office)
    once(office, run)
    late = queries.chunk_after(run, 0, 3)
    assert chunks.take_chunk(office.acting(), (late, 3, 3), run_id=run.id, after=0) == 0
    assert how_far(run) == ("applying", 3, 3)


def test_nothing_prepared_takes_nothing(office: Office) -> None:
    run = begun(office)
    assert chunks.take_chunk(office.acting(), run_id=run.id, after=0) == 0
    assert how_far(run) == ("applying", 0, 0)


def test_lines_that_cannot_be_taken_are_passed_over_in_their_place(office: Office) -> None:
    run = begun(office, MESSY)
    office.work()
    run.refresh_from_db()
    assert (run.state, run.done) == ("applied", len(MESSY))
    refused = [one for one in rows(run) if one.verdict == "refused"]
    assert [one.number for one in refused] == [None, None]
    assert all(one.cells for one in refused)


def test_an_import_that_is_gone_or_done_keeps_no_worker(office: Office) -> None:
    run = begun(office)
    office.work()
    assert once(office, run) == 0
    assert actions.apply_some(run_id=uuid4(), at=office.gallery.now) == 0
    assert actions.withdraw_some(run_id=run.id, at=office.gallery.now) == 0
    assert actions.read_some(run_id=uuid4(), at=office.gallery.now) == 0


def test_the_beginning_and_the_end_stand_once_in_the_journal(office: Office) -> None:
    run = begun(office)
    office.work()
    said = Entry.objects.filter(kind__startswith="register.import").order_by("seq")
    kinds = [one.kind for one in said]
    assert kinds.count("register.import_begun") == 1
    assert kinds.count("register.import_finished") == 1
    assert kinds.count("register.imported") == 4
    assert kinds[-1] == "register.import_finished"
    assert run.applied_by == office.gallery.id("郑岚")


# Back


def test_what_is_taken_back_counts_no_more_from_the_first_moment(office: Office) -> None:
    run = begun(office)
    office.work()
    assert standing_rows(office) == 10
    actions.undo_import(office.acting(), run_id=run.id, why="导错了项目")
    assert standing_rows(office) == 0
    run.refresh_from_db()
    assert (run.state, run.withdrawn) == ("undoing", 0)


def test_taking_back_goes_on_by_chunks_and_can_break(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = begun(office)
    office.work()
    actions.undo_import(office.acting(), run_id=run.id, why="导错了项目")
    assert actions.withdraw_some(run_id=run.id, at=office.gallery.now, seconds=0) == 3

    def breaks(*_: Any) -> None:
        raise ConnectionError("the database went away")

    with monkeypatch.context() as broken:
        broken.setattr(RegisterImporter, "withdraw", breaks)
        assert ticks.tick(office.gallery.now) == 0
    run.refresh_from_db()
    assert (run.state, run.withdrawn) == ("undoing", 3)
    office.work()
    run.refresh_from_db()
    assert (run.state, run.withdrawn) == ("undone", 10)


def test_an_import_undone_before_its_first_chunk_is_over_at_once(office: Office) -> None:
    run = begun(office)
    office.undo(run)
    assert (run.state, run.done) == ("undone", 0)
    assert not RegisterEntry.objects.exists()


def test_the_same_file_comes_in_again_after_an_undo(office: Office) -> None:
    run = begun(office)
    office.work()
    office.undo(run)
    again = office.bring(MANY)
    assert verdicts(again) == ["new"] * 10
    assert standing_rows(office) == 10


# What may be asked when


@pytest.mark.parametrize(
    ("state", "may_not"),
    [
        ("asking", {"apply", "undo", "assign"}),
        ("reading", {"map", "apply", "undo", "assign"}),
        ("read", {"map", "undo"}),
        ("applying", {"map", "apply", "drop", "assign"}),
        ("applied", {"map", "apply", "drop", "assign"}),
        ("undone", {"map", "apply", "drop", "undo", "assign"}),
        ("dropped", {"map", "apply", "drop", "undo", "assign"}),
    ],
)
def test_what_comes_too_early_or_too_late_is_refused_and_changes_nothing(
    office: Office, state: str, may_not: set[str]
) -> None:
    run = at_state(office, state)
    before = ImportRun.objects.values().get(id=run.id)
    for verb in sorted(may_not):
        with pytest.raises(Refused) as no:
            asked(office, run, verb)
        assert no.value.message.endswith("。")
    assert ImportRun.objects.values().get(id=run.id) == before


def at_state(office: Office, state: str) -> ImportRun:
    """An import that stands there."""
    run = office.sent(workbook(GOOD)) if state in ("asking", "reading") else office.upload(GOOD)
    if state == "reading":
        office.settle(run)
    elif state == "dropped":
        actions.drop_import(office.acting(), run_id=run.id)
    elif state == "applying":
        actions.apply_import(office.acting(), run_id=run.id, whole=True, receivers=False)
    elif state in ("applied", "undone"):
        office.apply(run)
        if state == "undone":
            office.undo(run)
    run.refresh_from_db()
    assert run.state == state
    return run


def asked(office: Office, run: ImportRun, verb: str) -> None:
    """Somebody asks this of an import."""
    who = office.acting()
    if verb == "map":
        actions.settle_columns(who, run_id=run.id, choices=queries.choices_of(run))
    elif verb == "apply":
        actions.apply_import(who, run_id=run.id, whole=False, receivers=False)
    elif verb == "undo":
        actions.undo_import(who, run_id=run.id, why="导错了项目")
    elif verb == "drop":
        actions.drop_import(who, run_id=run.id)
    else:
        actions.assign(who, run_id=run.id, people={})


def test_an_undo_says_why_or_is_not_done(office: Office) -> None:
    run = at_state(office, "applied")
    with pytest.raises(Refused, match="请写明为什么整批撤销"):
        actions.undo_import(office.acting(), run_id=run.id, why="  ")
    run.refresh_from_db()
    assert run.state == "applied"


def test_another_sites_import_is_nobodys_here(office: Office) -> None:
    run = at_state(office, "read")
    elsewhere = Site.objects.create(kind="sales_centre", code="shan", name="山", short_name="山")
    ImportRun.objects.filter(id=run.id).update(site=elsewhere)
    for verb in ("apply", "drop", "undo", "assign", "map"):
        with pytest.raises(Refused, match="没有找到这次导入"):
            asked(office, run, verb)


def test_a_name_that_is_not_on_the_list_any_more_is_told(office: Office) -> None:
    run = office.upload([row("2025-03-08", "张伟", "13812341234", "小赵")])
    with pytest.raises(Refused, match="名单变了"):
        actions.assign(office.acting(), run_id=run.id, people={"0": None})


# Reading, a slice at a time


def test_a_reading_goes_on_in_another_process_where_the_first_died(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "CHUNK", 4)
    run = office.sent(workbook(MESSY))
    office.settle(run)
    actions.read_some(run_id=run.id, at=office.gallery.now, seconds=0)
    reading._readers.clear()
    reading._under_way.clear()
    office.work()
    assert verdicts(run) == verdicts(office.upload(MESSY))


def test_a_file_is_gone_once_it_is_read_and_the_bar_is_full(office: Office) -> None:
    run = office.upload(MESSY)
    assert (run.rows, run.expected) == (len(MESSY), len(MESSY))
    assert not ImportFile.objects.exists()


def test_a_file_with_nothing_below_its_heading_says_so(office: Office) -> None:
    run = office.sent(workbook([]))
    office.settle(run)
    office.work()
    run.refresh_from_db()
    assert (run.state, run.rows) == ("failed", 0)
    assert "标题行下面没有内容" in run.failed_why
    assert Notice.objects.get(kind="import").title == "导入没有读成：登记册"


def test_two_imports_are_worked_on_in_the_order_of_their_upload(office: Office) -> None:
    first, second = (
        office.upload(MANY),
        office.upload([row("2025-03-09", "王芳", "13712345678")]),
    )
    for run in (second, first):
        actions.apply_import(office.acting(), run_id=run.id, whole=True, receivers=False)
    assert [one.id for one in queries.at_work()] == [first.id, second.id]
    office.work()
    assert queries.at_work() == []
    assert ImportRow.objects.filter(of=second, verdict="new").count() == 1
