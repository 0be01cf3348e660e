"""What a sheet's rows would do and what is wrong with each: preview and check before saving."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q

from yingbin.pages.phones import normalised, shown

from .. import roles as table
from ..models import Assignment, Department, Site, Staff, StaffSheet
from ..sheet import Row
from .badges import current

_BETWEEN = re.compile(r"[、,,;;/|+ ]+")
_ALIASES = {
    "销售顾问": "salesperson",
    "销售": "salesperson",
    "销售员": "salesperson",
    "前台": "receptionist",
    "前台接待": "receptionist",
    "前台接待员": "receptionist",
    "样板间接待员": "receptionist",
    "领班": "lead",
    "经理": "sales_manager",
}
_TITLES = {r.title: r.id for r in table.ROLES.values()} | _ALIASES | {r: r for r in table.ROLES}


@dataclass
class Checked:
    """A row with what it means and what is wrong with it.

    what: "new" a new person, "role" roles for someone known, "here" nothing left to do, "bad".
    """

    row: Row
    problems: list[str] = field(default_factory=list)
    phone: str | None = None
    account: str = ""
    role_ids: tuple[str, ...] = ()
    site: Site | None = None
    department_id: UUID | None = None
    known: Staff | None = None
    what: str = "new"

    @property
    def titles(self) -> str:
        """The roles in words."""
        return "、".join(table.ROLES[r].title for r in self.role_ids)

    @property
    def shown_phone(self) -> str:
        """The phone as people write it, or as it stands in the sheet when it is none."""
        return shown(self.phone) if self.phone else self.row.phone


@dataclass(frozen=True)
class Scope:
    """Where the sheet was uploaded, which sites it may name, whether it may give managing roles."""

    site: Site
    sites: Sequence[Site]
    administrator: bool


def kept_sheet(sheet_id: UUID, by: UUID) -> StaffSheet | None:
    """A sheet this person uploaded, with its site."""
    rows = StaffSheet.objects.filter(id=sheet_id, uploaded_by_id=by)
    return rows.select_related("site").first()


def checked(rows: Iterable[Row], scope: Scope, at: datetime) -> list[Checked]:
    """Every row with its meaning and its problems; a handful of queries however many rows."""
    found = [Checked(row) for row in rows]
    departments = _departments(scope)
    for one in found:
        _read(one, scope, departments)
    _against_each_other(found)
    _against_the_known(found, at, scope)
    for one in found:
        if one.problems:
            one.what = "bad"
    return found


def _departments(scope: Scope) -> dict[tuple[UUID, str], UUID]:
    rows = Department.objects.filter(site__in=scope.sites)
    return {(d.site_id, d.name): d.id for d in rows}


def _read(one: Checked, scope: Scope, departments: dict[tuple[UUID, str], UUID]) -> None:
    row = one.row
    if not row.name:
        one.problems.append("没有姓名")
    elif len(row.name) > 40:
        one.problems.append("姓名超过 40 个字")
    one.phone = normalised(row.phone) if row.phone else None
    if row.phone and one.phone is None:
        one.problems.append(f"手机「{row.phone}」不是有效号码")
    _read_account(one)
    _read_roles(one, scope)
    _read_site(one, scope)
    if row.department and one.site:
        one.department_id = departments.get((one.site.id, row.department))
        if one.department_id is None:
            one.problems.append(f"没有部门「{row.department}」，请先添加或留空")
    if row.email:
        try:
            validate_email(row.email)
        except ValidationError:
            one.problems.append(f"邮箱「{row.email}」不对")


def _read_account(one: Checked) -> None:
    one.account = one.row.account.lower()
    if not one.account:
        return
    if not re.fullmatch(r"[a-z0-9._-]{2,40}", one.account):
        one.problems.append(f"账号「{one.row.account}」只能用 2–40 个字母、数字和 . _ -")
    number = normalised(one.account)
    if number and number != one.phone:
        one.problems.append(f"账号「{one.account}」看起来是别人的手机号")


def _read_roles(one: Checked, scope: Scope) -> None:
    words = [w for w in _BETWEEN.split(one.row.role) if w]
    if not words:
        one.problems.append("没有角色")
    ids = []
    for word in words:
        role = _TITLES.get(word)
        if role is None:
            one.problems.append(f"没有「{word}」这个角色")
        elif role in table.COMPANY_ROLES:
            one.problems.append(f"「{word}」请在「项目与公司」页指定")
        elif role in table.MANAGING and not scope.administrator:
            one.problems.append(f"「{word}」只能由系统管理员指定")
        else:
            ids.append(role)
    one.role_ids = tuple(dict.fromkeys(ids))


def _read_site(one: Checked, scope: Scope) -> None:
    wanted = one.row.site
    if not wanted:
        one.site = scope.site
        return
    fits = [s for s in scope.sites if wanted in {s.code, s.name, s.short_name}]
    if len(fits) == 1:
        one.site = fits[0]
    elif fits:
        one.problems.append(f"有几个项目叫「{wanted}」，请填代号")
    else:
        one.problems.append(f"没有项目「{wanted}」，或者您不能给它加人")


def _against_each_other(found: list[Checked]) -> None:
    phones: dict[str, Checked] = {}
    accounts: dict[str, Checked] = {}
    names: dict[str, Checked] = {}
    for one in found:
        line = _earlier(phones, one.phone or "", one)
        if line:
            one.problems.append(f"手机与第 {line} 行相同；同一人的几个角色请写在一行")
        line = _earlier(accounts, one.account, one)
        if line:
            one.problems.append(f"账号与第 {line} 行相同")
        line = _earlier(names, "" if one.phone or one.account else one.row.name, one)
        if line:
            one.problems.append(f"与第 {line} 行同名，请填手机以便区分")


def _earlier(seen: dict[str, Checked], value: str, one: Checked) -> int:
    first = seen.setdefault(value, one) if value else one
    return 0 if first is one else first.row.line


def _against_the_known(found: list[Checked], at: datetime, scope: Scope) -> None:
    people = _known(found)
    by_phone = {p.phone: p for p in people if p.phone}
    by_account = {p.account: p for p in people}
    held = _held(people, at)
    for one in found:
        other = by_phone.get(one.phone) if one.phone else None
        if other and other.name != one.row.name:
            one.problems.append(f"手机已经是{other.name}（账号 {other.account}）的")
        owner = by_account.get(one.account) if one.account else None
        if owner and owner != other:
            one.problems.append(f"账号「{one.account}」已经是{owner.name}的")
        one.known = other
        if other and one.site:
            if not scope.administrator and not _works_at(other, one.site, held):
                one.problems.append(
                    f"{other.name}在别的项目，请用「调入已有的同事」发出邀请，或请系统管理员添加"
                )
            new = [r for r in one.role_ids if (other.id, one.site.id, r) not in held]
            one.what = "role" if new else "here"
        elif not one.phone and not one.account:
            _same_name(one, people, held)


def _works_at(who: Staff, site: Site, held: set[tuple[UUID, UUID | None, str]]) -> bool:
    return any((staff, at) == (who.id, site.id) for staff, at, _ in held)


def _same_name(one: Checked, people: list[Staff], held: set[tuple[UUID, UUID | None, str]]) -> None:
    here = {who for who, site, _ in held if one.site and site == one.site.id}
    twin = next((p for p in people if p.name == one.row.name and p.id in here), None)
    if twin:
        one.problems.append(
            f"本项目已有{twin.name}（账号 {twin.account}）。同一人请删掉这行，不同的人请填手机"
        )


def _known(found: list[Checked]) -> list[Staff]:
    who = (
        Q(phone__in={o.phone for o in found if o.phone})
        | Q(account__in={o.account for o in found if o.account})
        | Q(name__in={o.row.name for o in found if not o.phone and not o.account})
    )
    return list(Staff.objects.filter(who))


def _held(people: list[Staff], at: datetime) -> set[tuple[UUID, UUID | None, str]]:
    rows = Assignment.objects.filter(current(at), staff__in=people)
    return set(rows.values_list("staff_id", "site_id", "role"))
