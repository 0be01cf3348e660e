"""The demo's gates: guests came and went, a line was lost, passes are accounted for, and rules, rows and journal agree."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.cast import SATURDAY, gallery
from yingbin.people.models import Site
from yingbin.tours import demo
from yingbin.tours.gate_checking import GatesReplayed
from yingbin.tours.models import GateBreach, GateClash, GateEvent, PassPlace, VisitorPass
from yingbin.web.demo import build


@pytest.mark.clause("CV-4.1", "CV-4.2")
def test_the_demo_shows_a_gate_that_was_used_and_its_rules_agree(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = SATURDAY.replace(hour=15)
    monkeypatch.setattr(demo, "WEEKS", 1)
    monkeypatch.setattr(demo, "STEPS", 2)
    gallery(SATURDAY - timedelta(days=100))
    build.found_further(SATURDAY - timedelta(days=100))
    monkeypatch.setattr(timezone, "now", lambda: at)
    site = Site.objects.get(kind="headquarters").id
    while not demo.PAST.progress(site).is_over:
        demo.PAST.play_next(site, at)
    events = set(GateEvent.objects.filter(site_id=site).values_list("event", "code"))
    assert {
        ("scan", "ok"),
        ("returned", "ok"),
        ("online", "ok"),
        ("day_end", "ok"),
        ("breach", "ok"),
    } <= events
    assert set(VisitorPass.objects.values_list("fate", flat=True)) >= {"returned", "outstanding"}
    assert GateClash.objects.filter(settled_at__isnull=False).exists()
    assert GateBreach.objects.filter(confirmed=None).exists()
    assert list(GatesReplayed(site).faults()) == []
    for place in PassPlace.objects.select_related("visitor_pass"):
        assert place.visitor_pass.ends_at > at, "nobody stays behind"
