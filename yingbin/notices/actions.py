"""Telling people something: a row on their screen at once, and a message for the site's channels.

Everything is written inside the action's own transaction; nothing goes over the network here.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from yingbin.journal.trips import Statement, insert
from yingbin.journal.write import Pen, write
from yingbin.pages.phones import masked, normalised
from yingbin.people.ids import uuid7
from yingbin.people.queries import names_of
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
    aloud: str = "",
) -> None:
    """Tells these people, inside a write. Told the same `dedupe` before, a person isn't told again.

    `aloud`: what a locked phone shows of something urgent; it never holds a customer's words.
    `title` up to 80 characters; `link` a path of ours. Whole phone numbers in the text are masked.
    `must_acknowledge`: stays at the top until the person says that they have taken note (TQ-10).
    """
    fresh = _not_yet_told(pen.site_id, list(dict.fromkeys(to)), dedupe)
    if not fresh:
        return
    batch = uuid7()
    common: dict[str, Any] = {
        "site_id": pen.site_id,
        "batch": batch,
        "title": without_numbers(title)[:80],
        "body": without_numbers(body)[:500],
        "link": link,
        "urgent": urgent,
        "made_at": pen.at,
    }
    own = {
        "kind": kind,
        "clause": clause or "",
        "dedupe": dedupe,
        "must_acknowledge": must_acknowledge,
    }
    pen.do(insert(*(Notice(to_id=who, **common, **own) for who in fresh)))
    _queue(pen, kind, fresh, common)
    if urgent:
        pen.do(to_devices(common, fresh, kind, aloud or ALOUD.get(kind, ALOUD[""])))


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


def _queue(pen: Pen, kind: str, to: list[UUID], common: dict[str, Any]) -> None:
    rows = pen.ask(channels_chosen(pen.site_id))
    chosen = [name for name, kinds in rows if not kinds or kind in kinds]
    if not chosen:
        return
    names = names_of(to)
    who = "、".join(names.get(str(i), "") for i in to[:3]) + ("等" if len(to) > 3 else "")
    message = {**common, "title": f"{who}：{common['title']}"[:120], "to": to}
    made = common["made_at"]
    pen.do(insert(*(Delivery(channel=name, next_try_at=made, **message) for name in chosen)))


def to_devices(common: dict[str, Any], to: list[UUID], kind: str, aloud: str) -> Statement:
    """Puts one message into the outbox for each device these people allowed; asks nothing beforehand."""
    sql = """insert into notices_delivery (id, site_id, batch, channel, device, topic, "to", title, body,
        link, urgent, state, attempts, next_try_at, last_error, made_at)
        select gen_random_uuid(), %s, %s, 'push', id, %s, array[]::uuid[], %s, '', %s, true, 'queued', 0,
        %s, '', %s from notices_pushdevice where staff_id = any(%s)"""
    topic, made = _SAME_CALL.get(kind, kind.replace(".", "-")[:32]), common["made_at"]
    where = (common["site_id"], common["batch"], topic, aloud[:120], common["link"])
    return Statement(sql, (*where, made, made, list(to)))


def seen(*, site_id: UUID, by: UUID, at: datetime, ids: Iterable[UUID] | None = None) -> int:
    """Marks the person's own notices as seen (all of them without `ids`); how many were new."""
    mine = Notice.objects.filter(site_id=site_id, to_id=by, seen_at__isnull=True)
    if ids is not None:
        mine = mine.filter(id__in=list(ids))
    return mine.update(seen_at=at)


def acknowledge(
    *, site_id: UUID, key: str, by: UUID, at: datetime, notice_id: UUID
) -> dict[str, Any]:
    """The person has taken note (TQ-10), a fact in the journal. Refused for another's notice."""

    def work(pen: Pen) -> dict[str, Any]:
        notice = Notice.objects.filter(site_id=site_id, to_id=by, id=notice_id).first()
        if notice is None:
            raise Refused(None, "这条通知不是发给您的，请回到通知列表。")
        if notice.acknowledged_at is None:
            notice.acknowledged_at = at
            notice.seen_at = notice.seen_at or at
            notice.save(update_fields=["acknowledged_at", "seen_at"])
            pen.append(
                "notice.acknowledged", {"notice": str(notice.id)}, clause=notice.clause or None
            )
        return {"notice": str(notice.id)}

    done = write(
        site_id=site_id,
        key=key,
        verb="notices.acknowledge",
        by=str(by),
        at=at,
        payload={"notice": str(notice_id)},
        work=work,
    )
    return done.response


def choose_channel(
    *,
    site_id: UUID,
    key: str,
    by: UUID,
    at: datetime,
    name: str,
    use: bool,
    kinds: Iterable[str] = (),
) -> dict[str, Any]:
    """The site uses a channel from now on, or no longer; `kinds` empty: for every kind."""
    wanted = sorted(set(kinds))

    def work(pen: Pen) -> dict[str, Any]:
        if use and name not in channels.configured():
            raise Refused(None, "安装设置里没有这个渠道，请先让管理员配置。")
        ChannelChoice.objects.filter(site_id=site_id, name=name).delete()
        if use:
            ChannelChoice.objects.create(
                site_id=site_id, name=name, kinds=wanted, chosen_at=at, chosen_by=by
            )
        body = {"channel": name, "use": use, "kinds": wanted}
        pen.append("notices.channel_chosen", body)
        return body

    payload = {"channel": name, "use": use, "kinds": wanted}
    return write(
        site_id=site_id,
        key=key,
        verb="notices.choose_channel",
        by=str(by),
        at=at,
        payload=payload,
        work=work,
    ).response


def try_channel(*, site_id: UUID, key: str, by: UUID, at: datetime, name: str) -> dict[str, Any]:
    """Queues a trial message; whether it arrived shows on the page of channels."""

    def work(pen: Pen) -> dict[str, Any]:
        who = names_of([by]).get(str(by), "")
        Delivery.objects.create(
            site_id=site_id,
            batch=uuid7(),
            channel=name,
            title="迎宾试发",
            body=f"{who}在试用这个渠道，收到就说明可以用了。",
            next_try_at=at,
            made_at=at,
        )
        return {"channel": name}

    return write(
        site_id=site_id,
        key=key,
        verb="notices.try_channel",
        by=str(by),
        at=at,
        payload={"channel": name},
        work=work,
    ).response


def send_again(
    *, site_id: UUID, key: str, by: UUID, at: datetime, delivery_id: UUID
) -> dict[str, Any]:
    """Puts a message that was given up back into the outbox, with all its attempts."""

    def work(pen: Pen) -> dict[str, Any]:
        back = Delivery.objects.filter(
            site_id=site_id, id=delivery_id, state=Delivery.State.GIVEN_UP
        ).update(state=Delivery.State.QUEUED, attempts=0, next_try_at=at)
        if not back:
            raise Refused(None, "这条消息已经发出或正在重试，请刷新。")
        return {"delivery": str(delivery_id)}

    return write(
        site_id=site_id,
        key=key,
        verb="notices.send_again",
        by=str(by),
        at=at,
        payload={"delivery": str(delivery_id)},
        work=work,
    ).response


def forget(pen: Pen, *, links: Iterable[str] = (), words: Iterable[str] = ()) -> int:
    """Empties what was told about these pages, or with these words (inside a write).

    Notices on screen and what waits to be sent alike; how many notices.
    """
    which = Q(link__in=list(links))
    for said in words:
        which |= Q(body__contains=said)
    Delivery.objects.filter(which, site_id=pen.site_id).update(title="（已删除）", body="")
    mine = Notice.objects.filter(which, site_id=pen.site_id)
    return mine.update(title="（已删除）", body="")
