"""The same kills with the register and the API under way: every signature and every call acknowledged stays."""

import http.client
import json
import os
import signal
import threading
import time
import uuid
from contextlib import suppress

import psycopg
import pytest

from tests.faults.house import Desk, House, named, processes
from yingbin.customers.wording import SHIPPED
from yingbin.journal.write import page_key
from yingbin.web.demo import cast

DRAWN = json.dumps([[100, 100, 300, 200, 500, 120], [300, 40, 320, 330, 400, 380]])


class Salesperson(Desk):
    """Receives own groups, has each sign the register, finishes; every step with its own key until it is said done."""

    account = ""

    def __init__(self, house: House, account: str) -> None:
        self.account = account
        self.signed: set[str] = set()
        super().__init__(house)

    def sign_in(self) -> dict[str, str]:
        self.cookies: dict[str, str] = {}
        self.cookies = self.taken(self.ask("GET", "/login/"))
        answer = self.ask("POST", "/login/", {"login": self.account, "password": cast.PASSWORD})
        assert answer.status == 302
        return {**self.cookies, **self.taken(answer)}

    def until(self, path: str, sent: dict[str, str]) -> int:
        for _ in range(1200):
            with suppress(OSError, http.client.HTTPException):
                answer = self.ask("POST", path, sent)
                if answer.status != 503:
                    assert answer.status in (302, 422), (path, answer.status)
                    return answer.status
                self.not_saved += 1
            time.sleep(0.1)
        raise AssertionError("never answered")

    def one(self, key: str) -> None:
        visit, person = self.mine()
        if not visit:
            self.until(
                "/gallery/arrival/",
                {
                    "kind": "customer",
                    "first": "yes",
                    "contact": "named",
                    "named": person,
                    "q": "客户",
                    "key": key,
                },
            )
            time.sleep(0.05)
            return
        self.until(f"/gallery/visit/{visit}/accept/", {"key": f"{key}-a"})
        sent = {"key": f"{key}-s", "hand": "dictated", "name": "客户", "why": "没留电话",
                "group_size": "1", "consent": "agreed", "wording": SHIPPED, "drawn": DRAWN}  # fmt: skip
        if self.until(f"/gallery/visit/{visit}/sign/", sent) == 302:
            self.signed.add(f"{key}-s")
        self.until(f"/gallery/visit/{visit}/finish/", {"key": f"{key}-f"})

    def mine(self) -> tuple[str, str]:
        """The visit received now, and one's own id."""
        for _ in range(1200):
            with suppress(psycopg.OperationalError), self.database() as line:
                person = line.execute(
                    "select id from people_staff where account = %s", [self.account]
                ).fetchone()
                assert person
                row = line.execute(
                    "select visit_id from floor_reception where receiver = %s and ended_at is null",
                    [person[0]],
                ).fetchone()
                return (str(row[0]) if row else ""), str(person[0])
            time.sleep(0.1)
        raise AssertionError("the database stayed away")

    def database(self) -> psycopg.Connection[tuple[object, ...]]:
        import pwd

        from yingbin.web.server.postgres import ACCOUNT

        user = ACCOUNT if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        return psycopg.connect(host=self.house.sockets, user=user, dbname="yingbin")


class Device:
    """A tablet that records arrivals through the API, the same key until it is answered."""

    def __init__(self, house: House, token: str) -> None:
        self.house, self.token = house, token
        self.acknowledged: dict[str, str] = {}
        self.stop = threading.Event()

    def work(self) -> None:
        while not self.stop.is_set():
            self.one(str(uuid.uuid4()))

    def one(self, key: str) -> None:
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": key,
                   "Content-Type": "application/json"}  # fmt: skip
        for _ in range(1200):
            with suppress(OSError, http.client.HTTPException):
                line = http.client.HTTPConnection("127.0.0.1", self.house.port, timeout=10)
                line.request("POST", "/api/v1/arrivals", '{"kind": "enquirer"}', headers)
                answer = line.getresponse()
                body = json.loads(answer.read() or b"{}")
                if answer.status == 201:
                    self.acknowledged[key] = body["visit"]
                    time.sleep(0.5)  # within its limit of writes
                    return
                assert answer.status in (503, 429), (answer.status, body)
            time.sleep(0.1)
        raise AssertionError("never acknowledged")


TOKEN = """
from django.utils import timezone
from yingbin.journal.action import Acting
from yingbin.people.actions.tokens import make_token
from yingbin.people.models import Site, Staff
who = Staff.objects.get(account="{desk}")
acting = Acting(Site.objects.get(code="hupan").id, "t", who.id, timezone.now())
made = make_token(acting, name="门口平板", kind="device", scopes=["arrivals.write"], acts_as=who.id)
print("TOKEN", made.secret)
"""
# Shortly after midnight the demo's day is minutes old, and who comes later hasn't come.
HERE = """
from contextlib import suppress
from django.utils import timezone
from yingbin.gallery.actions import presence
from yingbin.journal.action import Acting
from yingbin.people.models import Site, Staff
from yingbin.rules.decision import Refused
for who in Staff.objects.filter(account__in={sellers}):
    with suppress(Refused):
        presence.sign_in(Acting(Site.objects.get(code="hupan").id, f"in-{{who.account}}", who.id, timezone.now()), who=who.id)
"""


def both_go_on(device: Device, sellers: list[Salesperson]) -> None:
    """Waits, however slow the machine, until the device and a salesperson each got something done."""
    calls = len(device.acknowledged)
    signed = sum(len(s.signed) for s in sellers)
    ends = time.monotonic() + 240
    while len(device.acknowledged) == calls or sum(len(s.signed) for s in sellers) == signed:
        assert time.monotonic() < ends, "nothing is acknowledged any more"
        time.sleep(0.1)


@pytest.mark.clause("TQ-3")
def test_signatures_and_calls_acknowledged_survive_every_kill(house: House) -> None:
    said = house.yingbin("manage", "shell", "-c", TOKEN.format(desk=cast.RECEPTIONISTS[0].account))
    token = said.stdout.split("TOKEN ")[1].strip()
    device = Device(house, token)
    accounts = [m.account for m in cast.SALES[:2]]
    house.yingbin("manage", "shell", "-c", HERE.format(sellers=accounts))
    sellers = [Salesperson(house, account) for account in accounts]
    workers = [threading.Thread(target=w.work) for w in (device, *sellers)]
    for t in workers:
        t.start()
    both_go_on(device, sellers)
    for pid in named(processes(house.process.pid), "granian"):
        with suppress(OSError):
            os.kill(pid, signal.SIGKILL)
    both_go_on(device, sellers)
    postmaster = int((house.data / "pg/postmaster.pid").read_text().split()[0])
    os.kill(house.process.pid, signal.SIGSTOP)
    os.kill(postmaster, signal.SIGKILL)
    time.sleep(2)
    os.kill(house.process.pid, signal.SIGCONT)
    both_go_on(device, sellers)
    for w in (device, *sellers):
        w.stop.set()
    for t in workers:
        t.join(90)
    assert not any(t.is_alive() for t in workers)
    assert len(device.acknowledged) >= 3
    assert set(device.acknowledged.values()) <= house.visits()
    assert len(set(device.acknowledged.values())) == len(device.acknowledged)
    signed = set().union(*(s.signed for s in sellers))
    assert len(signed) >= 3
    with sellers[0].database() as line:
        kept = line.execute(
            "select key from journal_storedresponse where verb = 'sign' and response->'answer'->>'entry' in"
            " (select e.id::text from floor_registerentry e join floor_registerwords w on"
            " w.entry_id = e.id)"
        ).fetchall()
    assert {page_key(k) for k in signed} <= {str(k[0]) for k in kept}
    for command in ("queue check", "journal verify"):
        checked = house.yingbin(*command.split(), "--site", "hupan")
        assert checked.returncode == 0, checked.stdout + checked.stderr


ROWS = 4000
BRING = """
from pathlib import Path
from django.utils import timezone
from yingbin.importing.actions import take_as_proposed
from yingbin.journal.action import Acting
from yingbin.people.models import Site, Staff
site, who = Site.objects.get(code="hupan").id, Staff.objects.get(account="{manager}").id
acting = Acting(site, "u", who, timezone.now())
data = Path("{file}").read_bytes()
print("IMPORT", take_as_proposed(acting, kind="register", file_name="old.csv", data=data))
"""
APPLY = """
from django.utils import timezone
from uuid import UUID
from yingbin.importing.actions import apply_import
from yingbin.journal.action import Acting
from yingbin.people.models import Site, Staff
site, who = Site.objects.get(code="hupan").id, Staff.objects.get(account="{manager}").id
acting = Acting(site, "a", who, timezone.now())
apply_import(acting, run_id=UUID("{made}"), whole=False, receivers=False)
"""


class Importing:
    """What the database says of an import, however often it goes away meanwhile."""

    def __init__(self, house: House, made: str) -> None:
        self.house, self.made = house, made

    def one(self, question: str) -> int:
        """A number; -1 while the database is away."""
        import pwd

        from yingbin.web.server.postgres import ACCOUNT

        user = ACCOUNT if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        where = {"host": self.house.sockets, "user": user, "dbname": "yingbin"}
        with suppress(psycopg.OperationalError), psycopg.connect(**where) as line:
            row = line.execute(question, {"made": self.made}).fetchone()
            return int(row[0]) if row and row[0] is not None else 0
        return -1

    def until(self, question: str, wanted: int) -> None:
        """Waits until a number is reached."""
        ends = time.monotonic() + 240
        while self.one(question) < wanted:
            assert time.monotonic() < ends, (question, self.one(question))
            time.sleep(0.05)


DONE = "select done from importing_importrun where id = %(made)s"
READ = "select (read_at is not null)::int from importing_importrun where id = %(made)s"
FINISHED = "select (finished_at is not null)::int from importing_importrun where id = %(made)s"
KEPT = "select count(*) from floor_registerentry where import_id = %(made)s"


@pytest.mark.clause("TQ-3")
def test_an_import_goes_on_after_every_kill_and_takes_each_row_once(
    house: House,
) -> None:
    lines = ["日期,客户姓名,联系电话,接待人"]
    lines += [f"2025-03-{n % 28 + 1:02d},客户{n},138{n:08d},林悦" for n in range(ROWS)]
    file = house.data / "old.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    manager = cast.MANAGER.account
    said = house.yingbin("manage", "shell", "-c", BRING.format(manager=manager, file=file))
    at = Importing(house, said.stdout.split("IMPORT ")[1].strip())
    at.until(READ, 1)
    house.yingbin("manage", "shell", "-c", APPLY.format(manager=manager, made=at.made))
    at.until(DONE, ROWS // 10)
    killed = named(processes(house.process.pid), "yingbin.web.cli\0worker")
    assert killed
    for pid in killed:
        os.kill(pid, signal.SIGKILL)
    at.until(DONE, ROWS // 3)
    assert at.one(FINISHED) == 0, "the database dies in the middle of the import"
    os.kill(int((house.data / "pg/postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    at.until(FINISHED, 1)
    assert at.one(DONE) == ROWS
    assert at.one(KEPT) == ROWS
    checked = house.yingbin("journal", "verify", "--site", "hupan")
    assert checked.returncode == 0, checked.stdout + checked.stderr
