"""An emergency at night, at a closed place, or that goes on after the day has turned: reported, heard, seen until it ends (SF-4.6)."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from yingbin.duty.actions import cases, checks, handovers, incidents, presence, visits
from yingbin.duty.live import now_context
from yingbin.duty.models import DutyEvent, DutyLog, Incident, IncidentNote
from yingbin.duty.queries.incidents import incident_page
from yingbin.duty.queries.left_over import handovers_left, left_over
from yingbin.duty.queries.picture import picture
from yingbin.duty.queries.places import exceptions, places_led
from yingbin.duty.ticks import tick
from yingbin.duty.visit_live import guests_now
from yingbin.notices.models import Notice
from yingbin.people.actions import set_exception
from yingbin.rules.decision import Refused

from .doors import enter, here, shown
from .flat import Flat
from .full import findings


def report(flat: Flat, who: str = "秦", *, at: str = "", kind: str = "emergency") -> Incident:
    told = {"kind": kind, "post": flat.post, "type": "跑水" if kind == "emergency" else ""}
    return Incident.objects.get(id=flat.do(cases.open_case, who, at=at, **told).case)


def closed(flat: Flat) -> None:
    """Nobody works here today."""
    flat.do(set_exception, "许", day=flat.now.date(), works=False, name="停业")


def told(flat: Flat, incident: Incident) -> set[str]:
    """Who was alerted to it."""
    rows = Notice.objects.filter(link__contains=str(incident.id)).values_list("to_id", flat=True)
    return {name for name, who in flat.people.items() if who in set(rows)}


def where_it_shows(flat: Flat) -> list[str]:
    """On which of the three pages it stands now."""
    now = flat.now
    led = exceptions(places_led(flat.people["许"], now), now).rows
    cases_ = [c.title for c in picture(flat.site, now).cases]
    return [*cases_, *(row.words for row in led if row.burns)]


@pytest.mark.clause("SF-4.6")
@pytest.mark.parametrize("clock", ["02:30", "11:00", "23:40"])
def test_at_a_closed_place_whoever_has_duty_there_reports_and_the_chain_hears_at_once(
    flat: Flat, clock: str
) -> None:
    closed(flat)
    flat.now = flat.at(clock)
    if clock < "04:00":
        flat.now += timedelta(days=1)
    fire = report(flat)
    assert (fire.outside, DutyLog.objects.exists()) == (True, False)
    assert told(flat, fire) == {"许", "程", "秦"}
    assert where_it_shows(flat) == ["跑水", "跑水"]
    assert findings(flat) == []


def test_a_post_that_isn_t_open_yet_takes_one_too(flat: Flat) -> None:
    """Twenty past five in the morning: the day has turned, nobody is there but the guard."""
    flat.roster(叶="全")
    fire = report(flat, at="05:20")
    assert told(flat, fire) == {"许", "程", "秦"}
    assert where_it_shows(flat) == ["跑水", "跑水"]


@pytest.mark.clause("SF-4.6")
def test_the_clock_tells_again_whoever_has_not_heard_and_hearing_stops_it(flat: Flat) -> None:
    closed(flat)
    fire = report(flat, at="22:00")
    flat.do(incidents.hear, "许", incident=fire.id)
    flat.now = flat.at("22:06")
    assert tick(flat.now) == 1
    assert Notice.objects.filter(to_id=flat.people["程"]).count() == 2
    assert Notice.objects.filter(to_id=flat.people["许"]).count() == 1
    for who in ("程", "秦"):
        flat.do(incidents.hear, who, incident=fire.id)
    assert tick(flat.at("22:30")) == 0
    page = incident_page(flat.site, fire.id, flat.now)
    assert page is not None
    assert [link.heard_by for link in page.chain] == ["许", "程", "秦"]


@pytest.mark.clause("SF-4.5")
def test_somebody_who_disturbs_at_night_is_for_the_chain_at_once(flat: Flat) -> None:
    closed(flat)
    noise = report(flat, kind="disruption", at="23:00")
    assert told(flat, noise) == {"许", "程", "秦"}
    page = incident_page(flat.site, noise.id, flat.now)
    assert page is not None
    assert (page.level, page.past, page.rises_at) == (2, True, None)


def test_it_ends_by_whoever_says_so_and_takes_its_report(flat: Flat) -> None:
    closed(flat)
    fire = report(flat, at="22:00")
    flat.do(incidents.tick_step, "秦", incident=fire.id, step=0)
    flat.do(cases.end_case, "程", case=fire.id)
    flat.do(incidents.write_report, "秦", incident=fire.id, text="水阀关了，地拖干了。")
    assert where_it_shows(flat) == []
    assert DutyEvent.objects.count() == 0
    assert findings(flat) == []
    with pytest.raises(Refused, match="已经处理完了"):
        flat.do(incidents.hear, "许", incident=fire.id)


def test_a_post_of_another_place_takes_none(flat: Flat) -> None:
    closed(flat)
    other = Flat()
    with pytest.raises(Refused, match="从列表里选"):
        flat.do(cases.open_case, "秦", kind="emergency", type="跑水", post=other.post)
    assert Incident.objects.count() == 0


# Overnight


@pytest.mark.clause("SF-4.6")
@pytest.mark.parametrize("kind", ["emergency", "disruption"])
@pytest.mark.parametrize("begun", [False, True], ids=["before-the-day", "on-the-day"])
def test_what_goes_on_over_night_stays_on_every_page_until_it_ends(
    flat: Flat, kind: str, begun: bool
) -> None:
    flat.come()
    case = report(flat, "叶", at="17:50", kind=kind)
    title = case.type or "有人扰乱秩序"
    flat.next_day()
    if begun:
        flat.do(presence.sign_on, "许", at="08:30")
    assert where_it_shows(flat) == [title, title]
    flat.do(incidents.hear, "许", incident=case.id)
    assert picture(flat.site, flat.now).cases[0].acknowledged == ("领班",)
    flat.do(cases.end_case, "许", case=case.id)
    assert where_it_shows(flat) == []
    assert findings(flat) == []


def test_one_of_today_is_shown_once(flat: Flat) -> None:
    """The control: what the day itself knows isn't told a second time."""
    flat.come()
    case = report(flat, "叶", at="10:00")
    assert where_it_shows(flat) == ["跑水", "跑水"]
    with pytest.raises(Refused, match="在今天的当班里"):
        flat.do(incidents.hear, "许", incident=case.id)
    assert IncidentNote.objects.count() == 0


def test_visitors_nobody_saw_off_are_still_inside_the_next_morning(flat: Flat) -> None:
    flat.roster(叶="全")
    flat.sign_on("叶", at="08:20")
    done = flat.do(visits.guests_in, "叶", at="17:40", post=flat.post, size=2, been=False)
    flat.next_day()
    assert [g.id for g in guests_now(flat.site, flat.now, may=True).inside] == [done.visit]
    flat.do(visits.guests_out, "叶", visit_id=done.visit)
    assert guests_now(flat.site, flat.now, may=True).inside == ()


# Pages


@pytest.mark.parametrize(("who", "status"), [("秦", 302), ("叶", 302), ("程", 302)])
def test_the_page_of_a_closed_place_takes_a_report_from_whoever_has_duty_there(
    flat: Flat, monkeypatch: pytest.MonkeyPatch, who: str, status: int
) -> None:
    closed(flat)
    monkeypatch.setattr(timezone, "now", lambda: flat.now)
    client: Client = enter(flat, who)
    assert "有情况" in shown(client, here(flat))
    assert "现在不在开放时间，也照样能报" in shown(client, here(flat, "case/new/"))
    sent = {"key": "a", "post": str(flat.post), "type": "跑水"}
    answer = client.post(here(flat, "case/new/"), sent)
    assert answer.status_code == status
    page = shown(client, answer["Location"])
    assert ("通知了谁" in page, "劝不住" in page) == (True, False)
    context = now_context(flat.site, flat.people[who], guests=False)
    assert [case.title for case in context["seen"].cases] == ["跑水"]


# What else a day leaves open when it turns


def left(flat: Flat) -> list[str]:
    seen = left_over(flat.site, flat.now)
    return [
        *(f"{h.giver}→{h.receiver}" for h in seen.handovers),
        *(f"{x.check} {x.title}：{x.word}" for x in seen.items),
    ]


def evening(flat: Flat) -> UUID:
    """叶 begins a handover that 陈 doesn't sign; the lead wants an item of the morning again, and nobody does it."""
    flat.roster(叶="早", 陈="晚", 许="全")
    flat.sign_on("叶", "许", at="08:20")
    flat.well("叶", "opening")
    sides = {"giver": flat.people["叶"], "receiver": flat.people["陈"]}
    flat.sign_on("陈", at="12:00")
    done = flat.do(handovers.start_handover, "叶", at="13:50", post=flat.post, **sides)
    task = f"{flat.post}/opening"
    flat.do(checks.send_back, "许", task=task, item="environment", word="玻璃上有手印")
    assert left(flat) == []
    flat.next_day()
    return done.handover


@pytest.mark.clause("SF-4.3.6")
def test_a_handover_nobody_finished_and_an_item_sent_back_are_there_the_next_morning(
    flat: Flat, monkeypatch: pytest.MonkeyPatch
) -> None:
    handover = evening(flat)
    found = left(flat)
    assert (found[0], found[1].endswith("玻璃上有手印")) == ("叶→陈", True)
    monkeypatch.setattr(timezone, "now", lambda: flat.now)
    for path, who in (("", "陈"), ("posts/", "许")):
        page = shown(enter(flat, who), here(flat, path))
        assert f"/handover/{handover}/" in page, path
        assert "玻璃上有手印" in page, path
        assert "里面的事还由叶负责" in page, path


def test_they_go_once_the_check_is_done_again_and_another_handover_was_begun(flat: Flat) -> None:
    evening(flat)
    flat.roster(叶="早", 陈="晚", 许="全")
    flat.sign_on("叶", "许", at="08:25")
    flat.well("叶", "opening")
    assert left(flat) == ["叶→陈"]
    flat.sign_on("陈", at="12:00")
    sides = {"giver": flat.people["叶"], "receiver": flat.people["陈"]}
    flat.do(handovers.start_handover, "叶", at="13:50", post=flat.post, **sides)
    assert left(flat) == []


def test_after_three_days_nobody_is_reminded_any_more(flat: Flat) -> None:
    evening(flat)
    for _ in range(3):
        flat.next_day()
    assert left(flat) == []


@pytest.mark.clause("SF-4.3.6")
@pytest.mark.parametrize("who", ["程", "许"])
def test_a_handover_nobody_finished_yesterday_stands_on_the_page_over_all_places(
    flat: Flat, monkeypatch: pytest.MonkeyPatch, who: str
) -> None:
    handover = evening(flat)
    monkeypatch.setattr(timezone, "now", lambda: flat.now)
    found = exceptions(places_led(flat.people[who], flat.now), flat.now)
    (row,) = [one for one in found.rows if one.what == "handover_left"]
    assert (row.words, row.post) == ("叶前一天的交接没有签完", "样板间A")
    assert row.link == here(flat, f"handover/{handover}/")
    client = enter(flat, who)
    assert "11月23日 13:50 起" in shown(client, here(flat, "places/"))
    assert "样板间A" in shown(client, row.link)


def test_once_the_post_was_handed_over_again_no_place_lists_the_old_one(flat: Flat) -> None:
    evening(flat)
    flat.roster(叶="早", 陈="晚", 许="全")
    flat.sign_on("叶", "陈", at="08:20")
    sides = {"giver": flat.people["叶"], "receiver": flat.people["陈"]}
    flat.do(handovers.start_handover, "叶", at="13:50", post=flat.post, **sides)
    led = places_led(flat.people["程"], flat.now)
    assert [x.what for x in exceptions(led, flat.now).rows if x.what.startswith("hand")] == []
    flat.now += timedelta(days=4)
    assert handovers_left([place.id for place in led], flat.now) == []
