"""Nobody is kept out: axe-core over every page that somebody can open, by day and by night, on a phone and a desk.

One load a page: the whole of axe at both widths, and the contrast once more in the other light. The rules are
WCAG 2.2 A and AA and axe's own best practices; a page fails with each rule, what it hit, and where.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from django.test import Client
from django.urls import get_resolver
from playwright.sync_api import Browser, Page

from tests.floor.conftest import Gallery
from tests.project.test_access import BACKEND, CAST, walk
from yingbin.floor.actions import calls, cases, presence, receptions
from yingbin.floor.actions.calls import Rang
from yingbin.floor.models import Dispute, RegisterEntry, TurnEvent, Visit
from yingbin.matters.models import Matter
from yingbin.people.access import SIGNED_IN_BY
from yingbin.people.models import Staff

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
# Downloads, streams, and pages of other programs' making.
NOT_PAGES = re.compile(
    r"^(live|static|api|accounts)/|\.(xlsx|webmanifest|js)$|/(packet|file|report)/$"
)
RUN = """(only) => axe.run(document, only ? { runOnly: [only] } : {}).then((found) => found.violations.map((v) =>
  `${v.id} (${v.impact}): ${v.nodes.slice(0, 4).map((n) => n.target.join(" ")).join(" · ")}`))"""


@pytest.fixture
def busy(hall: Gallery) -> Gallery:
    """A gallery in the middle of its day: calls, a quarrel, somebody waiting, a claim, things that are due."""
    hall.do(
        calls.record_call, "陈思远", rang=Rang(phone="13812341234", name="张伟", asked="问三房")
    )
    visit = hall.arrive(name="张伟", phone="13812341234")
    hall.finish(visit, units_wanted=3)
    visit.refresh_from_db()
    hall.do(
        cases.open_dispute, "陈思远", customer_id=visit.customer_id,
        parties=[hall.id("林悦")], words="这位客户来电是我接的",
    )  # fmt: skip
    for n in range(5):
        hall.arrive(name=f"客户{n}", phone=f"1390000000{n}")
    later = Visit.objects.get(number=2)
    hall.do(
        receptions.claim_unrelated, hall.receiver(later), visit_id=later.id, note="装修公司的人"
    )
    hall.do(presence.ask_business_leave, "林悦", note="去建行送资料")
    return hall


def filled(hall: Gallery, route: str) -> str | None:
    """The address with real things in it; None where this day has no such thing."""
    known: dict[str, Any] = {
        "visit_id": Visit.objects.get(number=2).id,
        "customer_id": Visit.objects.get(number=1).customer_id,
        "dispute_id": Dispute.objects.get().id,
        "event_id": TurnEvent.objects.filter(decisions__isnull=False).first().id,  # type: ignore[union-attr]
        "entry_id": RegisterEntry.objects.first().id,  # type: ignore[union-attr]
        "matter_id": Matter.objects.first().id,  # type: ignore[union-attr]
        "staff_id": hall.id("吴敏"),
        "clause_id": "TQ-8",
        "code": "TQ",
    }
    path = route
    for name in re.findall(r"<\w+:(\w+)>", route):
        if name not in known:
            return None
        path = re.sub(rf"<\w+:{name}>", str(known[name]), path)
    return f"/{path}"


def pages(hall: Gallery, who: Client, seen: set[str]) -> Iterator[str]:
    """Every address that gives this person a page and wasn't seen, and those of their navigation."""
    home = who.get("/", follow=True)
    own = {str(item["url"]) for item in (home.context or {}).get("nav", [])}
    for route, _ in walk(get_resolver().url_patterns):
        path = None if NOT_PAGES.search(route) else filled(hall, route)
        if path is None or (path in seen and path not in own):
            continue
        answer = who.get(path)
        # Pieces that a script puts into a page are looked at there.
        if answer.status_code == 200 and b"<html" in getattr(answer, "content", b""):
            yield path


def signed_in(hall: Gallery, name: str) -> Client:
    browser = Client()
    browser.force_login(Staff.objects.get(id=hall.id(name)), backend=BACKEND)
    session = browser.session
    session[SIGNED_IN_BY] = "second_factor"
    session.save()
    return browser


def faults(page: Page) -> Iterator[str]:
    """What axe finds on the open page; a colour on its way to another is none."""
    page.add_style_tag(content="*, *::before, *::after { transition: none !important }")
    for size, light, other in ((DESK, "light", "dark"), (PHONE, "dark", "light")):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        for now, only in ((light, None), (other, "color-contrast")):
            page.emulate_media(color_scheme=now, reduced_motion="reduce")  # type: ignore[arg-type]
            for fault in page.evaluate(RUN, only):
                yield f"{size['width']} px, {now}: {fault}"


# Each page is looked at with the first of these who can open it, and with everyone in whose navigation it stands.
ROLES = [
    "sales_manager",
    "salesperson",
    "receptionist",
    "administrator",
    "lead",
    "auditor",
    "screen",
    "",
]


@pytest.mark.slow
def test_axe_finds_nothing_on_any_page(
    busy: Gallery, chromium: Browser, served: str, subtests: pytest.Subtests
) -> None:
    seen: set[str] = set()
    for role in ROLES:
        context = chromium.new_context(base_url=served, locale="zh-CN", bypass_csp=True)
        context.add_init_script(AXE)
        client = signed_in(busy, CAST[role]) if role else Client()
        if role:
            key = str(client.session.session_key)
            context.add_cookies([{"name": "sessionid", "value": key, "url": served}])
        page = context.new_page()
        for path in pages(busy, client, seen):
            seen.add(path)
            with subtests.test(f"{role or 'stranger'} {path}"):
                page.goto(path, wait_until="domcontentloaded")
                assert not list(faults(page))
        context.close()
    assert len(seen) >= 50
