"""Nobody is kept out of corporate visits: the demo's headquarters, looked over by everybody there and by a visitor."""

import pytest
from django.urls import reverse
from playwright.sync_api import Browser

from tests.journeys.axe import Walk, starts_of
from tests.journeys.window import inside
from tests.tours.played import headquarters_played
from yingbin.people.models import Site, Staff
from yingbin.tours.models import GateDevice

WALKERS = {
    "jiangnan": "reception_department",
    "baihe": "administration",
    "yanming": "senior",
    "hanmei": "department_head",
    "mengang": "guard",
    "heyuan": "operations_manager",
}
# A visitor's own link is known to the visitor alone; its pages are made of the application's fields. A printing's part is a PDF.
ELSEWHERE = {
    "visit/<slug:code>/<str:secret>/",
    "visit/<slug:code>/<str:secret>/change/",
    "visit/<slug:code>/<str:secret>/guests/",
    "visit/<slug:code>/<str:secret>/passes/",
    "tours/prints/<uuid:run_id>/<int:number>/",
}
# Visits of the four classes at every stage; a gate with a device and one without.
MANY = {"tours/<uuid:visit_id>/": 8}


@pytest.fixture
def headquarters(db: None, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The demo's headquarters on a Saturday afternoon, after one week of visits."""
    return headquarters_played(monkeypatch)


def test_every_page_of_corporate_visits_is_open_to_everybody(
    headquarters: Site, chromium: Browser
) -> None:
    walk = Walk(lambda route: route.startswith(("tours/", "gate/", "visit/")), MANY)
    off = reverse("tours:gate_shell", args=[GateDevice.objects.latest("id").id])
    people = {account: Staff.objects.get(account=account) for account in WALKERS}
    for account, role in WALKERS.items():
        more = [off] if role == "guard" else []
        walk.over(role, inside(chromium, people[account]), [*more, *starts_of(role)])
    form = reverse("tours:public", args=[headquarters.code])
    walk.over("visitor", inside(chromium), [form, f"{form}?lang=en"])
    assert not walk.wrong, "\n".join(walk.wrong)
    assert walk.missed(ELSEWHERE, people.values()) == [], "pages nobody looked at"
