"""What the journal witnesses of lines' details, assets, and faults told without a login."""

from collections.abc import Iterator

from yingbin.journal.held import Facts, Held, Seen, differ, numbered, of, when, words
from yingbin.people.calendar import ZONE
from yingbin.people.rows import person_behind

from ..models import Asset, FaultReport, LineDetail, ReportSending


def _line(row: LineDetail, seen: list[Seen], facts: Facts) -> Iterator[str]:
    entry, body = seen[0], seen[0].body
    yield from differ(
        ("哪件事", row.matter_id, body["matter"]),
        ("设备", row.asset_id, body["asset"]),
        ("供应商", row.supplier, body["supplier"]),
        ("估价", row.value, body["value"]),
        ("原因", row.cause, body["cause"]),
        ("发生时间", row.happened_at, when(body, "happened_at") if body["happened_at"] else None),
    )
    asked = (row.matter.customer_id, row.id)
    lawful = any(facts.lawful(one, entry.seq) for one in asked)
    told = body["words"].get("present")
    yield from words("在场的人", row.present, row.salt, told, lawful=lawful)


def _asset(row: Asset, seen: list[Seen], facts: Facts) -> Iterator[str]:
    body = seen[-1].body
    yield from differ(
        ("编号", row.number, body["number"]),
        ("名称", row.name, body["name"]),
        ("岗位", row.post_id, body["post"]),
        ("供应商", row.supplier, body["supplier"]),
        ("保修到", row.warranty_until and row.warranty_until.isoformat(), body["warranty_until"]),
        ("类别", row.kind, body.get("kind", "")),
        ("购置日期", row.bought_on and row.bought_on.isoformat(), body.get("bought_on")),
        ("停用", row.given_up_at is not None, body["given_up"]),
    )
    for name, text in (("place", row.place), ("notes", row.notes), ("contact", row.contact)):
        yield from words("设备的话", text, row.salt, body["words"].get(name), lawful=False)


def _fault(row: FaultReport, seen: list[Seen], facts: Facts) -> Iterator[str]:
    first, last = seen[0], seen[-1]
    gone = facts.lawful(row.id, last.seq)
    yield from differ(("设备", row.asset_id, first.body["asset"]), ("时间", row.made_at, first.at))
    yield from words("故障", row.words, row.salt, first.body["words"].get("words"), lawful=gone)
    if last is first:
        yield from differ(("状态", row.state, "waiting"))
        return
    yield from differ(
        ("状态", row.state, last.body["state"]),
        ("转成了", row.matter_id, last.body["matter"]),
        ("谁定的", row.decided_by, person_behind(last.actor)),
        ("什么时候", row.decided_at, last.at),
    )
    told = last.body["words"].get("reason")
    yield from words("原因", row.reason, row.salt, told, lawful=gone)


def _sending(row: ReportSending, seen: list[Seen], facts: Facts) -> Iterator[str]:
    first, last = seen[0], seen[-1]
    yield from differ(
        ("哪件事", row.matter_id, first.body["matter"]),
        ("第几次", [row.number, row.way], [first.body["number"], first.body["way"]]),
        ("时间", row.at, first.at),
        ("谁发的", row.by, person_behind(first.actor)),
    )
    gone = facts.lawful(row.id, first.seq)
    yield from words("发给谁", row.to_whom, row.salt, first.body["words"]["to_whom"], lawful=gone)
    if last is not first:
        yield from differ(
            ("发出没有", row.state, last.body["state"]),
            ("文件的指纹", row.sha256, last.body["sha256"]),
        )
    elif row.way == ReportSending.Way.MAIL and row.state in ("sent", "given_up"):
        yield "发出没有和记录链里的不一样"


LINES = (
    Held(
        "发出的报告单",
        rows=lambda site: (
            ReportSending.objects.filter(site_id=site).select_related("matter").order_by("seq")
        ),
        subjects=lambda row: [str(row.id)],
        born={"duty.report_sending": of("sending")},
        later={"duty.report_sent": of("sending")},
        faults=_sending,
        place=lambda row: f"第 {row.matter.number} 号第 {row.number} 次",
        page="「事项」页",
    ),
    numbered(
        "信息传递单、报修、损坏的细目",
        rows=lambda site: (
            LineDetail.objects.filter(site_id=site).select_related("matter").order_by("seq")
        ),
        kinds=("duty.line",),
        faults=_line,
        place=lambda row: f"第 {row.matter.number} 号",
        page="「事项」页",
    ),
    Held(
        "设备",
        rows=lambda site: Asset.objects.filter(site_id=site).order_by("number"),
        subjects=lambda row: [str(row.id)],
        born={"duty.asset": of("asset")},
        faults=_asset,
        place=lambda row: f"设备 {row.number} 号",
        page="「设备」页",
    ),
    Held(
        "扫码报的故障",
        rows=lambda site: FaultReport.objects.filter(site_id=site).order_by("made_at"),
        subjects=lambda row: [str(row.id)],
        born={"duty.fault": of("fault")},
        later={"duty.fault_decided": of("fault")},
        faults=_fault,
        place=lambda row: f"{row.made_at.astimezone(ZONE):%Y-%m-%d %H:%M}",
        page="「扫码报修」页",
    ),
)
