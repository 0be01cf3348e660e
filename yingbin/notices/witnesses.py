"""What the journal witnesses of notices: who took note, which channels a site uses, where webhooks go."""

from collections.abc import Iterator
from uuid import UUID

from yingbin.journal.held import (
    Also,
    Facts,
    Found,
    Held,
    Seen,
    Witnesses,
    at_that_moment,
    differ,
    moment,
    of,
)

from .models import ChannelChoice, Notice, RingTrial, Webhook

# Failed for hours, before that was journalled; or ended in a restored copy, whose chain nobody touches.
WITHOUT_ENTRY = ("多次发送失败", "恢复备份时停用")
UNHELD = {
    "ring.device_allowed": "设备随登录一起消失，浏览器的地址不进记录链；这一条说明谁在何时允许",
    "ring.device_removed": "同上：移除之后没有行可对",
    "ring.mention_chosen": "属于本人而不属于项目，关掉就没有行；这一条说明谁在何时选的",
}


def of_notices(site_id: UUID) -> Witnesses:
    """The rows of notices, in one place: `YINGBIN_WITNESSES` names this function."""
    chosen: dict[str, Seen] = {}

    def walk(seen: Seen) -> None:
        if seen.kind == "notices.channel_chosen":
            chosen[seen.body["channel"]] = seen

    return Witnesses(
        held=(_taken_note(), _trials(), _hooks()),
        also=(
            Also(
                "通知渠道",
                lambda: _channels(site_id, chosen),
                lambda: ChannelChoice.objects.filter(site_id=site_id).count(),
                frozenset({"notices.channel_chosen"}),
            ),
        ),
        unheld=UNHELD,
        walk=walk,
    )


def _taken_note() -> Held:
    return Held(
        "已知晓的通知",
        rows=lambda site: Notice.objects.filter(
            site_id=site, acknowledged_at__isnull=False
        ).order_by("id"),
        subjects=lambda row: [str(row.id)],
        born={"notice.acknowledged": of("notice")},
        faults=_notice,
        place=lambda row: f"{row.made_at:%Y-%m-%d}",
        page="「通知」页",
    )


def _notice(row: Notice, seen: list[Seen], facts: Facts) -> Iterator[str]:
    yield from differ(
        ("知晓的时间", row.acknowledged_at, seen[0].at), ("发给谁", row.to_id, seen[0].actor)
    )


def _trials() -> Held:
    return Held(
        "响铃试验",
        rows=lambda site: RingTrial.objects.filter(site_id=site).order_by("id"),
        subjects=lambda row: [str(row.id)],
        born={"ring.tried": of("trial")},
        later={"ring.answered": of("trial")},
        faults=_trial,
        place=lambda row: f"{row.tried_at:%Y-%m-%d}",
        page="「会不会响」页",
    )


def _trial(row: RingTrial, seen: list[Seen], facts: Facts) -> Iterator[str]:
    answer = next((e for e in seen if e.kind == "ring.answered"), None)
    yield from differ(
        ("谁试的", row.staff_id, seen[0].body["who"]),
        ("时间", row.tried_at, seen[0].at),
        ("响没响", row.rang, answer.body["rang"] if answer else None),
        ("回答时间", row.answered_at, answer.at if answer else None),
    )


def _hooks() -> Held:
    return Held(
        "推送地址",
        rows=lambda site: Webhook.objects.filter(site_id=site).order_by("id"),
        subjects=lambda row: [str(row.id), moment(row.made_at)],
        born={"webhook.added": of("hook")},
        stands={"webhook.added": at_that_moment("hook")},
        later={"webhook.ended": of("hook")},
        faults=_hook,
        place=lambda row: f"{row.made_at:%Y-%m-%d}",
        page="「对接」页",
    )


def _hook(row: Webhook, seen: list[Seen], facts: Facts) -> Iterator[str]:
    added = seen[0]
    yield from differ(
        ("推送哪些事", row.kinds, added.body["kinds"]),
        ("时间", row.made_at, added.at),
        ("谁加的", row.made_by, added.actor),
    )
    ended = next((e for e in seen if e.kind == "webhook.ended"), None)
    if ended is not None or (row.ended_at is not None and row.ended_why not in WITHOUT_ENTRY):
        yield from differ(("停用时间", row.ended_at, ended.at if ended else None))


def _channels(site_id: UUID, chosen: dict[str, Seen]) -> Iterator[Found]:
    rows = {r.name: r for r in ChannelChoice.objects.filter(site_id=site_id)}
    for name in sorted({*rows, *chosen}):
        row, last = rows.get(name), chosen.get(name)
        used = bool(last and last.body["use"])
        words: list[str] = []
        if bool(row) != used:
            words = ["用不用和记录链里的不一样"]
        elif row is not None and last is not None:
            words = list(_channel(row, last))
        seq = last.seq if last else None
        yield from (Found(f"渠道 {name}", w, seq, "「通知渠道」页") for w in words)


def _channel(row: ChannelChoice, last: Seen) -> Iterator[str]:
    yield from differ(
        ("哪些事", row.kinds, last.body["kinds"]),
        ("时间", row.chosen_at, last.at),
        ("谁选的", row.chosen_by, last.actor),
    )
