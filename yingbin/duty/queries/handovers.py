"""What a handover is filled with by itself, and what stands beside it: signatures, what was added (SF-4.1, SF-4.7)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from yingbin.matters.models import Matter
from yingbin.people.queries import names_of
from yingbin.rules.duty.day import DutyDay
from yingbin.rules.duty.terms import Task

from ..folding import Names
from ..hours import day_of
from ..models import DutyLog, Handover, HandoverNote, HandoverSignature, PostRule
from ..words import CHECKS, ITEMS
from .check_lists import item_names, lists_of
from .picture import Picture, past, picture
from .seen_handovers import SeenHandover

# What a post counts before anything was ever handed over there; the first handover says what there really is.
SHIPPED_KEYS = {"show_flat": ("大门钥匙",), "sales_centre": ("大门钥匙", "洽谈室钥匙")}
SHIPPED_STOCK = {
    "show_flat": ("鞋套", "雨伞", "户型单页"),
    "sales_centre": ("楼书", "茶杯", "纸巾", "雨伞"),
}
LONGEST = 300  # characters


@dataclass(frozen=True)
class Proposal:
    """What is proposed for the next handover of a post: keys, and what is counted with how many there should be.

    shipped: nothing was ever handed over there; it is the trade's list.
    """

    keys: tuple[str, ...]
    stock: tuple[tuple[str, int | None], ...]
    shipped: bool = False

    def expected(self) -> dict[str, int]:
        """How many there should be, of what was counted before."""
        return {item: count for item, count in self.stock if count is not None}

    def left_out(self, keys: Iterable[str], counted: Iterable[str]) -> str:
        """What the last handover had and this one doesn't name, in words; "" where it names everything."""
        if self.shipped:
            return ""
        named, told = set(keys), set(counted)
        stock = [f"{item} {count}" for item, count in self.stock if item not in told]
        return "、".join([*(key for key in self.keys if key not in named), *stock])


def proposal(site_id: UUID, post_id: UUID) -> Proposal:
    """As the last handover of the post that both sides signed; the shipped list where there is none."""
    signed = HandoverSignature.objects.filter(handover=OuterRef("pk"), completes=True)
    rows = Handover.objects.filter(Exists(signed), site_id=site_id, post_id=post_id)
    last = rows.select_related("event").order_by("-at").first()
    if last is not None:
        facts = last.event.facts
        stock = tuple((str(one["item"]), int(one["count"])) for one in facts.get("stock", ()))
        return Proposal(tuple(map(str, facts.get("keys", ()))), stock)
    rule = PostRule.objects.filter(site_id=site_id, post_id=post_id).first()
    kind = rule.kind if rule else ""
    usual: tuple[tuple[str, int | None], ...] = tuple(
        (item, None) for item in SHIPPED_STOCK.get(kind, ())
    )
    return Proposal(SHIPPED_KEYS.get(kind, ()), usual, shipped=True)


def facilities(log: DutyLog, day: DutyDay, post: str, names: Names) -> str:
    """How the post's facilities stand: its opening and closing check so far, and repairs not done."""
    titles = {**ITEMS, **item_names(lists_of(log))}
    checks = (day.tasks.get(f"{post}/{name}") for name in ("opening", "closing"))
    told = [_check(task, titles) for task in checks if task and task.answers]
    repairs = [x.id for x in day.open_lines() if x.post == post and x.kind == "repair"]
    if repairs:
        told.append("报修未完：" + "、".join(names.of(x) for x in repairs))
    return "；".join(told)[:LONGEST]


def _check(task: Task, titles: Mapping[str, str]) -> str:
    wrong = [titles.get(i, i) for i in task.items if task.answers.get(i) == "failed"]
    left = len(task.items) - len(task.answers)
    said = "不正常：" + "、".join(wrong) if wrong else "" if left else "全部正常"
    more = f"还有 {left} 项没有查" if left else "" if task.state == "done" else "还没有签完"
    return f"{CHECKS[task.kind]}{'，'.join(t for t in (said, more) if t)}"


@dataclass(frozen=True)
class Ink:
    """A side's signature as it is shown; device: on whose device, where it wasn't the signer's own."""

    name: str
    at: datetime
    how: str
    strokes: Sequence[Sequence[int]]
    device: str


@dataclass(frozen=True)
class Note:
    """Words beside a handover; about: who would not sign."""

    what: str
    name: str
    about: str
    at: datetime
    words: str


@dataclass(frozen=True)
class Told:
    """Something to know besides the entries; matter: its page."""

    about: str
    words: str
    matter: UUID | None


@dataclass(frozen=True)
class Beside:
    """All that stands beside a handover."""

    facilities: str = ""
    expected: dict[str, int] = field(default_factory=dict)
    also: tuple[Told, ...] = ()
    giving: Ink | None = None
    receiving: Ink | None = None
    notes: tuple[Note, ...] = ()

    def refusals(self) -> list[Note]:
        """Who would not sign, and why."""
        return [n for n in self.notes if n.what == HandoverNote.What.REFUSAL]

    def additions(self) -> list[Note]:
        """What was added after both had signed."""
        return [n for n in self.notes if n.what == HandoverNote.What.ADDITION]


@dataclass(frozen=True)
class SeenDay:
    """A day's handovers with what stands beside each, by its id."""

    seen: Picture
    beside: dict[str, Beside]

    def of(self, handover: SeenHandover) -> Beside:
        """What stands beside one; nothing for one from before there was anything."""
        return self.beside.get(handover.id, Beside())


def beside(site_id: UUID, seen: Picture) -> SeenDay:
    """What stands beside the handovers of a day; five questions, however many there are."""
    return SeenDay(seen, _Shelf(site_id, seen.handovers).all())


def with_handover(site_id: UUID, handover: UUID, now: datetime) -> SeenDay | None:
    """The day of a handover of the site, today's as of now; None where there is none."""
    row = Handover.objects.filter(site_id=site_id, id=handover).select_related("log").first()
    if row is None or row.log.day == day_of(now):
        seen: Picture | None = picture(site_id, now)
    else:
        seen = past(site_id, row.log.day, now)
    return beside(site_id, seen) if seen and seen.handover(str(handover)) else None


class _Shelf:
    """The rows beside some handovers."""

    def __init__(self, site_id: UUID, handovers: list[SeenHandover]) -> None:
        self.signed = {h.id: h.signed for h in handovers}
        here = {"site_id": site_id, "handover__in": [h.id for h in handovers]}
        self.rows = list(Handover.objects.filter(id__in=self.signed, site_id=site_id))
        self.signatures = list(HandoverSignature.objects.filter(**here).order_by("seq"))
        self.notes = list(HandoverNote.objects.filter(**here).order_by("seq"))
        told = [one["matter"] for row in self.rows for one in row.also if "matter" in one]
        found = Matter.objects.filter(site_id=site_id, id__in=told) if told else ()
        self.matters = {str(m.id): f"第{m.number}号 {m.title}" for m in found}
        self.names = names_of(set(self._people()))

    def _people(self) -> Iterator[UUID]:
        for one in self.signatures:
            yield from (who for who in (one.by, one.device) if who)
        for note in self.notes:
            yield from (who for who in (note.by, note.about) if who)

    def all(self) -> dict[str, Beside]:
        kept = {str(row.id): row for row in self.rows}
        notes: dict[str, list[Note]] = defaultdict(list)
        for n in self.notes:
            notes[str(n.handover)].append(self._note(n))
        return {
            name: Beside(
                facilities=kept[name].facilities if name in kept else "",
                expected=kept[name].expected if name in kept else {},
                also=tuple(self._told(kept[name].also)) if name in kept else (),
                giving=self._ink(name, "giving"),
                receiving=self._ink(name, "receiving"),
                notes=tuple(notes[name]),
            )
            for name in self.signed
        }

    def _ink(self, handover: str, side: str) -> Ink | None:
        """The side's last signature, unless an answer after it took it back."""
        mine = [s for s in self.signatures if str(s.handover) == handover and s.side == side]
        if not mine or side not in self.signed[handover]:
            return None
        last = mine[-1]
        device = self.names.get(str(last.device), "") if last.device else ""
        return Ink(
            self.names.get(str(last.by), ""),
            last.at,
            last.get_signed_display(),
            last.strokes,
            device,
        )

    def _note(self, row: HandoverNote) -> Note:
        who, about = self.names.get(str(row.by), ""), self.names.get(str(row.about), "")
        return Note(row.what, who, about, row.at, row.words)

    def _told(self, also: Iterable[dict[str, str]]) -> Iterator[Told]:
        for one in also:
            matter = one.get("matter")
            words = self.matters.get(matter, one["words"]) if matter else one["words"]
            yield Told(one["about"], words, UUID(matter) if matter else None)
