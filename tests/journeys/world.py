"""A gallery that has lived: four past days, a dispute ruled and one open, an import read, today under way."""

import io
import random
from datetime import datetime, timedelta

from django.utils import timezone
from openpyxl import Workbook

from tests.importing.worker import works_on
from yingbin.customers.models import Customer
from yingbin.duty.actions.handovers import start_handover
from yingbin.duty.actions.planning import keep_post
from yingbin.duty.actions.presence import sign_on
from yingbin.duty.models import PostRule
from yingbin.importing.actions import take_as_proposed
from yingbin.journal.action import Acting
from yingbin.reports.actions import tick as certificates
from yingbin.web.demo import build
from yingbin.web.demo.day import Crew, PlayedDay, correct_once
from yingbin.web.demo.story import Stories, some_calls

# The demo's two stories, told within four days: days back there, days back here.
SOONER = {20: 4, 16: 4, 14: 3, 18: 3, 5: 2, 2: 1}
OLD_REGISTER = [
    ("序号", "日期", "客户姓名", "联系电话", "人数", "获知途径", "需求户型", "接待人", "备注"),
    (1, "2025-03-01", "张伟", "13812345678", 2, "朋友介绍", "三房", "林悦", ""),
    (2, "2025-03-02", "王芳", "1390571882", 1, "路过", "四房", "孙倩", "带老人"),
]


def lived_in() -> Crew:
    """Builds it and returns the people."""
    now, luck = timezone.now(), random.Random(7)
    crew = build.found(now - timedelta(days=6))
    stories = Stories(crew)
    told: dict[int, list[object]] = {}
    for back, steps in stories.on.items():
        told.setdefault(SOONER[back], []).extend(steps)
    stories.on = told  # type: ignore[assignment]
    for back in range(4, 0, -1):
        opens = now.astimezone(build.ZONE).replace(hour=9, minute=0) - timedelta(days=back)
        _play(crew, luck, opens, stories, back)
    build.today(crew, now, luck)
    _more(crew, now)
    _on_duty(crew, now)
    return crew


def _play(crew: Crew, luck: random.Random, opens: datetime, stories: Stories, back: int) -> None:
    day = PlayedDay(crew, luck, opens, luck.randint(6, 8))
    day.plan(span=500)
    some_calls(day, luck, span=500)
    stories.plan(day, back)
    ends = opens + timedelta(minutes=545)
    day.play(until=ends)
    if back == 2:
        correct_once(crew, ends)
    day.close(ends + timedelta(minutes=5))


def _more(crew: Crew, now: datetime) -> None:
    book, out = Workbook(), io.BytesIO()
    assert book.active is not None
    for row in OLD_REGISTER:
        book.active.append(list(row))  # type: ignore[union-attr]
    book.save(out)
    take_as_proposed(
        Acting(crew.site, "w-up", crew.manager, now),
        kind="register",
        file_name="旧册.xlsx",
        data=out.getvalue(),
    )
    works_on(now)
    certificates(now)
    assert Customer.objects.filter(site_id=crew.site).exists()


def _on_duty(crew: Crew, now: datetime) -> None:
    """A post is manned, and its receptionist hands it over to the other."""
    lead, one, other = (crew.ids[name] for name in ("xunuo", "suqing", "yexiaoman"))
    rule = keep_post(crew.acting(lead, now), name="前台", kind="sales_centre")
    sign_on(crew.acting(one, now))
    sign_on(crew.acting(other, now))
    post = PostRule.objects.get(id=rule).post_id
    start_handover(crew.acting(one, now), post=post, giver=one, receiver=other, keys=("大门 1 号",))
