"""What a demo's past has of disruptions and drills: somebody who was talked to, and a fire drill with its report."""

from collections.abc import Callable
from uuid import UUID

from yingbin.journal.action import Deed

from .actions import cases, incidents
from .actions.cases import CaseOpened
from .actions.incidents import IncidentOpened
from .demo_when import When

DISRUPTED, DRILLED = (4, 17), {2: "火情", 11: "停电"}  # how many days before today
# Does something at an hour of the day, by somebody; None where that hour hasn't come yet.
Do = Callable[[str, UUID, Deed[object]], object]


def play_incidents(do: Do, when: When, post: UUID, receptionist: UUID, lead: UUID) -> None:
    """The late afternoon of these days."""
    if any(map(when.falls, DISRUPTED)):
        _talked_to(do, post, receptionist, lead)
    for back, kind in DRILLED.items():
        if when.falls(back):
            _drilled(do, kind, post, receptionist, lead)


def _talked_to(do: Do, post: UUID, receptionist: UUID, lead: UUID) -> None:
    opened = do("17:10", receptionist, cases.open_case.given(kind="disruption", post=post))
    if not isinstance(opened, CaseOpened):
        return
    case = opened.case
    do("17:12", receptionist, cases.escalate_case.given(case=case))
    do("17:13", lead, cases.acknowledge_case.given(case=case))
    do(
        "17:14",
        lead,
        incidents.add_words.given(incident=case, text="客人喝了酒，说话声音大，请到门口坐下喝水。"),
    )
    do("17:21", lead, cases.end_case.given(case=case))
    told = (
        "劝了两分钟没有用，报给领班。领班请到门口坐下，十分钟后由同伴接走。没有东西损坏，不用再办。"
    )
    do("17:24", receptionist, incidents.write_report.given(incident=case, text=told))


def _drilled(do: Do, kind: str, post: UUID, receptionist: UUID, lead: UUID) -> None:
    opened = do("17:10", lead, incidents.open_drill.given(type=kind, post=post))
    if not isinstance(opened, IncidentOpened):
        return
    drill = opened.incident
    for minute, step in ((10, 0), (11, 1), (12, 2), (13, 4), (15, 5)):
        by = receptionist if step else lead
        do(f"17:{minute}", by, incidents.tick_step.given(incident=drill, step=step))
    do("17:16", lead, incidents.hear.given(incident=drill))
    do("17:20", lead, incidents.end_drill.given(incident=drill))
    told = "六分钟全部到集合点。灭火器在门后，拿的时候被易拉宝挡住，已挪开。没有派人到路口，下次由晚班去。"
    do("17:25", receptionist, incidents.write_report.given(incident=drill, text=told))
