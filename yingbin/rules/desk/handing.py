"""From hand to hand (SD-4.4): offers to departments, accepted or declined, and what is assigned or taken."""

from __future__ import annotations

from .desk import Desk, Event, Move, Told, refuse
from .matter import Matter
from .who import check


def offer(desk: Desk, found: Matter, event: Event) -> Move:
    """Offers the task to a department; after the free hand-offs to the supervisor instead."""
    check(desk, found, event)
    office, holder, to = desk.office, found.state.holder, event.text("to")
    if not found.unsolved:
        raise refuse("这件事已经有答复或者已经办结，不用再转。")
    if found.offer:
        raise refuse(f"已经转给{found.offer}，请等对方接手，或者先收回。")
    if to not in office.departments:
        raise refuse(f"没有{to}这个部门，请从部门名单里选。")
    if to == office.department_of(holder):
        raise refuse(f"{holder}就是{to}的人，请{to}的负责人在部门内改派。")
    instead = _instead(desk, found, event)
    if found.is_of("help") and not desk.policy.serves(found.subject, to):
        message = f"{to}不负责“{found.subject}”，请转给负责的部门；都不负责的，直接答复住户找谁办。"
        raise refuse(message, "SD-4.2.2")
    words = f"{event.by}把这件事转给{to}，等{to}接手。"
    if instead:
        words = f"已经转手{found.state.hand_offs}次，不再转给{to}，交给主管{instead}。"
    party = instead or to
    return Move(found, (event.step("offer", to=party),), words, (Told("offered", (party,)),))


def _instead(desk: Desk, found: Matter, event: Event) -> str:
    """The supervisor, where the free hand-offs are used up; "" where the department gets it."""
    free, supervisor = desk.policy.free_hand_offs, desk.office.supervisor
    if found.state.hand_offs < free or desk.office.is_chief(event.by):
        return ""
    if found.state.holder == supervisor:
        raise refuse(
            f"已经转手{found.state.hand_offs}次，现在由主管{supervisor}经办，请找主管决定。"
        )
    return supervisor


def accept(desk: Desk, found: Matter, event: Event) -> Move:
    """Takes what is offered: whoever accepts has the task, the owner still owes the answer."""
    party = _open_offer(found)
    to_department = party in desk.office.departments
    if (desk.office.department_of(event.by) if to_department else event.by) != party:
        raise refuse(f"这件事是转给{party}的，请{party}的人来接手。")
    words = f"{event.by}接手，{found.state.owner}仍负责答复住户。"
    told = (Told("accepted", (found.state.offered_by,)),)
    return Move(found, (event.step("accept"),), words, told)


def decline(desk: Desk, found: Matter, event: Event) -> Move:
    """A department doesn't take it, with a reason; that counts as a hand-off, too."""
    party = _open_offer(found)
    if party not in desk.office.departments:
        raise refuse("转到主管这里的事不能再退，请接手，或者指派一位同事经办。")
    if desk.office.department_of(event.by) != party:
        raise refuse(f"这件事是转给{party}的，请{party}的人来答复接不接。")
    words = f"{party}没有接，{found.state.holder}继续经办，请另找人。"
    told = (Told("declined", (found.state.offered_by,)),)
    return Move(found, (event.step("decline"),), words, told)


def withdraw(desk: Desk, found: Matter, event: Event) -> Move:
    """The offer is taken back."""
    check(desk, found, event)
    party = _open_offer(found)
    words = f"{event.by}收回了转给{party}的事，{found.state.holder}继续经办。"
    return Move(found, (event.step("withdraw"),), words, ended(found))


def _open_offer(found: Matter) -> str:
    if not found.offer:
        raise refuse("现在没有等人接手的转交，请刷新看最新情况。")
    return found.offer


def ended(found: Matter) -> tuple[Told, ...]:
    """Whoever it was offered to hears that the offer is over."""
    return (Told("ended", (found.offer,)),) if found.offer else ()


def assign(desk: Desk, found: Matter, event: Event) -> Move:
    """Gives the task, or the owing of the answer, to a person, who needn't accept it."""
    if found.state.ended:
        raise refuse("这件事已经办结。还要处理的话，请先重新打开。")
    if event.text("to") not in desk.office.everyone:
        raise refuse(f"人员名单里没有{event.text('to')}，请选一位同事。")
    if event.text("as") == "owner":
        return _assign_owner(desk, found, event)
    return _assign_holder(desk, found, event)


def _assign_owner(desk: Desk, found: Matter, event: Event) -> Move:
    office, owner, to = desk.office, found.state.owner, event.text("to")
    if office.is_chief(event.by):
        if to not in office.desk_people:
            raise refuse(f"{to}不是前台的人，不能负责答复住户，请选前台同事。")
    elif event.by != owner:
        raise refuse(f"只有{owner}本人或主管能换负责人，请找他们。")
    elif to not in office.clerks:
        raise refuse("换班只能交给前台同事；要交给别人，请找主管。")
    if to == owner:
        raise refuse(f"{to}已经是负责人，请另选一位。")
    words = f"{to}接替{owner}负责答复住户。"
    return Move(found, (event.step("assign_owner", to=to),), words, _assigned(found, to))


def _assign_holder(desk: Desk, found: Matter, event: Event) -> Move:
    office, holder, to = desk.office, found.state.holder, event.text("to")
    department = office.department_of(holder)
    if not office.is_chief(event.by):
        if not department or office.departments[department].head != event.by:
            raise refuse(f"只有主管或经办部门的负责人能改派，请找{office.head_of(holder)}。")
        if office.department_of(to) != department:
            raise refuse(f"只能派给{department}的人；要交给别的部门，请转交或找主管。")
    if to == holder:
        raise refuse(f"{to}已经是经办人，请另选一位。")
    told = (*ended(found), *_assigned(found, to))
    words = f"{event.by}派{to}经办，{found.state.owner}仍负责答复住户。"
    return Move(found, (event.step("assign", to=to),), words, told)


def _assigned(found: Matter, to: str) -> tuple[Told, ...]:
    return (Told("assigned", (to, found.state.holder, found.state.owner)),)


def take(desk: Desk, found: Matter, event: Event) -> Move:
    """A clerk takes over from the guard who wrote it down at night."""
    owner = found.state.owner
    if event.by not in desk.office.clerks:
        raise refuse("治安员记下的事由前台同事接过去，请前台同事来办。")
    if found.state.ended:
        raise refuse("这件事已经办结，不用再接。")
    if owner not in desk.office.guards:
        raise refuse(f"这件事已经由{owner}负责，不用再接；要换人，请找{owner}或主管。")
    words = f"{event.by}从{owner}手里接过，负责答复住户。"
    return Move(found, (event.step("take", to=event.by),), words, _assigned(found, event.by))


def report_to(desk: Desk, found: Matter) -> str:
    """Whoever a suggestion is reported up to: the supervisor, from there the manager."""
    supervisor = desk.office.supervisor
    return desk.office.manager if found.state.holder == supervisor else supervisor


def report(desk: Desk, found: Matter, event: Event) -> Move:
    """SD-4.2.4: a suggestion goes up, and stays open until it is answered."""
    check(desk, found, event)
    if not found.is_of("suggestion", "analysed", "reported"):
        raise refuse("建议要先分析再上报，别的事项不用上报。")
    if found.offer:
        raise refuse(f"正等{found.offer}接手，请先收回转交，再上报。")
    if found.state.holder == desk.office.manager:
        raise refuse(f"已经在经理{desk.office.manager}手上，不能再往上报，请等答复。")
    to = report_to(desk, found)
    step = event.step("report", to=to)
    return Move(found, (step,), f"已上报给{to}，由{to}经办。", _assigned(found, to))
