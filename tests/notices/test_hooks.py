"""Webhooks: signed, in order, again after a failure, never inside, given up with a word to the manager."""

import base64
import hashlib
import hmac
import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from standardwebhooks import Webhook as StandardWebhook
from standardwebhooks import WebhookVerificationError

from tests.gallery.conftest import Gallery
from yingbin.notices import hooks, outside
from yingbin.notices.models import Notice, Webhook
from yingbin.rules.decision import Refused


class Outside:
    """The other side: what it was sent, and what it answers."""

    def __init__(self) -> None:
        self.got: list[tuple[str, dict[str, Any], bytes]] = []
        self.status = 200

    def post(self, url: str, body: bytes, headers: dict[str, str]) -> int:
        self.got.append((url, headers, body))
        return self.status


@pytest.fixture
def crm(monkeypatch: pytest.MonkeyPatch) -> Outside:
    other = Outside()
    monkeypatch.setattr(hooks, "post", other.post)
    monkeypatch.setattr(hooks, "place", lambda url: None)
    return other


def add(hall: Gallery, *kinds: str) -> Webhook:
    to = hooks.address("https://crm.example.com/in")
    hook = hall.do(hooks.add_hook, "郑岚", to=to, kinds=list(kinds) or ["turns.event"])
    return Webhook.objects.get(id=hook)


def test_what_happened_is_sent_once_in_order_signed_and_without_names(
    hall: Gallery, crm: Outside
) -> None:
    hook = add(hall)
    for n in range(3):
        hall.arrive(name="张伟", phone=f"1381234{n:04d}")
    assert hooks.deliver(hall.now) == 3
    assert hooks.deliver(hall.now) == 0
    seqs = [json.loads(body)["seq"] for _, _, body in crm.got]
    assert seqs == sorted(seqs)
    for _, headers, body in crm.got:
        stamp, mark = (p.split("=")[1] for p in headers["Yingbin-Signature"].split(","))
        secret = hooks.secret_of(hook.id)
        made = hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256)
        assert made.hexdigest() == mark
        assert "张伟" not in body.decode()
        assert "1381234" not in body.decode()


def test_any_library_of_standard_webhooks_takes_a_message_and_refuses_a_changed_one(
    hall: Gallery, crm: Outside
) -> None:
    hook = add(hall)
    hall.arrive(name="张伟")
    now = datetime.now(ZoneInfo("Asia/Shanghai"))
    assert hooks.deliver(now) == 1
    ((_, headers, body),) = crm.got
    receiver = StandardWebhook(hooks.secret_of(hook.id))
    assert receiver.verify(body, headers) == json.loads(body)
    assert headers["webhook-id"] == json.loads(body)["id"]
    assert abs(int(headers["webhook-timestamp"]) - now.timestamp()) < 2
    other = StandardWebhook(hooks.secret_of(UUID(int=1)))
    for who, told, said in [
        (other, body, headers),
        (receiver, body.replace(b"turns", b"burns"), headers),
        (receiver, body, headers | {"webhook-id": "x:1"}),
        (receiver, body, headers | {"webhook-timestamp": str(int(now.timestamp()) - 1)}),
    ]:
        with pytest.raises(WebhookVerificationError):
            who.verify(told, said)


def test_the_signature_is_the_standards_own_words(hall: Gallery, crm: Outside) -> None:
    """Worked out by hand as the specification says, so that the library alone doesn't vouch for itself."""
    hook = add(hall)
    hall.arrive(name="张伟")
    hooks.deliver(hall.now)
    ((_, headers, body),) = crm.got
    key = base64.b64decode(hooks.secret_of(hook.id).removeprefix("whsec_"))
    assert 24 <= len(key) <= 64
    said = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    made = base64.b64encode(hmac.new(key, said, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{made}"


def test_a_slow_receiver_is_left_for_the_next_round(
    hall: Gallery, crm: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(hall)
    for n in range(5):
        hall.arrive(name=f"客户{n}")
    clock = iter(range(0, 1000, 15))
    monkeypatch.setattr(hooks.time, "monotonic", lambda: next(clock))
    assert 0 < hooks.deliver(hall.now) < 5
    monkeypatch.undo()
    monkeypatch.setattr(hooks, "post", crm.post)
    hooks.deliver(hall.now)
    assert len(crm.got) == 5


def test_a_failure_is_tried_again_later_with_the_same_id_and_keeps_the_order(
    hall: Gallery, crm: Outside
) -> None:
    add(hall)
    hall.arrive(name="甲")
    hall.arrive(name="乙")
    crm.status = 500
    assert hooks.deliver(hall.now) == 0
    assert hooks.deliver(hall.now) == 0, "it rests"
    crm.status = 200
    assert hooks.deliver(hall.now + timedelta(minutes=2)) == 2
    ids = [headers["Yingbin-Event"] for _, headers, _ in crm.got]
    assert ids[0] == ids[1] != ids[2]


def test_an_address_that_never_answers_is_given_up_and_the_manager_hears(
    hall: Gallery, crm: Outside
) -> None:
    add(hall)
    hall.arrive(name="甲")
    crm.status, now = 500, hall.now
    for _ in range(hooks.GIVE_UP_AFTER):
        now += timedelta(hours=2)
        hooks.deliver(now)
    assert Webhook.objects.get().ended_at is not None
    assert Notice.objects.filter(kind="webhook", to_id=hall.id("郑岚")).count() == 1


@pytest.mark.parametrize(
    "url",
    [
        "http://crm.example.com/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://10.0.0.5/x",
        "https://169.254.169.254/latest/meta-data",
        "https://localhost/",
        "https://user:pw@93.184.216.34/",
        "ftp://93.184.216.34/",
        "https://:pw@93.184.216.34/",
        "https://@93.184.216.34/",
        "https://93.184.216.34:99999/",
        "https://93.184.216.34:0/",
        "https://93.184.216.34/a\r\nHost: inside",
        "https://93.184.216.34/a\n",
        "https://93.184.216.34/a\x00b",
        "https://93.184.216.34/ a",
        "https://[64:ff9b::7f00:1]/",
        "https://[64:ff9b:1::a00:5]/",
        "https://[2002:7f00:1::]/",
        "https://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::127.0.0.1]/",
        "https://[fec0::1]/",
        "https://[ff02::1]/",
        "https://224.0.0.1/",
        "https://239.255.255.250/",
        "https://255.255.255.255/",
        "https://240.0.0.1/",
        "https://0.0.0.0/",
        "https://192.88.99.1/",
        "https://100.64.0.1/",
        "https://[::1/",
        "nonsense",
    ],
)
def test_addresses_inside_or_malformed_are_refused(hall: Gallery, url: str) -> None:
    with pytest.raises(Refused):
        hooks.address(url)


@pytest.mark.parametrize("url", ["https://224.0.0.1/", "https://0.0.0.0/", "http://127.0.0.1:0/"])
def test_allowing_the_own_network_still_allows_no_nonsense(url: str, settings: Any) -> None:
    settings.YINGBIN_HOOKS_INSIDE = True
    with pytest.raises(outside.NotAllowed):
        outside.place(url)
    assert outside.place("http://127.0.0.1:8080/in").port == 8080


def test_a_public_address_is_taken_apart_once() -> None:
    where = outside.place("https://93.184.216.34/hook?a=1")
    assert (where.port, where.path, where.ip) == (443, "/hook?a=1", "93.184.216.34")
