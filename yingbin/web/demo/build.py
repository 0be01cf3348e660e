"""Builds the demo: company, gallery, cast, three weeks of played days, and today as it stands now."""

import random
from datetime import datetime, timedelta
from functools import cache
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from yingbin.notices.models import Notice
from yingbin.pages.phones import normalised
from yingbin.people.calendar import ZONE
from yingbin.people.models import (
    Assignment,
    Company,
    Department,
    OpeningHours,
    Post,
    Site,
    SiteKind,
    Staff,
)
from yingbin.people.pinyin import spelled
from yingbin.people.spellings import found_by

from . import cast
from .day import Crew, PlayedDay, correct_once
from .story import Stories, some_calls

WEEKS = 3


def found(at: datetime) -> Crew:
    """Company, gallery, posts and the cast with their roles; one transaction."""
    with transaction.atomic():
        Company.objects.create(name=cast.COMPANY, is_demo=True, set_up_at=at)
        code, name, short = cast.SITE
        site = Site.objects.create(
            kind=SiteKind.SALES_CENTRE, code=code, name=name, short_name=short
        )
        for department in ["销售部", "基础部", "安全部"]:
            Department.objects.create(site=site, name=department)
        for post in ["前台", "洽谈区", "大门岗"]:
            Post.objects.create(site=site, name=post, must_be_covered=post == "前台")
        for weekday in range(7):
            OpeningHours.objects.create(site=site, weekday=weekday, opens="09:00", closes="18:00")
        ids = {m.account: _member(site, m, at) for m in cast.EVERYONE}
    return Crew(site.id, ids)


def found_further(at: datetime) -> None:
    """The company's other places with their people, and the sales centre's others; their past is for the wings to play."""
    with transaction.atomic():
        hall = Site.objects.get(code=cast.SITE[0])
        for member in cast.ON_DUTY:
            _member(hall, member, at)
        for place in cast.FURTHER:
            site = Site.objects.create(
                kind=place.kind, code=place.code, name=place.name, short_name=place.short
            )
            for weekday in range(7):
                OpeningHours.objects.create(
                    site=site, weekday=weekday, opens="09:00", closes="18:00"
                )
            for member in place.people:
                _member(site, member, at)
            for member, role in place.also:
                helper = Staff.objects.get(account=member.account)
                since = at - timedelta(days=400)
                Assignment.objects.create(site=site, staff=helper, role=role, since=since)


@cache
def _hashed(word: str) -> str:
    """One hash for all of the cast: they share a password that is printed anyway."""
    return make_password(word)


def _member(site: Site, member: cast.Member, at: datetime) -> UUID:
    pinyin, initials = spelled(member.name)
    staff = Staff.objects.create(
        account=member.account,
        name=member.name,
        phone=normalised(member.phone),
        pinyin=pinyin,
        sought=found_by(member.name),
        initials=initials,
        password=_hashed(cast.PASSWORD),
        pin=_hashed(cast.PIN),
    )
    everywhere = member.role in {"administrator", "auditor"}
    Assignment.objects.create(
        site=None if everywhere else site,
        staff=staff,
        role=member.role,
        department=_department(site, member.department),
        since=at - timedelta(days=400),
    )
    return staff.id


def _department(site: Site, name: str) -> Department | None:
    """The department of this name there, founded with its first person."""
    return Department.objects.get_or_create(site=site, name=name)[0] if name else None


def past_days(crew: Crew, now: datetime, luck: random.Random, weeks: int = WEEKS) -> None:
    """Plays the days before today, busier at weekends."""
    today = now.astimezone(ZONE).replace(hour=9, minute=0, second=0, microsecond=0)
    stories = Stories(crew)
    for back in range(weeks * 7, 0, -1):
        opens = today - timedelta(days=back)
        groups = luck.randint(14, 20) if opens.weekday() >= 5 else luck.randint(6, 10)
        day = PlayedDay(crew, luck, opens, groups)
        day.plan(span=500)
        some_calls(day, luck, span=500)
        stories.plan(day, back)
        ends = opens + timedelta(minutes=545)
        day.play(until=ends)
        if back == weeks * 7 - 2:
            correct_once(crew, ends)
        day.close(ends + timedelta(minutes=5))
    # People look at their phones: what was told on past days has been seen.
    Notice.objects.filter(site_id=crew.site).update(seen_at=F("made_at") + timedelta(minutes=2))


def today(crew: Crew, now: datetime, luck: random.Random) -> None:
    """Today as it stands: opened a while ago, some receptions under way, groups waiting, someone out."""
    midnight = now.astimezone(ZONE).replace(hour=0, minute=0, second=0, microsecond=0)
    since = (now - midnight).total_seconds() / 60
    span = max(min(150.0, since - 25), 1.0)
    day = PlayedDay(crew, luck, now - timedelta(minutes=span), groups=int(span / 9) + 1)
    day.plan(span=span * 1.02)
    some_calls(day, luck, span)
    day.play(until=now)


def demo(now: datetime | None = None, seed: int = 20261123, weeks: int = WEEKS) -> Crew:
    """Builds everything and returns the crew. Until all is there the company is not set up: see `demo_half_built`."""
    at = now or timezone.now()
    luck = random.Random(seed)
    crew = found(at - timedelta(days=weeks * 7 + 1))
    founded = Company.objects.get().set_up_at
    Company.objects.update(set_up_at=None)
    found_further(at - timedelta(days=weeks * 7 + 1))
    past_days(crew, at, luck, weeks)
    today(crew, at, luck)
    Company.objects.update(set_up_at=founded)
    return crew
