"""Rows of the desk that no session of the database deletes or empties, whatever it says of itself (TQ-3)."""

import pytest
from django.db import Error, connection, transaction
from django.utils import timezone

from tests.cast import SATURDAY, gallery
from yingbin.desk.demo import EstatePast
from yingbin.desk.guards import GUARDS
from yingbin.people.models import Site
from yingbin.web.demo import build

ROUND_IT = (
    "set constraints all immediate; set local yingbin.disposable = off;"
    " set local session_replication_role = replica;"
)
# Nobody in the demo takes a copy of the register, makes a remark or uses an answer a second time.
NOT_IN_THE_DEMO = {"desk_registercopy", "desk_callsheetcopy", "desk_desknote", "desk_answeruse"}


def refused(way: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(ROUND_IT)
            cursor.execute(way)
    except Error as no:
        return "refused" in str(no)
    return False


@pytest.mark.clause("TQ-3", "SD-4.1")
def test_no_session_gets_round_a_guard_of_the_desk(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = SATURDAY.replace(hour=15)
    gallery(SATURDAY)
    build.found_further(SATURDAY)
    monkeypatch.setattr(timezone, "now", lambda: at)
    site = Site.objects.get(kind="management_office").id
    past = EstatePast(quarter=0)
    while not past.progress(site).is_over:
        past.play_next(site, at)
    tables = {guard.table for guard in GUARDS.triggers.values()}
    with connection.cursor() as cursor:
        filled = {t for t in tables if cursor.execute(f"select 1 from {t} limit 1").fetchall()}
    assert tables - filled <= NOT_IN_THE_DEMO
    through = [t for t in filled if not refused(f"delete from {t}")]
    through += [t for t in tables if not refused(f"truncate {t} cascade")]
    assert through == []
