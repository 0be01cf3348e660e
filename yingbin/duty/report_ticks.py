"""Mails the reports of damages that wait; tried again later where the line fails, given up after a while."""

import hashlib
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from yingbin.journal.action import Acting
from yingbin.journal.write import new_key
from yingbin.notices import channels
from yingbin.notices.ticks import GIVE_UP_AFTER, backoff

from .actions.reports import report_sent
from .models import ReportSending
from .paper import damage_report

CLAIM = timedelta(minutes=1)
A_ROUND = 5


def tick(at: datetime | None = None) -> int:
    """One round over what is due; how many went. Claimed before it is sent, so that two workers send it once."""
    now = at or timezone.now()
    return sum(_mailed(row, now) for row in _claimed(now))


def _claimed(now: datetime) -> list[ReportSending]:
    with transaction.atomic():
        due = ReportSending.objects.select_for_update(skip_locked=True, of=("self",))
        rows = list(
            due.filter(next_try_at__lte=now)
            .select_related("matter__site")
            .order_by("next_try_at")[:A_ROUND]
        )
        for row in rows:
            row.attempts, row.next_try_at = row.attempts + 1, now + CLAIM
            row.save(update_fields=["attempts", "next_try_at"])
    return rows


def _mailed(row: ReportSending, now: datetime) -> bool:
    data = damage_report(row.matter, row.by, row.at)
    name = f"物品损坏报告单 {row.matter.number}.pdf"
    site = row.matter.site.name
    outcome = channels.mail(
        channels.mailing(),
        channels.Letter(row.to_whom, name, data),
        title=f"{site}：物品损坏报告单 第 {row.matter.number} 号",
        body=f"附件是{site}的物品损坏报告单，请按流程处理，处理完请回复。",
    )
    if outcome.ok or outcome.over or row.attempts >= GIVE_UP_AFTER:
        mark = hashlib.sha256(data).hexdigest() if outcome.ok else ""
        acting = Acting(row.site_id, new_key(), "clock", now)
        report_sent(acting, sending=row.id, ok=outcome.ok, sha256=mark, error=outcome.error)
    else:
        row.state, row.error = ReportSending.State.FAILED, outcome.error[:120]
        row.next_try_at = now + backoff(row.attempts)
        row.save(update_fields=["state", "error", "next_try_at"])
    return outcome.ok
