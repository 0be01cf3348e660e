"""Strangers' tries lock out strangers; who comes in daily comes in, and a manager lifts a lock."""

from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.utils import timezone

from tests import cast
from yingbin.journal.action import Acting
from yingbin.journal.models import Entry
from yingbin.people import actions, lockout
from yingbin.people.models import Company, Site

from .conftest import post_login, sign_in

pytestmark = pytest.mark.django_db
OUTSIDE = {"REMOTE_ADDR": "203.0.113.9"}


def strangers_try(login: str = "linyue", many: int = 5, **place: Any) -> int:
    """The status of the last of so many wrong passwords."""
    answers = [post_login(Client(**(place or OUTSIDE)), login, "wrong") for _ in range(many)]
    return int(answers[-1].status_code)


def test_a_device_that_signed_in_before_is_not_locked_out_by_strangers(hupan: Site) -> None:
    hers = Client(REMOTE_ADDR="198.51.100.1")
    post_login(hers, "linyue")
    hers.post("/logout/")
    assert strangers_try() == 429
    assert post_login(Client(REMOTE_ADDR="198.51.100.77"), "linyue").status_code == 429, (
        "the control"
    )
    hers.defaults["REMOTE_ADDR"] = "198.51.100.88"  # the same phone, on the road
    assert post_login(hers, "linyue").status_code == 302


def test_an_address_that_signed_in_before_is_not_locked_out_by_strangers(hupan: Site) -> None:
    office = {"REMOTE_ADDR": "198.51.100.1"}
    post_login(Client(**office), "linyue")
    assert strangers_try() == 429
    assert post_login(Client(**office), "linyue").status_code == 302


def test_a_known_device_has_five_tries_of_its_own_and_no_more(hupan: Site) -> None:
    hers = sign_in("林悦")
    hers.post("/logout/")
    answers = [post_login(hers, "linyue", "wrong").status_code for _ in range(5)]
    assert answers == [422, 422, 422, 422, 429]
    assert post_login(hers, "linyue").status_code == 429


def test_a_device_is_known_to_the_accounts_that_signed_in_on_it_alone(hupan: Site) -> None:
    hers = Client(**OUTSIDE)
    post_login(hers, "linyue")
    hers.post("/logout/")
    for _ in range(5):
        post_login(hers, "zhouhang", "wrong")
    assert post_login(Client(REMOTE_ADDR="198.51.100.1"), "zhouhang").status_code == 429


def test_a_forged_device_cookie_is_no_device(hupan: Site) -> None:
    forger = Client(**OUTSIDE)
    forger.cookies[lockout.COOKIE] = f"abc.{lockout._mark('abc', 'linyue')}"
    for _ in range(5):
        post_login(forger, "linyue", "wrong")
    assert AccessAttempt.objects.get().username == "linyue"


def test_a_counters_name_cannot_be_typed(hupan: Site) -> None:
    post_login(Client(**OUTSIDE), "linyue\x1ffrom:1.2.3.4", "wrong")
    assert not AccessAttempt.objects.filter(username__contains="\x1f").exists()


def test_one_address_that_tries_many_accounts_is_braked_as_such(hupan: Site) -> None:
    names = [f"who{n}" for n in range(15)]
    locked = sum(strangers_try(name) == 429 for name in names)
    assert locked == 15, "it is told to wait, too"
    accounts = AccessAttempt.objects.values_list("username", flat=True)
    assert len(set(accounts)) <= lockout.BRAKE // 5 + 1, "but most accounts were never locked"


def test_an_office_behind_one_address_is_not_braked(hupan: Site) -> None:
    office = {"REMOTE_ADDR": "198.51.100.1"}
    for name in ("林悦", "周航", "吴敏"):
        post_login(Client(**office), cast.ACCOUNTS[name])
    for n in range(15):
        strangers_try(f"who{n}", 4, **office)
    assert post_login(Client(**office), cast.ACCOUNTS["苏晴"]).status_code == 302


def test_the_lock_says_what_to_do_and_the_same_for_nobody(hupan: Site) -> None:
    pages = []
    for who in ("linyue", "nobody"):
        for _ in range(5):
            answer = post_login(Client(**OUTSIDE), who, "wrong")
        pages.append(answer.content.decode())
    assert "解锁" in pages[0]
    assert pages[0] == pages[1]


def test_the_manager_sees_the_lock_and_lifts_it_and_the_journal_says_who(hupan: Site) -> None:
    Company.objects.update(managers_need_second_factor=False)
    manager, linyue = sign_in("郑岚"), cast.person("林悦")
    strangers_try()
    page = manager.get(f"/staff/{linyue.id}/").content.decode()
    until = timezone.localtime(lockout.account_locked_until("linyue", timezone.now()))
    assert f"登录锁到 {until:%H:%M}" in page
    manager.post(f"/staff/{linyue.id}/unlock/", {"key": "u"})
    assert "登录锁到" not in manager.get(f"/staff/{linyue.id}/").content.decode()
    assert post_login(Client(REMOTE_ADDR="198.51.100.9"), "linyue").status_code == 302
    entry = Entry.objects.get(kind="sign_in.unlocked")
    assert (entry.actor, entry.body) == (str(cast.person("郑岚").id), {"staff": str(linyue.id)})


def test_a_reset_password_lifts_the_lock(hupan: Site) -> None:
    strangers_try()
    manager = Acting(hupan.id, "r", cast.person("郑岚").id, timezone.now())
    actions.reset_password(manager, staff_id=cast.person("林悦").id)
    assert lockout.account_locked_until("linyue", timezone.now()) is None


def test_guesses_at_the_setup_code_have_a_limit_for_each_address_and_in_all(db: None) -> None:
    now = timezone.now()
    guesses = [lockout.may_guess_setup("203.0.113.9", now) for _ in range(6)]
    assert guesses == [True] * 5 + [False]
    assert lockout.may_guess_setup("203.0.113.10", now)
    for n in range(lockout.SETUP_GUESSES_IN_ALL):
        lockout.may_guess_setup(f"198.51.100.{n}", now)
    assert not lockout.may_guess_setup("192.0.2.1", now)
    assert lockout.may_guess_setup("203.0.113.9", now + timedelta(minutes=11))


def test_a_right_setup_code_after_too_many_wrong_ones_is_not_listened_to(
    db: None, settings: Any
) -> None:
    settings.SETUP_CODE = "right-code"
    told = {"name": "澄湖置业", "managers_need_second_factor": "on"}
    page = Client(**OUTSIDE)
    for _ in range(5):
        page.post("/setup/", told | {"setup_code": "wrong"})
    late = page.post("/setup/", told | {"setup_code": "right-code"})
    assert late.status_code == 422
    assert not Company.objects.exists()
    other = Client(REMOTE_ADDR="198.51.100.1")
    assert other.post("/setup/", told | {"setup_code": "right-code"}).status_code == 302
