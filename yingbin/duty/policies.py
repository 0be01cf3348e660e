"""What a site chooses of its days on duty: numbers, who gets which line, which gallery; dated, signed, with defaults."""

from dataclasses import asdict, dataclass
from uuid import UUID

from yingbin.people.policies import Policy, declare
from yingbin.rules.decision import Refused
from yingbin.rules.duty.dayfile import read_policy
from yingbin.rules.duty.terms import DutyPolicy
from yingbin.rules.malformed import Malformed


def _check(values: DutyPolicy) -> None:
    try:
        read_policy(asdict(values))
    except Malformed as no:
        raise Refused("SF-4.3.7", f"{no.fault}，请改后再保存。") from None


DUTY = declare(Policy("duty.numbers", "当班时限", DutyPolicy, clause="SF-4.3.7", check=_check))


@dataclass(frozen=True)
class Routes:
    """Who has to accept a line of a kind: a person or a group as `rules.matters` names it, "" for nobody.

    mail: where the report of a damage goes, an address of the developer's department.
    """

    slip: str = "role:lead"
    repair: str = "role:operations_manager"
    damage: str = "role:developer_department"
    mail: str = ""

    def of(self, kind: str) -> str:
        """Whom a line of this kind goes to."""
        return {"slip": self.slip, "repair": self.repair, "damage": self.damage}.get(kind, "")


ROUTES = declare(Policy("duty.routes", "单子转给谁", Routes, clause="SF-4.3.6"))


@dataclass(frozen=True)
class Referring:
    """Where a show flat sends customers who never saw the sales office: a gallery of the project, or nowhere."""

    gallery: UUID | None = None


REFERRING = declare(Policy("duty.referring", "转介到哪个售楼处", Referring, clause="SF-4.3.3"))


@dataclass(frozen=True)
class SignOn:
    """How people sign on and off. code: by the code on the place's screen, so that nobody does so from home.

    Not where a place has no screen: somebody alone at a flat in the morning could read it nowhere.
    """

    code: bool = False


SIGN_ON = declare(Policy("duty.sign_on", "到岗方式", SignOn, clause="SF-4.3.7"))
