"""Nobody is kept out of a page: axe-core over every page each role can open, by day and night, on phone and desk."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page

from tests.cast import SATURDAY
from tests.gallery.conftest import Gallery
from tests.journeys.axe import Walk, faults, starts_of
from tests.journeys.conftest import Enter
from tests.journeys.window import AXE, SIZES, inside
from tests.journeys.world import lived_in
from yingbin.people.models import Staff

ROLES = {
    "sales_manager": "郑岚",
    "lead": "许诺",
    "receptionist": "苏晴",
    "salesperson": "林悦",
    "administrator": "顾北",
    "auditor": "秦明",
    "screen": "案场大屏",
}
# Pages of a state in which none of the walks stands: a second factor half set up, slips and a sheet of people
# under way, somebody who left, a shared tablet, a session that just ended. They are made of the same fields.
ELSEWHERE = {
    *("login/code/", "login/again/", "login/here/", "me/code/", "me/code/recovery/"),
    *("staff/<uuid:staff_id>/return/", "staff/sheet/<uuid:run_id>/", "staff/slips/<uuid:slips_id>/"),
    *("switch/<uuid:staff_id>/", "gallery/guest/thanks/", "back/"),
    *("gallery/register/imports/<uuid:run_id>/columns/", "staff/sheet/<uuid:run_id>/columns/"),
}  # fmt: skip
# Looked at by the two journeys below.
BELOW = {
    *("gallery/guest/", "gallery/guest/glass/", "gallery/visit/<uuid:visit_id>/sign/", "logout/"),
    *("setup/", "setup/administrator/", "setup/site/"),
    *("setup/posts/", "setup/people/", "setup/done/"),
}


def elsewhere(route: str) -> bool:
    """Whether a walk of its own looks at it: a show flat's, the residents' desk's, corporate visits'."""
    return route.startswith(("duty/", "approvals/<", "desk/", "tours/", "gate/", "visit/"))


def test_every_page_is_open_to_everybody(
    db: None, chromium: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    # At night nothing is under way, and a page that nobody has is looked at by nobody.
    monkeypatch.setattr(timezone, "now", lambda: SATURDAY.replace(hour=15))
    lived_in()
    walk = Walk(lambda route: not elsewhere(route))
    people = [Staff.objects.get(name=name) for name in ROLES.values()]
    for role, one in zip(ROLES, people, strict=True):
        walk.over(role, inside(chromium, one), starts_of(role))
    walk.over("stranger", inside(chromium), ["/login/"])
    assert not walk.wrong, "\n".join(walk.wrong)
    assert walk.missed(ELSEWHERE | BELOW, people) == [], "pages nobody looked at"


def test_the_customers_screen_is_open_to_everybody(
    hall: Gallery, enter: Enter, chromium: Browser
) -> None:
    visit = hall.arrive()
    page = enter("林悦", "/logout/", phone=True)
    assert not looked_at(page)
    page.goto(f"/gallery/visit/{visit.id}/sign/")
    assert not looked_at(page)
    page.get_by_role("button", name="请客户签", exact=True).click()
    page.get_by_role("heading", name=re.compile("欢迎来到")).wait_for()
    assert not looked_at(page)
    page.get_by_label("您的姓名").fill("王建国")
    page.get_by_label(re.compile("^手机")).fill("13812341234")
    page.get_by_role("radio", name="同意", exact=True).check(force=True)
    page.get_by_role("button", name="下一步").click()
    page.locator("[data-glass][data-ready]").wait_for()
    assert not looked_at(page)


def looked_at(page: Page) -> list[str]:
    """What axe finds on a page that a journey has come to."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = faults(page)
    page.set_viewport_size(SIZES["390"])
    return found


def test_the_first_run_is_open_to_everybody(
    transactional_db: None, served: str, chromium: Browser
) -> None:
    context = chromium.new_context(viewport=SIZES["1280"], locale="zh-CN", base_url=served)
    page = context.new_page()
    page.goto("/setup/")
    steps = [
        {"name": "澄湖置业"},
        {"name": "顾北", "account": "gubei", "phone": "13800010031", "new": "lotus-pond-7", "again": "lotus-pond-7"},
        {"name": "湖畔雅居销售中心", "short_name": "湖畔雅居"},
        {},
    ]  # fmt: skip
    for step in steps:
        assert not looked_at(page), page.url
        for field, value in step.items():
            page.locator(f"[name={field}]").fill(value)
        if kind := page.locator("[name=kind][value=sales_centre]").all():
            kind[0].check(force=True)
        here = page.url
        page.locator("main form button[type=submit]").last.click()
        page.wait_for_url(lambda url, here=here: url != here, wait_until="commit")
    assert page.url.endswith("/setup/people/")
    assert not looked_at(page)
    page.goto("/setup/done/")
    assert not looked_at(page)
    context.close()
