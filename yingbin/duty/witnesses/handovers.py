"""What the journal witnesses of handovers: what they began with, each signature, each addition."""

from collections.abc import Iterator

from yingbin.journal.held import Facts, Seen, differ, numbered, words
from yingbin.people.calendar import ZONE
from yingbin.people.rows import person_behind

from ..models import Handover, HandoverNote, HandoverSignature

PAGE = "「交接班记录表」页"
BEGUN, SIGNED, NOTED = "duty.handover_begun", "duty.handover_signed", "duty.handover_note"


def _begun(row: Handover, seen: list[Seen], facts: Facts) -> Iterator[str]:
    body, told, event = seen[0].body, row.told(), row.event.facts
    yield from differ(
        ("哪一次交接", told["handover"], body["handover"]),
        ("哪一件事", told["event"], body["event"]),
        ("设施状况", told["facilities"], body["facilities"]),
        ("应有数量", told["expected"], body["expected"]),
        ("另行告知", told["also"], body["also"]),
        ("岗位", row.post_id, event["post"]),
        ("交班人", row.giver, event["giver"]),
        ("接班人", row.receiver, event["receiver"]),
        ("时间", row.at, row.event.at),
        ("哪一天", row.log_id, row.event.log_id),
    )


def _signed(row: HandoverSignature, seen: list[Seen], facts: Facts) -> Iterator[str]:
    body, told = seen[0].body, row.told()
    yield from differ(
        ("哪一次交接", told["handover"], body["handover"]),
        ("哪一件事", told["event"], body["event"]),
        ("哪一方", told["side"], body["side"]),
        ("签名方式", told["signed"], body["signed"]),
        ("签名", told["signature"], body["signature"]),
        ("在谁的设备上", told["device"], body["device"]),
        ("签完没有", told["completes"], body["completes"]),
        ("签名的人", row.by, person_behind(seen[0].actor)),
        ("时间", row.at, row.event.at),
    )


def _noted(row: HandoverNote, seen: list[Seen], facts: Facts) -> Iterator[str]:
    body, told = seen[0].body, row.told()
    yield from differ(
        ("哪一次交接", told["handover"], body["handover"]),
        ("是什么", told["what"], body["what"]),
        ("说的是谁", told["about"], body["about"]),
        ("谁写的", row.by, person_behind(seen[0].actor)),
        ("时间", row.at, seen[0].at),
    )
    lawful = facts.lawful(row.id, seen[0].seq)
    yield from words("写的话", row.words, row.salt, body["words"].get("words"), lawful=lawful)


HANDOVERS = (
    numbered(
        "交接班",
        rows=lambda site: (
            Handover.objects.filter(site_id=site).select_related("event").order_by("seq")
        ),
        kinds=(BEGUN,),
        faults=_begun,
        place=lambda row: f"{row.at.astimezone(ZONE):%Y-%m-%d %H:%M}",
        page=PAGE,
    ),
    numbered(
        "交接班签名",
        rows=lambda site: (
            HandoverSignature.objects.filter(site_id=site).select_related("event").order_by("seq")
        ),
        kinds=(SIGNED,),
        faults=_signed,
        place=lambda row: f"{row.at.astimezone(ZONE):%Y-%m-%d %H:%M}",
        page=PAGE,
    ),
    numbered(
        "交接班补充",
        rows=lambda site: HandoverNote.objects.filter(site_id=site).order_by("seq"),
        kinds=(NOTED,),
        faults=_noted,
        place=lambda row: f"{row.at.astimezone(ZONE):%Y-%m-%d %H:%M}",
        page=PAGE,
    ),
)
