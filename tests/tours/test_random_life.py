"""Random weeks at the headquarters: stored visits, replay, journal and exported file are one."""

import json
import re
from datetime import date

import pytest

from yingbin.notices.models import Notice
from yingbin.rules.times import written
from yingbin.rules.tours.decide import decide
from yingbin.tours.export import exported
from yingbin.tours.folding import whole
from yingbin.tours.models import TourEvent, TourVisit
from yingbin.tours.office import standing_now
from yingbin.tours.waiting import kept, waits

from .headquarters import Headquarters
from .random_life import RandomLife
from .test_inbox import counted, titles

ALWAYS = (date(2026, 11, 1), date(2027, 12, 31))
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-")


@pytest.mark.clause("CV-2", "CV-3.2.1", "CV-4.1")
@pytest.mark.parametrize("seed", range(2))
def test_whatever_people_do_visits_replay_and_journal_are_one(
    house: Headquarters, seed: int
) -> None:
    life = RandomLife(seed, house)
    life.live(45)
    house.clock(days=1)
    assert house.faults() == []
    for who in house.staff:
        assert counted(house, who) == len(titles(house, who)), who
    company = standing_now(house.site, house.now)
    for row in TourVisit.objects.all():
        assert row.waits == kept(waits(whole(row, company), company.company)), row.said
    assert life.done > 15, "most of what they tried happened"
    assert life.refused > 5
    told = Notice.objects.filter(site_id=house.site).values_list("title", "body")
    shown = [*life.said, *(words for pair in told for words in pair)]
    assert [words for words in shown if ID.search(words)] == [], "nobody is shown an id"


@pytest.mark.clause("CV-2", "CV-4.1")
@pytest.mark.parametrize("seed", range(10, 11))
def test_the_exported_file_decides_the_same(
    house: Headquarters, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    life = RandomLife(seed, house)
    monkeypatch.setattr(house, "choose", lambda **_: None)  # one company all the time
    life.live(40)
    house.clock(days=1)
    told = exported(house.site, *ALWAYS)
    assert told is not None
    assert told.remarks == ()
    answer = json.loads(json.dumps(decide(json.loads(json.dumps(told.file)))))
    assert [d for d in answer["decisions"] if d.get("refused")] == []
    records = [
        (d["visit"], d["warning"], d["about"], d["at"])
        for d in answer["decisions"]
        if d["event"] is None
    ]
    stored = [
        (str(r.visit_id), r.fields["warning"], r.fields["about"], written(r.at))
        for r in TourEvent.objects.filter(event="clock").order_by("seq")
    ]
    assert records == stored
    for row in TourVisit.objects.all():
        one = answer["visits"][str(row.id)]
        assert (one["status"], one["class"], one["headcount"]) == (
            row.status,
            row.klass,
            row.headcount,
        )
        assert (one["room"] or "", one["souvenirs"]) == (row.room, row.souvenirs)
        assert [a for a, state in one["areas"].items() if state == "open"] == row.open_areas
