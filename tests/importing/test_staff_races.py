"""A sheet of people while others do the same thing at the same instant: nobody comes twice; and what the locks are for."""

from typing import Any
from uuid import UUID

import pytest

from tests import cast
from tests.importing.personnel import Personnel
from tests.race import at_once
from yingbin.importing import actions
from yingbin.importing.actions import chunks
from yingbin.importing.models import ImportRun
from yingbin.importing.staff.importer import StaffImporter
from yingbin.people import actions as people
from yingbin.people.actions import Person
from yingbin.people.models import PasswordSlips, Staff
from yingbin.rules.decision import Refused

pytestmark = pytest.mark.django_db(transaction=True)
LINES = [[f"新人{n}", f"138123456{n:02}", "", "接待员"] for n in range(10, 30)]


@pytest.fixture
def personnel(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Personnel:
    """郑岚 at a gallery, whose sheets are taken in by fours."""
    cast.gallery(demo=False)
    monkeypatch.setattr(StaffImporter, "chunk", 4)
    return Personnel()


def begun(personnel: Personnel) -> UUID:
    """An import whose lines are about to be taken in."""
    run = personnel.read(*LINES)
    actions.apply_import(personnel.acting(), run_id=run.id, whole=True, receivers=False)
    return run.id


def test_several_taps_on_taking_in_begin_once(personnel: Personnel) -> None:
    run = personnel.read(*LINES)
    acting = [personnel.acting() for _ in range(6)]

    def confirm(n: int) -> Any:
        return actions.apply_import(acting[n], run_id=run.id, whole=True, receivers=False)

    answers = at_once(6, confirm)
    assert sum(isinstance(a, Refused) for a in answers) == 5
    personnel.work(run)
    assert Staff.objects.filter(name__startswith="新人").count() == 20


def test_workers_at_once_bring_everybody_in_once_and_on_one_set_of_slips(
    personnel: Personnel,
) -> None:
    run_id = begun(personnel)

    def work(n: int) -> Any:
        return actions.apply_some(run_id=run_id, at=personnel.now, seconds=9)

    answers = at_once(3, work)
    assert not [a for a in answers if isinstance(a, Exception)]
    assert ImportRun.objects.get(id=run_id).state == "applied"
    assert Staff.objects.filter(name__startswith="新人").count() == 20
    assert len(set(PasswordSlips.objects.get().staff_ids)) == 20


def test_somebody_added_by_hand_meanwhile_is_not_there_twice(personnel: Personnel) -> None:
    run_id = begun(personnel)
    person = Person("新人29", ("receptionist",), "13812345629")
    acting = personnel.acting()

    def work(n: int) -> Any:
        if n:
            return people.add_staff(acting, person=person)
        return actions.apply_some(run_id=run_id, at=personnel.now, seconds=9)

    at_once(2, work)
    personnel.work(ImportRun.objects.get(id=run_id))
    assert Staff.objects.filter(phone="+8613812345629").count() == 1
    assert Staff.objects.filter(name="新人29").count() == 1


def test_an_undo_that_meets_a_worker_leaves_nobody_behind(personnel: Personnel) -> None:
    run_id = begun(personnel)
    acting = personnel.acting()

    def work(n: int) -> Any:
        if n:
            return actions.undo_import(acting, run_id=run_id, why="导错了")
        return actions.apply_some(run_id=run_id, at=personnel.now, seconds=9)

    answers = at_once(2, work)
    assert not [a for a in answers if isinstance(a, Exception)]
    run = personnel.work(ImportRun.objects.get(id=run_id))
    assert run.state == "undone"
    assert not Staff.objects.filter(name__startswith="新人", is_active=True).exists()
    assert Staff.objects.filter(name__startswith="新人").count() == run.done


def test_a_chunk_that_does_not_look_where_its_import_stands_comes_in_after_the_undo(
    personnel: Personnel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: a chunk that doesn't look where its import stands brings people in after the undo."""
    stale = ImportRun.objects.get(id=begun(personnel))
    actions.undo_import(personnel.acting(), run_id=stale.id, why="导错了")
    assert chunks._apply(stale, personnel.now) == 0
    assert not Staff.objects.filter(name__startswith="新人").exists()
    with monkeypatch.context() as blind:
        blind.setattr(ImportRun, "state", "applying")
        rows = chunks.chunk_after(stale, 0, 4)
        chunks.take_chunk(personnel.acting(), (rows, 4, 4), run_id=stale.id, after=0)
    assert Staff.objects.filter(name__startswith="新人").count() == 4
