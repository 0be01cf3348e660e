"""What the journal witnesses of those who come: each line of a list, and who looked at a full number."""

from collections.abc import Iterable, Iterator

from yingbin.journal.held import Facts, Held, Seen, differ, numbered, when, words
from yingbin.people.rows import person_behind

from ..models import GuestLook, TourGuest, VisitClearing
from .visits import emptied

PAGE = "来访的名单"
CALLED = {
    "name": "姓名", "phone": "电话", "role": "身份", "paper": "证件尾号", "care_of": "监护人", "why": "为什么换",
}  # fmt: skip


def _added(seen: Seen) -> Iterable[str]:
    return [str(one["guest"]) for one in seen.body["added"]]


def _gone(seen: Seen) -> Iterable[str]:
    return list(seen.body["guests"])


def _guest(row: TourGuest, seen: list[Seen], facts: Facts) -> Iterator[str]:
    first, gone = seen[0], [one for one in seen if one.kind == "tours.guests_gone"]
    told = next(one for one in first.body["added"] if one["guest"] == str(row.id))
    last = gone[-1] if gone else None
    yield from differ(
        ("哪次来访", row.visit_id, first.body["visit"]),
        ("第几条", row.seq, first.seq),
        ("第几位", row.number, told["number"]),
        ("未成年", row.minor, told["minor"]),
        ("替谁来", row.instead_id, told["instead"]),
        ("谁准的", row.allowed_by, told["allowed_by"]),
        ("什么时候写的", row.at, when(first.body, "at")),
        ("谁写的", row.by, person_behind(first.actor)),
        ("还在不在名单上", row.stands, "gone" if last else "listed"),
        ("哪一条拿下来的", row.gone_seq, last.seq if last else None),
        ("什么时候拿下来的", row.gone_at, when(last.body, "at") if last else None),
        ("谁拿下来的", row.gone_by, person_behind(last.actor) if last else None),
    )
    lawful = emptied(facts, row.visit, first.seq) or facts.lawful(row.id, first.seq)
    kept, texts = told["words"], row.words
    for name, called in CALLED.items():
        yield from words(called, texts[name], row.salt, kept.get(name), lawful=lawful)


def _look(row: GuestLook, seen: list[Seen], facts: Facts) -> Iterator[str]:
    entry = seen[0]
    yield from differ(
        ("看的是谁", row.guest_id, entry.body["guest"]),
        ("用途", row.why, entry.body["why"]),
        ("谁看的", row.by, person_behind(entry.actor)),
        ("时间", row.at, when(entry.body, "at")),
    )


def _clearing(row: VisitClearing, seen: list[Seen], facts: Facts) -> Iterator[str]:
    entry, body = seen[0], seen[0].body
    yield from differ(
        ("几次来访", row.visits, len(body["erased_rows"])),
        ("几位客人", row.guests, body["guests"]),
        ("几张卡片", row.cards, body["cards"]),
        ("保存几天", row.days, body["days"]),
        ("按哪一版", row.version, body["policy"]),
        ("谁清的", row.by, person_behind(entry.actor)),
        ("时间", row.at, when(body, "at")),
    )


GUESTS = (
    Held(
        "来访的名单",
        rows=lambda site: (
            TourGuest.objects.filter(site_id=site).select_related("visit").order_by("seq", "number")
        ),
        subjects=lambda row: [str(row.id)],
        born={"tours.guests": _added},
        later={"tours.guests_gone": _gone},
        faults=_guest,
        place=lambda row: f"{row.visit.said} 号第 {row.number} 位",
        page=PAGE,
    ),
    numbered(
        "看过客人全号的记录",
        rows=lambda site: GuestLook.objects.filter(site_id=site).order_by("seq"),
        kinds=("tours.guest_revealed",),
        faults=_look,
        place=lambda row: f"第 {row.seq} 条",
        page=PAGE,
    ),
    numbered(
        "到期清除来访资料的记录",
        rows=lambda site: VisitClearing.objects.filter(site_id=site).order_by("seq"),
        kinds=("tours.cleared",),
        faults=_clearing,
        place=lambda row: f"第 {row.seq} 条",
        page="「来访资料」页",
    ),
)
ERASED = {"tours.words_erased": "只说哪些行的话被清空了，行都还在"}
