"""Random days at the gates: what is stored, its replay, the journal and the exported file are one (CV-4.1)."""

import json
from datetime import date

import pytest

from yingbin.rules.gate.replay import replay
from yingbin.tours.gate_checking import GatesReplayed
from yingbin.tours.gate_export import exported
from yingbin.tours.gatehouse import event_of
from yingbin.tours.models import Fate, GateEvent, PassRevision

from .post import Post
from .random_life import RandomLife

ALWAYS = (date(2026, 11, 1), date(2027, 12, 31))


@pytest.mark.clause("CV-4.1", "CV-4.2")
@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_stored_replayed_and_exported_are_one(post: Post, seed: int) -> None:
    life = RandomLife(seed, post, changes=seed % 2 == 1)
    life.live(60)
    assert list(GatesReplayed(post.site).faults()) == []
    assert post.faults() == []

    told = exported(post.site, *ALWAYS)
    assert told is not None
    answer = replay(json.loads(json.dumps(told.file)))
    decisions = [d for d in answer["decisions"] if d["event"] is not None]  # type: ignore[attr-defined]
    rows = list(GateEvent.objects.order_by("at", "number"))
    assert len(decisions) == len(rows)
    assert seed % 2 == 1 or told.remarks == ()
    if not told.remarks:
        assert [d["code"] for d in decisions] == [row.code for row in rows]
        inside: dict[str, int] = {}
        for number, persons in post.inside().items():
            visit = post.row(number).visit.said
            inside[visit] = inside.get(visit, 0) + persons
        there = answer["on_site"]
        assert {v: one["persons"] for v, one in there.items()} == inside  # type: ignore[attr-defined]
    assert life.brought > 0
    assert life.refused > 0
    assert all(event_of(row).kind == row.event for row in rows)


@pytest.mark.clause("CV-4.1")
def test_issued_is_always_returned_void_lost_and_outstanding(post: Post) -> None:
    RandomLife(9, post).live(40)
    told = GateEvent.objects.filter(event="day_end").latest("number").answer["balance"]
    for visit, sums in told.items():
        rows = PassRevision.objects.filter(visitor_pass__visit_id=visit)
        assert sums == {"issued": rows.count()} | {
            fate: rows.filter(fate=fate).count() for fate in Fate.values
        }
        assert sums["issued"] == sum(sums[fate] for fate in Fate.values)


def test_a_tampered_place_a_changed_answer_and_a_lost_clash_are_found(post: Post) -> None:
    from yingbin.tours.models import GateClash, PassPlace, VisitorPass

    RandomLife(1, post).live(60)
    PassPlace.objects.update(persons=7)
    VisitorPass.objects.update(persons=77)
    GateClash.objects.all().delete()
    found = " ".join(GatesReplayed(post.site).faults())
    assert "谁在哪里" in found
    assert "对不上的记录" in found
    journal = " ".join(post.faults())
    for words in ("写的内容", "谁在哪里", "门岗对不上的记录"):
        assert words in journal
