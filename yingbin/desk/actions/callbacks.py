"""回访: a resident is called back (SD-4.3). What the contract knows is its event; what was said beside it stands apart."""

from dataclasses import dataclass
from uuid import UUID

from yingbin.journal.action import action
from yingbin.journal.commit import commit_to
from yingbin.journal.write import Pen
from yingbin.people.policy_rows import Plain
from yingbin.rules.decision import Refused

from ..models import CallAnswer, DeskEvent
from .happen import Done, at_the_desk
from .verbs import Happened

# Five points in three words of the contract, so that one tap says both.
SCORES = {5: "satisfied", 4: "satisfied", 3: "fairly", 2: "dissatisfied", 1: "dissatisfied"}


@dataclass(frozen=True)
class Answers:
    """What a resident said. points: 1 to 5; wanted: what was asked of them, in their words (SD-4.4)."""

    points: int
    asked: bool
    wanted: str = ""
    remark: str = ""


@action("desk.call")
def call_back(pen: Pen, *, matter_id: UUID, answers: Answers | None = None) -> Happened:
    """A call to a resident: their answers, or None where nobody was reached. Raises `Refused` as the rules do."""
    writing = at_the_desk(pen)
    if answers is None:
        done = writing.happen("call", matter_id, reached=False)
    else:
        score = SCORES.get(answers.points)
        if score is None:
            raise Refused("SD-4.3", "请问住户打几分，1 到 5 分。", about="points")
        remark = answers.remark.strip() or None
        done = writing.happen(
            "call", matter_id, reached=True, score=score, asked=answers.asked, remark=remark
        )
        _keep(pen, done, answers)
    return Happened(done.row.matter_id, done.because)


def _keep(pen: Pen, done: Done, said: Answers) -> None:
    """The answers beside the event; the journal keeps no more of what was asked than a commitment."""
    event = DeskEvent.objects.get(matter=done.row, index=done.row.events - 1)
    wanted = said.wanted.strip()[:1000] if said.asked else ""
    kept = commit_to(wanted=wanted)
    body: Plain = {
        "matter": str(done.row.matter_id), "index": event.index, "points": said.points, "words": kept.words,
    }  # fmt: skip
    line = pen.append("desk.called", body, clause="SD-4.4")
    CallAnswer.objects.create(
        site_id=pen.site_id, matter=done.row, event=event, seq=line.seq, at=event.at, by=event.by,
        points=said.points, asked=said.asked, wanted=wanted, salt=kept.salt if wanted else "",
        told=[UUID(one.to) for one in done.told if one.notice == "asked"],
    )  # fmt: skip
