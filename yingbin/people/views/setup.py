"""The first run on an empty database, step by step; each step can be left and taken up again.

Company and administrator may be set up from this machine alone, or from elsewhere with the code the
program was started with; from then on the administrator, signed in, goes on. Finished, it is closed
for good.
"""

import ipaddress
from functools import partial, wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from yingbin.journal.action import Acting
from yingbin.journal.write import new_key, page_key
from yingbin.pages.doing import person_id, sent, status, submit, tried
from yingbin.pages.doors import View, open_to_all
from yingbin.pages.forms import KeyedForm

from .. import actions, queries
from ..access import needs
from ..actions.authority import SET_UP
from ..forms.places import AdministratorForm, PostsForm, SetUpForm, SiteForm
from ..forms.staff import PersonForm, role_choices
from ..here import company_acting
from ..lockout import may_guess_setup
from ..models import Site, Staff
from ..pinyin import spelled
from ..signin import begin, client_ip
from .places import at_new_site

STEPS = ("公司", "管理员", "项目", "岗位", "人员", "完成")
_MAY = "may_set_up"
WRONG_CODE = "设置码不对，或试得太多（十分钟后再试）。请向启动程序的人要，或在那台电脑上打开本页。"


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


def _show(request: HttpRequest, n: int, form: KeyedForm, **more: object) -> HttpResponse:
    context = {"step": n, "form": form, "steps": STEPS, "company": queries.company(), **more}
    return render(request, f"people/setup_{n}.html", context, status=status(form))


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
            form.refuse(WRONG_CODE, "setup_code")
        elif company is not None or _founded(form):
            return redirect("people:setup_administrator")
    return _show(request, 1, form, local=_from_this_machine(request), coded=settings.SETUP_CODE)


def _founded(form: SetUpForm) -> bool:
    told = form.cleaned_data
    found = partial(
        actions.set_up_company,
        name=told["name"],
        managers_need_second_factor=told["managers_need_second_factor"],
    )
    return tried(form, found) is not None


@before_administrator
@require_http_methods(["GET", "POST"])
def setup_administrator(request: HttpRequest) -> HttpResponse:
    """Step 2: the first administrator, who is signed in at once."""
    if queries.company() is None or not _may_set_up(request):
        return redirect("people:first_run")
    form = AdministratorForm(sent(request))
    made = tried(form, partial(_add_administrator, form)) if form.is_valid() else None
    if made is None:
        return _show(request, 2, form)
    begin(request, Staff.objects.get(id=made.id), how="password")
    return redirect("people:setup_site")


def _add_administrator(form: AdministratorForm) -> actions.Newcomer:
    told = form.cleaned_data
    person = actions.Person(told["name"], ("administrator",), told["phone"], told["account"])
    alike = Staff(account=told["account"], pinyin=spelled(told["name"])[0])
    password = actions.OwnPassword(actions.checked_password(told["new"], alike))
    key = page_key(told["key"] or new_key())
    acting = Acting(actions.company_id(), key, SET_UP, timezone.now())
    return actions.add_staff(acting, person=person, password=password)


@by_administrator
@require_http_methods(["GET", "POST"])
def setup_site(request: HttpRequest) -> HttpResponse:
    """Step 3: the first site; more can be added here too."""
    form = SiteForm(sent(request))
    page = partial(_show, request, 3, form, sites=queries.open_sites())
    return submit(
        request,
        form,
        lambda _: actions.add_site.given(**form.site()),
        then=lambda made: at_new_site(request, made, "people:setup_posts"),
        page=page,
        who=company_acting(request),
    )


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
    page = partial(_posts_page, request, form, site)
    return submit(
        request,
        form,
        lambda _: actions.set_posts.given(
            posts=form.all_of("posts"), departments=form.all_of("departments")
        ),
        then=reverse("people:setup_people"),
        page=page,
    )


def _posts_page(request: HttpRequest, form: PostsForm, site: Site) -> HttpResponse:
    posts, departments = queries.posts_of(site.id), queries.departments_of(site.id)
    return _show(request, 4, form, site=site, posts=posts, departments=departments)


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
    page = partial(_people_page, request, form, site)
    return submit(
        request,
        form,
        lambda _: actions.add_staff.given(person=actions.Person(**form.person())),
        then=reverse("people:setup_people"),
        page=page,
    )


def _people_page(request: HttpRequest, form: PersonForm, site: Site) -> HttpResponse:
    now = timezone.now()
    people = list(queries.people_of(site.id, now))
    slips = queries.open_slips(person_id(request), now)
    return _show(request, 5, form, site=site, people=people, slips=slips)


@by_administrator
@require_http_methods(["GET", "POST"])
def setup_done(request: HttpRequest) -> HttpResponse:
    """Step 6: a look at it all, and the end of the first run."""
    form = KeyedForm(sent(request))
    page = partial(_done_page, request, form)
    return submit(
        request,
        form,
        lambda _: actions.finish_set_up.given(),
        then=reverse("home"),
        said="设置完成，可以开始用了。",
        page=page,
        who=company_acting(request),
    )


def _done_page(request: HttpRequest, form: KeyedForm) -> HttpResponse:
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
