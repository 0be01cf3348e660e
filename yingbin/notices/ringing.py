"""手机响不响: a person lets a device or a group call them, tries it, and says what came of it."""

from dataclasses import asdict, dataclass, replace
from uuid import UUID

from django.urls import reverse

from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.people.ids import uuid7
from yingbin.people.queries import names_of
from yingbin.people.rows import actor
from yingbin.rules.decision import Refused

from . import channels
from .actions import Message, to_devices
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


@action("ring.allow")
def allow_device(pen: Pen, *, subscription: Subscription, session_key: str, words: str) -> UUID:
    """This browser may call the person, as long as they stay signed in there; told again, it stays one device.

    `words`: the device as people call it. Beyond eight devices the one allowed first is forgotten.
    """
    me = _me(pen)
    known = PushDevice.objects.filter(endpoint=subscription.endpoint).first()
    if known is not None and known.staff_id != me:
        known.delete()  # the phone has another person now
        known = None
    device = known or PushDevice(id=uuid7(), staff_id=me, allowed_at=pen.at)
    device.session_key, device.words = session_key, words[:60]
    device.endpoint, device.p256dh = subscription.endpoint, subscription.p256dh
    device.auth = subscription.auth
    device.save()
    if known is None:
        pen.append("ring.device_allowed", {"device": str(device.id)})
    _keep_few(me)
    return device.id


def _me(pen: Pen) -> UUID:
    me = actor(pen)
    if me is None:
        raise Refused(None, "请用自己的账号登录后再设置手机提醒。")
    return me


def _keep_few(staff_id: UUID) -> None:
    mine = PushDevice.objects.filter(staff_id=staff_id).order_by("-allowed_at", "-id")
    old = list(mine.values_list("id", flat=True)[MOST_DEVICES:])
    PushDevice.objects.filter(id__in=old).delete()


@action("ring.remove")
def remove_device(pen: Pen, *, device_id: UUID) -> None:
    """This device calls the person no more. Refused for another's device."""
    gone, _ = PushDevice.objects.filter(id=device_id, staff_id=_me(pen)).delete()
    if not gone:
        raise Refused(None, "没有找到这台设备，可能已经移除。请刷新。")
    pen.append("ring.device_removed", {"device": str(device_id)})


@action("ring.mention")
def choose_mention(pen: Pen, *, use: bool, feishu_id: str = "") -> None:
    """Group robots may mention the person from now on, or no longer; off unless they say so."""
    me = _me(pen)
    GroupMention.objects.filter(staff_id=me).delete()
    if use:
        GroupMention.objects.create(staff_id=me, feishu_id=feishu_id, agreed_at=pen.at)
    pen.append("ring.mention_chosen", {"use": use})


@action("ring.try")
def try_ring(pen: Pen) -> UUID:
    """Calls the person's own devices, and mentions them in the site's groups if they agreed; the trial.

    Refused where nothing could ring: no device allowed and no group that may mention them.
    """
    me = _me(pen)
    devices, groups = PushDevice.objects.filter(staff_id=me).count(), _groups(pen.site_id, me)
    if not devices and not groups:
        raise Refused(None, "还没有能响的地方。请先允许本机提醒，或打开「在群里@我」。")
    trial = RingTrial.objects.create(
        site_id=pen.site_id, staff_id=me, tried_at=pen.at, devices=devices, groups=len(groups)
    )
    said = Message(pen.site_id, uuid7(), pen.at, reverse("notices:ringing"), urgent=True)
    pen.do(to_devices(said, [me], "turn", TRIAL))
    title = f"{names_of([me]).get(str(me), '')}：{TRIAL}"
    for name in groups:
        whole = asdict(replace(said, title=title))
        Delivery.objects.create(**whole, channel=name, to=[me], next_try_at=pen.at)
    pen.append("ring.tried", {"trial": str(trial.id), "who": str(me)})
    return trial.id


def _groups(site_id: UUID, staff_id: UUID) -> list[str]:
    """The site's group robots that may mention this person."""
    if not GroupMention.objects.filter(staff_id=staff_id).exists():
        return []
    chosen = ChannelChoice.objects.filter(site_id=site_id).values_list("name", flat=True)
    return [name for name in chosen if channels.mentions_in(name)]


@action("ring.answer")
def answer_ring(pen: Pen, *, trial_id: UUID, rang: bool, words: str) -> None:
    """The person says whether it rang, and on what (`words`): kept as it was said, the manager sees it."""
    mine = RingTrial.objects.filter(site_id=pen.site_id, staff_id=_me(pen), id=trial_id)
    said = {"answered_at": pen.at, "rang": rang, "on_device": words[:60]}
    if not mine.filter(answered_at=None).update(**said):
        raise Refused(None, _OVER)
    pen.append("ring.answered", {"trial": str(trial_id), "rang": rang})
