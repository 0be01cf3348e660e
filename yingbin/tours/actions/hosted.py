"""A visit that is being prepared, inside a write: who may, what is written down, which task of its plan it completes."""

from collections.abc import Mapping
from uuid import UUID

from yingbin.journal.commit import committed, new_salt
from yingbin.journal.write import Pen
from yingbin.people.policy_rows import Plain
from yingbin.people.rows import actor
from yingbin.rules.decision import Refused
from yingbin.rules.times import written
from yingbin.rules.tours import plan
from yingbin.rules.tours.visitfile import RECEPTION

from .. import folding, names
from ..hosting import Hosting, hosting_of
from ..models import HostingEvent
from ..words import TASK_WORDS
from .happen import NOT_HERE, Writing, at_reception

LONGEST = 600
OVER = "这次来访已经结束或取消，不用再准备。"


class Preparation:
    """A visit and its hosting of now. Raises `Refused` where there is none here, or it has ended.

    writing: the house, where this write has it already.
    """

    def __init__(self, pen: Pen, visit_id: UUID, writing: Writing | None = None) -> None:
        self.pen, self.writing = pen, writing or at_reception(pen)
        row = self.writing.rows.get(str(visit_id))
        if row is None:
            gone = folding.row_of(pen.site_id, visit_id) is not None
            raise Refused(None, OVER if gone else NOT_HERE)
        self.row, self.visit = row, self.writing.house.visits[str(visit_id)]
        self.company = self.writing.stands.company
        if self.visit.ended:
            raise Refused(None, OVER)
        self.events = list(HostingEvent.objects.filter(visit=row).order_by("index"))

    @property
    def hosting(self) -> Hosting:
        """What is prepared so far."""
        return hosting_of(self.events)

    def clause(self, task: str) -> str:
        """The clause that a task stands under."""
        return plan.clause_of(self.visit, task)

    def has_task(self, task: str) -> None:
        """Refuses what the visit's plan doesn't have."""
        if not plan.in_plan(self.visit, self.company, task):
            raise Refused(None, f"这次来访的接待方案里没有{TASK_WORDS[task]}这一项。")

    def owns(self, task: str) -> None:
        """Refuses a task that the plan doesn't have, and whoever isn't of the department whose task it is."""
        self.has_task(task)
        owner = plan.owner_of(self.visit, task)
        if not self.company.belongs(self.pen.by, owner):
            words = f"{TASK_WORDS[task]}由{names.DEPARTMENTS[owner]}办，请他们来填。"
            raise Refused(self.clause(task), words)

    @property
    def is_reception(self) -> bool:
        """Whether whoever writes is of the reception department."""
        return self.company.belongs(self.pen.by, RECEPTION)

    def write(
        self, kind: str, clause: str, fields: Mapping[str, object], words: dict[str, str] | None = None, mark: str = ""
    ) -> HostingEvent:  # fmt: skip
        """One fact more: its row, the journal's line."""
        said = {name: text.strip()[:LONGEST] for name, text in (words or {}).items()}
        said = {name: text for name, text in said.items() if text}
        salt = new_salt() if said else ""
        index, at = len(self.events), self.writing.at
        body: Plain = {
            "visit": str(self.row.id), "index": index, "kind": kind, "at": written(at), "fields": fields,
        }  # fmt: skip
        body |= {"words": committed(said, salt)} if said else {}
        body |= {"mark": mark} if mark else {}
        line = self.pen.append("tours.hosting", body, clause=clause)
        event = HostingEvent.objects.create(
            site_id=self.pen.site_id, visit=self.row, index=index, seq=line.seq, at=at,
            by=actor(self.pen), kind=kind, fields=fields, words=said, salt=salt, mark=mark,
        )  # fmt: skip
        self.events.append(event)
        return event

    def complete(self, task: str, **told: object) -> None:
        """The task of the plan is done with it, as the rules decide; not where it was done so before. Raises `Refused`."""
        said = str(told.get("who") or told.get("serve") or "")
        if self.visit.done.get(task) != said:
            facts = {"by": self.pen.by, **told}
            self.writing.happen("task", self.row.id, task=task, **facts)
