"""People come, change and go: every step recorded at the site, by ids alone."""

from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q, QuerySet

from yingbin.journal.action import Acting, action
from yingbin.journal.write import Pen, derived_key
from yingbin.pages.phones import normalised, shown
from yingbin.rules.decision import Refused

from ..ids import uuid7
from ..models import Assignment, Delegation, Staff
from ..pinyin import spelled
from ..queries import company_people, current
from ..rows import actor, person_behind
from ..spellings import found_by
from .authority import check_may_bring_in, check_may_give, check_may_touch, is_administrator
from .known import active, company_id, site_here, site_of
from .leaving import stands_down
from .sessions import end_sessions
from .slips import give_first_passwords

NOT_ONESELF = "不能给自己办离职。请由另一位管理者办理。"


@dataclass(frozen=True)
class Person:
    """A person as told by whoever adds them: phone in any notation, account optional."""

    name: str
    roles: tuple[str, ...]
    phone: str = ""
    account: str = ""
    email: str = ""
    department_id: UUID | None = None


@dataclass(frozen=True)
class OwnPassword:
    """The hash of a password that somebody chose; salted, so that no two of them are the same."""

    hash: str = field(compare=False, repr=False)


@dataclass(frozen=True)
class Newcomer:
    """Somebody who was added, with the slips of their first password, if they got one."""

    id: UUID
    account: str
    slips: UUID | None


@action("add_staff")
def add_staff(pen: Pen, *, person: Person, password: OwnPassword | None = None) -> Newcomer:
    """Adds a person with roles at a site, or in the company.

    Without a password of their own they get a first one on slips, to be replaced when they first
    sign in.
    """
    site_id = site_of(pen)
    check_may_give(pen.by, site_id, person.roles, pen.at)
    staff = new_staff(person)
    slips = None
    if password is not None:
        staff.password = password.hash
    else:
        slips = give_first_passwords(staff=[staff], by=UUID(pen.by), at=pen.at)
    staff.save(force_insert=True)
    enrol(pen, staff, person, site_id)
    return Newcomer(staff.id, staff.account, slips.id if slips else None)


def new_staff(person: Person) -> Staff:
    """The row of a new person, not saved. Refuses a bad or taken phone or account."""
    name = person.name.strip()
    if not name:
        raise Refused(None, "请填写姓名。", about="name")
    phone = phone_of(person.phone)
    account = account_of(person, phone)
    taken = Staff.objects.filter(Q(account=account) | (Q(phone=phone) if phone else Q())).first()
    if taken is not None:
        raise taken_by(taken, phone)
    pinyin, initials = spelled(name)
    return Staff(
        id=uuid7(),
        account=account,
        phone=phone,
        email=person.email.strip(),
        name=name,
        pinyin=pinyin,
        initials=initials,
        sought=found_by(name),
    )


def taken_by(other: Staff, phone: str | None) -> Refused:
    """Says what of a new person belongs to someone else already, and what to do."""
    if phone and other.phone == phone:
        why = (
            f"手机 {shown(phone)} 已经是{other.name}（账号 {other.account}）的。"
            "同一个人请用「调入已有的同事」，不是同一个人请核对号码。"
        )
        return Refused(None, why, about="phone")
    state = "" if other.is_active else "（已离职）"
    why = f"账号「{other.account}」已经是{other.name}{state}的，请换一个。"
    return Refused(None, why, about="account")


def phone_of(text: str) -> str | None:
    """The number in E.164, None when none is given. Refuses an invalid one."""
    if not text.strip():
        return None
    phone = normalised(text)
    if phone is None:
        why = f"「{text.strip()}」不是有效的电话号码。大陆手机 11 位，国外号码以 + 开头。"
        raise Refused(None, why, about="phone")
    return phone


def account_of(person: Person, phone: str | None) -> str:
    """The account asked for, or a free one made of the name's pinyin.

    Refuses an account that reads as a phone number of someone else: it could not be told apart.
    """
    account = person.account.strip().lower()
    if account:
        number = normalised(account)
        if not account.isascii() or any(c.isspace() for c in account):
            why = f"账号「{account}」只能用字母、数字和 . _ - ，不要有空格和汉字。"
            raise Refused(None, why, about="account")
        if number and number != phone:
            why = f"账号「{account}」看起来是别人的手机号，请换一个。"
            raise Refused(None, why, about="account")
        return account
    stem = (
        "".join(c for c in spelled(person.name)[0] if c.isascii() and c.isalnum())[:30] or "staff"
    )
    taken = set(Staff.objects.filter(account__startswith=stem).values_list("account", flat=True))
    tries = (stem if n == 1 else f"{stem}{n}" for n in range(1, len(taken) + 2))
    return next(a for a in tries if a not in taken)


def enrol(pen: Pen, staff: Staff, person: Person, site_id: UUID | None) -> None:
    """Writes that the person came, and gives them their roles."""
    pen.append("staff.added", {"staff": str(staff.id)})
    for role in dict.fromkeys(person.roles):
        give(pen, staff.id, role, site_id, person.department_id)


def give(
    pen: Pen, staff_id: UUID, role: str, site_id: UUID | None, department_id: UUID | None = None
) -> None:
    """Gives a role and writes it down; nothing happens when it is held already."""
    held = _holding(pen, staff_id, role, site_id)
    if held.exists():
        return
    Assignment.objects.create(
        staff_id=staff_id,
        site_id=site_id,
        role=role,
        department_id=department_id,
        since=pen.at,
        given_by=pen.by,
    )
    department = str(department_id) if department_id else None
    body = {"staff": str(staff_id), "role": role, "department": department}
    pen.append("role.given", body)


def _holding(pen: Pen, staff_id: UUID, role: str, site_id: UUID | None) -> QuerySet[Assignment]:
    here = Q(site=site_id) if site_id else Q(site__isnull=True)
    return Assignment.objects.filter(current(pen.at), here, staff_id=staff_id, role=role)


@action("assign_role")
def assign_role(pen: Pen, *, staff_id: UUID, role: str, department_id: UUID | None = None) -> None:
    """Gives a role at a site (or company-wide); the administrator alone to someone of elsewhere."""
    site_id = site_of(pen)
    check_may_give(pen.by, site_id, (role,), pen.at, to=staff_id)
    check_may_bring_in(pen.by, site_id, staff_id, pen.at)
    give(pen, active(staff_id).id, role, site_id, department_id)


@action("end_role")
def end_role(pen: Pen, *, staff_id: UUID, role: str) -> None:
    """Ends a role. Refuses one not held here, and to leave the company without an administrator."""
    site_id = site_of(pen)
    check_may_give(pen.by, site_id, (role,), pen.at, to=staff_id)
    if not _holding(pen, staff_id, role, site_id).exists():
        raise Refused(None, "这位同事在这里没有这个角色，可能刚刚结束了。请刷新页面核对。")
    if role == "administrator":
        _keep_an_administrator(staff_id, pen)
    take(pen, staff_id, role, site_id)


def take(pen: Pen, staff_id: UUID, role: str, site_id: UUID | None) -> None:
    """Ends a role and writes it down; nothing happens when it isn't held."""
    held = _holding(pen, staff_id, role, site_id)
    if held.update(until=pen.at, ended_by=pen.by):
        pen.append("role.ended", {"staff": str(staff_id), "role": role})
        if site_id is not None:
            stands_down(pen, staff_id)


def _keep_an_administrator(but: UUID, pen: Pen) -> None:
    others = [a for a in company_people(pen.at) if a.role == "administrator" and a.staff_id != but]
    if not others:
        raise Refused(None, "公司至少要有一位系统管理员。请先指定另一位，再取消这一位。")


@action("change_person")
def change_person(pen: Pen, *, staff_id: UUID, name: str, phone: str, email: str = "") -> None:
    """Corrects a person's name, phone and mail address. Refuses a phone that is someone else's."""
    check_may_touch(pen.by, site_of(pen), staff_id, pen.at)
    number = phone_of(phone)
    other = Staff.objects.filter(phone=number).exclude(id=staff_id).first() if number else None
    if other is not None:
        raise taken_by(other, number)
    if not name.strip():
        raise Refused(None, "请填写姓名。", about="name")
    pinyin, initials = spelled(name)
    Staff.objects.filter(id=active(staff_id).id).update(
        name=name.strip(),
        phone=number,
        email=email.strip(),
        pinyin=pinyin,
        initials=initials,
        sought=found_by(name),
    )
    pen.append("staff.changed", {"staff": str(staff_id)})


def staff_leaves(acting: Acting, *, staff_id: UUID) -> None:
    """The person leaves: all roles end, delegations are revoked, every session closes.

    Their phone is given up, since a successor may get it. Someone who also works elsewhere leaves
    only by the administrator; their roles there end in those sites' own journals.
    """
    for row in _held_elsewhere(acting, staff_id):
        there = Acting(
            row.site_id or company_id(),
            derived_key(acting.key, str(row.id)),
            acting.by,
            acting.at,
        )
        end_role(there, staff_id=staff_id, role=row.role)
    _leaves(acting, staff_id=staff_id)


@action("staff_leaves")
def _leaves(pen: Pen, *, staff_id: UUID) -> None:
    check_may_touch(pen.by, site_of(pen), staff_id, pen.at)
    if staff_id == actor(pen):
        raise Refused(None, NOT_ONESELF)
    staff = active(staff_id)
    for held in Assignment.objects.filter(current(pen.at), staff=staff, site_id=pen.site_id):
        take(pen, staff_id, held.role, pen.site_id)
    given = Delegation.objects.filter(given_to=staff, revoked_at=None, until__gt=pen.at)
    ended = [str(i) for i in given.values_list("id", flat=True)]
    given.update(revoked_at=pen.at, revoked_by_id=actor(pen))
    Staff.objects.filter(id=staff_id).update(is_active=False, left_at=pen.at, phone=None, pin="")
    pen.append("staff.left", {"staff": str(staff_id), "delegations": ended})
    end_sessions(staff_id)


def _held_elsewhere(acting: Acting, staff_id: UUID) -> list[Assignment]:
    """What the person holds at other sites; refused where not everything may be ended."""
    held = Assignment.objects.filter(current(acting.at), staff_id=staff_id)
    elsewhere = list(held.exclude(site_id=acting.site_id).select_related("site"))
    if elsewhere and staff_id == person_behind(str(acting.by)):
        raise Refused(None, NOT_ONESELF)
    if elsewhere and not is_administrator(acting.by, acting.at):
        names = "、".join(a.site.name if a.site else "全公司" for a in elsewhere)
        why = f"这位同事还在「{names}」任职。您可以结束本项目的角色，离职请系统管理员办理。"
        raise Refused(None, why)
    return elsewhere


@action("staff_returns")
def staff_returns(pen: Pen, *, staff_id: UUID, role: str, phone: str = "") -> UUID:
    """Someone who left comes back, with a role and a first password; the id of its slips."""
    check_may_give(pen.by, pen.site_id, (role,), pen.at)
    check_may_bring_in(pen.by, pen.site_id, staff_id, pen.at)
    site_here(pen.site_id)
    staff = Staff.objects.filter(id=staff_id, is_active=False).first()
    if staff is None:
        raise Refused(None, "这位同事在职，不用办返岗。")
    staff.phone = phone_of(phone)
    other = Staff.objects.filter(phone=staff.phone).first() if staff.phone else None
    if other is not None:
        raise taken_by(other, staff.phone)
    staff.is_active, staff.left_at, staff.pin_failures = True, None, 0
    slips = give_first_passwords(staff=[staff], by=UUID(pen.by), at=pen.at)
    staff.save()
    pen.append("staff.returned", {"staff": str(staff_id)})
    give(pen, staff_id, role, pen.site_id)
    return slips.id
