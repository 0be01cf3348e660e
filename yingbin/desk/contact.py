"""How residents and other offices reach this one: said to a caller whose matter belongs there."""

from dataclasses import dataclass

from yingbin.people.policies import Policy, declare
from yingbin.rules.decision import Refused


@dataclass(frozen=True)
class Contact:
    """The desk's telephone as people dial it, "" while nobody wrote it down."""

    phone: str = ""


def _check(chosen: Contact) -> None:
    if len(chosen.phone) > 30:
        raise Refused("SD-4.1", "电话最多 30 个字。")


CONTACT = declare(Policy("desk.contact", "管理处的电话", Contact, "SD-4.1", _check))
