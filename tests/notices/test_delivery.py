"""The outbox against a local server that answers as WeCom's, DingTalk's and Feishu's robots do."""

import email
import email.policy
import json
import socketserver
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import pytest
import requests
from django.db import connection, transaction
from django.urls import reverse

from tests import served
from tests.customers.office import Office, as_
from yingbin.notices import actions, channels, queries, ticks
from yingbin.notices.models import ChannelChoice, Delivery
from yingbin.rules.decision import Refused

from .test_telling import tell

SECRET = "0fe1c3f0-secret-key"
ROBOTS = {
    "微信群": f"wecombot://{SECRET}",
    "钉钉群": "dingtalk://abcdef0123456789secretkey",
    "飞书群": f"feishu://{SECRET}",
}


class Robot:
    """A server on this machine: what it was sent, and what it will answer next."""

    def __init__(self) -> None:
        self.got: list[tuple[str, dict[str, Any]]] = []
        self.answers: list[tuple[int, Any]] = []
        robot = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                size = int(self.headers["Content-Length"])
                robot.got.append((self.path, json.loads(self.rfile.read(size))))
                code, said = robot.answers.pop(0) if robot.answers else (200, {"errcode": 0})
                self.send_response(code)
                self.end_headers()
                self.wfile.write(json.dumps(said).encode())

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        served.begin(self.server)

    def said(self) -> list[str]:
        """The texts received, whichever robot's form they came in."""
        return [json.dumps(body, ensure_ascii=False) for _, body in self.got]


@pytest.fixture
def robot(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[Robot]:
    """The robots' fixed hosts, answered by the server on this machine; nothing leaves it."""
    one = Robot()
    real = requests.post

    def rerouted(url: str, **more: Any) -> requests.Response:
        path = url.split("://", 1)[1].split("/", 1)[1]
        return real(f"http://127.0.0.1:{one.port}/{path}", **more)

    monkeypatch.setattr(requests, "post", rerouted)
    urls = ROBOTS | {"其他": f"json://127.0.0.1:{one.port}/hook"}
    settings.YINGBIN_CHANNELS = " ".join(f"{name}={url}" for name, url in urls.items())
    yield one
    one.server.shutdown()


@pytest.fixture
def use(office: Office) -> Any:
    """The site uses these channels."""

    def chosen(*names: str, kinds: tuple[str, ...] = ()) -> None:
        for name in names:
            office.do(actions.choose_channel, "郑岚", name=name, use=True, kinds=kinds)

    return chosen


HOOKS = {
    "微信群": ("/cgi-bin/webhook/send?key=", "msgtype"),
    "钉钉群": ("/robot/send?access_token=", "msgtype"),
    "飞书群": ("/open-apis/bot/v2/hook/", "msg_type"),
    "其他": ("/hook", "message"),
}


@pytest.mark.parametrize("name", HOOKS)
def test_a_message_reaches_each_kind_of_channel(
    office: Office, robot: Robot, use: Any, name: str, settings: Any
) -> None:
    settings.YINGBIN_ADDRESS = "https://yingbin.example"
    use(name)
    tell(
        office,
        "林悦",
        "周航",
        title="轮到您接待了",
        body="张女士 13800008821",
        link="/gallery/mine/",
    )
    assert ticks.deliver(office.now).sent == 1
    ((path, body),) = robot.got
    assert path.startswith(HOOKS[name][0])
    assert HOOKS[name][1] in body
    (said,) = robot.said()
    for part in (
        "林悦、周航：轮到您接待了",
        "138****8821",
        "https://yingbin.example/s/hupan/gallery/mine/",
    ):
        assert part in said
    assert "13800008821" not in said
    assert Delivery.objects.get().state == "sent"
    assert ticks.deliver(office.now + timedelta(days=1)).sent == 0
    assert len(robot.got) == 1


@pytest.mark.parametrize(
    ("name", "answer", "why"),
    [
        ("微信群", (200, {"errcode": 93000, "errmsg": "invalid webhook url"}), "密钥无效"),
        ("钉钉群", (200, {"errcode": 310000, "errmsg": "keywords not in content"}), "安全设置不符"),
        ("飞书群", (200, {"code": 19024, "msg": "Key Words Not Found"}), "关键词不符"),
        ("微信群", (200, {"errcode": 45009, "errmsg": "api freq out of limit"}), "太频繁"),
        ("飞书群", (200, {"code": 99999}), "代码 99999"),
        ("其他", (500, {}), "错误 500"),
        ("钉钉群", (404, {}), "错误 404"),
    ],
)
def test_a_robot_that_refuses_with_a_200_has_not_received(
    office: Office, robot: Robot, use: Any, name: str, answer: tuple[int, Any], why: str
) -> None:
    use(name)
    robot.answers.append(answer)
    tell(office, "林悦")
    assert ticks.deliver(office.now).sent == 0
    row = Delivery.objects.get()
    assert (row.state, row.attempts) == ("failed", 1)
    assert why in row.last_error
    assert row.next_try_at == office.now + timedelta(seconds=30)
    assert ticks.deliver(office.now + timedelta(seconds=29)).sent == 0
    assert ticks.deliver(office.now + timedelta(seconds=30)).sent == 1
    assert Delivery.objects.get().state == "sent"


def test_nobody_there_is_said_plainly_and_given_up_in_the_end(
    office: Office, use: Any, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.YINGBIN_CHANNELS = f"坏的=json://user:{SECRET}@127.0.0.1:9/hook"
    use("坏的")
    tell(office, "林悦")
    now, waits = office.now, []
    for _ in range(ticks.GIVE_UP_AFTER):
        ticks.deliver(now)
        row = Delivery.objects.get()
        waits.append(row.next_try_at - now)
        now = row.next_try_at
    assert row.state == "given_up"
    assert row.last_error == "连不上对方服务器"
    assert SECRET not in caplog.text + row.last_error
    assert waits[:4] == [timedelta(seconds=s) for s in (30, 60, 120, 240)]
    assert ticks.deliver(now + timedelta(days=9)).sent == 0
    office.do(actions.send_again, "郑岚", delivery_id=row.id)
    assert Delivery.objects.get().state == "queued"
    with pytest.raises(Refused):
        office.do(actions.send_again, "郑岚", delivery_id=row.id)


def test_a_site_hears_only_of_what_it_chose(office: Office, robot: Robot, use: Any) -> None:
    use("微信群", kinds=("matter.escalate",))
    tell(office, "林悦", kind="turn")
    assert not Delivery.objects.exists()
    tell(office, "林悦", kind="matter.escalate")
    assert Delivery.objects.count() == 1
    office.do(actions.choose_channel, "郑岚", name="微信群", use=False)
    tell(office, "林悦", kind="matter.escalate")
    assert Delivery.objects.count() == 1
    other = Office("jiangnan", "江南里销售中心")
    tell(other, "林悦")
    assert Delivery.objects.count() == 1


def test_a_group_is_told_once_however_many_of_its_members_are(
    office: Office, robot: Robot, use: Any
) -> None:
    use("微信群")
    tell(office, "林悦", "周航", "吴敏", "苏晴", dedupe="x")
    tell(office, "林悦", "周航", "吴敏", "苏晴", dedupe="x")
    assert ticks.deliver(office.now).sent == 1
    assert "林悦、周航、吴敏等" in robot.said()[0]


def test_one_dead_channel_does_not_hold_up_the_others(
    office: Office, robot: Robot, use: Any, settings: Any
) -> None:
    settings.YINGBIN_CHANNELS += " 坏的=json://127.0.0.1:9/hook"
    use("坏的", "微信群")
    for _ in range(3):
        tell(office, "林悦")
    assert ticks.deliver(office.now).sent == 3
    assert len(robot.got) == 3
    states = Delivery.objects.filter(channel="坏的").values_list("attempts", flat=True)
    assert sorted(states) == [0, 0, 1]


def test_a_channel_gone_from_the_settings_says_so(
    office: Office, robot: Robot, use: Any, settings: Any
) -> None:
    use("微信群")
    tell(office, "林悦")
    settings.YINGBIN_CHANNELS = ""
    ticks.deliver(office.now)
    assert "没有这个渠道" in Delivery.objects.get().last_error
    with pytest.raises(Refused, match="没有这个渠道"):
        use("微信群")


def test_a_sender_that_died_leaves_the_message_to_the_next(
    office: Office, robot: Robot, use: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    use("微信群")
    tell(office, "林悦")

    class Died(BaseException):
        pass

    def die(*args: Any, **more: Any) -> None:
        raise Died

    with monkeypatch.context() as broken:
        broken.setattr(channels, "send", die)
        with pytest.raises(Died):
            ticks.deliver(office.now)
    assert ticks.deliver(office.now + timedelta(seconds=30)).sent == 0
    assert ticks.deliver(office.now + ticks.CLAIM).sent == 1


def test_nothing_goes_out_inside_a_transaction(
    office: Office, robot: Robot, use: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    use("微信群")
    depth: list[int] = []
    real = channels.send

    def watched(*args: Any, **more: Any) -> channels.Outcome:
        depth.append(len(connection.savepoint_ids))
        return real(*args, **more)

    monkeypatch.setattr(channels, "send", watched)
    before = len(connection.savepoint_ids)
    tell(office, "林悦")
    assert not robot.got
    ticks.deliver(office.now)
    assert depth == [before]


@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_send_each_message_once(robot: Robot) -> None:
    office = Office()
    office.do(actions.choose_channel, "郑岚", name="微信群", use=True)
    for n in range(12):
        tell(office, "林悦", title=f"第{n}条")

    def round_() -> int:
        try:
            return ticks.deliver(office.now).sent
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        counts = [f.result() for f in [pool.submit(round_) for _ in range(4)]]
    assert sum(counts) == 12
    assert len(set(robot.said())) == len(robot.said()) == 12


@pytest.mark.django_db(transaction=True)
def test_without_the_claims_lock_two_senders_would_collide(
    robot: Robot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: take the lock away and a message goes out twice."""
    office = Office()
    office.do(actions.choose_channel, "郑岚", name="微信群", use=True)
    tell(office, "林悦")
    together = threading.Barrier(2)

    def unlocked(now: Any, resting: list[str], only: str | None) -> Delivery | None:
        with transaction.atomic():
            row = Delivery.objects.filter(state="queued", next_try_at__lte=now).first()
            if row is not None:
                together.wait(5)
                row.attempts, row.next_try_at = 1, now + ticks.CLAIM
                row.save()
        return row

    monkeypatch.setattr(ticks, "_claim", unlocked)

    def round_() -> int:
        try:
            return ticks.deliver(office.now).sent
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        for f in [pool.submit(round_) for _ in range(2)]:
            f.result()
    assert len(robot.got) == 2


def test_the_managers_page_of_channels(office: Office, robot: Robot) -> None:
    manager, url = as_(office, "郑岚"), reverse("notices:channels")
    html = manager.get(url).content.decode()
    assert "企业微信群机器人" in html
    assert "飞书群机器人" in html
    for secret in (SECRET, "abcdef0123456789"):
        assert secret not in html
    sent = {"key": "c", "name": "微信群", "use": "yes", "subjects": ["matters", "turns"]}
    manager.post(reverse("notices:choose"), sent)
    choice = ChannelChoice.objects.get()
    assert {"turn", "matter.escalate"} <= set(choice.kinds)
    assert "使用中" in manager.get(url).content.decode()
    manager.post(reverse("notices:try"), {"key": "t", "name": "微信群"})
    robot.answers.append((200, {"errcode": 93000}))
    ticks.deliver(Delivery.objects.get().made_at)
    assert "密钥无效" in manager.get(url).content.decode()
    assert manager.post(reverse("notices:try"), {"name": "没有的"}).status_code == 404
    assert queries.channels_of(office.site)[0].sent == 0


class PostOffice(socketserver.StreamRequestHandler):
    """As much of a mail server as a notice needs."""

    letters: ClassVar[list[str]] = []

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline().decode().strip().upper():
            if line == "DATA":
                self.wfile.write(b"354 go on\r\n")
                letter = b""
                while not letter.endswith(b"\r\n.\r\n"):
                    letter += self.rfile.readline()
                self.letters.append(letter.decode())
            self.wfile.write(b"221 bye\r\n" if line == "QUIT" else b"250 ok\r\n")
            if line == "QUIT":
                return


def test_a_message_reaches_a_mailbox(office: Office, use: Any, settings: Any) -> None:
    PostOffice.letters.clear()
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), PostOffice) as server:
        served.begin(server)
        port = server.server_address[1]
        settings.YINGBIN_CHANNELS = (
            f"邮箱=mailto://127.0.0.1:{port}?from=yingbin@example.cn&to=manager@example.cn"
        )
        use("邮箱")
        tell(office, "林悦", title="轮到您接待了", body="张女士 13800008821")
        assert ticks.deliver(office.now).sent == 1
        server.shutdown()
    (letter,) = PostOffice.letters
    read = email.message_from_string(letter, policy=email.policy.default)
    assert read["to"].addresses[0].addr_spec == "manager@example.cn"
    assert read["subject"] == "林悦：轮到您接待了"
    text = read.get_body(("html", "plain")).get_content()
    assert "138****8821" in text
    assert "13800008821" not in text
