"""The demo's estate: 1,200 homes by the importer's own path, people whom its matters name, and matters that find them."""

import csv
from datetime import timedelta

import pytest

from tests.desk.residence import Residence
from yingbin.desk import demo_estate
from yingbin.desk.demo_estate import KNOWN, MOVED_OUT, PAST, company_list
from yingbin.desk.demo_story import PAST as BEFORE
from yingbin.desk.demo_story import TODAY
from yingbin.desk.models import Home, Tenancy
from yingbin.rules.desk.homes import addresses, written

TOLD = {story.home for story in (*BEFORE, *TODAY) if story.caller}
FEW = {*KNOWN, MOVED_OUT[0]}


def test_the_list_has_1200_homes_spelt_as_an_office_spells_them() -> None:
    lines = list(csv.reader(company_list().decode().splitlines()))[2:]
    labels = {written(addresses(line[0])[0]) for line in lines}
    assert len(lines) == len(labels) == 1200
    assert labels >= TOLD | FEW  # whoever tells something in the demo lives there
    assert any("栋" in line[0] for line in lines)
    assert any("、" in line[1] for line in lines)


def test_the_estate_is_there_before_its_matters(
    residence: Residence, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = [(int(b), int(e), room) for b, e, room in (label.split("-") for label in sorted(FEW))]
    monkeypatch.setattr(demo_estate, "_rooms", lambda: iter(few))
    residence.hire("罗静", "luojing", "desk_clerk")
    assert not PAST.progress(residence.site).is_over
    PAST.play_next(residence.site, residence.now + timedelta(days=40))
    assert PAST.progress(residence.site).is_over
    zhou = Tenancy.objects.get(home__label="5-1-101", capacity="owner").customer_id
    assert Tenancy.objects.filter(customer_id=zhou).count() == 3
    residence.later(days=40)
    (place,) = residence.finds("王秀英", "罗静").places
    assert place.home == Home.objects.get(label="3-2-1801")
    assert [one.called for one in place.people] == ["王秀英", "张建华", "张子涵"]
    (gone,) = residence.finds("唐晨曦", "罗静").places
    assert gone.home is None
    assert gone.people[0].was[0].startswith("4-2-1004 2027-01")
    assert residence.unborne() == []
