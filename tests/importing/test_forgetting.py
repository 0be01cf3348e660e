"""What a file says of people is kept no longer than it is needed, and at once forgotten when one of them asks."""

from datetime import timedelta

import pytest

from tests.gallery.conftest import Gallery
from tests.gallery.sheet_maker import workbook
from tests.gallery.test_importing import MESSY, Office, row
from tests.importing.personnel import Personnel, rows
from yingbin.customers.actions import erase_person
from yingbin.customers.models import Customer, CustomerPhone
from yingbin.importing import actions, queries, ticks
from yingbin.importing.actions import reading
from yingbin.importing.models import ImportFile, ImportRow, ImportRun, NamedPerson
from yingbin.journal.check import check_site
from yingbin.journal.models import Entry
from yingbin.people.models import Site
from yingbin.tables.survey import Survey

ZHANG = row("2025-03-08", "张伟", "13812341234")


@pytest.fixture
def office(hall: Gallery) -> Office:
    return Office(hall)


def later(office: Office, **more: float) -> int:
    """How many imports the clock forgets by then."""
    return actions.forget_old_files(at=office.gallery.now + timedelta(**more))


def was_here(office: Office, *, name: str, phone: str) -> None:
    """A customer of this name came and has left."""
    office.gallery.finish(office.gallery.arrive(name=name, phone=phone))


def erased(office: Office, name: str) -> None:
    """The manager erases this customer on request."""
    who = Customer.objects.filter(names__name=name, erased_at=None).get()
    erase_person(office.acting(), customer_id=who.id, reason="本人来信要求", sure=str(who.number))


# By the clock


def test_a_file_whose_columns_nobody_settled_is_forgotten_after_a_day(office: Office) -> None:
    run = office.sent(workbook([ZHANG]))
    assert "张伟" in str(queries.survey_of(run))
    assert later(office, hours=23) == 0
    assert later(office, hours=25) == 1
    run.refresh_from_db()
    assert run.state == "dropped"
    assert not ImportFile.objects.exists()
    assert queries.survey_of(run) == Survey((), 0)


def test_a_register_that_waits_to_be_taken_in_is_kept_for_thirty_days(office: Office) -> None:
    run = office.upload(MESSY)
    assert later(office, days=29) == 0
    assert later(office, days=31) == 1
    run.refresh_from_db()
    assert run.state == "dropped"
    assert not ImportRow.objects.exclude(cells=None, told=None, phone="").exists()


def test_of_one_taken_in_only_what_was_refused_is_forgotten(office: Office) -> None:
    run = office.bring(MESSY)
    refused = ImportRow.objects.filter(of=run, verdict="refused")
    assert all(one.cells for one in refused)
    assert later(office, days=31) == 1
    assert not any(one.cells or one.faults for one in refused.all())
    run.refresh_from_db()
    assert run.state == "applied"
    office.undo(run)
    assert run.state == "undone"


def test_an_import_under_way_is_never_forgotten(office: Office) -> None:
    run = office.upload(MESSY)
    actions.apply_import(office.acting(), run_id=run.id, whole=False, receivers=False)
    assert later(office, days=31) == 0
    assert ImportRow.objects.exclude(told=None).exists()


def test_each_kind_is_kept_as_long_as_it_says(office: Office) -> None:
    register = office.upload(MESSY)
    people = Personnel("郑岚", office.gallery.site)
    people.now = office.gallery.now
    sheet = people.read(["单小梅", "13812345678", "", "接待员"])
    assert later(office, days=2) == 1
    for run, state in ((register, "read"), (sheet, "dropped")):
        run.refresh_from_db()
        assert run.state == state


def test_what_the_clock_forgot_is_no_fault(office: Office) -> None:
    office.sent(workbook([ZHANG]))
    office.upload(MESSY)
    later(office, days=40)
    found = [str(f) for one in check_site(office.gallery.site) for f in one.found]
    assert [one for one in found if "导入" in one] == []


def test_the_worker_forgets_once_a_minute(office: Office) -> None:
    office.sent(workbook([ZHANG]))
    then = office.gallery.now + timedelta(days=2)
    ticks.tick(then.replace(second=7))
    assert ImportFile.objects.exists()
    ticks.tick(then.replace(second=0))
    assert not ImportFile.objects.exists()


def test_what_was_thrown_away_leaves_no_name(office: Office) -> None:
    run = office.upload([row("2025-03-08", "张伟", "13812341234", "小赵")])
    assert NamedPerson.objects.exists()
    actions.drop_import(office.acting(), run_id=run.id)
    assert not ImportRow.objects.exists()
    assert not NamedPerson.objects.exists()


# On request


def test_an_erasure_throws_files_away_that_nobody_has_read_yet(office: Office) -> None:
    was_here(office, name="张伟", phone="13812341234")
    asking, reading_ = office.sent(workbook([ZHANG])), office.sent(workbook([ZHANG]))
    office.settle(reading_)
    erased(office, "张伟")
    assert not ImportFile.objects.exists()
    office.work()
    for run in (asking, reading_):
        run.refresh_from_db()
        assert run.state == "failed"
        assert "再上传" in run.failed_why
    assert not ImportRow.objects.exists()


def test_a_file_read_halfway_when_one_asks_goes_no_further(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "CHUNK", 2)
    was_here(office, name="张伟", phone="13812341234")
    run = office.sent(workbook([*MESSY, ZHANG]))
    office.settle(run)
    actions.read_some(run_id=run.id, at=office.gallery.now, seconds=0)
    erased(office, "张伟")
    office.work()
    run.refresh_from_db()
    assert run.state == "failed"
    said = str(list(ImportRow.objects.filter(of=run).values_list("cells", "told")))
    assert "138 1234 1234" not in said


def test_an_erasure_empties_the_lines_that_speak_of_the_customer_and_no_others(
    office: Office,
) -> None:
    was_here(office, name="张伟", phone="13812341234")
    run = office.upload([ZHANG, row("2025-03-08", "李女士", "13912345678")])
    erased(office, "张伟")
    zhang, li = ImportRow.objects.filter(of=run).order_by("n")
    assert (zhang.told, zhang.cells, zhang.phone) == (None, None, "")
    assert li.told["phones"] == ["+8613912345678"]
    run.refresh_from_db()
    assert run.state == "read"
    office.apply(run)
    assert [one.e164 for one in CustomerPhone.objects.exclude(e164="")] == ["+8613912345678"]


def test_another_number_of_the_same_customer_is_found_too(office: Office) -> None:
    office.bring([row("2025-03-08", "张伟", "13812341234/13712345678")])
    run = office.upload([row("2025-04-08", "", "13712345678")])
    erased(office, "张伟")
    (one,) = ImportRow.objects.filter(of=run)
    assert (one.told, one.phone) == (None, "")


def test_an_erasure_elsewhere_touches_nothing_here(office: Office) -> None:
    was_here(office, name="张伟", phone="13812341234")
    run = office.sent(workbook([ZHANG]))
    elsewhere = Site.objects.create(kind="sales_centre", code="shan", name="山", short_name="山")
    ImportRun.objects.filter(id=run.id).update(site=elsewhere)
    erased(office, "张伟")
    assert ImportFile.objects.filter(belongs_to=run).exists()


def test_the_erasure_says_in_the_journal_how_much_it_emptied(office: Office) -> None:
    was_here(office, name="张伟", phone="13812341234")
    office.sent(workbook([ZHANG]))
    office.upload([ZHANG])
    erased(office, "张伟")
    body = Entry.objects.get(kind="customer.erased").body
    assert '"unread_files":1' in str(body).replace(" ", "").replace("'", '"')


def test_lines_of_people_are_forgotten_with_the_number_that_stands_in_them(
    office: Office,
) -> None:
    was_here(office, name="单小梅", phone="13812345678")
    people = Personnel("郑岚", office.gallery.site)
    people.now = office.gallery.now
    run = people.read(["单小梅", "13812345678", "", "接待员"])
    erased(office, "单小梅")
    (one,) = rows(run)
    assert (one.told, one.cells) == (None, None)
