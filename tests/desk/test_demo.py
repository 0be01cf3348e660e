"""The demo's estate has a few days behind it and one under way, played by the actions people use."""

import pytest
from django.utils import timezone

from tests.cast import SATURDAY, gallery
from yingbin.desk.checking import Replayed
from yingbin.desk.demo import PAST
from yingbin.desk.models import DeskMatter
from yingbin.matters.models import MatterLink
from yingbin.people.models import Site
from yingbin.web.demo import build


@pytest.mark.clause("SD-4.1")
def test_the_estate_of_the_demo_is_played_until_today_and_agrees_with_the_rules(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = SATURDAY.replace(hour=15)
    gallery(SATURDAY)
    build.found_further(SATURDAY)
    monkeypatch.setattr(timezone, "now", lambda: at)
    site = Site.objects.get(kind="management_office").id
    while not PAST.progress(site).is_over:
        PAST.play_next(site, at)
    assert list(Replayed(site).faults()) == []
    rows = DeskMatter.objects.filter(site_id=site)
    assert {row.matter.kind for row in rows.select_related("matter")} == {
        "enquiry", "help", "paid", "suggestion", "complaint",
    }  # fmt: skip
    assert rows.filter(callback="due").exists(), "a call-back that waits"
    assert rows.filter(reopened=True).count() == 1, "somebody wasn't satisfied"
    assert rows.filter(callback="done").count() >= 1
    assert rows.filter(linked__isnull=False).count() == 1, "a complaint that came back"
    assert rows.filter(matter__closed_at__isnull=True).count() >= 6
    assert MatterLink.objects.filter(how="parent").count() == 2, "homes that tell of one fault"
