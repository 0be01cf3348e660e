"""A day at any kind of place gets its certificate: its records are whole and sealed, whatever they tell of."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import SATURDAY, gallery
from yingbin.journal import days
from yingbin.journal.action import Acting
from yingbin.journal.chain import of_day
from yingbin.journal.models import DayRoot, Entry
from yingbin.matters.actions import verbs
from yingbin.people.models import Assignment, Site
from yingbin.reports import actions, sealed
from yingbin.reports.models import DayCertificate
from yingbin.web.demo import build

NIGHT = SATURDAY + timedelta(days=1)


@pytest.fixture
def office(db: None) -> Site:
    """The estate office on a day on which somebody wrote something down, and the night after it."""
    gallery()
    build.found_further(SATURDAY)
    site = Site.objects.get(kind="management_office")
    who = worker(site)
    verbs.open_new(Acting(site.id, "m", who, SATURDAY), kind="follow_up", title="回访")
    return site


def worker(site: Site) -> UUID:
    found = Assignment.objects.filter(site=site, role="desk_supervisor").first()
    assert found is not None
    return found.staff_id


def sealed_and_certified(site: Site) -> DayCertificate:
    days.tick(NIGHT)
    while actions.tick(NIGHT):
        pass
    return DayCertificate.objects.get(site=site, day=SATURDAY.date())


def test_the_night_seals_the_day_and_certifies_it_once(office: Site) -> None:
    found = sealed_and_certified(office)
    assert found.holds
    assert [f["id"] for f in found.body["findings"]] == ["chain", "root"]
    root = DayRoot.objects.get(site_id=office.id, day=SATURDAY.date())
    assert found.body["sealed"] == root.size
    assert actions.tick(NIGHT) == 0
    assert Entry.objects.filter(site_id=office.id, kind="day.certified").count() == 1


def test_a_day_on_which_only_the_house_wrote_gets_none(office: Site) -> None:
    sealed_and_certified(office)
    later = NIGHT + timedelta(days=1)
    days.tick(later)
    assert actions.tick(later) == 0
    days.tick(later + timedelta(days=1))
    assert DayCertificate.objects.filter(site=office).count() == 1


def test_looking_for_days_to_certify_reads_no_contents(office: Site) -> None:
    days.tick(NIGHT)
    with CaptureQueriesContext(connection) as asked:
        assert len(list(sealed.waiting(SATURDAY.date()))) == 1
    of_entries = [q["sql"] for q in asked.captured_queries if "journal_entry" in q["sql"]]
    assert of_entries
    assert not [sql for sql in of_entries if '"body"' in sql]


def test_what_was_rewritten_is_said_on_the_certificate(office: Site) -> None:
    days.tick(NIGHT)
    root = DayRoot.objects.get(site_id=office.id, day=SATURDAY.date())
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        cursor.execute("alter table journal_entry disable trigger user")
        cursor.execute(
            "update journal_entry set actor = 'x' where site_id = %s and seq = 1", [office.id]
        )
        cursor.execute("alter table journal_entry enable trigger user")
        cursor.execute("set session_replication_role = default")
    assert [str(f) for f in of_day(root)[1]]
    found = sealed_and_certified(office)
    assert not found.holds
    assert "第 1 条" in found.body["findings"][0]["broken"]


def test_the_pages_say_whole_and_not_fair(office: Site, client: Client) -> None:
    sealed_and_certified(office)
    client.force_login(office_person(office), backend="yingbin.people.backends.AccountOrPhone")
    listed = client.get(f"/s/{office.code}{reverse('reports:certificates')}").content.decode()
    assert "2026年11月21日" in listed
    page = client.get(f"/s/{office.code}{reverse('reports:certificate', args=['2026-11-21'])}")
    text = page.content.decode()
    assert "完整" in text
    assert "当日记录证书" in text
    assert "当天的判定" not in text
    paper = client.get(
        f"/s/{office.code}{reverse('reports:certificate_paper', args=['2026-11-21'])}"
    )
    assert paper.content.startswith(b"%PDF")


def office_person(site: Site) -> object:
    found = Assignment.objects.select_related("staff").get(site=site, role="desk_supervisor")
    return found.staff
