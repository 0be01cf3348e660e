"""The demo's headquarters: visits of the four classes at every stage, by the actions people use."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.cast import SATURDAY, gallery
from yingbin.people.models import Site
from yingbin.tours import demo
from yingbin.tours.checking import Replayed
from yingbin.tours.models import TourVisit
from yingbin.web.demo import build


@pytest.mark.clause("CV-2")
def test_the_demo_has_each_class_and_each_stage_and_its_rules_agree(
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
    rows = list(TourVisit.objects.filter(site_id=site))
    assert {row.klass for row in rows} == {"general", "important", "key_account", "institution"}
    stages = {row.status for row in rows}
    assert {"approved", "awaiting", "declined", "withdrawn", "over", "lapsed"} <= stages, stages
    assert list(Replayed(site).faults()) == []
    assert sum(len(row.state["passes"]) for row in rows) > 5
