"""Files from the moment they are taken in until nothing of them is left: who sees them, what proves them, what wipes them."""

import stat
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.urls import reverse
from django.utils import timezone

from tests.files.conftest import a_guest, ask, by, lying, noted, taken, write_note
from tests.files.shelf import picture
from tests.force import unguarded
from tests.people.conftest import sign_in
from tests.race import at_once
from yingbin.customers.models import Customer
from yingbin.files import actions, queries, store, ticks
from yingbin.files.models import StoredFile
from yingbin.journal.check import check_site
from yingbin.journal.models import Entry
from yingbin.journal.write import KeyReused, NotSaved, new_key
from yingbin.people.ids import uuid7
from yingbin.people.models import Site
from yingbin.rules.decision import Refused

pytestmark = pytest.mark.django_db


def faults(site: Site) -> list[str]:
    """What a check finds of files; the cast stands there without a journal of its own."""
    lines = [x for x in check_site(site.id) if x.what in ("照片与扫描件", "照片的内容")]
    assert len(lines) == 2
    return [str(f) for line in lines for f in line.found]


# Taking in


def test_what_is_taken_in_lies_in_a_folder_nobody_else_enters(hupan: Site, room: Path) -> None:
    taken(hupan)
    assert len(lying(room)) == 2, "the picture and a small one"
    for path in room.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)
    assert stat.S_IMODE(room.stat().st_mode) == 0o700


def test_the_journal_keeps_the_digest_of_what_lies_there_and_nothing_personal(
    hupan: Site, room: Path
) -> None:
    file_id = taken(hupan)
    row = StoredFile.objects.get(id=file_id)
    body = Entry.objects.get(kind="file.taken").body
    assert body["sha256"] == row.sha256 == store.sha256(store.get(row.name))
    assert set(body) == {"file", "owner", "sha256", "size", "type"}


def test_the_same_key_again_stores_once(hupan: Site, room: Path) -> None:
    first, again = (taken(hupan, key="k-1") for _ in range(2))
    assert first == again
    assert StoredFile.objects.count() == 1
    assert len(lying(room)) == 2


def test_a_key_that_meant_another_picture_is_refused(hupan: Site, room: Path) -> None:
    taken(hupan, key="k-1")
    with pytest.raises(KeyReused):
        taken(hupan, key="k-1", data=picture(90, 90))
    assert StoredFile.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_picture_from_eight_hands_at_once_is_stored_once(hupan: Site, room: Path) -> None:
    acting, data = by(hupan, "苏晴", "k-race"), picture()
    found = at_once(8, lambda n: actions.take_in(acting, owner="note", data=data))
    assert len(set(found)) == 1, found
    assert StoredFile.objects.count() == 1
    assert len(lying(room)) == 2
    # The control: with a key of its own each is stored.
    keys = [by(hupan, "苏晴", f"k-{n}") for n in range(8)]
    found = at_once(8, lambda n: actions.take_in(keys[n], owner="note", data=data))
    assert len(set(found)) == 8, found
    assert StoredFile.objects.count() == 9


def test_nobody_fills_the_disk_with_pictures_that_belong_to_nothing(
    hupan: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "MOST_LOOSE", 2)
    for _ in range(2):
        taken(hupan)
    with pytest.raises(Refused, match="先提交"):
        taken(hupan)
    taken(hupan, "林悦")


def test_a_storage_that_is_away_means_not_saved(hupan: Site, room: Path) -> None:
    room.parent.mkdir(exist_ok=True)
    room.write_text("a file in the folder's place")
    with pytest.raises(NotSaved):
        taken(hupan)
    assert not StoredFile.objects.exists()


def test_a_file_is_there_whole_or_not_at_all(
    hupan: Site, room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "no space left")

    monkeypatch.setattr(store.os, "fsync", full)
    with pytest.raises(NotSaved):
        taken(hupan)
    assert lying(room) == []


# Attaching


def test_only_whoever_took_it_in_attaches_it_and_only_once(hupan: Site) -> None:
    mine, note = taken(hupan, "苏晴"), uuid7()
    with pytest.raises(Refused, match="不在了"):
        write_note(by(hupan, "林悦"), note=note, files=(mine,))
    write_note(by(hupan, "苏晴"), note=note, files=(mine,))
    assert [f.id for f in queries.files_of(hupan.id, "note", [note])[note]] == [mine]
    with pytest.raises(Refused, match="不在了"):
        write_note(by(hupan, "苏晴"), note=uuid7(), files=(mine,))


def test_ten_at_once_are_too_many(hupan: Site) -> None:
    with pytest.raises(Refused, match="最多附 9 张"):
        write_note(by(hupan, "苏晴"), note=uuid7(), files=tuple(uuid7() for _ in range(10)))


def test_a_file_of_another_site_is_not_attached_here(hupan: Site) -> None:
    other = Site.objects.create(kind="headquarters", code="zb", name="总部", short_name="总部")
    elsewhere = taken(other)
    with pytest.raises(Refused, match="不在了"):
        write_note(by(hupan, "苏晴"), note=uuid7(), files=(elsewhere,))


def test_one_takes_back_what_was_not_submitted_and_nothing_else(hupan: Site, room: Path) -> None:
    mine, kept = taken(hupan), noted(hupan)
    assert not actions.remove(by(hupan, "林悦"), file_id=mine), "somebody else's"
    assert actions.remove(by(hupan, "苏晴"), file_id=mine)
    with pytest.raises(Refused, match="已经提交"):
        actions.remove(by(hupan, "苏晴"), file_id=kept)
    ticks.tick()
    assert len(lying(room)) == 2, "only the note's"
    assert faults(hupan) == []


# What is left


def test_erasing_a_customer_wipes_their_pictures_from_the_storage_too(
    hupan: Site, room: Path
) -> None:
    customer = a_guest(by(hupan, "苏晴"), name="林女士", phone="13800138000")
    about, other = noted(hupan, customer_id=customer), noted(hupan)
    number = Customer.objects.values_list("number", flat=True).get(id=customer)
    told = {"key": new_key(), "reason": "本人来信", "sure": str(number)}
    answer = sign_in("郑岚").post(reverse("customers:privacy", args=[customer]), told)
    assert answer.status_code == 302, answer.content.decode()
    assert ask(sign_in("苏晴"), about).status_code == 404, "at once"
    ticks.tick()
    row, left = StoredFile.objects.get(id=about), StoredFile.objects.get(id=other)
    assert (row.gone_why, row.customer_id, row.wiped_at is None) == ("erased", None, False)
    assert sorted(p.name for p in lying(room)) == sorted(
        name.rpartition("/")[2] for name in (left.name, left.small)
    )
    assert faults(hupan) == []


def test_an_upload_nobody_submitted_goes_after_a_day(hupan: Site, room: Path) -> None:
    loose, kept = taken(hupan), noted(hupan)
    now = timezone.now()
    ticks.tick(now + timedelta(hours=23))
    assert not StoredFile.objects.filter(gone_at__isnull=False).exists()
    ticks.tick(now + timedelta(hours=25))
    ticks.tick(now + timedelta(hours=25))
    assert StoredFile.objects.get(id=loose).wiped_at is not None
    assert StoredFile.objects.get(id=kept).gone_at is None
    assert len(lying(room)) == 2
    assert faults(hupan) == []


def test_files_go_when_the_time_their_owner_gives_them_is_over(
    hupan: Site, room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from yingbin.files.owners import owners

    file_id, now = noted(hupan), timezone.now()
    ticks.tick(now + timedelta(days=4000))
    assert StoredFile.objects.get(id=file_id).gone_at is None, "an owner that says nothing"
    kept = replace(owners()["note"], keeps=timedelta(days=365))
    monkeypatch.setitem(owners(), "note", kept)
    ticks.tick(now + timedelta(days=364))
    assert StoredFile.objects.get(id=file_id).gone_at is None
    for _ in range(2):
        ticks.tick(now + timedelta(days=366))
    assert StoredFile.objects.get(id=file_id).gone_why == "expired"
    assert lying(room) == []
    assert faults(hupan) == []


def test_bytes_whose_write_never_came_about_are_swept_and_no_others(
    hupan: Site, room: Path
) -> None:
    taken(hupan)
    store.put(f"{hupan.id}/ab/lost", b"x")
    store.put(f"{hupan.id}/ab/lost.small", b"x")
    ticks.sweep(timezone.now())
    assert len(lying(room)) == 4, "it may still come about"
    ticks.sweep(timezone.now() + timedelta(hours=25))
    assert len(lying(room)) == 2


def test_a_storage_that_is_away_is_asked_again_by_the_next_tick(
    hupan: Site, room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = taken(hupan)
    actions.remove(by(hupan, "苏晴"), file_id=mine)

    def away(name: str) -> None:
        raise NotSaved("away")

    with monkeypatch.context() as broken:
        broken.setattr(store, "wipe", away)
        assert ticks.tick() == 0
    assert StoredFile.objects.get(id=mine).wiped_at is None
    ticks.tick()
    assert lying(room) == []


# What is found


def test_bytes_changed_behind_our_back_are_found(hupan: Site, room: Path) -> None:
    row = StoredFile.objects.get(id=noted(hupan))
    assert faults(hupan) == []
    path = room / row.name
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert [f for f in faults(hupan) if "内容被改过" in f]
    path.unlink()
    assert [f for f in faults(hupan) if "内容不见了" in f]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("sha256 = repeat('0', 64)", "摘要"),
        ("about_id = gen_random_uuid()", "附在哪里"),
        ("taken_by = gen_random_uuid()", "谁传的"),
        ("gone_at = now(), gone_why = 'erased'", "没有去掉或删除的记录"),
        ("customer_id = gen_random_uuid()", "客户"),
        ("owner = 'other'", "附在哪一类"),
    ],
)
def test_a_row_that_says_other_than_the_journal_is_found(
    hupan: Site, change: str, words: str
) -> None:
    noted(hupan)
    unguarded(f"update files_storedfile set {change}")
    assert [f for f in faults(hupan) if words in f]


def test_a_row_that_is_gone_is_found(hupan: Site) -> None:
    noted(hupan)
    unguarded("delete from files_storedfile")
    assert [f for f in faults(hupan) if "库里没有了" in f]


@pytest.mark.parametrize(
    "statement",
    [
        "update files_storedfile set sha256 = repeat('0', 64)",
        "update files_storedfile set about_id = gen_random_uuid()",
        "update files_storedfile set attached_at = null, about_id = null",
        "update files_storedfile set gone_at = null, gone_why = ''",
        "update files_storedfile set name = 'elsewhere'",
        "update files_storedfile set purpose = 'after'",
        "delete from files_storedfile",
    ],
)
def test_the_database_refuses_to_change_what_a_file_is(hupan: Site, statement: str) -> None:
    note = uuid7()
    file_id = taken(hupan)
    write_note(by(hupan, "苏晴"), note=note, files=(file_id,))
    StoredFile.objects.update(gone_at=timezone.now(), gone_why="removed")
    with pytest.raises(DatabaseError, match="is final"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(statement)
