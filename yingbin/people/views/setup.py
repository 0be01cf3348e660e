"""The first run on an empty database, step by step; each step can be left and taken up again.

Company and administrator may be set up from this machine alone, or from elsewhere with the code the
program was started with; from then on the administrator, signed in, goes on. Finished, it is closed
for good.
"""

import ipaddress
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from yingbin.journal.write import new_key, page_key
from yingbin.pages.doors import open_to_all
from yingbin.pages.forms import KeyedForm
from yingbin.pages.placed import placed

from .. import actions, queries
from ..access import needs
from ..acting import person_id
from ..actions.authority import SET_UP
from ..forms.places import AdministratorForm, PostsForm, SetUpForm, SiteForm
from ..forms.staff import PersonForm, role_choices
from ..lockout import may_guess_setup
from ..models import Site, Staff
from ..pinyin import spelled
from ..signin import begin, client_ip
from .doing import company_acting, sent, status, tried

STEPS = ("公司", "管理员", "项目", "岗位", "人员", "完成")
_MAY = "may_set_up"

View = Callable[..., HttpResponse]


def _from_this_machine(request: HttpRequest) -> bool:
    """Whether the browser runs on this very machine; behind a proxy everyone would seem to."""
    passed_on = any(request.headers.get(h) for h in ("X-Forwarded-For", "Forwarded", "X-Real-IP"))
    if passed_on or settings.BEHIND_PROXY:
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _may_set_up(request: HttpRequest) -> bool:
    return _from_this_machine(request) or bool(request.session.get(_MAY))


def _code_fits(request: HttpRequest, typed: str) -> bool:
    if not may_guess_setup(client_ip(request), timezone.now()):
        return False
    right = bool(settings.SETUP_CODE) and constant_time_compare(typed, settings.SETUP_CODE)
    if right:
        request.session[_MAY] = True
    return right


def _show(request: HttpRequest, n: int, form: Any = None, **more: Any) -> HttpResponse:
    context = {"step": n, "form": form, "steps": STEPS, "company": queries.company()} | more
    return render(request, f"people/setup_{n}.html", context, status=status(form) if form else 200)


def _next_step() -> str:
    """The first step that isn't done yet."""
    if queries.company() is None:
        return "people:first_run"
    if not queries.has_administrator(timezone.now()):
        return "people:setup_administrator"
    if not queries.open_sites():
        return "people:setup_site"
    return "people:setup_posts"


def before_administrator(view: View) -> View:
    """A step before anybody is there: from this machine, or with the code."""

    @open_to_all
    @never_cache
    @wraps(view)
    def door(request: HttpRequest) -> HttpResponse:
        if queries.is_set_up() or queries.has_administrator(timezone.now()):
            return redirect("home" if queries.is_set_up() else _next_step())
        return view(request)

    return door


def by_administrator(view: View) -> View:
    """A step of the signed-in administrator, until the set-up is finished."""

    @needs("sites.manage")
    @never_cache
    @wraps(view)
    def door(request: HttpRequest) -> HttpResponse:
        return redirect("home") if queries.is_set_up() else view(request)

    return door


@before_administrator
@require_http_methods(["GET", "POST"])
def first_run(request: HttpRequest) -> HttpResponse:
    """Step 1: the company."""
    company = queries.company()
    if company is not None and _may_set_up(request):
        return redirect("people:setup_administrator")
    form = SetUpForm(sent(request))
    if request.method == "POST" and form.is_valid():
        if not (_may_set_up(request) or _code_fits(request, form.cleaned_data["setup_code"])):
            form.add_error(
                "setup_code",
                "设置码不对，或试得太多（十分钟后再试）。请向启动程序的人要，或在那台电脑上打开本页。",
            )
        elif company is not None or _founded(form):
            return redirect("people:setup_administrator")
    return _show(request, 1, form, local=_from_this_machine(request), coded=settings.SETUP_CODE)


def _founded(form: SetUpForm) -> bool:
    told = form.cleaned_data
    made = tried(
        form,
        actions.set_up_company,
        name=told["name"],
        managers_need_second_factor=told["managers_need_second_factor"],
    )
    return made is not None


@before_administrator
@require_http_methods(["GET", "POST"])
def setup_administrator(request: HttpRequest) -> HttpResponse:
    """Step 2: the first administrator, who is signed in at once."""
    if queries.company() is None or not _may_set_up(request):
        return redirect("people:first_run")
    form = AdministratorForm(sent(request))
    if request.method == "POST" and form.is_valid():
        done = tried(form, _add_administrator, form=form)
        if done is not None:
            staff = queries.by_account_or_phone(done["account"])
            assert staff is not None
            begin(request, staff, how="password")
            return redirect("people:setup_site")
    return _show(request, 2, form)


def _add_administrator(form: AdministratorForm) -> dict[str, Any]:
    told = form.cleaned_data
    person = actions.Person(told["name"], ("administrator",), told["phone"], told["account"])
    alike = Staff(account=told["account"], pinyin=spelled(told["name"])[0])
    return actions.add_staff(
        site_id=None,
        key=page_key(told["key"] or new_key()),
        by=SET_UP,
        at=timezone.now(),
        person=person,
        password_hash=actions.checked_password(told["new"], alike),
    )


@by_administrator
@require_http_methods(["GET", "POST"])
def setup_site(request: HttpRequest) -> HttpResponse:
    """Step 3: the first site; more can be added here too."""
    form = SiteForm(sent(request))
    if request.method == "POST" and form.is_valid():
        told = {k: form.cleaned_data[k] for k in ("kind", "name", "short_name", "code")}
        done = tried(form, actions.add_site, **company_acting(request), **told)
        if done is not None:
            request.session["site_id"] = done["site"]
            return redirect(placed(done["code"], reverse("people:setup_posts")))
    return _show(request, 3, form, sites=queries.open_sites())


def _site(request: HttpRequest) -> Site | None:
    return getattr(request, "site", None)


@by_administrator
@require_http_methods(["GET", "POST"])
def setup_posts(request: HttpRequest) -> HttpResponse:
    """Step 4: the posts and departments of the site, the usual ones proposed."""
    site = _site(request)
    if site is None:
        return redirect("people:setup_site")
    form = PostsForm(sent(request), kind=site.kind)
    if request.method == "POST" and form.is_valid():
        told = {"posts": form.all_of("posts"), "departments": form.all_of("departments")}
        done = tried(form, actions.set_posts, **company_acting(request), site_id=site.id, **told)
        if done is not None:
            return redirect("people:setup_people")
    known = queries.posts_of(site.id), queries.departments_of(site.id)
    return _show(request, 4, form, site=site, posts=known[0], departments=known[1])


@by_administrator
@require_http_methods(["GET", "POST"])
def setup_people(request: HttpRequest) -> HttpResponse:
    """Step 5: people, one by one or by sheet; their first passwords come on slips."""
    site = _site(request)
    if site is None:
        return redirect("people:setup_site")
    form = PersonForm(
        sent(request),
        choices=role_choices(site, administrator=True),
        departments=queries.departments_of(site.id),
    )
    if request.method == "POST" and form.is_valid() and _added(request, form, site):
        return redirect("people:setup_people")
    now = timezone.now()
    people = list(queries.people_of(site.id, now))
    slips = queries.open_slips(person_id(request), now)
    return _show(request, 5, form, site=site, people=people, slips=slips)


def _added(request: HttpRequest, form: PersonForm, site: Site) -> bool:
    told = form.cleaned_data
    person = actions.Person(
        told["name"],
        tuple(told["roles"]),
        told["phone"],
        told["account"],
        department_id=form.department_id,
    )
    done = tried(form, actions.add_staff, **company_acting(request), site_id=site.id, person=person)
    return done is not None


@by_administrator
@require_http_methods(["GET", "POST"])
def setup_done(request: HttpRequest) -> HttpResponse:
    """Step 6: a look at it all, and the end of the first run."""
    form = KeyedForm(sent(request))
    done = None
    if request.method == "POST" and form.is_valid():
        done = tried(form, actions.finish_set_up, **company_acting(request))
    if done is not None:
        messages.success(request, "设置完成，可以开始用了。")
        return redirect("home")
    now = timezone.now()
    sites = [(s, queries.people_of(s.id, now).count()) for s in queries.open_sites()]
    return _show(request, 6, form, sites=sites)


@open_to_all
def leave_demo(request: HttpRequest) -> HttpResponse:
    """How to leave the demo behind; elsewhere there is nothing to leave."""
    company = queries.company()
    if company is None or not company.is_demo:
        return redirect("home")
    return render(request, "people/leave_demo.html", {"company": company})
