"""Passwords, PINs and slips: what opens an account, how often one may try, how long a slip is shown."""

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import check_password, identify_hasher

from tests import cast
from yingbin.people import actions
from yingbin.people.actions.passwords import (
    check_pin,
    checked_password,
    clear_pin_failures,
    set_pin,
)
from yingbin.people.actions.slips import first_password, give_first_passwords, put_away
from yingbin.people.backends import AccountOrPhone
from yingbin.people.counting import count_call
from yingbin.people.hashers import FirstPasswordHasher
from yingbin.people.ids import uuid7
from yingbin.people.models import ApiToken, Site, Staff
from yingbin.people.queries.slips import SHOWN_FOR, open_slips, people_on_slips, slips
from yingbin.rules.decision import Refused

from .conftest import Act

AT = cast.SATURDAY
OWN = "yunqi-2027-lake"


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("short7!", "至少 8 位"),
        ("password", "太常见"),
        ("20261121888", "不能只有数字"),
        ("linyue2026", "太像了"),
    ],
)
def test_a_weak_password_is_refused_in_words(hupan: Site, password: str, why: str) -> None:
    with pytest.raises(Refused, match=why) as no:
        checked_password(password, cast.person("林悦"))
    assert no.value.about == "new"


def test_only_a_first_password_is_kept_the_quick_way(hupan: Site) -> None:
    lin = cast.person("林悦")
    own = identify_hasher(checked_password(OWN, lin)).algorithm
    assert own != FirstPasswordHasher.algorithm
    made = give_first_passwords(staff=[lin], by=cast.person("郑岚").id, at=AT)
    assert identify_hasher(lin.password).algorithm == FirstPasswordHasher.algorithm
    assert check_password(first_password(made.id, lin.id), lin.password)
    assert lin.must_change_password


def test_a_first_password_is_of_its_slips_and_its_person_and_can_be_copied_by_hand(
    hupan: Site,
) -> None:
    one, other, lin, zhou = uuid7(), uuid7(), cast.person("林悦").id, cast.person("周航").id
    words = {first_password(s, p) for s in (one, other) for p in (lin, zhou)}
    assert len(words) == 4
    assert first_password(one, lin) == first_password(one, lin)
    for word in words:
        assert [len(part) for part in word.split("-")] == [4, 4, 4]
        assert not set(word) & set("il1o0")


@pytest.mark.parametrize("name", ["linyue", "LinYue", " linyue "])
def test_one_comes_in_by_account_however_it_is_typed(hupan: Site, name: str) -> None:
    came = AccountOrPhone().authenticate(None, username=name, password=cast.PASSWORD)
    assert came is not None
    assert came.name == "林悦"


@pytest.mark.parametrize("phone", ["13812345678", "138 1234 5678", "+86 138-1234-5678"])
def test_one_comes_in_by_phone_in_any_notation(hupan: Site, phone: str) -> None:
    Staff.objects.filter(account="linyue").update(phone="+8613812345678")
    came = AccountOrPhone().authenticate(None, username=phone, password=cast.PASSWORD)
    assert came is not None
    assert came.account == "linyue"


@pytest.mark.parametrize(
    ("name", "password"),
    [("linyue", "wrong"), ("nobody", cast.PASSWORD), ("", cast.PASSWORD), ("linyue", None)],
)
def test_nobody_else_comes_in(hupan: Site, name: str, password: str | None) -> None:
    assert AccountOrPhone().authenticate(None, username=name, password=password) is None


def test_whoever_left_comes_in_no_more_and_their_session_is_nobodys(hupan: Site) -> None:
    lin = cast.person("林悦")
    assert AccountOrPhone().get_user(lin.id) == lin
    Staff.objects.filter(id=lin.id).update(is_active=False)
    assert AccountOrPhone().authenticate(None, username="linyue", password=cast.PASSWORD) is None
    assert AccountOrPhone().get_user(lin.id) is None


def test_five_wrong_pins_lock_it_and_a_password_opens_it_again(hupan: Site) -> None:
    lin = cast.person("林悦").id
    set_pin(staff_id=lin, pin="2587", at=AT)
    for left in (4, 3, 2, 1):
        with pytest.raises(Refused, match=f"还可以试 {left} 次"):
            check_pin(staff_id=lin, pin="9999")
    with pytest.raises(Refused, match="PIN 已锁定"):
        check_pin(staff_id=lin, pin="9999")
    with pytest.raises(Refused, match="PIN 已锁定"):
        check_pin(staff_id=lin, pin="2587")
    clear_pin_failures(staff_id=lin)
    assert check_pin(staff_id=lin, pin="2587").id == lin


def test_a_right_pin_forgets_the_wrong_ones_before_it(hupan: Site) -> None:
    lin = cast.person("林悦").id
    set_pin(staff_id=lin, pin="2587", at=AT)
    for _ in range(3):
        for _ in range(4):
            with pytest.raises(Refused, match="PIN 不对"):
                check_pin(staff_id=lin, pin="9999")
        check_pin(staff_id=lin, pin="2587")
    assert cast.person("林悦").pin_failures == 0


def test_slips_are_shown_to_who_made_them_for_half_an_hour(hupan: Site) -> None:
    lin, boss, other = cast.person("林悦"), cast.person("郑岚").id, cast.person("顾北").id
    made = give_first_passwords(staff=[lin], by=boss, at=AT)
    lin.save()
    almost = AT + SHOWN_FOR - timedelta(seconds=1)
    assert slips(made.id, boss, almost) == made
    assert slips(made.id, other, AT) is None
    assert slips(made.id, boss, AT + SHOWN_FOR) is None
    assert open_slips(boss, almost) == [made]
    assert open_slips(other, almost) == []
    put_away(slips_id=made.id, by=other, at=AT)
    assert slips(made.id, boss, AT) == made
    put_away(slips_id=made.id, by=boss, at=AT)
    assert slips(made.id, boss, AT) is None
    assert open_slips(boss, AT) == []


def test_a_slip_shows_nobody_who_has_a_password_of_their_own_or_a_newer_slip(hupan: Site) -> None:
    people = [cast.person(n) for n in ("林悦", "周航", "吴敏", "陈思远")]
    boss = cast.person("郑岚").id
    made = give_first_passwords(staff=people, by=boss, at=AT)
    for one in people:
        one.save()
    actions.change_password(staff_id=people[0].id, password=OWN, at=AT)
    newer = give_first_passwords(staff=[people[1]], by=boss, at=AT)
    people[1].save()
    Staff.objects.filter(id=people[2].id).update(is_active=False)
    assert [one.name for one in people_on_slips(made)] == ["陈思远"]
    assert [one.name for one in people_on_slips(newer)] == ["周航"]


def test_calls_are_counted_by_key_kind_and_window(act: Act) -> None:
    told = {"scopes": ["queue.read"], "kind": ApiToken.Kind.values[0]}
    lin = cast.person("林悦").id
    one, two = (act(actions.make_token, "郑岚", name=n, acts_as=lin, **told).id for n in "甲乙")
    assert [count_call(one, "write", 7) for _ in range(3)] == [1, 2, 3]
    assert count_call(one, "read", 7) == 1
    assert count_call(two, "write", 7) == 1
    assert count_call(one, "write", 8) == 1
