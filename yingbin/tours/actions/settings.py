"""The settings of a headquarters: who decides what, and a new version of the rules from a day on (CV-2)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.people.calendar import ZONE, span
from yingbin.people.policies import set_policy
from yingbin.rules.decision import Refused
from yingbin.rules.tours.verbs import AREA_WORDS

from ..company import COMPANY, PACKS, TOUR_PACKS, PackChoice, TourPacks
from ..folding import GOING_ON
from ..models import TourVisit


@action("tours.settle")
def settle(pen: Pen, *, values: Mapping[str, object], reason: str) -> int:
    """Areas, rooms, approvers, souvenirs as they are from now on; the version. Raises `Refused`."""
    kept = COMPANY.read(values).areas
    rows = TourVisit.objects.filter(GOING_ON, site_id=pen.site_id)
    wanted = {name for state in rows.values_list("state", flat=True) for name, *_ in state["areas"]}
    if gone := [AREA_WORDS[name] for name in AREA_WORDS if name in wanted and name not in kept]:
        words = f"还有来访要看{'、'.join(gone)}，先不能去掉；可以改成不对任何一类客人开放。"
        raise Refused("CV-3.2.1", words, about="areas")
    return set_policy.within(pen, name=COMPANY.name, values=values, reason=reason)


@action("tours.pack")
def new_pack(pen: Pen, *, base: str, since: date, values: Mapping[str, object], reason: str) -> str:
    """Another version of the rules, from a later day on; its name. Visits keep the one they were opened under.

    One that was to hold from the same later day is replaced. Raises `Refused` for a day on which a visit was judged.
    """
    if base not in PACKS:
        raise Refused("CV-2", "请选一个规则包。", about="base")
    today = pen.at.astimezone(ZONE).date()
    judged = TourVisit.objects.filter(site_id=pen.site_id, opened_at__gte=span(since, since)[0])
    if since < today or judged.exists():
        raise Refused("CV-2", "这一天已经按原来的规则判过来访，请从明天或更晚开始。", about="since")
    now = TOUR_PACKS.in_force(pen.site_id, pen.at).values
    name = str(max(int(one.version) for one in now.packs) + 1)
    fresh = PackChoice(name, since, base, dict(values))
    kept = sorted((*(p for p in now.packs if p.since != since), fresh), key=lambda p: p.since)
    plain = TOUR_PACKS.plain(replace(TourPacks(), packs=tuple(kept)))
    set_policy.within(pen, name=TOUR_PACKS.name, values=plain, reason=reason)
    return name
