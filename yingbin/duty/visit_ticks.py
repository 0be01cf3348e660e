"""What a show flat's visitors owe to the clock: referrals whose line broke, words nobody needs any more."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from yingbin.journal.action import Acting
from yingbin.journal.write import new_key
from yingbin.rules.decision import Refused

from .actions.passing import go_on, let_go
from .actions.referrals import carry_out
from .actions.visits import turn_down_guests
from .hours import day_of
from .models import PassedQuestion
from .queries.visits import open_referrals, stale_codes

# Whoever asked has this long to see the answer; then the worker takes it up.
PATIENCE = timedelta(seconds=30)


def tick(at: datetime | None = None) -> int:
    """Carries out referrals that were asked and not settled, takes questions to the gallery and answers back, lets go of what visitors of former days wrote and
    nobody confirmed; how many. Safe to run twice."""
    now = at or timezone.now()
    done = 0
    for referral in open_referrals(now - PATIENCE):
        carry_out(referral.site_id, referral.id, now)
        done += 1
    for gone in PassedQuestion.objects.filter(forget="asked").order_by("at")[:200]:
        let_go(gone, now)
        done += 1
    for question in (
        PassedQuestion.objects.filter(Q(state="asked", at__lte=now) | Q(state="passed"), forget="")
        .select_related("matter")
        .order_by("at")[:200]
    ):
        done += go_on(question, now)
    for visit in stale_codes(day_of(now)):
        try:
            turn_down_guests(Acting(visit.site_id, new_key(), "clock", now), visit_id=visit.id)
            done += 1
        except Refused:
            continue
    return done
