"""The demo's headquarters: visits of the four classes at every stage, by the actions people use."""

import pytest

from tests.tours.played import headquarters_played
from yingbin.tours.checking import Replayed
from yingbin.tours.hosting import hosting
from yingbin.tours.models import TourVisit


@pytest.mark.clause("CV-2")
def test_the_demo_has_each_class_and_each_stage_and_its_rules_agree(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = headquarters_played(monkeypatch).id
    rows = list(TourVisit.objects.filter(site_id=site))
    assert {row.klass for row in rows} == {"general", "important", "key_account", "institution"}
    stages = {row.status for row in rows}
    assert {"approved", "awaiting", "declined", "withdrawn", "over", "lapsed"} <= stages, stages
    assert list(Replayed(site).faults()) == []
    assert sum(len(row.state["passes"]) for row in rows) > 5


@pytest.mark.clause("CV-3.3.2", "CV-3.3.3", "CV-3.3.4")
def test_the_demo_shows_how_a_key_account_is_prepared_and_what_is_still_missing(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = headquarters_played(monkeypatch).id
    rows = {row.visitor[:4]: row for row in TourVisit.objects.filter(site_id=site)}
    ready, halfway = hosting(rows["恒远集团"]), hosting(rows["华东家电"])
    assert (ready.rehearsal and ready.rehearsal.passed, ready.companions[0].answer) == (
        True,
        "confirmed",
    )
    assert (ready.meal and ready.meal.approval, halfway.meal and bool(halfway.meal.approval)) == (
        "",
        True,
    )
    assert [note.version for note in halfway.notes] == [1, 2]
    assert [one.answer for one in halfway.companions] == ["declined", "asked"]
    assert halfway.rehearsal is not None
    assert not halfway.rehearsal.passed
