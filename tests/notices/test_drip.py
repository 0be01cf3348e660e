"""A receiver that drips: one deadline over the whole delivery, and nobody else waits for it."""

import socket
import threading
import time
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from tests.customers.office import Office
from yingbin.journal.action import Acting
from yingbin.journal.write import write
from yingbin.notices import actions, channels, hooks, outside, ticks
from yingbin.notices.models import Delivery, Webhook

from .test_telling import tell

DRIP, SOON = "/drip", "/soon"


class Receiver:
    """A server on this machine: `/soon` answers at once, `/drip` a byte every fifth of a second."""

    def __init__(self) -> None:
        self.got: list[tuple[str, float]] = []
        self.over = threading.Event()
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        threading.Thread(target=self._open, daemon=True).start()

    def _open(self) -> None:
        while not self.over.is_set():
            try:
                line, _ = self.door.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(line,), daemon=True).start()

    def _answer(self, line: socket.socket) -> None:
        with line:
            asked = line.recv(65536)
            self.got.append((asked.split()[1].decode(), time.monotonic()))
            if DRIP.encode() not in asked.split()[1]:
                line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")
                return
            line.sendall(b"HTTP/1.1 200 OK\r\nX: ")
            while not self.over.wait(0.2):
                try:
                    line.sendall(b"x")
                except OSError:
                    return

    def times(self, path: str) -> list[float]:
        return [at for asked, at in list(self.got) if asked.startswith(path)]


@pytest.fixture
def receiver(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    one = Receiver()
    settings.YINGBIN_HOOKS_INSIDE = True
    settings.YINGBIN_CHANNELS = (
        f"滴水=json://127.0.0.1:{one.port}{DRIP} 快的=json://127.0.0.1:{one.port}{SOON}"
    )
    monkeypatch.setattr(outside, "WHOLE", 1.5)
    monkeypatch.setattr(channels, "WHOLE", 1.5)
    yield one
    one.over.set()
    one.door.close()


def test_a_dripping_answer_is_cut_at_the_deadline(receiver: Receiver) -> None:
    began = time.monotonic()
    with pytest.raises(TimeoutError):
        outside.post(f"http://127.0.0.1:{receiver.port}{DRIP}", b"{}", {})
    assert 1.2 < time.monotonic() - began < 4
    assert outside.post(f"http://127.0.0.1:{receiver.port}{SOON}", b"{}", {}) == 200


def test_a_timeout_of_each_read_alone_would_wait_on(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: without the deadline the same post outlasts it."""
    monkeypatch.setattr(outside, "WHOLE", 3600.0)
    done = threading.Event()

    def post() -> None:
        try:
            outside.post(f"http://127.0.0.1:{receiver.port}{DRIP}", b"{}", {})
        finally:
            done.set()

    threading.Thread(target=post, daemon=True).start()
    assert not done.wait(4)
    receiver.over.set()
    assert done.wait(8), "it ends with the drip, not before"


def test_a_dripping_channel_has_not_received_and_gets_no_second_thread(receiver: Receiver) -> None:
    began = time.monotonic()
    for why in ("对方太慢", "还没有答完"):
        outcome = channels.send("滴水", title="轮到您了", body="张女士")
        assert (outcome.ok, why in outcome.error) == (False, True), outcome
    assert time.monotonic() - began < 4
    assert channels.send("快的", title="轮到您了", body="张女士").ok
    assert len(receiver.times(DRIP)) == 1


@pytest.mark.django_db(transaction=True)
def test_neither_a_dripping_hook_nor_a_channel_holds_up_the_others(receiver: Receiver) -> None:
    office = Office()
    now = timezone.now()
    for path in (DRIP, SOON):
        hook(office, receiver, path, now)
    for name in ("滴水", "快的"):
        office.do(actions.choose_channel, "郑岚", name=name, use=True, kinds=())
    tell(office, "林悦")
    happen(office, now)

    began = time.monotonic()
    hooks.tick()
    ticks.tick()
    assert time.monotonic() - began < 1, "the worker's loop goes on at once"
    assert hooks._beside.wait(6)
    assert ticks._beside.wait(6)
    assert max(receiver.times(SOON)) - began < 1.4, "nobody waited for the drip"
    assert len(receiver.times(SOON)) == 2
    errors = Webhook.objects.order_by("url").values_list("failures", "last_error")
    assert list(errors) == [(1, "对方太慢，没有按时答完"), (0, "")]
    states = dict(Delivery.objects.values_list("channel", "state"))
    assert states == {"滴水": "failed", "快的": "sent"}


def hook(office: Office, receiver: Receiver, path: str, now: datetime) -> None:
    who = Acting(office.site, path, office.id("郑岚"), now)
    to = hooks.address(f"http://127.0.0.1:{receiver.port}{path}")
    hooks.add_hook(who, to=to, kinds=["turns.event"])


def happen(office: Office, now: datetime) -> None:
    def work(pen: Any) -> dict[str, Any]:
        pen.append("turns.event", {})
        return {}

    write(
        site_id=office.site,
        key="happened",
        verb="test",
        by="test",
        at=now,
        payload={},
        work=work,
    )


@pytest.mark.django_db(transaction=True)
def test_so_many_at_once_and_no_more(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hooks, "_beside", hooks.Beside(2))
    office, now = Office(), timezone.now()
    for n in range(4):
        hook(office, receiver, f"{DRIP}{n}", now)
    happen(office, now)
    assert hooks.tick() == 2
    assert hooks.tick() == 0
    assert hooks._beside.wait(6)
    assert hooks.tick() == 2
    assert hooks._beside.wait(6)
    connection.close()
