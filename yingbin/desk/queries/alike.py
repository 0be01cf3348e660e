"""Before something is saved: is it known already? The same home and subject, many homes of one building, the same paper.

A constant number of questions, whatever is kept: of matters told lately only the last few hundred are looked at.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from yingbin.files.models import StoredFile
from yingbin.journal.trips import Ask, Statement
from yingbin.matters.grams import grams
from yingbin.matters.models import MatterLink
from yingbin.matters.photos import MATTER
from yingbin.matters.queries import not_about
from yingbin.rules.desk.alike import alike, block_of

from ..models import DeskMatter
from .contacts import MatterLine, lines_of

HOURS = 8  # in which others count as lately
LATELY = 500  # matters that are looked at
SHOWN = 4


@dataclass(frozen=True)
class Said:
    """What is about to be saved: where (its key and its words), what about, in which words, with which scans."""

    home: str
    place: str
    subject: str
    words: str
    scans: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Heap:
    """Several homes that tell of the same thing: the one to attach to, how many tell of it already, since when."""

    head: MatterLine
    place: str
    many: int
    attached: int


@dataclass(frozen=True)
class Known:
    """What is known already. same: open matters of the home and subject; heaps: faults of the building; scans: matters
    that have the same paper."""

    same: tuple[MatterLine, ...] = ()
    heaps: tuple[Heap, ...] = ()
    scans: tuple[MatterLine, ...] = ()
    block: str = ""

    def __bool__(self) -> bool:
        return bool(self.same or self.heaps or self.scans)


def known(site_id: UUID, said: Said, at: datetime, me: UUID | None) -> Known:
    """What of this is known at a place; only for whoever may see all of its matters. me: but for those about them."""
    mine = not_about(me, "matter_id")
    same = _same(site_id, said, mine)
    block = block_of(said.place)
    members, heads = _heaps(site_id, said, block, {row.id for row in same}, at, mine)
    scans = _scans(site_id, said.scans, mine)
    lines = lines_of([*same, *heads, *scans], at)
    heaps = [Heap(lines[h.id], h.place, *members[h.matter_id]) for h in heads]
    return Known(_these(lines, same), tuple(heaps), _these(lines, scans), block)


# `… is true`: each matter is found by its id alone, never by reading all that are open for each.
_SAME = """
select 1 from desk_deskmatter d join matters_matter m on m.id = d.matter_id
 where d.site_id = %s and d.home = %s and d.subject = %s and (m.closed_at is null) is true limit 1
"""
_NEAR = f"""
select d.place, d.subject, m.grams
  from (select matter_id, place, subject from desk_deskmatter where site_id = %s order by seq desc limit {LATELY}) d
  join matters_matter m on m.id = d.matter_id
 where m.opened_at >= %s and (m.closed_at is null) is true
   and (m.grams && string_to_array(%s, ' ')::varchar[]) is true
"""


def asked_known(site_id: UUID, said: Said, at: datetime) -> tuple[Statement, ...]:
    """Asks for what `may_be_known` looks at."""
    words = " ".join(grams(site_id, said.words))
    same = Statement(_SAME, (site_id, said.home, said.subject))
    return same, Statement(_NEAR, (site_id, at - timedelta(hours=HOURS), words))


def may_be_known(site_id: UUID, said: Said, at: datetime, through: Ask) -> bool:
    """Whether `known` has to look more closely: False where it would find nothing."""
    same, near = map(through, asked_known(site_id, said, at))
    block, asked = block_of(said.place), grams(site_id, said.words)
    alikes = (_fits(Heard(*row), said, block, asked) for row in near)
    return bool(said.scans or same) or any(alikes)


def _these(lines: Mapping[UUID, MatterLine], rows: Iterable[DeskMatter]) -> tuple[MatterLine, ...]:
    return tuple(lines[row.id] for row in rows)


def _same(site_id: UUID, said: Said, mine: Q) -> list[DeskMatter]:
    if not said.home or not said.subject:
        return []
    rows = DeskMatter.objects.filter(mine, site_id=site_id, home=said.home, subject=said.subject)
    rows = rows.filter(matter__closed_at=None).select_related("matter")
    return list(rows.order_by("-seq")[:SHOWN])


Told = dict[UUID, tuple[int, int]]


def _heaps(
    site_id: UUID, said: Said, block: str, but: set[UUID], at: datetime, mine: Q
) -> tuple[Told, list[DeskMatter]]:
    """The faults that may be this one, the one that most tell of first, each with how many tell of it."""
    asked = grams(site_id, said.words)
    if not asked or not block:
        return {}, []
    alikes = [
        row
        for row in _lately(site_id, asked, at)
        if row.id not in but and _fits(_heard(row), said, block, asked)
    ]
    ids = [row.matter_id for row in alikes]
    parents = dict(
        MatterLink.objects.filter(matter__in=ids, how="parent").values_list("matter", "other")
    )
    below = Counter(parents.values())
    roots = {parents.get(row.matter_id, row.matter_id) for row in alikes}
    rows = DeskMatter.objects.filter(mine, site_id=site_id, matter__in=roots)
    rows = rows.select_related("matter")
    heads = [row for row in rows.filter(matter__closed_at=None) if row.home != said.home]
    heads.sort(key=lambda row: (-below[row.matter_id], row.seq))
    return {h.matter_id: (below[h.matter_id] + 1, below[h.matter_id]) for h in heads}, heads[:SHOWN]


def _lately(site_id: UUID, asked: Sequence[str], at: datetime) -> list[DeskMatter]:
    """Open matters of the last hours that share a pair of characters."""
    newest = DeskMatter.objects.filter(site_id=site_id).order_by("-seq").values("id")[:LATELY]
    rows = DeskMatter.objects.filter(
        id__in=newest,
        matter__opened_at__gte=at - timedelta(hours=HOURS),
        matter__closed_at=None,
        matter__grams__overlap=list(asked),
    )
    return list(rows.select_related("matter").order_by("seq"))


def _heard(row: DeskMatter) -> "Heard":
    return Heard(row.place, row.subject, row.matter.grams)


class Heard(NamedTuple):
    """What was told before: where, what about, in which words."""

    place: str
    subject: str
    grams: Sequence[str]


def _fits(row: Heard, said: Said, block: str, asked: Sequence[str]) -> bool:
    same_subject = bool(said.subject) and row.subject == said.subject
    near = bool(block) and block_of(row.place) == block
    return near and alike(asked, row.grams, same_subject=same_subject)


def _scans(site_id: UUID, files: Sequence[UUID], mine: Q) -> list[DeskMatter]:
    """Matters to which the very same paper or photo was attached before."""
    if not files:
        return []
    digests = StoredFile.objects.filter(site_id=site_id, id__in=list(files)).values("sha256")
    before = StoredFile.objects.filter(
        site_id=site_id,
        sha256__in=digests,
        attached_at__isnull=False,
        gone_at__isnull=True,
        owner=MATTER.id,
    )
    rows = DeskMatter.objects.filter(mine, site_id=site_id, matter__in=before.values("about_id"))
    return list(rows.select_related("matter").order_by("-seq")[:SHOWN])
