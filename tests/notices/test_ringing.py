"""A locked phone rings: Web Push to a push service on this machine, and the trial."""

import base64
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.customers.office import Office, as_
from tests.gallery.conftest import Gallery
from tests.notices.push_service import Phone, PushService, allow, session_of
from yingbin.gallery import ticks as floor_ticks
from yingbin.gallery.actions import receptions
from yingbin.gallery.models import Reception
from yingbin.notices import actions, queries, ringing, ticks, vapid
from yingbin.notices.models import Delivery, PushDevice, RingTrial
from yingbin.people.actions.staff import staff_leaves
from yingbin.people.models import Staff
from yingbin.rules.decision import Refused

from .test_telling import tell

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Safari/605.1.15"
WECHAT = "Mozilla/5.0 (Linux; Android 14) Chrome/126 MicroMessenger/8.0.50"


@pytest.fixture
def service(settings: Any, tmp_path: Path) -> Iterator[PushService]:
    """Addresses inside are allowed for the test alone, as for webhooks."""
    settings.YINGBIN_HOOKS_INSIDE = True
    settings.DATA_DIR = tmp_path
    settings.YINGBIN_ADDRESS = "https://yingbin.example"
    one = PushService()
    yield one
    one.server.shutdown()


def test_a_turn_calls_the_receivers_phone_and_says_no_customers_name(
    hall: Gallery, service: PushService
) -> None:
    phone = allow(hall, "林悦", service)
    visit = hall.arrive(name="张伟", phone="13812345678")
    assert hall.receiver(visit) == "林悦"
    assert ticks.deliver(hall.now).sent == 1
    ((path, headers, body),) = service.got
    assert path == "/a"
    assert (headers["urgency"], headers["topic"], headers["ttl"]) == ("high", "turn", "300")
    said = phone.read(body)
    link = "/s/hupan/gallery/mine/"
    assert said == {"title": f"轮到您了：到访{visit.number}", "link": link, "tag": "turn"}
    assert "张伟" not in str(said)
    row = Delivery.objects.get()
    assert row.state == "sent"
    assert "张伟" not in row.title + row.body


def test_the_push_service_can_tell_who_sends(office: Office, service: PushService) -> None:
    allow(office, "林悦", service)
    tell(office, "林悦", urgent=True)
    ticks.deliver(office.now)
    scheme, _, words = service.got[0][1]["authorization"].partition(" ")
    token, key = (part.split("=", 1)[1] for part in words.split(", "))
    assert scheme == "vapid"
    assert key == vapid.public_key()
    point = base64.urlsafe_b64decode(key + "=")
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    said = jwt.decode(token, public, algorithms=["ES256"], audience="http://127.0.0.1")
    assert said["sub"] == "mailto:push@yingbin.example"
    forger = ec.generate_private_key(ec.SECP256R1()).public_key()
    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(token, forger, algorithms=["ES256"], audience="http://127.0.0.1")


def test_the_signing_key_is_made_once_and_nobody_else_reads_it(service: PushService) -> None:
    made = vapid.public_key()
    assert vapid.public_key() == made
    from django.conf import settings

    file = Path(settings.DATA_DIR) / vapid.PLACE
    assert file.stat().st_mode & 0o777 == 0o600
    assert [f.name for f in file.parent.iterdir()] == ["vapid.pem"]


def test_the_signing_key_is_in_every_backup() -> None:
    from yingbin.web.server import backup

    assert vapid.PLACE in backup.KEYS.values()
    assert set(backup.KEYS) < set(backup.PARTS)


def test_only_what_is_urgent_rings_and_only_at_its_own_person(
    office: Office, service: PushService
) -> None:
    allow(office, "林悦", service)
    tell(office, "林悦", kind="matter.done", title="办好了")
    tell(office, "周航", urgent=True)
    assert ticks.deliver(office.now).sent == 0
    assert not service.got


@pytest.mark.parametrize("status", [404, 410])
def test_a_device_that_let_go_is_forgotten_at_once(
    office: Office, service: PushService, status: int
) -> None:
    allow(office, "林悦", service)
    tell(office, "林悦", urgent=True)
    service.status = status
    ticks.deliver(office.now)
    assert not PushDevice.objects.exists()
    assert Delivery.objects.get().state == "given_up"
    tell(office, "林悦", urgent=True)
    assert Delivery.objects.count() == 1


def test_a_busy_push_service_is_asked_again_until_it_is_too_late(
    office: Office, service: PushService
) -> None:
    allow(office, "林悦", service)
    allow(office, "林悦", service, "b")
    tell(office, "林悦", urgent=True)
    service.status = 503
    ticks.deliver(office.now)
    assert len(service.got) == 2, "one device that fails doesn't hold up another"
    service.status = 201
    assert ticks.deliver(office.now + timedelta(seconds=30)).sent == 2
    tell(office, "林悦", urgent=True)
    assert ticks.deliver(office.now + timedelta(seconds=301)).sent == 0
    assert set(Delivery.objects.filter(state="given_up").values_list("last_error", flat=True)) == {
        "太晚了，没有再提醒"
    }


def test_signing_out_there_or_leaving_ends_it(office: Office, service: PushService) -> None:
    allow(office, "林悦", service)
    phone = PushDevice.objects.get()
    allow(office, "周航", service, "z")
    Session.objects.filter(session_key=phone.session_key).delete()
    office.do(staff_leaves, "郑岚", staff_id=office.id("周航"))
    tell(office, "林悦", "周航", urgent=True)
    assert ticks.deliver(office.now).sent == 0
    assert not service.got
    assert not PushDevice.objects.exists()


def test_only_public_addresses_over_https_are_called(
    office: Office, service: PushService, settings: Any
) -> None:
    allow(office, "林悦", service)
    settings.YINGBIN_HOOKS_INSIDE = False
    tell(office, "林悦", urgent=True)
    ticks.deliver(office.now)
    assert not service.got
    assert "https" in Delivery.objects.get().last_error


def test_nothing_is_pushed_inside_a_transaction(
    office: Office, service: PushService, monkeypatch: pytest.MonkeyPatch
) -> None:
    allow(office, "林悦", service)
    depth: list[int] = []
    from yingbin.notices import push

    real = push.post

    def watched(*args: Any) -> int:
        depth.append(len(connection.savepoint_ids))
        return real(*args)

    monkeypatch.setattr(push, "post", watched)
    before = len(connection.savepoint_ids)
    tell(office, "林悦", urgent=True)
    assert not service.got
    ticks.deliver(office.now)
    assert depth == [before]


def test_who_does_not_come_is_called_again_each_time_the_span_is_over(
    hall: Gallery, service: PushService
) -> None:
    phone = allow(hall, "林悦", service)
    visit = hall.arrive(name="张伟")
    began = Reception.objects.get().began_at
    for seconds in (0, 119, 120, 150, 239, 240, 360):
        now = began + timedelta(seconds=seconds)
        floor_ticks.tick(now)
        ticks.deliver(now)
    said = [phone.read(body)["title"] for _, _, body in service.got]
    assert said == [f"轮到您了：到访{visit.number}", *[f"还等您接单：到访{visit.number}"] * 3]
    assert {headers["topic"] for _, headers, _ in service.got} == {"turn"}, (
        "each takes the last's place"
    )
    hall.now = now
    hall.do(receptions.accept_turn, "林悦", visit_id=visit.id)
    floor_ticks.tick(now + timedelta(minutes=30))
    ticks.deliver(now + timedelta(minutes=30))
    assert len(service.got) == 4


def test_a_browser_is_one_device_however_often_it_says_so_and_follows_its_person(
    office: Office, service: PushService
) -> None:
    phone = allow(office, "林悦", service)
    session = session_of(office, "林悦")
    office.do(
        ringing.allow_device, "林悦", subscription=phone.subscription, session_key=session, words="x"
    )  # fmt: skip
    assert PushDevice.objects.get().session_key == session
    office.do(
        ringing.allow_device, "周航", subscription=phone.subscription,
        session_key=session_of(office, "周航"), words="x",
    )  # fmt: skip
    assert PushDevice.objects.get().staff_id == office.id("周航")
    for n in range(ringing.MOST_DEVICES + 2):
        allow(office, "吴敏", service, f"w{n}")
    assert PushDevice.objects.filter(staff_id=office.id("吴敏")).count() == ringing.MOST_DEVICES


# --- does it ring? ---------------------------------------------------------------


def test_a_trial_calls_and_the_manager_sees_what_the_person_said(
    hall: Gallery, service: PushService
) -> None:
    assert (
        queries.rings_of(hall.site, [hall.id("林悦")])[str(hall.id("林悦"))].words == "没试过响铃"
    )
    with pytest.raises(Refused, match="还没有能响的地方"):
        hall.do(ringing.try_ring, "林悦")
    phone = allow(hall, "林悦", service)
    trial = hall.do(ringing.try_ring, "林悦")
    ticks.deliver(hall.now)
    assert phone.read(service.got[0][2])["title"] == ringing.TRIAL
    for who, rang in (("周航", True), ("林悦", False)):
        args = {"trial_id": trial, "rang": rang, "words": "iPhone · Safari"}
        if who == "周航":
            with pytest.raises(Refused):
                hall.do(ringing.answer_ring, who, **args)
        else:
            hall.do(ringing.answer_ring, who, **args)
    with pytest.raises(Refused, match="已经回答过"):
        hall.do(ringing.answer_ring, "林悦", trial_id=trial, rang=True, words="")
    kept = RingTrial.objects.get()
    assert (kept.rang, kept.on_device, kept.answered_at) == (
        False,
        "iPhone · Safari",
        hall.now - timedelta(seconds=1),
    )
    browser = Client()
    browser.force_login(
        Staff.objects.get(id=hall.id("郑岚")), backend="yingbin.people.backends.AccountOrPhone"
    )
    html = browser.get("/gallery/supervision/").content.decode()
    assert html.count("手机没响") == 1
    assert html.count("没试过响铃") == 3


def test_the_salespersons_page_asks_once_signed_in(hall: Gallery, service: PushService) -> None:
    browser = Client()
    browser.force_login(
        Staff.objects.get(id=hall.id("林悦")), backend="yingbin.people.backends.AccountOrPhone"
    )
    assert "手机响不响" in browser.get("/gallery/mine/").content.decode()
    sent = {**vars(Phone(f"{service.base}/p").subscription), "key": "a1"}
    browser.post(reverse("notices:ring_allow"), sent, headers={"user-agent": IPHONE})
    assert PushDevice.objects.get().words == "iPhone · Safari"
    back = {"key": "try-1", "next": "/gallery/mine/"}
    browser.post(reverse("notices:ring_try"), back)
    assert "锁屏时响了吗" in browser.get("/gallery/mine/").content.decode()
    trial = RingTrial.objects.get()
    answer = browser.post(
        reverse("notices:ring_answer", args=[trial.id]), back | {"rang": "yes", "key": "r1"}
    )
    assert answer.headers["Location"] == "/gallery/mine/"
    assert "手机会响" in browser.get("/gallery/mine/").content.decode()


def test_the_page_says_honestly_what_a_browser_can_not(
    office: Office, service: PushService
) -> None:
    browser, url = as_(office, "林悦"), reverse("notices:ringing")
    assert (
        "微信 里打开的网页收不到锁屏提醒"
        in browser.get(url, headers={"user-agent": WECHAT}).content.decode()
    )
    assert "添加到主屏幕" in browser.get(url, headers={"user-agent": IPHONE}).content.decode()
    html = browser.get(url).content.decode()
    assert "未允许" in html
    assert "交给企业微信、钉钉" in html


@pytest.mark.parametrize(
    "wrong",
    [
        {"endpoint": "http://push.example/x"},
        {"endpoint": "https://push.example/a b"},
        {"endpoint": "nonsense"},
        {"p256dh": "AAAA"},
        {"p256dh": "汉字"},
        {"auth": "AAAA"},
    ],
)
def test_a_nonsense_subscription_is_refused(office: Office, wrong: dict[str, str]) -> None:
    sent = {**vars(Phone("https://push.example/x").subscription), **wrong, "key": "n"}
    answer = as_(office, "林悦").post(reverse("notices:ring_allow"), sent)
    assert answer.status_code == 302
    assert not PushDevice.objects.exists()


def test_another_persons_device_is_not_mine_to_remove(office: Office, service: PushService) -> None:
    allow(office, "林悦", service)
    device = PushDevice.objects.get()
    with pytest.raises(Refused):
        office.do(ringing.remove_device, "周航", device_id=device.id)
    office.do(ringing.remove_device, "林悦", device_id=device.id)
    assert not PushDevice.objects.exists()


def test_the_words_for_a_locked_phone_are_fixed() -> None:
    assert all(word and len(word) < 40 for word in actions.ALOUD.values())
