"""Where files lie is a setting: a folder, or a store that speaks S3; secrets are nobody else's to read."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from tests.files.conftest import by, noted, taken
from tests.files.shelf import opened, picture
from tests.files.test_files import faults
from tests.people.conftest import sign_in
from yingbin.files import actions, store, ticks
from yingbin.files.models import StoredFile
from yingbin.files.places import NotConfigured, place_of
from yingbin.journal.write import NotSaved
from yingbin.people.models import Site


def test_a_folder_of_the_data_directory_unless_said_otherwise(tmp_path: Path) -> None:
    assert place_of({}, tmp_path)["OPTIONS"] == {"location": str(tmp_path / "files")}


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"YINGBIN_FILES": "ftp"}, "folder 或 s3"),
        ({"YINGBIN_FILES": "s3"}, "YINGBIN_FILES_BUCKET"),
        (
            {
                "YINGBIN_FILES": "s3",
                "YINGBIN_FILES_BUCKET": "b",
                "YINGBIN_FILES_SECRET_FILE": "/nowhere",
            },
            "读不到",
        ),
    ],
)
def test_settings_that_cannot_hold_are_refused_in_words(
    told: dict[str, str], words: str, tmp_path: Path
) -> None:
    with pytest.raises(NotConfigured, match=words):
        place_of(told, tmp_path)


def test_a_secret_others_can_read_is_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("s3cret\n")
    told = {
        "YINGBIN_FILES": "s3",
        "YINGBIN_FILES_BUCKET": "b",
        "YINGBIN_FILES_SECRET_FILE": str(secret),
    }
    secret.chmod(0o640)
    with pytest.raises(NotConfigured, match="chmod 600"):
        place_of(told, tmp_path)
    secret.chmod(0o600)
    assert place_of(told, tmp_path)["OPTIONS"]["secret_key"] == "s3cret"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A store that speaks S3, on this machine."""
    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    running.start()
    host, port = running.get_host_and_port()
    yield f"http://{host}:{port}"
    running.stop()


@pytest.fixture
def bucket(server: str, room: Path, settings: Any) -> Any:
    """The product with its files in a bucket; the bucket as its owner sees it."""
    told = {
        "YINGBIN_FILES": "s3",
        "YINGBIN_FILES_BUCKET": "yingbin",
        "YINGBIN_FILES_ENDPOINT": server,
        "YINGBIN_FILES_REGION": "us-east-1",
        "YINGBIN_FILES_KEY": "key",
        "YINGBIN_FILES_SECRET": "secret",
        "YINGBIN_FILES_PREFIX": "/house/",
        "YINGBIN_FILES_ADDRESSING": "path",
    }
    settings.STORAGES = {**settings.STORAGES, "files": place_of(told, room)}
    there = boto3.resource(
        "s3",
        endpoint_url=server,
        aws_access_key_id="key",
        aws_secret_access_key="secret",
        region_name="us-east-1",
    ).Bucket("yingbin")
    there.create()
    yield there
    there.objects.all().delete()


@pytest.mark.django_db
def test_a_store_that_speaks_s3_holds_serves_and_wipes_files(
    bucket: Any, hupan: Site, room: Path
) -> None:
    file_id = noted(hupan)
    row = StoredFile.objects.get(id=file_id)
    keys = sorted(o.key for o in bucket.objects.all())
    assert keys == [f"house/{row.name}", f"house/{row.small}"]
    assert not room.exists(), "nothing lies on this machine"
    answer = sign_in("苏晴").get(f"/files/{file_id}/")
    assert opened(answer.content).format == "JPEG"
    assert not store.is_folder()
    assert faults(hupan) == []
    loose = taken(hupan, data=picture(50, 50))
    actions.remove(by(hupan, "苏晴"), file_id=loose)
    ticks.tick()
    assert sorted(o.key for o in bucket.objects.all()) == keys


@pytest.mark.django_db
def test_bytes_lost_or_cut_in_a_store_elsewhere_are_found(bucket: Any, hupan: Site) -> None:
    row = StoredFile.objects.get(id=noted(hupan))
    bucket.put_object(Key=f"house/{row.name}", Body=b"short")
    assert [f for f in faults(hupan) if "长度" in f]
    bucket.objects.all().delete()
    assert [f for f in faults(hupan) if "内容不见了" in f]


@pytest.mark.django_db
def test_the_sweep_finds_its_way_in_a_bucket(bucket: Any, hupan: Site) -> None:
    from datetime import timedelta

    from django.utils import timezone

    taken(hupan)
    bucket.put_object(Key=f"house/{hupan.id}/ab/lost", Body=b"x")
    assert ticks.sweep(timezone.now() + timedelta(hours=25)) == 1
    assert len(list(bucket.objects.all())) == 2


@pytest.mark.django_db
def test_a_bucket_that_is_not_there_means_not_saved(
    bucket: Any, hupan: Site, settings: Any
) -> None:
    files = settings.STORAGES["files"]
    options = {**files["OPTIONS"], "bucket_name": "elsewhere"}
    settings.STORAGES = {**settings.STORAGES, "files": {**files, "OPTIONS": options}}
    with pytest.raises(NotSaved):
        taken(hupan)
    assert not StoredFile.objects.exists()
