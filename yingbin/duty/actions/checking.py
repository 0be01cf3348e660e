"""One check while it is being answered: what it asks here and now, what was filled in, what was sent back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from uuid import UUID

from yingbin.files.actions import attach
from yingbin.files.owners import Owner
from yingbin.people.queries import Badge
from yingbin.people.rows import actor
from yingbin.rules.checklists.terms import Item, Section, Value, asked, asked_in_round, name_of
from yingbin.rules.checklists.verdict import as_text, judged, lacks, read_number
from yingbin.rules.decision import Refused
from yingbin.rules.duty.checks import at_hand
from yingbin.rules.duty.terms import Task
from yingbin.sheets.ink import Strokes, drawn

from ..folding import moment
from ..models import CheckAnswer, CheckReturn
from ..queries.check_lists import round_of
from ..telling import tell_of_no_photo
from .happen import Writing

A_DAY, LOOKED_BACK = timedelta(days=1), timedelta(days=14)
NO_PHOTO = "没有拍照："
# Photos of an answer: whoever stands there, leads or reads the sheet sees them.
PHOTOS = Owner("check", "检查拍的照片", ("duty.stand",), lambda badge, _: _stands(badge))


def _stands(badge: Badge) -> bool:
    return badge.may("duty.stand") or badge.may("duty.lead")


@dataclass(frozen=True)
class Filled:
    """What was filled in for an item: a number as typed, a count, a choice, photos, a signature; why no photo can be taken."""

    item: str
    number: str = ""
    count: int | None = None
    choice: str = ""
    photos: tuple[UUID, ...] = ()
    strokes: Strokes = ()
    no_photo: str = ""

    def value(self) -> Value:
        """What the rules judge. Raises `Refused` for a number that is none."""
        try:
            number = read_number(self.number) if self.number.strip() else None
        except ValueError:
            raise Refused(None, "请填一个数字，例如 22 或 22.5。", about=self.item) from None
        return Value(number, self.count, self.choice, len(self.photos), bool(self.strokes))


class Check:
    """A check of today inside a write. Raises `Refused` for one that there isn't."""

    def __init__(self, writing: Writing, task: str) -> None:
        found = writing.day.fold.day.tasks.get(task)
        if found is None:
            raise Refused(None, "今天没有这项检查，请回到「现在」页再进一次。")
        self.writing, self.pen, self.task = writing, writing.pen, found

    @property
    def clause(self) -> str | None:
        """The clause this check stands under."""
        about = "closing" if self.task.kind == "closing" else "check"
        return self.writing.day.fold.day.clause(about, self.task.post)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """What is asked at this post today, room by room."""
        return sections_of(self.writing, self.task)

    def items(self, section: str = "") -> list[tuple[Section, Item]]:
        """The items to be answered, of one room or of all."""
        number = round_of(self.task)
        return [
            (s, i)
            for s in self.sections
            for i in s.items
            if section in ("", s.id) and i.id in self.task.items and asked_in_round(i, number)
        ]

    def item(self, item: str) -> tuple[Section, Item]:
        """One item with its room. Raises `Refused` for one that isn't asked."""
        for section, found in self.items():
            if found.id == item:
                return section, found
        raise Refused(self.clause, "这项检查里没有这一项，请刷新页面。")

    @cached_property
    def returns(self) -> dict[str, CheckReturn]:
        """What a lead sent back and nobody has answered since, by item."""
        rows = CheckReturn.objects.filter(
            log=self.writing.log, task=self.task.id, redone__isnull=True
        )
        return {row.item: row for row in rows.order_by("seq")}

    def left(self, section: str = "") -> list[tuple[Section, Item]]:
        """What still has to be answered: for the first time, or again."""
        answers = self.task.answers
        return [
            (s, i) for s, i in self.items(section) if i.id not in answers or i.id in self.returns
        ]

    def morning(self, item: Item) -> int | None:
        """What the opening check of this post counted, where this count is held against it."""
        if not item.same_as:
            return None
        rows = CheckAnswer.objects.filter(
            log=self.writing.log, task=f"{self.task.post}/opening", item=item.same_as
        )
        return rows.order_by("seq").values_list("count", flat=True).last()

    def evening(self, item: Item) -> int | None:
        """What the last closing check of this post found of what the opening check counts here."""
        if self.task.kind != "opening" or item.kind != "count":
            return None
        closing = [i.id for _, i in self.writing.lists["closing"].items() if i.same_as == item.id]
        day = self.writing.log.day
        rows = CheckAnswer.objects.filter(
            site_id=self.pen.site_id, log__day__range=(day - LOOKED_BACK, day - A_DAY),
            task=f"{self.task.post}/closing", item__in=closing, count__isnull=False,
        )  # fmt: skip
        return rows.order_by("log__day", "seq").values_list("count", flat=True).last()

    def fill(self, section: Section, item: Item, filled: Filled) -> str:
        """Answers an item with what was filled in; why it isn't in order, "" where it is.

        Raises `Refused` where something is missing: then it can't be in order.
        """
        value = filled.value()
        if item.kind == "photo" and not filled.photos and filled.no_photo.strip():
            self._without_photo(section, item, filled.no_photo.strip())
            return ""
        if missing := lacks(item, value):
            raise Refused(self.clause, f"「{name_of(section, item)}」{missing}。", about=item.id)
        if value.choice and value.choice not in item.choices:
            raise Refused(self.clause, "请从列出的里面选一个。", about=item.id)
        verdict = judged(item, value, self.morning(item), self.evening(item))
        self.record(item, verdict.result, filled)
        return verdict.why

    def record(
        self, item: Item, result: str, filled: Filled | None = None, reason: str = ""
    ) -> None:
        """The answer in the day, and beside it what was filled in.

        What was sent back after the check was signed off stands beside alone: the day is signed.
        """
        back = self.returns.pop(item.id, None)
        again = self.task.state == "done" and back is not None
        if again:
            self._at_hand(result)
        else:
            told = {"task": self.task.id, "who": self._who, "item": item.id, "result": result}
            self.writing.happen("answer", **told, reason=reason or None)
        if back is not None or (filled is not None and not filled.value().is_empty):
            self._keep(item.id, result, filled or Filled(item.id), back, again=again)

    def _without_photo(self, section: Section, item: Item, why: str) -> None:
        """A phone without a camera: why stands in the photo's place, and the lead, who can send it back, hears of it."""
        self.record(item, "na", reason=f"{NO_PHOTO}{why}"[:200])
        tell_of_no_photo(self.pen, self.writing.day, name_of(section, item), why, self.task.id)

    @property
    def _who(self) -> str:
        return str(actor(self.pen))

    def _at_hand(self, result: str) -> None:
        day, now = self.writing.day.fold.day, moment(self.writing.at)
        if self._who not in day.people or not at_hand(day, self.task, self._who, now):
            raise Refused(self.clause, "退回的项要由在岗的人或领班来补，请先到岗。")
        if result == "na":
            raise Refused(self.clause, "退回的项请看过再写正常或不正常。")

    def _keep(
        self, item: str, result: str, filled: Filled, back: CheckReturn | None, *, again: bool
    ) -> None:
        value = filled.value()
        row = CheckAnswer(
            site_id=self.pen.site_id,
            log=self.writing.log,
            event=None if again else self.writing.stored,
            sent_back=back,
            task=self.task.id,
            item=item,
            result=result,
            number=value.number,
            count=value.count,
            choice=value.choice,
            strokes=[list(s) for s in filled.strokes],
            photos=len(filled.photos),
            at=self.pen.at if again else self.writing.at,
            by=actor(self.pen),
        )
        row.seq = self.pen.append("duty.check_answer", answer_body(row), clause=self.clause).seq
        row.save(force_insert=True)
        if filled.photos:
            attach(self.pen, about=(PHOTOS.id, row.id), files=filled.photos)


def answer_body(row: CheckAnswer) -> dict[str, object]:
    """What the journal keeps of an answer."""
    return {
        "answer": str(row.id),
        "event": str(row.event_id) if row.event_id else None,
        "sent_back": str(row.sent_back_id) if row.sent_back_id else None,
        "task": row.task,
        "item": row.item,
        "result": row.result,
        "number": None if row.number is None else as_text(row.number),
        "count": row.count,
        "choice": row.choice,
        "photos": row.photos,
        "signature": drawn(row.strokes) if row.strokes else None,
    }


def sections_of(writing: Writing, task: Task) -> tuple[Section, ...]:
    """The rooms and items of a check at its post on the day of its log."""
    post = writing.day.fold.day.posts[task.post]
    place = post.kind, task.post
    return asked(writing.lists[task.kind], task.kind, place, writing.log.day.weekday())


def listed(names: Sequence[str]) -> str:
    """Some names in a sentence."""
    more = f"等 {len(names)} 项" if len(names) > 4 else ""
    return "、".join(names[:4]) + more


def unfilled(left: Sequence[tuple[Section, Item]]) -> Iterator[tuple[Section, Item]]:
    """What of it can't be in order by a look alone."""
    return (pair for pair in left if not pair[1].is_tick)
