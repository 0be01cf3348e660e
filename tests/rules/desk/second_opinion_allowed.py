"""Which events the rules of the desk accept: one question for each, for the second opinion."""

from collections.abc import Callable

from .second_opinion_desk import Desk, Matter
from .second_opinion_file import SEVERITIES, Event


def owning(desk: Desk, m: Matter, by: str) -> bool:
    """O: the owner or somebody in charge."""
    return by == m.owner or desk.in_charge(by)


def busy(desk: Desk, m: Matter, by: str) -> bool:
    """B: the owner, the holder or somebody in charge."""
    return by == m.holder or owning(desk, m, by)


def desk_or_busy(desk: Desk, m: Matter, by: str) -> bool:
    """D: any clerk or B."""
    return by in desk.people.clerks or busy(desk, m, by)


def respond(desk: Desk, m: Matter, e: Event) -> bool:
    fresh = m.state == "new" if m.kind == "complaint" else True
    return busy(desk, m, e.by) and m.unsolved and not m.responded and fresh


def in_scope(desk: Desk, m: Matter, e: Event) -> bool:
    """A given scope lists the department under the subject of a help request."""
    scope = desk.policy.scope
    return scope is None or m.kind != "help" or e.texts["to"] in scope.get(m.subject, [])


def to_supervisor(desk: Desk, m: Matter, e: Event) -> bool:
    """Too many hand-offs: the offer goes to the supervisor."""
    return m.hand_offs >= desk.policy.free_hand_offs and not desk.in_charge(e.by)


def offer_but_scope(desk: Desk, m: Matter, e: Event) -> bool:
    """All that an offer needs but its scope."""
    to = e.texts["to"]
    if not busy(desk, m, e.by) or not m.unsolved or m.offer is not None:
        return False
    if to not in desk.people.departments or desk.department(m.holder) == to:
        return False
    return not (to_supervisor(desk, m, e) and m.holder == desk.people.supervisor)


def offer(desk: Desk, m: Matter, e: Event) -> bool:
    return offer_but_scope(desk, m, e) and in_scope(desk, m, e)


def decline(desk: Desk, m: Matter, e: Event) -> bool:
    return m.offer is not None and desk.department(e.by) == m.offer


def accept(desk: Desk, m: Matter, e: Event) -> bool:
    return m.offer is not None and (e.by == m.offer or desk.department(e.by) == m.offer)


def withdraw(desk: Desk, m: Matter, e: Event) -> bool:
    return busy(desk, m, e.by) and m.offer is not None


def assign(desk: Desk, m: Matter, e: Event) -> bool:
    to, owner = e.texts["to"], e.texts.get("as", "holder") == "owner"
    if not m.open or not desk.known(to) or to == (m.owner if owner else m.holder):
        return False
    if desk.in_charge(e.by):
        return desk.desk_people(to) if owner else True
    if owner:
        return e.by == m.owner and to in desk.people.clerks
    department = desk.department(m.holder)
    return (
        department is not None and e.by == desk.head(m.holder) and desk.department(to) == department
    )


def take(desk: Desk, m: Matter, e: Event) -> bool:
    return e.by in desk.people.clerks and m.open and m.owner in desk.people.guards


def arrive(desk: Desk, m: Matter, e: Event) -> bool:
    return e.by == m.holder and m.kind in ("help", "paid") and m.state == "new"


def quote(desk: Desk, m: Matter, e: Event) -> bool:
    return busy(desk, m, e.by) and m.kind == "paid" and m.state in ("new", "arrived", "working")


def agree(desk: Desk, m: Matter, e: Event) -> bool:
    if not desk_or_busy(desk, m, e.by):
        return False
    if m.kind == "complaint":
        return m.state == "told"
    waiting = m.quote is not None and not m.quote_accepted
    return m.kind == "paid" and m.unsolved and waiting and e.numbers.get("amount") == m.quote


def start(desk: Desk, m: Matter, e: Event) -> bool:
    return e.by == m.holder and m.kind == "paid" and m.state == "arrived" and m.quote_accepted


def done(desk: Desk, m: Matter, e: Event) -> bool:
    if e.by != m.holder:
        return False
    if m.kind == "help":
        return m.state == "arrived"
    signed = e.flags.get("signed", False) and e.numbers.get("amount") == m.quote
    return m.kind == "paid" and m.state == "working" and signed


def analyse(desk: Desk, m: Matter, e: Event) -> bool:
    return busy(desk, m, e.by) and m.kind == "suggestion" and m.state == "new"


def report(desk: Desk, m: Matter, e: Event) -> bool:
    if not busy(desk, m, e.by) or m.kind != "suggestion" or m.state not in ("analysed", "reported"):
        return False
    return m.offer is None and m.holder != desk.people.manager


def assess(desk: Desk, m: Matter, e: Event) -> bool:
    lighter = m.kind == "complaint" and SEVERITIES.index(e.texts["severity"]) < SEVERITIES.index(
        m.grade
    )
    allowed = desk.in_charge(e.by) if lighter else owning(desk, m, e.by)
    return (
        allowed
        and m.kind == "complaint"
        and m.state in ("acknowledged", "assessed", "investigated")
    )


def investigate(desk: Desk, m: Matter, e: Event) -> bool:
    return busy(desk, m, e.by) and m.kind == "complaint" and m.state == "assessed"


def answer(desk: Desk, m: Matter, e: Event) -> bool:
    if not (desk.in_charge(e.by) if m.state == "reported" else busy(desk, m, e.by)):
        return False
    if m.kind == "help":
        scope = desk.policy.scope
        return m.state == "new" and scope is not None and m.subject not in scope
    states = {
        "enquiry": ["new"],
        "suggestion": ["analysed", "reported"],
        "complaint": ["investigated"],
    }
    return m.state in states.get(m.kind, [])


def tell(desk: Desk, m: Matter, e: Event) -> bool:
    return owning(desk, m, e.by) and m.state in ("solved", "proposed")


def conclude(desk: Desk, m: Matter, e: Event) -> bool:
    return e.by == desk.people.manager and m.kind == "complaint" and m.state == "told"


def pause(desk: Desk, m: Matter, e: Event) -> bool:
    if not busy(desk, m, e.by) or not m.open or m.paused is not None or m.offer is not None:
        return False
    responding = any(c.name == "respond" and c.how == "running" for c in m.clocks)
    return not responding and m.paused_for < desk.policy.pause_cap * 60


def resume(desk: Desk, m: Matter, e: Event) -> bool:
    return busy(desk, m, e.by) and m.paused is not None


def grade_at_begin(desk: Desk, m: Matter, kind: str, urgent: bool | None) -> str:
    """The grade of help or paid service, or of another kind that has none, as it begins."""
    if kind not in ("help", "paid"):
        return "normal"
    if urgent is None:
        urgent = kind == "help" and m.subject in desk.policy.urgent_subjects
    return "urgent" if urgent else "normal"


def change(desk: Desk, m: Matter, e: Event) -> bool:
    kind, urgent = e.texts.get("kind", m.kind), e.flags.get("urgent")
    if not owning(desk, m, e.by) or not m.unsolved:
        return False
    if kind == m.kind:
        if kind not in ("help", "paid") or urgent is None or urgent == (m.grade == "urgent"):
            return False
        lighter = not urgent
    else:
        becomes_normal = kind != "complaint" and grade_at_begin(desk, m, kind, urgent) == "normal"
        lighter = m.kind == "complaint" or (m.grade == "urgent" and becomes_normal)
    return desk.in_charge(e.by) or not lighter


def cancel(desk: Desk, m: Matter, e: Event) -> bool:
    allowed = desk.in_charge(e.by) if m.kind == "complaint" else desk_or_busy(desk, m, e.by)
    if not allowed or not m.open:
        return False
    if e.texts["reason"] == "withdrawn":
        return True
    other = desk.matters.get(e.texts["of"])
    return (
        other is not None and other is not m and other.home == m.home and other.state != "cancelled"
    )


def reopen(desk: Desk, m: Matter, e: Event) -> bool:
    return desk_or_busy(desk, m, e.by) and m.state == "closed"


def reduce(desk: Desk, m: Matter, e: Event) -> bool:
    approver = e.texts["approved_by"]
    approved = desk.in_charge(approver) and approver != e.by
    return desk_or_busy(desk, m, e.by) and e.numbers["amount"] <= m.amount and approved


def call(desk: Desk, m: Matter, e: Event) -> bool:
    callers = [*desk.people.clerks, desk.people.supervisor, desk.people.manager]
    free = [name for name in callers if name not in m.handled] or [desk.people.manager]
    if not m.call_due or e.by not in free:
        return False
    unhappy = e.flags["reached"] and e.texts["score"] == "dissatisfied"
    return not unhappy or "remark" in e.texts


ALLOWED: dict[str, Callable[[Desk, Matter, Event], bool]] = {
    question.__name__: question
    for question in (
        *(
            respond,
            offer,
            accept,
            decline,
            withdraw,
            assign,
            take,
            arrive,
            quote,
            agree,
            start,
            done,
            analyse,
        ),
        *(
            report,
            assess,
            investigate,
            answer,
            tell,
            conclude,
            pause,
            resume,
            change,
            cancel,
            reopen,
            reduce,
        ),
        call,
    )
}
