"""What the lines of a sheet of people mean at this moment, and all that is wrong with each."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q

from yingbin.importing.models import ImportRow
from yingbin.pages.phones import normalised
from yingbin.people import roles as table
from yingbin.people.actions.authority import is_administrator
from yingbin.people.models import Assignment, Department, Site, Staff
from yingbin.people.queries import current

from .lines import StaffLine

_BETWEEN = re.compile(r"[、,;/|+ ]+")
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


def titles(role_ids: Sequence[str]) -> str:
    """Roles in words."""
    return "、".join(table.ROLES[r].title for r in role_ids if r in table.ROLES)


@dataclass(frozen=True)
class Scope:
    """Whose sheet it is: where it was uploaded, which sites it may name, whether it may give managing roles."""

    by: UUID
    site: Site
    sites: Sequence[Site]
    administrator: bool


def scope_of(site_id: UUID, by: UUID, at: datetime) -> Scope:
    """What a sheet of this person at this site may do."""
    administrator = is_administrator(by, at)
    site = Site.objects.get(id=site_id)
    sites = Site.objects.filter(closed_at__isnull=True) if administrator else [site]
    return Scope(by, site, list(sites), administrator)


@dataclass
class Meaning:
    """A line with what it means and what is wrong with it: (column, value, why).

    given: the roles that the person doesn't hold there yet. same_as: the line it says the same as.
    """

    told: StaffLine
    faults: list[tuple[str, str, str]] = field(default_factory=list)
    phone: str | None = None
    account: str = ""
    roles: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    site: Site | None = None
    department_id: UUID | None = None
    known: Staff | None = None
    same_as: int | None = None

    def wrong(self, column: str, value: str, why: str) -> None:
        """Adds what is wrong with a cell."""
        self.faults.append((column, value, why))

    @property
    def verdict(self) -> ImportRow.Verdict:
        """What becomes of the line."""
        if self.faults:
            return ImportRow.Verdict.REFUSED
        if self.known is None:
            return ImportRow.Verdict.NEW
        return ImportRow.Verdict.KNOWN if self.given else ImportRow.Verdict.AGAIN


class StaffForecast:
    """Who is known and what a line would do, from the database and from the file's earlier lines."""

    def __init__(self, site_id: UUID, by: UUID, at: datetime) -> None:
        self.scope, self.at = scope_of(site_id, by, at), at
        rows = Department.objects.filter(site__in=self.scope.sites)
        self.departments = {(d.site_id, d.name): d.id for d in rows}
        self.earlier: dict[tuple[str, str], int] = {}
        self.people: list[Staff] = []
        self.held: set[tuple[UUID, UUID | None, str]] = set()

    def look_up(self, told: Sequence[StaffLine]) -> None:
        """Asks the database for whomever the lines that come next may mean, in two queries."""
        alone = {one.name for one in told if not one.phone and not one.account}
        who = (
            Q(phone__in={one.mark for one in told if one.mark})
            | Q(account__in={one.account.lower() for one in told if one.account})
            | Q(name__in=alone)
        )
        self.people = list(Staff.objects.filter(who))
        rows = Assignment.objects.filter(current(self.at), staff__in=self.people)
        self.held = set(rows.values_list("staff_id", "site_id", "role"))

    def judge(self, row: ImportRow, told: StaffLine) -> None:
        """Puts on the row what will become of it."""
        self.meaning(row, told)

    def meaning(self, row: ImportRow, told: StaffLine) -> Meaning:
        """What a line means, also put on its row."""
        one = Meaning(told)
        _read(one, self.scope, self.departments)
        self._against_the_file(one, row.line)
        self._against_the_known(one)
        row.verdict, row.faults = one.verdict, [list(f) for f in one.faults]
        row.subject_id = one.known.id if one.known else None
        row.same_as = one.same_as
        row.place_id = one.site.id if one.site and one.site != self.scope.site else None
        row.meant = _meant(one)
        return one

    def _against_the_file(self, one: Meaning, line: int) -> None:
        alone = not one.phone and not one.account
        marks = (
            ("手机", one.phone or "", "的手机相同；同一人的几个角色请写在一行。"),
            ("账号", one.account, "的账号相同。"),
            ("姓名", one.told.name if alone else "", "同名，请填手机以便区分。"),
        )
        for column, value, why in marks:
            first = self.earlier.setdefault((column, value), line) if value else line
            if first != line:
                one.same_as = first
                one.wrong(column, "", f"与第 {first} 行{why}")

    def _against_the_known(self, one: Meaning) -> None:
        other = next((p for p in self.people if one.phone and p.phone == one.phone), None)
        if other and other.name != one.told.name:
            one.wrong("手机", "", f"已经是{other.name}（账号 {other.account}）的。")
        owner = next((p for p in self.people if one.account and p.account == one.account), None)
        if owner and owner != other:
            one.wrong("账号", one.account, f"已经是{owner.name}的。")
        one.known, one.given = other, one.roles
        if other and one.site:
            self._given(one, other, one.site)
        elif not other and not one.phone and not one.account:
            self._same_name(one)

    def _given(self, one: Meaning, other: Staff, site: Site) -> None:
        """Whether somebody known may get roles at a site, and which they lack."""
        if not self.scope.administrator:
            if not any((who, at) == (other.id, site.id) for who, at, _ in self.held):
                why = "在别的项目，请用「调入已有的同事」发出邀请，或请系统管理员添加。"
                one.wrong("姓名", other.name, why)
            if other.id == self.scope.by:
                one.wrong("角色", "", "自己的角色要由别的管理者来改。")
        one.given = tuple(r for r in one.roles if (other.id, site.id, r) not in self.held)

    def _same_name(self, one: Meaning) -> None:
        here = {who for who, site, _ in self.held if one.site and site == one.site.id}
        twin = next((p for p in self.people if p.name == one.told.name and p.id in here), None)
        if twin:
            why = f"本项目已有{twin.name}（账号 {twin.account}）。同一人请删掉这行，不同的人请填手机。"
            one.wrong("姓名", "", why)


def _meant(one: Meaning) -> dict[str, object]:
    """What taking in did, or will do, by ids; nobody's words."""
    return {
        "roles": list(one.roles),
        "given": list(one.given),
        "place": one.site.short_name if one.site else "",
    }


def _read(one: Meaning, scope: Scope, departments: Mapping[tuple[UUID, str], UUID]) -> None:
    told = one.told
    if not told.name:
        one.wrong("姓名", "", "没有写。")
    elif len(told.name) > 40:
        one.wrong("姓名", told.name, "超过 40 个字。")
    one.phone = told.mark or None
    if told.phone and one.phone is None:
        why = "不是有效号码。大陆手机 11 位，国外号码以 + 和国家代码开头。"
        one.wrong("手机", told.phone, why)
    _read_account(one)
    _read_roles(one, scope)
    _read_site(one, scope)
    if told.department and one.site:
        one.department_id = departments.get((one.site.id, told.department))
        if one.department_id is None:
            one.wrong("部门", told.department, "没有这个部门，请先添加或留空。")
    if told.email:
        try:
            validate_email(told.email)
        except ValidationError:
            one.wrong("邮箱", told.email, "格式不对，请核对。")


def _read_account(one: Meaning) -> None:
    one.account = one.told.account.lower()
    if not one.account:
        return
    if not re.fullmatch(r"[a-z0-9._-]{2,40}", one.account):
        one.wrong("账号", one.told.account, "只能用 2–40 个字母、数字和 . _ - 。")
    number = normalised(one.account)
    if number and number != one.phone:
        one.wrong("账号", one.account, "看起来是别人的手机号。")


def _read_roles(one: Meaning, scope: Scope) -> None:
    words = [w for w in _BETWEEN.split(one.told.role) if w]
    if not words:
        one.wrong("角色", "", "没有写。")
    ids = []
    for word in words:
        role = _TITLES.get(word)
        if role is None:
            one.wrong("角色", word, "没有这个角色，请照模板「说明」里列的写。")
        elif role in table.COMPANY_ROLES:
            one.wrong("角色", word, "请在「项目与公司」页指定。")
        elif role in table.MANAGING and not scope.administrator:
            one.wrong("角色", word, "只能由系统管理员指定。")
        else:
            ids.append(role)
    one.roles = tuple(dict.fromkeys(ids))


def _read_site(one: Meaning, scope: Scope) -> None:
    wanted = one.told.site
    if not wanted:
        one.site = scope.site
        return
    fits = [s for s in scope.sites if wanted in {s.code, s.name, s.short_name}]
    if len(fits) == 1:
        one.site = fits[0]
    elif fits:
        one.wrong("项目", wanted, "有几个项目都叫这个，请填代号。")
    else:
        one.wrong("项目", wanted, "没有这个项目，或者您不能给它加人。")
