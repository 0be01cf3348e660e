"""The demo's headquarters: visits of the four classes at every stage, by the actions people use."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.duty.doors import BACKEND
from tests.tours.played import headquarters_played
from yingbin.pages.wing import Progress
from yingbin.people.calendar import ZONE
from yingbin.people.models import Staff
from yingbin.tours import demo
from yingbin.tours.checking import Replayed
from yingbin.tours.demo import HeadquartersPast
from yingbin.tours.demo_story import WEEK, week
from yingbin.tours.hosting import hosting
from yingbin.tours.models import GateDevice, TourVisit
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


def test_a_gate_opens_once_the_past_has_been_played(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = headquarters_played(monkeypatch)
    guard, device = Client(), GateDevice.objects.filter(gate__site=here).earliest("id")
    guard.force_login(Staff.objects.get(account="mengang"), backend=BACKEND)
    page = f"/s/{here.code}{reverse('tours:gate', args=[device.id])}"
    with monkeypatch.context() as still:
        still.setattr(HeadquartersPast, "progress", lambda self, site: Progress(8, 9))
        answer = guard.get(page, follow=True)
        assert "准备好了再开门岗" in answer.content.decode()
        device.refresh_from_db()
        assert device.held_at is None, "nobody's phone has it"
    assert "扫码，或输入证号" in guard.get(page).content.decode()


def test_each_week_of_the_demo_has_other_guests() -> None:
    weeks = [tuple(one.visitor for one in week(n)) for n in range(demo.WEEKS)]
    assert len({name for names in weeks for name in names}) == demo.WEEKS * len(WEEK)
