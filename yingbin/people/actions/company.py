"""Setting up: the company, its sites, their departments and posts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction

from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.rules.decision import Refused

from ..models import Company, Department, OpeningHours, Post, Site, SiteKind
from ..pinyin import spelled
from .known import site_here

# Offices rest on public holidays; galleries and show flats are open.
_KEEPS_HOLIDAYS = {SiteKind.MANAGEMENT_OFFICE, SiteKind.HEADQUARTERS}
_WEEK = {True: range(5), False: range(7)}


@dataclass(frozen=True)
class NewSite:
    """A site that was added, with the code it got."""

    id: UUID
    code: str


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


@action("finish_set_up")
def finish_set_up(pen: Pen) -> None:
    """Closes the first-run page for good. Refuses while there is no site."""
    if not Site.objects.exists():
        raise Refused(None, "还没有项目。请先添加至少一个项目。")
    Company.objects.filter(set_up_at__isnull=True).update(set_up_at=pen.at)
    pen.append("company.set_up", {})


@action("change_company")
def change_company(pen: Pen, *, name: str, managers_need_second_factor: bool) -> None:
    """Changes the company's name and whether its managers need a second factor."""
    if not name.strip():
        raise Refused(None, "请填写公司名称。", about="name")
    Company.objects.update(
        name=name.strip(), managers_need_second_factor=managers_need_second_factor
    )
    pen.append("company.changed", {"second_factor": managers_need_second_factor})


@action("add_site")
def add_site(pen: Pen, *, kind: str, name: str, short_name: str = "", code: str = "") -> NewSite:
    """Adds a site with its kind's usual opening hours; its code from its name if none is given.

    Refuses a code that is taken.
    """
    title = name.strip()
    if kind not in SiteKind.values or not title:
        raise Refused(None, "请选择项目类型并填写名称。")
    site = Site.objects.create(
        kind=kind,
        code=_free_code(code, title),
        name=title,
        short_name=short_name.strip() or title[:16],
        keeps_public_holidays=kind in _KEEPS_HOLIDAYS,
    )
    OpeningHours.objects.bulk_create(
        OpeningHours(site=site, weekday=day, opens="09:00", closes="18:00")
        for day in _WEEK[site.keeps_public_holidays]
    )
    pen.append("site.added", {"site": str(site.id), "kind": kind})
    return NewSite(site.id, site.code)


def _free_code(wanted: str, name: str) -> str:
    code = wanted.strip().lower()
    if code:
        if code == "company" or Site.objects.filter(code=code).exists():
            raise Refused(None, f"代号「{code}」已有项目在用，请换一个。", about="code")
        return code
    heads = "".join(c for c in spelled(name)[1] if c.isalnum() and c.isascii())
    stem = heads.lower() or "site"
    taken = set(Site.objects.filter(code__startswith=stem).values_list("code", flat=True))
    tries = (stem if n == 1 else f"{stem}{n}" for n in range(1, len(taken) + 2))
    return next(c for c in tries if c not in taken)


@action("change_site")
def change_site(pen: Pen, *, name: str, short_name: str, keeps_public_holidays: bool) -> None:
    """Changes a site's names and whether it keeps public holidays."""
    names = {"name": name.strip(), "short_name": short_name.strip()}
    if not all(names.values()):
        raise Refused(None, "请填写项目名称和简称。")
    rows = Site.objects.filter(id=site_here(pen.site_id).id)
    rows.update(**names, keeps_public_holidays=keeps_public_holidays)
    pen.append("site.changed", {"keeps_public_holidays": keeps_public_holidays})


@action("add_department")
def add_department(pen: Pen, *, name: str) -> UUID:
    """Adds a department to a site. Refuses a name that is there already."""
    site, title = site_here(pen.site_id), _named(name, "部门")
    if Department.objects.filter(site=site, name=title).exists():
        raise Refused(None, f"已经有「{title}」这个部门了，不用再加。", about="name")
    row = Department.objects.create(site=site, name=title)
    pen.append("department.added", {"department": str(row.id)})
    return row.id


@action("add_post")
def add_post(pen: Pen, *, name: str, must_be_covered: bool = False) -> UUID:
    """Adds a post to a site. Refuses a name that is there already."""
    site, title = site_here(pen.site_id), _named(name, "岗位")
    if Post.objects.filter(site=site, name=title).exists():
        raise Refused(None, f"已经有「{title}」这个岗位了，不用再加。", about="name")
    row = Post.objects.create(site=site, name=title, must_be_covered=must_be_covered)
    pen.append("post.added", {"post": str(row.id), "covered": must_be_covered})
    return row.id


@action("set_posts")
def set_posts(pen: Pen, *, posts: Sequence[str], departments: Sequence[str]) -> None:
    """Adds those of these posts and departments that the site doesn't have yet (first run)."""
    site = site_here(pen.site_id)
    for name in _each(posts):
        row, new = Post.objects.get_or_create(site=site, name=name)
        if new:
            pen.append("post.added", {"post": str(row.id), "covered": row.must_be_covered})
    for name in _each(departments):
        group, new = Department.objects.get_or_create(site=site, name=name)
        if new:
            pen.append("department.added", {"department": str(group.id)})


def _each(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(n.strip()[:40] for n in names if n.strip()))


def _named(name: str, what: str) -> str:
    text = name.strip()
    if not text:
        raise Refused(None, f"请填写{what}名称。", about="name")
    return text
