"""各处: what stands first, what is left out, where a line leads, who sees what; written as a table of real mornings."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from yingbin.duty import live_places
from yingbin.duty.actions import breaks, cases, handovers, planning, presence
from yingbin.duty.live import TOPICS
from yingbin.duty.models import DutyLog, PostRule
from yingbin.duty.queries.places import MOST, Exceptions, every_post, exceptions, places_led
from yingbin.people.live import Viewer
from yingbin.people.models import Assignment, Site, Staff
from yingbin.people.queries import badge

from .doors import enter, here, shown
from .flat import MONDAY, Flat
from .manned import also, happen, manned


@pytest.fixture
def day(flat: Flat, monkeypatch: pytest.MonkeyPatch) -> Flat:
    """Everybody is there; it is ten."""
    return manned(flat, monkeypatch)


def wrong(flat: Flat, who: str = "程") -> Exceptions:
    return exceptions(places_led(flat.people[who], flat.now), flat.now)


def words(flat: Flat, who: str = "程") -> list[str]:
    return [row.words for row in wrong(flat, who).rows]


def troubled(flat: Flat, *whats: str) -> None:
    """A day that has begun, with this kept beside it: one of each kind, a minute apart, the last the oldest."""
    since = [(flat.now - timedelta(minutes=n)).isoformat() for n in range(len(whats))]
    rows = [
        {"what": what, "post": str(flat.post), "who": str(flat.people["叶"]), "since": at,
         "about": f"{flat.post}/opening", "more": ""}
        for what, at in zip(whats, since, strict=True)
    ]  # fmt: skip
    DutyLog.objects.filter(site_id=flat.site).update(trouble=rows)


@pytest.mark.clause("SF-3.3", "SC-3.3")
@pytest.mark.parametrize(
    ("what", "said", "burns"),
    [
        ("disruption", "有人扰乱秩序", True),
        ("gap", "缺人", True),
        ("absent", "叶未到", False),
        ("overrun", "叶该回岗没回", False),
        ("missing", "开门检查一直没有做", False),
        ("late", "开门检查晚了", False),
        ("handover_late", "交接没有签完", False),
    ],
)
def test_each_thing_that_is_wrong_has_its_sentence(
    day: Flat, what: str, said: str, burns: bool
) -> None:
    if what == "disruption":
        happen(day, "")
    else:
        troubled(day, what)
    row = wrong(day).rows[0]
    assert (row.words, row.burns, row.place) == (said, burns, "洋房样板间")
    page = "/duty/incident/" if what == "disruption" else "/duty/posts/"
    assert row.link.startswith(f"/s/{day.place.code}{page}")


def test_the_worst_stands_first_and_of_two_alike_the_older(day: Flat) -> None:
    troubled(day, "late", "late", "overrun", "gap", "missing", "absent", "handover_late")
    found = wrong(day).rows
    assert [row.what for row in found] == [
        "gap", "absent", "overrun", "missing", "handover_late", "late", "late",
    ]  # fmt: skip
    assert found[-2].since < found[-1].since


@pytest.mark.parametrize(
    ("many", "listed", "left"), [(0, 0, 0), (1, 1, 0), (MOST, MOST, 0), (MOST + 3, MOST, 3)]
)
def test_what_nobody_can_read_on_one_page_is_counted(
    day: Flat, many: int, listed: int, left: int
) -> None:
    troubled(day, *["late"] * many)
    found = wrong(day)
    assert (len(found.rows), found.more) == (listed, left)
    text = shown(enter(day, "程"), here(day, "places/"))
    assert (f"还有 {left} 件没有列出" in text) == (left > 0)


def test_where_all_is_well_the_page_says_so(day: Flat) -> None:
    DutyLog.objects.update(trouble=[])
    text = shown(enter(day, "程"), here(day, "places/"))
    assert "现在没有异常" in text
    assert "1 处，1 个岗位" in text


def test_a_place_without_posts_says_where_to_set_them_up(flat: Flat) -> None:
    flat.do(planning.give_up_post, "许", rule=PostRule.objects.get(site_id=flat.site).id)
    assert "您带的地方还没有岗位" in shown(enter(flat, "许"), here(flat, "places/"))


@pytest.mark.clause("SF-3.3")
@pytest.mark.parametrize(
    ("who", "role", "seen"),
    [
        ("叶", "receptionist", False),
        ("秦", "guard", False),
        ("苏", "lead", True),
        ("苏", "project_head", True),
        ("苏", "salesperson", False),
        ("苏", "administrator", False),
    ],
)
def test_places_are_those_of_leads_and_heads_alone(
    day: Flat, who: str, role: str, seen: bool
) -> None:
    other = Flat()
    also(day, other, who, role)
    assert [p.id for p in places_led(day.people[who], day.now)] == ([other.site] if seen else [])


@pytest.mark.parametrize(
    "why", ["the place is closed", "the role is over", "the person has left", "not yet"]
)
def test_a_place_that_is_led_no_more_is_gone_from_the_page(day: Flat, why: str) -> None:
    held = Assignment.objects.filter(staff_id=day.people["许"])
    if why == "the place is closed":
        Site.objects.update(closed_at=day.now)
    elif why == "the role is over":
        held.update(until=day.now - timedelta(seconds=1))
    elif why == "not yet":
        held.update(since=day.now + timedelta(seconds=1))
    else:
        Staff.objects.filter(id=day.people["许"]).update(is_active=False)
    assert places_led(day.people["许"], day.now) == []


def test_whoever_is_lead_and_head_of_one_place_sees_it_once_as_head(day: Flat) -> None:
    also(day, day, "程", "lead")
    (place,) = places_led(day.people["程"], day.now)
    assert place.head
    also(day, day, "许", "project_head")
    (place,) = places_led(day.people["许"], day.now)
    assert place.head


def test_yesterday_s_trouble_is_not_today_s(day: Flat) -> None:
    troubled(day, "gap")
    day.next_day()
    assert wrong(day).rows == ()
    assert every_post(places_led(day.people["许"], day.now), day.now)[0].posts == ()


@pytest.mark.parametrize(
    ("at", "shows"), [("03:59", True), ("04:00", False)]
)  # the day turns at four
def test_a_night_belongs_to_the_day_before_until_four(day: Flat, at: str, shows: bool) -> None:
    troubled(day, "gap")
    day.now += timedelta(days=1)
    day.now = day.at(at)
    assert bool(wrong(day).rows) == shows


@pytest.mark.parametrize(
    ("at", "is_open"), [("08:59", False), ("09:00", True), ("17:59", True), ("18:00", False)]
)
def test_a_post_is_open_from_its_first_minute_until_its_last(
    day: Flat, at: str, is_open: bool
) -> None:
    day.now = day.at(at)
    (place,) = every_post(places_led(day.people["许"], day.now), day.now)
    assert [post.is_open for post in place.posts] == [is_open]


def test_more_posts_than_a_page_holds_are_looked_at_place_by_place(
    day: Flat, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "至少 1 人" in shown(enter(day, "许"), here(day, "places/"))
    monkeypatch.setattr(live_places, "MOST_POSTS", 0)
    text = shown(enter(day, "许"), here(day, "places/"))
    assert "岗位太多，一页看不过来" in text
    assert "至少 1 人" not in text
    assert "岗位太多" not in shown(enter(day, "程"), here(day, "places/"))


@pytest.mark.clause("SF-4.3.7")
def test_a_real_morning_shows_each_thing_as_it_goes_wrong_and_as_it_is_mended(day: Flat) -> None:
    day.well("叶", "opening")
    told = {"post": day.post, "giver": day.people["叶"], "receiver": day.people["许"]}
    day.do(handovers.start_handover, "叶", **told, keys=("大门",), at="10:01")
    day.clock("10:17")
    assert "交接没有签完" in words(day)
    span = {"begins": day.at("10:20"), "ends": day.at("10:50")}
    day.do(breaks.stand_in, "许", who=day.people["许"], post=day.post, **span)
    rest = day.ask("叶", 20, at="10:21").rest
    day.do(breaks.start_break, "叶", rest=rest)
    day.clock("10:47")
    assert "叶该回岗没回" in words(day)
    day.do(breaks.end_break, "叶", rest=rest)
    assert "叶该回岗没回" not in words(day)
    day.do(presence.taken_away, "许", who=day.people["叶"], at="10:55")
    assert words(day)[0] == "缺人"
    case = happen(day, "跑水", by="许")
    assert words(day)[0] == "跑水"
    assert "缺人" not in words(day)  # whoever helps may leave the post
    day.do(cases.end_case, "许", case=case)
    assert words(day)[0] == "缺人"
    day.do(presence.sign_on, "许", who=day.people["叶"])
    assert not {"跑水", "缺人"} & set(words(day))


def test_the_page_asks_as_much_for_thirty_places_as_for_two(day: Flat) -> None:
    head = enter(day, "程")

    def count(path: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            shown(head, here(day, path))
        return len(asked)

    def place(number: int) -> None:
        row = Site.objects.create(kind="show_flat", code=f"more{number}", name=f"样板间{number}")
        staff = day.people["程"]
        Assignment.objects.create(site=row, staff_id=staff, role="project_head", since=MONDAY)
        log = day.log
        log.pk, log.site_id = None, row.id
        log.save(force_insert=True)

    troubled(day, "gap", "absent", "missing")
    place(0)
    count("places/")  # what is asked once a process
    before = [count(path) for path in ("places/", "places/all/")]
    for number in range(1, 30):
        place(number)
    assert [count(path) for path in ("places/", "places/all/")] == before
    assert "31 处" in shown(head, here(day, "places/"))


@pytest.mark.parametrize(
    ("who", "arg", "posts"),
    [("许", "", True), ("程", "", False), ("程", "all", True), ("程", "x", False)],
)
def test_the_live_piece_is_what_the_page_shows(day: Flat, who: str, arg: str, posts: bool) -> None:
    held = badge(Staff.objects.get(id=day.people[who]), day.site, day.now)
    piece = TOPICS["duty-places"].render(Viewer(held, "duty-places", arg))["places"]
    assert ("至少 1 人" in piece) == posts


def test_a_page_before_anybody_has_come_says_the_day_has_not_begun(
    flat: Flat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: flat.now)
    text = shown(enter(flat, "许"), here(flat, "places/"))
    assert "今天还没有开始，或者没有开放的岗位" in text
