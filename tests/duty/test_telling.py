"""Who hears of what a day brings about, in which words, how loudly, and where the notice leads (SF-4.3.7, SF-4.5, SF-4.6)."""

from urllib.parse import unquote

import pytest

from yingbin.duty.actions import breaks, cases, handovers, incidents, presence
from yingbin.duty.procedures import SHIPPED
from yingbin.duty.queries.procedures import procedures
from yingbin.duty.telling import ALOUD, TITLES, URGENT
from yingbin.duty.wing import WING
from yingbin.notices.models import Notice
from yingbin.people.models import Assignment

from .doors import enter, here, shown
from .flat import Flat
from .manned import drilled, happen, manned, seen

TO_ALL = {"许", "程", "秦"}


@pytest.fixture
def day(flat: Flat, monkeypatch: pytest.MonkeyPatch) -> Flat:
    """Everybody is there; it is ten; what was told by then is put aside."""
    manned(flat, monkeypatch)
    Notice.objects.all().delete()
    return flat


def told(day: Flat, kind: str) -> dict[str, Notice]:
    """Notices of a kind by who got them."""
    names = {who: name for name, who in day.people.items()}
    return {names[n.to_id]: n for n in Notice.objects.filter(kind=f"duty.{kind}")}


def disrupted(day: Flat) -> None:
    happen(day, "", at="10:00")
    day.clock("10:05")


def unanswered(day: Flat) -> None:
    happen(day, at="10:00")
    day.clock("10:05")


def left(day: Flat) -> None:
    day.do(presence.taken_away, "许", who=day.people["叶"], at="10:00")


def left_long(day: Flat) -> None:
    left(day)
    day.clock("10:10")


def back(day: Flat) -> None:
    left(day)
    day.sign_on("叶", at="10:03")


def overrun(day: Flat) -> None:
    span = {"begins": day.at("10:00"), "ends": day.at("11:00")}
    day.do(breaks.stand_in, "许", who=day.people["许"], post=day.post, **span)
    rest = day.ask("叶", 20, at="10:01").rest
    day.do(breaks.start_break, "叶", rest=rest)
    day.clock("10:26")


def seen_off(day: Flat) -> None:
    day.do(cases.farewell, "叶", at="10:00")
    day.clock("10:10")


def unsigned(day: Flat) -> None:
    people = {"giver": day.people["叶"], "receiver": day.people["许"]}
    day.do(handovers.start_handover, "叶", at="10:00", post=day.post, keys=("大门",), **people)
    day.clock("10:15")


@pytest.mark.clause("SF-4.3.7", "SF-4.5", "SF-4.6")
@pytest.mark.parametrize(
    ("happens", "kind", "to", "title", "urgent", "link"),
    [
        (happen, "escalated", TO_ALL, "突发事件", True, "/duty/incident/"),
        (unanswered, "again", TO_ALL, "突发事件没有人回应", True, "/duty/incident/"),
        (disrupted, "escalated", {"许"}, "有人扰乱秩序", True, "/duty/incident/"),
        (drilled, "drill", TO_ALL, "【演练】火情", True, "/duty/incident/"),
        (left, "taken_away", {"许"}, "有人离开岗位", False, "/duty/"),
        (left, "gap", {"许"}, "岗位缺人", True, "/duty/"),
        (left_long, "gap_long", {"程"}, "岗位缺人已久", True, "/duty/"),
        (back, "gap_over", {"许"}, "岗位又有人了", False, "/duty/"),
        (overrun, "overrun", {"叶"}, "休息该结束了", True, "/duty/"),
        (seen_off, "not_ready", {"许"}, "送客后没有归位", False, "/duty/"),
        (unsigned, "handover_late", {"许"}, "交接没有签完", False, "/duty/handover/"),
    ],
    ids=lambda x: getattr(x, "__name__", None),
)
def test_each_thing_reaches_whom_it_is_for_in_its_words(
    day: Flat, happens: object, kind: str, to: set[str], title: str, urgent: bool, link: str
) -> None:
    assert callable(happens)
    happens(day)
    found = told(day, kind)
    assert set(found) == to
    for notice in found.values():
        assert (notice.title, notice.urgent) == (title, urgent)
        assert notice.link.startswith(link)


@pytest.mark.parametrize("happens", [happen, disrupted, unanswered, left_long, overrun, seen_off])
def test_no_notice_shows_an_id_where_a_name_belongs(day: Flat, happens: object) -> None:
    assert callable(happens)
    happens(day)
    ids = [str(i) for i in (*day.people.values(), *day.posts.values())]
    assert Notice.objects.exists()
    for notice in Notice.objects.all():
        assert not [one for one in ids if one in notice.title + notice.body]


def test_a_lead_at_home_is_not_woken_while_another_is_there(day: Flat) -> None:
    home = day.people["苏"]
    since = day.at("00:00")
    Assignment.objects.create(site=day.place, staff_id=home, role="lead", since=since)
    happen(day)
    assert set(told(day, "escalated")) == TO_ALL


def test_and_hears_when_no_lead_has_come(flat: Flat) -> None:
    flat.roster(叶="全", 许="全")
    flat.sign_on("叶", at="08:40")
    happen(flat, at="10:00")
    assert set(told(flat, "escalated")) == TO_ALL


@pytest.mark.clause("SF-4.6")
@pytest.mark.parametrize(
    ("gone", "who", "left_over"),
    [
        ((), "许", {"head", "guard"}),
        (("project_head",), "许", {"guard"}),
        (("guard",), "许", {"head"}),
        (("guard", "project_head"), "许", set()),
        (("lead",), "程", {"guard"}),
        (("lead", "guard"), "程", set()),
    ],
)
def test_in_a_drill_one_answers_for_those_in_whose_place_one_hears(
    day: Flat, gone: tuple[str, ...], who: str, left_over: set[str]
) -> None:
    drill = drilled(day)
    Assignment.objects.filter(site=day.place, role__in=gone).delete()
    day.do(incidents.hear, who, incident=drill)
    assert {x.role for x in seen(day, drill).chain if not x.heard_at} == left_over


def test_everything_that_is_told_has_a_switch_in_the_settings_of_channels() -> None:
    switched = {kind for _, kinds in WING.subjects.values() for kind in kinds}
    assert {f"duty.{what}" for what in TITLES} <= switched
    assert ALOUD.keys() <= URGENT <= TITLES.keys()


@pytest.mark.clause("SF-4.6", "SC-4.6")
@pytest.mark.parametrize("type", SHIPPED)
def test_shipped_steps_can_be_kept_as_the_place_s_own_as_they_stand(flat: Flat, type: str) -> None:
    steps = SHIPPED[type]
    version = flat.do(incidents.keep_procedure, "许", type=type, steps=steps, why="核对过，照用")
    found = {p.type: p for p in procedures(flat.site)}
    assert (version, found[type].steps, found[type].shipped) == (1, steps, False)
    assert [p.type for p in procedures(flat.site)] == list(SHIPPED)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [(" 台风 ", "台风"), ("台" * 25, "台" * 20), ("化学品泄漏/异味", "化学品泄漏/异味")],
)
def test_a_type_of_the_place_s_own_stands_after_those_shipped(
    flat: Flat, typed: str, kept: str
) -> None:
    flat.do(
        incidents.keep_procedure, "许", type=typed, steps=(" 关窗 ", "", "收东西"), why=" 通知 "
    )
    last = procedures(flat.site)[-1]
    assert last.own is not None
    assert (last.type, last.steps, last.own.why) == (kept, ("关窗", "收东西"), "通知")


def test_a_type_with_a_stroke_in_its_name_can_be_looked_at_and_changed(day: Flat) -> None:
    day.do(incidents.keep_procedure, "许", type="漏水/渗水", steps=("关阀",), why="试")
    lead = enter(day, "许")
    assert "procedures/漏水/渗水/" in unquote(shown(lead, here(day, "procedures/")))
    told = {"key": "a", "type": "漏水/渗水", "steps": "关总阀", "why": "再试"}
    assert lead.post(here(day, "procedures/漏水/渗水/"), told).status_code == 302
    assert procedures(day.site)[-1].steps == ("关总阀",)
