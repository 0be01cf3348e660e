"""Adding and changing people, parsed; nothing here saves."""

from collections.abc import Iterable
from typing import TypedDict
from uuid import UUID

from django import forms

from yingbin.pages.forms import KeyedForm, Typed, choose, phone, text

from .. import roles
from ..models import Department, Site


def role_choices(site: Site | None, *, administrator: bool) -> list[tuple[str, str]]:
    """The roles this kind of site has use for; managing ones for the administrator alone."""
    ids: Iterable[str] = roles.OFFERED.get(site.kind, ()) if site else sorted(roles.COMPANY_ROLES)
    return [(r, roles.ROLES[r].title) for r in ids if administrator or r not in roles.MANAGING]


class Offered(TypedDict):
    """What a form of people offers: roles with their words, and the site's departments."""

    choices: list[tuple[str, str]]
    departments: list[Department]


class _WithRoles(KeyedForm):
    def __init__(
        self,
        data: Typed | None = None,
        *,
        choices: list[tuple[str, str]],
        departments: list[Department],
    ) -> None:
        super().__init__(data)
        choose(self.fields.get("roles") or self.fields["role"], choices)
        if "department" in self.fields:
            none = [("", "不分部门")]
            listed = none + [(str(d.id), d.name) for d in departments]
            choose(self.fields["department"], listed)
            if not departments:
                del self.fields["department"]

    @property
    def department_id(self) -> UUID | None:
        """The chosen department."""
        chosen = self.cleaned_data.get("department")
        return UUID(chosen) if chosen else None


class PersonWords(TypedDict):
    """A new colleague as somebody typed them."""

    name: str
    roles: tuple[str, ...]
    phone: str
    account: str
    department_id: UUID | None


class PersonForm(_WithRoles):
    """A new colleague."""

    name = text("姓名")
    phone = phone(help_text="填了就可以用手机号登录。国外号码以 + 和国家代码开头。")
    account = text("账号", required=False, help_text="不填就按姓名拼音生成，例如 linyue。")
    roles = forms.MultipleChoiceField(label="角色")
    department = forms.ChoiceField(label="部门", required=False)

    def person(self) -> PersonWords:
        """What is said of the person, once the form is valid."""
        told = self.cleaned_data
        return PersonWords(
            name=told["name"],
            roles=tuple(told["roles"]),
            phone=told["phone"],
            account=told["account"],
            department_id=self.department_id,
        )


class TransferForm(_WithRoles):
    """A colleague who has an account already comes to work here too."""

    prefix_of_ids = "transfer"

    who = text("对方的账号或完整手机号", 60)
    role = forms.ChoiceField(label="角色")
    department = forms.ChoiceField(label="部门", required=False)


class RoleForm(_WithRoles):
    """One more role for someone."""

    prefix_of_ids = "more"

    role = forms.ChoiceField(label="角色")
    department = forms.ChoiceField(label="部门", required=False)


class ReturnForm(_WithRoles):
    """Someone who left comes back."""

    role = forms.ChoiceField(label="角色")
    phone = phone()


class DetailsForm(KeyedForm):
    """A person's name and how to reach them."""

    name = text("姓名")
    phone = phone()
    email = forms.EmailField(
        label="邮箱", required=False, error_messages={"invalid": "邮箱格式不对，请核对。"}
    )


class CompanyRoleForm(KeyedForm):
    """A role of the whole company for someone who has an account."""

    prefix_of_ids = "company_role"

    who = text("对方的账号或完整手机号", 60)
    role = forms.ChoiceField(
        label="角色", choices=[(r, roles.ROLES[r].title) for r in sorted(roles.COMPANY_ROLES)]
    )
