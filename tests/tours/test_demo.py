"""The demo's headquarters: visits of the four classes at every stage, by the actions people use."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.tours.played import headquarters_played
from yingbin.people.calendar import ZONE
from yingbin.tours import demo
from yingbin.tours.checking import Replayed
from yingbin.tours.demo_story import WEEK, week
from yingbin.tours.hosting import hosting
from yingbin.tours.models import TourVisit
from yingbin.tours.queries.day import day_plan


@pytest.mark.clause("CV-2")
def test_the_demo_has_each_class_and_each_stage_and_its_rules_agree(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = headquarters_played(monkeypatch).id
    rows = list(TourVisit.objects.filter(site_id=site))
    assert {row.klass for row in rows} == {"general", "important", "key_account", "institution"}
    stages = {row.status for row in rows}
    assert stages == {choice.value for choice in TourVisit.Status}, stages
    assert list(Replayed(site).faults()) == []
    assert sum(len(row.state["passes"]) for row in rows) > 5


@pytest.mark.clause("CV-3.3.2", "CV-3.3.3", "CV-3.3.4")
def test_the_demo_shows_how_a_key_account_is_prepared_and_what_is_still_missing(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = headquarters_played(monkeypatch).id
    rows = {row.visitor[:4]: row for row in TourVisit.objects.filter(site_id=site)}
    ready, halfway = hosting(rows["恒远集团"]), hosting(rows["华东家电"])
    assert (ready.rehearsal and ready.rehearsal.passed, ready.companions[0].answer) == (
        True,
        "confirmed",
    )
    assert (ready.meal and ready.meal.approval, halfway.meal and bool(halfway.meal.approval)) == (
        "",
        True,
    )
    assert [note.version for note in halfway.notes] == [1, 2]
    assert [one.answer for one in halfway.companions] == ["declined", "asked"]
    assert halfway.rehearsal is not None
    assert not halfway.rehearsal.passed


@pytest.mark.clause("CV-3.4.1")
def test_one_morning_of_the_demo_shows_what_meets_and_which_competitors_keep_apart(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = headquarters_played(monkeypatch).id
    now = timezone.now()
    plan = day_plan(site, (now + timedelta(days=2)).astimezone(ZONE).date(), now)
    assert plan.clashing == (
        "韩梅 09:15—09:40 同时在两批客人那里：市总工会劳模参观团、雄峰压缩机。",
        "市总工会劳模参观团：没有空的房间。",
    )
    assert [(one.words, one.state) for one in plan.apart] == [
        ("雄峰压缩机和澜海冷链是同行（家电），不去同一个区域。", "已错开"),
        ("雄峰压缩机和远航小家电是同行（家电），同一个区域最少隔开 270 分钟。", "已错开"),
        ("澜海冷链和远航小家电是同行（家电），不去同一个区域。", "已错开"),
    ]


def test_each_week_of_the_demo_has_other_guests() -> None:
    weeks = [tuple(one.visitor for one in week(n)) for n in range(demo.WEEKS)]
    assert len({name for names in weeks for name in names}) == demo.WEEKS * len(WEEK)
