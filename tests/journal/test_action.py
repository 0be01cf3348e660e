"""One decorator makes a verb: done once for its key, its answer kept, its arguments what tells it apart."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError

from yingbin.journal.action import Acting, action, plain
from yingbin.journal.models import Entry
from yingbin.journal.write import KeyReused, Pen
from yingbin.rules.decision import Refused

AT = datetime(2026, 11, 27, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Parting:
    """What came of it."""

    visit: UUID
    places: tuple[int, ...]


@action("test.leave")
def leave(pen: Pen, *, visit_id: UUID, name: str = "") -> Parting:
    """Somebody leaves."""
    line = pen.append("test.left", {"visit": str(visit_id), "named": bool(name)})
    return Parting(visit_id, (line.seq,))


@action("test.clash")
def clash(pen: Pen) -> None:
    """Two at once."""
    raise IntegrityError


def acting(key: str = "k1") -> Acting:
    return Acting(uuid4(), key, uuid4(), AT)


def test_the_same_key_gives_the_same_answer_and_writes_once(db: None) -> None:
    who, visit = acting(), uuid4()
    first = leave(who, visit_id=visit)
    again = leave(who, visit_id=visit, name="")
    assert first == again == Parting(visit, (1,))
    assert Entry.objects.filter(site_id=who.site_id).count() == 1


def test_another_argument_under_the_same_key_is_refused(db: None) -> None:
    who = acting()
    leave(who, visit_id=uuid4())
    with pytest.raises(KeyReused):
        leave(who, visit_id=uuid4())


def test_what_is_given_is_done_later_by_whoever_acts(db: None) -> None:
    visit = uuid4()
    deed = leave.given(visit_id=visit)
    assert deed(acting()).visit == visit


def test_two_at_once_are_told_so_in_words(db: None) -> None:
    with pytest.raises(Refused, match="同一时刻"):
        clash(acting())


def test_an_argument_without_a_plain_form_is_no_argument() -> None:
    assert plain({"a": {3, 1}, "b": (AT, b"x")})["a"] == [1, 3]
    with pytest.raises(TypeError):
        plain(object())
