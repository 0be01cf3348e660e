"""A visit with passes and a list is moved by a day, halved, doubled, withdrawn on the way: what holds at the gate afterwards."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from yingbin.rules.decision import Refused
from yingbin.rules.times import written
from yingbin.tours.actions import gate_verbs, gates
from yingbin.tours.actions.guests import keep_list
from yingbin.tours.guest_lines import GuestLine
from yingbin.tours.models import VisitorPass
from yingbin.tours.queries.guests import guest_list, stamp

from .headquarters import Headquarters

MADE: dict[str, UUID] = {}


def lived(house: Headquarters) -> None:
    """Twelve guests who come in eight days, with two passes for six each and a list of all; a gate of the site."""
    one = MADE["visit"] = house.planned(areas=("plant", "workshop"))
    for _ in range(2):
        house.issue(one, persons=6)
    listed = tuple(GuestLine(f"客人{n}") for n in range(12))
    house.do(keep_list, "江", visit_id=one, guests=listed, seen=0)
    told = {"name": "北门", "areas": (), "on_site": True}
    MADE["gate"] = house.do(gates.add_gate, "江", **told).device


def edit(house: Headquarters, **fields: Any) -> str:
    return house.act("江", "edit", MADE["visit"], **fields)


def scans(house: Headquarters) -> list[str]:
    """What each pass is answered at the gate, five minutes after the visit began."""
    house.now = house.row(MADE["visit"]).starts_at
    found = []
    for row in VisitorPass.objects.filter(visit=MADE["visit"]).order_by("number"):
        through = gate_verbs.Through(MADE["gate"], row.number, row.revision, count=row.persons)
        found.append(house.do(gate_verbs.scan, "孟", told=through).code)
    return found


@pytest.mark.clause("CV-4.1")
def test_as_it_was_planned_everybody_comes_in(kept: Headquarters) -> None:
    """The control: otherwise whatever is refused below might be so anyhow."""
    assert scans(kept) == ["ok", "ok"]


@pytest.mark.clause("CV-3.2.1", "CV-4.1")
def test_a_visit_moved_by_a_day_is_asked_again_and_no_pass_of_before_opens_a_gate(
    kept: Headquarters,
) -> None:
    row = kept.row(MADE["visit"])
    day = {"from": kept.at(9, 10), "to": kept.at(9, 12)}
    edit(kept, **{name: written(at) for name, at in day.items()})
    moved = kept.row(row.id)
    assert moved.status == "awaiting"
    assert set(kept.areas(row.id).values()) == {"asked"}
    assert len(guest_list(moved).guests) == 12, "who comes stays known"
    assert scans(kept) == ["void", "void"]
    assert kept.faults() == []


@pytest.mark.clause("CV-4.2")
def test_a_visit_halved_keeps_the_first_pass_and_says_that_its_list_is_too_long(
    kept: Headquarters,
) -> None:
    edit(kept, headcount=6)
    row = kept.row(MADE["visit"])
    assert row.status == "approved", "nobody is asked again"
    told = guest_list(row)
    assert (told.lacks, told.too_many) == (0, 6)
    assert scans(kept) == ["ok", "void"]
    assert kept.faults() == []


@pytest.mark.clause("CV-4.2")
def test_a_visit_doubled_is_asked_again_before_anybody_comes_in(kept: Headquarters) -> None:
    edit(kept, headcount=24)
    row = kept.row(MADE["visit"])
    assert (row.status, guest_list(row).lacks) == ("awaiting", 12)
    kept.approve(row.id)
    kept.act("江", "send_plan", row.id)
    kept.issue(row.id, persons=24)
    assert scans(kept) == ["void", "void", "ok"]
    assert kept.faults() == []


@pytest.mark.clause("CV-4.1")
def test_a_visit_withdrawn_on_the_way_opens_no_gate_and_its_list_is_closed(
    kept: Headquarters,
) -> None:
    row = kept.row(MADE["visit"])
    kept.now = row.starts_at - timedelta(minutes=30)
    kept.act("", "withdraw", row.id)
    told: dict[str, Any] = {"guests": (GuestLine("别人"),), "seen": stamp(row)}
    with pytest.raises(Refused, match="已经结束或取消"):
        kept.do(keep_list, "江", visit_id=row.id, **told)
    assert scans(kept) == ["void", "void"]
    assert kept.faults() == []
