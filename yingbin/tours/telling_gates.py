"""Who hears of what at the gates: supervisors of clashes and of who overstays, security of breaches."""

from collections.abc import Iterable

from django.urls import reverse

from yingbin.journal.write import Pen
from yingbin.notices.actions import tell
from yingbin.people.models import Staff

from .models import GateDevice


def tell_clashes(pen: Pen, to: Iterable[Staff], device: GateDevice, many: int) -> None:
    """A gate came back on line and some of what it let through would have been answered otherwise."""
    if many:
        tell(
            pen,
            to=[one.id for one in to],
            kind="gate.clash",
            title=f"{device}断线时放行的人里有 {many} 条对不上",
            body="请逐条核对是谁、现在在哪里，写下结果。",
            link=reverse("tours:clashes"),
            urgent=True,
            clause="CV-4.1",
            aloud="门岗有对不上的放行记录",
        )
