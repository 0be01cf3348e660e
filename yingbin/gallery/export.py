"""A day of the running system as a file of the replay contract; replaying it gives the same decisions."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from yingbin.people.models import Staff

from .models import GalleryDay, TurnEvent, Visit

_PEOPLE = ("who", "named", "registered_with", "approved_by", "confirmed_by", "to", "by")


def contract_day(day: GalleryDay) -> dict[str, object]:
    """The day in the contract's form with names for ids; undone events stand under `undone`."""
    called = _unique_names(day)
    numbers = {
        str(v.id): f"v{v.number}" for v in Visit.objects.filter(site_id=day.site_id, day=day)
    }
    rows = list(
        TurnEvent.objects.filter(site_id=day.site_id, day=day)
        .select_related("undone")
        .order_by("index")
    )
    told = [(_told(r.event, called, numbers), hasattr(r, "undone")) for r in rows]
    return {
        "policy": day.policy,
        "queue": [called(w) for w in day.opening_queue],
        "make_up": [{"who": called(m["who"]), "clause": m["clause"]} for m in day.make_up],
        "owes": {called(w): n for w, n in day.owes.items()},
        "events": [event for event, undone in told if not undone],
        "undone": [event for event, undone in told if undone],
    }


def _told(
    event: Mapping[str, Any], called: Callable[[str], str], numbers: Mapping[str, str]
) -> dict[str, object]:
    out = dict(event)
    for field in _PEOPLE:
        if out.get(field):
            out[field] = called(out[field])
    if "visit" in out:
        out["visit"] = numbers[out["visit"]]
    return out


def _unique_names(day: GalleryDay) -> Callable[[str], str]:
    """Names as people know them; where two share one, the account tells them apart."""
    names = dict(day.queue_state.names)
    shared = {n for n, times in Counter(names.values()).items() if times > 1}
    accounts = {
        str(i): a for i, a in Staff.objects.filter(name__in=shared).values_list("id", "account")
    }
    return lambda who: (
        f"{names[who]}({accounts.get(who, who)})"
        if names.get(who) in shared
        else names.get(who, who)
    )
