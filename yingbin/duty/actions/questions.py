"""客户提问: answered at once, or passed on and tracked until the customer has the answer (SF-4.3.3)."""

from dataclasses import dataclass
from uuid import UUID

from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.matters.actions.steps import open_matter, take
from yingbin.matters.subjects import Subject
from yingbin.people.rows import actor
from yingbin.rules.decision import Refused
from yingbin.rules.matters import Step

from .passing import TO_GALLERY, pass_within
from .referrals import VISIT
from .visits import standing_visit

CLAUSE = "SF-4.3.3"


@dataclass(frozen=True)
class QuestionAsked:
    """A question of a visitor; `open` until they have the answer."""

    matter: UUID
    number: int
    open: bool


@action("duty.ask_question")
def ask_question(
    pen: Pen, *, visit_id: UUID, question: str, answer: str = "", to: str = ""
) -> QuestionAsked:
    """Writes down what a visitor asked.

    answer: what was answered at once, which settles it. to: a person, a department or a role it is passed on to, or
    `gallery` for the sales centre this flat refers to;
    whoever wrote it down remains its owner until that is accepted (SF-4.3.6). Refused without a question, and
    with both or neither.
    """
    visit = standing_visit(pen, visit_id)
    passes = to == TO_GALLERY
    if not question.strip():
        raise Refused(CLAUSE, "请用一句话写下是什么事。", "question")
    if answer.strip() and to:
        raise Refused(CLAUSE, "已经答复的不用再转；不确定的，把答复空着，选转给谁。", "to")
    if not answer.strip() and not to:
        raise Refused(CLAUSE, "写下怎么答复的；不确定的，选转给谁去问。", "answer")
    matter = open_matter(
        pen=pen,
        kind="question",
        title=question,
        owner=actor(pen) or "",
        customer_id=visit.customer_id,
        subject=Subject(VISIT, visit.id),
        offered_to=None if passes else to or None,
        clause=CLAUSE,
    )
    if passes:
        pass_within(pen, matter)
    if answer.strip():
        who, words = str(actor(pen) or ""), answer.strip()[:1000]
        take(pen=pen, matter_id=matter.id, step=Step("answer", who, pen.at, note=words), quiet=True)
        take(pen=pen, matter_id=matter.id, step=Step("tell", who, pen.at), quiet=True)
    return QuestionAsked(matter.id, matter.number, not answer.strip())
