"""Two people do the same thing at the same instant: one of them is told, nothing is done twice."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from tests import cast
from yingbin.journal.action import Acting
from yingbin.people import actions
from yingbin.people.actions import Person
from yingbin.people.models import Delegation, Site, Staff
from yingbin.rules.decision import Refused

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """What each answered, or the refusal it met."""
    start = threading.Barrier(len(works))
    answers: list[Any] = [None] * len(works)

    def run(n: int) -> None:
        start.wait()
        try:
            answers[n] = works[n]()
        except Refused as no:
            answers[n] = no
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(len(works))]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return answers


@pytest.fixture
def site() -> Site:
    """The gallery, of a real company."""
    cast.gallery(demo=False)
    return cast.hupan()


NOW = datetime.now(cast.ZONE)


def test_one_phone_is_given_to_one_person_even_from_two_sites_at_once(site: Site) -> None:
    admin = cast.person("顾北").id
    other = Site.objects.create(kind="headquarters", code="zongbu", name="总部", short_name="总部")

    def add(where: Site, name: str, role: str) -> Callable[[], Any]:
        person = Person(name=name, phone="13812345678", roles=(role,))
        return lambda: actions.add_staff(Acting(where.id, name, admin, NOW), person=person)

    answers = at_once(add(site, "甲", "receptionist"), add(other, "乙", "senior"))
    assert sum(isinstance(a, Refused) for a in answers) == 1
    assert Staff.objects.filter(phone="+8613812345678").count() == 1


def test_sixteen_taps_on_add_make_one_colleague(site: Site) -> None:
    manager = cast.person("郑岚").id
    person = Person(name="单小梅", roles=("receptionist",))

    def add() -> Any:
        return actions.add_staff(Acting(site.id, "tap", manager, NOW), person=person)

    answers = at_once(*[add] * 16)
    assert all(a == answers[0] for a in answers)
    assert Staff.objects.filter(name="单小梅").count() == 1


@pytest.mark.clause("TQ-11")
def test_two_delegations_to_one_person_at_once_make_one(site: Site) -> None:
    manager, to = cast.person("郑岚").id, cast.person("许诺").id

    def hand_over(key: str) -> Callable[[], Any]:
        acting, until = Acting(site.id, key, manager, NOW), NOW + timedelta(hours=1)
        return lambda: actions.delegate(acting, to=to, until=until, reason="开会")

    answers = at_once(*[hand_over(f"k{n}") for n in range(4)])
    assert sum(isinstance(a, Refused) for a in answers) == 3
    assert Delegation.objects.count() == 1


def test_two_administrators_are_not_named_at_once_in_the_first_run() -> None:
    actions.set_up_company(name="澄湖置业")

    def name_one(name: str) -> Callable[[], Any]:
        return lambda: actions.add_staff(
            Acting(actions.company_id(), name, "setup", NOW),
            person=Person(name=name, roles=("administrator",)),
            password=actions.OwnPassword("!"),
        )

    answers = at_once(name_one("甲"), name_one("乙"))
    assert sum(isinstance(a, Refused) for a in answers) == 1
    assert Staff.objects.count() == 1
