"""The kinds of matter: which clocks run, what ends it, who is told when it doesn't end, who may take it.

A wing adds its kinds when it starts; the machinery of `matters` is the same for all. How long something may
take stands here and in a site's policy row, nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

NORMAL = "normal"
# The clock of an offer: how long it may lie before somebody is reminded of it.
ACCEPT = "accept"
ENDING = frozenset({"tell", "done", "acknowledge"})


@dataclass(frozen=True, slots=True)
class Level:
    """A rung of the ladder: so long after the limit these are told; see `Limit` for whom `to` may name."""

    after: timedelta
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Limit:
    """One clock: how long, counted in which time, and who is told at its marks.

    within: counted in the site's working time, or all time where `always`. starts: the verbs that start it,
    `open` being the matter's beginning. met: the verbs that meet it. renewed: those that put a new one in its
    place; void: those that it is no longer owed after. warn: so long before its end.
    Those told: `owner`, `holder`, `asker`, `offered`, `supervisor`, `head` (of the holder's department), a
    `role:…` or a `permission:…`, or a word of the wing's own; nobody: no such mark. on_the_wall: its marks are so
    many hours of the wall's clock from its end, however it counts itself.
    """

    clock: str
    title: str
    within: timedelta
    always: bool = False
    starts: frozenset[str] = frozenset({"open"})
    met: frozenset[str] = ENDING
    renewed: frozenset[str] = frozenset()
    void: frozenset[str] = frozenset()
    warn: timedelta | None = None
    warned: tuple[str, ...] = ("owner", "holder")
    late: tuple[str, ...] = ()
    ladder: tuple[Level, ...] = ()
    on_the_wall: bool = False


def warn_at(within: timedelta, percent: int) -> timedelta:
    """How long before its end a clock warns that does so after `percent` of its limit, to the second."""
    seconds = int(within.total_seconds())
    return timedelta(seconds=seconds - seconds * percent // 100)


@dataclass(frozen=True, slots=True)
class Verb:
    """What a wing lets people do with its kind beside the common verbs, or instead of one of them.

    by: who may: `owner`, `holder`, `asker`, `supervisor`. when: the stages before it, any where empty; then:
    the stage after it, "" leaves it; moves: the stage after it by the one before, where it leaves others.
    answers: the answer is there, and only the telling remains; False: it is no longer. closes: nobody owes
    anything any more. hands: whoever it is `to` holds the task. keeps_pause: a pause goes on. note: what to say
    where words are missing that it needs. agrees: the moment it is told with is when the matter is due from now on.
    photo: what its photos show, one of the kind's; photos: how many of them it needs, where a site doesn't say.
    tells: whom it is told, as `by` names people; waits: what stands in a list while it comes next.
    """

    title: str
    by: frozenset[str] = frozenset({"owner", "holder", "supervisor"})
    when: frozenset[str] = frozenset()
    then: str = ""
    moves: Mapping[str, str] = field(default_factory=dict)
    answers: bool | None = None
    closes: bool = False
    hands: bool = False
    keeps_pause: bool = False
    note: str = ""
    agrees: bool = False
    photo: str = ""
    photos: int = 0
    tells: tuple[str, ...] = ()
    waits: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of matter. `ends_by`: the verb that closes it; `tell`: the customer has the answer.

    limits: its clocks by grade. accepting: who accepts an offer becomes the `owner`, or the `holder` while the
    owner still owes the answer. counts: verbs that count as a hand-off; after `free_hand_offs` of them the next
    offer goes to the supervisor. supervisor: the permission of whoever that is. pool: the permission with which
    anyone at hand may do it or take it over without being offered it; pool_of: that of those in whose lists it
    waits. pauses: the reasons it may wait for, in words; it waits for `pause_cap` at most in its whole life,
    in all time in the grades of `pause_always`, and not while a clock of `no_pause_while` runs. verbs: what a
    wing adds; refuses: common verbs that this kind doesn't have, with what to do instead. photos: what its photos
    may show, in words by a short name (`before`: 维修前); those it is opened with show the first. grade_words: its
    grades as people call them. by_wing: rules of the wing's own decide its steps, run its clocks and say its limits;
    nobody takes one by the common verbs. seen_by: the permission with which anyone sees all of it. recuses: it may be
    about somebody of the staff, who is then told nothing of it. next: what comes next at a stage, the first that is
    somebody's to take (while another has it in hand, theirs alone), where it isn't `ends_by`; stages: its stages as
    people call them. of_customer: owed to the customer alone, so that nothing is left to do once they are forgotten.
    """

    id: str
    title: str
    ends_by: Literal["tell", "done", "acknowledge"]
    clause: str
    limits: Mapping[str, tuple[Limit, ...]] = field(default_factory=dict)
    accepting: Literal["owner", "holder"] = "owner"
    counts: frozenset[str] = frozenset({"accept"})
    free_hand_offs: int = 2
    supervisor: str = "matters.supervise"
    pool: str = ""
    pool_of: str = ""
    pauses: Mapping[str, str] = field(default_factory=dict)
    pause_cap: timedelta = timedelta(0)
    pause_always: frozenset[str] = frozenset()
    no_pause_while: frozenset[str] = frozenset()
    verbs: Mapping[str, Verb] = field(default_factory=dict)
    refuses: Mapping[str, str] = field(default_factory=dict)
    by_hand: bool = False
    by_wing: bool = False
    seen_by: str = ""
    recuses: bool = False
    of_customer: bool = False
    grade_words: Mapping[str, str] = field(default_factory=dict)
    photos: Mapping[str, str] = field(default_factory=dict)
    next: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    stages: Mapping[str, str] = field(default_factory=dict)

    @property
    def grades(self) -> tuple[str, ...]:
        """The grades it knows, the usual one first."""
        return tuple(self.limits) or (NORMAL,)

    def grade_title(self, grade: str) -> str:
        """A grade as people call it."""
        return self.grade_words.get(grade, grade)

    def row(self, grade: str) -> tuple[Limit, ...]:
        """The clocks of a grade."""
        return self.limits.get(grade, ())

    def limit(self, grade: str, clock: str) -> Limit | None:
        """The clock of that name, also where another grade alone has it."""
        rows = [self.row(grade), *self.limits.values()]
        return next((one for row in rows for one in row if one.clock == clock), None)


KINDS: dict[str, Kind] = {}


def add_kind(kind: Kind) -> None:
    """Makes a kind known; a wing adds its own when it starts. One id can't mean two kinds."""
    if KINDS.setdefault(kind.id, kind) != kind:
        raise ValueError(f"kind {kind.id} is already another one")
