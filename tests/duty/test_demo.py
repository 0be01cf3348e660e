"""The past of a demo's show flat: every day of it, in order, today as far as it has come, and nothing after that."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from yingbin.duty.demo import DAYS, PAST, preparing
from yingbin.duty.export import disagreements
from yingbin.duty.models import (
    CheckAnswer,
    DutyLog,
    FaultReport,
    Incident,
    LineDetail,
    ShowVisit,
    VisitReferral,
    VisitSheet,
)
from yingbin.duty.queries.facts import facts_of
from yingbin.duty.queries.picture import picture
from yingbin.duty.queries.visits import guests_here
from yingbin.duty.ticks import tick
from yingbin.files.models import StoredFile
from yingbin.matters.models import Matter
from yingbin.people.models import Company, Site
from yingbin.web.demo import build

from .flat import MONDAY

SATURDAY = MONDAY + timedelta(days=5)


@pytest.fixture
def flats(db: None, monkeypatch: pytest.MonkeyPatch) -> list[Site]:
    """The demo's two show flats on a Saturday afternoon."""
    monkeypatch.setattr(timezone, "now", lambda: SATURDAY.replace(hour=14, minute=33))
    build.found(SATURDAY - timedelta(days=30))
    build.found_further(SATURDAY - timedelta(days=30))
    assert Company.objects.get().is_demo
    return list(Site.objects.filter(kind="show_flat").order_by("code"))


def played(site: Site, now: datetime) -> list[DutyLog]:
    """Days are played one by one; between two of them the worker looks at what is due."""
    for _ in range(DAYS + 3):
        if PAST.progress(site.id).is_over:
            break
        PAST.play_next(site.id, now)
        tick(now)
    return list(DutyLog.objects.filter(site=site).order_by("day"))


def assert_lines_were_written(flat: Site) -> None:
    """A repair verified with photos, a damage, and a fault that nobody has confirmed yet."""
    handle = Matter.objects.get(title="主卧窗把手松动", site=flat)
    assert handle.closed_at is not None
    shown = StoredFile.objects.filter(about_id=handle.id).values_list("purpose", flat=True)
    assert sorted(shown) == ["after", "before"]
    assert LineDetail.objects.get(matter__title="玄关花瓶打碎", site=flat).value == 680
    assert FaultReport.objects.get(site=flat).state == "waiting"


def assert_visitors_came(flat: Site, now: datetime) -> None:
    """Groups on each of the days, some sent to the sales office; today one is inside and one waits to be met."""
    seen = ShowVisit.objects.filter(site=flat)
    assert {v.day for v in seen} == {now.date() - timedelta(days=n) for n in range(8)}
    assert {g.state for g in guests_here(flat.id, now)} == {"inside", "waiting"}
    assert VisitReferral.objects.filter(site=flat).count() >= 7
    assert VisitSheet.objects.filter(site=flat).count() == 7
    assert facts_of(flat.id, seen[0].post_id) is not None


def test_no_day_is_left_out_and_today_is_as_of_its_own_hours(flats: list[Site], room: Path) -> None:
    now = timezone.now()
    for flat in flats:
        days = played(flat, now)
        assert [d.day for d in days] == [now.date() - timedelta(days=n) for n in range(7, -1, -1)]
        assert PAST.progress(flat.id).is_over
        assert preparing(flat.id) is None
        first = days[-1].events.order_by("index").first()
        assert first is not None
        assert first.at.astimezone(now.tzinfo).hour == 8
        assert [fault for d in days for fault in disagreements(d)] == []
        assert not [p for p in picture(flat.id, now).posts if p.gap]
        answers = CheckAnswer.objects.filter(site=flat)
        assert answers.filter(photos=1).values("log").distinct().count() == len(days)
        assert answers.filter(number=28, result="failed").count() == 1
        assert answers.filter(sent_back__isnull=False, result="ok").count() == 1
        assert_lines_were_written(flat)
        assert_visitors_came(flat, now)


@pytest.mark.parametrize("hour", [1, 5])
def test_at_night_it_ends_too(
    flats: list[Site], monkeypatch: pytest.MonkeyPatch, hour: int
) -> None:
    now = SATURDAY.replace(hour=hour)
    monkeypatch.setattr(timezone, "now", lambda: now)
    assert len(played(flats[0], now)) == DAYS
    assert PAST.progress(flats[0].id).is_over


def test_whoever_comes_to_work_meanwhile_ends_it(flats: list[Site]) -> None:
    PAST.play_next(flats[0].id, timezone.now())
    assert preparing(flats[0].id) is not None
    DutyLog.objects.create(
        site=flats[0], day=timezone.now().date(), began_at=timezone.now(), opening={},
        last_at=timezone.now(),
    )  # fmt: skip
    assert preparing(flats[0].id) is None


@pytest.mark.clause("SF-4.5", "SF-4.6")
def test_the_past_has_a_drill_and_a_disruption_each_with_its_report(flats: list[Site]) -> None:
    played(flats[0], timezone.now())
    found = Incident.objects.filter(site=flats[0], notes__what="report", over_at__isnull=False)
    assert {(i.kind, i.drill) for i in found} == {("disruption", False), ("emergency", True)}
