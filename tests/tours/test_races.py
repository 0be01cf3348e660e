"""Two people at the same instant: one area, one room; and what happens without the site's lock."""

from typing import Any

import pytest

from tests.race import at_once
from yingbin.journal import write as path
from yingbin.tours.actions.verbs import happen
from yingbin.tours.models import TourVisit

from .headquarters import Headquarters


def both(house: Headquarters, *acts: tuple[str, str, Any, dict[str, Any]]) -> list[Any]:
    """What these people do at once; results and exceptions."""
    who = [house.acting_as(by) for by, *_ in acts]

    def work(n: int) -> Any:
        by, event, one, fields = acts[n]
        acting = type(who[n])(house.site, who[n].key, house.id(by), house.now)
        return happen(acting, event=event, visit_id=one, fields=fields)

    return at_once(len(acts), work)


def two_for_one_room(house: Headquarters) -> list[Any]:
    """Two visits of the same hour whose company says yes at the same instant; one room holds them."""
    ones = [house.apply(areas=()), house.apply(areas=())]
    said = {"answer": "approved"}
    both(house, ("严", "company", ones[0], said), ("罗", "company", ones[1], said))
    return [house.row(one).room for one in ones]


@pytest.mark.clause("CV-3.2.2")
def test_two_visits_ask_for_the_last_room_and_one_gets_it(transactional_db: None) -> None:
    house = Headquarters()
    house.choose(rooms=[{"room": "一号会客室", "capacity": 12}])
    assert sorted(two_for_one_room(house)) == ["", "一号会客室"]
    assert house.faults() == []


@pytest.mark.clause("CV-3.2.1")
def test_two_colleagues_answer_the_same_area_and_both_answers_stand_in_order(
    transactional_db: None,
) -> None:
    house = Headquarters()
    one = house.apply()
    results = both(
        house,
        ("韩", "area", one, {"area": "workshop", "answer": "open"}),
        ("贺", "area", one, {"area": "workshop", "answer": "refused", "reason": "检修"}),
    )
    assert [r for r in results if isinstance(r, Exception)] == []
    assert house.row(one).events == 3
    assert house.faults() == []


@pytest.mark.clause("CV-3.2.2")
def test_without_the_lock_the_room_is_given_twice(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: both find it free, or one falls over the other's entry in the journal."""

    def unlocked(site_id: Any) -> path.Statement:
        return path.Statement("select seq, head from journal_ledger where site_id = %s", (site_id,))

    house = Headquarters()
    house.choose(rooms=[{"room": "一号会客室", "capacity": 12}])
    monkeypatch.setattr(path, "lock_site", unlocked)
    found: list[Any] = []
    for day in range(8, 13):
        ones = [house.apply(areas=(), day=day), house.apply(areas=(), day=day)]
        said = {"answer": "approved"}
        results = both(house, ("严", "company", ones[0], said), ("罗", "company", ones[1], said))
        found += [r for r in results if isinstance(r, Exception)]
    rooms = list(TourVisit.objects.exclude(room="").values_list("starts_at", flat=True))
    assert found or len(set(rooms)) < len(rooms), "always one after the other"
