"""来访登记 on a visitor's own phone: what it keeps, what it refuses, and what it never shows (SF-4.3.2)."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from yingbin.customers.actions import word_consent
from yingbin.customers.models import Consent, Customer
from yingbin.customers.wording import SHIPPED
from yingbin.duty.actions import planning, visits
from yingbin.duty.actions.facts import renew_code
from yingbin.duty.forms.visits import SelfForm
from yingbin.duty.guest_code import Door, door_of, token_of
from yingbin.duty.models import PostRule, ShowVisit
from yingbin.duty.queries.visits import guests, guests_here, guests_of, on_the_spot, stale_codes
from yingbin.duty.visit_ticks import tick
from yingbin.journal.models import Entry
from yingbin.notices.models import Notice
from yingbin.people.models import OpeningHours

from .flat import Flat
from .test_visit_pages import SELF, door, enter, here, shown, today  # noqa: F401
from .test_visits import come_in, faults, scan

Enter = Callable[[str], Client]
WORDING = "姓名和电话只用于今天的参观和之后的联系，向接待员说一声就能查看或删除。"
TOLD = {**SELF, "key": "k"}
HEX = "018f0000000070008000000000000000"  # fixed: workers name their cases alike


def send(flat: Flat, **told: str) -> tuple[int, str]:
    answer = Client().post(door(flat), {**TOLD, **told})
    return answer.status_code, answer.content.decode()


@pytest.mark.clause("SF-4.3.2")
@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ({}, ("王建国", "+8613812341234", SHIPPED)),
        ({"name": " 王　建国 "}, ("王 建国", "+8613812341234", SHIPPED)),
        ({"phone": "138-1234-1234"}, ("王建国", "+8613812341234", SHIPPED)),
        ({"phone": "0755 8888 6666"}, ("王建国", "+8675588886666", SHIPPED)),
        ({"phone": ""}, ("王建国", "", SHIPPED)),
        ({"name": "王", "phone": ""}, ("王", "", SHIPPED)),
        ({"consent": "refused"}, ("", "", "")),
        ({"consent": "refused", "name": "", "phone": ""}, ("", "", "")),
        ({"consent": "refused", "phone": "不留"}, ("", "", "")),
    ],
)
def test_what_a_visitor_writes_is_kept_with_a_yes_alone(
    today: Flat,  # noqa: F811
    told: dict[str, str],
    kept: tuple[str, str, str],
) -> None:
    status, _ = send(today, **told)
    assert status == 302
    visit = ShowVisit.objects.get()
    assert (visit.called, visit.phone, visit.wording) == kept
    assert (visit.group_size, visit.been_to_sales, visit.source) == (3, False, "code")
    assert (visit.recorded_by, visit.confirmed_at, visit.customer_id) == (None, None, None)
    assert faults(today) == []


@pytest.mark.clause("SF-4.3.2")
@pytest.mark.parametrize(
    ("wrong", "said", "stays"),
    [
        ({"size": ""}, "几位", 'value="王建国"'),
        ({"size": "三"}, "人数填整数", 'value="王建国"'),
        ({"size": "100"}, "人数最多 99", 'value="13812341234"'),
        ({"been": "maybe"}, "请从列表里选择到过售楼处吗", 'value="王建国"'),
        ({"consent": "yes"}, "再选「同意」或「不同意」，都可以继续", 'value="13812341234"'),
        ({"phone": "88886666"}, "座机请带区号", 'value="88886666"'),
        ({"phone": "abc"}, "电话不是有效号码", 'value="abc"'),
        ({"wording": "2019-1"}, "说明刚刚改过", 'value="王建国"'),
        ({"name": "王" * 41}, "40", "13812341234"),
    ],
)
def test_a_refused_registration_shows_why_and_keeps_every_other_word(
    today: Flat,  # noqa: F811
    wrong: dict[str, str],
    said: str,
    stays: str,
) -> None:
    status, text = send(today, **wrong)
    assert status == 422
    assert said in text
    assert stays in text
    assert not ShowVisit.objects.exists()
    assert not Entry.objects.filter(kind="duty.visit").exists()


def test_the_same_tap_twice_is_one_group_and_one_notice(today: Flat) -> None:  # noqa: F811
    for _ in range(3):
        assert send(today)[0] == 302
    assert ShowVisit.objects.count() == 1
    assert Notice.objects.filter(kind="duty.guests").count() == len(
        on_the_spot(today.site, today.now)
    )


def test_one_key_for_another_name_is_not_taken_for_the_first(today: Flat) -> None:  # noqa: F811
    assert send(today)[0] == 302
    status, text = send(today, name="李四")
    assert status != 302
    assert ShowVisit.objects.get().called == "王建国"
    assert "李四" in text


@pytest.mark.clause("SF-4.3.2")
def test_the_page_names_no_other_visitor_and_is_kept_by_no_cache(today: Flat) -> None:  # noqa: F811
    scan(today)
    answer = Client().get(door(today))
    text = answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert "王建国" not in text
    assert "洋房样板间" in text
    assert "样板间A" in text
    assert "登记好了" in shown(Client(), f"{door(today)}thanks/")
    assert Client().post(f"{door(today)}thanks/").status_code == 405


@pytest.mark.parametrize("token", ["x", "~", "a~b", f"{HEX}-1", f"{HEX}-1~abc", "1-1~" + "a" * 43])
def test_a_guessed_address_is_no_door(token: str) -> None:
    assert door_of(token) is None


def test_a_door_is_read_back_as_it_was_signed_and_no_number_can_be_swapped_in() -> None:
    one = Door(uuid4(), 12)
    assert door_of(token_of(one)) == one
    signature = token_of(one).partition("~")[2]
    assert door_of(f"{one.post.hex}-13~{signature}") is None
    assert door_of(f"{uuid4().hex}-12~{signature}") is None


@pytest.mark.clause("SF-4.3.2")
def test_a_code_of_a_flat_given_up_or_of_no_flat_opens_nothing(today: Flat) -> None:  # noqa: F811
    strange = reverse("duty:guest", args=[token_of(Door(uuid4(), 1))])
    for path in ("", "thanks/"):
        assert "已经换过了" in shown(Client(), f"{strange}{path}", 404)
    assert Client().post(strange, TOLD).status_code == 404
    today.do(planning.give_up_post, "许", rule=PostRule.objects.get(post_id=today.post).id)
    assert Client().get(door(today)).status_code == 404
    assert Client().post(door(today), TOLD).status_code == 404
    assert not ShowVisit.objects.exists()


@pytest.mark.clause("SF-4.3.2")
def test_each_renewal_shuts_the_code_before_and_that_of_a_neighbour_stays(db: None) -> None:
    flat = Flat(posts=("样板间A", "样板间B"))
    other = flat.posts["样板间B"]
    for number in (2, 3, 4):
        assert flat.do(renew_code, "许", post=flat.post) == number
        assert Client().get(door(flat, number)).status_code == 200
        assert Client().get(door(flat, number - 1)).status_code == 404
        assert Client().get(door(flat, number + 1)).status_code == 404
    assert Client().get(reverse("duty:guest", args=[token_of(Door(other, 1))])).status_code == 200


@pytest.mark.clause("SF-4.3.2")
def test_who_agreed_before_the_wording_changed_is_confirmed_under_what_they_read(
    today: Flat,  # noqa: F811
) -> None:
    visit = scan(today)
    version = today.do(word_consent, "程", text=WORDING)
    today.do(visits.confirm_guests, "叶", visit_id=visit.id, size=2, been=False)
    assert Consent.objects.get().wording_version == SHIPPED
    assert WORDING in shown(Client(), door(today))
    assert send(today, wording=version)[0] == 302
    assert ShowVisit.objects.get(number=2).wording == version
    assert faults(today) == []


@pytest.mark.clause("SF-4.3.2")
def test_a_known_number_that_registers_again_is_no_second_customer(today: Flat) -> None:  # noqa: F811
    for n in range(2):
        visit = scan(today)
        today.do(visits.confirm_guests, "叶", visit_id=visit.id, size=2 + n, been=False)
    assert Customer.objects.count() == 1
    assert set(ShowVisit.objects.values_list("customer_id", flat=True)) == {
        Customer.objects.get().id
    }
    assert ShowVisit.objects.count() == 2
    assert faults(today) == []


@pytest.mark.clause("SF-4.3.1")
@pytest.mark.parametrize(
    ("at", "to"),
    [("08:00", {"叶", "陈", "苏"}), ("08:50", {"叶", "许"}), ("23:59", {"叶", "许"})],
)
def test_whoever_is_signed_on_is_told_and_before_anybody_is_every_receptionist(
    flat: Flat, at: str, to: set[str]
) -> None:
    flat.roster(叶="全", 许="全")
    if at != "08:00":
        flat.sign_on("叶", "许", at="08:40")
    flat.now = flat.at(at)
    scan(flat)
    names = {who: name for name, who in flat.people.items()}
    told = Notice.objects.filter(kind="duty.guests").values_list("to_id", flat=True)
    assert {names[who] for who in told} == to
    bodies = set(Notice.objects.filter(kind="duty.guests").values_list("body", flat=True))
    assert bodies == {"第 1 批，2 人，请迎上去并确认。"}


@pytest.mark.clause("SF-4.3.2")
@pytest.mark.parametrize(
    ("day", "at", "goes"),
    [(0, "23:59:59", 0), (1, "00:00", 0), (1, "03:59:59", 0), (1, "04:00", 1), (1, "09:00", 1)],
)
def test_what_nobody_confirmed_is_emptied_when_the_day_on_duty_turns_and_not_at_midnight(
    today: Flat,  # noqa: F811
    day: int,
    at: str,
    goes: int,
) -> None:
    visit = scan(today)
    now = today.at(at) + timedelta(days=day)
    assert len(stale_codes(visit.day + timedelta(days=day if goes else 0))) == goes
    assert tick(now) == goes
    visit.refresh_from_db()
    assert bool(visit.called) is not bool(goes)
    seen = guests(today.site, visit.id)
    assert seen is not None
    assert seen.state == ("void" if goes else "waiting")


@pytest.mark.clause("SF-4.3.2")
def test_a_registration_without_words_stays_unmet_on_its_own_day_and_is_not_here_the_next(
    today: Flat,  # noqa: F811
) -> None:
    visit = scan(today, agreed="")
    today.next_day()
    assert tick(today.now) == 0
    assert guests_here(today.site, today.now) == []
    assert [(g.id, g.state) for g in guests_of(today.site, visit.day)] == [(visit.id, "waiting")]


@pytest.mark.clause("SF-4.3.2")
def test_twelve_wait_at_one_flat_and_the_next_flat_has_twelve_of_its_own(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    flat = Flat(posts=("样板间A", "样板间B"))
    monkeypatch.setattr(timezone, "now", lambda: flat.now)
    for _ in range(visits.MOST_WAITING):
        scan(flat)
    status, text = send(flat)
    assert status == 422
    assert "请直接告诉接待员" in text
    other = reverse("duty:guest", args=[token_of(Door(flat.posts["样板间B"], 1))])
    assert Client().post(other, TOLD).status_code == 302
    first = ShowVisit.objects.get(number=1)
    flat.do(visits.confirm_guests, "叶", visit_id=first.id, size=2, been=False)
    assert send(flat, key="again")[0] == 302


@pytest.mark.clause("SF-4.3.2")
def test_the_form_ticks_nothing_beforehand(db: None) -> None:
    form = SelfForm(initial={"size": 2})
    assert form["consent"].value() is None
    assert form["been"].value() is None


def test_the_page_asks_as_much_with_thirty_waiting_as_with_none(today: Flat) -> None:  # noqa: F811
    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            shown(Client(), door(today))
        return len(seen)

    asked()
    before = asked()
    for _ in range(30):
        come_in(today)
    assert asked() == before


@pytest.mark.clause("SF-4.3.2")
def test_a_flat_on_its_day_off_still_writes_down_who_comes(today: Flat) -> None:  # noqa: F811
    """The door's code doesn't know the opening hours: somebody who stands there is met."""
    OpeningHours.objects.filter(site=today.place).delete()
    assert send(today)[0] == 302
    assert [g.called for g in guests_here(today.site, today.now)] == ["王建国"]


@pytest.mark.clause("SF-4.3.2")
def test_the_receptionist_turns_down_who_is_not_there(today: Flat, enter: Enter) -> None:  # noqa: F811
    visit = scan(today)
    page = enter("叶")
    answer = page.post(here(today, f"guests/{visit.id}/turn-down/"), {"key": "a"}, follow=True)
    assert "已作废，客人填的内容没有保留" in answer.content.decode()
    text = shown(page, here(today, f"guests/{visit.id}/"))
    assert "这批登记已作废" in text
    assert "王建国" not in text
    again = page.post(here(today, f"guests/{visit.id}/turn-down/"), {"key": "b"}, follow=True)
    assert "已经作废了" in again.content.decode()
