"""The demo's estate has a few days behind it and one under way, played by the actions people use."""

from collections import Counter

import pytest
from django.db.models import Count
from django.utils import timezone

from tests.cast import SATURDAY, gallery
from yingbin.desk.checking import Replayed
from yingbin.desk.choices import chosen_at
from yingbin.desk.demo import PAST, EstatePast
from yingbin.desk.demo_quarter import DAYS, many, stories
from yingbin.desk.models import ComplaintCause, DeskMatter, Quote, Reduction, StockMove
from yingbin.matters.models import Matter, MatterLink, Recusal
from yingbin.people.models import Site, Staff
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
    past = EstatePast(quarter=2)
    while not past.progress(site).is_over:
        past.play_next(site, at)
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
    assert Reduction.objects.count() == 1, "a refund that the supervisor allowed"
    assert StockMove.objects.filter(what="out").count() >= 2, "material that was used"
    assert {row.cause for row in ComplaintCause.objects.all()} == {"neighbour", "manner"}
    kept_out = Recusal.objects.get(matter__kind="complaint")
    assert kept_out.staff_id == Staff.objects.get(account="guifang").id
    assert Matter.objects.filter(kind="correction", closed_at=None).count() >= 2
    chosen = chosen_at(site, at)
    assert chosen.scoped
    assert all(one.departments or one.instead for one in chosen.offered), "who serves each subject"
    changed = Quote.objects.values("matter").annotate(many=Count("id")).filter(many=2)
    assert changed.count() >= 2, "a price that changed on site"
    assert MatterLink.objects.filter(how="parent").count() == 2, "homes that tell of one fault"


def test_a_quarter_year_has_matters_of_every_kind_and_no_day_without_one() -> None:
    days = [list(stories(day, [(f"{day}-1-101", "")] * many(day))) for day in range(DAYS)]
    assert (PAST.days, min(map(len, days))) == (94, 2)
    kinds = Counter(one.kind for day in days for one in day)
    assert sum(kinds.values()) > 250
    assert min(kinds[k] for k in ("enquiry", "help", "paid", "suggestion", "complaint")) >= 6
    assert all(0 <= one.at < 330 for day in days for one in day), "all of it within the day"
