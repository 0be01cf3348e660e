"""The numbers of a site's days on duty: dated, signed, the contract's defaults while nobody chose."""

from dataclasses import asdict

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
