"""What an accepted event does, one function for each, for the second opinion."""

from collections.abc import Callable

from .second_opinion_allowed import grade_at_begin, to_supervisor
from .second_opinion_desk import Desk, Matter
from .second_opinion_file import SEVERITIES, Event

DAY = 86_400


def hold(m: Matter, owner: str | None = None, holder: str | None = None) -> None:
    """A new owner, a new holder; who ever was one has handled the matter."""
    m.owner, m.holder = owner or m.owner, holder or m.holder
    m.handled |= {m.owner, m.holder}


def start_row(desk: Desk, m: Matter) -> None:
    """The matter stands at its beginning, with the clocks of its row."""
    m.state, m.responded, m.quote, m.quote_accepted = "new", False, None, False
    desk.start(m, ["respond", "arrive", "solve"])


def begin(desk: Desk, m: Matter, urgent: bool | None) -> None:
    """Grade and link of a matter that begins; a repeated complaint is told."""
    m.linked, m.grade = None, grade_at_begin(desk, m, m.kind, urgent)
    if m.kind != "complaint":
        return
    m.grade = "minor"
    for other in desk.matters.values():
        same = other.kind == "complaint" and (other.home, other.subject) == (m.home, m.subject)
        recent = desk.now - other.recorded <= desk.policy.repeat_days * DAY
        if other is not m and same and recent and other.state != "cancelled":
            m.linked, m.grade = other.id, SEVERITIES[min(2, SEVERITIES.index(other.grade) + 1)]
    if m.linked:
        desk.tell("repeat", m, [desk.people.supervisor])
    if m.grade == "grave":
        desk.tell("grave", m, [desk.people.manager])


def record(desk: Desk, e: Event) -> None:
    """A matter is there."""
    m = Matter(e.matter, e.at, e.texts["home"], e.texts["subject"], e.texts["kind"], e.by, e.by)
    m.handled.add(e.by)
    desk.matters[m.id] = m
    begin(desk, m, e.flags.get("urgent"))
    if "answer" in e.texts:
        desk.close(m)
    else:
        start_row(desk, m)


def respond(desk: Desk, m: Matter, e: Event) -> None:
    m.responded = True
    desk.end(m, "met", ["respond"])
    if m.kind == "complaint":
        m.state = "acknowledged"


def offer(desk: Desk, m: Matter, e: Event) -> None:
    m.offer = desk.people.supervisor if to_supervisor(desk, m, e) else e.texts["to"]
    m.offered_by = e.by
    desk.start(m, ["accept"])
    desk.tell("offered", m, [m.offer])


def accept(desk: Desk, m: Matter, e: Event) -> None:
    m.hand_offs += 1
    desk.end_offer(m, "met")
    hold(m, holder=e.by)
    desk.tell("accepted", m, [m.offered_by])


def decline(desk: Desk, m: Matter, e: Event) -> None:
    m.hand_offs += 1
    desk.end_offer(m, "met")
    desk.tell("declined", m, [m.offered_by])


def withdraw(desk: Desk, m: Matter, e: Event) -> None:
    desk.tell("ended", m, [desk.end_offer(m)])


def assign(desk: Desk, m: Matter, e: Event) -> None:
    owner, holder, to = m.owner, m.holder, e.texts["to"]
    if desk.in_charge(e.by):
        m.hand_offs += 1
    if e.texts.get("as") == "owner":
        hold(m, owner=to, holder=to if owner == holder else None)
    else:
        hold(m, holder=to)
        desk.tell("ended", m, [desk.end_offer(m)])
    desk.tell("assigned", m, [to, holder, owner])


def take(desk: Desk, m: Matter, e: Event) -> None:
    owner, holder = m.owner, m.holder
    hold(m, owner=e.by, holder=e.by if owner == holder else None)
    desk.tell("assigned", m, [e.by, holder, owner])


def arrive(desk: Desk, m: Matter, e: Event) -> None:
    m.state, m.responded = "arrived", True
    desk.end(m, "met", ["respond", "arrive"])


def quote(desk: Desk, m: Matter, e: Event) -> None:
    m.quote, m.quote_accepted = e.numbers["amount"], False
    if m.state == "working":
        m.state = "arrived"


def agree(desk: Desk, m: Matter, e: Event) -> None:
    agreed = e.flags["agreed"]
    if m.kind == "paid":
        m.quote, m.quote_accepted = m.quote if agreed else None, agreed
        desk.tell("changed", m, [m.owner, m.holder, m.offer])
        return
    desk.end(m, "met", ["reply"])
    if agreed:
        desk.close(m)
        return
    m.state, m.not_agreed = "assessed", m.not_agreed + 1
    desk.start(m, ["solve"])
    desk.tell(
        "not_agreed", m, [desk.people.supervisor if m.not_agreed == 1 else desk.people.manager]
    )


def start(desk: Desk, m: Matter, e: Event) -> None:
    m.state = "working"


def solve(desk: Desk, m: Matter) -> None:
    """Solved or proposed: now the resident is owed the answer."""
    old = desk.end_offer(m)
    m.state = "proposed" if m.kind == "complaint" else "solved"
    desk.start(m, ["reply"])
    desk.tell("ended", m, [old])
    desk.tell("solved", m, [m.owner])


def done(desk: Desk, m: Matter, e: Event) -> None:
    desk.end(m, "met", ["solve"])
    if m.kind == "paid":
        m.amount += e.numbers["amount"]
    solve(desk, m)


def analyse(desk: Desk, m: Matter, e: Event) -> None:
    m.state = "analysed"


def report(desk: Desk, m: Matter, e: Event) -> None:
    old, supervisor = m.holder, desk.people.supervisor
    m.state, m.hand_offs = "reported", m.hand_offs + 1
    hold(m, holder=desk.people.manager if old == supervisor else supervisor)
    desk.end(m, "replaced", ["solve"])
    desk.start(m, ["solve"])
    desk.tell("assigned", m, [m.holder, old, m.owner])


def assess(desk: Desk, m: Matter, e: Event) -> None:
    old, m.grade = m.grade, e.texts["severity"]
    if m.state == "acknowledged":
        m.state = "assessed"
    if m.grade != old:
        desk.replace(m)
        if m.grade == "grave":
            desk.tell("grave", m, [desk.people.manager])


def investigate(desk: Desk, m: Matter, e: Event) -> None:
    m.state = "investigated"


def answer(desk: Desk, m: Matter, e: Event) -> None:
    desk.end(m, "met", ["arrive", "solve"])
    solve(desk, m)


def tell(desk: Desk, m: Matter, e: Event) -> None:
    desk.end(m, "met", ["respond", "reply"])
    if m.kind == "complaint":
        m.state = "told"
        desk.start(m, ["reply"])
    else:
        desk.close(m)


def conclude(desk: Desk, m: Matter, e: Event) -> None:
    desk.end(m, "met", ["reply"])
    desk.close(m)


def pause(desk: Desk, m: Matter, e: Event) -> None:
    desk.pause(m, e.texts["reason"])


def resume(desk: Desk, m: Matter, e: Event) -> None:
    """Nothing more: an accepted event on a paused matter has resumed it already."""


def change(desk: Desk, m: Matter, e: Event) -> None:
    kind, old = e.texts.get("kind", m.kind), m.offer
    if kind == m.kind:
        m.grade = "urgent" if e.flags["urgent"] else "normal"
        desk.replace(m)
    else:
        desk.end_offer(m)
        desk.end(m, "replaced", ["respond", "arrive", "solve", "reply"])
        m.kind = kind
        begin(desk, m, e.flags.get("urgent"))
        start_row(desk, m)
    desk.tell("changed", m, [m.owner, m.holder, old])


def cancel(desk: Desk, m: Matter, e: Event) -> None:
    old = desk.end_offer(m)
    desk.end(m, "void", ["respond", "arrive", "solve", "reply"])
    m.state = "cancelled"
    desk.tell("changed", m, [m.owner, m.holder, old])
    late = any(clock.late for clock in m.clocks)
    if e.texts["reason"] == "withdrawn" and not desk.in_charge(e.by) and late:
        desk.tell("withdrawn", m, [desk.people.supervisor])


def reopen(desk: Desk, m: Matter, e: Event) -> None:
    if m.callback is not None and m.callback.state == "due":
        m.callback.state = "void"
        desk.end(m, "void", ["callback"])
    old = m.holder
    hold(m, holder=m.owner)
    m.ever_reopened = True
    start_row(desk, m)
    desk.tell("reopened", m, [m.owner, desk.people.supervisor, old])


def reduce(desk: Desk, m: Matter, e: Event) -> None:
    m.amount -= e.numbers["amount"]


def call(desk: Desk, m: Matter, e: Event) -> None:
    back = m.callback
    assert back is not None
    if not e.flags["reached"]:
        hour = e.at // 3600
        if hour not in back.tried:
            back.tried.append(hour)
        if len(back.tried) == desk.policy.callback_tries:
            back.state = "unreachable"
            desk.end(m, "met", ["callback"])
        return
    back.state, back.score = "done", e.texts["score"]
    desk.end(m, "met", ["callback"])
    if e.flags["asked"]:
        supervisor = desk.people.supervisor
        above = supervisor in m.handled or e.by == supervisor
        desk.tell("asked", m, [supervisor, desk.people.manager if above else None])
    if back.score == "dissatisfied":
        reopen(desk, m, e)


DONE: dict[str, Callable[[Desk, Matter, Event], None]] = {
    deed.__name__: deed
    for deed in (
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
