"""Two at the counter do the same thing at the same instant, and what happens when the lock is taken away."""

from threading import Barrier, local
from typing import Any
from uuid import UUID

import pytest

from tests.race import at_once
from yingbin.desk.actions import money
from yingbin.desk.actions.complaints import complained_of
from yingbin.desk.actions.happen import Record
from yingbin.desk.actions.register import KNOWN, register
from yingbin.desk.actions.verbs import happen, record
from yingbin.desk.apart import Apart, apart_from
from yingbin.desk.models import DeskEvent, DeskMatter, Payment
from yingbin.desk.places import of_words
from yingbin.desk.queries.alike import may_be_known
from yingbin.journal import write as path
from yingbin.journal.action import Acting
from yingbin.notices.models import Notice
from yingbin.rules.decision import Refused

from .counter import Counter
from .till import Till

pytestmark = pytest.mark.django_db(transaction=True)
CLERKS = ["苏", "叶"]


@pytest.fixture
def counter(transactional_db: None) -> Counter:
    """An office whose rows are committed for every connection to see."""
    return Counter()


def both_take(counter: Counter, one: UUID) -> list[object]:
    """Two clerks take over at once what the guard wrote down at night."""

    def take(n: int) -> object:
        acting = Acting(counter.site, f"race{n}{one}", counter.id(CLERKS[n]), counter.now)
        return happen(acting, event="take", matter_id=one)

    return at_once(2, take)


def unlocked(site_id: UUID) -> path.Statement:
    """The journal's last line, read without waiting for whoever writes."""
    return path.Statement("select seq, head from journal_ledger where site_id = %s", (site_id,))


def losers_words(results: list[object]) -> list[str]:
    """What the rules said to whoever came second."""
    return [r.message for r in results if isinstance(r, Refused) and "负责，不用再接" in r.message]


@pytest.mark.clause("SD-4.4")
def test_two_clerks_take_over_one_matter_and_the_second_hears_who_has_it(counter: Counter) -> None:
    one = counter.record("石")
    assert len(losers_words(both_take(counter, one))) == 1
    assert counter.log(one) == ["record", "take"]


def test_without_the_lock_the_second_isnt_answered_by_the_rule(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: nobody waits, so both are decided on what was before."""
    tries = [counter.record("石", title=f"第{n}件") for n in range(12)]
    monkeypatch.setattr(path, "lock_site", unlocked)
    said = [len(losers_words(both_take(counter, one))) for one in tries]
    assert 0 in said, "always one refusal by the rule"


@pytest.mark.clause("SD-4.1")
def test_the_same_call_sent_twice_at_once_is_one_matter(counter: Counter) -> None:
    told = Record(
        kind="help", place=of_words(counter.site, "3-2-1801"), subject="leak", source="call", title="漏水"
    )  # fmt: skip

    def send(n: int) -> object:
        return record(Acting(counter.site, "one call", counter.id("苏"), counter.now), told=told)

    first, second = at_once(2, send)
    assert first == second
    assert (DeskMatter.objects.count(), DeskEvent.objects.count()) == (1, 1)


def both_are_told_of_one_home(counter: Counter, home: str) -> list[object]:
    """Two clerks pick up for two people of one home at the same moment."""
    told = Record(
        kind="help", place=of_words(counter.site, home), subject="leak", source="call", title="漏水"
    )  # fmt: skip

    def send(n: int) -> object:
        who = counter.id(CLERKS[n])
        return register(Acting(counter.site, f"{home}{n}", who, counter.now), told=told)

    return at_once(2, send)


def were_asked(results: list[object]) -> int:
    """How many were asked whether it isn't known already."""
    return sum(isinstance(r, Refused) and r.message == KNOWN for r in results)


@pytest.mark.clause("SD-4.1")
def test_of_two_clerks_who_take_one_call_at_once_the_second_learns_of_the_first(
    counter: Counter,
) -> None:
    assert were_asked(both_are_told_of_one_home(counter, "3-2-1801")) == 1
    assert DeskMatter.objects.count() == 1


def test_without_the_lock_neither_learns_of_the_other(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: nobody waits, so neither sees what the other writes."""
    counter.record(home="9-9-999")
    gate = Barrier(2)

    def together(*told: Any) -> bool:
        gate.wait(5)
        return may_be_known(*told)

    monkeypatch.setattr(path, "lock_site", unlocked)
    monkeypatch.setattr("yingbin.desk.actions.register.may_be_known", together)
    assert were_asked(both_are_told_of_one_home(counter, "1-1-101")) == 0


def both_take_payment(till: Till, one: UUID) -> list[object]:
    """Two at the counter take the same eighty yuan at once."""

    def take(n: int) -> object:
        acting = Acting(till.site, f"pay{n}{one}", till.id(CLERKS[n]), till.now)
        return money.pay(acting, matter_id=one, way="cash", amount=8000)

    return at_once(2, take)


@pytest.mark.clause("SD-4.2.3")
def test_two_take_the_same_payment_and_the_second_hears_that_all_is_paid(
    transactional_db: None,
) -> None:
    till = Till()
    one = till.finished()
    results = both_take_payment(till, one)
    assert [r.message for r in results if isinstance(r, Refused)] == [
        "这件事已经收齐了，不用再收。"
    ]
    assert Payment.objects.count() == 1


@pytest.mark.clause("SD-4.2.3")
def test_without_the_lock_the_second_payment_isnt_answered_by_the_rule(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: both find eighty yuan owed."""

    def unlocked(site_id: UUID) -> path.Statement:
        return path.Statement("select seq, head from journal_ledger where site_id = %s", (site_id,))

    till = Till()
    tries = [till.finished() for _ in range(6)]
    monkeypatch.setattr(path, "lock_site", unlocked)
    said = [
        [r.message for r in both_take_payment(till, one) if isinstance(r, Refused)] for one in tries
    ]
    assert any("收齐" not in "".join(words) for words in said), "always refused by the rule"


def named_and_assigned(counter: Counter, one: UUID) -> tuple[bool, bool]:
    """A clerk says that it is about 钱, as the supervisor gives it to 钱: whether it was given, whether somebody was told."""
    qian, said = counter.id("钱"), counter.now

    def send(n: int) -> object:
        if n:
            given = {"to": str(qian), "reason": "钱有空"}
            chief = Acting(counter.site, f"give{one}", counter.id("林"), said)
            return happen(chief, event="assign", matter_id=one, fields=given)
        clerk = Acting(counter.site, f"name{one}", counter.id("叶"), said)
        return complained_of(clerk, matter_id=one, people=(qian,))

    given = not isinstance(at_once(2, send)[1], Refused)
    told = Notice.objects.filter(kind="desk.recused", link__contains=str(one)).exists()
    return given, told


@pytest.mark.clause("SD-4.2.5")
def test_named_and_given_it_at_once_they_never_have_it_unnoticed(counter: Counter) -> None:
    for n in range(3):
        one = counter.record("苏", "complaint", home=f"1-1-{n}01")
        given, told = named_and_assigned(counter, one)
        assert given == told, "refused, or the supervisor was told"


def test_without_the_lock_they_have_it_and_nobody_is_told(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: neither sees what the other writes."""
    tries = [counter.record("苏", "complaint", home=f"2-1-{n}01") for n in range(8)]
    gate, own = Barrier(2), local()

    def together(*told: Any) -> Apart:
        found = apart_from(*told)
        if not hasattr(own, "waited"):
            own.waited = True
            gate.wait(5)
        return found

    monkeypatch.setattr("yingbin.desk.actions.happen.apart_from", together)
    monkeypatch.setattr(path, "lock_site", unlocked)
    said = [named_and_assigned(counter, one) for one in tries]
    assert (True, False) in said, "always noticed"
