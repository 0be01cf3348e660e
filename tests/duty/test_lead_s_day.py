"""到岗、签退、记离开、改班 and the pages 现在 and 岗位: each refusal's sentence, who may, what stands there afterwards."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from yingbin.duty.actions import cases, planning, presence
from yingbin.duty.export import disagreements
from yingbin.duty.models import DutyEvent, DutyLog, PostRule
from yingbin.duty.queries.picture import picture
from yingbin.duty.ticks import tick
from yingbin.notices.models import Notice
from yingbin.rules.decision import Refused

from .doors import enter, here, shown
from .flat import Flat
from .manned import drilled, happen, manned


@pytest.fixture
def day(flat: Flat, monkeypatch: pytest.MonkeyPatch) -> Flat:
    """Everybody is there; it is ten."""
    return manned(flat, monkeypatch)


@pytest.mark.clause("SF-4.3.7", "SC-4.3.9")
@pytest.mark.parametrize(
    ("who", "action", "why"),
    [
        ("叶", presence.sign_on, "叶已经在样板间A，不用再签一次"),
        ("程", presence.sign_on, "程已经在岗，不用再签一次"),
        ("秦", presence.sign_on, "秦已经在岗，不用再签一次"),
        ("叶", presence.sign_off, "叶一走，样板间A就不够人了，请写明由谁接替"),
        ("陈", presence.sign_off, "陈还没有到岗，不用签退"),
        ("叶", cases.ready, "叶没有记过送客，不用记归位"),
        ("陈", cases.farewell, "陈现在不在岗位上，不能记送客"),
        ("许", cases.farewell, "许现在不在岗位上，不能记送客"),
        ("程", cases.farewell, "程现在不在岗位上，不能记送客"),
    ],
)
def test_what_cannot_be_true_of_somebody_is_refused_by_name(
    day: Flat, who: str, action: Callable[..., object], why: str
) -> None:
    before = DutyEvent.objects.count()
    with pytest.raises(Refused, match=why):
        day.do(action, who)
    assert DutyEvent.objects.count() == before


@pytest.mark.clause("SF-4.3.7")
@pytest.mark.parametrize(
    ("relief", "why"),
    [
        ("叶", "叶接不了样板间A：要另一位已到岗"),
        ("陈", "陈接不了样板间A：要另一位已到岗"),
        ("程", "程接不了样板间A"),
        ("秦", "秦接不了样板间A"),
    ],
)
def test_nobody_is_relieved_by_whoever_cannot_stand_there(day: Flat, relief: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        day.do(presence.sign_off, "叶", relieved_by=day.people[relief])


@pytest.mark.parametrize(
    ("who", "post", "why"),
    [
        ("程", True, "程是项目负责人或安全员，到岗不用写岗位"),
        ("秦", True, "秦是项目负责人或安全员，到岗不用写岗位"),
        ("叶", False, "没有.*这个岗位，请核对岗位名称"),
        ("陈", False, "没有.*这个岗位，请核对岗位名称"),
    ],
)
def test_a_post_that_is_none_of_theirs_is_refused(
    day: Flat, who: str, post: bool, why: str
) -> None:
    with pytest.raises(Refused, match=why):
        day.do(presence.sign_on, who, post=day.post if post else uuid4())


@pytest.mark.parametrize("who", ["程", "秦"])
def test_heads_and_guards_have_no_shift_to_change(day: Flat, who: str) -> None:
    span = {"begins": day.at("11:00"), "ends": day.at("12:00")}
    with pytest.raises(Refused, match=f"{who}是项目负责人或安全员，不排班"):
        day.do(presence.change_shift, "许", who=day.people[who], **span)


@pytest.mark.parametrize(
    ("begins", "ends"), [("12:00", "11:00"), ("12:00", "12:00"), ("18:30", "09:00")]
)
def test_a_shift_that_ends_before_it_begins_is_refused(day: Flat, begins: str, ends: str) -> None:
    span = {"begins": day.at(begins), "ends": day.at(ends)}
    with pytest.raises(Refused, match="结束要晚于开始，请改一下时间"):
        day.do(presence.change_shift, "许", who=day.people["陈"], **span)


@pytest.mark.parametrize("action", [presence.sign_on, presence.taken_away])
def test_somebody_of_another_place_is_nobody_here(day: Flat, action: Callable[..., object]) -> None:
    other = Flat()
    with pytest.raises(Refused):
        day.do(action, "许", who=other.people["叶"])
    assert str(other.people["叶"]) not in str(day.log.standing)


@pytest.mark.parametrize(
    ("action", "told"),
    [
        (presence.taken_away, {"who": "陈"}),
        (presence.sign_on, {"who": "陈"}),
        (presence.sign_off, {"who": "程"}),
    ],
)
def test_a_lead_s_word_for_somebody_counts_once_by_its_key(
    day: Flat, action: Callable[..., object], told: dict[str, str]
) -> None:
    whom = {name: day.people[who] for name, who in told.items()}
    first = day.do(action, "许", key="twice", **whom)
    count = DutyEvent.objects.count()
    assert day.do(action, "许", key="twice", **whom) == first
    assert DutyEvent.objects.count() == count


@pytest.mark.parametrize("who", ["陈", "苏", "程", "秦", "叶"])
def test_a_word_for_another_says_whose_it_was(day: Flat, who: str) -> None:
    day.do(presence.taken_away, "许", who=day.people[who])
    said = DutyEvent.objects.get(event="taken_away")
    assert (said.by, said.facts["who"]) == (day.people["许"], str(day.people[who]))
    assert f"{who}临时离开" in Notice.objects.get(kind="duty.taken_away").body


def test_a_place_without_a_post_has_no_day(flat: Flat) -> None:
    flat.do(planning.give_up_post, "许", rule=PostRule.objects.get(site_id=flat.site).id)
    with pytest.raises(Refused, match="今天没有开放的岗位。请领班在「岗位与班次」里设好"):
        flat.sign_on("叶")
    assert not DutyLog.objects.exists()


# Edges of time


@pytest.mark.parametrize("at", ["04:00", "08:59", "09:00", "17:59", "18:00", "23:59"])
def test_one_can_come_at_any_minute_of_the_day_and_the_stored_day_fits(flat: Flat, at: str) -> None:
    flat.roster(叶="全", 许="全")
    flat.sign_on("叶", at=at)
    assert flat.log.day == flat.now.date()
    assert list(disagreements(flat.log)) == []


def test_somebody_who_comes_at_three_in_the_night_is_of_the_day_before(flat: Flat) -> None:
    flat.roster(叶="全", 许="全")
    flat.sign_on("许", at="17:00")
    flat.now = flat.at("03:59") + timedelta(days=1)
    flat.do(presence.sign_on, "叶")
    assert DutyLog.objects.count() == 1
    flat.do(presence.sign_on, "叶", at="04:00")
    assert [log.day.day for log in DutyLog.objects.order_by("day")] == [23, 24]


def test_the_worker_that_looks_twice_in_a_second_tells_once(day: Flat) -> None:
    day.do(presence.taken_away, "许", who=day.people["叶"], at="10:30")
    day.clock("10:41")
    told = day.alerts()
    for _ in range(3):
        assert tick(day.now) == 0
    assert day.alerts() == told
    assert told.count("gap_long→head") == 1


@pytest.mark.parametrize(
    ("at", "says"), [("08:59", False), ("09:00", True), ("17:59", True), ("18:00", False)]
)
def test_a_post_lacks_somebody_only_while_it_is_open(flat: Flat, at: str, says: bool) -> None:
    flat.roster(叶="全", 许="全")
    flat.sign_on("许", at="08:20")
    flat.clock(at)
    (post,) = picture(flat.site, flat.now).posts
    assert (post.is_open, post.gap is not None) == (says, says)


# Pages


@pytest.mark.parametrize(
    ("who", "has", "hasn_t"),
    [
        ("叶", ("在样板间A", "有情况", "签退", "用餐"), ("看每个岗位",)),
        ("许", ("已到岗", "有情况", "看每个岗位"), ("在样板间A",)),
        ("程", ("已到岗", "有情况", "看每个岗位"), ("多少分钟", "送客")),
        ("秦", ("已到岗", "有情况"), ("多少分钟", "送客", "看每个岗位")),
        ("陈", ("还没有到岗", "来了也可以签到"), ("信息传递单</a>", "多少分钟")),
    ],
)
def test_now_shows_each_role_what_is_theirs(
    day: Flat, who: str, has: tuple[str, ...], hasn_t: tuple[str, ...]
) -> None:
    text = shown(enter(day, who), here(day)).partition('id="main"')[2]
    assert [words for words in has if words not in text] == []
    assert [words for words in hasn_t if words in text] == []


@pytest.mark.parametrize("who", ["叶", "许", "程", "秦", "陈"])
def test_everybody_sees_an_emergency_and_a_drill_apart_on_now(day: Flat, who: str) -> None:
    happen(day, "跑水")
    drilled(day, "停电")
    text = shown(enter(day, who), here(day))
    assert "样板间A 跑水" in text
    assert "样板间A 停电" in text
    assert text.count("不是真的") == 1


PATHS = ["posts/", "posts/shift/", "posts/stand-in/", "posts/gone/{}/", "posts/sign-on/{}/"]


@pytest.mark.parametrize("who", ["叶", "秦"])
@pytest.mark.parametrize("path", PATHS)
def test_what_a_lead_does_for_others_nobody_else_does(day: Flat, who: str, path: str) -> None:
    client, address = enter(day, who), here(day, path.format(day.people["陈"]))
    before = DutyEvent.objects.count()
    answer = client.get(address) if path == "posts/" else client.post(address, {"key": "a"})
    assert answer.status_code == 403
    assert DutyEvent.objects.count() == before


@pytest.mark.parametrize("path", PATHS[1:])
def test_a_lead_of_another_place_moves_nobody_here(day: Flat, path: str) -> None:
    other = Flat()
    lead, whom = enter(other, "许"), day.people["叶"]
    told = {"key": "a", "who": str(whom), "post": str(day.post), "begins": "11:00", "ends": "12:00"}
    before = DutyEvent.objects.filter(log=day.log).count()
    lead.post(here(other, path.format(whom)), told)
    assert lead.post(here(day, path.format(whom)), told).status_code in (302, 403, 404)
    assert DutyEvent.objects.filter(log=day.log).count() == before
    assert not DutyEvent.objects.filter(site_id=other.site).exists()


@pytest.mark.parametrize(
    ("path", "told", "why"),
    [
        ("posts/shift/", {"begins": "12:00", "ends": "11:00"}, "结束要晚于开始"),
        ("posts/shift/", {"begins": "十二点", "ends": "13:00"}, "时间写成 12:30 这样"),
        ("posts/shift/", {"begins": "", "ends": "13:00"}, "请填写上班"),
        ("posts/shift/", {"begins": "11:00", "ends": ""}, "请填写下班"),
        ("posts/stand-in/", {"begins": "12:00", "ends": "11:00"}, "结束要晚于开始"),
        ("posts/stand-in/", {"begins": "25:00", "ends": "13:00"}, "时间写成 12:30 这样"),
        ("posts/stand-in/", {"begins": "11:00", "ends": ""}, "请填写到"),
        ("posts/stand-in/", {"begins": "11:00", "ends": "12:00", "post": ""}, "请选择去哪个岗位"),
        ("posts/stand-in/", {"begins": "11:00", "ends": "12:00", "who": ""}, "请选择谁"),
    ],
)
def test_a_refused_form_says_why_and_keeps_the_hours(
    day: Flat, path: str, told: dict[str, str], why: str
) -> None:
    whole = {"key": "a", "who": str(day.people["许"]), "post": str(day.post), **told}
    answer = enter(day, "许").post(here(day, path), whole)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert why in text
    assert all(f'value="{told[name]}"' in text for name in ("begins", "ends") if told[name])
    assert not DutyEvent.objects.filter(event__in=("shift", "stand_in")).exists()


def test_a_lead_signs_somebody_on_whose_phone_is_empty(day: Flat) -> None:
    lead = enter(day, "许")
    address = here(day, f"posts/sign-on/{day.people['苏']}/")
    assert "苏到岗" in lead.post(address, {"key": "a"}, follow=True).content.decode()
    assert "不用再签一次" in lead.post(address, {"key": "b"}, follow=True).content.decode()
    assert DutyEvent.objects.filter(event="sign_on", by=day.people["许"]).count() == 2


@pytest.mark.parametrize(
    ("minutes", "why"),
    [
        ("0", "分钟数请填 1 到 180 之间的整数"),
        ("181", "分钟数请填 1 到 180 之间的整数"),
        ("", "请填写多少分钟"),
        ("半小时", "分钟数请填 1 到 180 之间的整数"),
    ],
)
def test_a_break_of_no_length_is_refused_beside_its_field(
    day: Flat, minutes: str, why: str
) -> None:
    told = {"key": "a", "kind": "meal", "minutes": minutes, "begins": ""}
    answer = enter(day, "叶").post(here(day, "break/"), told)
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert not DutyEvent.objects.filter(event="break_request").exists()


def test_before_anybody_has_come_the_lead_s_page_says_so_and_offers_no_forms(
    flat: Flat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: flat.now)
    text = shown(enter(flat, "许"), here(flat, "posts/"))
    assert "今天还没有人到岗" in text
    assert "从现在起改" not in text
    assert "今天没有发布排班" in shown(enter(flat, "叶"), here(flat))
