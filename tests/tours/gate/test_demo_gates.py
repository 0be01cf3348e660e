"""The demo's gates: guests came and went, a line was lost, passes are accounted for, and rules, rows and journal agree."""

import pytest
from django.utils import timezone

from tests.tours.played import headquarters_played
from yingbin.tours.gate_checking import GatesReplayed
from yingbin.tours.models import GateBreach, GateClash, GateEvent, PassPlace, VisitorPass


@pytest.mark.clause("CV-4.1", "CV-4.2")
def test_the_demo_shows_a_gate_that_was_used_and_its_rules_agree(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = headquarters_played(monkeypatch).id
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
        assert place.visitor_pass.ends_at > timezone.now(), "nobody stays behind"
