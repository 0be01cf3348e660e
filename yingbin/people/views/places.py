"""The company and its sites; a site's names, departments and posts."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from yingbin.journal.write import new_key
from yingbin.pages.placed import placed

from .. import actions, queries, roles
from ..access import needs
from ..acting import acting, site_id
from ..forms.places import CompanyForm, NameForm, PlaceForm, SiteForm
from ..forms.staff import CompanyRoleForm
from .doing import company_acting, pressed, sent, status, tried


@needs("sites.manage")
@require_http_methods(["GET", "POST"])
def sites(request: HttpRequest) -> HttpResponse:
    """All sites, the company, who holds a role of the whole company; a post changes the company."""
    company = queries.company()
    assert company is not None
    known = {
        "name": company.name,
        "managers_need_second_factor": company.managers_need_second_factor,
    }
    form = CompanyForm(sent(request), initial=known)
    if request.method == "POST" and form.is_valid():
        told = {k: form.cleaned_data[k] for k in known}
        if tried(form, actions.change_company, **company_acting(request), **told) is not None:
            messages.success(request, "公司设置已更新。")
            return redirect("people:sites")
    return _sites_page(request, form, SiteForm(), CompanyRoleForm())


def _sites_page(
    request: HttpRequest, company: CompanyForm, site: SiteForm, role: CompanyRoleForm
) -> HttpResponse:
    context = {
        "company": queries.company(),
        "form": company,
        "site_form": site,
        "role_form": role,
        "sites": queries.open_sites(),
        "people": queries.company_people(timezone.now()),
        "titles": {r.id: r.title for r in roles.ROLES.values()},
        "key": new_key(),
    }
    worst = max(status(company), status(site), status(role))
    return render(request, "people/sites.html", context, status=worst)


def _company_form() -> CompanyForm:
    company = queries.company()
    assert company is not None
    return CompanyForm(
        initial={
            "name": company.name,
            "managers_need_second_factor": company.managers_need_second_factor,
        }
    )


@needs("sites.manage")
@require_POST
def site_add(request: HttpRequest) -> HttpResponse:
    """One more site; goes on to it."""
    form = SiteForm(request.POST)
    if form.is_valid():
        told = {k: form.cleaned_data[k] for k in ("kind", "name", "short_name", "code")}
        done = tried(form, actions.add_site, **company_acting(request), **told)
        if done is not None:
            request.session["site_id"] = done["site"]
            messages.success(
                request, f"已添加{told['name']}，代号 {done['code']}。现在设置它的岗位。"
            )
            return redirect(placed(done["code"], reverse("people:place")))
    return _sites_page(request, _company_form(), form, CompanyRoleForm())


@needs("sites.manage")
@require_POST
def company_role(request: HttpRequest) -> HttpResponse:
    """A role of the whole company for someone."""
    form = CompanyRoleForm(request.POST)
    if form.is_valid():
        who = queries.by_account_or_phone(form.cleaned_data["who"])
        if who is None:
            form.add_error("who", "没有找到这个账号或手机号。请先在人员页添加这个人。")
        else:
            told = company_acting(request) | {"site_id": None, "staff_id": who.id}
            done = tried(form, actions.assign_role, **told, role=form.cleaned_data["role"])
            if done is not None:
                messages.success(request, f"已给{who.name}这个角色。")
                return redirect("people:sites")
    return _sites_page(request, _company_form(), SiteForm(), form)


@needs("sites.manage")
@require_POST
def company_role_end(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """A role of the whole company ends."""
    return pressed(
        request,
        actions.end_role,
        then=reverse("people:sites"),
        said="这个角色已结束。",
        **company_acting(request),
        site_id=None,
        staff_id=staff_id,
        role=request.POST.get("role", ""),
    )


@needs("staff.manage")
@require_http_methods(["GET", "POST"])
def place(request: HttpRequest) -> HttpResponse:
    """The current site: a post changes its names."""
    site_id(request)
    site = request.site  # type: ignore[attr-defined]
    known = {k: getattr(site, k) for k in ("name", "short_name", "keeps_public_holidays")}
    form = PlaceForm(sent(request), initial=known)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        done = tried(
            form,
            actions.change_site,
            **acting(request),
            name=told["name"],
            short_name=told["short_name"],
            kept=told["keeps_public_holidays"],
        )
        if done is not None:
            messages.success(request, "已更新。")
            return redirect("people:place")
    return _place_page(request, form)


def _place_page(request: HttpRequest, form: PlaceForm) -> HttpResponse:
    here = site_id(request)
    context = {
        "form": form,
        "name_form": NameForm(),
        "departments": queries.departments_of(here),
        "posts": queries.posts_of(here),
    }
    return render(request, "people/place.html", context, status=status(form))


@needs("staff.manage")
@require_POST
def place_post(request: HttpRequest) -> HttpResponse:
    """One more post here."""
    form = NameForm(request.POST)
    if not form.is_valid():
        messages.error(request, "请填写岗位名称，最多 40 个字。")
        return redirect("people:place")
    return pressed(
        request,
        actions.add_post,
        then=reverse("people:place"),
        said="岗位已添加。",
        **acting(request),
        name=form.cleaned_data["name"],
        must_be_covered=form.cleaned_data["must_be_covered"],
    )


@needs("staff.manage")
@require_POST
def place_department(request: HttpRequest) -> HttpResponse:
    """One more department here."""
    form = NameForm(request.POST)
    if not form.is_valid():
        messages.error(request, "请填写部门名称，最多 40 个字。")
        return redirect("people:place")
    return pressed(
        request,
        actions.add_department,
        then=reverse("people:place"),
        said="部门已添加。",
        **acting(request),
        name=form.cleaned_data["name"],
    )
