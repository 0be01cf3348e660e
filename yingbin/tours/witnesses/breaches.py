"""What the journal witnesses of breaches: report and confirmation, evidence and its release, copies for legal (CV-4.2)."""

from collections.abc import Iterable, Iterator

from yingbin.journal.held import Facts, Held, Seen, differ, numbered, words
from yingbin.people.rows import person_behind
from yingbin.sheets.witnesses import handed_out

from ..models import BreachCopy, BreachStep, GateBreach

PAGE = "「违规带人」页"


def _breach(row: GateBreach, seen: list[Seen], facts: Facts) -> Iterator[str]:
    fields = seen[0].body["fields"]
    confirmed = [one.seq for one in seen if one.body["event"] == "confirm"]
    yield from differ(
        ("编号", row.number, fields["number"]),
        ("是谁", row.leader, fields.get("leader")),
        ("报告", row.event.seq, seen[0].seq),
        (
            "确认",
            row.confirmed.seq if row.confirmed else None,
            confirmed[-1] if confirmed else None,
        ),
    )


def _breaches(seen: Seen) -> Iterable[str]:
    breach = seen.body["fields"].get("breach")
    return [breach] if breach else []


def _step(row: BreachStep, seen: list[Seen], facts: Facts) -> Iterator[str]:
    entry, body = seen[0], seen[0].body
    yield from differ(
        ("哪一次", row.breach_id, body["breach"]),
        ("什么事", f"breach.{row.what}", entry.kind),
        ("照片数", row.photos, body["photos"]),
        ("时间", row.at, entry.at),
        ("谁办的", row.by, person_behind(entry.actor)),
    )
    kept = body.get("words") or {}
    for name in sorted({*kept, *row.words}):
        text = str(row.words.get(name, ""))
        yield from words("写的话", text, row.salt, kept.get(name), lawful=False)


def _copy(row: BreachCopy, seen: list[Seen], facts: Facts) -> Iterator[str]:
    yield from differ(("哪一次", row.breach_id, seen[0].body["breach"]))
    yield from handed_out(row, seen, facts)


BREACHES = (
    Held(
        "门岗报告的违规",
        rows=lambda site: GateBreach.objects.filter(site_id=site).select_related(
            "event", "confirmed"
        ),
        subjects=lambda row: [str(row.id)],
        born={"gate.event": _breaches},
        faults=_breach,
        place=lambda row: f"第 {row.number} 号",
        page=PAGE,
    ),
    numbered(
        "违规的取证与解除封存",
        rows=lambda site: (
            BreachStep.objects.filter(site_id=site).select_related("breach").order_by("seq")
        ),
        kinds=("breach.evidence", "breach.released"),
        faults=_step,
        place=lambda row: f"第 {row.breach.number} 号{row.get_what_display()}",
        page=PAGE,
    ),
    numbered(
        "带出的违规记录",
        rows=lambda site: (
            BreachCopy.objects.filter(site_id=site).select_related("breach").order_by("seq")
        ),
        kinds=("breach.handed_out",),
        faults=_copy,
        place=lambda row: f"第 {row.breach.number} 号",
        page=PAGE,
    ),
)
