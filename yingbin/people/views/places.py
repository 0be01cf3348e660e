"""The company and its sites; a site's names, departments and posts."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from yingbin.pages.doing import perform, sent, status, submit
from yingbin.pages.placed import placed

from .. import actions, queries, roles
from ..access import needs
from ..forms.places import CompanyForm, DepartmentForm, PlaceForm, PostForm, SiteForm
from ..forms.staff import CompanyRoleForm
from ..here import company_acting, site_here


def _company_now() -> dict[str, object]:
    company = queries.company()
    assert company is not None
    return {k: getattr(company, k) for k in ("name", "managers_need_second_factor")}


@needs("sites.manage")
@require_http_methods(["GET", "POST"])
def sites(request: HttpRequest) -> HttpResponse:
    """All sites, the company, who holds a role of the whole company; a post changes the company."""
    form = CompanyForm(sent(request), initial=_company_now())
    page = partial(_sites_page, request, company=form)
    return submit(
        request,
        form,
        lambda told: actions.change_company.given(
            name=told["name"], managers_need_second_factor=told["managers_need_second_factor"]
        ),
        then=reverse("people:sites"),
        said="公司设置已更新。",
        page=page,
        who=company_acting(request),
    )


def _sites_page(
    request: HttpRequest,
    *,
    company: CompanyForm | None = None,
    site: SiteForm | None = None,
    role: CompanyRoleForm | None = None,
) -> HttpResponse:
    context = {
        "company": queries.company(),
        "form": company or CompanyForm(initial=_company_now()),
        "site_form": site or SiteForm(),
        "role_form": role or CompanyRoleForm(),
        "sites": queries.open_sites(),
        "people": queries.company_people(timezone.now()),
        "titles": {r.id: r.title for r in roles.ROLES.values()},
    }
    return render(request, "people/sites.html", context, status=status(company, site, role))


@needs("sites.manage")
@require_POST
def site_add(request: HttpRequest) -> HttpResponse:
    """One more site; goes on to it."""
    form = SiteForm(request.POST)
    page = partial(_sites_page, request, site=form)
    return submit(
        request,
        form,
        lambda _: actions.add_site.given(**form.site()),
        then=lambda made: at_new_site(request, made, "people:place"),
        said=lambda made: f"已添加{form.site()['name']}，代号 {made.code}。现在设置它的岗位。",
        page=page,
        who=company_acting(request),
    )


def at_new_site(request: HttpRequest, made: actions.NewSite, page: str) -> str:
    """Whoever added a site goes on there, on this page."""
    request.session["site_id"] = str(made.id)
    return placed(made.code, reverse(page))


@needs("sites.manage")
@require_POST
def company_role(request: HttpRequest) -> HttpResponse:
    """A role of the whole company for someone."""
    form = CompanyRoleForm(request.POST)
    page = partial(_sites_page, request, role=form)
    who = queries.by_account_or_phone(form.cleaned_data["who"]) if form.is_valid() else None
    if form.is_valid() and who is None:
        form.refuse("没有找到这个账号或手机号。请先在人员页添加这个人。", "who")
    if who is None:
        return page()
    return perform(
        request,
        actions.assign_role.given(staff_id=who.id, role=form.cleaned_data["role"]),
        then=reverse("people:sites"),
        said=f"已给{who.name}这个角色。",
        form=form,
        page=page,
        who=company_acting(request),
    )


@needs("sites.manage")
@require_POST
def company_role_end(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """A role of the whole company ends."""
    return perform(
        request,
        actions.end_role.given(staff_id=staff_id, role=request.POST.get("role", "")),
        then=reverse("people:sites"),
        said="这个角色已结束。",
        who=company_acting(request),
    )


@needs("staff.manage")
@require_http_methods(["GET", "POST"])
def place(request: HttpRequest) -> HttpResponse:
    """The current site: a post changes its names."""
    form = PlaceForm(sent(request), initial=_names(request))
    page = partial(_place_page, request, form=form)
    return submit(
        request,
        form,
        lambda told: actions.change_site.given(
            name=told["name"],
            short_name=told["short_name"],
            keeps_public_holidays=told["keeps_public_holidays"],
        ),
        then=reverse("people:place"),
        said="已更新。",
        page=page,
    )


def _names(request: HttpRequest) -> dict[str, object]:
    site = site_here(request)
    return {k: getattr(site, k) for k in ("name", "short_name", "keeps_public_holidays")}


def _place_page(
    request: HttpRequest,
    *,
    form: PlaceForm | None = None,
    post: PostForm | None = None,
    department: DepartmentForm | None = None,
) -> HttpResponse:
    here = site_here(request)
    context = {
        "form": form or PlaceForm(initial=_names(request)),
        "post_form": post or PostForm(),
        "department_form": department or DepartmentForm(),
        "departments": queries.departments_of(here.id),
        "posts": queries.posts_of(here.id),
    }
    return render(request, "people/place.html", context, status=status(form, post, department))


@needs("staff.manage")
@require_POST
def place_post(request: HttpRequest) -> HttpResponse:
    """One more post here."""
    form = PostForm(request.POST)
    page = partial(_place_page, request, post=form)
    return submit(
        request,
        form,
        lambda told: actions.add_post.given(
            name=told["name"], must_be_covered=told["must_be_covered"]
        ),
        then=reverse("people:place"),
        said="岗位已添加。",
        page=page,
    )


@needs("staff.manage")
@require_POST
def place_department(request: HttpRequest) -> HttpResponse:
    """One more department here."""
    form = DepartmentForm(request.POST)
    page = partial(_place_page, request, department=form)
    return submit(
        request,
        form,
        lambda told: actions.add_department.given(name=told["name"]),
        then=reverse("people:place"),
        said="部门已添加。",
        page=page,
    )
