"""Calling a locked phone: one message to one browser's push service. It holds no customer's name or number."""

import json
from datetime import datetime, timedelta

from django.contrib.sessions.models import Session

from yingbin.people.models import Staff

from . import vapid
from .channels import Outcome
from .models import Delivery, PushDevice
from .outside import NotAllowed, post
from .queries import link_of

CHANNEL = "push"
# A call that is too late calls nobody: seconds for which the push service keeps it for a phone out of reach.
KEEP = {"turn": 300}
KEEP_OTHERS = 4 * 3600
_GONE = (404, 410)


def send(delivery: Delivery, now: datetime) -> Outcome:
    """Sends it outside any transaction; a device that is gone, or whose person signed out there, is forgotten."""
    named = PushDevice.objects.filter(id__in=[delivery.device])
    device = named.first()
    if device is None or not _signed_in(device, now):
        named.delete()
        return Outcome(False, "这台设备已退出登录，不再提醒", over=True)
    keep = KEEP.get(delivery.topic, KEEP_OTHERS)
    if now - delivery.made_at > timedelta(seconds=keep):
        return Outcome(False, "太晚了，没有再提醒", over=True)
    status, error = _post(delivery, device, keep)
    if status in _GONE:
        device.delete()
        return Outcome(False, "这台设备取消了提醒", over=True)
    if error or not 200 <= status < 300:
        return Outcome(False, error or f"提醒服务回答 {status}")
    PushDevice.objects.filter(id=device.id).update(last_sent_at=now)
    return Outcome(True)


def _signed_in(device: PushDevice, now: datetime) -> bool:
    alive = Session.objects.filter(session_key=device.session_key, expire_date__gt=now)
    return alive.exists() and Staff.objects.filter(id=device.staff_id, is_active=True).exists()


def _post(delivery: Delivery, device: PushDevice, keep: int) -> tuple[int, str]:
    said = {"title": delivery.title, "link": link_of(delivery), "tag": delivery.topic}
    message = json.dumps(said, ensure_ascii=False).encode()
    body, headers = vapid.sealed(device, message, ttl=keep)
    headers |= {
        "Content-Type": "application/octet-stream",
        "Urgency": "high" if delivery.urgent else "normal",
        "Topic": delivery.topic or "note",
    }
    try:
        return post(device.endpoint, body, headers), ""
    except NotAllowed as no:
        return 0, str(no)
    except OSError as error:
        return 0, f"没有连上提醒服务：{type(error).__name__}"
