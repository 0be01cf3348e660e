"""Dispatch proposes whom to ask and says why; it never acts by itself (SD-4.2.2)."""

from datetime import time, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from yingbin.desk.actions.crew import seen_of, set_worker
from yingbin.desk.crew import Hours, Worker, crew_at
from yingbin.desk.queries.one import page_of
from yingbin.duty.models import RosterCell, ShiftKind
from yingbin.people.models import Assignment

from .counter import Counter
from .test_callbacks import text

EARLY = Hours(time(7), time(15), "早班")


def writes(counter: Counter, who: str, *skills: str, hours: Hours | None = None) -> None:
    """The manager writes down what somebody can do and when they work."""
    seen = seen_of(crew_at(counter.site, counter.now), counter.id(who))
    told = Worker(counter.id(who), skills, hours)
    counter.do(set_worker, "顾", worker=told, reason="新来的", seen=seen)


def rostered(counter: Counter, **hours: tuple[int, int] | None) -> None:
    """Today's roster as published: from when to when, None off."""
    for who, span in hours.items():
        begins, ends = span or (0, 1)
        kind = ShiftKind.objects.create(
            site=counter.place, mark=who, title="白班", begins=time(begins), ends=time(ends), seq=1
        )
        RosterCell.objects.create(
            site=counter.place, staff=counter.staff[who], day=counter.now.date(),
            published_shift=kind if span else None, published_at=counter.now - timedelta(days=2),
        )  # fmt: skip


def solved(counter: Counter, by: str, subject: str = "leak") -> UUID:
    """Somebody of the works solves one of this subject."""
    one = counter.record(title="漏水", subject=subject, home=f"1-1-{len(counter.names)}")
    counter.offer("苏", one)
    for event in ("accept", "arrive", "done"):
        counter.act(by, event, one)
    return one


def why(counter: Counter, one: UUID, by: str = "苏") -> str:
    """The sentence on the matter's page."""
    return page_of(counter.badge(by), counter.desk(one), counter.now).proposed.why


@pytest.mark.clause("SD-4.2.2")
def test_who_solved_such_before_is_proposed_and_the_form_says_why(counter: Counter) -> None:
    solved(counter, "孙")
    one = counter.record()
    said = why(counter, one)
    assert (
        said
        == "漏水、渗水工程部办过最多，建议找孙：没写会水工，今天在办事（班次没写），手上 0 件，办过 1 件这类的事。"
    )
    page = text(counter, "苏", reverse("desk:matter", args=[one]))
    assert said in page
    assert f'<option value="department:{counter.works.id}" selected>' in page
    assert counter.log(one) == ["record"], "nothing is done by itself"


@pytest.mark.clause("SD-4.2.2")
def test_who_has_less_in_hand_goes_before_who_knows_it_and_who_is_here_before_both(
    counter: Counter,
) -> None:
    solved(counter, "孙")
    solved(counter, "钱")
    busy = counter.record(title="又漏")
    counter.offer("苏", busy)
    counter.act("孙", "accept", busy)
    assert "建议找钱" in why(counter, counter.record())
    counter.later(days=1)
    seen_today = counter.record(title="门坏")
    counter.offer("苏", seen_today)
    counter.act("孙", "accept", seen_today)
    assert "建议找孙" in why(counter, counter.record()), "钱 hasn't been seen today"


@pytest.mark.clause("SD-4.2.2")
def test_skill_and_shift_go_before_what_was_solved_and_the_sentence_says_so(
    counter: Counter,
) -> None:
    solved(counter, "孙")
    writes(counter, "钱", "water", hours=EARLY)
    writes(counter, "孙", "power", hours=EARLY)
    one = counter.record()
    assert why(counter, one).endswith("建议找钱：会水工，今天早班在岗（按上班时间），手上 0 件。")
    counter.later(hours=8)
    assert "建议找赵" in why(counter, one), "nobody knows of 赵 when they work"
    writes(counter, "赵", hours=EARLY)
    assert why(counter, one).endswith("现在没有人在班，最早是钱：明天早班 07:00。")


@pytest.mark.clause("SD-4.2.2")
def test_the_published_roster_goes_before_the_hours_that_were_written_down(
    counter: Counter,
) -> None:
    for who in ("钱", "孙", "赵"):
        writes(counter, who, "water", hours=EARLY)
    rostered(counter, 钱=None, 赵=None, 孙=(8, 16))
    one = counter.record()
    assert why(counter, one).endswith("建议找孙：会水工，今天白班在岗（按排班），手上 0 件。")
    RosterCell.objects.update(published_at=None)
    assert "（按上班时间）" in why(counter, one), "a draft is no roster"


@pytest.mark.clause("SD-4.2.2")
def test_somebody_else_is_chosen_by_one_tap_with_what_speaks_for_them(counter: Counter) -> None:
    writes(counter, "钱", "water", hours=EARLY)
    one = counter.record()
    page = text(counter, "林", reverse("desk:matter", args=[one]))
    qian, sun = (page.index(f'value="{counter.id(who)}"') for who in ("钱", "孙"))
    assert qian < sun
    assert "钱：会水工，今天早班在岗（按上班时间），手上 0 件" in page
    told = {"key": "k", "to": str(counter.id("孙")), "as_": "holder", "reason": "孙就在那栋楼"}
    counter.browser("林").post(reverse("desk:act", args=[one, "assign"]), told)
    assert counter.stands(one)[2] == "孙"


def test_a_page_asks_the_same_of_one_worker_and_of_thirty(counter: Counter) -> None:
    one = counter.record()
    page = reverse("desk:matter", args=[one])
    browser = counter.browser("苏")
    browser.get(page)
    with CaptureQueriesContext(connection) as few:
        browser.get(page)
    for n in range(30):
        counter.hire(f"工{n}", f"gong{n}", "department")
        Assignment.objects.filter(staff=counter.staff[f"工{n}"]).update(department=counter.works)
        writes(counter, f"工{n}", "water", hours=EARLY)
    browser.get(page)
    with CaptureQueriesContext(connection) as many:
        browser.get(page)
    assert len(many) <= len(few)


def test_where_nobody_has_done_such_and_no_scope_is_drawn_nobody_is_proposed(
    counter: Counter,
) -> None:
    assert why(counter, counter.record()) == ""
