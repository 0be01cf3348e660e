"""Nobody is kept out of the residents' desk: the demo's office, looked over by everybody who works there."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser

from tests.cast import SATURDAY, gallery
from tests.importing.personnel import excel
from tests.importing.worker import works_on
from tests.journeys.axe import Walk, starts_of
from tests.journeys.window import inside
from yingbin.desk import demo_estate
from yingbin.desk.demo import EstatePast
from yingbin.desk.importing.importer import ESTATE
from yingbin.desk.importing.prices import PRICES_IMPORT
from yingbin.desk.models import DeskMatter, Payment
from yingbin.importing import actions as importing
from yingbin.importing.declared import AnyImporter
from yingbin.importing.uploads import Setting
from yingbin.journal.action import Acting
from yingbin.people.models import Site, Staff
from yingbin.web.demo import build

# A clerk, the department that works and its head, the guard, who supervises, who manages.
WALKERS = {
    "luojing": "desk_clerk",
    "fanqiang": "department",
    "gongcheng": "department_head",
    "panwei": "duty_guard",
    "shenyi": "desk_supervisor",
    "guming": "desk_manager",
}
# Of paid work that is being done right now, which none of the four days leaves; made of the quote's fields.
ELSEWHERE = {"desk/<uuid:matter_id>/finish/"}
# Matters of five kinds in all their states; homes with and without people.
MANY = {"desk/<uuid:matter_id>/": 8, "desk/estate/homes/<uuid:home_id>/": 2}
AT = SATURDAY.replace(hour=15)
# Of the 1,200 homes a walk opens one.
FEW = {*demo_estate.KNOWN, demo_estate.MOVED_OUT[0]}


@pytest.fixture
def office(db: None, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The management office of the demo on a Saturday afternoon, with four days of matters of every kind."""
    rooms = [(int(b), int(e), room) for b, e, room in (label.split("-") for label in sorted(FEW))]
    monkeypatch.setattr(demo_estate, "_rooms", lambda: iter(rooms))
    gallery(SATURDAY)
    build.found_further(SATURDAY)
    monkeypatch.setattr(timezone, "now", lambda: AT)
    site = Site.objects.get(kind="management_office")
    for past in (demo_estate.PAST, EstatePast(quarter=0)):
        while not past.progress(site.id).is_over:
            past.play_next(site.id, AT)
    return site


def lists_brought(site: Site) -> None:
    """Two lists of homes and two of prices: one of each is read, of the other the columns are to be said."""
    homes = excel(
        ["3-2-1805", "张三", "13800138000"], ["", "李四", ""], head=["房号", "业主姓名", "电话"]
    )
    _brought(site, "luojing", ESTATE, homes, {})
    lines = (["A01", "疏通下水道", "90"], ["A08", "", "面议"])
    prices = excel(*lines, head=["编号", "名称", "人工"])
    _brought(site, "shenyi", PRICES_IMPORT, prices, {"valid_from": f"{AT:%Y-%m-%d}"})


def _brought(
    site: Site, account: str, importer: AnyImporter, data: bytes, options: dict[str, Setting]
) -> None:
    who, kind = Staff.objects.get(account=account).id, importer.kind
    told = {"kind": kind, "file_name": "表.xlsx", "data": data, "told": options}
    acting = Acting(site.id, f"read {kind}", who, AT)
    survey = importing.looked_over(importer, acting, data, "表.xlsx")
    importing.take_as_proposed(acting, **told)
    works_on(AT)
    later = Acting(site.id, f"kept {kind}", who, AT + timedelta(seconds=1))
    importing.upload(later, survey=survey, **told)


def test_every_page_of_the_residents_desk_is_open_to_everybody(
    office: Site, chromium: Browser
) -> None:
    lists_brought(office)
    walk = Walk(lambda route: route.startswith("desk/"), MANY)
    one = DeskMatter.objects.filter(matter__kind="complaint").latest("seq").matter_id
    paid = Payment.objects.earliest("seq")
    receipt = reverse("desk:receipt", args=[paid.matter.matter_id, paid.id])
    people = {account: Staff.objects.get(account=account) for account in WALKERS}
    for account, role in WALKERS.items():
        more = [reverse("desk:complaint", args=[one])] if role == "desk_supervisor" else []
        more += [receipt] if role == "desk_clerk" else []
        walk.over(role, inside(chromium, people[account]), [*more, *starts_of(role)])
    assert not walk.wrong, "\n".join(walk.wrong)
    assert walk.missed(ELSEWHERE, people.values()) == [], "pages nobody looked at"
