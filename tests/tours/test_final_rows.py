"""Rows of corporate visits that no session of the database deletes or empties, whatever it says of itself (TQ-3)."""

import pytest
from django.db import connection

from tests.desk.test_final_rows import refused
from tests.tours.played import headquarters_played
from yingbin.tours.guards import GUARDS

# Nobody in the demo prints a pass, and nothing there is old enough to be cleared.
NOT_IN_THE_DEMO = {"tours_passpaper", "tours_visitclearing"}


@pytest.mark.clause("TQ-3", "CV-4.1")
def test_no_session_gets_round_a_guard_of_corporate_visits(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    headquarters_played(monkeypatch)
    kept = {g.table for n, g in GUARDS.triggers.items() if n.endswith(("_rows", "_whole"))}
    with connection.cursor() as cursor:
        filled = {t for t in kept if cursor.execute(f"select 1 from {t} limit 1").fetchall()}
    assert kept - filled <= NOT_IN_THE_DEMO
    through = [t for t in filled if not refused(f"delete from {t}")]
    through += [t for t in kept if not refused(f"truncate {t} cascade")]
    assert through == []
