"""Figures say what happened, the same questions however many rows; the certificate is signed and can fail."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client

from tests.force import unguarded
from tests.gallery.conftest import ZONE, Gallery
from tests.gallery.test_reception import signed_in
from yingbin.gallery.actions import days, steps
from yingbin.gallery.actions.outage import Late, enter_late
from yingbin.gallery.actions.steps import NeedsTold
from yingbin.gallery.models import GalleryDay, TurnDecision, Visit
from yingbin.gallery.queries import board as boards
from yingbin.gallery.queries.today import so_far
from yingbin.journal.models import Entry
from yingbin.matters.models import Matter
from yingbin.reports import actions, cli, queries
from yingbin.reports.models import DayCertificate

DAY = date(2026, 11, 21)


@pytest.fixture
def closed(hall: Gallery) -> Gallery:
    """A day with three receptions, one peer, and one named customer, closed."""
    first = hall.arrive(name="甲", phone="13812340001", first_visit=True, group_size=3)
    needs = NeedsTold(area_min=89, area_max=110, rooms="3", purpose="better", source="friend")
    hall.do(steps.note_needs, "林悦", visit_id=first.id, needs=needs)
    hall.later(30)
    hall.finish(first, units_wanted=3)
    for told in ({"first_visit": False, "not_found": True}, {"named": "陈思远"}, {"kind": "peer"}):
        visit = hall.arrive(name="乙", **told)
        hall.later(20)
        hall.finish(visit)
    hall.do(days.close_gallery, "郑岚")
    return hall


def test_the_figures_are_those_of_the_day(closed: Gallery) -> None:
    found = queries.figures(closed.site, DAY, DAY)
    assert (found.groups, found.first, found.again, found.many_units) == (3, 2, 1, 1)
    assert found.rooms == {"三房": 1}
    assert found.sources == {"朋友介绍": 1}
    assert found.areas["90–119㎡"] == 1
    by_name = {p.name: p for p in found.people}
    assert by_name["林悦"].counted == by_name["周航"].counted == by_name["陈思远"].counted == 1
    assert (
        by_name["陈思远"].uncounted + sum(p.uncounted for n, p in by_name.items() if n != "陈思远")
        == 1
    )
    assert by_name["陈思远"].owed == 1
    assert sum(p.share for p in found.people) == pytest.approx(
        sum(p.by_queue for p in found.people)
    )


@pytest.mark.clause("TQ-11")
def test_paper_of_a_day_that_was_never_opened_counts_on_that_day_and_the_pages_say_so(
    client: Client, hall: Gallery
) -> None:
    hall.finish(hall.arrive(name="今天的", group_size=2))
    then = hall.now - timedelta(days=2)
    late = Late(began_at=then, receiver=hall.id("周航"), name="前天的", group_size=3)
    hall.do(enter_late, "郑岚", lines=[late])
    assert Visit.objects.get(called="前天的").day.day == DAY  # filed under the day it was entered
    there, here = then.date(), DAY
    assert [queries.figures(hall.site, d, d).guests for d in (there, here)] == [3, 2]
    assert queries.figures(hall.site, there, there).receptions.n == 1
    live = boards.board(hall.site)
    assert live is not None
    assert so_far(live, hall.now).guests == 2
    page = signed_in(client, hall, "郑岚")
    assert "3 人，其中补录 1 批" in page.get(f"/reports/?kind=day&day={there}").content.decode()
    assert "按客户来的日子算" in page.get(f"/reports/?kind=day&day={here}").content.decode()
    assert "那天没有开过场也一样" in page.get("/gallery/outage/late/").content.decode()


@pytest.mark.parametrize("groups", [1, 12])
def test_the_page_asks_the_same_questions_however_much_happened(
    client: Client, hall: Gallery, groups: int, django_assert_num_queries: object
) -> None:
    for n in range(groups):
        hall.finish(hall.arrive(name="客户", phone=f"1381234{n:04d}"))
    page = signed_in(client, hall, "郑岚")
    page.get("/reports/?kind=day&day=2026-11-21")
    with django_assert_num_queries(12):  # type: ignore[operator]
        page.get("/reports/?kind=day&day=2026-11-21")


def test_a_salesperson_sees_their_own_line_and_the_teams_sums(
    client: Client, closed: Gallery
) -> None:
    text = signed_in(client, closed, "林悦").get("/reports/?day=2026-11-21").content.decode()
    assert "我的有效接待" in text
    assert "周航" not in text
    assert signed_in(client, closed, "苏晴").get("/reports/").status_code == 403


@pytest.mark.clause("TQ-11")
def test_a_closed_day_is_certified_once_and_anyone_can_check_the_signature(
    client: Client, closed: Gallery, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert actions.tick(closed.now) == 1
    assert actions.tick(closed.now) == 0
    certificate = DayCertificate.objects.get()
    assert certificate.holds
    assert Entry.objects.filter(kind="day.certified").count() == 1
    page = signed_in(client, closed, "林悦")
    assert "公平" in page.get("/reports/certificate/2026-11-21/").content.decode()
    file = tmp_path / "c.json"
    file.write_bytes(page.get("/reports/certificate/2026-11-21/file/").content)
    assert verified(file) == 0
    told = json.loads(file.read_text())
    told["findings"][0]["checked"] += 1
    file.write_text(json.dumps(told))
    assert verified(file) == 1
    assert "签名不成立" in capsys.readouterr().out


def verified(file: Path) -> int:
    import argparse

    return cli.run_verify(argparse.Namespace(file=file, key=None))


@pytest.mark.clause("TQ-11")
@pytest.mark.parametrize("what", ["receiver", "counted"])
def test_a_decision_changed_behind_the_houses_back_is_not_certified(
    closed: Gallery, what: str
) -> None:
    wrong = TurnDecision.objects.filter(kind="received", turn="queue").order_by("seq").first()
    assert wrong
    turned = "receiver = %s" if what == "receiver" else "counted = %s"
    value = closed.id("吴敏") if what == "receiver" else False
    unguarded(f"update floor_turndecision set {turned} where id = %s", value, wrong.id)
    certificate = actions.issue(day=GalleryDay.objects.get(), at=closed.now)
    assert not certificate.holds
    assert any("重放" in f["broken"] for f in certificate.body["findings"])


def test_a_day_without_a_gallery_is_empty(hall: Gallery) -> None:
    found = queries.figures(hall.site, DAY + timedelta(days=9), DAY + timedelta(days=9))
    assert found.groups == 0
    assert found.people == []


@pytest.mark.clause("TQ-10")
def test_how_many_units_are_many_is_said_in_one_place(
    hall: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yingbin.rules.turns.decide.MANY_UNITS", 2)
    hall.finish(hall.arrive(name="张伟"), units_wanted=2)
    today = hall.now.astimezone(ZONE).date()
    assert Matter.objects.filter(kind="alert", about__units=2).exists()
    assert queries.figures(hall.site, today, today).many_units == 1
