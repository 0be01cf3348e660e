"""Ten guests of a group arrive at two gates at the same instant, a pass was copied to two phones, two phones open one gate;
and what happens without the lock."""

from contextlib import suppress
from pathlib import Path
from threading import Barrier, BrokenBarrierError
from typing import Any
from uuid import UUID

import pytest

from tests.race import at_once
from yingbin.journal import write as path
from yingbin.journal.action import Acting
from yingbin.journal.write import Pen
from yingbin.rules.decision import Refused
from yingbin.tours.actions import phones
from yingbin.tours.actions.gate_verbs import scan
from yingbin.tours.gate_answer import Answer
from yingbin.tours.models import GateDevice
from yingbin.tours.phones import ELSEWHERE

from .post import Post

GUESTS = 12


@pytest.fixture
def post(transactional_db: None, settings: Any, tmp_path: Path) -> Post:
    """A headquarters whose rows are committed for every connection to see."""
    settings.DATA_DIR = tmp_path
    return Post()


def all_at_once(post: Post, number: int, mark: str, people: int = GUESTS) -> list[Answer]:
    """So many people show the same pass at the north gate and the south gate at once; the answers there were."""

    def show(n: int) -> Answer:
        told = post.through(number, ("北门", "南门")[n % 2], nonce=f"{mark}{n}")
        acting = Acting(post.site, f"{mark}{n}", post.id(("高磊", "丁")[n % 2]), post.now)
        return scan(acting, told=told)

    return [one for one in at_once(people, show) if isinstance(one, Answer)]


@pytest.mark.clause("CV-4.1", "CV-4.2")
def test_of_twelve_at_two_gates_at_once_ten_come_in_and_two_hear_why_not(post: Post) -> None:
    number = post.issue(post.visit(10), persons=10)
    answers = all_at_once(post, number, "a")
    assert sorted(one.code for one in answers) == ["already_in"] * 2 + ["ok"] * 10
    assert post.inside() == {number: 10}
    assert sorted(one.inside for one in answers if one.allowed) == list(range(1, 11))


@pytest.mark.clause("CV-4.1", "CV-4.2")
def test_a_pass_copied_to_two_phones_lets_one_in_however_often_both_try_at_two_gates(
    post: Post,
) -> None:
    for n in range(4):
        number = post.issue(post.visit(5), persons=1)
        codes = sorted(one.code for one in all_at_once(post, number, f"c{n}-", people=2))
        assert codes == ["already_in", "ok"], n
    assert sum(post.inside().values()) == 4


@pytest.mark.clause("CV-4.2")
def test_two_passes_of_one_visit_at_two_gates_at_once_never_bring_in_more_than_were_approved(
    post: Post,
) -> None:
    visit = post.visit(3)
    numbers = [post.issue(visit, persons=3) for _ in range(2)]

    def show(n: int) -> Answer:
        told = post.through(numbers[n % 2], ("北门", "南门")[n % 2], nonce=f"d{n}")
        return scan(Acting(post.site, f"d{n}", post.id("高磊"), post.now), told=told)

    answers = [one for one in at_once(6, show) if isinstance(one, Answer)]
    assert sorted(one.code for one in answers) == ["ok"] * 3 + ["over_headcount"] * 3
    assert sum(post.inside().values()) == 3


def unlocked(site_id: Any) -> path.Statement:
    """The ledger's row without its lock."""
    return path.Statement("select seq, head from journal_ledger where site_id = %s", (site_id,))


def test_without_the_lock_they_are_not_counted_one_by_one(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: nobody waits, so each is decided on what was before."""

    number = post.issue(post.visit(10), persons=10)
    monkeypatch.setattr(path, "lock_site", unlocked)
    answers = all_at_once(post, number, "b")
    assert sorted(one.code for one in answers) != ["already_in"] * 2 + ["ok"] * 10


def test_without_the_lock_a_copied_pass_lets_both_in_or_one_falls_over_the_others_entry(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control of the copy: tried often enough, it isn't always one in and one told why not."""
    monkeypatch.setattr(path, "lock_site", unlocked)
    for n in range(8):
        number = post.issue(post.visit(5), persons=1)
        answers = all_at_once(post, number, f"e{n}-", people=2)
        if sorted(one.code for one in answers) != ["already_in", "ok"]:
            return
    raise AssertionError("always one after the other")


def phones_at_once(post: Post, monkeypatch: pytest.MonkeyPatch, patience: float) -> list[bool]:
    """Four phones open the north gate at once, each waiting so many seconds until all have looked at it; of each whether
    it then is the gate, or was refused in words."""
    gate, found, meet = post.gates["北门"], phones._found, Barrier(4)

    def slowly(pen: Pen, device_id: UUID) -> GateDevice:
        device = found(pen, device_id)
        with suppress(BrokenBarrierError):
            meet.wait(patience)
        return device

    monkeypatch.setattr(phones, "_found", slowly)

    def opens(n: int) -> None:
        acting = Acting(post.site, f"p{n}", post.id(("高磊", "丁")[n % 2]), post.now)
        phones.open_on(acting, device_id=gate, phone=UUID(int=n + 1))

    done = at_once(4, opens)
    held = GateDevice.objects.get(id=gate).phone
    assert held is not None
    return [
        one is None if held.int == n + 1 else isinstance(one, Refused) and one.message == ELSEWHERE
        for n, one in enumerate(done)
    ]


@pytest.mark.clause("CV-4.1")
def test_of_four_phones_that_open_one_gate_at_once_one_is_the_gate_and_the_others_hear_so(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert phones_at_once(post, monkeypatch, 0.2) == [True] * 4


def test_without_the_lock_more_than_one_takes_itself_for_the_gate_or_falls_over_another(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control."""
    monkeypatch.setattr(path, "lock_site", unlocked)
    assert phones_at_once(post, monkeypatch, 20) != [True] * 4
