"""Two lists of the same day laid side by side: who stands in both, who in one alone, who is likely the same (SF-4.3.2).

A show flat's sheet and the gallery's register are written by different people, with a name or without, with a number
or without. What is sure is paired at once; what is likely is proposed and settled by a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

Kind = Literal["both", "likely", "only_here", "only_there"]
# A surname alone says something only of people who were at both places within this time.
NEAR = timedelta(hours=2)
WHOLE = 2  # characters of a name that is more than a surname


@dataclass(frozen=True, slots=True)
class Guest:
    """A group as one side wrote it down. name: its letters alone; phones: whole numbers, in one notation.

    sent_to: the group at the other side that this one became, where it was sent there by the program.
    """

    id: str
    at: datetime
    name: str = ""
    phones: frozenset[str] = frozenset()
    sent_to: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """What was found of one group: at which side it stands, under which id, and why that is believed."""

    kind: Kind
    here: str | None
    there: str | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Likeness:
    """How sure it is that two are one, the surest first: 0 sent, 1 same number, 2 same name, 3 same surname."""

    rank: int
    apart: timedelta
    ids: tuple[str, str]
    here: Guest
    there: Guest

    @property
    def order(self) -> tuple[int, timedelta, tuple[str, str], str]:
        """The surest first, then those nearer in time; the same whichever side is called here."""
        low, high = sorted(self.ids)
        return self.rank, self.apart, (low, high), self.here.id


_WHY = ("由样板间转介", "电话相同", "姓名相同", "姓相同，时间相近")
SURE = 1  # the last rank that is sure


def match(here: Sequence[Guest], there: Sequence[Guest]) -> tuple[Pair, ...]:
    """Every group of both lists, each once, in the order of time. Ids are unique within a list."""
    found = _paired(here, there)
    taken = {one.here.id for one in found}
    known = {one.there.id for one in found}
    told = [(min(one.here.at, one.there.at), _pair(one)) for one in found]
    told += [(g.at, Pair("only_here", g.id, None)) for g in here if g.id not in taken]
    told += [(g.at, Pair("only_there", None, g.id)) for g in there if g.id not in known]
    told.sort(key=lambda row: (row[0], row[1].here or "", row[1].there or ""))
    return tuple(pair for _, pair in told)


def _paired(here: Sequence[Guest], there: Sequence[Guest]) -> list[_Likeness]:
    """The surest pairs first, nobody twice."""
    found: list[_Likeness] = []
    left, right = set[str](), set[str]()
    for one in sorted(_likenesses(here, there), key=lambda each: each.order):
        if one.here.id not in left and one.there.id not in right:
            left.add(one.here.id)
            right.add(one.there.id)
            found.append(one)
    return found


def _likenesses(here: Iterable[Guest], there: Sequence[Guest]) -> Iterator[_Likeness]:
    for a in here:
        for b in there:
            rank = _rank(a, b)
            if rank is not None:
                yield _Likeness(rank, abs(a.at - b.at), (a.id, b.id), a, b)


def _rank(a: Guest, b: Guest) -> int | None:
    """How sure it is that these two are one; None where nothing says so."""
    if b.id == a.sent_to or a.id == b.sent_to:
        return 0
    if a.phones & b.phones:
        return 1
    if not a.name or not b.name:
        return None
    if a.name == b.name and len(a.name) >= WHOLE:
        return 2
    alike = a.name.startswith(b.name) or b.name.startswith(a.name)
    contradicted = bool(a.phones and b.phones)
    return 3 if alike and not contradicted and abs(a.at - b.at) <= NEAR else None


def _pair(one: _Likeness) -> Pair:
    kind: Kind = "both" if one.rank <= SURE else "likely"
    return Pair(kind, one.here.id, one.there.id, _WHY[one.rank])
