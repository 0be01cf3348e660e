"""Setting up: the company, its sites, their departments and posts."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from yingbin.journal.write import Pen
from yingbin.rules.decision import Refused

from ..models import Company, Department, OpeningHours, Post, Site, SiteKind
from ..pinyin import spelled
from .record import recorded, site_here

# Offices rest on public holidays; galleries and show flats are open.
_KEEPS_HOLIDAYS = {SiteKind.MANAGEMENT_OFFICE, SiteKind.HEADQUARTERS}
_WEEK = {True: range(5), False: range(7)}


def set_up_company(*, name: str, managers_need_second_factor: bool = True) -> Company:
    """Founds the company on an empty database; before it there is no journal to stand in.

    Refuses where there is one already.
    """
    title = name.strip()
    if not title:
        raise Refused(None, "请填写公司名称。")
    try:
        with transaction.atomic():
            return Company.objects.create(
                name=title, managers_need_second_factor=managers_need_second_factor
            )
    except IntegrityError:
        raise Refused(None, "公司已经设置过了，请刷新页面继续下一步。") from None


def finish_set_up(*, key: str, by: UUID, at: datetime) -> dict[str, Any]:
    """Closes the first-run page for good. Refuses while there is no site."""

    def work(pen: Pen) -> dict[str, Any]:
        if not Site.objects.exists():
            raise Refused(None, "还没有项目。请先添加至少一个项目。")
        Company.objects.filter(set_up_at__isnull=True).update(set_up_at=pen.at)
        pen.append("company.set_up", {})
        return {}

    return recorded(
        site_id=None, key=key, verb="finish_set_up", by=by, at=at, payload={}, work=work
    )


def change_company(
    *, key: str, by: UUID, at: datetime, name: str, managers_need_second_factor: bool
) -> dict[str, Any]:
    """Changes the company's name and whether its managers need a second factor."""
    told = {"name": name.strip(), "second_factor": managers_need_second_factor}

    def work(pen: Pen) -> dict[str, Any]:
        if not told["name"]:
            raise Refused(None, "请填写公司名称。")
        Company.objects.update(
            name=told["name"], managers_need_second_factor=managers_need_second_factor
        )
        pen.append("company.changed", {"second_factor": managers_need_second_factor})
        return {}

    return recorded(
        site_id=None, key=key, verb="change_company", by=by, at=at, payload=told, work=work
    )


def add_site(
    *, key: str, by: UUID, at: datetime, kind: str, name: str, short_name: str = "", code: str = ""
) -> dict[str, Any]:
    """Adds a site with its kind's usual opening hours; its code from its name if none is given.

    Returns its id and code. Refuses a code that is taken.
    """
    told = {"kind": kind, "name": name.strip(), "short_name": short_name.strip(), "code": code}

    def work(pen: Pen) -> dict[str, Any]:
        if kind not in SiteKind.values or not told["name"]:
            raise Refused(None, "请选择项目类型并填写名称。")
        site = Site.objects.create(
            kind=kind,
            code=_free_code(code, told["name"]),
            name=told["name"],
            short_name=told["short_name"] or told["name"][:16],
            keeps_public_holidays=kind in _KEEPS_HOLIDAYS,
        )
        OpeningHours.objects.bulk_create(
            OpeningHours(site=site, weekday=day, opens="09:00", closes="18:00")
            for day in _WEEK[site.keeps_public_holidays]
        )
        pen.append("site.added", {"site": str(site.id), "kind": kind})
        return {"site": str(site.id), "code": site.code}

    return recorded(site_id=None, key=key, verb="add_site", by=by, at=at, payload=told, work=work)


def _free_code(wanted: str, name: str) -> str:
    code = wanted.strip().lower()
    if code:
        if code == "company" or Site.objects.filter(code=code).exists():
            raise Refused(None, f"代号「{code}」已有项目在用，请换一个。")
        return code
    heads = "".join(c for c in spelled(name)[1] if c.isalnum() and c.isascii())
    stem = heads.lower() or "site"
    taken = set(Site.objects.filter(code__startswith=stem).values_list("code", flat=True))
    tries = (stem if n == 1 else f"{stem}{n}" for n in range(1, len(taken) + 2))
    return next(c for c in tries if c not in taken)


def change_site(
    *, site_id: UUID, key: str, by: UUID, at: datetime, name: str, short_name: str, kept: bool
) -> dict[str, Any]:
    """Changes a site's names and whether it keeps public holidays."""
    told = {"name": name.strip(), "short_name": short_name.strip(), "keeps_public_holidays": kept}

    def work(pen: Pen) -> dict[str, Any]:
        if not told["name"] or not told["short_name"]:
            raise Refused(None, "请填写项目名称和简称。")
        Site.objects.filter(id=site_here(site_id).id).update(**told)
        pen.append("site.changed", {"keeps_public_holidays": kept})
        return {}

    return recorded(
        site_id=site_id, key=key, verb="change_site", by=by, at=at, payload=told, work=work
    )


def add_department(*, site_id: UUID, key: str, by: UUID, at: datetime, name: str) -> dict[str, Any]:
    """Adds a department to a site. Refuses a name that is there already."""

    def work(pen: Pen) -> dict[str, Any]:
        site = site_here(site_id)
        if Department.objects.filter(site=site, name=_named(name, "部门")).exists():
            raise Refused(None, f"已经有「{name.strip()}」这个部门了。")
        row = Department.objects.create(site=site, name=_named(name, "部门"))
        pen.append("department.added", {"department": str(row.id)})
        return {"department": str(row.id)}

    return recorded(
        site_id=site_id,
        key=key,
        verb="add_department",
        by=by,
        at=at,
        payload={"name": name},
        work=work,
    )


def add_post(
    *, site_id: UUID, key: str, by: UUID, at: datetime, name: str, must_be_covered: bool = False
) -> dict[str, Any]:
    """Adds a post to a site. Refuses a name that is there already."""

    def work(pen: Pen) -> dict[str, Any]:
        site = site_here(site_id)
        if Post.objects.filter(site=site, name=_named(name, "岗位")).exists():
            raise Refused(None, f"已经有「{name.strip()}」这个岗位了。")
        row = Post.objects.create(
            site=site, name=_named(name, "岗位"), must_be_covered=must_be_covered
        )
        pen.append("post.added", {"post": str(row.id), "covered": must_be_covered})
        return {"post": str(row.id)}

    return recorded(
        site_id=site_id,
        key=key,
        verb="add_post",
        by=by,
        at=at,
        payload={"name": name, "must_be_covered": must_be_covered},
        work=work,
    )


def set_posts(
    *,
    site_id: UUID,
    key: str,
    by: UUID,
    at: datetime,
    posts: Iterable[str],
    departments: Iterable[str],
) -> dict[str, Any]:
    """Adds those of these posts and departments that the site doesn't have yet (first run)."""
    told = {"posts": _each(posts), "departments": _each(departments)}

    def work(pen: Pen) -> dict[str, Any]:
        site = site_here(site_id)
        for name in told["posts"]:
            row, new = Post.objects.get_or_create(site=site, name=name)
            if new:
                pen.append("post.added", {"post": str(row.id), "covered": row.must_be_covered})
        for name in told["departments"]:
            group, new = Department.objects.get_or_create(site=site, name=name)
            if new:
                pen.append("department.added", {"department": str(group.id)})
        return {}

    return recorded(
        site_id=site_id, key=key, verb="set_posts", by=by, at=at, payload=told, work=work
    )


def _each(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(n.strip()[:40] for n in names if n.strip()))


def _named(name: str, what: str) -> str:
    text = name.strip()
    if not text:
        raise Refused(None, f"请填写{what}名称。")
    return text
