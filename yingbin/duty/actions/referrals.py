"""转介: who never saw the sales office keeps in touch and is sent into the gallery's queue (SF-4.3.3).

Two places, so three writes under keys made of the first: asked at the flat, queued at the gallery by the gallery's own
action, settled at the flat. Whatever breaks in between, the tick takes it up again, and nobody stands in the queue twice.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from yingbin.customers.queries import card, first_phone
from yingbin.gallery.actions.referral import Referred, refer_visitor
from yingbin.journal.action import Acting, action
from yingbin.journal.write import KeyReused, Pen
from yingbin.matters.actions.steps import open_matter
from yingbin.matters.subjects import Subject
from yingbin.people.models import Site
from yingbin.people.rows import actor
from yingbin.rules.decision import Refused

from ..models import ShowVisit, VisitReferral
from ..queries.visits import gallery_of
from .visits import standing_visit

CLAUSE = "SF-4.3.3"
VISIT = "duty.visit"
KEPT = VisitReferral.State.KEPT
NO_GALLERY = "还没有设对接的售楼处"
CHANGED = "转介时客人的资料正在改，请打电话向售楼处核实"


@dataclass(frozen=True)
class Sent:
    """What became of a referral. receiver: who receives at the gallery, None while all are busy there."""

    state: str
    receiver: UUID | None = None
    number: int | None = None
    because: str = ""


@action("duty.ask_referral")
def ask_referral(pen: Pen, *, visit_id: UUID) -> UUID:
    """The visitor is to be sent to the sales office; the referral's id. Refused without a number to call."""
    visit = standing_visit(pen, visit_id)
    if visit.been_to_sales:
        raise Refused(CLAUSE, "这批客人到过售楼处了，由原来的置业顾问接着接待，不用转介。")
    if visit.customer_id is None or not first_phone(pen.site_id, visit.customer_id):
        raise Refused(CLAUSE, "先留下客人的电话，再转到售楼处。", "phone")
    if VisitReferral.objects.filter(visit=visit).exists():
        raise Refused(CLAUSE, "这批客人已经转过售楼处了，不用再转。")
    gallery = gallery_of(pen.site_id, pen.at)
    who = actor(pen)
    assert who is not None
    row = VisitReferral(
        site_id=pen.site_id,
        visit=visit,
        gallery_id=gallery.id if gallery else None,
        state=VisitReferral.State.ASKED,
        at=pen.at,
        by=who,
    )
    body = {"guests": str(visit.id), "gallery": str(gallery.id) if gallery else None}
    row.seq = pen.append("duty.referral", body, clause=CLAUSE).seq
    row.save(force_insert=True)
    return row.id


@action("duty.settle_referral")
def settle_referral(
    pen: Pen, *, referral: UUID, sent: Sent, gallery_visit: UUID | None = None
) -> Sent:
    """What the gallery answered; where it takes nobody now, the contact becomes a follow-up of whoever asked."""
    row = VisitReferral.objects.select_related("visit").get(site_id=pen.site_id, id=referral)
    if row.state != VisitReferral.State.ASKED:
        return Sent(row.state, row.receiver, row.gallery_number, row.because)
    row.state, row.receiver, row.gallery_number = sent.state, sent.receiver, sent.number
    row.gallery_visit, row.because, row.settled_at = gallery_visit, sent.because[:300], pen.at
    if sent.state == VisitReferral.State.KEPT:
        row.matter_id = _follow_up(pen, row)
    body = {
        "guests": str(row.visit_id),
        "state": str(row.state),
        "gallery_visit": str(gallery_visit) if gallery_visit else None,
        "receiver": str(row.receiver) if row.receiver else None,
        "matter": str(row.matter_id) if row.matter_id else None,
    }
    pen.append("duty.referral_settled", body, clause=CLAUSE)
    row.save()
    return sent


def _follow_up(pen: Pen, row: VisitReferral) -> UUID:
    return open_matter(
        pen=pen,
        kind="follow_up",
        title=f"样板间客人待推荐到售楼处（{row.visit.day:%m-%d} 第 {row.visit.number} 批）",
        detail=row.because,
        owner=row.by,
        customer_id=row.visit.customer_id,
        subject=Subject(VISIT, row.visit_id),
        clause=CLAUSE,
    ).id


def send_over(acting: Acting, *, visit_id: UUID) -> Sent:
    """Asks, queues at the gallery and settles; the same key again answers the same. Raises `Refused`."""
    referral = ask_referral(acting, visit_id=visit_id)
    return carry_out(acting.site_id, referral, acting.at)


def carry_out(site_id: UUID, referral: UUID, at: datetime) -> Sent:
    """The second and third write of a referral that was asked for; twice does them once."""
    row = VisitReferral.objects.select_related("visit").get(site_id=site_id, id=referral)
    acting = Acting(site_id, f"referral-{referral}", row.by, at)
    if row.gallery_id is None:
        return settle_referral(acting, referral=referral, sent=Sent(KEPT, because=NO_GALLERY))
    try:
        done = _queue(replace(acting, site_id=row.gallery_id), row.visit)
    except KeyReused:
        return settle_referral(acting, referral=referral, sent=Sent(KEPT, because=CHANGED))
    except Refused as no:
        return settle_referral(acting, referral=referral, sent=Sent(KEPT, because=no.message))
    said = "客人已经自己到了售楼处" if done.was_there else ""
    sent = Sent(VisitReferral.State.QUEUED, done.receiver, done.number, said)
    return settle_referral(acting, referral=referral, sent=sent, gallery_visit=done.visit)


def _queue(at_gallery: Acting, visit: ShowVisit) -> Referred:
    """The gallery's own action, told what the card here says."""
    assert visit.customer_id is not None
    known = card(visit.site_id, visit.customer_id)
    return refer_visitor(
        at_gallery,
        name=known.name if known else "",
        phone=first_phone(visit.site_id, visit.customer_id),
        size=visit.group_size,
        flat=Site.objects.values_list("short_name", flat=True).get(id=visit.site_id),
    )
