"""What `bin/serve` installs in two parts: the second comes in beside the first start, which waits for it in time."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from yingbin.web.server import packages
from yingbin.web.server.postgres import CannotStart

ROOT = Path(__file__).resolve().parents[2]
LISTS = ROOT / "requirements"
LATER = [n for n in (LISTS / "later.txt").read_text().splitlines() if not n.startswith("#")]
MODULES = {"django-storages": "storages", "pylopdf-fonts-zh-cn": "pylopdf_fonts_zh_cn"}
FIRST_START = """
import sys
sys.modules.update(dict.fromkeys({missing!r}))
import django
django.setup()
import yingbin.web.demo.build, yingbin.web.server.serve, yingbin.web.demo.logins
"""


def test_what_comes_later_is_locked_like_the_rest() -> None:
    locked = re.findall(r"^([a-z0-9-]+)==", (LISTS / "run.txt").read_text(), re.M)
    assert LATER
    assert set(LATER) <= set(locked)


def test_tables_and_demo_need_nothing_of_what_comes_later(tmp_path: Path) -> None:
    words = FIRST_START.format(missing=[MODULES.get(n, n.replace("-", "_")) for n in LATER])
    env = {"DJANGO_SETTINGS_MODULE": "yingbin.web.settings", "YINGBIN_TESTING": "1"}
    env |= {"YINGBIN_DATA": str(tmp_path), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", words], env=env, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture
def beside() -> Iterator[None]:
    """Whatever is set for the start is gone afterwards."""
    yield
    os.environ.pop(packages.INSTALLING, None)


def installing(ends_with: int) -> None:
    pid = os.spawnlp(os.P_NOWAIT, "sh", "sh", "-c", f"exit {ends_with}")
    os.environ[packages.INSTALLING] = str(pid)


def test_no_page_is_served_before_all_packages_are_there(beside: None) -> None:
    installing(1)
    with pytest.raises(CannotStart, match="程序包没有装上"):
        packages.wait()
    installing(0)
    packages.wait()
    assert packages.INSTALLING not in os.environ  # nobody who is started waits once more
    packages.wait()
