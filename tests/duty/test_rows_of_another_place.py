"""No address of a day on duty opens, or does anything with, what belongs to another place: it isn't found there."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver

from yingbin.duty.models import (
    Asset,
    DutyEvent,
    FaultReport,
    Handover,
    Incident,
    Leave,
    PostRule,
    ShiftSwap,
    ShowVisit,
    VisitMatching,
    VisitSheet,
)
from yingbin.duty.urls import urlpatterns
from yingbin.importing.models import ImportRun
from yingbin.journal.models import Entry
from yingbin.matters.models import Matter
from yingbin.people.models import Assignment

from .doors import enter, here
from .flat import MONDAY, Flat

Known = Callable[[Flat], object]
NAMES_NO_ROW = {
    "day", "check", "room", "part", "type", "step", "form", "number",
}  # of every place, each its own  # fmt: skip
OPEN_TO_ALL = {"secret", "mark", "token"}  # whoever holds one comes to the place it belongs to


def newest(model: type) -> Known:
    return lambda day: model._default_manager.filter(site_id=day.site).latest("id").id


def of_event(event: str, name: str) -> Known:
    """What the day of the other place named in an event."""
    rows = DutyEvent.objects.filter(event=event)
    return lambda day: rows.filter(log__site_id=day.site).latest("index").facts[name]


def import_run(day: Flat) -> UUID:
    told = {"kind": "roster", "size": 1, "uploaded_at": day.now, "uploaded_by": day.people["许"]}
    return ImportRun.objects.create(site_id=day.site, **told).id


def person(day: Flat) -> UUID:
    return day.people["陈"]


# What stands in an address, and a row of the other place that it could name.
ROWS: dict[str, Known] = {
    "asset_id": newest(Asset), "fault_id": newest(FaultReport), "handover": newest(Handover),
    "incident": newest(Incident), "leave_id": newest(Leave), "matter_id": newest(Matter),
    "matching": newest(VisitMatching), "post": lambda day: day.post, "rule": newest(PostRule),
    "rest": of_event("break_start", "break"), "swap": newest(ShiftSwap), "visit_id": newest(ShowVisit),
    "task": lambda day: f"{day.post}/opening", "item": lambda day: "environment",
    "who": person, "run_id": import_run, "row": newest(VisitSheet), "stand_in": lambda day: UUID(int=7),
}  # fmt: skip


def addresses() -> Iterator[URLPattern]:
    """Those of the wing that name something."""
    nested = [one for r in urlpatterns if isinstance(r, URLResolver) for one in r.url_patterns]
    for one in (*(p for p in urlpatterns if isinstance(p, URLPattern)), *nested):
        if set(one.pattern.converters) - NAMES_NO_ROW - OPEN_TO_ALL:
            yield one


@pytest.fixture
def stranger(day: Flat) -> tuple[Flat, Client]:
    """Somebody who may do everything, at another show flat."""
    other = Flat()
    since = MONDAY - timedelta(days=9)
    for role in ("project_head", "receptionist", "sales_manager", "salesperson"):
        Assignment.objects.create(
            site=other.place, staff_id=other.people["许"], role=role, since=since
        )
    return other, enter(other, "许")


def asked_for(one: URLPattern, day: Flat) -> str:
    """The address with what the other place has in it."""
    told = {"step": "0", **{name: str(known(day)) for name, known in ROWS.items()}}
    return re.sub(r"<\w+:(\w+)>", lambda m: told.get(m[1], "x"), str(one.pattern))


def test_every_name_in_an_address_has_a_row_to_try_it_with() -> None:
    names = {name for one in addresses() for name in one.pattern.converters}
    assert names - NAMES_NO_ROW - OPEN_TO_ALL == set(ROWS)


def test_a_row_of_another_place_is_not_found_at_any_address_and_nothing_is_written(
    day: Flat, stranger: tuple[Flat, Client]
) -> None:
    other, client = stranger
    places = {"site_id__in": (day.site, other.site)}
    written, wrong = Entry.objects.filter(**places).count(), dict[str, int]()
    for one in addresses():
        path = here(other, asked_for(one, day))
        got = client.post(path, {"key": one.name}).status_code
        if (client.get(path).status_code if got == 405 else got) != 404:
            wrong[str(one.name)] = got
    assert wrong == {}
    assert Entry.objects.filter(**places).count() == written
