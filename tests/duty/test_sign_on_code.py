"""到岗 and 签退 at the place itself, by the code on its screen, where the place asks for it (SF-4.3.7, SC-4.3.9)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from yingbin.duty.models import DutyEvent
from yingbin.people import site_code

from .doors import enter, here
from .flat import Flat

pytestmark = pytest.mark.clause("SF-4.3.7", "SC-4.3.9")


@pytest.fixture
def morning(flat: Flat, monkeypatch: pytest.MonkeyPatch) -> Flat:
    """The roster stands, it is twenty past eight, 许 has turned the code on."""
    flat.roster(叶="早", 许="全")
    flat.now = flat.at("08:20")
    monkeypatch.setattr(timezone, "now", lambda: flat.now)
    assert (
        enter(flat, "许").post(here(flat, "setup/code/"), {"key": "c", "code": "yes"}).status_code
        == 302
    )
    return flat


def come(flat: Flat, page: Client, code: str, key: str = "a") -> str:
    """What the page says after an attempt."""
    answer = page.post(here(flat, "sign-on/"), {"key": key, "code": code}, follow=True)
    return str(answer.content.decode())


def signed_on(flat: Flat) -> int:
    return DutyEvent.objects.filter(event="sign_on").count()


def test_with_the_code_of_the_screen_somebody_signs_on_and_off(morning: Flat) -> None:
    page = enter(morning, "叶")
    assert "签到码" in page.get(here(morning)).content.decode()
    assert "在样板间A" in come(morning, page, site_code.current(morning.site, morning.now))
    morning.now += timedelta(minutes=5)
    told = {"key": "off", "relieved_by": "", "code": "000000"}
    assert "签到码不对" in page.post(here(morning, "sign-off/"), told).content.decode()
    told = {"key": "off2", "code": site_code.current(morning.site, morning.now)}
    assert page.post(here(morning, "sign-off/"), told).status_code == 302


@pytest.mark.parametrize("code", ["", "000000", "12345"])
def test_without_it_nobody_signs_on_from_home(morning: Flat, code: str) -> None:
    assert "签到码不对。请看现场屏幕上当前的数字" in come(morning, enter(morning, "叶"), code)
    assert signed_on(morning) == 0


def test_the_code_of_a_minute_ago_and_that_of_another_place_are_wrong(morning: Flat) -> None:
    page, other = enter(morning, "叶"), Flat()
    old = site_code.current(morning.site, morning.now - timedelta(minutes=2))
    assert "签到码不对" in come(morning, page, old)
    assert "签到码不对" in come(morning, page, site_code.current(other.site, morning.now), "b")


def test_guessing_ends_after_five_and_the_lead_can_still_sign_somebody_on(morning: Flat) -> None:
    page = enter(morning, "叶")
    for n in range(5):
        come(morning, page, "000000", f"g{n}")
    right = site_code.current(morning.site, morning.now)
    assert "请领班代为到岗" in come(morning, page, right, "g9")
    lead = enter(morning, "许")
    lead.post(here(morning, f"posts/sign-on/{morning.people['叶']}/"), {"key": "l"})
    assert signed_on(morning) == 1


def test_the_screen_shows_the_code_to_leads_and_screens_and_to_nobody_who_signs_on_by_it(
    morning: Flat,
) -> None:
    shown = enter(morning, "许").get(here(morning, "code/"))
    code = site_code.current(morning.site, morning.now)
    assert f"{code[:3]} {code[3:]}" in shown.content.decode()
    assert int(shown["Refresh"]) <= site_code.PERIOD + 1
    assert enter(morning, "叶").get(here(morning, "code/")).status_code == 403


def test_a_scanned_code_is_filled_in(morning: Flat) -> None:
    code = site_code.current(morning.site, morning.now)
    text = enter(morning, "叶").get(here(morning, f"?code={code}")).content.decode()
    assert f'value="{code}"' in text


def test_a_place_that_does_not_ask_for_it_needs_none(morning: Flat) -> None:
    enter(morning, "许").post(here(morning, "setup/code/"), {"key": "n", "code": "no"})
    page = enter(morning, "叶")
    assert "签到码" not in page.get(here(morning)).content.decode()
    assert "在样板间A" in come(morning, page, "")
