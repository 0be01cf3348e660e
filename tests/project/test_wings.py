"""An app is one folder and one line: what the house knows of it stands in its wing, and two wings don't clash."""

from collections import Counter
from collections.abc import Iterator, Mapping

import pytest
from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string

from yingbin.pages.wing import GROUPS, Entry, Wing, all_wings
from yingbin.people.live import Topic
from yingbin.people.models import SiteKind
from yingbin.people.roles import PERMISSIONS, ROLES
from yingbin.web.live import topics

# Parts that name functions or values by dotted path.
PATHS = (
    *(
        "topics",
        "routers",
        "status",
        "refusals",
        "guards",
        "ticks",
        "leaving",
        "witnesses",
        "history",
        "openers",
    ),
    *(
        "erasers",
        "exporters",
        "mentions",
        "busy",
        "inbox",
        "inbox_counts",
        "finders",
        "demo",
        "matter_kinds",
        "matter_ends",
        "matter_asides",
        "approval_kinds",
    ),
)


def named(wing: Wing, part: str) -> tuple[str, ...]:
    said = getattr(wing, part)
    return (said,) * bool(said) if isinstance(said, str) else said


def all_paths() -> Iterator[tuple[str, str, str]]:
    for wing in all_wings():
        for part in PATHS:
            for path in named(wing, part):
                yield wing.app, part, path
        for entry in wing.entries:
            if entry.count:
                yield wing.app, "count", entry.count
        for path in sorted(set(wing.matter_doors.values())):
            yield wing.app, "matter_doors", path


@pytest.mark.parametrize(("app", "part", "path"), list(all_paths()))
def test_every_path_a_wing_names_leads_to_something(app: str, part: str, path: str) -> None:
    assert import_string(path) is not None


def test_every_app_with_a_wing_is_named_once_and_called_by_its_folder() -> None:
    apps = [wing.app for wing in all_wings()]
    assert set(apps) <= {name.removeprefix("yingbin.") for name in settings.YINGBIN_APPS}
    assert len(apps) == len(set(apps))
    assert {"gallery", "people", "matters", "notices", "customers", "reports"} <= set(apps)


def test_what_a_wing_says_is_what_the_house_does() -> None:
    for part in ("ticks", "leaving", "witnesses"):
        said = [path for wing in all_wings() for path in getattr(wing, part)]
        assert list(getattr(settings, f"YINGBIN_{part.upper()}")) == said
    for part in ("history", "openers", "erasers", "exporters", "mentions", "busy"):
        said = [path for wing in all_wings() for path in getattr(wing, part)]
        assert list(getattr(settings, f"YINGBIN_CUSTOMER_{part.upper()}")) == said
    assert {"mine", "waiting", "shell"} <= set(topics())
    assert all(isinstance(topic, Topic) for topic in topics().values())


def clashes(wings: tuple[Wing, ...]) -> list[str]:
    """What two of these wings both claim."""
    tables: list[tuple[str, list[str]]] = [
        # One without a prefix has several beginnings of its own, as `tours/`, `visit/` and `gate/`.
        ("address", [p for w in wings for p in (w.prefix, *w.formerly) if p]),
        ("topic", [name for w in wings if w.topics for name in import_string(w.topics)]),
        ("path", [path for w in wings for part in PATHS for path in named(w, part)]),
        ("page", [e.page for w in wings for e in w.entries]),
        ("place in a group", [f"{e.group} {e.rank}" for w in wings for e in w.entries]),
        (
            "landing",
            [f"{role} at {k}" for w in wings for role in w.landing for k in w.at or ("any",)],
        ),
        ("kind of notice", [k for w in wings for _, own in w.subjects.values() for k in own]),
    ]
    for part in ("scopes", "hook_kinds", "subjects"):
        mappings: list[Mapping[str, object]] = [getattr(w, part) for w in wings]
        tables.append((part, [name for mapping in mappings for name in mapping]))
    return [f"{what}: {x}" for what, said in tables for x, n in Counter(said).items() if n > 1]


def test_two_wings_do_not_clash() -> None:
    assert clashes(all_wings()) == []


def test_a_clash_would_be_seen() -> None:
    twice = Wing(
        app="other",
        prefix="gallery/",
        entries=(Entry("live", "gallery:waiting", "x", "等待", rank=30),),
        topics="yingbin.gallery.live.TOPICS",
        scopes={"queue.read": ("board.see", "读")},
        subjects={"queue": ("排队", ("turn",))},
        hook_kinds={"day.opened": "开门"},
        at=("sales_centre",),
        landing={"salesperson": "gallery:board"},
    )
    seen = "\n".join(clashes((*all_wings(), twice)))
    for what in (
        *("address: gallery/", "topic: waiting", "page: gallery:waiting", "scopes: queue.read"),
        *("kind of notice: turn", "hook_kinds: day.opened", "landing: salesperson at sales_centre"),
        "place in a group: live 30",
    ):
        assert what in seen


def test_entries_lead_to_pages_with_doors_that_the_table_knows() -> None:
    kinds = {kind.value for kind in SiteKind}
    for wing in all_wings():
        assert set(wing.at) <= kinds
        assert set(wing.landing) <= set(ROLES)
        for entry in wing.entries:
            assert entry.group in GROUPS
            assert set(entry.permissions) <= set(PERMISSIONS)
            try:
                reverse(entry.page)
            except NoReverseMatch:
                pytest.fail(f"{wing.app}: no page is called {entry.page}")
        assert {permission for permission, _ in wing.scopes.values()} <= set(PERMISSIONS)
