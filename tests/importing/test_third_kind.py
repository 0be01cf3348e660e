"""A kind of import is one class: the guide's own example, run as it stands there, through every step."""

import re
import sys
import types
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from tests import cast
from tests.importing.personnel import Personnel, excel, rows, verdicts
from yingbin.importing import actions, declared
from yingbin.importing.actions import telling
from yingbin.importing.models import ImportRun
from yingbin.importing.queries import counts
from yingbin.importing.report import reason, report_sheet
from yingbin.journal.check import check_site
from yingbin.journal.models import Entry
from yingbin.notices.models import Notice
from yingbin.people.actions import set_exception
from yingbin.people.models import Company, SiteHoliday

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "importing.md"


@pytest.fixture
def days_off() -> Iterator[Any]:
    """The importer of the guide, declared as a wing would."""
    (code,) = re.findall(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.S)
    module = types.ModuleType("guide_of_importing")
    sys.modules[module.__name__] = module
    exec(compile(code, str(GUIDE), "exec"), module.__dict__)
    one = module.__dict__["DaysOffImporter"]()
    every = dict(declared.importers())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(declared, "importers", lambda: every | {one.kind: one})
        patch.setattr(telling, "reverse", lambda name, args: f"/daysoff/{args[0]}/")
        yield one
    sys.modules.pop(module.__name__)


def brought(personnel: Personnel, *lines: tuple[object, str]) -> ImportRun:
    """A list of days, read as it is proposed."""
    data = excel(*lines, head=["放假日期", "说明"])
    run_id = actions.take_as_proposed(
        personnel.acting(), kind="days_off", file_name="放假.xlsx", data=data
    )
    return personnel.work(ImportRun.objects.get(id=run_id))


def closed(personnel: Personnel) -> dict[str, str]:
    """The days on which the site is closed, with why."""
    found = SiteHoliday.objects.filter(site=personnel.site, works=False).order_by("day")
    return {f"{one.day}": one.name for one in found}


NEW_YEAR, STOCK = (date(2027, 1, 1), "元旦"), ("2027/01/02", "盘点")


def test_its_lines_come_in_once_and_go_out_again(personnel: Personnel, days_off: Any) -> None:
    run = brought(personnel, NEW_YEAR, STOCK, STOCK, ("过年", "春节"), ("合计", "3 天"))
    assert verdicts(run) == ["new", "new", "again", "refused", "skipped"]
    personnel.take(run)
    assert closed(personnel) == {"2027-01-01": "元旦", "2027-01-02": "盘点"}
    assert [row.told for row in rows(run)[:2]] == [None] * 2
    personnel.undo(run)
    assert closed(personnel) == {}
    assert verdicts(brought(personnel, NEW_YEAR)) == ["new"]


def test_what_was_changed_since_stays_and_says_why(personnel: Personnel, days_off: Any) -> None:
    run = personnel.take(brought(personnel, NEW_YEAR, STOCK))
    set_exception(personnel.acting(), day=date(2027, 1, 1), works=False, name="元旦值班")
    personnel.undo(run)
    assert [row.kept_why for row in rows(run)] == ["后来改过", ""]
    assert counts(run).kept == 1
    assert closed(personnel) == {"2027-01-01": "元旦值班"}


def test_a_day_entered_meanwhile_is_told_to_be_there(personnel: Personnel, days_off: Any) -> None:
    run = brought(personnel, NEW_YEAR, STOCK)
    set_exception(personnel.acting(), day=date(2027, 1, 1), works=False, name="早就定了")
    personnel.take(run)
    assert verdicts(run) == ["again", "new"]
    assert closed(personnel)["2027-01-01"] == "早就定了"


def test_its_steps_stand_in_the_journal_under_its_own_name(
    personnel: Personnel, days_off: Any
) -> None:
    personnel.undo(personnel.take(brought(personnel, STOCK)))
    said = Entry.objects.filter(kind__startswith="days_off.").order_by("seq")
    assert [one.kind.rpartition("_")[2] for one in said] == [
        *("uploaded", "mapped", "begun", "finished", "undone"),
    ]
    Company.objects.update(is_demo=True)  # the cast was there before the journal
    assert [str(f) for one in check_site(personnel.site) for f in one.found] == []


def test_whoever_began_it_hears_when_it_is_done_and_when_it_is_taken_back(
    personnel: Personnel, days_off: Any
) -> None:
    run = personnel.take(brought(personnel, NEW_YEAR, STOCK, STOCK, ("过年", "春节")))
    set_exception(personnel.acting(), day=date(2027, 1, 1), works=False, name="元旦值班")
    personnel.undo(run, by="许诺")
    done, back = Notice.objects.filter(kind="import").order_by("made_at")
    hears = {cast.person(name).id: name for name in ("郑岚", "许诺")}
    assert (hears[done.to_id], done.body) == ("郑岚", "收进 2 行，重复 1 行，没有收 1 行。")
    assert (hears[back.to_id], back.body) == ("许诺", "1 行后来有了别的事，保留着。")
    assert {done.link, back.link} == {f"/daysoff/{run.id}/"}


def test_its_refused_lines_can_be_put_right(personnel: Personnel, days_off: Any) -> None:
    run = brought(personnel, ("过年", "春节"), STOCK, STOCK)
    wrong, new, again = rows(run)
    assert reason(days_off, wrong) == "日期：看不懂，请写成 2026-12-31 这样。"
    assert reason(days_off, again) == "已经有了。"
    assert [value.stored for value in days_off.values(new)] == ["2027-01-02", "盘点"]
    assert report_sheet(days_off, rows(run))[:2] == b"PK"


def test_what_it_leaves_out_the_house_answers(personnel: Personnel, days_off: Any) -> None:
    run, acting = brought(personnel, STOCK), personnel.acting()
    assert days_off.met(run.site_id, rows(run)) == {}
    assert days_off.colleagues(run.site_id, timezone.now()) == {}
    assert days_off.next_step(run, acting) is None
    days_off.handed_out(acting, "改错", 1)
    with pytest.raises(NotImplementedError):
        days_off.blank(acting)
