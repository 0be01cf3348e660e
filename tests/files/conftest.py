"""The sales centre, a folder for its files, and a note they are attached to."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.files.shelf import SEEN_BY, picture
from yingbin.customers.actions import register_customer
from yingbin.files import actions, ticks
from yingbin.files.owners import owners
from yingbin.files.places import place_of
from yingbin.journal.action import Acting, action
from yingbin.journal.write import Pen, new_key
from yingbin.people.ids import uuid7
from yingbin.people.models import Site


@pytest.fixture
def room(settings: Any, tmp_path: Path) -> Iterator[Path]:
    """Where the bytes of this test lie; notes take files."""
    settings.STORAGES = {**settings.STORAGES, "files": place_of({}, tmp_path)}
    settings.YINGBIN_FILE_OWNERS = ["tests.files.shelf.NOTE"]
    owners.cache_clear()
    SEEN_BY.clear()
    ticks._swept[:] = [timezone.now() + timedelta(days=9)]
    yield tmp_path / "files"
    owners.cache_clear()
    ticks._swept.clear()


@pytest.fixture
def hupan(db: None, room: Path) -> Site:
    """湖畔雅居 with its people."""
    cast.gallery()
    return cast.hupan()


@action("note.write")
def write_note(
    pen: Pen, *, note: UUID, files: tuple[UUID, ...], customer_id: UUID | None = None
) -> int:
    return actions.attach(pen, about=("note", note), files=files, customer_id=customer_id)


@action("note.guest")
def a_guest(pen: Pen, *, name: str, phone: str) -> UUID:
    return register_customer(pen=pen, name=name, phone=phone).id


def by(site: Site, name: str, key: str = "", **later: float) -> Acting:
    """Somebody of the cast, now or so much later."""
    at = timezone.now() + timedelta(**later)
    return Acting(site.id, key or new_key(), cast.person(name).id, at)


def lying(room: Path) -> list[Path]:
    """Every file in the storage."""
    return sorted(p for p in room.rglob("*") if p.is_file()) if room.exists() else []


def taken(site: Site, name: str = "苏晴", data: bytes = b"", **more: Any) -> UUID:
    return actions.take_in(by(site, name, **more), owner="note", data=data or picture())


def noted(site: Site, name: str = "苏晴", *, seen_by: tuple[str, ...] = (), **more: Any) -> UUID:
    """A note with one picture; the id of the picture."""
    note, file_id = uuid7(), taken(site, name)
    SEEN_BY[note] = {cast.person(n).id for n in (name, *seen_by)}
    write_note(by(site, name), note=note, files=(file_id,), **more)
    return file_id


def ask(client: Client, file_id: UUID, which: str = "whole", **more: Any) -> Any:
    return client.get(reverse(f"files:{which}", args=[file_id]), **more)
