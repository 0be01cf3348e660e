"""What the house must know of an app, said by the app itself: `<app>/wing.py` holds one `WING`.

The settings name the apps; navigation, ticks, topics, scopes and all the rest come from their wings, read when
first asked for. A wing names functions by dotted path, so that a lower floor calls a higher one without knowing it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import import_module
from importlib.util import find_spec
from typing import Generic, Literal, TypeVar, overload

from django.conf import settings
from django.utils.module_loading import import_string

V = TypeVar("V")
Group = Literal["inbox", "live", "books", "manage"]

# The same groups in every wing, in this order; what lies in the inbox is counted together.
GROUPS: dict[Group, str] = {"inbox": "待办", "live": "现场", "books": "台账", "manage": "管理"}


@dataclass(frozen=True)
class Entry:
    """A page in the navigation, for whoever holds one of `permissions` here; for everybody where there is none.

    page: the name of its address. rank: the smaller stands first in its group. count: dotted path of a function
    of (badge, moment) whose answer is a part of the frame's one question: how much waits there.
    words: what else one may type to find the page. key: the letter that opens it.
    """

    group: Group
    page: str
    icon: str
    label: str
    permissions: tuple[str, ...] = ()
    count: str = ""
    rank: int = 50
    words: str = ""
    key: str = ""

    def opens_for(self, held: frozenset[str]) -> bool:
        """Whether these permissions open the page."""
        return not self.permissions or bool(held.intersection(self.permissions))


@dataclass(frozen=True)
class Coming:
    """What a kind of place will have here while its wing is still empty: title, a sentence, the clauses."""

    title: str
    text: str
    clauses: tuple[str, ...]


@dataclass(frozen=True)
class Progress:
    """How many days of a place's past the demo has played."""

    done: int
    days: int

    @property
    def is_over(self) -> bool:
        """Whether all of them are."""
        return self.done >= self.days


@dataclass(frozen=True)
class Wing:
    """One app, as the house sees it. Every part may be missing.

    app: its package below `yingbin`. prefix: where its addresses begin; `urls`: their module, by name.
    formerly: where they began before; old addresses lead to the new ones (`pages/placed.py`).
    at: the kinds of place it works at, none for all. landing: role and page a person of that role starts on.

    Dotted paths of functions, each with the arguments its caller gives: `ticks` (worker, once a second), `leaving`
    (a role ended), `matter_ends` (a matter was closed, inside the write), `matter_asides` (what a page of a matter says beside it), `witnesses` (rows against the journal), `history`, `openers`, `erasers`, `exporters`, `busy`
    (a customer's card), `inbox` and `finders` (待办, search), `demo` (a `Past`, see `people.past`).
    `inbox_counts`: how many of a wing's `inbox` lines wait that no entry of the group 待办 counts, such as due checks;
    asked as an entry's `count` is.
    Dotted paths of values: `mentions` (words that name a customer without a link, see `customers.queries.mentions`), `topics` (live pages), `routers` (API), `status` (a part of the API's status),
    `refusals` (what the API answers otherwise than the rules' refusals, see `people.bearing`),
    `file_owners` (kinds of things that photos are attached to), `importers` (kinds of file that can be brought in),
    `matter_kinds`, `approval_kinds` (see `rules.matters`, `rules.approvals`), `day_closers` (whether an app closes the days of a chain itself),
    `guards` (what the database refuses to change).
    matter_pages: the name of the address of a wing's own page of a matter, by the kind's id; matter_doors: dotted path
    of `(badge, matter_id) -> bool`, whether that page opens for somebody: who opens it sees the matter's photos.
    scopes: what a token may be made for, with permission and words. hook_kinds: kinds of journal entries that
    webhooks may ask for. subjects: kinds of notice a channel may hear of, by subject.
    page_scripts: scripts that few pages need and ask for by this name (`{% page_script %}`), with their parts.
    """

    app: str
    title: str = ""
    prefix: str | None = None
    formerly: tuple[str, ...] = ()
    urls: str = ""
    at: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    landing: Mapping[str, str] = field(default_factory=dict)
    coming: Mapping[str, Coming] = field(default_factory=dict)
    topics: str = ""
    routers: tuple[str, ...] = ()
    status: str = ""
    refusals: tuple[str, ...] = ()
    matter_kinds: tuple[str, ...] = ()
    approval_kinds: tuple[str, ...] = ()
    matter_ends: tuple[str, ...] = ()
    matter_asides: tuple[str, ...] = ()
    matter_pages: Mapping[str, str] = field(default_factory=dict)
    matter_doors: Mapping[str, str] = field(default_factory=dict)
    scopes: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    hook_kinds: Mapping[str, str] = field(default_factory=dict)
    subjects: Mapping[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    importers: tuple[str, ...] = ()
    ticks: tuple[str, ...] = ()
    leaving: tuple[str, ...] = ()
    witnesses: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    openers: tuple[str, ...] = ()
    erasers: tuple[str, ...] = ()
    exporters: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    busy: tuple[str, ...] = ()
    inbox: tuple[str, ...] = ()
    inbox_counts: tuple[str, ...] = ()
    finders: tuple[str, ...] = ()
    demo: tuple[str, ...] = ()
    file_owners: tuple[str, ...] = ()
    guards: str = ""
    day_closers: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    page_scripts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@cache
def all_wings() -> tuple[Wing, ...]:
    """The wings of all apps of the settings, the highest floor first."""
    named = [f"{app}.wing" for app in reversed(settings.YINGBIN_APPS)]
    said = [getattr(import_module(name), "WING", None) for name in named if find_spec(name)]
    return tuple(wing for wing in said if wing is not None)


def paths(part: str) -> tuple[str, ...]:
    """The dotted paths that all wings name for a part, or the one path where a wing has but one."""
    said = [getattr(wing, part) for wing in all_wings()]
    return tuple(p for one in said for p in ([one] if isinstance(one, str) else one) if p)


@cache
def called(path: str) -> Callable[..., object]:
    """The function a wing names."""
    found: Callable[..., object] = import_string(path)
    return found


class PathsOf(Sequence[str]):
    """The dotted paths of a part, read from the wings when first looked at; what a setting holds."""

    def __init__(self, part: str) -> None:
        self.part = part

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[str, ...]: ...
    def __getitem__(self, at: int | slice) -> str | tuple[str, ...]:
        return paths(self.part)[at]

    def __len__(self) -> int:
        return len(paths(self.part))


class PartsOf(Mapping[str, V], Generic[V]):
    """What all wings say of a part by name, as one table, read from the wings when first looked at."""

    def __init__(self, part: str) -> None:
        self.part = part

    @cached_property
    def _all(self) -> dict[str, V]:
        return {k: v for wing in all_wings() for k, v in getattr(wing, self.part).items()}

    def __getitem__(self, name: str) -> V:
        return self._all[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)
