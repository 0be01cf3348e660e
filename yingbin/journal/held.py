"""What the journal witnesses: each app says in one place which rows stand beside which entries.

A `Held` is a kind of row with the kinds of entries that speak of it. Entry and row meet under a subject, a text
that both name: the row's id, the entry's number, a day. The setting `YINGBIN_WITNESSES` names the functions that
give each app's `Witnesses`; `check` goes through the journal once and then through the rows.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from yingbin.rules.gone import ERASED

from .commit import salted
from .reading import Body

UNTOLD = object()  # what an entry of before doesn't say, so that nothing can be held against it


@dataclass
class Seen:
    """An entry as the checks read it. clock: the moment its rows carry, where a lagging clock was moved up."""

    site_id: UUID
    seq: int
    at: datetime
    kind: str
    actor: str
    clause: str | None
    body: Body
    receipt: str
    clock: datetime


@dataclass(frozen=True)
class Found:
    """Something that doesn't fit: which row or entry, what is wrong, and the page where to look."""

    where: str
    words: str
    seq: int | None = None
    page: str = ""

    def __str__(self) -> str:
        entry = f"（记录链第 {self.seq} 条）" if self.seq is not None else ""
        page = f"，看{self.page}" if self.page else ""
        return f"{self.where}：{self.words}{entry}{page}"


class Facts:
    """What lies beside the rows while they are held: whose data was erased, in which entries."""

    def __init__(self) -> None:
        self.erased: dict[str, list[int]] = {}

    def note(self, seen: Seen) -> None:
        """Remembers an erasure."""
        gone = seen.body["customers"] if seen.kind == "customer.erased" else ()
        for one in (*gone, *seen.body.get("erased_rows", ())):
            self.erased.setdefault(one, []).append(seen.seq)

    def lawful(self, whose: object, after: int) -> bool:
        """Whether the words of this customer, or of this one row, were erased after an entry."""
        return any(seq > after for seq in self.erased.get(str(whose), ()))


Subjects = Callable[[Seen], Iterable[str]]
# What the app looks at: a row of its own table, as its `rows` gives it.
Row = Any
Faults = Callable[[Row, list[Seen], Facts], Iterable[str]]


def _nothing(_: Row) -> bool:
    return False


def _no_subject(_: str, __: Facts) -> bool:
    return False


@dataclass(frozen=True)
class Held:
    """A kind of row and its witnesses.

    born: entries each of whose subjects must have a row; stands: entries that bear a row out without asking for
    one; later: entries that change it. subjects: how a row is named there. excused: a row that may stand
    without a witness; forgiven: a subject whose row may be gone. numbered: the rows carry their entry's `seq`.
    """

    what: str
    rows: Callable[[UUID], QuerySet[Row]]
    subjects: Callable[[Row], Iterable[str]]
    faults: Faults
    place: Callable[[Row], str]
    born: Mapping[str, Subjects] = field(default_factory=dict)
    stands: Mapping[str, Subjects] = field(default_factory=dict)
    later: Mapping[str, Subjects] = field(default_factory=dict)
    excused: Callable[[Row], bool] = _nothing
    forgiven: Callable[[str, Facts], bool] = _no_subject
    page: str = ""
    numbered: bool = False

    @property
    def kinds(self) -> set[str]:
        """Every kind of entry that speaks of such a row."""
        return {*self.born, *self.stands, *self.later}


def numbered(
    what: str,
    *,
    rows: Callable[[UUID], QuerySet[Row]],
    kinds: Iterable[str],
    faults: Faults,
    place: Callable[[Row], str],
    page: str = "",
) -> Held:
    """Rows that carry the number of the entry of one of these kinds that each was written with."""
    return Held(
        what,
        rows=rows,
        subjects=lambda row: [str(row.seq)],
        born=dict.fromkeys(kinds, by_number),
        faults=faults,
        place=place,
        page=page,
        numbered=True,
    )


@dataclass(frozen=True)
class Also:
    """A check of another shape: what it is called, how many things it holds, what doesn't fit."""

    what: str
    run: Callable[[], Iterable[Found]]
    many: Callable[[], int]
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Witnesses:
    """What an app's rows are held against. unheld: kinds of entries without a row, each with the reason why.

    walk: called with every entry in order before its subjects are asked for.
    """

    held: tuple[Held, ...]
    also: tuple[Also, ...] = ()
    unheld: Mapping[str, str] = field(default_factory=dict)
    walk: Callable[[Seen], None] | None = None


def witnesses(site_id: UUID) -> list[Witnesses]:
    """Every app's witnesses, made anew for one check of one site."""
    return [import_string(path)(site_id) for path in settings.YINGBIN_WITNESSES]


def with_rows(site_id: UUID, every: Iterable[Held]) -> list[Held]:
    """Those whose table holds anything at all, of whatever site: no other need be asked."""
    tables = [(held, str(held.rows(site_id).model._meta.db_table)) for held in every]
    asked = [f"select '{t}' where exists (select from {t})" for t in {t for _, t in tables}]
    with connection.cursor() as cursor:
        cursor.execute(" union all ".join(asked) or "select where false")
        filled = {str(row[0]) for row in cursor.fetchall()}
    return [held for held, table in tables if table in filled]


# Subjects


def by_number(seen: Seen) -> list[str]:
    """Rows that carry the number of their entry."""
    return [str(seen.seq)]


def of(*names: str) -> Subjects:
    """Rows that a field of the body names; none where an entry of before doesn't name them."""

    def subjects(seen: Seen) -> list[str]:
        return [str(seen.body[n]) for n in names if seen.body.get(n) is not None]

    return subjects


def at_that_moment(unless: str) -> Subjects:
    """Rows known by their moment alone, in entries of before that don't name them in `unless`."""
    return lambda seen: [] if unless in seen.body else [moment(seen.at)]


def moment(at: datetime | None) -> str:
    """A moment as a subject."""
    return f"at/{at.astimezone(UTC).isoformat()}" if at else ""


# Comparing


def differ(*told: tuple[str, object, object]) -> Iterator[str]:
    """Each of (what it is called, in the row, in the journal) that isn't the same, in words."""
    for name, row, entry in told:
        if entry is not UNTOLD and plain(row) != plain(entry):
            yield f"{name}和记录链里的不一样"


def plain(value: object) -> object:
    """A value as bodies hold it: ids as text, moments in UTC."""
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    return list(value) if isinstance(value, tuple) else value


def told(body: Body, name: str) -> object:
    """What a body says, or `UNTOLD` where it is of before that was said."""
    return body.get(name, UNTOLD)


def when(body: Body, name: str, *, old: bool = False) -> object:
    """A moment that a body says; None where it says none, `UNTOLD` where entries of before never did."""
    text = body.get(name)
    if text is None:
        return UNTOLD if old else None
    return datetime.fromisoformat(text)


def words(name: str, text: str, salt: str, kept: object, *, lawful: bool) -> Iterator[str]:
    """Whether words beside the journal fit the commitment in it. lawful: they were erased on request."""
    if kept is UNTOLD:
        return
    if kept is None:
        if text:
            yield f"{name}是后来加的，记录链里没有"
    elif not salt and not lawful:
        yield f"{name}空了，但没有删除的记录"
    elif not salt and text not in ("", ERASED):
        yield f"{name}已按客户要求删除过，却又有了"
    elif salt and not _fits(text, salt, str(kept)):
        yield f"{name}和记录链里的凭据对不上，被改过"


def said(
    row: Row,
    seen: Iterable[Seen],
    names: Mapping[str, str],
    *,
    erased: Callable[[int], bool],
    under: str = "",
) -> Iterator[str]:
    """A row's free words (field → what it is called) against the last entry that commits to them.

    erased: whether they were lawfully erased after an entry; under: the part of the body that speaks of the row.
    Entries of before commit to nothing, and nothing is held against them.
    """
    spoken = [(e.seq, kept) for e in seen if (kept := committed_in(e.body, under)) is not None]
    if not spoken:
        return
    seq, kept = spoken[-1]
    for field_, name in names.items():
        text = getattr(row, field_)
        yield from words(name, text, row.salt, kept.get(field_), lawful=erased(seq))


def committed_in(body: Body, under: str = "") -> Body | None:
    """The commitments to free words in a body, or in the part of it that speaks of the row."""
    return (body.get(under) or body).get("words")


def never(_: int) -> bool:
    """Words of the house: nobody asks for them to be erased."""
    return False


def _fits(text: str, salt: str, kept: str) -> bool:
    try:
        return salted(text, salt) == kept
    except ValueError:
        return False
