"""A day on duty read by those who look all day: a receptionist's "due now", a lead over 50 posts, a head over 2,000.

    DATABASE_URL=… python -m bench.duty [--sites 400] [--rounds 10] [--years 3]

Pages are answered in this process, middleware and templates included, beside the rows they are made of asked for in
plain SQL, in turns; what a page takes of the processor is printed too, since that depends less on whatever else the
machine does. Then the same against a copy of the database with years of days behind it. A place has five
posts; one real day is played by the actions and copied to the other places; one place in ten has something wrong.
"""

import argparse
import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import Any

from . import place
from .arrivals import show

Row = tuple[str, str, str]
POSTS, LED, OFTEN = 5, 10, 20


@dataclass(frozen=True)
class Page:
    """A page, whose it is, and the rows it is made of in plain SQL."""

    what: str
    who: str
    address: str
    sql: str


# Milliseconds by the clock and of this processor, round by round; by page, database, and whether in plain SQL.
Took = dict[tuple[str, str, str], list[list[tuple[float, float]]]]


def measure(sites: int, rounds: int, years: int) -> list[Row]:
    """Rows of (what, figure, aim)."""
    pages = _found(sites)
    place.copy("bench_duty", "bench_duty_old")
    _age(years)
    gc.freeze()  # as the server does
    took: Took = {}
    asked = {p.what: (_questions("bench_duty", p), _questions("bench_duty_old", p)) for p in pages}
    for n in range(-1, rounds):
        for base in ("bench_duty", "bench_duty_old"):
            place.use(base)
            for page in pages:
                for how, work in (("page", _opens(page)), ("sql", _asks(page))):
                    times = [_timed(work) for _ in range(OFTEN)]
                    if n >= 0:  # the first round warms everything
                        took.setdefault((page.what, base, how), []).append(times)
    place.close()
    place.drop("bench_duty", "bench_duty_old")
    return [row for page in pages for row in _rows(page.what, took, asked[page.what], years)]


def _rows(what: str, took: Took, asked: tuple[int, int], years: int) -> list[Row]:
    new, old = took[what, "bench_duty", "page"], took[what, "bench_duty_old", "page"]
    raw = took[what, "bench_duty", "sql"]
    wall, own = _sorted(new, 0), _sorted(new, 1)
    plain = _sorted(raw, 0)
    beside = median(_middle(a, 0) / _middle(b, 0) for a, b in zip(new, raw, strict=True))
    aged = [
        median(_middle(b, n) / _middle(a, n) for a, b in zip(new, old, strict=True)) for n in (0, 1)
    ]
    return [
        (what, f"p50 {_mark(wall, 50):.0f} ms, p95 {_mark(wall, 95):.0f} ms", "p95 < 100 ms"),
        (f"{what}: of the processor", f"p50 {_mark(own, 50):.0f} ms, p95 {_mark(own, 95):.0f} ms", ""),
        (f"{what}: questions", f"{asked[0]}; {asked[1]} after {years} years", "the same"),
        (f"{what}: its rows in plain SQL", f"p50 {_mark(plain, 50):.2f} ms, page {beside:.0f} ×", ""),
        (f"{what}: after {years} years", f"ratio {aged[0]:.2f}, processor {aged[1]:.2f}", "≤ 1.2"),
    ]  # fmt: skip


def _questions(base: str, page: Page) -> int:
    """How many statements a page takes."""
    place.use(base)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    work = _opens(page)
    work()  # what is asked once a process is asked now
    with CaptureQueriesContext(connection) as all_of_it:
        work()
    return len(all_of_it)


def _sorted(rounds: list[list[tuple[float, float]]], which: int) -> list[float]:
    return sorted(t[which] for r in rounds for t in r)


def _mark(times: list[float], percent: int) -> float:
    return times[min(len(times) * percent // 100, len(times) - 1)]


def _middle(times: list[tuple[float, float]], which: int) -> float:
    return median(t[which] for t in times)


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    began, busy = time.perf_counter(), time.process_time()
    work()
    return (time.perf_counter() - began) * 1000, (time.process_time() - busy) * 1000


def _opens(page: Page) -> Callable[[], object]:
    from django.test import Client

    from yingbin.people.models import Staff

    client = Client(SERVER_NAME="127.0.0.1")
    who = Staff.objects.get(account=page.who)
    client.force_login(who, backend="yingbin.people.backends.AccountOrPhone")

    def get() -> None:
        answer = client.get(page.address)
        assert answer.status_code == 200, answer.status_code

    return get


def _asks(page: Page) -> Callable[[], object]:
    from django.db import connection

    def ask() -> None:
        with connection.cursor() as cursor:
            cursor.execute(page.sql, [page.who])
            cursor.fetchall()

    return ask


_MINE = "select site_id from people_assignment a join people_staff s on s.id = a.staff_id where s.account = %s"
_TODAY = "(now() at time zone 'Asia/Shanghai' - interval '4 hours')::date"
_DUE = (
    "select l.opening, e.event, e.facts, e.words, e.at from duty_dutylog l join duty_dutyevent e"
    f" on e.log_id = l.id where l.day = {_TODAY} and l.site_id in ({_MINE}) order by e.index"
)
_STANDING = (
    f"select site_id, standing from duty_dutylog where day = {_TODAY} and site_id in ({_MINE})"
)
_TROUBLE = (
    f"select site_id, trouble from duty_dutylog where day = {_TODAY} and trouble <> '[]'"
    f" and site_id in ({_MINE})"
)


def _found(sites: int) -> list[Page]:
    """A new database with so many places, the day of the first played by the actions."""
    place.drop("bench_duty")
    place.admin("create database bench_duty")
    place.use("bench_duty")
    from django.core.management import call_command
    from django.utils import timezone

    from yingbin.people.models import Company

    call_command("migrate", verbosity=0)
    now = timezone.now()
    Company.objects.create(name="澄湖置业", set_up_at=now)
    first = _played(now)
    _copied(first, sites, now)
    return [
        Page("due now, a receptionist", "p0", "/s/flat0/duty/", _DUE),
        Page(f"a lead over {LED * POSTS} posts", "lead", "/s/flat0/duty/places/", _STANDING),
        Page(f"a head over {sites * POSTS:,} posts", "head", "/s/flat0/duty/places/", _TROUBLE),
    ]


def _site(number: int) -> Any:
    from yingbin.people.models import Site

    return Site(
        kind="show_flat", code=f"flat{number}", name=f"样板间{number}", short_name=f"{number}号"
    )


def _played(now: Any) -> Any:
    """A place of five posts whose day is under way: some came, some didn't, a post is empty."""
    from yingbin.duty.actions import lines, planning, presence
    from yingbin.duty.models import PostRule
    from yingbin.duty.ticks import tick
    from yingbin.journal.action import Acting
    from yingbin.people.models import Assignment, OpeningHours, Staff

    site = _site(0)
    site.save()
    for weekday, (opens, closes) in enumerate([_hours(now)] * 7):
        OpeningHours.objects.create(site=site, weekday=weekday, opens=opens, closes=closes)
    people = [Staff(account=f"p{n}", name=f"接待{n}", pinyin=f"p{n}") for n in range(10)]
    people += [Staff(account=a, name=a, pinyin=a) for a in ("lead", "head")]
    Staff.objects.bulk_create(people)
    roles = ["receptionist"] * 10 + ["lead", "project_head"]
    since = now - timedelta(days=9)
    Assignment.objects.bulk_create(
        Assignment(site=site, staff=who, role=role, since=since)
        for who, role in zip(people, roles, strict=True)
    )

    def do(work: Any, by: int, key: str, **told: Any) -> None:
        work(Acting(site.id, key, people[by].id, now), **told)

    for n in range(POSTS):
        do(planning.keep_post, 10, f"post{n}", name=f"岗位{n}", kind="show_flat")
    for n in range(POSTS - 1):
        do(presence.sign_on, n, f"on{n}")
    do(presence.sign_on, 10, "lead")
    for rule in PostRule.objects.filter(site=site)[:2]:
        do(lines.open_line, 0, f"slip{rule.id}", kind="slip", post=rule.post_id, title="客户问学区")
    tick(now)
    return site


def _hours(now: Any) -> tuple[str, str]:
    """Nine hours, four of which are over, as far as the day on duty has them."""
    from yingbin.people.calendar import ZONE

    hour = min(max(now.astimezone(ZONE).hour, 8), 19)
    return f"{hour - 4:02}:30", f"{hour + 4:02}:30"


def _copied(first: Any, sites: int, now: Any) -> None:
    """The same day at other places, under posts of their own."""
    import json

    from yingbin.duty.models import DutyLog, PostRule
    from yingbin.people.models import Assignment, Post, Site, Staff

    log = DutyLog.objects.get(site=first)
    rules = list(PostRule.objects.filter(site=first).select_related("post"))
    lead, head = (Staff.objects.get(account=a) for a in ("lead", "head"))
    made = Site.objects.bulk_create(_site(n) for n in range(1, sites))
    for number, site in enumerate(made, 1):
        posts = [Post(site=site, name=f"岗位{n}") for n in range(POSTS)]
        Post.objects.bulk_create(posts)
        PostRule.objects.bulk_create(
            PostRule(site=site, post=p, kind="show_flat", seq=1) for p in posts
        )
        told = json.dumps([log.opening, log.standing, log.trouble])
        for rule, post in zip(rules, posts, strict=True):
            told = told.replace(str(rule.post_id), str(post.id))
        opening, standing, trouble = json.loads(told)
        DutyLog.objects.create(
            site=site, day=log.day, began_at=log.began_at, opening=opening, standing=standing,
            trouble=trouble if number % 10 == 0 else [], told=log.told, last_at=log.last_at,
        )  # fmt: skip
        who = [(head, "project_head"), *([(lead, "lead")] if number < LED else [])]
        Assignment.objects.bulk_create(
            Assignment(site=site, staff=s, role=role, since=now - timedelta(days=9))
            for s, role in who
        )


def _age(years: int) -> None:
    """Years of days behind each place: whole ones, with their events, where somebody looks; slim ones elsewhere."""
    place.use("bench_duty_old")
    from django.db import connection

    days = years * 365
    whole = "case when s.code in (select 'flat' || n from generate_series(0, 9) n) then {} else '{{}}' end"
    with connection.cursor() as cursor:
        cursor.execute("alter table duty_dutyevent disable trigger user")
        cursor.execute(
            "insert into duty_dutylog (id, site_id, day, began_at, opening, standing, trouble, told, last_at)"
            f" select gen_random_uuid(), l.site_id, l.day - n, l.began_at, {whole.format('l.opening')},"
            f" {whole.format('l.standing')}, '[]', l.told, l.last_at from duty_dutylog l"
            " join people_site s on s.id = l.site_id, generate_series(1, %s) n",
            [days],
        )
        cursor.execute(
            "insert into duty_dutyevent (id, site_id, log_id, index, seq, at, made_at, by, event, facts, words, salt, accepted)"
            " select gen_random_uuid(), o.site_id, o.id, e.index + 100 * k, e.seq, e.at, e.made_at, e.by, e.event, e.facts, e.words,"
            " e.salt, e.accepted from duty_dutylog o join duty_dutylog t on t.site_id = o.site_id and t.day > o.day and t.next_at is not null"
            " join duty_dutyevent e on e.log_id = t.id, generate_series(0, 5) k"
        )
        cursor.execute("alter table duty_dutyevent enable trigger user")
        connection.commit()
        cursor.execute("analyze")
    place.close()


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--years", type=int, default=3)
    args = parser.parse_args()
    try:
        show(measure(args.sites, args.rounds, args.years))
    finally:
        place.close()
        place.drop("bench_duty", "bench_duty_old")


if __name__ == "__main__":
    main()
