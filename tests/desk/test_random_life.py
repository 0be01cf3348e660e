"""Random days at the counter: stored matters, replay, journal and exported file are one, and no matter is lost."""

import json
import re
from datetime import date

import pytest

from yingbin.desk.checking import Replayed
from yingbin.desk.export import exported
from yingbin.desk.models import DeskMatter
from yingbin.desk.queries.mine import TITLES, leaf, tasks_of
from yingbin.matters.queries import parties_of
from yingbin.notices.models import Notice
from yingbin.rules.desk.replay import replay

from .counter import Counter
from .random_life import RandomLife

ALWAYS = (date(2026, 11, 1), date(2027, 12, 31))
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-")


def lived(counter: Counter, seed: int) -> RandomLife:
    """A life of fifty attempts, and the clock once more at its end."""
    life = RandomLife(seed, counter)
    life.live(50)
    counter.clock(seconds=1)
    return life


@pytest.mark.clause("SD-4.1", "SD-4.3", "SD-4.4")
@pytest.mark.parametrize("seed", range(4))
def test_whatever_people_do_matters_replay_journal_and_file_are_one(
    counter: Counter, seed: int
) -> None:
    life = lived(counter, seed)
    assert list(Replayed(counter.site).faults()) == []
    assert counter.faults() == []

    told = exported(counter.site, *ALWAYS)
    assert told is not None
    assert told.remarks == ()
    answer = replay(json.loads(json.dumps(told.file)))
    assert [d for d in answer["decisions"] if d["refused"]] == []  # type: ignore[attr-defined]
    again = {m["matter"]: m for m in answer["matters"]}  # type: ignore[attr-defined]
    for row in DeskMatter.objects.select_related("matter"):
        one = again[str(row.matter_id)]
        owner, holder, offer = (counter.names.get(p) for p in parties_of(row.matter))
        assert (one["owner"], one["holder"], one["offer"]) == (owner, holder, offer)
        assert (one["kind"], one["grade"], one["amount"]) == (
            row.matter.kind, row.matter.grade, row.amount,
        )  # fmt: skip
        assert (one["callback"] or {}).get("state", "") == row.callback

    assert life.done > 20, "most of what they tried happened"
    assert life.refused > 3
    told_people = Notice.objects.filter(site_id=counter.site).values_list("title", "body")
    shown = [*life.said, *(words for pair in told_people for words in pair)]
    assert [words for words in shown if ID.search(words)] == [], "nobody is shown an id"


@pytest.mark.clause("SD-4.3")
@pytest.mark.parametrize("seed", range(20, 22))
def test_every_open_matter_stands_on_somebodys_page(counter: Counter, seed: int) -> None:
    lived(counter, seed)
    seen = {
        task.line.row.matter_id
        for who in counter.staff
        for heap in TITLES
        for task in tasks_of(
            counter.badge(who), leaf(counter.badge(who), heap, counter.now), counter.now
        )
    }
    still = DeskMatter.objects.filter(matter__closed_at__isnull=True)
    assert set(still.values_list("matter_id", flat=True)) <= seen
    for row in still.select_related("matter"):
        assert row.matter.due_at or row.matter.paused, "something falls due, or it is paused"


@pytest.mark.clause("SD-4.3")
def test_what_the_contract_tells_is_what_people_were_told(counter: Counter) -> None:
    """Notices of the running system and of the exported file's replay, one by one."""
    lived(counter, 4)
    told = exported(counter.site, *ALWAYS)
    assert told is not None
    contract: dict[tuple[str, str], int] = {}
    for one in replay(told.file)["notices"]:  # type: ignore[attr-defined]
        for who in counter.people_of(one["to"]):
            contract[(one["notice"], who)] = contract.get((one["notice"], who), 0) + 1
    heard: dict[tuple[str, str], int] = {}
    for who in counter.staff:
        for kind in counter.heard(who):
            heard[(kind, who)] = heard.get((kind, who), 0) + 1
    assert heard == contract
