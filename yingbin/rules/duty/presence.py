"""到岗、离岗、临时离开、改班: who is on duty, and where (SF-4.3.7, SC-4.3.9)."""

from __future__ import annotations

from .day import DutyDay
from .dayfile import Event
from .log import Alert, Answer, NotNow
from .moments import Moment, clock
from .terms import Person


def known(day: DutyDay, who: str) -> Person:
    """A person of the site; refuses anybody else."""
    if who not in day.people:
        raise NotNow(f"本项目没有{who}这个人，请核对姓名。")
    return day.people[who]


def sign_on(day: DutyDay, event: Event) -> Answer:
    """On duty at a post, else at the home post; someone signed on elsewhere moves."""
    who, asked = event.text("who"), event.maybe("post")
    person = known(day, who)
    post = _post_asked(day, person, asked)
    _may_move(day, who, post, event.at)
    was_on = who in day.signed_on
    if was_on or asked is not None:
        _end_running_stand_in(day, who, event.at)
    day.signed_on[who] = post
    day.gone.discard(who)
    return Answer(f"{who}到岗，{f'在{post}' if post else '不固定岗位'}。")


def _post_asked(day: DutyDay, person: Person, asked: str | None) -> str | None:
    if asked is None:
        return person.home
    if asked not in day.posts:
        raise NotNow(f"没有{asked}这个岗位，请核对岗位名称。")
    if not person.stands:
        raise NotNow(f"{person.name}是项目负责人或安全员，到岗不用写岗位。")
    return asked


def _may_move(day: DutyDay, who: str, post: str | None, now: Moment) -> None:
    if who not in day.signed_on:
        return
    if day.break_of(who):
        raise NotNow(f"{who}正在休息，请先结束休息再到岗。")
    if day.signed_on[who] == post:
        raise NotNow(f"{who}已经在{post or '岗'}，不用再签一次。")
    stands = day.stands_at(who, now)
    if stands not in (None, post) and not day.can_leave(who, now):
        raise NotNow(f"{who}一走，{stands}就不够人了，请先安排人接替。")


def _end_running_stand_in(day: DutyDay, who: str, now: Moment) -> None:
    running = day.stand_in_of(who, now)
    if running is not None:
        running.ended = True


def sign_off(day: DutyDay, event: Event) -> Answer:
    """Off duty; a post that needs the person is taken over in the same moment, or they stay."""
    who, now = event.text("who"), event.at
    known(day, who)
    if who not in day.signed_on:
        raise NotNow(f"{who}还没有到岗，不用签退。")
    because = f"{who}签退。"
    if not day.can_leave(who, now):
        post = day.stands_at(who, now)
        other = _relief(day, who, event.maybe("relieved_by"), now)
        _end_running_stand_in(day, other, now)
        day.signed_on[other] = post
        because = f"{who}签退，{post}由{other}接替。"
    return Answer(because, alerts=tuple(_leaves(day, who)))


def _relief(day: DutyDay, who: str, other: str | None, now: Moment) -> str:
    post = day.stands_at(who, now)
    if other is None:
        raise NotNow(f"{who}一走，{post}就不够人了，请写明由谁接替。")
    person = day.people.get(other)
    ready = person is not None and person.stands and other != who and day.at_work(other)
    if not ready or day.stands_at(other, now) == post:
        raise NotNow(f"{other}接不了{post}：要另一位已到岗、不在休息、不在这个岗位的接待员或领班。")
    if not day.can_leave(other, now):
        raise NotNow(f"{other}一走，{day.stands_at(other, now)}就不够人了，请换一位接替{who}。")
    return other


def taken_away(day: DutyDay, event: Event) -> Answer:
    """Gone without asking: never refused, the lead is told."""
    who = event.text("who")
    known(day, who)
    post = day.own_post(who)
    alert = Alert(
        "taken_away",
        "lead",
        day.clause("presence", post),
        f"{who}临时离开，来不了或不能继续当班。",
        {"who": who},
    )
    return Answer(f"{who}离开，已记下。", alerts=(alert, *_leaves(day, who)))


def _leaves(day: DutyDay, who: str) -> list[Alert]:
    """Breaks, stand-ins and a farewell end with the person's duty; open lines are told to the lead."""
    for rest in day.breaks.values():
        if rest.who == who and rest.state == "running":
            rest.state = "ended"
        elif rest.who == who and rest.state == "accepted":
            rest.state = "cancelled"
    for stand_in in day.stand_ins.values():
        if stand_in.who == who:
            stand_in.ended = True
    day.farewells.pop(who, None)
    day.signed_on.pop(who, None)
    day.gone.add(who)
    return [
        Alert(
            "lines_left",
            "lead",
            day.clause(line.kind, line.post),
            f"{who}离开时，{line.post}的{line.id}还没有办完，请安排人接手。",
            {"line": line.id},
        )
        for line in day.open_lines()
        if line.owner == who
    ]


def shift(day: DutyDay, event: Event) -> Answer:
    """Another shift from now on: overtime, a swap."""
    who = event.text("who")
    if not known(day, who).stands:
        raise NotNow(f"{who}是项目负责人或安全员，不排班。")
    day.shifts[who] = event.span
    return Answer(f"{who}的班改为{clock(event.span.start)}–{clock(event.span.end)}。")
