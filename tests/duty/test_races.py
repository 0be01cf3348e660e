"""Two people want lunch at the same instant: the first recorded goes, the post is never empty (SF-4.3.7)."""

from uuid import UUID

import pytest
from django.db import DatabaseError

from tests.race import at_once
from yingbin.duty.actions import breaks, handovers, presence
from yingbin.duty.actions.happen import Said
from yingbin.duty.export import disagreements
from yingbin.duty.models import DutyEvent, HandoverSignature
from yingbin.duty.queries.picture import picture
from yingbin.duty.ticks import tick
from yingbin.journal import write as path
from yingbin.journal.action import Acting
from yingbin.rules.decision import Refused

from .flat import INK, Flat

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clause("SF-4.3.7", "SC-4.3.9")]
PAIR = ("叶", "陈")


@pytest.fixture
def noon(transactional_db: None) -> Flat:
    """Two stand at the one post, committed for every connection to see."""
    flat = Flat()
    flat.roster(叶="全", 陈="全")
    flat.sign_on("叶", "陈", at="08:40")
    flat.now = flat.at("11:30")
    return flat


def acting(flat: Flat, who: str, key: str) -> Acting:
    return Acting(flat.site, key, flat.people[who], flat.now)


def ask(flat: Flat, n: int, key: str) -> object:
    return breaks.ask_break(acting(flat, PAIR[n], f"{key}-{n}"), kind="meal", minutes=30)


def said_yes(results: list[object]) -> int:
    return sum(isinstance(r, breaks.Asked) and r.accepted for r in results)


def test_of_two_who_ask_at_the_same_instant_one_goes(noon: Flat) -> None:
    results = at_once(2, lambda n: ask(noon, n, "k"))
    assert said_yes(results) == 1
    (no,) = [r for r in results if isinstance(r, breaks.Asked) and not r.accepted]
    assert no.earliest == noon.at("12:00")
    assert DutyEvent.objects.filter(event="break_request").count() == 2
    assert list(disagreements(noon.log)) == []


def test_eight_taps_ask_once(noon: Flat) -> None:
    results = at_once(8, lambda _: ask(noon, 0, "one tap"))
    assert len({r.rest for r in results if isinstance(r, breaks.Asked)}) == 1
    assert DutyEvent.objects.filter(event="break_request").count() == 1


def test_of_two_who_sign_off_at_once_one_stays(noon: Flat) -> None:
    results = at_once(2, lambda n: presence.sign_off(acting(noon, PAIR[n], f"off-{n}")))
    assert sum(isinstance(r, Refused) for r in results) == 1
    (post,) = picture(noon.site, noon.now).posts
    assert len(post.on) == 1


def test_the_clock_beside_a_tap_tells_everything_once(noon: Flat) -> None:
    noon.now = noon.at("12:20")
    at_once(3, lambda n: ask(noon, n, "k") if n < 2 else tick(noon.now))
    assert noon.log.told == len(noon.alerts())
    assert list(disagreements(noon.log)) == []


def test_without_the_lock_both_would_go_or_the_database_objects(
    noon: Flat, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unlocked(site_id: UUID) -> path.Statement:
        return path.Statement("select seq, head from journal_ledger where site_id = %s", (site_id,))

    monkeypatch.setattr(path, "lock_site", unlocked)
    for attempt in range(10):
        results = at_once(2, lambda n, a=attempt: ask(noon, n, f"k{a}"))
        if said_yes(results) == 2 or any(isinstance(r, DatabaseError | Refused) for r in results):
            return
    pytest.fail("twenty unlocked questions never collided: the race tests prove nothing")


@pytest.fixture
def handover(noon: Flat) -> UUID:
    """叶 hands over to 陈, everything accepted; both are about to sign."""
    told = {"post": noon.post, "giver": noon.people["叶"], "receiver": noon.people["陈"]}
    begun = noon.do(handovers.start_handover, "叶", **told, keys=("大门1号",))
    noon.do(handovers.accept_rest, "陈", handover=begun.handover)
    return begun.handover


def sign(flat: Flat, handover: UUID, n: int, key: str) -> object:
    who = acting(flat, PAIR[n], f"{key}-{n}")
    return handovers.sign_handover(who, handover=handover, signature=INK)


@pytest.mark.clause("SF-4.3.6")
def test_two_who_sign_a_handover_at_the_same_instant_have_both_signed_once(
    noon: Flat, handover: UUID
) -> None:
    results = at_once(4, lambda n: sign(noon, handover, n % 2, "one tap"))
    assert all(isinstance(r, Said) for r in results)
    rows = HandoverSignature.objects.order_by("seq").values_list("completes", flat=True)
    assert list(rows) == [False, True]
    (seen,) = picture(noon.site, noon.now).handovers
    assert seen.state == "done"
    assert list(disagreements(noon.log)) == []


@pytest.mark.clause("SF-4.3.6")
def test_of_two_handovers_begun_at_once_one_drops_the_other(noon: Flat) -> None:
    ids = [noon.people[name] for name in PAIR]

    def start(n: int) -> object:
        told = {"post": noon.post, "giver": ids[n], "receiver": ids[1 - n]}
        return handovers.start_handover(acting(noon, PAIR[n], f"start-{n}"), **told)

    at_once(2, start)
    states = [h.state for h in picture(noon.site, noon.now).handovers]
    assert states == ["dropped", "open"]


@pytest.mark.clause("SF-4.3.6")
def test_without_the_lock_neither_signature_would_complete_it_or_the_database_objects(
    noon: Flat, handover: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unlocked(site_id: UUID) -> path.Statement:
        return path.Statement("select seq, head from journal_ledger where site_id = %s", (site_id,))

    monkeypatch.setattr(path, "lock_site", unlocked)
    told = {"post": noon.post, "giver": noon.people["叶"], "receiver": noon.people["陈"]}
    for attempt in range(10):
        results = at_once(2, lambda n, a=attempt, h=handover: sign(noon, h, n, f"k{a}"))
        if any(isinstance(r, DatabaseError | Refused) for r in results):
            return
        handover = noon.do(handovers.start_handover, "叶", **told).handover
    pytest.fail("twenty unlocked signatures never collided: the race tests prove nothing")
