"""The demo's headquarters, for tests that look at what its past leaves behind."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.cast import SATURDAY, gallery
from yingbin.people.models import Site
from yingbin.tours import demo
from yingbin.web.demo import build


def headquarters_played(monkeypatch: pytest.MonkeyPatch) -> Site:
    """After one week of visits and what comes now; the clock stands on a Saturday afternoon."""
    at = SATURDAY.replace(hour=15)
    monkeypatch.setattr(demo, "WEEKS", 1)
    monkeypatch.setattr(demo, "STEPS", 2)
    gallery(SATURDAY - timedelta(days=100))
    build.found_further(SATURDAY - timedelta(days=100))
    monkeypatch.setattr(timezone, "now", lambda: at)
    site = Site.objects.get(kind="headquarters")
    while not demo.PAST.progress(site.id).is_over:
        demo.PAST.play_next(site.id, at)
    return site
