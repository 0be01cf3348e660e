"""Visits, facts and ways of a house that no database knows, for the rules of hosting."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from yingbin.rules.times import HERE, written
from yingbin.rules.tours.pack import Pack
from yingbin.rules.tours.visit import Asked, Visit, Window
from yingbin.rules.tours.visitfile import Area, Company, Room
from yingbin.tours.hosting import ROOM, Hosting, Route, Stop, Written, hosting_of
from yingbin.tours.models import HostingEvent

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=HERE)
PACK = Pack("2026-1", date(2026, 1, 1))
AREAS = ("plant", "workshop", "rnd")
COMPANY = Company(
    {
        "reception": frozenset("江叶"),
        "administration": frozenset("白"),
        "生产部": frozenset("韩贺"),
    },
    frozenset("严"),
    frozenset("严罗"),
    {"plant": Area("reception"), "workshop": Area("生产部", capacity=30), "rnd": Area("生产部")},
    (Room("一号会客室", 12),),
    40,
    frozenset(),
    frozenset(),
)


def at(minutes: float) -> datetime:
    """So many minutes after nine."""
    return NINE + timedelta(minutes=minutes)


def visit(name: str = "V1", start: int = 0, long: int = 120, **more: Any) -> Visit:
    """An approved key account of twelve in the plant and the workshop, from so many minutes after nine."""
    told: dict[str, Any] = {"open": ("plant", "workshop"), "headcount": 12, "rivals": None, **more}
    opened = told.pop("open")
    areas = {area: Asked("open", NINE) for area in AREAS if area in opened}
    heads, rivals = told.pop("headcount"), told.pop("rivals")
    window = Window(at(start), at(start + long))
    return Visit(
        name, PACK, "key_account", "company", "江", rivals, window, heads, areas, NINE.date(),
        company="approved", was_approved=True, **told,
    )  # fmt: skip


def way(*stops: Stop) -> Hosting:
    """What was prepared is just this way."""
    return Hosting(route=Route(Written(0, NINE, None), 1, stops))


def facts(*told: tuple[str, dict[str, Any], dict[str, str]]) -> Hosting:
    """What these facts come to: kind, fields, words; each a minute after the one before."""
    return hosting_of(
        HostingEvent(
            kind=kind, index=n, at=at(n), by=UUID(int=n % 3 + 1), fields=fields, words=words
        )
        for n, (kind, fields, words) in enumerate(told)
    )


def asks(who: str, window: Window) -> tuple[str, dict[str, Any], dict[str, str]]:
    """A leader is asked for this time."""
    return "ask", {"who": who, "from": written(window.start), "to": written(window.end)}, {}


stops = st.lists(
    st.builds(
        Stop,
        st.sampled_from([*AREAS, ROOM]),
        st.integers(1, 24).map(lambda fives: 5 * fives),
        st.sampled_from(["", *"江叶韩贺"]),
    ),
    max_size=5,
)


@st.composite
def days(draw: Any, most: int = 4) -> Sequence[tuple[Visit, Hosting]]:
    """Visits of one day in steps of five minutes, some with a way, a guide, a room, a competitor's trade."""
    found = []
    for n in range(draw(st.integers(1, most))):
        one = visit(
            f"V{n}", 5 * draw(st.integers(0, 60)), 5 * draw(st.integers(1, 36)),
            open=draw(st.sets(st.sampled_from(AREAS))), headcount=draw(st.integers(1, 25)),
            rivals=draw(st.sampled_from([None, "家电", "电池"])),
        )  # fmt: skip
        one.room = draw(st.sampled_from([None, "一号会客室"]))
        if guide := draw(st.sampled_from(["", *"江叶"])):
            one.done["guide"] = guide
        hosted = way(*draw(stops)) if draw(st.booleans()) else Hosting()
        found.append((one, hosted))
    return found
