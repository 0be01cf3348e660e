"""The keys that sign passes: nobody else reads them, and one of before holds as long as its passes (CV-4.1)."""

import json
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.cast import SATURDAY
from yingbin.tours.keyring import PLACE, public_keys, rotate, signing_key
from yingbin.tours.token import BadToken, PassToken, signed, verified
from yingbin.web.server.backup import KEYS

SITE, OTHER = uuid4(), uuid4()
NOW = SATURDAY.replace(hour=9)
END = NOW + timedelta(hours=8)
PASS = PassToken(1, 1, NOW, END, frozenset({"plant"}), 1)


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


def test_a_site_signs_with_one_key_of_its_own_that_only_its_owner_reads(folder: Path) -> None:
    text = signed(PASS, signing_key(SITE, NOW))
    assert signed(PASS, signing_key(SITE, NOW)) == text, "made once"
    assert verified(text, public_keys(SITE, NOW)) == PASS
    with pytest.raises(BadToken):
        verified(text, public_keys(OTHER, NOW))
    signing_key(OTHER, NOW)
    assert public_keys(OTHER, NOW).keys().isdisjoint(public_keys(SITE, NOW))
    assert (folder / PLACE).stat().st_mode & 0o777 == 0o600
    assert (folder / PLACE).parent.stat().st_mode & 0o077 == 0


@pytest.mark.clause("CV-4.1")
def test_after_a_rotation_passes_of_before_hold_until_the_last_of_them_ends(folder: Path) -> None:
    old = signed(PASS, signing_key(SITE, NOW))
    new_id = rotate(SITE, NOW, END.astimezone(UTC))
    new = signed(PASS, signing_key(SITE, NOW))
    assert new != old
    held = public_keys(SITE, END - timedelta(seconds=1))
    assert verified(old, held) == verified(new, held) == PASS
    assert list(public_keys(SITE, END)) == [new_id]
    with pytest.raises(BadToken, match="unknown_key"):
        verified(old, public_keys(SITE, END))
    kept = json.loads((folder / PLACE).read_text())[str(SITE)]
    assert [bool(key["private"]) for key in kept] == [False, True], "the old one signs no more"


def test_a_key_whose_passes_have_all_ended_is_gone_with_the_next_rotation(folder: Path) -> None:
    signing_key(SITE, NOW)
    rotate(SITE, NOW, None)
    assert len(public_keys(SITE, NOW)) == 1
    rotate(SITE, NOW + timedelta(days=1), None)
    assert len(json.loads((folder / PLACE).read_text())[str(SITE)]) == 1


def test_the_keys_go_along_in_a_backup() -> None:
    assert PLACE in KEYS.values()
