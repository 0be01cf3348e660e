"""What a headquarters chooses for its visitors: who decides which area, rooms, who speaks for the company, the packs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from yingbin.people.policies import Policy, declare
from yingbin.people.policy_rows import Plain
from yingbin.rules.decision import Refused
from yingbin.rules.malformed import Malformed
from yingbin.rules.tours.pack import read_packs

# The text's own rules, and what the trade commonly does: groups three days ahead, official visits and key accounts one
# day, others on the day by telephone, a small group by an approver's word. Both are dated; a change is a new version.
PACKS: Mapping[str, Plain] = {
    "text": {},
    "trade": {
        "lead_days": {"general": 3, "important": 3, "key_account": 1, "institution": 1},
        "grounds": {"small_group": "exception", "late": "exception"},
        "company_approval": ["key_account", "institution"],
        "area_hours": 8,
        "company_hours": 8,
    },
}
PACK_WORDS = {"text": "制度原文", "trade": "行业通行做法"}
SHIPPED_FROM = date(2020, 1, 1)


@dataclass(frozen=True)
class AreaChoice:
    """Who answers for an area (`reception`, `administration`, or a department's id), how many it holds at a time."""

    department: str
    capacity: int | None = None
    key: bool = False
    closed_to: tuple[str, ...] = ()


@dataclass(frozen=True)
class RoomChoice:
    """A room for guests."""

    room: str
    capacity: int


@dataclass(frozen=True)
class TourCompany:
    """The house that receives. approvers, seniors: ids of people; nobody named: whoever is a leader of the company.

    souvenirs: how many were ever supplied. circles: trades whose companies compete with one another.
    directions: how one gets there, bring: what to bring, as the visitor's page says it in each language; where
    nothing is said of what to bring, the program says the usual.
    """

    areas: dict[str, AreaChoice] = field(default_factory=dict)
    rooms: tuple[RoomChoice, ...] = ()
    approvers: tuple[str, ...] = ()
    seniors: tuple[str, ...] = ()
    souvenirs: int = 0
    circles: tuple[str, ...] = ()
    directions: str = ""
    directions_en: str = ""
    bring: str = ""
    bring_en: str = ""


@dataclass(frozen=True)
class PackChoice:
    """A pack from a day on. base: the shipped one it was made of; values: as the contract has them."""

    version: str
    since: date
    base: str = "text"
    values: dict[str, object] = field(default_factory=dict)

    @property
    def plain(self) -> Plain:
        """As the contract writes it."""
        return {**self.values, "version": self.version, "from": self.since.isoformat()}


@dataclass(frozen=True)
class TourPacks:
    """All packs, the earliest first; those that held stay for ever, for visits were judged by them."""

    packs: tuple[PackChoice, ...] = (PackChoice("1", SHIPPED_FROM),)


def _rooms_once(values: TourCompany) -> None:
    names = [one.room for one in values.rooms]
    if len(set(names)) < len(names):
        raise Refused("CV-3.2.2", "有房间写了两次，请改名或删掉一个。", about="rooms")


def _readable(values: TourPacks) -> None:
    try:
        read_packs([one.plain for one in values.packs])
    except Malformed as no:
        raise Refused("CV-2", f"规则包填得不对：{no.fault}。", about="values") from None
    if any(one.since >= two.since for one, two in pairwise(values.packs)):
        raise Refused("CV-2", "两版规则不能从同一天开始。", about="since")


COMPANY = declare(Policy("tours.company", "参观接待", TourCompany, "CV-2", check=_rooms_once))
TOUR_PACKS = declare(Policy("tours.packs", "参观规则", TourPacks, "CV-2", check=_readable))
