"""手机响不响: a person lets a device or a group call them, tries it, and says what came of it."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from yingbin.journal.write import Pen, write
from yingbin.people.ids import uuid7
from yingbin.people.queries import names_of
from yingbin.rules.decision import Refused

from . import channels
from .actions import to_devices
from .models import ChannelChoice, Delivery, GroupMention, PushDevice, RingTrial

MOST_DEVICES = 8
TRIAL = "试一试：您的手机响了吗？"
_OVER = "这次试响已经回答过了。要再试，请点「试一试」。"


@dataclass(frozen=True)
class Subscription:
    """What a browser gives when its person allows being called: where, and the keys to encrypt for it."""

    endpoint: str
    p256dh: str
    auth: str


def allow_device(
    *,
    site_id: UUID,
    key: str,
    by: UUID,
    at: datetime,
    subscription: Subscription,
    session_key: str,
    words: str,
) -> dict[str, Any]:
    """This browser may call the person, as long as they stay signed in there; told again, it stays one device.

    `words`: the device as people call it. Beyond eight devices the one allowed first is forgotten.
    """

    def work(pen: Pen) -> dict[str, Any]:
        known = PushDevice.objects.filter(endpoint=subscription.endpoint).first()
        if known is not None and known.staff_id != by:
            known.delete()  # the phone has another person now
            known = None
        device = known or PushDevice(id=uuid7(), staff_id=by, allowed_at=at)
        device.session_key, device.words = session_key, words[:60]
        device.endpoint, device.p256dh = subscription.endpoint, subscription.p256dh
        device.auth = subscription.auth
        device.save()
        if known is None:
            pen.append("ring.device_allowed", {"device": str(device.id)})
        _keep_few(by)
        return {"device": str(device.id)}

    payload = {**asdict(subscription), "words": words}
    return write(
        site_id=site_id, key=key, verb="ring.allow", by=str(by), at=at, payload=payload, work=work
    ).response


def _keep_few(staff_id: UUID) -> None:
    mine = PushDevice.objects.filter(staff_id=staff_id).order_by("-allowed_at", "-id")
    old = list(mine.values_list("id", flat=True)[MOST_DEVICES:])
    PushDevice.objects.filter(id__in=old).delete()


def remove_device(
    *, site_id: UUID, key: str, by: UUID, at: datetime, device_id: UUID
) -> dict[str, Any]:
    """This device calls the person no more. Refused for another's device."""

    def work(pen: Pen) -> dict[str, Any]:
        gone, _ = PushDevice.objects.filter(id=device_id, staff_id=by).delete()
        if not gone:
            raise Refused(None, "没有找到这台设备，可能已经移除。请刷新。")
        pen.append("ring.device_removed", {"device": str(device_id)})
        return {}

    payload = {"device": str(device_id)}
    return write(
        site_id=site_id, key=key, verb="ring.remove", by=str(by), at=at, payload=payload, work=work
    ).response


def choose_mention(
    *, site_id: UUID, key: str, by: UUID, at: datetime, use: bool, feishu_id: str = ""
) -> dict[str, Any]:
    """Group robots may mention the person from now on, or no longer; off unless they say so."""

    def work(pen: Pen) -> dict[str, Any]:
        GroupMention.objects.filter(staff_id=by).delete()
        if use:
            GroupMention.objects.create(staff_id=by, feishu_id=feishu_id, agreed_at=at)
        pen.append("ring.mention_chosen", {"use": use})
        return {"use": use}

    payload = {"use": use, "feishu_id": feishu_id}
    return write(
        site_id=site_id, key=key, verb="ring.mention", by=str(by), at=at, payload=payload, work=work
    ).response


def try_ring(*, site_id: UUID, key: str, by: UUID, at: datetime) -> dict[str, Any]:
    """Calls the person's own devices, and mentions them in the site's groups if they agreed.

    Refused where nothing could ring: no device allowed and no group that may mention them.
    """

    def work(pen: Pen) -> dict[str, Any]:
        devices = PushDevice.objects.filter(staff_id=by).count()
        groups = _groups(site_id, by)
        if not devices and not groups:
            raise Refused(None, "还没有能响的地方。请先允许本机提醒，或打开「在群里@我」。")
        trial = RingTrial.objects.create(
            site_id=site_id, staff_id=by, tried_at=at, devices=devices, groups=len(groups)
        )
        batch = uuid7()
        common = {"site_id": site_id, "batch": batch, "link": "/notices/ringing/", "made_at": at}
        pen.do(to_devices(common, [by], "turn", TRIAL))
        who = names_of([by]).get(str(by), "")
        for name in groups:
            Delivery.objects.create(
                **common,
                channel=name,
                to=[by],
                title=f"{who}：{TRIAL}",
                urgent=True,
                next_try_at=at,
            )
        pen.append("ring.tried", {"trial": str(trial.id), "who": str(by)})
        return {"trial": str(trial.id)}

    return write(
        site_id=site_id, key=key, verb="ring.try", by=str(by), at=at, payload={}, work=work
    ).response


def _groups(site_id: UUID, staff_id: UUID) -> list[str]:
    """The site's group robots that may mention this person."""
    if not GroupMention.objects.filter(staff_id=staff_id).exists():
        return []
    chosen = ChannelChoice.objects.filter(site_id=site_id).values_list("name", flat=True)
    return [name for name in chosen if channels.mentions_in(name)]


def answer_ring(
    *, site_id: UUID, key: str, by: UUID, at: datetime, trial_id: UUID, rang: bool, words: str
) -> dict[str, Any]:
    """The person says whether it rang, and on what (`words`): kept as it was said, the manager sees it."""

    def work(pen: Pen) -> dict[str, Any]:
        mine = RingTrial.objects.filter(site_id=site_id, staff_id=by, id=trial_id)
        if not mine.filter(answered_at=None).update(
            answered_at=at, rang=rang, on_device=words[:60]
        ):
            raise Refused(None, _OVER)
        pen.append("ring.answered", {"trial": str(trial_id), "rang": rang})
        return {"rang": rang}

    payload = {"trial": str(trial_id), "rang": rang}
    return write(
        site_id=site_id, key=key, verb="ring.answer", by=str(by), at=at, payload=payload, work=work
    ).response
