"""The demo is left behind for good: on a database of its own, by the command people type."""

import os
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.db import connection

DATABASE = f"leave_demo_{os.getpid()}"

BUILD = """
from django.utils import timezone
from yingbin.journal.write import write
from yingbin.web.demo import build
crew = build.found(timezone.now())
write(site_id=crew.site, key="k", verb="v", by="x", at=timezone.now(), payload={},
      work=lambda pen: {"seq": pen.append("made", {}).seq})
"""
LOOK = """
from yingbin.journal.models import Entry
from yingbin.people.models import Company, Staff
from yingbin.people.queries import demo_left
print(Company.objects.count(), Staff.objects.count(), Entry.objects.count(), demo_left())
"""


@pytest.fixture
def database(django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:
    """An empty database beside the tests' own, given as a libpq address by environment."""
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]
        # `bin/test` has made the tables once; what the demo is built in begins as a copy.
        whole = os.environ.get("YINGBIN_TEST_TEMPLATE", "template1")
        cursor.execute(f'create database {DATABASE} template "{whole}"')
    try:
        yield DATABASE
    finally:
        with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]
            cursor.execute(f"drop database {DATABASE} with (force)")


def run(code: str, said: str = "") -> subprocess.CompletedProcess[str]:
    """Python with the product set up on that database."""
    told = connection.settings_dict
    who = quote(str(told["USER"] or ""), safe="")
    secret = f":{quote(str(told['PASSWORD']), safe='')}" if told["PASSWORD"] else ""
    where = quote(str(told["HOST"] or ""), safe="") + (f":{told['PORT']}" if told["PORT"] else "")
    socket = told["OPTIONS"].get("host")
    more = f"?host={socket}" if socket else ""
    address = {
        "YINGBIN_DEBUG": "1",
        "DATABASE_URL": f"postgres://{who}{secret}@{where}/{DATABASE}{more}",
        "DJANGO_SETTINGS_MODULE": "yingbin.web.settings",
    }
    setup = "import django; django.setup()\nfrom django.core.management import call_command\n"
    return subprocess.run(
        [sys.executable, "-c", setup + code],
        env=os.environ | address,
        input=said,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


LEAVE = """
from django.core.management import CommandError
try:
    call_command("leave_demo", confirm="不是这个名字")
except CommandError as no:
    print(no)
print(call_command("leave_demo"))
"""


@pytest.mark.slow
def test_the_demo_is_left_after_its_name_was_typed_and_is_not_built_again(database: str) -> None:
    made = run("call_command('migrate', verbosity=0)" + BUILD + LOOK)
    assert made.stdout.split() == ["1", "16", "1", "False"], made.stderr
    left = run(LEAVE + LOOK, said="澄湖置业（演示）\n")
    assert "什么都没有清" in left.stdout, left.stderr
    assert left.stdout.split()[-4:] == ["0", "0", "0", "True"], left.stderr
