"""Kinds of request that only these tests know, and short words for asking and deciding."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

from tests.customers.office import Office
from yingbin.approvals import actions
from yingbin.approvals.models import Approval
from yingbin.journal.write import Pen
from yingbin.rules import approvals as rule
from yingbin.rules.approvals import ApprovalKind

FOLLOWED: list[tuple[str, str]] = []


def follows(pen: Pen, row: Approval) -> None:
    """What a wing does once its request is decided."""
    FOLLOWED.append((row.title, row.status))


OVERTIME = ApprovalKind(
    "test_overtime",
    "加班",
    "SC-4.3.9",
    decides="turns.supervise",
    deputies="matters.oversee",
    within=timedelta(hours=2),
    decided=f"{__name__}.follows",
)
VISIT = ApprovalKind(
    "test_visit", "进场", "CV-4", "turns.supervise", within=timedelta(hours=1), lapses=True
)
OUTING = ApprovalKind(
    "test_outing",
    "外出",
    "TQ-7",
    "turns.supervise",
    one_at_a_time=True,
    heard_as="leave",
    back_to="inbox",
    on_yes="早去早回。",
)


@contextmanager
def known() -> Iterator[None]:
    """These kinds, for as long as a test takes."""
    FOLLOWED.clear()
    for kind in (OVERTIME, VISIT, OUTING):
        rule.add_kind(kind)
    yield
    for kind in (OVERTIME, VISIT, OUTING):
        rule.KINDS.pop(kind.id)


def ask(office: Office, by: str = "林悦", kind: str = "test_overtime", **more: object) -> UUID:
    """Somebody asks for overtime, if nothing else is said."""
    told = {"title": "周六晚加班到九点", "words": "客户约了晚上"} | more
    made = office.do(actions.ask, by, kind=kind, **told)
    assert isinstance(made, actions.Asked)
    return made.approval


def decide(office: Office, by: str, one: UUID, *, grant: bool = True, words: str = "") -> Approval:
    """Somebody answers; the row afterwards."""
    office.do(actions.decide, by, approval_id=one, grant=grant, words=words)
    return Approval.objects.get(id=one)
