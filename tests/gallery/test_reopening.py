"""收场先问一句，收了还能重新开场: the day goes on as the same day, and its next closing replaces the former (TQ-11)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.gallery.conftest import Gallery
from tests.gallery.leaving import day_is_one, ended_unseen
from tests.gallery.test_pages import as_
from yingbin.gallery import ticks
from yingbin.gallery.actions import days, presence, receptions
from yingbin.gallery.actions.reopening import reopen_gallery
from yingbin.gallery.actions.winding_up import wind_up
from yingbin.gallery.models import GalleryDay, Reopening, StandingOrder, TurnEvent, Visit
from yingbin.gallery.queries import board as boards
from yingbin.journal import verify
from yingbin.journal.export import export_lines
from yingbin.journal.models import DayRoot, Entry
from yingbin.matters.models import Matter
from yingbin.notices.models import Notice
from yingbin.people.models import OpeningHours
from yingbin.reports import actions as reports
from yingbin.reports.models import DayCertificate
from yingbin.rules.decision import Refused

# How that Saturday stands in the end, whether or not it was closed in between.
AFTER = ["周航", "林悦", "吴敏", "陈思远"]
OWES: dict[str, int] = {}


def reopen(hall: Gallery, *gone: str, by: str = "郑岚", reason: str = "约好的客户晚到") -> None:
    hall.do(reopen_gallery, by, reason=reason, gone=[hall.id(n) for n in gone])


@pytest.mark.clause("TQ-11")
def test_a_closed_day_goes_on_as_the_same_day_with_its_order_and_numbers(hall: Gallery) -> None:
    hall.finish(hall.arrive())
    day, before = GalleryDay.objects.get(), hall.queue()
    hall.do(days.close_gallery, "郑岚")
    reopen(hall)
    assert GalleryDay.objects.get(closed_at=None).id == day.id
    assert hall.queue() == before
    visit = hall.arrive()
    assert (visit.number, hall.receiver(visit)) == (2, "周航")
    told = Notice.objects.filter(kind="reopened").values_list("to_id", flat=True)
    assert set(told) == {hall.id(n) for n in before}
    day_is_one(hall)


@pytest.mark.clause("TQ-11")
def test_reopening_needs_a_reason_a_closed_day_and_the_same_date(hall: Gallery) -> None:
    with pytest.raises(Refused, match="正开着场"):
        reopen(hall)
    hall.do(days.close_gallery, "郑岚")
    with pytest.raises(Refused, match="为什么重新开场"):
        reopen(hall, reason=" ")
    hall.later(24 * 60)
    with pytest.raises(Refused, match="往日不能再开"):
        reopen(hall)
    assert not Reopening.objects.exists()


def test_whoever_went_home_is_signed_out_and_so_is_whose_role_ended(hall: Gallery) -> None:
    hall.do(days.close_gallery, "郑岚")
    ended_unseen(hall, "陈思远")
    reopen(hall, "林悦")
    assert hall.queue() == ["周航", "吴敏"]
    by = dict(TurnEvent.objects.values_list("event__who", "by"))
    assert by[str(hall.id("林悦"))] == hall.id("郑岚")
    day_is_one(hall)


@pytest.mark.clause("TQ-11")
@pytest.mark.parametrize("closed_in_between", [False, True])
def test_the_order_after_the_second_closing_is_that_of_a_day_closed_once(
    hall: Gallery, closed_in_between: bool
) -> None:
    hall.finish(hall.arrive())
    hall.finish(hall.arrive(named="吴敏"))
    if closed_in_between:
        hall.do(days.close_gallery, "郑岚")
        reopen(hall)
    hall.do(presence.sign_out, "周航", who=hall.id("周航"))
    hall.finish(hall.arrive())
    hall.do(days.close_gallery, "郑岚")
    standing = StandingOrder.objects.get()
    here = ["林悦", "周航", "吴敏", "陈思远"]
    assert [n for n in map(hall.name, standing.order) if n in here] == AFTER
    assert {hall.name(w): n for w, n in standing.owes.items()} == OWES


@pytest.mark.clause("TQ-11")
def test_root_and_certificate_are_made_anew_and_name_what_they_replace(
    client: Client, hall: Gallery
) -> None:
    hall.finish(hall.arrive())
    hall.do(days.close_gallery, "郑岚")
    reports.tick(hall.now)
    reopen(hall)
    page = as_(client, hall, "郑岚")
    certificate = reverse("reports:certificate", args=[f"{hall.now:%Y-%m-%d}"])
    assert "收场后又重新开场" in page.get(certificate).content.decode()
    hall.finish(hall.arrive())
    hall.do(days.close_gallery, "郑岚")
    reports.tick(hall.now)
    first, second = DayCertificate.objects.order_by("closing")
    assert second.body["replaces"] == {"seq": first.seq, "receipt": first.receipt}
    assert "代替之前回执码" in page.get(certificate).content.decode()
    closings = Entry.objects.filter(kind="day.closed").order_by("seq")
    assert [c.body.get("replaces") for c in closings] == [None, closings[0].seq]
    assert DayRoot.objects.filter(size__in=[c.seq for c in closings]).count() == 2
    files = page.get(f"/gallery/decisions/root/{hall.now:%Y-%m-%d}/").json()
    assert files["replaces"]["size"] == closings[0].seq
    roots = [files["root"], files["replaces"]]
    _, faults = verify.verify(export_lines(hall.site), roots=roots)
    assert faults == []


@pytest.mark.parametrize("forged", ["closing", "replaces", "event"])
def test_a_forged_reopening_is_found(hall: Gallery, forged: str) -> None:
    """Every hash and signature may fit: what the entries say must fit too."""
    hall.do(days.close_gallery, "郑岚")
    reopen(hall)
    hall.do(days.close_gallery, "郑岚")
    journal = verify.read(export_lines(hall.site))
    assert verify.check_decisions(journal) == []
    for _, entry in journal.entries:
        if forged == "closing" and entry["kind"] == "day.reopened":
            entry["body"]["closing"] -= 1
        if forged == "replaces" and "replaces" in entry["body"]:
            del entry["body"]["replaces"]
        if forged == "event" and entry["kind"] == "day.reopened":
            entry["kind"] = "day.went_on"
    assert verify.check_decisions(journal)


@pytest.mark.clause("TQ-11")
def test_closing_asks_first_and_says_what_the_day_had_and_how_long_it_has_left(
    client: Client, hall: Gallery
) -> None:
    hall.finish(hall.arrive(group_size=3))
    page = as_(client, hall, "郑岚")
    asked = page.get(reverse("gallery:close")).content.decode()
    assert "现在收场" in asked
    assert "离平时收场还有 9 小时" in asked
    assert boards.board(hall.site) is not None
    page.post(reverse("gallery:close"), {"key": "c"})
    assert boards.board(hall.site) is None


@pytest.mark.clause("TQ-11")
def test_after_closing_every_screen_says_since_when_and_what_can_be_done(
    client: Client, hall: Gallery
) -> None:
    hall.do(days.close_gallery, "郑岚")
    closed = f"今天 {hall.now:%H:%M} 已收场"
    screens = [
        ("郑岚", "supervision"),
        ("林悦", "mine"),
        ("案场大屏", "board"),
        ("苏晴", "arrival"),
        ("苏晴", "waiting"),
    ]
    for name, screen in screens:
        text = as_(client, hall, name).get(reverse(f"gallery:{screen}")).content.decode()
        assert closed in text, screen
        assert "重新开场" in text, screen
        assert "还没有开场" not in text, screen
    board = as_(client, hall, "案场大屏").get(reverse("gallery:board")).content.decode()
    assert "签到码" not in board
    assert "林悦" not in board
    manager = as_(client, hall, "郑岚").get(reverse("gallery:arrival")).content.decode()
    assert f"{reverse('gallery:supervision')}#reopen" in manager


def test_the_manager_opens_again_by_a_form_that_asks_who_is_still_there(
    client: Client, hall: Gallery
) -> None:
    hall.do(days.close_gallery, "郑岚")
    page = as_(client, hall, "郑岚")
    stood = [str(hall.id(n)) for n in ("林悦", "周航", "吴敏", "陈思远")]
    sent = {"key": "r", "stood": stood, "there": stood[:2], "reason": "约好的客户晚到"}
    page.post(reverse("gallery:reopen"), sent)
    assert hall.queue() == ["林悦", "周航"]
    assert as_(client, hall, "林悦").post(reverse("gallery:reopen"), sent).status_code == 403


@pytest.mark.clause("TQ-11")
def test_a_day_left_open_takes_no_arrival_and_no_sign_in_of_the_next_morning(
    client: Client, hall: Gallery
) -> None:
    visit = hall.arrive()
    hall.later(24 * 60)
    with pytest.raises(Refused, match="11月21日还没有收场"):
        hall.arrive()
    with pytest.raises(Refused, match="11月21日还没有收场"):
        hall.do(presence.sign_in, "赵雨桐", who=hall.id("赵雨桐"))
    desk = as_(client, hall, "苏晴").get(reverse("gallery:arrival")).content.decode()
    assert "11月21日还没有收场" in desk
    assert "郑岚" in desk
    manager = as_(client, hall, "郑岚")
    assert reverse("gallery:close") in manager.get(reverse("gallery:arrival")).content.decode()
    hall.do(wind_up, "郑岚", reason="昨晚忘了点结束")
    manager.post(reverse("gallery:close"), {"key": "c"})
    hall.do(presence.sign_in, "林悦", who=hall.id("林悦"))
    hall.do(days.open_gallery, "郑岚")
    fresh = hall.arrive()
    assert (fresh.number, fresh.day.day - visit.day.day) == (1, timedelta(days=1))


@pytest.mark.clause("TQ-11")
def test_the_managers_are_reminded_once_in_the_evening(hall: Gallery) -> None:
    hall.now = hall.now.replace(hour=18, minute=20)
    assert ticks.tick(hall.now) == 0
    hall.later(20)
    assert (ticks.tick(hall.now), ticks.tick(hall.now)) == (1, 0)
    told = Notice.objects.get(kind="still_open")
    assert (told.to_id, "11月21日" in told.title) == (hall.id("郑岚"), True)


def test_without_opening_hours_the_reminder_comes_at_nine(gallery: Gallery) -> None:
    OpeningHours.objects.all().delete()
    gallery.open("林悦")
    assert ticks.tick(gallery.now.replace(hour=20, minute=59)) == 0
    assert ticks.tick(gallery.now.replace(hour=21, minute=0)) == 1


@pytest.mark.clause("TQ-3", "SC-4.3.2")
def test_all_are_ended_with_one_reason_each_by_an_event_of_its_own(hall: Gallery) -> None:
    visits = [hall.arrive() for _ in range(6)]
    with pytest.raises(Refused, match="一句原因"):
        hall.do(wind_up, "郑岚", reason=" ")
    hall.do(wind_up, "郑岚", reason="客人已走")
    kinds = list(TurnEvent.objects.order_by("index").values_list("event__event", flat=True))
    assert kinds[6:] == ["leave", "leave", *["finish"] * 4]
    assert Matter.objects.filter(kind="register_owed").count() == 4
    left = Visit.objects.get(id=visits[5].id)
    assert "客人已走" in left.note
    hall.do(days.close_gallery, "郑岚")
    day_is_one(hall)


def test_what_keeps_a_day_open_leads_to_its_own_row(client: Client, hall: Gallery) -> None:
    visits = [hall.arrive() for _ in range(5)]
    hall.do(receptions.claim_unrelated, "林悦", visit_id=visits[0].id, note="装修公司的")
    page = as_(client, hall, "郑岚")
    text = page.get(reverse("gallery:close")).content.decode()
    who = hall.id("林悦")
    for link in (f"?row={who}#p-{who}", "#v-5", "#c-"):
        assert link in text
    row = page.get(f"{reverse('gallery:supervision')}?row={who}").content.decode()
    assert f'<details id="p-{who}" open>' in row
    assert 'id="v-5"' in page.get(reverse("gallery:waiting")).content.decode()


@pytest.mark.clause("TQ-11")
def test_all_who_are_there_are_signed_in_with_one_form(client: Client, gallery: Gallery) -> None:
    gallery.do(presence.sign_in, "周航", who=gallery.id("周航"))
    page = as_(client, gallery, "郑岚")
    assert "全部到齐" in page.get(reverse("gallery:supervision")).content.decode()
    there = [str(gallery.id(n)) for n in ("林悦", "吴敏", "周航")]
    page.post(reverse("gallery:all_present"), {"key": "a", "who": there})
    gallery.do(days.set_policy, "郑岚", values={"opening": "sign_in"}, reason="按签到")
    gallery.do(days.open_gallery, "郑岚")
    assert gallery.queue() == ["周航", "林悦", "吴敏"]


def test_nobody_but_a_salesperson_comes_in_with_all_the_others(gallery: Gallery) -> None:
    who = [gallery.id("林悦"), gallery.id("苏晴")]
    with pytest.raises(Refused, match="苏晴现在不是"):
        gallery.do(presence.sign_in_all, "郑岚", who=who)
