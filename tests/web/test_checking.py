"""The check as people meet it: a command with a table, a result kept at night, a page that shows it."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from tests.force import unguarded
from tests.gallery.conftest import Gallery
from tests.gallery.test_reception import signed_in
from yingbin.journal.models import CheckResult, Ledger
from yingbin.matters.models import Matter
from yingbin.notices.models import Notice
from yingbin.people.models import Company
from yingbin.web import nightly
from yingbin.web.cli import main

ZONE = ZoneInfo("Asia/Shanghai")
FORGE = "update floor_visit set group_size = 9 where number = 1"


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yingbin.web.cli.with_database", lambda work: work())


@pytest.fixture
def hall(db: None) -> Gallery:
    made = Gallery()
    made.open("林悦", "周航")
    made.arrive(name="张伟")
    return made


@pytest.mark.django_db
def test_the_command_prints_a_table_and_names_every_fault(
    hall: Gallery, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--site", "hupan"]) == 0
    whole = capsys.readouterr().out
    assert "核对什么" in whole
    assert "全部一致 OK" in whole
    unguarded(FORGE)
    assert main(["check", "--all"]) == 1
    told = capsys.readouterr().out
    assert "✗ 到访 2026-11-21 第 1 批：人数和记录链里的不一样（记录链第" in told
    assert "不一致 1 处 FAULTS FOUND" in told
    assert main(["check", "--site", "nowhere"]) == 2


@pytest.mark.django_db
def test_many_faults_of_a_kind_are_counted_and_the_first_ones_listed(
    hall: Gallery, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("yingbin.journal.check.SHOWN", 1)
    hall.arrive(name="李莉")
    unguarded("update floor_visit set group_size = 9")
    assert main(["check", "--site", "hupan"]) == 1
    assert "到访：还有 1 处同样的" in capsys.readouterr().out


@pytest.mark.django_db
def test_the_manager_sees_the_last_result_and_a_salesperson_does_not(
    hall: Gallery, client: Client
) -> None:
    unguarded(FORGE)
    main(["check", "--all", "--keep"])
    assert CheckResult.objects.get(site_id=hall.site).faults == 1
    page = signed_in(client, hall, "郑岚").get("/gallery/decisions/").content.decode()
    assert "不一致 1 处" in page
    assert "到访 2026-11-21 第 1 批：人数" in page
    assert (
        "和记录链核对"
        not in signed_in(client, hall, "林悦").get("/gallery/decisions/").content.decode()
    )


@pytest.mark.django_db
@pytest.mark.clause("TQ-11")
def test_faults_are_a_matter_of_the_manager_and_told_to_whoever_may_verify_once(
    hall: Gallery, client: Client
) -> None:
    main(["check", "--all", "--keep"])
    clean = CheckResult.objects.get(site_id=hall.site).clean_at
    assert clean is not None
    assert not Notice.objects.filter(kind="check").exists()
    unguarded(FORGE)
    for _ in range(2):
        assert main(["check", "--all", "--keep"]) == 1
    owed = Matter.objects.get(title="和记录链核对：1 处不一致")
    assert hall.name(owed.owner_id) == "郑岚"
    assert "到访 2026-11-21 第 1 批：人数" in owed.detail
    assert "「判定」页" in owed.detail
    told = Notice.objects.filter(kind="check")
    assert {hall.name(n.to_id) for n in told} == {"顾北", "秦明"}  # administrator and auditor
    assert {n.link for n in told} == {"/gallery/decisions/#checked"}
    many = told.count()
    page = signed_in(client, hall, "郑岚").get("/gallery/decisions/").content.decode()
    assert f"上一次全部一致是 {clean.astimezone(ZONE):%-m月%-d日 %H:%M}" in page
    unguarded("update floor_visit set households = 3 where number = 1")
    main(["check", "--all", "--keep"])
    assert told.all().count() == 2 * many  # another fault is another matter
    assert Matter.objects.filter(kind="alert", title__startswith="和记录链核对").count() == 2


@pytest.mark.django_db
def test_faults_of_the_companys_chain_are_told_too(hall: Gallery) -> None:
    Ledger.objects.create(site_id=Company.objects.get().id, seq=3, head=b"x")
    main(["check", "--site", "company", "--keep"])
    assert Matter.objects.filter(title__startswith="和记录链核对（company）").exists()


@pytest.mark.django_db
def test_the_night_begins_one_check_and_the_day_none(
    hall: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[Any] = []

    class Ended:
        def poll(self) -> int:
            return 0

    monkeypatch.setattr(nightly, "begin", lambda: begun.append(1) or Ended())
    monkeypatch.setattr(nightly, "_begun", [])
    night = datetime(2026, 11, 22, 3, 10, tzinfo=ZONE)
    assert [nightly.tick(night + timedelta(hours=n)) for n in (-4, 0, 1, 9)] == [0, 1, 0, 0]
    assert nightly.tick(night + timedelta(days=1)) == 1
    CheckResult.objects.create(
        site_id=hall.site, at=night + timedelta(days=2), held=1, faults=0, lines=[]
    )
    assert nightly.tick(night + timedelta(days=2, minutes=5)) == 0
    assert len(begun) == 2
