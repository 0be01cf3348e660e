"""在群里@我: a group robot names the people a message is for, if each of them agreed to it beforehand.

The phone number goes into the message at the last moment: neither the outbox nor any log has it.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from yingbin.pages.phones import shown
from yingbin.people.models import Staff

from .models import GroupMention


@dataclass(frozen=True)
class Mention:
    """Phones as the platforms write them, and Feishu's ids with the name to be shown."""

    phones: tuple[str, ...] = ()
    feishu: tuple[tuple[str, str], ...] = ()


def mention_of(to: Iterable[UUID]) -> Mention:
    """How those of these people who agreed are mentioned; two queries."""
    agreed = {m.staff_id: m for m in GroupMention.objects.filter(staff_id__in=list(to))}
    if not agreed:
        return Mention()
    people = list(Staff.objects.filter(id__in=agreed, is_active=True))
    return Mention(
        tuple(shown(p.phone) for p in people if p.phone),
        tuple((agreed[p.id].feishu_id, p.name) for p in people if agreed[p.id].feishu_id),
    )


def mentioning(payload: bytes | str, who: Mention) -> bytes:
    """A robot's JSON with the mention in it; as it was where the platform or the message knows none.

    WeCom takes phones beside the text; DingTalk beside and inside it; Feishu takes its own ids in the text.
    """
    said: dict[str, Any] = json.loads(payload)
    if said.get("msgtype") == "text" and "at" in said:
        said["at"]["atMobiles"] = [*said["at"].get("atMobiles", ()), *who.phones]
        said["text"]["content"] += "".join(f" @{phone}" for phone in who.phones)
    elif said.get("msgtype") == "text":
        said["text"]["mentioned_mobile_list"] = list(who.phones)
    elif said.get("msg_type") == "text":
        names = "".join(f'<at user_id="{one}">{name}</at>' for one, name in who.feishu)
        said["content"]["text"] = f"{names} {said['content']['text']}".strip()
    return json.dumps(said, ensure_ascii=False).encode()
