"""What the journal witnesses of passes and gates: gates and devices, each pass as the last entry left it, each event, papers, clashes."""

from collections.abc import Iterable, Iterator

from yingbin.journal.held import Facts, Held, Seen, differ, numbered, of, when, words
from yingbin.journal.reading import Body
from yingbin.people.rows import person_behind

from ..actions.keeping import says
from ..gatehouse import revision_of
from ..models import (
    Gate,
    GateClash,
    GateDevice,
    GateEvent,
    PassPaper,
    PassRevision,
    VisitorPass,
)
from .visits import emptied

PAGE = "「门岗」页"


def _gate(row: Gate, seen: list[Seen], facts: Facts) -> Iterator[str]:
    body, closed = seen[0].body, [one for one in seen if one.kind == "gate.closed"]
    yield from differ(
        ("第几条", row.seq, seen[0].seq),
        ("名称", row.name, body["name"]),
        ("区域", row.areas, body["areas"]),
        ("进出厂区", row.on_site, body["site"]),
        ("什么时候设的", row.opened_at, seen[0].at),
        ("什么时候停用的", row.closed_at, closed[-1].at if closed else None),
    )


def _device(row: GateDevice, seen: list[Seen], facts: Facts) -> Iterator[str]:
    entry, last = seen[0], seen[-1]
    phone = last.body["phone"] if last.kind == "gate.phone" else None
    yield from differ(
        ("第几条", row.seq, entry.seq),
        ("哪个门岗", row.gate_id, entry.body["gate"]),
        ("第几台", row.number, entry.body["number"]),
        ("时间", row.made_at, entry.at),
        ("谁设的", row.made_by, person_behind(entry.actor)),
        ("在哪部手机上用", row.phone, phone),
        ("从什么时候起", row.held_at, last.at if phone else None),
        ("谁打开的", row.held_by, person_behind(last.actor) if phone else None),
    )


def _stands(seen: Seen) -> Iterable[str]:
    """The passes that an entry says stand otherwise now."""
    return list(seen.body["stands"])


def _revisions(seen: Seen) -> Iterable[str]:
    """The revisions that met another fate, or were issued."""
    return [f"{p}/{n}" for p, body in seen.body["stands"].items() for n in body.get("fates", ())]


def _pass(row: VisitorPass, seen: list[Seen], facts: Facts) -> Iterator[str]:
    issued, later = seen[0], [one.body["stands"][str(row.id)] for one in seen[1:]]
    fates: Body = {"1": "outstanding"}
    says_, there = issued.body["says"], []
    for body in later:
        fates |= body.get("fates", {})
        says_, there = body.get("says", says_), body["places"]
    places = sorted([p.zone, p.persons] for p in row.places.all())
    yield from differ(
        ("第几条", row.seq, issued.seq),
        ("证号", row.number, issued.body["number"]),
        ("哪次来访", row.visit_id, issued.body["visit"]),
        ("第几版", row.revision, max(int(n) for n in fates)),
        ("去向", row.fate, fates[str(max(int(n) for n in fates))]),
        ("写的内容", says(revision_of(row)), says_),
        ("谁在哪里", places, sorted(there)),
    )


def _revision(row: PassRevision, seen: list[Seen], facts: Facts) -> Iterator[str]:
    issued, last = seen[0], seen[-1]
    own = str(row.visitor_pass_id)
    told = [one.body["stands"][own]["fates"] for one in seen if one.kind == "gate.event"]
    fate = told[-1][str(row.number)] if told else "outstanding"
    body = issued.body if issued.kind == "pass.issued" else issued.body["stands"][own]
    yield from differ(
        ("第几条", row.seq, issued.seq),
        ("写的内容", says(revision_of(row)), body["says"]),
        ("什么时候发的", row.at, when(issued.body, "at")),
        ("谁发的", row.by, person_behind(issued.actor)),
        ("去向", row.fate, fate),
        ("去向是第几条", row.fate_seq, last.seq),
        ("什么时候", row.fate_at, when(last.body, "at")),
        ("谁办的", row.fate_by, person_behind(last.actor)),
    )


def _event(row: GateEvent, seen: list[Seen], facts: Facts) -> Iterator[str]:
    entry, body = seen[0], seen[0].body
    yield from differ(
        ("编号", row.number, body["number"]),
        ("什么事", row.event, body["event"]),
        ("时间", row.at, when(body, "at")),
        ("门岗", row.device_id, body["device"]),
        ("来访", row.visit_id, body["visit"]),
        ("参观证", row.visitor_pass_id, body["pass"]),
        ("设备的编号", row.nonce, body["nonce"]),
        ("内容", row.fields, body["fields"]),
        ("判定", row.code, body["code"]),
        ("判定的话", row.because, body["because"]),
        ("回答", row.answer, body["answer"]),
        ("依据", row.context, body["context"]),
        ("条款", row.clause, entry.clause or ""),
        ("谁做的", row.by, person_behind(entry.actor)),
    )
    kept, lawful = body.get("words") or {}, emptied(facts, row.visit, row.seq)
    for name in sorted({*kept, *row.words}):
        text = str(row.words.get(name, ""))
        yield from words("写的话", text, row.salt, kept.get(name), lawful=lawful)


def _paper(row: PassPaper, seen: list[Seen], facts: Facts) -> Iterator[str]:
    entry = seen[0]
    yield from differ(
        ("哪一版", row.revision_id, entry.body["revision"]),
        ("什么事", f"pass.{row.what}", entry.kind),
        ("时间", row.at, entry.at),
        ("谁办的", row.by, person_behind(entry.actor)),
    )


def _clashes(seen: Seen) -> Iterable[str]:
    return [f"{c['scan']}/{c['code']}" for c in seen.body["answer"].get("conflicts", ())]


def _clash(row: GateClash, seen: list[Seen], facts: Facts) -> Iterator[str]:
    found = seen[0]
    told = [c for c in found.body["answer"]["conflicts"] if c["scan"] == row.scan.number]
    own = next(c for c in told if c["code"] == row.code)
    settled = [one for one in seen if one.kind == "gate.settled"]
    yield from differ(
        ("第几条", row.seq, found.seq),
        ("对着哪一条", row.beside.number if row.beside else None, own["with"]),
        ("什么时候核对的", row.settled_at, settled[-1].at if settled else None),
        ("谁核对的", row.settled_by, person_behind(settled[-1].actor) if settled else None),
    )
    kept = settled[-1].body["words"].get("finding") if settled else None
    yield from words(
        "核对结果", row.finding, row.salt, kept, lawful=emptied(facts, row.scan.visit, row.seq)
    )


GATES = (
    Held(
        "门岗",
        rows=lambda site: Gate.objects.filter(site_id=site).order_by("seq"),
        subjects=lambda row: [str(row.id)],
        born={"gate.opened": of("gate")},
        later={"gate.closed": of("gate")},
        faults=_gate,
        place=lambda row: row.name,
        page=PAGE,
    ),
    Held(
        "门岗的设备",
        rows=lambda site: (
            GateDevice.objects.filter(site_id=site).select_related("gate").order_by("seq")
        ),
        subjects=lambda row: [str(row.id)],
        born={"gate.device": of("device")},
        later={"gate.phone": of("device")},
        faults=_device,
        place=str,
        page=PAGE,
    ),
    Held(
        "参观证",
        rows=lambda site: (
            VisitorPass.objects.filter(site_id=site).prefetch_related("places").order_by("seq")
        ),
        subjects=lambda row: [str(row.id)],
        born={"pass.issued": of("pass")},
        later={"gate.event": _stands},
        faults=_pass,
        place=str,
        page=PAGE,
    ),
    Held(
        "参观证的每一版",
        rows=lambda site: PassRevision.objects.filter(site_id=site).order_by("seq"),
        subjects=lambda row: [f"{row.visitor_pass_id}/{row.number}"],
        born={"pass.issued": lambda seen: [f"{seen.body['pass']}/1"], "gate.event": _revisions},
        faults=_revision,
        place=lambda row: f"第 {row.number} 版",
        page=PAGE,
    ),
    numbered(
        "门岗的每一条记录",
        rows=lambda site: (
            GateEvent.objects.filter(site_id=site).select_related("visit").order_by("seq")
        ),
        kinds=("gate.event",),
        faults=_event,
        place=lambda row: f"第 {row.number} 条",
        page=PAGE,
    ),
    numbered(
        "参观证的打印与发出",
        rows=lambda site: PassPaper.objects.filter(site_id=site).order_by("seq"),
        kinds=("pass.printed", "pass.handed_out"),
        faults=_paper,
        place=lambda row: row.get_what_display(),
        page=PAGE,
    ),
    Held(
        "门岗对不上的记录",
        rows=lambda site: (
            GateClash.objects.filter(site_id=site)
            .select_related("scan__visit", "beside")
            .order_by("seq")
        ),
        subjects=lambda row: [f"{row.scan.number}/{row.code}"],
        born={"gate.event": _clashes},
        later={"gate.settled": lambda seen: [f"{seen.body['scan']}/{seen.body['code']}"]},
        faults=_clash,
        place=lambda row: f"第 {row.scan.number} 条",
        page=PAGE,
    ),
)
UNHELD = {"pass.key": "签发参观证的密钥在数据文件夹里，库里没有它的行"}
