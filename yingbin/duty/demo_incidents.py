"""What a demo's past has of disruptions and drills: somebody who was talked to, and a fire drill with its report."""

from collections.abc import Callable
from uuid import UUID

from yingbin.journal.action import Deed

from .actions import cases, incidents
from .actions.cases import CaseOpened
from .actions.incidents import IncidentOpened

DISRUPTED, DRILLED = 3, 5  # on which of the days played
# Does something at an hour of the day, by somebody; None where that hour hasn't come yet.
Do = Callable[[str, UUID, Deed[object]], object]


def play_incidents(do: Do, number: int, post: UUID, receptionist: UUID, lead: UUID) -> None:
    """The afternoon of these two days."""
    if number == DISRUPTED:
        _talked_to(do, post, receptionist, lead)
    elif number == DRILLED:
        _drilled(do, post, receptionist, lead)


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


def _drilled(do: Do, post: UUID, receptionist: UUID, lead: UUID) -> None:
    opened = do("17:10", lead, incidents.open_drill.given(type="火情", post=post))
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
