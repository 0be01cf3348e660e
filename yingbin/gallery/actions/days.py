"""开场与收场: the day is opened on the standing order and closed when nothing is left open (TQ-11)."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse

from yingbin.approvals.queries import waiting_for
from yingbin.journal.action import action
from yingbin.journal.commit import name_salt, salted
from yingbin.journal.roots import close_day_root
from yingbin.journal.write import Pen
from yingbin.people.calendar import ZONE
from yingbin.people.policies import sign
from yingbin.people.queries import names_of_site, staff_with_role
from yingbin.rules.decision import Refused
from yingbin.rules.turns.order import opening_queue, standing_after
from yingbin.rules.turns.policy import TurnsPolicy
from yingbin.rules.turns.state import State
from yingbin.rules.turns.version import RULE_VERSION

from ..kinds import LEAVE
from ..models import (
    Claim,
    GalleryDay,
    GalleryPolicy,
    Presence,
    QueueState,
    StandingOrder,
    Visit,
)
from ..queries.today import receiving_now, reminder_due
from .events import OpenDay
from .open_day import seat
from .presence import open_day

SETTINGS: dict[str, Any] = {
    "opening": "carry",
    "accept_seconds": 120,
    "undo_seconds": 120,
    # Optional policies, off as shipped: channels' registrations, and how long a receiver is protected.
    "channels": False,
    "channel_valid_days": 15,
    "channel_before_minutes": 30,
    "protection_days": 0,
    # How long after the usual closing time the managers are reminded of a day still open.
    "remind_minutes": 30,
}


@dataclass(frozen=True)
class Block:
    """Something that keeps the day from being closed, and where to settle it."""

    what: str
    link: str


def policy_in_force(site_id: UUID) -> GalleryPolicy | None:
    """The latest version of the gallery's policy, or None while it keeps the defaults."""
    return GalleryPolicy.objects.filter(site_id=site_id).order_by("version").last()


@action("set_policy")
def set_policy(pen: Pen, *, values: dict[str, Any], reason: str) -> int:
    """A new version of the policy, signed by the manager with a reason; takes effect at the next opening.

    `values`: `turns` (the replay contract's policy), `opening`, `accept_seconds`, `undo_seconds`.
    """
    turns = TurnsPolicy.from_json(values.get("turns", {})).to_json()
    kept = {**SETTINGS, **{k: values[k] for k in SETTINGS if k in values}}
    last, row = policy_in_force(pen.site_id), GalleryPolicy(site_id=pen.site_id)
    chosen = {"turns": turns, **kept}
    words = sign(pen, row, last.version if last else 0, chosen, reason, "TQ-11")
    pen.append("policy.set", {"version": row.version, **chosen, "words": words}, clause="TQ-11")
    return row.version


@action("open")
def open_gallery(pen: Pen, *, order: list[UUID] | None = None) -> UUID:
    """Opens the day: the standing order restricted to those signed in (policy `opening`).

    `order` is the manager's arrangement where the policy says `manual`.
    """
    day = pen.at.astimezone(ZONE).date()
    _may_open(pen, day)
    standing = standing_order(pen)
    signed_in = _signed_in(pen, day)
    values = values_in_force(pen.site_id)
    manual = [str(w) for w in order or []]
    queue = opening_queue(standing.order, signed_in, values["opening"], manual)
    gallery_day = _new_day(pen, day, standing, queue, values)
    return gallery_day.id


def _may_open(pen: Pen, day: date) -> None:
    current = open_day(pen.site_id)
    if current is not None and current.day == day:
        raise Refused("TQ-11", "今天已经开场了，请刷新页面接着排。")
    if current is not None:
        raise Refused("TQ-11", f"{current.day:%m月%d日}还没有收场，请先收场再开今天的场。")
    if GalleryDay.objects.filter(site_id=pen.site_id, day=day).exists():
        raise Refused("TQ-11", "今天已经收场。还要接待客户，请用「重新开场」，今天接着排。")


def values_in_force(site_id: UUID) -> dict[str, Any]:
    """The policy of the next opening: its version, the rules' policy and the gallery's settings."""
    policy = policy_in_force(site_id)
    base = {
        "version": policy.version if policy else 0,
        "turns": TurnsPolicy().to_json(),
        **SETTINGS,
    }
    return {**base, **(policy.values if policy else {})}


def _signed_in(pen: Pen, day: date) -> list[str]:
    """Who signed in today and is a salesperson still, in order of signing in."""
    sells = staff_with_role(pen.site_id, "salesperson", pen.at)
    rows = Presence.objects.filter(
        site_id=pen.site_id, day=day, withdrawn_at__isnull=True, staff_id__in=sells.values("id")
    )
    return [str(w) for w in rows.order_by("at", "id").values_list("staff_id", flat=True)]


def standing_order(pen: Pen) -> StandingOrder:
    """The standing order with today's salespeople: newcomers join at the end, leavers drop out."""
    standing, _ = StandingOrder.objects.get_or_create(site_id=pen.site_id)
    now = [
        str(s.id) for s in staff_with_role(pen.site_id, "salesperson", pen.at).order_by("account")
    ]
    kept = [w for w in standing.order if w in set(now)]
    standing.order = kept + [w for w in now if w not in set(kept)]
    return standing


def _new_day(
    pen: Pen, day: date, standing: StandingOrder, queue: list[str], values: dict[str, Any]
) -> GalleryDay:
    row = GalleryDay.objects.create(
        site_id=pen.site_id,
        day=day,
        opened_at=pen.at,
        opened_by=UUID(pen.by),
        policy_version=values["version"],
        policy=values["turns"],
        settings={k: values[k] for k in SETTINGS},
        opening_queue=queue,
        make_up=standing.make_up,
        owes=standing.owes,
        rule_version=RULE_VERSION,
    )
    row.remind_at = reminder_due(pen.site_id, row)
    row.save(update_fields=["remind_at"])
    policy = TurnsPolicy.from_json(values["turns"])
    state = State.opening(queue, standing.make_up, standing.owes, policy)
    names = dict(names_of_site(pen.site_id))
    QueueState.objects.create(
        day=row,
        site_id=pen.site_id,
        state=state.to_json(),
        names=names,
        last_at=pen.at,
    )
    standing.save()
    body = {
        "day": day.isoformat(),
        "queue": queue,
        "make_up": standing.make_up,
        "owes": standing.owes,
        "policy": values["turns"],
        "policy_version": values["version"],
        "rule_version": RULE_VERSION,
        # What everybody is called today, so that a name in a dispute's packet can be proven.
        "names": {who: salted(name, name_salt(pen.site_id, who)) for who, name in names.items()},
        "settings": row.settings,
        "standing": standing.order,
    }
    pen.append("day.opened", body, clause="TQ-11")
    return row


def blocks(site_id: UUID, state: State, names: dict[str, str]) -> list[Block]:
    """What is still open, in words, each with the page where it is settled. Empty: the day may close."""
    day = open_day(site_id)
    if day is None:
        return []
    return [
        *_receptions(site_id, day, names),
        *_waiting(site_id, state),
        *_open_requests(site_id, names),
        *_away_on_business(state, names),
    ]


def _row(who: str, letter: str = "p") -> str:
    """The address of one row of the supervisor's page, unfolded."""
    return f"{reverse('gallery:supervision')}?row={who}#{letter}-{who}"


def _receptions(site_id: UUID, day: GalleryDay, names: dict[str, str]) -> list[Block]:
    return [
        Block(
            f"{names.get(str(r.receiver), '同事')}还在接待到访{r.visit.number}",
            _row(str(r.receiver)),
        )
        for r in receiving_now(site_id, day)
    ]


def _waiting(site_id: UUID, state: State) -> list[Block]:
    rows = Visit.objects.filter(site_id=site_id, id__in=[v for v, _ in state.waiting()])
    return [
        Block(f"到访{v.number}还在等待", f"{reverse('gallery:waiting')}#v-{v.number}")
        for v in rows.order_by("number")
    ]


def _open_requests(site_id: UUID, names: dict[str, str]) -> list[Block]:
    still = {"site_id": site_id, "decided_at__isnull": True, "withdrawn_at__isnull": True}
    claims = Claim.objects.filter(**still).select_related("visit")
    leaves = waiting_for(site_id, LEAVE.id)
    return [
        *(
            Block(f"到访{c.visit.number}的无关来访申报还没有核实", _row(str(c.id), letter="c"))
            for c in claims
        ),
        *(
            Block(
                f"{names.get(str(r.asked_by), '同事')}的公事外出申请还没有批复",
                _row(str(r.id), letter="l"),
            )
            for r in leaves
        ),
    ]


def _away_on_business(state: State, names: dict[str, str]) -> list[Block]:
    return [
        Block(
            f"{names.get(who, '同事')}公事外出被轮空、还没有回来：请点归来（得补接）或签退（不得）",
            _row(who),
        )
        for who, absence in state.away.items()
        if absence.marks and absence.treated_as == "make_up"
    ]


@action("close")
def close_gallery(pen: Pen) -> None:
    """Closes the day: the standing order and the accounts carry on, the day's root is signed.

    Refused with the list while something is open.
    """
    today = seat(pen)
    open_things = blocks(pen.site_id, today.state, today.row.names)
    if open_things:
        listed = "；".join(b.what for b in open_things)
        raise Refused("TQ-11", f"还不能收场：{listed}。")
    summary, standing = _carry_on(pen, today)
    told = {"day": today.day.day.isoformat(), **summary, "standing": standing}
    pen.append("day.closed", told | _replaces(today.day), clause="TQ-11")
    close_day_root(pen, today.day.day)


def _replaces(day: GalleryDay) -> dict[str, int]:
    """A day that was opened again names the closing that this one stands for now."""
    former = day.reopenings.order_by("seq").last() if day.reopened else None
    return {"replaces": former.closing_seq} if former else {}


def _carry_on(pen: Pen, today: OpenDay) -> tuple[dict[str, object], list[str]]:
    state, day = today.state, today.day
    final = state.to_json()
    summary = {k: final[k] for k in ("queue", "counts", "make_up", "owes")}
    summary["waiting"] = [v for v, _ in state.waiting()]
    standing = standing_order(pen)
    standing.order = standing_after(standing.order, day.opening_queue, state)
    standing.make_up, standing.owes = final["make_up"], final["owes"]
    standing.save()
    day.closed_at, day.closed_by, day.summary = today.at, UUID(pen.by), summary
    day.remind_at = None
    day.save(update_fields=["closed_at", "closed_by", "summary", "remind_at"])
    return summary, standing.order
