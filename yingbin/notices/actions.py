"""Telling people something: a row on their screen at once, and a message for the site's channels.

Everything is written inside the action's own transaction; nothing goes over the network here.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from yingbin.journal.action import action
from yingbin.journal.trips import Statement, insert
from yingbin.journal.write import Pen
from yingbin.pages.phones import masked, normalised
from yingbin.pages.placed import bare
from yingbin.people.ids import uuid7
from yingbin.people.queries import names_of
from yingbin.people.rows import actor
from yingbin.rules.decision import Refused

from . import channels
from .models import ChannelChoice, Delivery, Notice

# What a locked phone shows where the teller says nothing better.
ALOUD = {
    "turn": "轮到您了",
    "awaited": "您的客户到了，正在等您",
    "undone": "刚才的到访已撤销",
    "not_accepted": "有人还没有接单",
    "claim": "有一件申报等您核实",
    "leave": "外出申请有了消息",
    "service": "有客户要茶水",
    "": "有一件急事要您看",
}
# A later call about one of these takes the place of the earlier one on the phone.
_SAME_CALL = {"turn": "turn", "undone": "turn"}
_NUMBER = re.compile(r"\+?\d[\d \-()]{5,}\d")


def without_numbers(text: str) -> str:
    """The text with whole phone numbers masked (`138****1234`), in whatever notation."""
    return _NUMBER.sub(lambda found: _hidden(found[0]), text)


def _hidden(digits: str) -> str:
    # A date or a sum may read as a number without its area code; with + or 0 or 1 it is a phone.
    number = normalised(digits) if digits[0] in "+01" else None
    if number is not None:
        return masked(number)
    return re.sub(r"(\d{3})\d{4,}(\d{4})", r"\1****\2", digits)


@dataclass(frozen=True)
class Message:
    """What all who are told the same thing at once have in common, on screen and on the way out."""

    site_id: UUID
    batch: UUID
    made_at: datetime
    link: str
    title: str = ""
    body: str = ""
    urgent: bool = False


def tell(
    pen: Pen,
    *,
    to: Iterable[UUID],
    kind: str,
    title: str,
    body: str = "",
    link: str = "",
    urgent: bool = False,
    clause: str | None = None,
    dedupe: str = "",
    must_acknowledge: bool = False,
    listed: bool = False,
    aloud: str = "",
) -> None:
    """Tells these people, inside a write. Told the same `dedupe` before, a person isn't told again.

    `aloud`: what a locked phone shows of something urgent; it never holds a customer's words.
    `title` up to 80 characters; `link` a path of ours. Whole phone numbers in the text are masked.
    `must_acknowledge`: stays at the top until the person says that they have taken note (TQ-10). `listed`: it waits for
    each of them in 待办 by itself, so the notice isn't counted beside it.
    """
    fresh = _not_yet_told(pen.site_id, list(dict.fromkeys(to)), dedupe)
    if not fresh:
        return
    said = Message(
        pen.site_id, uuid7(), pen.at, bare(link), without_numbers(title)[:80],
        without_numbers(body)[:500], urgent,
    )  # fmt: skip
    own = {
        "kind": kind, "clause": clause or "", "dedupe": dedupe, "must_acknowledge": must_acknowledge, "listed": listed,
    }  # fmt: skip
    pen.do(insert(*(Notice(**vars(said), **own, to_id=who) for who in fresh)))
    _queue(pen, kind, fresh, said)
    if urgent:
        pen.do(to_devices(said, fresh, kind, aloud or ALOUD.get(kind, ALOUD[""])))


def _not_yet_told(site_id: UUID, to: list[UUID], dedupe: str) -> list[UUID]:
    if not dedupe or not to:
        return to
    told = set(
        Notice.objects.filter(site_id=site_id, dedupe=dedupe, to_id__in=to).values_list(
            "to_id", flat=True
        )
    )
    return [who for who in to if who not in told]


def channels_chosen(site_id: UUID) -> Statement:
    """Asks which channels the site uses, and for which kinds of notice."""
    return Statement("select name, kinds from notices_channelchoice where site_id = %s", (site_id,))


def _queue(pen: Pen, kind: str, to: list[UUID], said: Message) -> None:
    rows = pen.ask(channels_chosen(pen.site_id))
    chosen = [name for name, kinds in rows if not kinds or kind in kinds]
    if not chosen:
        return
    names = names_of(to)
    who = "、".join(names.get(str(i), "") for i in to[:3]) + ("等" if len(to) > 3 else "")
    whole = vars(said) | {"title": f"{who}：{said.title}"[:120]}
    deliveries = [
        Delivery(**whole, channel=name, to=to, next_try_at=said.made_at) for name in chosen
    ]
    pen.do(insert(*deliveries))


def to_devices(said: Message, to: list[UUID], kind: str, aloud: str) -> Statement:
    """Puts one message into the outbox for each device these people allowed; asks nothing beforehand."""
    sql = """insert into notices_delivery (id, site_id, batch, channel, device, topic, "to", title, body,
        link, urgent, state, attempts, next_try_at, last_error, made_at)
        select gen_random_uuid(), %s, %s, 'push', id, %s, array[]::uuid[], %s, '', %s, true, 'queued', 0,
        %s, '', %s from notices_pushdevice where staff_id = any(%s)"""
    topic = _SAME_CALL.get(kind, kind.replace(".", "-")[:32])
    where = (said.site_id, said.batch, topic, aloud[:120], said.link)
    return Statement(sql, (*where, said.made_at, said.made_at, list(to)))


def seen(*, site_id: UUID, by: UUID, at: datetime, ids: Iterable[UUID] | None = None) -> int:
    """Marks the person's own notices as seen (all of them without `ids`); how many were new."""
    mine = Notice.objects.filter(site_id=site_id, to_id=by, seen_at__isnull=True)
    if ids is not None:
        mine = mine.filter(id__in=list(ids))
    return mine.update(seen_at=at)


@action("notices.acknowledge")
def acknowledge(pen: Pen, *, notice_id: UUID) -> None:
    """The person has taken note (TQ-10), a fact in the journal. Refused for another's notice."""
    mine = Notice.objects.filter(site_id=pen.site_id, to_id=pen.by, id=notice_id)
    notice = mine.first()
    if notice is None:
        raise Refused(None, "这条通知不是发给您的，请回到通知列表。")
    if notice.acknowledged_at is None:
        mine.update(acknowledged_at=pen.at, seen_at=notice.seen_at or pen.at)
        clause = notice.clause or None
        pen.append("notice.acknowledged", {"notice": str(notice.id)}, clause=clause)


@action("notices.choose_channel")
def choose_channel(pen: Pen, *, name: str, use: bool, kinds: Collection[str] = ()) -> None:
    """The site uses a channel from now on, or no longer; `kinds` empty: for every kind."""
    if use and name not in channels.configured():
        raise Refused(None, "安装设置里没有这个渠道，请先让管理员配置。", about="name")
    wanted = sorted(set(kinds))
    ChannelChoice.objects.filter(site_id=pen.site_id, name=name).delete()
    if use:
        ChannelChoice.objects.create(
            site_id=pen.site_id, name=name, kinds=wanted, chosen_at=pen.at, chosen_by=actor(pen)
        )
    pen.append("notices.channel_chosen", {"channel": name, "use": use, "kinds": wanted})


@action("notices.try_channel")
def try_channel(pen: Pen, *, name: str) -> None:
    """Queues a trial message; whether it arrived shows on the page of channels."""
    me = actor(pen)
    who = names_of([me]).get(str(me), "") if me else ""
    Delivery.objects.create(
        site_id=pen.site_id,
        batch=uuid7(),
        channel=name,
        title="迎宾试发",
        body=f"{who}在试用这个渠道，收到就说明可以用了。",
        next_try_at=pen.at,
        made_at=pen.at,
    )


@action("notices.send_again")
def send_again(pen: Pen, *, delivery_id: UUID) -> None:
    """Puts a message that was given up back into the outbox, with all its attempts."""
    given_up = Delivery.objects.filter(
        site_id=pen.site_id, id=delivery_id, state=Delivery.State.GIVEN_UP
    )
    if not given_up.update(state=Delivery.State.QUEUED, attempts=0, next_try_at=pen.at):
        raise Refused(None, "这条消息已经发出或正在重试，请刷新。")


def forget_of(pen: Pen, people: Iterable[UUID], *, links: Iterable[str]) -> int:
    """Empties what these people were told about these pages (inside a write); what others were told stays. How many."""
    told = Notice.objects.filter(site_id=pen.site_id, link__in=[bare(link) for link in links])
    return told.filter(to_id__in=list(people)).update(
        title="（您要回避，已隐去）", body="", seen_at=pen.at
    )


def forget(pen: Pen, *, links: Iterable[str] = (), words: Iterable[str] = ()) -> int:
    """Empties what was told about these pages, or with these words (inside a write).

    Notices on screen and what waits to be sent alike; how many notices.
    """
    which = Q(link__in=[bare(link) for link in links])
    for said in words:
        which |= Q(body__contains=said)
    Delivery.objects.filter(which, site_id=pen.site_id).update(title="（已删除）", body="")
    mine = Notice.objects.filter(which, site_id=pen.site_id)
    return mine.update(title="（已删除）", body="")
