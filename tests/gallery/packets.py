"""A case's packet in a tester's hands: a long story, its files, sealed anew as only the house could."""

import json
import zipfile
from datetime import timedelta
from io import BytesIO
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client

from tests.gallery.conftest import Gallery
from tests.gallery.test_reception import signed_in
from yingbin.customers.actions import merge
from yingbin.gallery.actions import (
    arrivals,
    calls,
    cases,
    days,
    nudges,
    receptions,
    steps,
    supervision,
    waiting,
)
from yingbin.gallery.actions.calls import CallTold
from yingbin.gallery.actions.cases import Correction
from yingbin.gallery.actions.steps import NeedsTold
from yingbin.gallery.models import Call, Dispute
from yingbin.gallery.offline.check_case import check_packet
from yingbin.gallery.offline.packet import Wrong, as_text, check_case, digest, read_case
from yingbin.journal import keys
from yingbin.journal.verify import canonical, read

Files = dict[str, bytes]


Facts = list[dict[str, Any]]


def a_long_story(hall: Gallery) -> Dispute:
    """陈思远 took the call, the family came three times, 林悦 received it, and the manager ruled."""
    rang = CallTold(phone="13812341234", name="张伟", asked="问三房")
    called = hall.do(calls.record_call, "陈思远", told=rang)
    customer = Call.objects.get(id=called.call).customer_id
    hall.later(180)
    wrong = hall.arrive(name="张伟", phone="13812341234", customer_id=customer)
    hall.do(arrivals.undo_arrival, "苏晴", visit_id=wrong.id, may_any=False)
    visit = hall.arrive(
        name="张伟", phone="13812341234", customer_id=customer, note="穿红衣", group_size=3
    )
    first = hall.receiver(visit)
    hall.later()
    hall.do(nudges.call_again, "苏晴", visit_id=visit.id)
    hall.do(receptions.accept_turn, first, visit_id=visit.id)
    hall.later(12)
    told = NeedsTold(area_min=89, rooms="3", said="要东边套")
    hall.do(steps.note_needs, first, visit_id=visit.id, needs=told)
    hall.do(steps.do_step, first, visit_id=visit.id, which="flat", things=("118 平样板间",), note="喜欢采光",
            next_contact=hall.now + timedelta(days=2))  # fmt: skip
    asked = hall.do(receptions.claim_unrelated, first, visit_id=visit.id, note="像是同行")
    hall.do(receptions.decide_claim, "郑岚", claim_id=asked, confirm=False, how="是真客户")
    hall.finish(visit)
    others = [hall.arrive(name=f"客户{n}") for n in range(4)]
    waits = hall.arrive(name="李莉", phone="13812345678", named="林悦")
    hall.do(waiting.leave, "苏晴", visit_id=waits.id, name="李莉", phone="13812345678")
    for other in others:
        hall.finish(other)
    second = hall.arrive(name="李莉", phone="13812345678")
    hall.do(
        supervision.override,
        "郑岚",
        visit_id=second.id,
        to=hall.id("吴敏"),
        reason="老客户",
        counts=True,
    )
    hall.sign(second, by="吴敏", name="李莉")
    hall.do(receptions.finish, "吴敏", visit_id=second.id)
    second.refresh_from_db()
    hall.do(merge, "郑岚", into_id=customer, source_id=second.customer_id, why="夫妻")
    opened = hall.do(cases.open_dispute, "陈思远", customer_id=customer, parties=[hall.id("林悦")],
                     words="这位客户来电是我接的")  # fmt: skip
    hall.do(cases.state_case, "林悦", dispute_id=opened.dispute, words="客户到访是我接待的")
    hall.do(cases.rule, "郑岚", dispute_id=opened.dispute, for_whom=hall.id("陈思远"), reason="来电在先",
            corrections=[Correction(hall.id("陈思远"), count=1)])  # fmt: skip
    hall.do(days.close_gallery, "郑岚")
    return Dispute.objects.get(id=opened.dispute)


def unpacked(hall: Gallery, dispute: Dispute) -> Files:
    answer = signed_in(Client(), hall, "郑岚").get(f"/gallery/cases/{dispute.id}/packet/")
    with zipfile.ZipFile(BytesIO(answer.content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def sealed(files: Files, key: Ed25519PrivateKey | None = None) -> Files:
    """The page written anew and the manifest signed anew: what only the house itself could do."""
    case, _ = read_case(files)
    if case is not None:
        journal = read(files["journal.jsonl"].decode().splitlines())
        files["case.html"] = check_case(case, journal, journal.head["site"]).page.encode()
    return listed(files, key or keys.signing_key())


def listed(files: Files, key: Ed25519PrivateKey | None = None) -> Files:
    """The manifest made to fit; signed with a key, or with the old signature where there is none."""
    signed = json.loads(files["manifest.json"])
    prints = {n: digest(data) for n, data in files.items() if n != "manifest.json"}
    signed["packet"]["files"] = prints
    if key:
        signed["signature"] = key.sign(canonical(signed["packet"])).hex()
    files["manifest.json"] = as_text(signed).encode()
    return files


def found(files: Files, **given: Any) -> list[Wrong]:
    """What the checker says of the packet, the journal's faults among it."""
    faults, wrong, _ = check_packet(files, **given)
    return [*wrong, *(Wrong("journal.jsonl", None, str(f)) for f in faults)]


def at(facts: Facts, kind: str, n: int = 0) -> int:
    """Where the nth fact of a kind stands."""
    return [i for i, f in enumerate(facts) if f["kind"] == kind][n]
