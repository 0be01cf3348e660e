"""The demo's headquarters: visits of the four classes at every stage, by the actions people use."""

import pytest

from tests.tours.played import headquarters_played
from yingbin.tours.checking import Replayed
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
