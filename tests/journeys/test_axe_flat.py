"""Nobody is kept out of a show flat's pages, nor a visitor's of it: a busy day, looked over by everybody there."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser

from tests.duty.flat import PEOPLE, Flat
from tests.duty.full import damage, full_day
from tests.duty.line_desk import a_fault
from tests.duty.test_assets_imported import AIR
from tests.duty.test_assets_imported import sheet_of as assets_sheet
from tests.duty.test_roster_file import sheet_of
from tests.duty.test_visit_pages import door
from tests.duty.test_visits import come_in
from tests.importing.worker import works_on
from tests.journeys.axe import Walk, starts_of
from tests.journeys.window import inside
from yingbin.duty.actions import cases, handovers, leave
from yingbin.duty.models import Asset
from yingbin.duty.policies import SIGN_ON
from yingbin.importing import actions as importing
from yingbin.importing.actions.proposed import looked_over
from yingbin.importing.declared import importer_of
from yingbin.journal.action import Acting
from yingbin.people.models import Staff
from yingbin.people.policies import set_policy

# Who opens the pages: at the post, gone home, free today, and who leads, plans and keeps the keys.
# A row of the sheet leads to its check, and shows nothing itself.
LEADS_ON = {"duty/self-checks/<uuid:row>/"}
WALKERS = ("陈", "许", "程", "秦", "叶", "苏")


def busy(flat: Flat) -> Flat:
    """The full day of the wing's records; then a quarter past four with everything still under way."""
    full_day(flat)
    day = flat.now.date() + timedelta(days=3)
    flat.do(leave.ask_leave, "苏", first=day, last=day, sort="ill", words="牙疼")
    flat.sign_on("秦")
    come_in(flat, 3, by="陈")
    a_fault(flat)
    flat.do(
        handovers.start_handover,
        "陈",
        post=flat.post,
        giver=flat.people["陈"],
        receiver=flat.people["秦"],
        keys=("大门1号",),
    )
    flat.do(set_policy, "许", name=SIGN_ON.name, values={"code": True}, reason="到岗要在现场")
    flat.do(cases.open_case, "陈", kind="emergency", post=flat.post, type="停电")
    return flat


def lists_brought(flat: Flat) -> None:
    """A roster of December and a list of assets: of each one is read, of the other the columns are to be said."""
    roster = sheet_of(
        ["姓名", "12月1日", "12月2日", "12月3日"],
        ["叶", "早", "休", "晚"],
        ["谁", "早", "早", "夜"],
    )
    acting = Acting(flat.site, "lists", flat.people["许"], flat.now)
    for kind, data in (("roster", roster), ("assets", assets_sheet(AIR))):
        told = {"kind": kind, "file_name": f"{kind}.xlsx", "data": data}
        survey = looked_over(importer_of(kind), acting, data, "又一份.xlsx")
        flat.do(importing.take_as_proposed, "许", **told)
        flat.do(importing.upload, "许", survey=survey, **told)
    works_on(flat.now)


def test_every_page_of_a_show_flat_is_open_to_everybody(
    db: None, chromium: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    flat = busy(Flat())
    lists_brought(flat)
    monkeypatch.setattr(timezone, "now", lambda: flat.now)
    walk = Walk(lambda route: route.startswith(("duty/", "approvals/", "matters/<")))
    people = {who: Staff.objects.get(id=flat.people[who]) for who in WALKERS}
    roles = {who: PEOPLE[who] for who in WALKERS}
    people["郑岚"], roles["郑岚"] = Staff.objects.get(name="郑岚"), "sales_manager"
    for who, role in roles.items():
        more = [reverse("duty:sending", args=[damage(flat)])] if who == "许" else []
        walk.over(role, inside(chromium, people[who]), [*more, *starts_of(role)])
    mark = Asset.objects.filter(given_up_at=None).latest("id").mark
    doors = [door(flat, 2), f"{door(flat, 2)}thanks/", reverse("duty:scan", args=[mark])]
    walk.over("visitor", inside(chromium), doors)
    assert not walk.wrong, "\n".join(walk.wrong)
    assert walk.missed(LEADS_ON, people.values()) == [], "pages nobody looked at"
