"""Signing in and out: account or phone with a password, then a code where one is set up."""

from typing import Any
from urllib.parse import urlencode

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from .. import actions, queries
from ..access import SIGNED_IN_BY, open_to_all
from ..forms.signin import CodeForm, SignInForm
from ..handing import for_customers
from ..models import Staff
from ..onward import onward
from ..signin import PENDING, begin, end, locked_until, named
from .doing import sent, status
from .tablet_cookie import tablet_of

WRONG = "账号或密码不对。请核对后再试，或者请管理者重置密码。"
WRONG_CODE = "验证码不对或已用过。请等应用里出现下一个 6 位数字再输入。"
# How long someone may take from the password to the code, in seconds.
PATIENCE = 600


@open_to_all
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """The password page; goes on to where one came from."""
    if request.user.is_authenticated and request.method == "GET":
        return redirect(onward(request, settings.LOGIN_REDIRECT_URL))
    form = SignInForm(sent(request))
    if request.method == "POST" and form.is_valid():
        staff = authenticate(
            request,
            username=form.cleaned_data["login"],
            password=form.cleaned_data["password"],
        )
        if isinstance(staff, Staff):
            return _after_password(request, staff)
        form.refuse(WRONG)
    company = queries.company()
    context = {
        "form": form,
        "next": onward(request, ""),
        "company": company,
        "tablet": tablet_of(request),
        "demo": queries.demo_people(timezone.now()) if company and company.is_demo else [],
    }
    return render(request, "people/login.html", context, status=status(form))


def _after_password(request: HttpRequest, staff: Staff) -> HttpResponse:
    target = onward(request, "")
    actions.clear_pin_failures(staff_id=staff.id)
    if not queries.has_totp(staff):
        return _enter(request, staff, "password", target)
    end(request)
    request.session[PENDING] = {
        "staff": str(staff.id),
        "password": staff.get_session_auth_hash(),
        "at": timezone.now().timestamp(),
        "next": target,
    }
    return redirect("people:second_factor")


def _enter(request: HttpRequest, staff: Staff, how: str, target: str) -> HttpResponse:
    begin(request, staff, how=how)
    if staff.must_change_password:
        return redirect("people:change_password")
    return redirect(target or settings.LOGIN_REDIRECT_URL)


def _pending(request: HttpRequest) -> tuple[Staff, str] | None:
    """Who has given their password a short while ago and still owes the code, and where they go."""
    kept: dict[str, Any] | None = request.session.get(PENDING)
    if not kept or timezone.now().timestamp() - kept["at"] > PATIENCE:
        return None
    staff = Staff.objects.filter(id=kept["staff"], is_active=True).first()
    if staff is None or staff.get_session_auth_hash() != kept["password"]:
        return None
    return staff, kept["next"]


@open_to_all
@never_cache
@require_http_methods(["GET", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """The code of the phone: at sign-in, or later at a door that asks for it."""
    waiting = _pending(request)
    if waiting is None and not request.user.is_authenticated:
        return redirect(settings.LOGIN_URL)
    staff, target = waiting or (request.user, onward(request, settings.LOGIN_REDIRECT_URL))
    assert isinstance(staff, Staff)
    if waiting is None and not queries.has_totp(staff):
        return redirect(f"{reverse('people:totp')}?{urlencode({'next': target})}")
    if locked_until(staff.account, timezone.now()):
        return locked_out(request, None, {"username": staff.account})
    form = CodeForm(sent(request))
    if request.method == "POST" and form.is_valid():
        if code_fits(request, staff, form.cleaned_data["code"]):
            return _with_code(request, staff, target, at_sign_in=waiting is not None)
        form.add_error("code", WRONG_CODE)
    context = {"form": form, "who": staff, "next": target, "at_sign_in": waiting is not None}
    return render(request, "people/second_factor.html", context, status=status(form))


def code_fits(request: HttpRequest, staff: Staff, code: str) -> bool:
    """Whether the code is right; a wrong one counts like a wrong password."""
    if actions.check_second_factor(staff_id=staff.id, code=code, at=timezone.now()):
        return True
    AxesProxyHandler.user_login_failed(
        sender=__name__, credentials={"username": staff.account}, request=request
    )
    return False


def _with_code(
    request: HttpRequest, staff: Staff, target: str, *, at_sign_in: bool
) -> HttpResponse:
    if at_sign_in:
        return _enter(request, staff, "second_factor", target)
    request.session[SIGNED_IN_BY] = "second_factor"
    return redirect(target)


@for_customers
@open_to_all
@never_cache
@require_http_methods(["GET", "POST"])
def logout(request: HttpRequest) -> HttpResponse:
    """Signs out by a post; a plain visit asks first. A shared tablet goes back to its people."""
    if request.method == "GET" and request.user.is_authenticated:
        return render(request, "people/logout.html")
    tablet = tablet_of(request)
    end(request)
    return redirect("people:switch" if tablet else settings.LOGOUT_REDIRECT_URL)


def locked_out(
    request: HttpRequest,
    response: HttpResponse | None = None,
    credentials: dict[str, Any] | None = None,
) -> HttpResponse:
    """Too many failures: says for how long, whether or not there is such an account."""
    now = timezone.now()
    until = locked_until(named(request, credentials), now) or now + settings.AXES_COOLOFF_TIME
    minutes = max(1, -(-int((until - now).total_seconds()) // 60))
    context = {"until": until, "minutes": minutes}
    answer = render(request, "people/locked_out.html", context, status=429)
    answer["Retry-After"] = str(max(1, int((until - now).total_seconds())))
    return answer
