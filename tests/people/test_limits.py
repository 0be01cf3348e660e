"""时限: what a site chose, since when and by whom; changed with a reason from a day; a guess is shown as one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.customers.office import Office, as_
from yingbin.journal.check import check_site
from yingbin.people.limits import Limit, limits_at, timeline
from yingbin.people.models import OpeningHours, SitePolicy
from yingbin.people.policies import DECLARED, Policy, declare, set_policy, set_row
from yingbin.people.policy_rows import Chosen, Number, Row, span
from yingbin.rules.decision import Refused

pytestmark = pytest.mark.django_db
ROW = Row(
    "meal", "午饭", (Number("minutes", "每次", "分钟", 5, 120), Number("away", "同时", "人", 1, 9)),
    assumed={"minutes": 30, "away": 1}, note="全天", at=("sales_centre",),
)  # fmt: skip


@dataclass(frozen=True)
class Meals:
    """How long a meal lasts, and how many may be at it."""

    minutes: int = 30
    away: int = 1


@pytest.fixture
def meals(office: Office) -> Iterator[Policy[Meals]]:
    """A policy whose numbers stand among its values themselves, as a small wing would name it."""
    yield declare(Policy("test.meals", "吃饭", Meals, "SF-4.3.7", rows=lambda: [ROW]))
    del DECLARED["test.meals"]


@pytest.fixture
def office() -> Office:
    """The sales centre, today."""
    office = Office()
    office.now = timezone.now() - timedelta(minutes=10)
    return office


def choose(office: Office, by: str = "郑岚", days: int = 0, **told: Chosen) -> int:
    """A choice of the meal's numbers, from so many days on."""
    day = timezone.localdate(office.now) + timedelta(days=days) if days else None
    numbers = {"minutes": 30, "away": 1} | told
    return office.do(
        set_row, by, name="test.meals", row_id="meal", numbers=numbers, reason="错峰", day=day
    )


def line(office: Office, days: float = 0) -> Limit:
    """The line as it stands so many days from now."""
    at = office.now + timedelta(days=days)
    return limits_at(office.place, at)["吃饭"][0]


def faults(office: Office) -> list[str]:
    """What the journal doesn't bear out of policies."""
    found = [f for one in check_site(office.site) for f in one.found]
    return [str(f) for f in found if f.where.startswith("规定")]


LIMIT = reverse("people:limit", args=["test.meals", "meal"])


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(5, "5 分钟"), (60, "1 小时"), (90, "1 小时 30 分钟"), (1440, "24 小时"), (2880, "2 天"), (0, "0 分钟")],
)  # fmt: skip
def test_minutes_are_said_as_people_say_them(minutes: int, words: str) -> None:
    assert span(minutes) == words


@pytest.mark.usefixtures("meals")
def test_until_somebody_chooses_the_page_says_that_it_is_a_guess(office: Office) -> None:
    shown = line(office)
    assert shown.is_assumed
    assert shown.words == (("每次", "30 分钟"), ("同时", "1 人"))
    html = as_(office, "郑岚").get(reverse("people:limits")).content.decode()
    assert "暂估" in html
    assert "每次" in html


@pytest.mark.usefixtures("meals")
def test_a_choice_says_since_when_by_whom_and_why(office: Office) -> None:
    choose(office, minutes=45)
    shown = line(office)
    assert shown.change is not None
    assert (shown.is_assumed, shown.change.by) == (False, office.id("郑岚"))
    html = as_(office, "郑岚").get(LIMIT).content.decode()
    for words in ("45 分钟", "郑岚定：错峰", "第 1 版", "原来 每次 30 分钟"):
        assert words in html
    assert faults(office) == []


@pytest.mark.usefixtures("meals")
def test_what_is_signed_today_may_begin_on_a_later_day(
    office: Office, meals: Policy[Meals]
) -> None:
    choose(office, days=3, minutes=60)
    assert line(office).words[0] == ("每次", "30 分钟")
    assert [c.words[0] for c in line(office).ahead] == [("每次", "1 小时")]
    later = office.now + timedelta(days=4)
    assert meals.in_force(office.site, later).values == Meals(60)
    assert meals.in_force(office.site, office.now).values == Meals(30)
    begins = SitePolicy.objects.get().since
    assert timezone.localtime(begins).strftime("%H:%M") == "00:00"
    assert "起改为" in as_(office, "许诺").get(reverse("people:limits")).content.decode()
    assert faults(office) == []


@pytest.mark.usefixtures("meals")
def test_of_two_for_one_day_the_one_signed_last_counts_and_the_other_is_said_to_have_no_effect(
    office: Office, meals: Policy[Meals]
) -> None:
    choose(office, days=5, minutes=60)
    choose(office, days=5, minutes=40)
    last, first = timeline(office.site, "test.meals").changes(ROW)
    assert (first.replaced_by, last.replaced_by) == (2, 0)
    assert meals.in_force(office.site, office.now + timedelta(days=9)).values == Meals(40)
    assert [c.version for c in line(office).ahead] == [2]
    assert "没有生效，被第 2 版取代" in as_(office, "郑岚").get(LIMIT).content.decode()


@pytest.mark.usefixtures("meals")
def test_what_was_planned_for_a_later_day_still_holds_from_then_on(
    office: Office, meals: Policy[Meals]
) -> None:
    choose(office, days=5, minutes=60)
    choose(office, minutes=45)
    assert meals.in_force(office.site, office.now).values == Meals(45)
    assert meals.in_force(office.site, office.now + timedelta(days=9)).values == Meals(60)
    assert "到那天照旧生效" in as_(office, "郑岚").get(LIMIT).content.decode()
    assert faults(office) == []


@pytest.mark.usefixtures("meals")
def test_a_line_knows_who_chose_it_though_another_line_was_signed_since(office: Office) -> None:
    choose(office, minutes=45)
    first = line(office).change
    office.do(set_policy, "郑岚", name="test.meals", values={"minutes": 45}, reason="再签一次")
    assert line(office).change == first


@pytest.mark.parametrize(
    ("days", "numbers", "why"),
    [
        (-1, {"minutes": 45}, "不能从过去的日子开始"),
        (400, {"minutes": 45}, "最多提前一年"),
        (0, {"minutes": 30}, "没有要改的"),
    ],
)
@pytest.mark.usefixtures("meals")
def test_a_refusal_says_what_to_do_instead(
    office: Office, days: int, numbers: dict[str, Chosen], why: str
) -> None:
    with pytest.raises(Refused, match=why):
        choose(office, days=days, **numbers)
    assert not SitePolicy.objects.exists()


@pytest.mark.usefixtures("meals")
def test_a_refused_page_keeps_what_was_typed_and_says_why_at_its_field(office: Office) -> None:
    browser = as_(office, "郑岚")
    sent = {"key": "a", "n_minutes": "400", "n_away": "1", "reason": "周末人多，错开"}
    answer = browser.post(LIMIT, sent)
    assert answer.status_code == 422
    assert "请填 5 到 120 之间的整数" in answer.content.decode()
    assert "周末人多，错开" in answer.content.decode()
    past = timezone.localdate() - timedelta(days=1)
    answer = browser.post(LIMIT, sent | {"n_minutes": "45", "day": past.isoformat()})
    assert "不能从过去的日子开始" in answer.content.decode()
    answer = browser.post(LIMIT, sent | {"n_minutes": "45", "reason": ""})
    assert "请填写为什么改" in answer.content.decode()
    assert not SitePolicy.objects.exists()


@pytest.mark.usefixtures("meals")
def test_the_page_changes_a_limit_once_and_back_to_the_guess(office: Office) -> None:
    browser = as_(office, "郑岚")
    sent = {"key": "a", "n_minutes": "45", "n_away": "2", "reason": "周末人多"}
    for _ in range(2):
        assert browser.post(LIMIT, sent).status_code == 302
    assert SitePolicy.objects.get().values == {"minutes": 45, "away": 2}
    back = reverse("people:limit_assumed", args=["test.meals", "meal"])
    refused = browser.post(back, {"key": "b", "reason": ""})
    assert refused.status_code == 422
    assert "请填写为什么改回" in refused.content.decode()
    assert browser.post(back, {"key": "b", "reason": "试过了，不好用"}).status_code == 302
    assert line(office).words == (("每次", "30 分钟"), ("同时", "1 人"))


@pytest.mark.parametrize(
    ("who", "sees", "changes"),
    [("郑岚", 200, 302), ("许诺", 200, 404), ("苏晴", 403, 403), ("林悦", 403, 403)],
)
@pytest.mark.usefixtures("meals")
def test_who_sees_the_limits_and_who_changes_them(
    office: Office, who: str, sees: int, changes: int
) -> None:
    browser = as_(office, who)
    assert browser.get(reverse("people:limits")).status_code == sees
    assert browser.get(LIMIT).status_code == sees
    sent = {"key": "a", "n_minutes": "45", "n_away": "2", "reason": "周末人多"}
    assert browser.post(LIMIT, sent).status_code == changes
    assert SitePolicy.objects.exists() == (changes == 302)
    if sees == 200:
        assert ("改这项时限" in browser.get(LIMIT).content.decode()) == (changes == 302)


@pytest.mark.usefixtures("meals")
def test_another_site_and_another_kind_of_place_have_their_own(office: Office) -> None:
    choose(office, minutes=45)
    other = Office("jiangnan", "江南里销售中心")
    other.now = office.now
    assert line(other).is_assumed
    assert "45 分钟" not in as_(other, "郑岚").get(LIMIT).content.decode()
    other.place.kind = "management_office"
    other.place.save()
    assert "吃饭" not in limits_at(other.place, office.now)
    assert as_(other, "郑岚").get(LIMIT).status_code == 404


@pytest.mark.parametrize("row_id", ["none", "meal/more", "../meal"])
@pytest.mark.usefixtures("meals")
def test_a_line_that_is_none_is_not_found(office: Office, row_id: str) -> None:
    where = f"/limits/test.meals/line/{row_id}/"
    assert as_(office, "郑岚").get(where).status_code == 404
    with pytest.raises(Refused, match="没有这一项时限"):
        office.do(
            set_row, "郑岚", name="test.meals", row_id=row_id, numbers={"minutes": 9}, reason="x"
        )


def test_working_time_is_told_with_days_that_are_alike_together(office: Office) -> None:
    page = reverse("people:limits")
    assert "暂时全天都算工作时间" in as_(office, "郑岚").get(page).content.decode()
    hours = [(day, "08:30", "12:00") for day in range(5)] + [(5, "09:00", "17:30")]
    for weekday, opens, closes in hours:
        OpeningHours.objects.create(site=office.place, weekday=weekday, opens=opens, closes=closes)
    html = as_(office, "许诺").get(page).content.decode()
    assert "周一至周五" in html
    assert "<dt>周六</dt>" in html
    assert "请找管人员的负责人" in html, "a lead may look and not change"
    assert reverse("people:calendar") in as_(office, "郑岚").get(page).content.decode()


def test_the_page_asks_the_same_with_one_version_and_with_thirty(
    office: Office, meals: Policy[Meals]
) -> None:
    browser, counts = as_(office, "郑岚"), []
    for many in (1, 30):
        for n in range(many):
            choose(office, minutes=31 + n % 2 if many == 1 else 40 + n)
        browser.get(LIMIT)
        for page in (reverse("people:limits"), LIMIT):
            with CaptureQueriesContext(connection) as asked:
                assert browser.get(page).status_code == 200
            counts.append(len(asked))
    assert counts[:2] == counts[2:]


def test_a_version_moved_to_another_day_behind_our_back_is_found(
    office: Office, meals: Policy[Meals]
) -> None:
    choose(office, days=3, minutes=60)
    SitePolicy.objects.update(since=office.now)
    assert any("生效时间" in fault for fault in faults(office))


def test_a_version_of_before_that_has_no_moment_of_signing_is_read_and_held(
    office: Office, meals: Policy[Meals]
) -> None:
    choose(office, minutes=45)
    SitePolicy.objects.update(signed_at=None)
    change = line(office).change
    assert change is not None
    assert change.signed_at == change.since
    assert faults(office) == []


def test_a_lines_numbers_find_their_place_in_the_values_and_leave_it() -> None:
    row = Row("a/b", "甲", (Number("x", "甲", "分钟"),), path=("rows", "a/b"), assumed={"x": 5})
    chosen = row.put({}, {"x": 9})
    assert chosen == {"rows": {"a/b": {"x": 9}}}
    assert row.chosen(chosen) == {"x": 9}
    assert row.put(chosen, None) == {"rows": {}}
    assert (row.chosen({}), row.said(None)) == (None, (("甲", "5 分钟"),))
