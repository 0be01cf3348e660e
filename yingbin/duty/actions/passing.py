"""A visitor's question goes to the gallery that the flat refers to, and its answer comes back (SF-4.3.3).

Two places, so each step is a write of its own under a key made of the question: asked at the flat, opened at the
gallery, noted at the flat; answered at the gallery, carried back, closed there. Whatever breaks in between, the tick
takes it up again and nothing is done twice.
"""

from datetime import datetime
from uuid import UUID

from yingbin.journal.action import Acting, action
from yingbin.journal.write import Pen
from yingbin.matters.actions.steps import open_matter, take
from yingbin.matters.models import Matter, MatterStep
from yingbin.matters.privacy import empty, empty_steps
from yingbin.matters.subjects import Subject
from yingbin.matters.words import link_to
from yingbin.notices.actions import tell
from yingbin.people.models import Site
from yingbin.people.queries import names_of, staff_with_role
from yingbin.people.rows import actor
from yingbin.rules.decision import Refused
from yingbin.rules.matters import Step

from ..models import PassedQuestion
from ..queries.visits import gallery_of

CLAUSE = "SF-4.3.3"
PASSED = "duty.passed_question"
TO_GALLERY = "gallery"
NOBODY = "售楼处现在没有销售经理"
State = PassedQuestion.State


def pass_within(pen: Pen, matter: Matter) -> PassedQuestion:
    """The question is to go to the gallery, inside the write that asks it. Refused where the flat has chosen none."""
    gallery, who = gallery_of(pen.site_id, pen.at), actor(pen)
    if gallery is None:
        raise Refused(CLAUSE, "还没有设对接的售楼处，请选一位同事或部门。", about="to")
    assert who is not None
    row = PassedQuestion(
        site_id=pen.site_id, matter=matter, gallery_id=gallery.id, at=pen.at, by=who
    )
    body = {"passing": str(row.id), "matter": str(matter.id), "gallery": str(gallery.id)}
    row.seq = pen.append("duty.question_passed", body, clause=CLAUSE).seq
    row.save(force_insert=True)
    return row


@action("duty.take_question")
def take_question(pen: Pen, *, passing: UUID, question: str, flat: str) -> UUID:
    """At the gallery: a question of a show flat's visitor, owned by the sales manager; the matter's id."""
    managers = list(staff_with_role(pen.site_id, "sales_manager", pen.at).order_by("pinyin", "id"))
    if not managers:
        raise Refused(CLAUSE, f"{NOBODY}。")
    detail = f"{flat}的客人问的。写下答复就会转回样板间，由那边的接待员告诉客人。"
    return open_matter(
        pen=pen, kind="question", title=question, detail=detail, owner=managers[0].id,
        subject=Subject(PASSED, passing), clause=CLAUSE,
    ).id  # fmt: skip


@action("duty.settle_question")
def settle_question(
    pen: Pen, *, passing: UUID, state: str, gallery_matter: UUID | None = None, answer: str = ""
) -> None:
    """At the flat: what became of it at the gallery; an answer is written to the question, which waits to be told."""
    row = PassedQuestion.objects.select_related("matter").get(site_id=pen.site_id, id=passing)
    if row.state in (state, State.ANSWERED, State.KEPT):
        return
    row.state, row.gallery_matter = state, gallery_matter or row.gallery_matter
    there = str(row.gallery_matter) if row.gallery_matter else None
    body = {"passing": str(row.id), "state": state, "gallery_matter": there}
    pen.append("duty.question_settled", body, clause=CLAUSE)
    row.save(update_fields=["state", "gallery_matter"])
    matter = row.matter
    if matter.closed_at is not None:
        return
    if state == State.ANSWERED:
        step = Step("answer", str(matter.owner_id), pen.at, note=answer[:1000])
        take(pen=pen, matter_id=matter.id, step=step, quiet=True)
        _tell_owner(pen, matter, "售楼处答复了，请告诉客人", answer[:200])
    elif state == State.KEPT:
        _tell_owner(pen, matter, "售楼处没有接这个问题", "问题还由您负责，请另外找人问。")


def _tell_owner(pen: Pen, matter: Matter, title: str, body: str) -> None:
    if matter.owner_id is None:
        return
    told = f"{title}：{matter.title}"
    tell(pen, to=[matter.owner_id], kind="duty.guests", title=told, body=body, link=link_to(matter.id), clause=CLAUSE)  # fmt: skip


@action("duty.return_question")
def return_question(pen: Pen, *, matter: UUID) -> None:
    """At the gallery: the answer is back at the flat, so it is done here; twice does it once."""
    row = Matter.objects.filter(site_id=pen.site_id, id=matter, closed_at__isnull=True).first()
    if row is not None:
        take(pen=pen, matter_id=row.id, step=Step("tell", str(row.owner_id), pen.at), quiet=True)


@action("duty.forget_question")
def forget_question(pen: Pen, *, matter: UUID, flat: str) -> None:
    """At the gallery: the visitor asked the flat to be forgotten, so the question and every answer to it are emptied.

    One that still waits is taken back, and its owner hears why. Twice does it once (TQ-11).
    """
    row = Matter.objects.filter(site_id=pen.site_id, id=matter).first()
    if row is None:
        return
    steps = MatterStep.objects.filter(matter=row).exclude(note="")
    rows = sorted(str(one) for one in (row.id, *steps.values_list("id", flat=True)))
    empty_steps(steps)
    empty(pen, [row.id])
    pen.append("duty.words_erased", {"erased_rows": rows, "because": "customer"})
    if row.closed_at is not None:
        return
    step = Step("cancel", str(actor(pen) or ""), pen.at, note=f"{flat}的客人要求删除资料。")
    take(pen=pen, matter_id=row.id, step=step, quiet=True)
    told = f"{flat}转来的 {row.number} 号问题撤回了，不用再答复"
    people = [row.owner_id] if row.owner_id else []
    tell(pen, to=people, kind="duty.guests", title=told, body="那位客人要求删除资料。")


@action("duty.question_forgotten")
def question_forgotten(pen: Pen, *, passing: UUID) -> None:
    """At the flat: the words at the gallery are gone, or never got there."""
    row = PassedQuestion.objects.get(site_id=pen.site_id, id=passing)
    row.forget = PassedQuestion.Forget.DONE
    body = {"passing": str(row.id), "forget": row.forget}
    if row.state in (State.ASKED, State.PASSED):
        row.state = State.KEPT
        body["state"] = row.state
    pen.append("duty.question_forget", body)
    row.save(update_fields=["forget", "state"])


def let_go(row: PassedQuestion, at: datetime) -> None:
    """The writes of a question whose words are to go at the gallery too."""
    if row.gallery_matter is not None:
        there = Acting(row.gallery_id, f"question-{row.id}-forget", str(row.by), at)
        flat = Site.objects.values_list("short_name", flat=True).get(id=row.site_id)
        forget_question(there, matter=row.gallery_matter, flat=flat)
    question_forgotten(
        Acting(row.site_id, f"question-{row.id}-forgot", "clock", at), passing=row.id
    )


def go_on(row: PassedQuestion, at: datetime) -> bool:
    """The next writes of a question that is under way; whether there was anything to do."""
    if row.state == State.ASKED:
        _to_gallery(row, at)
        return True
    if row.gallery_matter is None:
        return False
    there = Matter.objects.get(site_id=row.gallery_id, id=row.gallery_matter)
    said = MatterStep.objects.filter(matter=there, verb="answer").order_by("index").last()
    if said is None and there.closed_at is None:
        return False
    # A step is witnessed as its writer's: the answer is noted for whoever owns the question, with the name of who gave it.
    here = Acting(row.site_id, f"question-{row.id}-back", str(row.matter.owner_id or row.by), at)
    if said is None:
        settle_question(here, passing=row.id, state=State.KEPT)
        return True
    answer = f"{_place_of(row)}{_name_of(said)}：{said.note}"
    settle_question(here, passing=row.id, state=State.ANSWERED, answer=answer)
    done = Acting(row.gallery_id, f"question-{row.id}-done", str(there.owner_id), at)
    return_question(done, matter=there.id)
    return True


def _place_of(row: PassedQuestion) -> str:
    return Site.objects.values_list("short_name", flat=True).get(id=row.gallery_id)


def _name_of(said: MatterStep) -> str:
    return names_of([said.by]).get(str(said.by), "") if said.by else ""


def _to_gallery(row: PassedQuestion, at: datetime) -> None:
    flat = Site.objects.values_list("short_name", flat=True).get(id=row.site_id)
    there = Acting(row.gallery_id, f"question-{row.id}", str(row.by), at)
    here = Acting(row.site_id, f"question-{row.id}", "clock", at)
    try:
        matter = take_question(there, passing=row.id, question=row.matter.title, flat=flat)
    except Refused:
        settle_question(here, passing=row.id, state=State.KEPT)
    else:
        settle_question(here, passing=row.id, state=State.PASSED, gallery_matter=matter)


@action("duty.flat_refers")
def flat_refers(pen: Pen, *, flat: str, since: datetime) -> None:
    """At the gallery: a show flat sends its visitors and questions here from now on; the manager is told."""
    tell(
        pen,
        to=[one.id for one in staff_with_role(pen.site_id, "sales_manager", pen.at)],
        kind="duty.guests",
        title=f"{flat}把客人转介到这里",
        body="没到过售楼处的客人会排进这里的队，客人的问题会转来，每天的接待记录表在这里对接。",
        link="/duty/guests/from-flats/",
        clause=CLAUSE,
    )
