"""在路上: whoever has the task says that they have set out, who owes the answer hears, and no clock moves (SD-4.2.2)."""

from uuid import UUID

import pytest
from django.urls import reverse

from yingbin.desk.actions.verbs import set_out
from yingbin.desk.checking import Replayed
from yingbin.desk.models import DeskNote
from yingbin.desk.queries.mine import mine
from yingbin.rules.decision import Refused

from .complaining import refusal
from .counter import Counter

pytestmark = pytest.mark.clause("SD-4.2.2")
NOT_NOW = "这件事现在不用出发：不在您手上，或者已经到场。请看最新情况。"


def taken(counter: Counter) -> UUID:
    """A leak that 钱 of the works has in hand."""
    one = counter.record()
    counter.offer("苏", one)
    counter.act("钱", "accept", one)
    return one


def task(counter: Counter, who: str) -> tuple[bool, bool]:
    """Whether it says on their page that somebody is on the way, and whether it is for them to say so."""
    (found,) = mine(counter.badge(who), counter.now).tasks
    return found.way, found.sets_out


def test_a_worker_sets_out_with_one_tap_and_the_clerk_knows_until_they_arrive(
    counter: Counter,
) -> None:
    one = taken(counter)
    due = counter.row(one).due_at
    assert (task(counter, "钱"), task(counter, "苏")) == ((False, True), (False, False))
    browser, page = counter.browser("钱"), reverse("desk:mine")
    assert "出发了" in browser.get(page).content.decode()
    said = browser.post(reverse("desk:set_out", args=[one]), {"key": "k"}, follow=True)
    assert "已记下您在路上" in said.content.decode()
    assert (task(counter, "钱"), task(counter, "苏")) == ((True, False), (True, False))
    assert counter.heard("苏")[-1] == "on_the_way"
    assert (
        "在路上" in counter.browser("苏").get(reverse("desk:matter", args=[one])).content.decode()
    )
    assert counter.row(one).due_at == due
    counter.act("钱", "arrive", one)
    assert task(counter, "苏") == (False, False)
    assert counter.faults() == []
    assert list(Replayed(counter.site).faults()) == []


@pytest.mark.parametrize("who", ["苏", "孙", "周"])
def test_nobody_sets_out_for_what_another_has_in_hand(counter: Counter, who: str) -> None:
    one = taken(counter)
    assert refusal(counter, counter.do, set_out, who, matter_id=one) == NOT_NOW
    assert not DeskNote.objects.exists()


def test_nobody_sets_out_twice_or_after_they_arrived(counter: Counter) -> None:
    one = taken(counter)
    counter.do(set_out, "钱", matter_id=one)
    with pytest.raises(Refused, match="已经记过您在路上"):
        counter.do(set_out, "钱", matter_id=one)
    counter.act("钱", "arrive", one)
    assert refusal(counter, counter.do, set_out, "钱", matter_id=one) == NOT_NOW


def test_another_who_takes_over_isnt_on_the_way_because_the_one_before_was(
    counter: Counter,
) -> None:
    one = taken(counter)
    counter.do(set_out, "钱", matter_id=one)
    counter.act("赵", "assign", one, to=str(counter.id("孙")), reason="钱师傅在抢修")
    assert task(counter, "孙") == (False, True)


def test_a_clerk_who_has_the_task_themselves_goes_nowhere(counter: Counter) -> None:
    one = counter.record()
    assert task(counter, "苏") == (False, False)
    assert refusal(counter, counter.do, set_out, "苏", matter_id=one) == NOT_NOW
