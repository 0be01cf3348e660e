"""What the journal witnesses of people: roles, delegations, tablets, tokens, a site's calendar and its places."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import Q

from yingbin.journal.held import (
    UNTOLD,
    Also,
    Facts,
    Held,
    Seen,
    Witnesses,
    differ,
    never,
    of,
    said,
    told,
    when,
    words,
)

from .models import (
    ApiToken,
    Assignment,
    Company,
    Delegation,
    Department,
    Post,
    RoleOffer,
    SharedTablet,
    Site,
    SitePolicy,
    Staff,
)
from .rows import person_behind
from .witnessed_values import Walk, differing, how_many, role

PAGE = "「人员」页"
UNHELD = {
    "password.reset": "密码只存散列，散列不进记录链；这一条说明谁在何时重置",
    "sign_in.unlocked": "解锁之后失败次数归零，没有行留下；这一条说明谁在何时解的锁",
    "second_factor.reset": "动态验证码的密钥不进记录链；这一条说明谁在何时取消",
    "staff.changed": "姓名、电话、邮箱是个人信息，不进记录链；这一条说明谁在何时改过",
    "token.used": "说明一次提交来自哪个密钥，不另存一行",
    "day.sealed": "封存的签名由记录链自己核对，不另存一行",
    "company.set_up": "首次设置结束，之后不再有意义",
}


def _is_demo(_: Any = None) -> bool:
    """The demo's own people and places are set up without a journal."""
    return Company.objects.filter(is_demo=True).exists()


def of_people(site_id: UUID) -> Witnesses:
    """The rows of people, in one place: `YINGBIN_WITNESSES` names this function."""
    walk = Walk()
    kinds = frozenset(
        {"hours.set", "day.excepted", "day.as_usual", "site.changed", "company.changed"}
    )
    return Witnesses(
        held=(
            _roles(walk),
            _staff(),
            _offers(),
            _delegations(),
            *_devices(),
            *_places(),
            _policies(),
        ),
        also=(
            Also("日历与设置", lambda: differing(site_id, walk), lambda: how_many(site_id), kinds),
        ),
        unheld=UNHELD,
        walk=walk.walk,
    )


def _here(site_id: UUID) -> Q:
    """Rows of a site; the company's own chain speaks of those without one."""
    return Q(site_id=site_id) | Q(pk__in=_company_wide(site_id))


def _company_wide(site_id: UUID) -> object:
    company = Company.objects.filter(id=site_id).exists()
    rows = Assignment.objects.filter(site__isnull=True)
    return rows.values("pk") if company else rows.none().values("pk")


def _roles(walk: Walk) -> Held:
    return Held(
        "角色",
        rows=lambda site: (
            Assignment.objects.filter(_here(site)).select_related("staff").order_by("id")
        ),
        subjects=lambda row: [role(row.staff_id, row.role, row.since)],
        born={
            "role.given": lambda seen: [role(seen.body["staff"], seen.body["role"], seen.at)],
        },
        later={"role.ended": lambda seen: walk.ended},
        faults=_role,
        excused=lambda row: not row.given_by and _is_demo(),
        place=lambda row: f"{row.staff.account} {row.role}",
        page=PAGE,
    )


def _role(row: Assignment, seen: list[Seen], facts: Facts) -> Iterator[str]:
    given = next((e for e in seen if e.kind == "role.given"), None)
    ended = next((e for e in seen if e.kind == "role.ended"), None)
    if given:
        yield from differ(
            ("谁给的", row.given_by, given.actor),
            ("部门", row.department_id, told(given.body, "department")),
            ("到什么时候", row.until, ended.at if ended else None),
            ("谁结束的", row.ended_by, ended.actor if ended else ""),
        )


def _staff() -> Held:
    return Held(
        "在职与离职",
        rows=lambda site: Staff.objects.filter(
            id__in=Assignment.objects.filter(_here(site)).values("staff")
        ).order_by("id"),
        subjects=lambda row: [str(row.id)],
        born={"staff.added": of("staff")},
        later={"staff.left": of("staff"), "staff.returned": of("staff")},
        faults=_person,
        # Somebody of another site: added, and perhaps gone, in that site's journal.
        excused=lambda row: True,
        place=lambda row: row.account,
        page=PAGE,
    )


def _person(row: Staff, seen: list[Seen], facts: Facts) -> Iterator[str]:
    last = seen[-1] if seen else None
    if last is None:
        return
    elsewhere = row.assignments.exclude(site_id=last.site_id)
    if last.kind == "staff.left":
        if row.is_active and not elsewhere.filter(since__gte=last.at).exists():
            yield "记录链里已经离职，却还在职"
        elif not row.is_active:
            yield from differ(("离职时间", row.left_at, last.at))
    elif not row.is_active and not elsewhere.exists():
        yield "记录链里没有离职，却已离职"


def _offers() -> Held:
    return Held(
        "任职邀请",
        rows=lambda site: (
            RoleOffer.objects.filter(site_id=site).select_related("staff").order_by("id")
        ),
        subjects=lambda row: [str(row.id)],
        # One that nobody answered makes way for the next.
        stands={"role.offered": of("offer")},
        born={"role.answered": of("offer")},
        faults=_offer,
        place=lambda row: f"{row.staff.account} {row.role}",
        page=PAGE,
    )


def _offer(row: RoleOffer, seen: list[Seen], facts: Facts) -> Iterator[str]:
    offered = next(e for e in seen if e.kind == "role.offered")
    answer = next((e for e in seen if e.kind == "role.answered"), None)
    yield from differ(
        ("谁", row.staff_id, offered.body["staff"]),
        ("角色", row.role, offered.body["role"]),
        ("谁邀请的", row.offered_by_id, offered.actor),
        ("时间", row.offered_at, offered.at),
        ("回答", row.accepted, answer.body["accepted"] if answer else None),
        ("回答时间", row.answered_at, answer.at if answer else None),
    )


def _delegations() -> Held:
    return Held(
        "授权代管",
        rows=lambda site: Delegation.objects.filter(site_id=site).order_by("id"),
        subjects=lambda row: [str(row.id), f"left/{row.given_to_id}"],
        born={"delegation.given": of("delegation")},
        later={"delegation.revoked": of("delegation"), "staff.left": _ended_by_leaving},
        faults=_delegation,
        place=lambda row: f"{row.since:%Y-%m-%d} 起",
        page="「授权代管」页",
    )


def _ended_by_leaving(seen: Seen) -> list[str]:
    return [*seen.body.get("delegations", []), f"left/{seen.body['staff']}"]


def _delegation(row: Delegation, seen: list[Seen], facts: Facts) -> Iterator[str]:
    given, body = seen[0], seen[0].body
    ends = [e for e in seen if e.kind != "delegation.given" and _ends(row, e)]
    yield from differ(
        ("给谁", row.given_to_id, body["to"]),
        ("谁给的", row.given_by_id, given.actor),
        ("从什么时候", row.since, given.at),
        ("到什么时候", row.until, when(body, "until")),
        ("回执码", row.receipt, given.receipt),
        ("收回时间", row.revoked_at, ends[0].at if ends else None),
        ("谁收回的", row.revoked_by_id, ends[0].actor if ends else None),
    )
    yield from words("原因", row.reason, row.salt, body["reason"], lawful=False)


def _ends(row: Delegation, seen: Seen) -> bool:
    """Whether an entry ended this delegation; a leaving of before names none."""
    if seen.kind == "delegation.revoked" or str(row.id) in seen.body.get("delegations", []):
        return True
    return "delegations" not in seen.body and row.revoked_at == seen.at


def _devices() -> tuple[Held, ...]:
    return (
        Held(
            "共用平板",
            rows=lambda site: SharedTablet.objects.filter(site_id=site).order_by("id"),
            subjects=lambda row: [str(row.id)],
            born={"tablet.shared": of("tablet")},
            later={"tablet.retired": of("tablet")},
            faults=_tablet,
            place=lambda row: f"{row.added_at:%Y-%m-%d}",
            page="「共用平板」页",
        ),
        Held(
            "接口密钥",
            rows=lambda site: ApiToken.objects.filter(site_id=site).order_by("id"),
            subjects=lambda row: [str(row.id)],
            born={"token.made": of("token")},
            later={"token.revoked": of("token")},
            faults=_token,
            place=lambda row: row.shown,
            page="「对接」页",
        ),
    )


def _tablet(row: SharedTablet, seen: list[Seen], facts: Facts) -> Iterator[str]:
    gone = next((e for e in seen if e.kind == "tablet.retired"), None)
    yield from differ(
        ("谁加的", row.added_by_id, seen[0].actor),
        ("时间", row.added_at, seen[0].at),
        ("停用时间", row.retired_at, gone.at if gone else None),
        ("谁停的", row.retired_by_id, gone.actor if gone else None),
    )


def _token(row: ApiToken, seen: list[Seen], facts: Facts) -> Iterator[str]:
    made = seen[0]
    gone = next((e for e in seen if e.kind == "token.revoked"), None)
    yield from differ(
        ("能做什么", row.scopes, made.body["scopes"]),
        ("以谁的名义", row.acts_as_id, made.body["acts_as"]),
        ("谁做的", row.made_by, made.actor),
        ("时间", row.made_at, made.at),
        ("停用时间", row.revoked_at, gone.at if gone else None),
    )


def _places() -> tuple[Held, ...]:
    return (
        _place("部门", Department, "department.added", "department"),
        _place("岗位", Post, "post.added", "post"),
        Held(
            "项目",
            rows=lambda site: Site.objects.filter(_of_company(site)).order_by("id"),
            subjects=lambda row: [str(row.id)],
            born={"site.added": of("site")},
            faults=lambda row, seen, facts: differ(
                ("类型", row.kind, seen[0].body["kind"] if seen else UNTOLD)
            ),
            excused=_is_demo,
            place=lambda row: row.code,
            page="「项目」页",
        ),
    )


def _of_company(site_id: UUID) -> Q:
    return Q() if Company.objects.filter(id=site_id).exists() else Q(pk__in=[])


def _place(what: str, model: Any, kind: str, name: str) -> Held:
    def faults(row: Any, seen: list[Seen], facts: Facts) -> Iterator[str]:
        if seen and isinstance(row, Post):
            yield from differ(("始终有人", row.must_be_covered, seen[0].body["covered"]))

    return Held(
        what,
        rows=lambda site: model.objects.filter(site_id=site).order_by("id"),
        subjects=lambda row: [str(row.id)],
        born={kind: of(name)},
        faults=faults,
        excused=_is_demo,
        place=lambda row: row.name,
        page="「项目」页",
    )


def _policies() -> Held:
    return Held(
        "规定",
        rows=lambda site: SitePolicy.objects.filter(site_id=site).order_by("name", "version"),
        subjects=lambda row: [f"{row.name}/{row.version}"],
        born={"site.policy": lambda seen: [f"{seen.body['name']}/{seen.body['version']}"]},
        faults=_policy,
        place=lambda row: f"{row.name} 第 {row.version} 版",
        page=PAGE,
    )


def _policy(row: SitePolicy, seen: list[Seen], facts: Facts) -> Iterator[str]:
    yield from differ(
        ("内容", row.values, seen[0].body["values"]),
        ("生效时间", row.since, when(seen[0].body, "since") or seen[0].at),
        ("签的时间", row.signed_at or row.since, seen[0].at),
        ("制定人", row.by, person_behind(seen[0].actor)),
    )
    yield from said(row, seen, {"reason": "原因"}, erased=never)
