"""The reader of codes that others wrote is theirs, whole and unchanged, with its licence (decision 0033)."""

import re
from hashlib import sha256
from pathlib import Path

import pytest

from yingbin.pages import bundles
from yingbin.tours import wing

FOLDER = Path(wing.__file__).parent / "static" / "tours" / "vendor"
# Of the files in the package qr 0.7.0 as released.
RELEASED = {
    "index.js": "a0de370051f94bd74f218f74401fdf197585e3f9ef0143164f87ea941a3fdd6f",
    "decode.js": "00e209820dcb11d624e9a03d6383e580766792b57d1651318f0a29e4e1ff0fe8",
}


def released(name: str) -> str:
    """One of its files as it was before it stood in ours."""
    whole = (FOLDER / "qr.js").read_text()
    part = whole.partition(f"/* >>> {name} */\n")[2].partition(f"/* <<< {name} */")[0]
    return re.sub(
        r"(?m)^/\*((?:export|import) .*;)\*/$", r"\1", part.replace("/*export */ ", "export ")
    )


@pytest.mark.parametrize("name", RELEASED)
def test_nothing_was_changed_of_it_but_how_its_files_are_joined(name: str) -> None:
    assert sha256(released(name).encode()).hexdigest() == RELEASED[name]


def test_its_licence_goes_along_and_our_policy_needs_no_exception_for_it() -> None:
    assert "MIT License" in (FOLDER / "qr.LICENSE.txt").read_text()
    sent = bundles.bundle("gateeye.js").body.decode()
    assert "SPDX-License-Identifier: MIT" in sent
    assert not re.search(r"\beval\(|new Function|WebAssembly|\bimport\(|^import ", sent, re.M)
    assert "qr.js" not in str(bundles.parts()["gatepost.js"]), "only where a camera needs it"
