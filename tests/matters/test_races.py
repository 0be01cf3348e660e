"""Two people take one offer at the same instant, and what happens when the lock is taken away."""

from uuid import UUID

import pytest

from tests.matters.estate import Estate
from tests.race import at_once
from yingbin.journal import write as path
from yingbin.journal.action import Acting
from yingbin.matters import actions
from yingbin.matters.models import Matter, MatterStep
from yingbin.rules.decision import Refused

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS = ["赵", "钱", "孙"]


@pytest.fixture
def offered(transactional_db: None) -> tuple[Estate, UUID]:
    """A question offered to the works department, committed for every connection to see."""
    estate = Estate()
    return estate, estate.ask(offered_to=estate.group)


def all_accept(estate: Estate, one: UUID) -> list[object]:
    def accept(n: int) -> object:
        acting = Acting(estate.site, f"race{n}", estate.id(WORKERS[n]), estate.now)
        return actions.accept(acting, matter_id=one)

    return at_once(3, accept)


@pytest.mark.clause("SD-4.4")
def test_one_of_three_takes_the_offer_and_the_others_are_told_so(
    offered: tuple[Estate, UUID],
) -> None:
    estate, one = offered
    results = all_accept(estate, one)
    assert sum(isinstance(r, Refused) for r in results) == 2
    row = Matter.objects.get(id=one)
    assert (row.hand_offs, row.owner_id) == (1, row.holder_id)
    assert MatterStep.objects.filter(verb="accept").count() == 1


def test_without_the_lock_somebody_is_answered_by_the_database_instead_of_the_rule(
    offered: tuple[Estate, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: nobody waits, and not all the losers hear the rule's own words."""

    def unlocked(site_id: UUID) -> path.Statement:
        return path.Statement("select seq, head from journal_ledger where site_id = %s", (site_id,))

    monkeypatch.setattr(path, "lock_site", unlocked)
    estate, one = offered
    seen = []
    for n in range(20):
        results = all_accept(estate, one)
        refused = [r for r in results if isinstance(r, Refused) and "没有转给您" in r.message]
        seen.append(len(refused))
        if len(refused) < 2:
            return
        one = estate.ask(offered_to=estate.group, title=f"第{n}次")
    pytest.fail(f"always two refusals by the rule: {seen}")
