"""Who opens which page of a show flat's visitors, what stays in a refused form, what an empty page says, and random days."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from uuid import uuid4

import pytest
from django.test import Client

from yingbin.customers.wording import SHIPPED
from yingbin.duty.actions import questions, visits
from yingbin.duty.actions.visits import GuestTold
from yingbin.duty.models import FlatFacts, GuestCode, ShowVisit, VisitReferral, VisitSheet
from yingbin.duty.queries.visit_sheets import hosts_of, sheet_days, sheet_lines
from yingbin.duty.queries.visits import guests_here, guests_of
from yingbin.duty.visit_live import guests_now
from yingbin.journal.action import Acting
from yingbin.rules.decision import Refused

from .beside import Beside
from .flat import Flat
from .test_visit_pages import DRAWN, enter, here, shown, signed_in, today  # noqa: F401
from .test_visits import WANG, come_in, faults, morning, scan  # noqa: F401

Enter = Callable[[str], Client]
DAY = "2026-11-23"
LINK = re.compile(r'href="(/s/[^"#]*/duty/guests[^"#]*)"')


GETS = [
    # path, receptionist, lead, project head, guard
    ("guests/", 200, 200, 200, 403),
    ("guests/{visit}/", 200, 200, 200, 403),
    ("guests/flat/{post}/", 200, 200, 200, 403),
    ("guests/flat/{post}/edit/", 403, 200, 200, 403),
    ("guests/flat/{post}/code/", 200, 200, 200, 403),
    ("guests/referring/", 403, 200, 200, 403),
    ("guests/sheets/", 200, 200, 200, 403),
    (f"guests/sheets/{DAY}/", 200, 200, 200, 403),
    (f"guests/sheets/{DAY}/print/", 200, 200, 200, 403),
    (f"guests/sheets/{DAY}/excel/", 200, 200, 200, 403),
    ("guests/from-flats/", 403, 403, 403, 403),
]


@pytest.mark.clause("SF-4.3.2")
@pytest.mark.parametrize("who", [(1, "叶"), (2, "许"), (3, "程"), (4, "秦")])
def test_each_role_opens_its_pages_and_no_other(
    today: Flat,  # noqa: F811
    enter: Enter,  # noqa: F811
    who: tuple[int, str],
) -> None:
    visit, (place, name) = come_in(today), who
    page = enter(name)
    for row in GETS:
        path = row[0].format(visit=visit.id, post=today.post)
        assert page.get(here(today, path)).status_code == row[place], (name, path)


POSTS = [
    "guests/in/",
    "guests/{visit}/confirm/",
    "guests/{visit}/turn-down/",
    "guests/{visit}/tell/",
    "guests/{visit}/ask/",
    "guests/{visit}/refer/",
    "guests/{visit}/out/",
    "guests/flat/{post}/edit/",
    "guests/flat/{post}/code/renew/",
    "guests/referring/",
    f"guests/sheets/{DAY}/out/",
    f"guests/sheets/{DAY}/hand-over/",
    f"guests/sheets/{DAY}/match/",
    f"guests/sheets/{DAY}/settle/",
]


@pytest.mark.clause("SF-4.3.2")
def test_a_guard_writes_nothing_and_nobody_writes_by_looking(
    today: Flat,  # noqa: F811
    enter: Enter,  # noqa: F811
) -> None:
    visit, guard, lead = come_in(today), enter("秦"), enter("许")
    rows = list(ShowVisit.objects.values())
    for path in POSTS:
        at = here(today, path.format(visit=visit.id, post=today.post))
        assert guard.post(at, {"key": path}).status_code == 403, path
        if "edit" not in path and "referring" not in path:
            assert lead.get(at).status_code == 405, path
    assert Client().post(here(today, "guests/in/"), {"key": "x"}).status_code in (302, 403)
    assert list(ShowVisit.objects.values()) == rows


@pytest.mark.clause("SF-4.3.2")
def test_a_lead_of_another_flat_changes_no_row_of_this_one(
    today: Flat,  # noqa: F811
    enter: Enter,  # noqa: F811
) -> None:
    visit, met = scan(today), come_in(today)
    other = Flat()
    stranger = signed_in(other.people["许"])
    rows = list(ShowVisit.objects.order_by("number").values())
    told = {"size": "9", "been": "yes", "question": "层高？", "answer": "2.95", "post": today.post}
    for which in (visit, met):
        for verb in ("confirm", "turn-down", "tell", "ask", "refer", "out"):
            at = here(other, f"guests/{which.id}/{verb}/")
            answer = stranger.post(at, {"key": f"{which.number}{verb}", **told})
            assert answer.status_code in (302, 404), verb
            assert "王建国" not in answer.content.decode()
    card = {"layout": "一房", "area": "40", "before": "0", "key": "c"}
    assert stranger.post(here(other, f"guests/flat/{today.post}/edit/"), card).status_code == 404
    stranger.post(here(other, f"guests/flat/{today.post}/code/renew/"), {"key": "d"})
    into = stranger.post(here(other, "guests/in/"), {"key": "e", "size": "2", "post": today.post})
    assert into.status_code == 422
    assert list(ShowVisit.objects.order_by("number").values()) == rows
    assert not FlatFacts.objects.exists()
    assert not GuestCode.objects.exists()
    assert not VisitReferral.objects.exists()
    assert stranger.get(here(today, "guests/")).status_code in (403, 404)


@pytest.mark.clause("SF-4.3.2")
@pytest.mark.parametrize("name", ["叶", "许", "程"])
def test_no_page_leads_anybody_to_a_closed_door(
    today: Flat,  # noqa: F811
    enter: Enter,  # noqa: F811
    name: str,
) -> None:
    visit, page = come_in(today), enter(name)
    walked = set[str]()
    for path in (
        "",
        "guests/",
        "guests/sheets/",
        f"guests/{visit.id}/",
        f"guests/flat/{today.post}/",
    ):
        walked |= set(LINK.findall(shown(page, here(today, path))))
    assert len(walked) > 10
    assert {link: page.get(link).status_code for link in walked} == dict.fromkeys(walked, 200)


@pytest.mark.clause("SF-4.3.2")
@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("guests/", "今天还没有客人"),
        (f"guests/sheets/{DAY}/", "没有客人也要交表"),
        (f"guests/sheets/{DAY}/print/", "样板间客户接待记录表"),
        ("guests/sheets/", "没有客人"),
        ("guests/flat/{post}/", "请领班写上，接待时照着介绍"),
        ("guests/sheets/2026-02-28/", "还没有交给领班"),
    ],
)
def test_an_empty_page_says_what_to_do(
    today: Flat,  # noqa: F811
    enter: Enter,  # noqa: F811
    path: str,
    words: str,
) -> None:
    assert words in shown(enter("叶"), here(today, path.format(post=today.post)))


@pytest.mark.parametrize("day", ["2026-13-01", "2026-02-30", "20261123", "today", "2026-11-2"])
def test_a_day_that_is_none_is_not_found(
    today: Flat,  # noqa: F811
    enter: Enter,  # noqa: F811
    day: str,
) -> None:
    page = enter("许")
    for more in ("", "print/", "excel/"):
        assert page.get(here(today, f"guests/sheets/{day}/{more}")).status_code == 404
    sign = {"key": "a", "drawn": DRAWN}
    assert page.post(here(today, f"guests/sheets/{day}/hand-over/"), sign).status_code == 404
    assert not VisitSheet.objects.exists()


REFUSED = [
    # address, what was typed, what the page says, what must still stand there
    ("guests/{v}/tell/", {"size": "0", "note": "带孩子"}, "这里填 1 以上的数", "带孩子"),
    ("guests/{v}/tell/", {"size": "2", "name": "王建国", "phone": "12"}, "不是有效号码", "王建国"),
    ("guests/{v}/tell/", {"size": "2", "name": "王建国", "note": "急"}, "客人没有同意", "王建国"),
    ("guests/{v}/ask/", {"question": "学区？"}, "选转给谁去问", "学区？"),
    ("guests/{v}/ask/", {"answer": "2.95 米"}, "问了什么", "2.95 米"),
    ("guests/{v}/ask/", {"question": "学区？", "to": "nobody"}, "请从列表里选择", "学区？"),
    ("guests/{v}/confirm/", {"size": "百"}, "人数填整数", "百"),
    ("guests/flat/{p}/edit/", {"layout": "三房", "before": "0"}, "建筑面积", "三房"),
    (
        "guests/flat/{p}/edit/",
        {"layout": "三房", "area": "118", "before": "3", "answers": "层高？2.95 米"},
        "刚才有人改过这张资料卡",
        "层高？2.95 米",
    ),
    (
        "guests/flat/{p}/edit/",
        {"layout": "三房", "area": "118", "before": "0", "answers": "层高？2.95 米\n？两梯"},
        "第 2 行要有问题、问号和答复",
        "两梯",
    ),
    ("guests/referring/", {"gallery": "", "reason": ""}, "为什么改", "不转介"),
    (f"guests/sheets/{DAY}/hand-over/", {"word": "补一批"}, "签名", "补一批"),
]


@pytest.mark.clause("SF-4.3.2", "SF-4.3.3")
@pytest.mark.parametrize(("path", "typed", "said", "stays"), REFUSED)
def test_a_refused_form_says_why_at_once_and_keeps_what_was_typed(
    today: Flat,  # noqa: F811
    enter: Enter,  # noqa: F811
    path: str,
    typed: dict[str, str],
    said: str,
    stays: str,
) -> None:
    visit = scan(today) if "confirm" in path else come_in(today)
    at = here(today, path.format(v=visit.id, p=today.post))
    answer = enter("许").post(at, {"key": "a", "wording": SHIPPED, **typed})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert said in text
    assert stays in text


@pytest.mark.clause("SF-4.3.1")
@pytest.mark.parametrize(
    ("clock", "after", "day"),
    [
        ("00:00", 0, "2026-11-22"),
        ("03:59:59", 0, "2026-11-22"),
        ("04:00", 0, "2026-11-23"),
        ("08:59", 0, "2026-11-23"),
        ("18:00", 0, "2026-11-23"),
        ("23:59:59", 0, "2026-11-23"),
        ("00:00", 1, "2026-11-23"),
    ],
)
def test_a_group_belongs_to_the_day_on_duty_it_came_on(
    flat: Flat, clock: str, after: int, day: str
) -> None:
    flat.now = flat.at(clock) + timedelta(days=after)
    told = {"post": flat.post, "size": 2, "been": None}
    acting = Acting(flat.site, "late", flat.people["叶"], flat.now)
    done = visits.guests_in(acting, **told)  # type: ignore[arg-type]
    assert visits.guests_in(acting, **told) == done  # type: ignore[arg-type]
    when = date.fromisoformat(day)
    assert [(g.number, g.state) for g in guests_of(flat.site, when)] == [(1, "inside")]
    assert [g.day for g in guests_here(flat.site, flat.now)] == [when]
    assert not visits.guests_out(
        Acting(flat.site, "out", flat.people["叶"], flat.now), visit_id=done.visit
    ).tidies


@pytest.mark.clause("SF-4.3.2")
def test_numbers_begin_at_one_every_day_and_at_every_place(morning: Flat) -> None:  # noqa: F811
    assert [come_in(morning).number for _ in range(3)] == [1, 2, 3]
    other = Flat()
    other.now = morning.now
    assert come_in(other).number == 1
    morning.next_day()
    assert come_in(morning).number == 1
    days = sheet_days(morning.site, [morning.now.date() - timedelta(days=n) for n in range(3)])
    assert [(d.groups, d.people, d.handed, d.matched) for d in days] == [
        (1, 2, False, ""),
        (3, 6, False, ""),
        (0, 0, False, ""),
    ]


@pytest.mark.clause("SF-4.3.2")
def test_the_sheet_s_head_names_each_who_received_once_in_order(morning: Flat) -> None:  # noqa: F811
    for who in ("叶", "许", "叶"):
        come_in(morning, by=who)
    scan(morning)
    assert hosts_of(morning.site, morning.now.date()) == "叶、许"
    assert hosts_of(morning.site, morning.now.date() - timedelta(days=1)) == ""


class RandomGuests:
    """What a receptionist's head would keep: how far each group is, how many it is."""

    def __init__(self, flat: Flat, seed: int) -> None:
        self.flat, self.luck = flat, Random(seed)
        self.state, self.size = dict[str, str](), dict[str, int]()
        self.refused = 0

    def step(self) -> None:
        size = self.luck.randint(1, 99)
        which = self.luck.choice([*self.state, str(uuid4())])
        verb = self.luck.choice(["in", "scan", "confirm", "down", "tell", "out", "ask"])
        try:
            who = self.take(verb, which, size)
        except Refused:
            self.refused += 1
            assert not self.allowed(verb, which)
        else:
            assert self.allowed(verb, which)
            after = {"in": "inside", "scan": "waiting", "confirm": "inside", "down": "void"}
            self.state[who] = {**after, "out": "left"}.get(verb) or self.state[who]
            if verb in ("in", "scan", "confirm", "tell"):
                self.size[who] = size

    def allowed(self, verb: str, which: str) -> bool:
        state = Counter(self.state.values())
        fits = {"confirm": ("waiting",), "down": ("waiting",), "out": ("inside",)}
        if verb in ("in", "scan"):
            return verb == "in" or state["waiting"] < visits.MOST_WAITING
        return self.state.get(which) in fits.get(verb, ("inside", "left"))

    def take(self, verb: str, which: str, size: int) -> str:
        do, told = self.flat.do, {"size": size, "been": self.luck.choice([True, False, None])}
        if verb == "in":
            return str(do(visits.guests_in, "叶", post=self.flat.post, **told).visit)
        if verb == "scan":
            wrote = GuestTold(size, told["been"], SHIPPED, "王", "")  # type: ignore[arg-type]
            return str(
                do(visits.guests_by_code, "叶", post=self.flat.post, code=1, told=wrote).visit
            )
        verbs: dict[str, Callable[[], object]] = {
            "confirm": lambda: do(visits.confirm_guests, "叶", visit_id=which, **told),
            "down": lambda: do(visits.turn_down_guests, "叶", visit_id=which),
            "tell": lambda: do(visits.tell_guests, "叶", visit_id=which, **told),
            "out": lambda: do(visits.guests_out, "叶", visit_id=which),
            "ask": lambda: do(
                questions.ask_question, "叶", visit_id=which, question="层高？", answer="2.95"
            ),
        }
        verbs[verb]()
        return which


@pytest.mark.clause("SF-4.3.2")
@pytest.mark.parametrize("seed", [7, 23])
def test_whatever_a_receptionist_taps_pages_sheet_and_journal_agree_with_what_they_remember(
    flat: Flat, seed: int
) -> None:
    guests = RandomGuests(flat, seed)
    for _ in range(40):
        guests.step()
    assert guests.refused > 3
    day = flat.now.date()
    assert {str(g.id): g.state for g in guests_of(flat.site, day)} == guests.state
    assert {str(g.id): g.size for g in guests_of(flat.site, day)} == guests.size
    standing = [who for who, state in guests.state.items() if state != "void"]
    assert sorted(str(line.id) for line in sheet_lines(flat.site, day)) == sorted(standing)
    inside = [who for who, state in guests.state.items() if state == "inside"]
    now = guests_now(flat.site, flat.now, may=True)
    assert (len(now.inside), now.people) == (len(inside), sum(guests.size[w] for w in inside))
    assert guests_now(flat.site, flat.now, may=False).inside == ()
    assert faults(flat) == []


@pytest.mark.clause("SF-4.3.3")
def test_a_whole_visit_goes_by_plain_posts_and_the_same_key_twice_acts_once(
    today: Flat,  # noqa: F811
    enter: Enter,  # noqa: F811
) -> None:
    Beside(today).chosen()
    page = enter("叶")
    took = page.post(
        here(today, "guests/in/"), {"key": "1", "post": today.post, "size": "2", "been": "no"}
    )
    at = took["Location"]
    told = {"size": "2", "been": "no", "name": "王建国", "phone": WANG["phone"], "wording": SHIPPED}
    steps = [
        ("tell/", {"key": "2", **told, "agreed": "yes", "note": "带孩子"}),
        ("ask/", {"key": "3", "question": "层高？", "answer": "2.95 米"}),
        ("refer/", {"key": "4"}),
        ("out/", {"key": "5"}),
    ]
    for _ in range(2):
        for verb, typed in steps:
            assert page.post(f"{at}{verb}", typed).status_code == 302, verb
    (line,) = sheet_lines(today.site, today.now.date())
    assert (line.called, line.asked, line.answered) == ("王建国", "层高？", "2.95 米")
    assert line.sent.startswith("转湖畔雅居 第 1 批")
    assert VisitReferral.objects.count() == 1
    assert "今天的客人" in shown(page, here(today, "guests/"))
    assert faults(today) == []
