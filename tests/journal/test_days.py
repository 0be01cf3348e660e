"""Every chain has its days sealed, checked and exported, whatever kind of place it is; a gallery closes its own."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings

from tests import cast
from tests.gallery.conftest import Gallery
from yingbin.journal import days
from yingbin.journal.check import check_site
from yingbin.journal.export import export_lines
from yingbin.journal.models import DayRoot, Entry
from yingbin.journal.verify import verify
from yingbin.journal.write import new_key, write
from yingbin.people.models import Company, Site, SiteKind

pytestmark = pytest.mark.django_db
EVENING = cast.SATURDAY.replace(hour=20)
NIGHT = cast.SATURDAY.replace(hour=0, minute=20) + timedelta(days=1)


def place(kind: str) -> Site:
    return Site.objects.create(kind=kind, code=f"a-{kind[:6]}", name="新场所", short_name="新")


def written(chain: Any, at: datetime = EVENING, times: int = 3) -> None:
    for _ in range(times):
        write(
            site_id=chain.id,
            key=new_key(),
            verb="try",
            by="clock",
            at=at,
            payload={},
            work=lambda pen: {"seq": pen.append("token.used", {"token": "t"}).seq},
        )


def journal_faults(chain: Any) -> list[str]:
    return [str(f) for x in check_site(chain.id) if x.what == "记录链" for f in x.found]


@pytest.fixture(params=[*SiteKind.values, "company"])
def chain(request: pytest.FixtureRequest) -> Any:
    """A place of each kind where no gallery was ever opened, and the company's own chain."""
    cast.gallery()
    return Company.objects.get() if request.param == "company" else place(request.param)


def test_the_day_of_any_chain_is_sealed_at_night_once(chain: Any) -> None:
    written(chain)
    days.tick(EVENING + timedelta(hours=3))
    assert not DayRoot.objects.filter(site_id=chain.id).exists(), "the day isn't over"
    for _ in range(3):
        days.tick(NIGHT)
    root = DayRoot.objects.get(site_id=chain.id)
    last = Entry.objects.filter(site_id=chain.id).order_by("seq").last()
    assert last is not None
    assert (root.day, root.size, last.kind) == (EVENING.date(), last.seq, "day.sealed")
    assert journal_faults(chain) == []
    journal, faults = verify(export_lines(chain.id))
    assert (faults, len(journal.roots)) == ([], 1)


def test_a_quiet_day_is_not_sealed_and_the_next_busy_one_is(chain: Any) -> None:
    written(chain)
    for night in range(4):
        days.tick(NIGHT + timedelta(days=night))
    assert DayRoot.objects.filter(site_id=chain.id).count() == 1
    written(chain, EVENING + timedelta(days=4))
    days.tick(NIGHT + timedelta(days=4))
    assert DayRoot.objects.filter(site_id=chain.id).count() == 2
    assert verify(export_lines(chain.id))[1] == []


def test_a_sealed_day_whose_root_is_gone_or_of_another_day_is_found(chain: Any) -> None:
    written(chain)
    days.tick(NIGHT)
    lines = list(export_lines(chain.id))
    without = [x for x in lines if '"root":{' not in x]
    assert any(f.kind == "root 缺封存" for f in verify(without)[1])
    other = [
        x.replace(EVENING.date().isoformat(), "2026-01-01") if '"root":{' in x else x for x in lines
    ]
    assert verify(other)[1]


def test_a_root_cut_from_the_database_is_found(chain: Any) -> None:
    from django.db import connection

    written(chain)
    days.tick(NIGHT)
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("alter table journal_dayroot disable trigger all")
        cursor.execute("delete from journal_dayroot where site_id = %s", [chain.id])
    assert any("没有封存签名" in f for f in journal_faults(chain))


def test_a_chain_that_is_empty_stays_so(chain: Any) -> None:
    days.tick(NIGHT)
    assert not Entry.objects.filter(site_id=chain.id, kind="day.sealed").exists()
    assert verify(export_lines(chain.id))[1] == []


def test_a_gallery_closes_its_days_itself(hall: Gallery) -> None:
    days.tick(hall.now + timedelta(days=1))
    assert not Entry.objects.filter(site_id=hall.site, kind="day.sealed").exists()


def test_the_command_checks_and_exports_a_place_without_a_gallery(
    chain: Any, tmp_path: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    from yingbin.web.cli import main

    written(chain)
    days.tick(NIGHT)
    out, name = tmp_path / "e.jsonl", str(chain.id)
    assert main(["journal", "export", "--site", name, "-o", str(out)]) == 0
    assert json.loads(out.read_text().splitlines()[-1])["end"]["entries"] == 4
    assert main(["journal", "verify", "--site", name]) == 0
    main(["check", "--site", name])
    assert "读不懂" not in capsys.readouterr().out


def test_who_closes_days_is_said_by_the_wings() -> None:
    assert list(settings.YINGBIN_DAY_CLOSERS) == ["yingbin.gallery.queries.today.closes_days"]


# Pages of a gallery, opened at a place that has none and by somebody with every role there.
PAGES = (
    "reports/",
    "gallery/decisions/",
    "gallery/register/",
    "gallery/board/",
    "gallery/supervision/",
    "gallery/waiting/",
    "matters/",
    "notices/",
    "customers/",
)


@pytest.mark.parametrize("kind", ["show_flat", "management_office", "headquarters"])
def test_no_page_of_a_place_without_a_gallery_falls_over(kind: str) -> None:
    from django.utils import timezone

    from tests.people.conftest import sign_in
    from yingbin.people.models import Assignment

    cast.gallery()
    site, manager = place(kind), cast.person("郑岚")
    for role in ("sales_manager", "receptionist", "salesperson", "auditor"):
        Assignment.objects.create(staff=manager, site=site, role=role, since=timezone.now())
    browser = sign_in("郑岚")
    for page in PAGES:
        answer = browser.get(f"/s/{site.code}/{page}", follow=True)
        assert answer.status_code in (200, 404), page
