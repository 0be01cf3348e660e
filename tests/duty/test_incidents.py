"""突发事件 and 演练: steps, who has heard, the report; a drill counts as none (SF-4.5, SF-4.6, SC-4.5, SC-4.6)."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from tests.gallery.test_reception import BACKEND
from yingbin.duty.actions import cases, incidents
from yingbin.duty.export import contract_day, disagreements
from yingbin.duty.live import TOPICS
from yingbin.duty.models import DutyEvent, EmergencyProcedure, Incident, IncidentCopy, IncidentNote
from yingbin.duty.papers import report_pdf
from yingbin.duty.procedures import SHIPPED
from yingbin.duty.queries.incidents import IncidentPage, incident_page
from yingbin.duty.queries.picture import picture
from yingbin.duty.queries.procedures import procedure
from yingbin.duty.ticks import tick
from yingbin.files.paper import Taker
from yingbin.journal.check import check_site
from yingbin.notices.models import Notice
from yingbin.people.live import Viewer
from yingbin.people.models import Staff
from yingbin.people.queries import badge
from yingbin.rules.decision import Refused

from .doors import enter as entered
from .doors import here
from .flat import Flat

Enter = Callable[[str], Client]


@pytest.fixture
def day(flat: Flat, monkeypatch: pytest.MonkeyPatch) -> Flat:
    """Everybody is there; pages look at the flat's own clock."""
    flat.roster(叶="全", 许="全")
    flat.sign_on("叶", "许", "程", "秦", at="08:40")
    flat.now = flat.at("10:00")
    monkeypatch.setattr(timezone, "now", lambda: flat.now)
    return flat


@pytest.fixture
def enter(day: Flat) -> Enter:
    """Signs somebody in."""
    return lambda name: entered(day, name)


def fire(day: Flat) -> UUID:
    opened = day.do(cases.open_case, "叶", kind="emergency", post=day.post, type="火情")
    return opened.case


def drill(day: Flat) -> UUID:
    return day.do(incidents.open_drill, "许", type="火情", post=day.post).incident


def seen(day: Flat, incident: UUID, me: str = "叶") -> IncidentPage:
    found = incident_page(day.site, incident, day.now, me=day.people[me])
    assert found is not None
    return found


def faults(day: Flat) -> list[str]:
    found = [str(f) for x in check_site(day.site) for f in x.found]
    return [f for f in found if "「人员」" not in f]  # the flat's people come without an entry


@pytest.mark.clause("SF-4.6", "SC-4.6")
def test_the_steps_of_the_type_are_ticked_with_time_and_by_whom(day: Flat) -> None:
    case = fire(day)
    assert [s.text for s in seen(day, case).steps] == list(SHIPPED["火情"])
    day.do(incidents.tick_step, "叶", incident=case, step=1, at="10:02")
    day.do(incidents.tick_step, "许", incident=case, step=0, at="10:03")
    day.do(incidents.tick_step, "叶", incident=case, step=0)
    steps = seen(day, case).steps
    assert [(s.number, s.by) for s in steps if s.at] == [(1, "许"), (2, "叶")]
    day.do(incidents.tick_step, "叶", incident=case, step=1, done=False)
    assert [s.number for s in seen(day, case).steps if s.at] == [1]
    assert IncidentNote.objects.filter(what="step").count() == 2


@pytest.mark.clause("SF-4.6")
def test_the_page_says_who_was_told_when_and_who_has_answered(day: Flat) -> None:
    case = fire(day)
    day.do(cases.acknowledge_case, "秦", case=case, at="10:01")
    chain = {x.role: x for x in seen(day, case).chain}
    assert (chain["guard"].heard_by, chain["lead"].heard_at) == ("秦", None)
    assert chain["head"].told == ("程",)
    assert seen(day, case, "许").my_turn
    assert not seen(day, case, "叶").my_turn
    assert not seen(day, case, "秦").my_turn


@pytest.mark.clause("SF-4.5", "SC-4.5")
def test_a_disruption_says_when_it_rises_and_keeps_the_times(day: Flat) -> None:
    opened = day.do(cases.open_case, "叶", kind="disruption", post=day.post, at="10:00")
    assert seen(day, opened.case).rises_at == day.at("10:05")
    day.clock("10:06")
    page = seen(day, opened.case)
    assert (page.level, page.rises_at) == (1, day.at("10:10"))
    day.do(cases.acknowledge_case, "许", case=opened.case)
    page = seen(day, opened.case)
    assert page.rises_at is None
    assert [f.words for f in page.facts] == ["报告", "通知领班", "知道了，正在处理"]
    assert not page.steps


@pytest.mark.clause("SF-4.6")
def test_it_ends_in_a_report_that_says_what_was_left(day: Flat) -> None:
    case = fire(day)
    with pytest.raises(Refused, match="还没有处理完"):
        day.do(incidents.write_report, "叶", incident=case, text="灭了")
    day.do(incidents.tick_step, "叶", incident=case, step=0)
    day.do(cases.end_case, "许", case=case, at="10:20")
    with pytest.raises(Refused, match="已经处理完"):
        day.do(incidents.tick_step, "叶", incident=case, step=2)
    with pytest.raises(Refused, match="写几句"):
        day.do(incidents.write_report, "叶", incident=case, text=" ")
    day.do(incidents.write_report, "叶", incident=case, text="垃圾桶冒烟，浇灭了。")
    with pytest.raises(Refused, match="不再改动"):
        day.do(incidents.write_report, "许", incident=case, text="另一份")
    page = seen(day, case)
    assert page.report is not None
    assert page.report.text == "垃圾桶冒烟，浇灭了。"
    assert len(page.left) == len(SHIPPED["火情"]) - 1
    day.do(incidents.add_words, "叶", incident=case, text="消防队回电")
    assert list(disagreements(day.log)) == []
    assert faults(day) == []


@pytest.mark.clause("SF-4.6")
def test_a_drill_is_told_with_its_mark_and_makes_no_event_of_the_day(day: Flat) -> None:
    before = DutyEvent.objects.count()
    found = drill(day)
    told = Notice.objects.filter(kind="duty.drill")
    assert {n.to_id for n in told} == {day.people[n] for n in ("许", "程", "秦")}
    assert all(n.title.startswith("【演练】") and "不是真的" in n.body for n in told)
    assert all(n.urgent for n in told)
    day.do(incidents.tick_step, "叶", incident=found, step=0)
    day.do(incidents.hear, "秦", incident=found)
    day.do(incidents.end_drill, "许", incident=found)
    assert DutyEvent.objects.count() == before
    assert picture(day.site, day.now).cases == []
    assert "case" not in str(contract_day(day.log)["events"])
    assert faults(day) == []


def test_a_drill_covers_no_gap(day: Flat) -> None:
    """In a real emergency a post may be left; whoever drills keeps it manned."""
    drill(day)
    rest = day.ask("叶", 20, at="10:10")
    assert not rest.accepted


def test_a_drill_nobody_answers_is_told_again_as_often_as_a_real_one(day: Flat) -> None:
    found = drill(day)
    day.do(incidents.hear, "许", incident=found)
    for minute in range(5, 40, 5):
        day.clock(f"10:{minute:02}")
        day.now += timedelta(seconds=30)
        tick(day.now)
        tick(day.now)
    again = Notice.objects.filter(kind="duty.drill", to_id=day.people["程"])
    assert again.count() == 1 + 3
    assert Notice.objects.filter(kind="duty.drill", to_id=day.people["许"]).count() == 1


def test_a_clock_set_back_tells_nobody_of_a_drill_twice(day: Flat) -> None:
    drill(day)
    day.clock("10:05")
    day.clock("10:06")
    many = Notice.objects.filter(kind="duty.drill").count()
    day.clock("10:01")
    assert Notice.objects.filter(kind="duty.drill").count() == many


@pytest.mark.parametrize("who", ["叶", "陈"])
def test_whoever_was_not_told_has_nothing_to_answer(day: Flat, who: str) -> None:
    found = drill(day)
    with pytest.raises(Refused, match="不用您回应"):
        day.do(incidents.hear, who, incident=found)


def test_a_real_one_is_not_ended_as_a_drill_nor_the_reverse(day: Flat) -> None:
    with pytest.raises(Refused):
        day.do(incidents.end_drill, "许", incident=fire(day))
    with pytest.raises(Refused):
        day.do(cases.end_case, "许", case=drill(day))


@pytest.mark.clause("SF-4.6", "SC-4.6")
def test_a_lead_writes_the_place_s_own_steps_and_one_under_way_keeps_its_version(day: Flat) -> None:
    case = fire(day)
    day.do(
        incidents.keep_procedure, "许", type="火情", steps=("拉响警铃", "疏散"), why="按规程 3.1"
    )
    found = procedure(day.site, "火情")
    assert found is not None
    assert (found.version, found.steps, found.shipped) == (1, ("拉响警铃", "疏散"), False)
    assert len(seen(day, case).steps) == len(SHIPPED["火情"])
    assert [s.text for s in seen(day, drill(day)).steps] == ["拉响警铃", "疏散"]
    assert faults(day) == []


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"steps": ()}, "一行一步"),
        ({"steps": ("一",) * 31}, "1 到 30 行"),
        ({"steps": ("长" * 121,)}, "不超过 120"),
        ({"why": " "}, "改了什么"),
        ({"type": ""}, "哪一类"),
    ],
)
def test_steps_that_cannot_be_worked_by_are_refused(
    day: Flat, told: dict[str, object], why: str
) -> None:
    whole: dict[str, object] = {"type": "火情", "steps": ("一",), "why": "试"}
    with pytest.raises(Refused, match=why):
        day.do(incidents.keep_procedure, "许", **{**whole, **told})
    assert not EmergencyProcedure.objects.exists()


def test_a_type_nobody_knows_is_refused_and_alerts_nobody(day: Flat) -> None:
    with pytest.raises(Refused, match="没有这一类"):
        day.do(cases.open_case, "叶", kind="emergency", post=day.post, type="外星人")
    assert not Notice.objects.filter(kind="duty.escalated").exists()


# Pages


@pytest.mark.clause("SF-4.6")
def test_two_taps_from_now_to_the_first_step(day: Flat, enter: Enter) -> None:
    page = enter("叶")
    told = {"key": "a", "post": str(day.post), "type": "跑水"}
    answer = page.post(here(day, "case/new/"), told)
    text = page.get(answer["Location"]).content.decode()
    assert "关这一路的水阀" in text
    assert "还没有按本处的《突发事件处理标准作业规程》核对" in text
    case = Incident.objects.get().id
    page.post(here(day, f"incident/{case}/step/0/"), {"key": "b", "done": "yes"})
    assert 'aria-pressed="true"' in page.get(answer["Location"]).content.decode()


def test_a_drill_is_marked_wherever_it_shows(day: Flat, enter: Enter) -> None:
    lead = enter("许")
    told = {"key": "a", "post": str(day.post), "type": "停电"}
    answer = lead.post(here(day, "drill/new/"), told)
    found = Incident.objects.get()
    for name, path in (("许", answer["Location"]), ("叶", here(day)), ("许", here(day, "posts/"))):
        assert "不是真的" in enter(name).get(path).content.decode()
    assert "pill drill" in lead.get(here(day, "incidents/")).content.decode()
    assert enter("叶").get(here(day, "drill/new/")).status_code == 403
    lead.post(here(day, f"incident/{found.id}/heard/"), {"key": "b"})
    lead.post(here(day, f"incident/{found.id}/end/"), {"key": "c"})
    found.refresh_from_db()
    assert found.over_at is not None
    paper = report_pdf(seen(day, found.id), Taker("样板间", "许", day.now, "存档"))
    assert paper.startswith(b"%PDF")


def test_the_report_leaves_the_house_with_a_reason_by_a_lead_alone(day: Flat, enter: Enter) -> None:
    case = fire(day)
    day.do(cases.end_case, "许", case=case)
    lead, address = enter("许"), here(day, f"incident/{case}/paper/")
    assert lead.post(address, {"key": "a", "why": ""}).status_code == 422
    assert lead.post(address, {"key": "b", "why": "存档"}).content.startswith(b"%PDF")
    assert enter("叶").post(address, {"key": "c", "why": "存档"}).status_code == 403
    assert IncidentCopy.objects.get().why == "存档"
    assert faults(day) == []


def test_words_that_are_missing_are_asked_for_and_the_page_stays(day: Flat, enter: Enter) -> None:
    page, case = enter("叶"), fire(day)
    assert (
        page.post(here(day, f"incident/{case}/words/"), {"key": "a", "text": ""}).status_code == 422
    )
    page.post(here(day, f"incident/{case}/words/"), {"key": "b", "text": "119 说七分钟到"})
    page.post(here(day, f"incident/{case}/end/"), {"key": "c"})
    page.post(here(day, f"incident/{case}/report/"), {"key": "d", "text": "没有人受伤"})
    text = page.get(here(day, f"incident/{case}/")).content.decode()
    assert "119 说七分钟到" in text
    assert "没有人受伤" in text


def test_steps_are_edited_on_their_page_and_read_by_everybody(day: Flat, enter: Enter) -> None:
    lead = enter("许")
    told = {"key": "a", "type": "台风", "steps": "关窗\n\n收户外的东西", "why": "安全部通知"}
    assert lead.post(here(day, "procedures/new/"), told).status_code == 302
    assert "收户外的东西" in enter("叶").get(here(day, "procedures/")).content.decode()
    bad = lead.post(here(day, "procedures/火情/"), {"key": "b", "steps": "一步", "why": ""})
    assert bad.status_code == 422
    assert "自带" in lead.get(here(day, "procedures/火情/")).content.decode()
    assert enter("叶").get(here(day, "procedures/火情/")).status_code == 403


def test_another_place_knows_nothing_of_it(day: Flat, enter: Enter) -> None:
    case, other = fire(day), Flat()
    client = Client()
    client.force_login(Staff.objects.get(id=other.people["许"]), backend=BACKEND)
    assert client.get(here(other, f"incident/{case}/")).status_code == 404
    told = {"key": "a", "text": "外人的话"}
    assert client.post(here(other, f"incident/{case}/words/"), told).status_code == 404
    assert incident_page(other.site, case, day.now) is None


def test_the_live_piece_is_the_page_s_and_says_whose_turn_it_is(day: Flat) -> None:
    case = fire(day)

    def piece(name: str) -> str:
        held = badge(Staff.objects.get(id=day.people[name]), day.site, day.now)
        return TOPICS["duty-incident"].render(Viewer(held, "duty-incident", str(case)))["incident"]

    assert "知道了，我来" in piece("许")
    assert "知道了，我来" not in piece("叶")
    held = badge(Staff.objects.get(id=day.people["许"]), day.site, day.now)
    assert TOPICS["duty-incident"].render(Viewer(held, "duty-incident", "nothing")) == {}
