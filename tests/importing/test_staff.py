"""From a sheet of people to colleagues with roles and first passwords, and back out again."""

from datetime import timedelta

import pytest

from tests import cast
from tests.importing.personnel import Personnel, excel, roles_of, rows, verdicts
from yingbin.importing import actions
from yingbin.importing.actions import chunks
from yingbin.importing.models import ImportFile, ImportRow, ImportRun
from yingbin.importing.staff.importer import STAFF, StaffImporter
from yingbin.journal.check import check_site
from yingbin.journal.models import Entry
from yingbin.people import actions as people
from yingbin.people import queries
from yingbin.people.actions import first_password
from yingbin.people.backends import AccountOrPhone
from yingbin.people.models import Assignment, Company, Department, PasswordSlips, Site, Staff
from yingbin.rules.decision import Refused

GOOD = ["单小梅", "13812345678", "", "接待员、置业顾问"]
BAD = ["", "", "", "接待员"]
ZHOU = ["周航", "13800010012", "", "接待员、置业顾问"]  # a salesperson already


def faults(site: Site) -> list[str]:
    """What doesn't fit the journal; the cast was there before it, as a demo's people are."""
    Company.objects.update(is_demo=True)
    return [str(found) for one in check_site(site.id) for found in one.found]


# In


def test_nobody_comes_before_it_is_confirmed(personnel: Personnel) -> None:
    before = Staff.objects.count()
    run = personnel.read(GOOD)
    assert run.state == "read"
    assert Staff.objects.count() == before
    assert not Entry.objects.filter(kind="staff.added").exists()
    assert not ImportFile.objects.exists()


def test_all_or_nothing_saves_nothing_while_a_line_is_bad(personnel: Personnel) -> None:
    run = personnel.read(GOOD, BAD)
    with pytest.raises(Refused, match="一行都没有收"):
        personnel.take(run, whole=True)
    assert not Staff.objects.filter(name="单小梅").exists()


def test_the_good_lines_are_taken_with_roles_and_a_password_that_opens(
    personnel: Personnel,
) -> None:
    run = personnel.take(personnel.read(GOOD, BAD))
    assert run.state == "applied"
    xiaomei = Staff.objects.get(name="单小梅")
    assert roles_of("单小梅") == {"receptionist", "salesperson"}
    word = first_password(run.id, xiaomei.id)
    assert AccountOrPhone().authenticate(None, username="13812345678", password=word) == xiaomei
    assert xiaomei.must_change_password


def test_what_stood_in_a_taken_line_is_forgotten_what_was_refused_is_not_yet(
    personnel: Personnel,
) -> None:
    good, bad = rows(personnel.take(personnel.read(GOOD, ["新人", "123", "", "接待员"])))
    assert (good.told, good.cells, good.phone) == (None, None, "")
    assert good.created
    assert bad.cells["phone"] == "123"


def test_somebody_known_only_gets_the_role_they_lack(personnel: Personnel) -> None:
    run = personnel.take(personnel.read(ZHOU, ["林悦", "13800010011", "", "置业顾问"]))
    assert verdicts(run) == ["known", "again"]
    assert roles_of("周航") == {"salesperson", "receptionist"}
    assert not PasswordSlips.objects.exists()


def test_the_same_sheet_uploaded_again_adds_nobody(personnel: Personnel) -> None:
    personnel.take(personnel.read(GOOD))
    with pytest.raises(Refused, match="没有可以收的行"):
        personnel.take(personnel.read(GOOD))


def test_somebody_who_came_between_report_and_taking_is_not_added_twice(
    personnel: Personnel,
) -> None:
    run = personnel.read(GOOD, ["吴小敏", "", "wuxm", "接待员"])
    other = people.Person(name="单小梅", roles=("receptionist",), phone="13812345678")
    people.add_staff(personnel.acting(), person=other)
    people.add_staff(
        personnel.acting(), person=people.Person("别人", ("receptionist",), account="wuxm")
    )
    personnel.take(run)
    mei, wu = rows(run)
    assert (mei.verdict, roles_of("单小梅")) == ("known", {"receptionist", "salesperson"})
    assert (wu.verdict, wu.faults) == ("refused", [["账号", "wuxm", "已经是别人的。"]])


def test_whoever_lost_the_right_meanwhile_brings_nobody_in(personnel: Personnel) -> None:
    run = personnel.read(GOOD)
    actions.apply_import(personnel.acting(), run_id=run.id, whole=True, receivers=False)
    Assignment.objects.filter(staff=cast.person("郑岚")).update(until=personnel.now)
    personnel.work(run)
    (row,) = rows(run)
    assert row.verdict == "refused"
    assert "您不管理这个项目的人员" in row.faults[0][2]
    assert run.state == "applied"
    assert not Staff.objects.filter(name="单小梅").exists()


def test_a_department_of_the_site_is_kept_with_the_role(personnel: Personnel, hupan: Site) -> None:
    sales = Department.objects.get(site=hupan, name="销售部")
    personnel.take(personnel.read(["新人", "", "", "置业顾问", "", "销售部"]))
    assert Staff.objects.get(name="新人").assignments.get().department == sales


def test_namesakes_get_accounts_of_their_own(personnel: Personnel) -> None:
    lines = [["王伟", f"1381234560{n}", "", "接待员"] for n in range(3)]
    personnel.take(personnel.read(*lines))
    accounts = Staff.objects.filter(name="王伟").order_by("account")
    assert [one.account for one in accounts] == ["wangwei", "wangwei2", "wangwei3"]


def test_everything_an_import_did_is_witnessed_by_the_journal(
    personnel: Personnel, hupan: Site
) -> None:
    run = personnel.take(personnel.read(GOOD, ZHOU, BAD))
    dropped = personnel.read(GOOD)
    actions.drop_import(personnel.acting(), run_id=dropped.id)
    assert faults(hupan) == []
    personnel.undo(run)
    assert faults(hupan) == []
    ImportRun.objects.filter(id=run.id).update(sha256="x")
    assert "人员名单导入" in "".join(faults(hupan))


def test_an_import_hidden_among_those_of_before_is_missed(
    personnel: Personnel, hupan: Site
) -> None:
    run = personnel.take(personnel.read(GOOD))
    ImportRun.objects.filter(id=run.id).update(sha256="")
    assert "人员名单导入" in "".join(faults(hupan))


# Several sites


OFFICE = ["总部新人", "", "", "公司领导", "zongbu"]


def test_people_of_two_sites_stand_in_each_sites_journal_and_on_the_same_slips(
    hupan: Site, headquarters: Site
) -> None:
    admin = Personnel("顾北")
    run = admin.take(admin.read(OFFICE, GOOD, ["总部老李", "", "", "公司领导", "总部"]))
    assert run.state == "applied"
    for site, many in ((hupan, 1), (headquarters, 2)):
        assert Entry.objects.filter(site_id=site.id, kind="staff.added").count() == many
        assert faults(site) == []
    ended = Entry.objects.get(kind="staff.import_finished")
    assert ended.site_id == hupan.id
    slips = queries.slips(run.id, cast.person("顾北").id, admin.now)
    assert slips is not None
    names = {p.name for p in queries.people_on_slips(slips)}
    assert names == {"单小梅", "总部新人", "总部老李"}


def test_what_went_to_another_site_is_taken_back_there(hupan: Site, headquarters: Site) -> None:
    admin = Personnel("顾北")
    run = admin.undo(admin.take(admin.read(GOOD, OFFICE)))
    assert run.state == "undone"
    left = Entry.objects.filter(kind="staff.left").values_list("site_id", flat=True)
    assert set(left) == {hupan.id, headquarters.id}
    assert not Staff.objects.filter(name__in=["单小梅", "总部新人"], is_active=True).exists()
    assert faults(headquarters) == []


def test_an_administrator_no_more_takes_nothing_back_elsewhere(
    hupan: Site, headquarters: Site
) -> None:
    admin = Personnel("顾北")
    run = admin.take(admin.read(GOOD, OFFICE))
    actions.undo_import(admin.acting(), run_id=run.id, why="导错了")
    Assignment.objects.filter(staff=cast.person("顾北"), site=None).update(until=admin.now)
    admin.work(run)
    assert [row.kept_why for row in rows(run)] == ["", "别的项目，要由系统管理员撤销"]
    assert Staff.objects.get(name="总部新人").is_active


# Out


def test_undone_newcomers_leave_and_their_account_and_number_are_free_again(
    personnel: Personnel, hupan: Site
) -> None:
    line = ["单小梅", "13812345678", "xiaomei", "接待员"]
    run = personnel.undo(personnel.take(personnel.read(line)))
    assert run.state == "undone"
    gone = Staff.objects.get(name="单小梅")
    assert (gone.is_active, gone.phone, roles_of("单小梅")) == (False, None, set())
    personnel.take(personnel.read(line))
    assert Staff.objects.get(name="单小梅", is_active=True).account == "xiaomei"
    assert faults(hupan) == []


def test_a_role_given_to_somebody_known_ends_and_what_they_had_stays(
    personnel: Personnel,
) -> None:
    personnel.undo(personnel.take(personnel.read(ZHOU)))
    assert roles_of("周航") == {"salesperson"}
    assert Staff.objects.get(name="周航").is_active


@pytest.mark.parametrize(
    ("since", "why"),
    [("signed in", "已经登录过"), ("more", "后来加了别的角色"), ("left", "已经办了离职")],
)
def test_whoever_has_been_met_since_stays_and_is_listed(
    personnel: Personnel, since: str, why: str
) -> None:
    run = personnel.take(personnel.read(GOOD, ["吴小敏", "", "", "接待员"]))
    mei = Staff.objects.get(name="单小梅")
    if since == "signed in":
        Staff.objects.filter(id=mei.id).update(last_login=personnel.now)
    elif since == "more":
        people.assign_role(personnel.acting(), staff_id=mei.id, role="lead")
    else:
        people.staff_leaves(personnel.acting(), staff_id=mei.id)
    personnel.undo(run)
    assert [row.kept_why for row in rows(run)] == [why, ""]
    assert not Staff.objects.get(name="吴小敏").is_active
    assert Staff.objects.get(name="单小梅").is_active == (since != "left")


def test_a_role_ended_and_given_anew_is_not_ended_by_the_undo(personnel: Personnel) -> None:
    run = personnel.take(personnel.read(ZHOU))
    zhou = cast.person("周航").id
    people.end_role(personnel.acting(), staff_id=zhou, role="receptionist")
    people.assign_role(personnel.acting(), staff_id=zhou, role="receptionist")
    personnel.undo(run)
    assert roles_of("周航") == {"salesperson", "receptionist"}


def test_an_import_undone_halfway_takes_back_what_it_took(
    personnel: Personnel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(StaffImporter, "chunk", 2)
    run = personnel.read(*[[f"新人{n}", "", "", "接待员"] for n in range(5)])
    actions.apply_import(personnel.acting(), run_id=run.id, whole=True, receivers=False)
    chunks.apply_some(run_id=run.id, at=personnel.now, seconds=0)
    assert Staff.objects.filter(name__startswith="新人").count() == 2
    personnel.undo(run)
    assert run.state == "undone"
    assert not Staff.objects.filter(name__startswith="新人", is_active=True).exists()
    assert Staff.objects.filter(name__startswith="新人").count() == 2


# Whose, and for how long


def test_someone_elses_sheet_cannot_be_touched(personnel: Personnel) -> None:
    run = personnel.read(GOOD)
    with pytest.raises(Refused, match="没有找到这次导入"):
        actions.apply_import(personnel.acting("顾北"), run_id=run.id, whole=True, receivers=False)
    with pytest.raises(Refused, match="没有找到这次导入"):
        actions.drop_import(personnel.acting("顾北"), run_id=run.id)
    personnel.take(run)
    with pytest.raises(Refused, match="没有找到这次导入"):
        personnel.undo(run, by="顾北")


def test_what_nobody_confirmed_and_what_was_refused_is_forgotten_after_a_day(
    personnel: Personnel,
) -> None:
    waiting = personnel.read(GOOD)
    taken = personnel.take(
        personnel.read(["新人", "123", "", "接待员"], ["吴小敏", "", "", "前台"])
    )
    actions.forget_old_files(at=personnel.now + timedelta(hours=25))
    for run in (waiting, taken):
        assert not ImportRow.objects.filter(of=run).exclude(cells=None, told=None).exists()
    waiting.refresh_from_db()
    assert waiting.state == "dropped"
    personnel.undo(taken)
    assert not Staff.objects.get(name="吴小敏").is_active


def test_the_slips_are_the_next_step_then_where_new_passwords_are_given(
    personnel: Personnel,
) -> None:
    run = personnel.take(personnel.read(GOOD))
    step = STAFF.next_step(run, personnel.acting())
    assert step is not None
    assert (step.address, "1 张" in step.label) == (f"/staff/slips/{run.id}/", True)
    personnel.now += timedelta(minutes=31)
    step = STAFF.next_step(run, personnel.acting())
    assert step is not None
    assert step.address == "/staff/"
    assert "还有 1 人没有登录过" in step.hint
    Staff.objects.filter(name="单小梅").update(must_change_password=False)
    assert STAFF.next_step(run, personnel.acting()) is None


def test_a_sheet_of_text_is_read_like_a_workbook(personnel: Personnel) -> None:
    data = "姓名,手机,角色\r\n单小梅,13812345678,接待员\r\n".encode("gb18030")
    assert len(excel(GOOD)) > len(data)
    run_id = actions.take_as_proposed(
        personnel.acting(), kind="staff", file_name="名单.csv", data=data
    )
    run = personnel.work(ImportRun.objects.get(id=run_id))
    assert verdicts(run) == ["new"]
