"""A call is written down in few trips, and by these it says the same as by many (SD-4.1)."""

from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yingbin.desk.actions.happen import Record
from yingbin.desk.actions.register import Registered, register
from yingbin.desk.places import of_words
from yingbin.desk.queries.alike import Said, known, may_be_known
from yingbin.journal.models import Entry
from yingbin.journal.trips import ask
from yingbin.journal.write import Pen
from yingbin.matters.models import Matter, MatterStep

from .counter import Counter


def comes_in(counter: Counter, by: str = "苏", **told: Any) -> Registered:
    """A call is registered."""
    said = {"kind": "help", "home": "3-2-1801", "subject": "leak", "title": "厨房水管漏水", **told}
    place = of_words(counter.site, said.pop("home"))
    done: Registered = counter.do(register, by, told=Record(place=place, source="call", **said))
    return done


def written(counter: Counter, one: UUID) -> tuple[list[str], list[str], dict[str, object]]:
    """What a matter left: its lines of the journal, its steps, its row but for what is its own."""
    about = Entry.objects.filter(site_id=counter.site, body__matter=str(one)).order_by("seq")
    steps = MatterStep.objects.filter(matter=one).order_by("index")
    row = Matter.objects.values("kind", "state", "stage", "owner_id", "holder_id", "level").get(id=one)  # fmt: skip
    return list(about.values_list("kind", flat=True)), [s.verb for s in steps], row


@pytest.mark.clause("SD-4.1")
def test_a_usual_call_takes_two_trips_whatever_is_open_elsewhere(counter: Counter) -> None:
    for n in range(5, 9):
        comes_in(counter, home=f"{n}-1-101")
    with CaptureQueriesContext(connection) as asked:
        done = comes_in(counter)
    # The lock with all that is asked, and all that is written; the test's own savepoint doesn't count.
    assert len([one for one in asked if "SAVEPOINT" not in one["sql"]]) == 2
    assert (done.number, done.owner) == ("2026-0005", "苏")
    assert counter.faults() == []


@pytest.mark.clause("SD-4.1")
@pytest.mark.parametrize(
    ("by", "told"),
    [
        ("苏", {}),
        ("石", {"urgent": True}),
        ("苏", {"kind": "enquiry", "answer": "前台八点半开门。"}),
        ("苏", {"kind": "complaint", "subject": "noise"}),
    ],
    ids=["a usual call", "a guard's", "answered at once", "a complaint"],
)
def test_in_few_trips_a_call_leaves_what_it_leaves_in_many(
    counter: Counter, monkeypatch: pytest.MonkeyPatch, by: str, told: dict[str, Any]
) -> None:
    one = comes_in(counter, by, **told)
    monkeypatch.setattr(Pen, "hold", lambda pen: None)
    other = comes_in(counter, by, home="5-1-201", **told)
    assert written(counter, one.matter) == written(counter, other.matter)
    assert (one.owner, one.answered) == (other.owner, other.answered)
    assert counter.faults() == []


@pytest.mark.clause("SD-4.1")
@pytest.mark.parametrize(
    ("home", "subject", "words", "near"),
    [
        ("3-2-1801", "leak", "水龙头坏了", True),
        ("3-1-501", "leak", "水管漏水", True),
        ("3-1-501", "", "厨房水管漏水了", True),
        ("3-2-1801", "lift", "电梯异响", False),
        ("5-1-201", "leak", "厨房水管漏水", False),
        ("3-1-501", "noise", "半夜装修太吵", False),
    ],
)
def test_only_what_may_be_known_already_is_looked_at_more_closely(
    counter: Counter, home: str, subject: str, words: str, near: bool
) -> None:
    comes_in(counter)
    place = of_words(counter.site, home)
    said = Said(place.key, place.words, subject, words)
    assert may_be_known(counter.site, said, counter.now, ask) is near
    assert bool(known(counter.site, said, counter.now, counter.id("叶"))) is near
