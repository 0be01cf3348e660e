"""Signing in and out: account or phone with a password, then a code where one is set up."""

from collections.abc import Mapping
from datetime import datetime
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

from yingbin.pages.doing import sent, status
from yingbin.pages.doors import open_to_all
from yingbin.pages.onward import onward

from .. import actions, queries
from ..access import SIGNED_IN_BY, by_password
from ..forms.signin import CodeForm, PasswordForm, SignInForm
from ..handing import for_customers
from ..lockout import braked_until, locked_until, remember_device
from ..models import Staff
from ..signin import (
    PENDING,
    account_of,
    begin,
    client_ip,
    confirm,
    confirmed,
    end,
    named,
)
from .tablet_cookie import tablet_of

WRONG = "账号或密码不对。请核对后再试，或者请管理者重置密码。"
WRONG_CODE = "验证码不对或已用过。请等应用里出现下一个 6 位数字再输入。"
# How long someone may take from the password to the code, in seconds.
PATIENCE = 600
_WRONG_CODES = "wrong_codes"
WRONG_PASSWORD = "当前密码不对。"


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
        if until := _braked(request, form.cleaned_data["login"]):
            return _wait(request, until)
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


def _braked(request: HttpRequest, typed: str) -> datetime | None:
    account, address = account_of(typed), client_ip(request)
    return braked_until(request, account, address, timezone.now())


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
        answer = redirect("people:change_password")
    else:
        answer = redirect(target or settings.LOGIN_REDIRECT_URL)
    remember_device(request, answer, staff.account)
    return answer


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
    if locked_until(named(request, {"username": staff.account}), timezone.now()):
        return locked_out(request, None, {"username": staff.account})
    form = CodeForm(sent(request))
    if request.method == "POST" and form.is_valid():
        if code_fits(request, staff, form.cleaned_data["code"]):
            return _with_code(request, staff, target, at_sign_in=waiting is not None)
        form.add_error("code", WRONG_CODE + about_the_clock(request))
    context = {"form": form, "who": staff, "next": target, "at_sign_in": waiting is not None}
    return render(request, "people/second_factor.html", context, status=status(form))


def code_fits(request: HttpRequest, staff: Staff, code: str) -> bool:
    """Whether the code is right; a wrong one counts like a wrong password."""
    if actions.check_second_factor(staff_id=staff.id, code=code, at=timezone.now()):
        request.session.pop(_WRONG_CODES, None)
        return True
    AxesProxyHandler.user_login_failed(
        sender=__name__, credentials={"username": staff.account}, request=request
    )
    return False


def about_the_clock(request: HttpRequest) -> str:
    """After the second wrong code in a row: whose clock to look at, with the server's time."""
    wrong = int(request.session.get(_WRONG_CODES, 0)) + 1
    request.session[_WRONG_CODES] = wrong
    if wrong < 2:
        return ""
    now = timezone.localtime()
    return f"请核对手机时间是否自动设置：服务器现在是 {now:%H:%M:%S}，相差半分钟以上就对不上。"


@by_password
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def confirm_page(request: HttpRequest) -> HttpResponse:
    """The password or the code once more, before something that opens the account to others."""
    staff = request.user
    assert isinstance(staff, Staff)
    totp = queries.has_totp(staff)
    if locked_until(named(request, {"username": staff.account}), timezone.now()):
        return locked_out(request, None, {"username": staff.account})
    form = (CodeForm if totp else PasswordForm)(sent(request))
    if request.method == "POST" and form.is_valid():
        if not totp and confirmed(request, form.cleaned_data["password"]):
            return redirect(onward(request, reverse("people:me")))
        if totp and code_fits(request, staff, form.cleaned_data["code"]):
            confirm(request)
            return redirect(onward(request, reverse("people:me")))
        why = WRONG_CODE + about_the_clock(request) if totp else WRONG_PASSWORD
        form.add_error("code" if totp else "password", why)
    context = {"form": form, "next": onward(request, ""), "totp": totp}
    return render(request, "people/confirm.html", context, status=status(form))


def _with_code(
    request: HttpRequest, staff: Staff, target: str, *, at_sign_in: bool
) -> HttpResponse:
    if at_sign_in:
        return _enter(request, staff, "second_factor", target)
    request.session[SIGNED_IN_BY] = "second_factor"
    confirm(request)
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
    credentials: Mapping[str, object] | None = None,
) -> HttpResponse:
    """Too many failures: says for how long, whether or not there is such an account."""
    until = locked_until(named(request, credentials), timezone.now())
    return _wait(request, until or timezone.now() + settings.AXES_COOLOFF_TIME)


def _wait(request: HttpRequest, until: datetime) -> HttpResponse:
    seconds = max(1, int((until - timezone.now()).total_seconds()))
    context = {"until": until, "minutes": -(-seconds // 60)}
    answer = render(request, "people/locked_out.html", context, status=429)
    answer["Retry-After"] = str(seconds)
    return answer
